"""Change of a mean between two waves, decomposed like that of a share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cityfolio.tabulate.changes import Decomposition, Refusal, Why
from cityfolio.tabulate.numbers import mean, tally

__all__ = ["NumberChange", "number_change"]


@dataclass(frozen=True)
class NumberChange:
    """How a mean changed: how many gave a number in each wave and in both, and the difference, split."""

    earlier: int
    later: int
    matched: int
    decomposition: Decomposition


def number_change(earlier: Mapping[str, Fraction], later: Mapping[str, Fraction]) -> NumberChange | Refusal:
    """The change of the mean from the numbers that units gave in two waves, or a refusal where no unit gave both.

    >>> change = number_change({"delft": Fraction(2), "porto": Fraction(4)}, {"porto": Fraction(5), "turku": Fraction(9)})
    >>> change.decomposition.total, change.decomposition.real, change.decomposition.composition
    (Fraction(4, 1), Fraction(1, 1), Fraction(3, 1))
    """
    matched = sorted(earlier.keys() & later.keys())
    means = (
        mean(tally(earlier.values())),
        mean(tally(later.values())),
        mean(tally(earlier[unit] for unit in matched)),
        mean(tally(later[unit] for unit in matched)),
    )
    if means[0] is None or means[1] is None:
        return Refusal(Why.NOBODY_ANSWERED)
    if means[2] is None or means[3] is None:
        return Refusal(Why.NOBODY_MATCHED)
    return NumberChange(len(earlier), len(later), len(matched), Decomposition(means[0], means[1], means[2], means[3]))
