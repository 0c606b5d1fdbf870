"""The sampling design: how the records came into the file, and how many more of them there are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from cityfolio.tabulate.sampling.arrays import Codes, Flags, Floats, crossed, to_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cityfolio.tabulate.sampling.adjustments import Adjustment

WHOLE = 1 - 1e-7  # a sampling fraction above this is all of the population

__all__ = ["Design", "LonelyRule", "Nesting", "Stage", "declare", "nested"]

LonelyRule = Literal["fail", "certainty", "adjust", "average"]


@dataclass(frozen=True, eq=False)
class Nesting:
    """Who was drawn from what at one stage; every array has one entry per record.

    `strata` and `units` are codes, `sampled` is the number of units drawn in the record's stratum.
    """

    strata: Codes
    units: Codes
    sampled: Floats


@dataclass(frozen=True, eq=False)
class Stage(Nesting):
    """One stage with its `population`: how many units the record's stratum has (infinite where that is not
    declared).
    """

    population: Floats

    @property
    def fraction(self) -> Floats:
        """The sampling fraction of the record's stratum at this stage."""
        return self.sampled / self.population


@dataclass(frozen=True, eq=False)
class Design:
    """A declared design: weights of shape (records,), the stages outermost first, and what was adjusted
    afterwards.

    >>> design = declare(4, strata=[["a", "a", "b", "b"]], populations=[np.array([10.0, 10.0, 4.0, 4.0])])
    >>> design.weights.tolist(), design.degrees_of_freedom(design.everyone)
    ([5.0, 5.0, 2.0, 2.0], 2)
    """

    weights: Floats
    stages: tuple[Stage, ...]
    adjustments: tuple[Adjustment, ...] = ()
    has_populations: bool = False
    lonely: LonelyRule = field(default="fail")

    @property
    def size(self) -> int:
        """The number of records."""
        return len(self.weights)

    @property
    def everyone(self) -> Flags:
        """The domain of all records that carry weight."""
        carrying: Flags = self.weights != 0
        return carrying

    def is_census(self, domain: Flags) -> bool:
        """Whether nothing was left to chance in the domain: all units of its strata were taken."""
        inside = domain & self.everyone
        return all(bool(np.all(stage.fraction[inside] > WHOLE)) for stage in self.stages)

    def degrees_of_freedom(self, domain: Flags) -> int:
        """First-stage units less first-stage strata that the domain touches, records without weight aside."""
        inside = domain & self.everyone
        first = self.stages[0]
        return len(np.unique(first.units[inside])) - len(np.unique(first.strata[inside]))

    def records_of(self, domain: Flags) -> int:
        """The records that the degrees of freedom of Korn and Graubard are counted from.

        In an adjusted design all records stay part of each domain's design, since the adjustment rests on
        them (as in R).
        """
        return self.size if self.adjustments else int(domain.sum())

    def adjusted(self, adjustment: Adjustment, weights: Floats) -> Design:
        """The same design with new weights and the adjustment that led to them."""
        return replace(self, weights=weights, adjustments=(*self.adjustments, adjustment))

    def lonely_strata(self) -> tuple[tuple[int, int, int], ...]:
        """Strata with one sampled unit of several, as (stage, stratum code, first record that shows it),
        stages from 1.
        """
        found = []
        for number, stage in enumerate(self.stages if self.has_populations else self.stages[:1], start=1):
            alone = (stage.sampled == 1) & (stage.fraction <= WHOLE)
            codes, records = np.unique(np.where(alone, stage.strata, -1), return_index=True)
            found += [(number, int(c), int(r)) for c, r in zip(codes, records, strict=True) if c >= 0]
        return tuple(found)


def declare(
    records: int,
    *,
    weights: Floats | None = None,
    strata: Sequence[Sequence[str]] = (),
    clusters: Sequence[Sequence[str]] = (),
    populations: Sequence[Floats] = (),
    lonely: LonelyRule = "fail",
) -> Design:
    """The design of a file with that many records.

    `strata` and `clusters` hold one column of labels per stage, outermost first; without clusters every
    record is its own unit. Labels of units count inside their stratum and inside their outer unit, so they
    may start again at 1 in each. `populations` holds one column per stage: how many units the record's
    stratum has, or the sampling fraction where all are at most 1. Without weights, weights are the inverse
    sampling fractions, multiplied over the stages; without either, all are 1.

    Raises:
        ValueError: if lengths differ, weights are negative or not finite, or a population is smaller than its
            sample.
    """
    _check_lengths(records, weights, [*strata, *clusters], populations)
    places = nested(records, strata, clusters)
    if populations and len(populations) != len(places):
        raise ValueError(f"{len(places)} stages need {len(places)} population columns or none, not {len(populations)}")
    if any(bool(np.any(~(p > 0))) for p in populations):
        raise ValueError("population sizes must be numbers above 0")
    fractions = bool(populations) and all(bool(np.all(p <= 1)) for p in populations)
    stages = []
    for number, place in enumerate(places):
        population = np.full(records, np.inf)
        if populations:
            population = place.sampled / populations[number] if fractions else populations[number]
        if np.any(population < place.sampled * (1 - 1e-12)):
            raise ValueError(f"stage {number + 1}: a stratum has more units in the sample than in its population")
        stages.append(Stage(place.strata, place.units, place.sampled, population))
    if weights is None:
        weights = np.ones(records)
        for stage in stages if populations else ():
            weights = weights / stage.fraction
    return Design(weights, tuple(stages), has_populations=bool(populations), lonely=lonely)


def _check_lengths(
    records: int, weights: Floats | None, labels: Sequence[Sequence[str]], populations: Sequence[Floats]
) -> None:
    numbers = [*populations, *([] if weights is None else [weights])]
    lengths = {len(column) for column in labels} | {len(column) for column in numbers}
    if lengths - {records}:
        raise ValueError(f"every column needs {records} entries, but there are columns of {sorted(lengths)}")
    if weights is not None and not (np.all(np.isfinite(weights)) and np.all(weights >= 0)):
        raise ValueError("weights must be numbers of at least 0; leave records without a weight out of the file")


def nested(records: int, strata: Sequence[Sequence[str]], clusters: Sequence[Sequence[str]]) -> tuple[Nesting, ...]:
    """Stratum and unit of each record at each stage: a unit belongs to its stratum, a stratum to its outer
    unit.

    >>> [stage.sampled.tolist() for stage in nested(3, [], [["a", "a", "b"], ["1", "2", "1"]])]
    [[2.0, 2.0, 2.0], [2.0, 2.0, 1.0]]
    """
    columns = [to_codes(column) for column in clusters] or [np.arange(records, dtype=np.int64)]
    given = [to_codes(column) for column in strata] or [np.zeros(records, dtype=np.int64)]
    stages: list[Nesting] = []
    for number, column in enumerate(columns):
        stratum = given[min(number, len(given) - 1)]
        if stages:
            stratum = crossed(stages[-1].units, stratum)
        unit = crossed(stratum, column)
        stages.append(Nesting(stratum, unit, _sampled(stratum, unit)))
    return tuple(stages)


def _sampled(strata: Codes, units: Codes) -> Floats:
    pairs = np.unique(np.stack([strata, units]), axis=1)
    return np.bincount(pairs[0]).astype(np.float64)[strata]
