"""The table of one column of a plain file under its sampling design, and what a reader should know about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cityfolio.findings import Finding, Place
from cityfolio.tabulate.sampling.declaring import DesignColumns, design_of, numbers_in
from cityfolio.tabulate.sampling.reweighting import adjusted_to
from cityfolio.tabulate.sampling.tabulating import ALL, Line, groups_in, means_by_group, shares_by_group

if TYPE_CHECKING:
    from cityfolio.intake.plain import PlainTable
    from cityfolio.tabulate.sampling.intervals import IntervalKind
    from cityfolio.tabulate.table import Cell

__all__ = ["COLUMNS", "PlainTabulation", "Population", "TabulationRequest", "tabulated"]

COLUMNS = ("group", "category", "n", "base", "estimate", "se", "lower", "upper", "deff", "df")


@dataclass(frozen=True)
class TabulationRequest:
    """What is to be tabulated: the shares of the categories of a column, or the mean of its numbers, in all or by groups.

    Without an `interval` shares have "wilson" if nothing is known about the sampling or the population, else "logit". Around
    a mean there is but one kind, whatever is asked for.
    """

    column: str
    statistic: Literal["shares", "mean"] = "shares"
    by: str | None = None
    design: DesignColumns = field(default_factory=DesignColumns)
    interval: IntervalKind | None = None


@dataclass(frozen=True)
class Population:
    """What is known of the population: tables of cells to post-stratify to, one after the other, and margins to rake to."""

    cells: tuple[PlainTable, ...] = ()
    margins: tuple[PlainTable, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is any table."""
        return bool(self.cells or self.margins)


@dataclass(frozen=True)
class PlainTabulation:
    """The lines of the table, and what a reader should know about them."""

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]

    def records(self) -> Iterator[dict[str, Cell]]:
        """One record for each line, by the columns of `COLUMNS`."""
        return (dict(zip(COLUMNS, _cells(line), strict=True)) for line in self.lines)


def tabulated(table: PlainTable, request: TabulationRequest, population: Population) -> PlainTabulation:
    """The table that is asked for.

    Raises:
        ProgrammeBlocked: with findings, if the tables cannot be meant.
        WrongUse: if the request cannot be meant.
    """
    design = adjusted_to(design_of(table, request.design), table, population.cells, population.margins)
    groups = groups_in(table.size, table.column(request.by) if request.by else None)
    if request.statistic == "mean":
        lines = tuple(means_by_group(design, numbers_in(table, request.column), groups))
    else:
        is_declared = request.design.is_given or population.is_known
        kind = request.interval or ("logit" if is_declared else "wilson")
        answers = table.column(request.column)
        lines = tuple(shares_by_group(design, answers, groups, kind, declared=is_declared))
    return PlainTabulation(lines, tuple(_remarks(lines, table)))


def _remarks(lines: Sequence[Line], table: PlainTable) -> Iterator[Finding]:
    if not lines:
        yield Finding("sample.no-answers", Place(table.file), {"group": ALL})
    said: set[tuple[str, str]] = set()
    for line in lines:
        code = "" if line.interval else "sample.no-spread" if line.estimate else "sample.no-answers"
        if code and (code, line.group) not in said:
            said.add((code, line.group))
            yield Finding(code, Place(table.file), {"group": line.group})


def _cells(line: Line) -> tuple[Cell, ...]:
    counts = (line.group, line.category, line.choosing, line.base)
    estimate, interval = line.estimate, line.interval
    if estimate is None:
        return (*counts, None, None, None, None, None, None)
    bounds = (interval.lower, interval.upper) if interval else (None, None)
    spread = (estimate.design_effect, estimate.degrees_of_freedom)
    return (*counts, estimate.value, estimate.standard_error, *bounds, *spread)
