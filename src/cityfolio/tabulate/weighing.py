"""Weighted shares from the sums that an engine hands in: each response is one draw, with its weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from cityfolio.tabulate.table import WeightedEstimate

if TYPE_CHECKING:
    from cityfolio.engine.counting import Cell, PatternWeights
    from cityfolio.model.edition import Group
    from cityfolio.model.variable import Variable

__all__ = ["estimates_from_sums"]

_ROUNDING = 1e-10  # relative differences below this are rounding, not spread


@dataclass
class _Sums:
    """Of those who answered and, among them, of those who chose: weight and squared weight; and how many carry weight."""

    weight: float = 0.0
    squares: float = 0.0
    chosen: float = 0.0
    chosen_squares: float = 0.0
    base: float = 0.0


def estimates_from_sums(
    variable: Variable,
    weighed: PatternWeights,
    carrying: PatternWeights,
    groups_of: Callable[[Cell], tuple[Group, ...]],
) -> dict[tuple[Group, str], WeightedEstimate]:
    """The weighted share of each category in each group, with a logit interval: what `weighted_estimates` gives, from sums.

    `carrying` has the same cells under a weight of 1 for who carries any; `groups_of` names the groups that a cell is part of.
    The
    standard error is that of a ratio of totals under draws with replacement (Särndal, Swensson and Wretman 1992, section 5.6):
    with y = 1 for who chose and d = 1 for the base, the squared weighted residuals w (y - p d) add up to
    (1 - p)^2 sum w^2 y + p^2 sum w^2 (d - y). A group in which nobody with a weight answered has no estimate.
    """
    responses = sum(one.number for patterns in weighed.cells.values() for one in patterns.values())
    sums: dict[tuple[Group, str], _Sums] = {}
    for cell, patterns in weighed.cells.items():
        answered = {pattern: one for pattern, one in patterns.items() if pattern >= 0}
        offered = [category for category in variable.categories if cell[0] in category.waves]
        for group in groups_of(cell):
            for category in offered:
                held = sums.setdefault((group, category.code), _Sums())
                for pattern, one in answered.items():
                    held.weight += one.weight
                    held.squares += one.squares
                    held.base += carrying.cells[cell][pattern].weight
                    if variable.choosing({pattern: 1}, category.code):
                        held.chosen += one.weight
                        held.chosen_squares += one.squares
    return {key: _estimate(held, responses) for key, held in sums.items() if held.base > 0}


def _estimate(held: _Sums, responses: int) -> WeightedEstimate:
    from cityfolio.tabulate.sampling.estimates import Estimate
    from cityfolio.tabulate.sampling.intervals import interval_of_share

    base, share = round(held.base), held.chosen / held.weight
    spread = (1 - share) ** 2 * held.chosen_squares + share**2 * (held.squares - held.chosen_squares)
    variance = spread * responses / (responses - 1) / held.weight**2 if responses > 1 else 0.0
    effect = _design_effect(held.weight, base, share, variance)
    estimate = Estimate(share, sqrt(max(variance, 0.0)), base - 1, base, base, effect)
    interval = interval_of_share(estimate, "logit", census=False)
    return WeightedEstimate(
        value=share,
        standard_error=estimate.standard_error,
        lower=interval.lower if interval else None,
        upper=interval.upper if interval else None,
        design_effect=effect,
        degrees_of_freedom=base - 1,
    )


def _design_effect(population: float, base: int, share: float, variance: float) -> float | None:
    """The variance over that of a simple random sample without replacement of as many records from as many people."""
    spread = share * (1 - share)
    if base < 2 or population <= base * (1 + _ROUNDING) or spread <= _ROUNDING**2 * share**2:
        return None
    return variance / (spread * base / (base - 1) * (population - base) / (population * base))
