"""The table of one variable under a design: a line per group and category, or per group for the mean of a
number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cityfolio.intake.plain import number_in
from cityfolio.tabulate.sampling.estimates import Estimate, mean, mean_of_each
from cityfolio.tabulate.sampling.intervals import Interval, interval_of_mean, interval_of_share, wilson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cityfolio.tabulate.sampling.arrays import Flags, Floats
    from cityfolio.tabulate.sampling.design import Design
    from cityfolio.tabulate.sampling.intervals import IntervalKind

__all__ = ["ALL", "Line", "groups_in", "labels_in", "means_by_group", "shares_by_group"]

ALL = "all"


@dataclass(frozen=True)
class Line:
    """One line of the table; without an estimate if the base is empty, without an interval if nothing shows
    the spread.

    `choosing` counts the records that chose the category (for a mean: that have a value), `base` those with
    an answer in the group.
    """

    group: str
    category: str
    choosing: int
    base: int
    estimate: Estimate | None
    interval: Interval | None


def labels_in(column: Iterable[str]) -> tuple[str, ...]:
    """The labels that a column holds, blanks aside: as numbers in their order if all are numbers, else by
    text.

    >>> labels_in(["10", "9", "", "10"]), labels_in(["b", "10", "a"])
    (('9', '10'), ('10', 'a', 'b'))
    """
    labels = sorted({cell for cell in column if cell})
    numbers = [number_in(label) for label in labels]
    known = [number for number in numbers if number is not None]
    if len(known) < len(labels):
        return tuple(labels)
    return tuple(label for _, label in sorted(zip(known, labels, strict=True)))


def groups_in(size: int, column: Sequence[str] | None) -> list[tuple[str, Flags]]:
    """The groups by name and domain; one of all records where there is no column to group by.

    >>> [(name, domain.tolist()) for name, domain in groups_in(3, ["b", "a", ""])]
    [('a', [False, True, False]), ('b', [True, False, False])]
    """
    if column is None:
        return [(ALL, np.ones(size, dtype=np.bool_))]
    names = labels_in(column)
    place = {name: code for code, name in enumerate(names)}
    codes = np.array([place.get(cell, -1) for cell in column], dtype=np.int64)
    return [(name, codes == code) for code, name in enumerate(names)]


def shares_by_group(
    design: Design,
    answers: Sequence[str],
    groups: Sequence[tuple[str, Flags]],
    kind: IntervalKind,
    *,
    declared: bool,
) -> Iterator[Line]:
    """A line per group and category; `declared` says whether anything is known about the sampling.

    Nobody's design: Wilson's interval is taken on the base itself, as for a simple random sample.
    """
    categories = labels_in(answers)
    place = {category: code for code, category in enumerate(categories)}
    codes = np.array([place.get(answer, -1) for answer in answers], dtype=np.int64)
    chose = (codes[:, None] == np.arange(len(categories))).astype(np.float64)
    for group, domain in groups:
        base = domain & (codes >= 0) & design.everyone
        size, choosing = int(base.sum()), chose[base].sum(axis=0)
        estimates = mean_of_each(design, chose, base) if size else [None] * len(categories)
        for category, chosen, estimate in zip(categories, choosing.tolist(), estimates, strict=True):
            interval = None
            if estimate is not None and kind == "wilson" and not declared:
                interval = wilson(chosen / size, size)
            elif estimate is not None:
                interval = interval_of_share(estimate, kind, census=design.is_census(base))
            yield Line(group, category, int(chosen), size, estimate, interval)


def means_by_group(design: Design, values: Floats, groups: Sequence[tuple[str, Flags]]) -> Iterator[Line]:
    """A line per group with the mean of the values."""
    known = ~np.isnan(values)
    for group, domain in groups:
        base = domain & known & design.everyone
        estimate = mean(design, values, base) if base.any() else None
        interval = interval_of_mean(estimate) if estimate is not None else None
        yield Line(group, "", int(base.sum()), int(base.sum()), estimate, interval)
