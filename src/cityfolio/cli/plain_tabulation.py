"""The work of `cityfolio tabulate FILE.csv`: a plain file, its sampling design, one variable, one table."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cityfolio.cli.presenting import csv_text
from cityfolio.errors import WrongUse
from cityfolio.findings import Finding, Place
from cityfolio.intake.plain import PlainTable, read_plain
from cityfolio.tabulate.sampling.declaring import DesignColumns, design_of, numbers_in
from cityfolio.tabulate.sampling.intervals import INTERVAL_KINDS, IntervalKind
from cityfolio.tabulate.sampling.reweighting import adjusted_to
from cityfolio.tabulate.sampling.tabulating import ALL, Line, groups_in, means_by_group, shares_by_group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cityfolio.tabulate.table import Cell

__all__ = ["COLUMNS", "PlainTabulation", "TabulationRequest", "names_in", "tabulate_file", "tabulate_plain"]

COLUMNS = ("group", "category", "n", "base", "estimate", "se", "lower", "upper", "deff", "df")


@dataclass(frozen=True)
class TabulationRequest:
    """What is to be tabulated: shares of the categories of `variable`, or the mean of `mean`, in all or by
    groups.

    Where `mean` is given, it is what the table holds, and `variable` is left aside. Without an `interval` it
    is "mean" for means; for shares "wilson" if nothing is known about the sampling, else "logit".
    """

    file: Path
    variable: str | None = None
    mean: str | None = None
    by: str | None = None
    design: DesignColumns = field(default_factory=DesignColumns)
    interval: IntervalKind | None = None
    poststratify: tuple[Path, ...] = ()
    rake: tuple[Path, ...] = ()

    @property
    def is_declared(self) -> bool:
        """Whether anything is known about the sampling or the population."""
        return self.design.is_given or bool(self.poststratify or self.rake)


@dataclass(frozen=True)
class PlainTabulation:
    """The lines of the table, and what a reader should know about them."""

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]

    def as_csv(self) -> str:
        """The table as CSV with the columns of `COLUMNS`; what is not known is blank."""
        return csv_text(list(self.records()), COLUMNS)

    def records(self) -> Iterator[dict[str, Cell]]:
        """One record for each line, by the columns of `COLUMNS`."""
        return (dict(zip(COLUMNS, _cells(line), strict=True)) for line in self.lines)


def names_in(listed: str | None) -> tuple[str, ...]:
    """Names of columns from an argument like "C1,C2".

    >>> names_in("dnum, snum"), names_in(None)
    (('dnum', 'snum'), ())
    """
    return tuple(name for part in (listed or "").split(",") if (name := part.strip()))


def tabulate_file(
    file: Path,
    *,
    variable: str | None = None,
    mean: str | None = None,
    by: str | None = None,
    weights: str | None = None,
    strata: str | None = None,
    cluster: str | None = None,
    fpc: str | None = None,
    interval: str | None = None,
    poststratify: Path | None = None,
    rake: Sequence[Path] = (),
) -> PlainTabulation:
    """The table as the command's arguments ask for it; `strata`, `cluster` and `fpc` may list one column per
    stage.

    Raises:
        ProgrammeBlocked: with findings, if the files cannot be meant.
        WrongUse: if an argument cannot be meant.
    """
    return tabulate_plain(
        TabulationRequest(
            file=file,
            variable=variable,
            mean=mean,
            by=by,
            design=DesignColumns(weights or None, names_in(strata), names_in(cluster), names_in(fpc)),
            interval=_kind(interval) if interval else None,
            poststratify=(poststratify,) if poststratify else (),
            rake=tuple(rake),
        )
    )


def tabulate_plain(request: TabulationRequest) -> PlainTabulation:
    """The table that is asked for.

    Raises:
        ProgrammeBlocked: with findings, if the files cannot be meant.
        WrongUse: if the request cannot be meant.
    """
    table = read_plain(request.file)
    design = adjusted_to(
        design_of(table, request.design),
        table,
        [read_plain(path) for path in request.poststratify],
        [read_plain(path) for path in request.rake],
    )
    groups = groups_in(table.size, table.column(request.by) if request.by else None)
    if request.mean:
        if request.interval not in (None, "mean"):
            raise WrongUse(f'a mean has the interval "mean", not "{request.interval}"; leave --interval out')
        lines = tuple(means_by_group(design, numbers_in(table, request.mean), groups))
    elif request.variable:
        kind = request.interval or ("logit" if request.is_declared else "wilson")
        answers = table.column(request.variable)
        lines = tuple(shares_by_group(design, answers, groups, kind, declared=request.is_declared))
    else:
        raise WrongUse("a table needs --variable (shares of its categories) or --mean (mean of a number)")
    return PlainTabulation(lines, tuple(_remarks(lines, table)))


def _kind(name: str) -> IntervalKind:
    for kind in INTERVAL_KINDS:
        if kind == name:
            return kind
    raise WrongUse(f'there is no interval "{name}"; choose one of {", ".join(INTERVAL_KINDS)}')


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
