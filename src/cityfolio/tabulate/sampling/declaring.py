"""A design from the columns of a plain file, with findings where they cannot be meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cityfolio.errors import ProgrammeBlocked, WrongUse
from cityfolio.findings import Finding
from cityfolio.intake.plain import number_in
from cityfolio.tabulate.sampling.design import Design, Nesting, declare, nested

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cityfolio.intake.plain import PlainTable
    from cityfolio.tabulate.sampling.arrays import Floats

__all__ = ["DesignColumns", "design_of", "numbers_in"]


@dataclass(frozen=True)
class DesignColumns:
    """Which columns tell how the records were sampled; clusters, strata and populations outermost stage
    first.
    """

    weights: str | None = None
    strata: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether anything is known about the sampling."""
        return self.weights is not None or bool(self.strata or self.clusters or self.populations)


def design_of(table: PlainTable, columns: DesignColumns) -> Design:
    """The design that the columns tell of.

    >>> from cityfolio.intake.plain import PlainTable
    >>> table = PlainTable("a.csv", {"w": ("2", "3")}, (2, 3))
    >>> design_of(table, DesignColumns(weights="w")).weights.tolist()
    [2.0, 3.0]

    Raises:
        ProgrammeBlocked: with all findings about the columns.
        WrongUse: if a column is not there, or the stages do not match.
    """
    stages = max(len(columns.clusters), 1)
    if columns.populations and len(columns.populations) != stages:
        raise WrongUse(f"{stages} stages of sampling need {stages} columns of population sizes, one for each stage")
    if len(columns.strata) > stages:
        raise WrongUse(f"{len(columns.strata)} columns of strata are more than the {stages} stages of sampling")
    _block(list(_blank_cells(table, columns)))
    weights = numbers_in(table, columns.weights) if columns.weights else None
    populations = [numbers_in(table, name) for name in columns.populations]
    labels = [[table.column(name) for name in names] for names in (columns.strata, columns.clusters)]
    places = nested(table.size, *labels)
    _block([*_weights(table, columns.weights, weights), *_populations(table, columns, populations, places)])
    if not columns.is_given:
        # one record of which nothing is known still has Wilson's interval
        return declare(table.size, lonely="certainty")
    design = declare(table.size, weights=weights, strata=labels[0], clusters=labels[1], populations=populations)
    _block(list(_lonely(table, columns, design)))
    return design


def numbers_in(table: PlainTable, column: str) -> Floats:
    """The column as numbers, NaN where a cell is blank.

    Raises:
        ProgrammeBlocked: with a finding for each cell that is neither blank nor a number.
    """
    cells = table.column(column)
    numbers = [number_in(cell) for cell in cells]
    bad = [i for i, number in enumerate(numbers) if number is None and cells[i]]
    _block([Finding("sample.no-number", table.at(i, column), {"got": cells[i]}) for i in bad])
    return np.array([np.nan if number is None else number for number in numbers], dtype=np.float64)


def _block(findings: Sequence[Finding]) -> None:
    if findings:
        raise ProgrammeBlocked(findings)


def _blank_cells(table: PlainTable, columns: DesignColumns) -> Iterator[Finding]:
    roles = [
        ("weight", (columns.weights,) if columns.weights else ()),
        ("stratum", columns.strata),
        ("sampled unit", columns.clusters),
        ("population size", columns.populations),
    ]
    for role, names in roles:
        for name in names:
            for record, cell in enumerate(table.column(name)):
                if not cell:
                    yield Finding("sample.blank-design", table.at(record, name), {"role": role})


def _weights(table: PlainTable, name: str | None, weights: Floats | None) -> Iterator[Finding]:
    if name is None or weights is None:
        return
    for record in np.flatnonzero(weights < 0):
        cell = table.column(name)[record]
        yield Finding("sample.negative-weight", table.at(int(record), name), {"got": cell})


def _populations(
    table: PlainTable, columns: DesignColumns, populations: Sequence[Floats], places: Sequence[Nesting]
) -> Iterator[Finding]:
    fractions = all(bool(np.all(p <= 1)) for p in populations)
    for stage, (name, population, place) in enumerate(zip(columns.populations, populations, places, strict=False), 1):
        first = np.unique(place.strata, return_index=True)[1][place.strata]
        for record in np.flatnonzero(population != population[first]):
            got, other = table.column(name)[record], table.column(name)[first[record]]
            facts = {"got": got, "other": other, "stage": str(stage)}
            yield Finding("sample.uneven-population", table.at(int(record), name), facts)
        smallest = 0.0 if fractions else place.sampled
        for record in np.unique(first[(population < smallest) | (population <= 0)]):
            facts = {
                "got": table.column(name)[record],
                "sampled": str(int(place.sampled[record])),
                "stage": str(stage),
            }
            yield Finding("sample.small-population", table.at(int(record), name), facts)


def _lonely(table: PlainTable, columns: DesignColumns, design: Design) -> Iterator[Finding]:
    for stage, _, record in design.lonely_strata():
        name = columns.strata[min(stage, len(columns.strata)) - 1] if columns.strata else ""
        yield Finding("sample.lonely-stratum", table.at(record, name), {"stage": str(stage)})
