"""Comparative words: "more" and "fewer" only where nothing unknown could turn them round."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from cityfolio.tabulate.intervals import Interval

__all__ = ["ONE_POINT", "Word", "difference_bounds", "word_for"]

ONE_POINT = Fraction(1, 100)
"""Two figures in whole per cent are each rounded by up to half a point, so their difference by up to one."""


class Word(Enum):
    """The case a sentence about a difference falls into; the words themselves are the programme's."""

    MORE = "more"
    FEWER = "fewer"
    EQUAL = "equal"
    UNDECIDED = "undecided"


def word_for(difference: Fraction, possible: Interval, rounding: Fraction = ONE_POINT) -> Word:
    """Whether a difference may be called more or fewer.

    It may if both hold: it is larger than what rounding alone could show (`rounding`, in shares: one point), and every
    possible value (`possible`) has its sign. For a census of a fixed list `possible` are the bounds under any answers of
    the silent units, for a sample the confidence interval of the difference. A difference of exactly zero has its own word.

    >>> wide, narrow = Interval(Fraction(-1, 10), Fraction(3, 10)), Interval(Fraction(1, 20), Fraction(3, 20))
    >>> [word_for(Fraction(1, 10), possible).value for possible in (wide, narrow)]
    ['undecided', 'more']
    >>> word_for(Fraction(0), wide), word_for(Fraction(1, 200), Interval(Fraction(1, 200), Fraction(1, 200)))
    (<Word.EQUAL: 'equal'>, <Word.UNDECIDED: 'undecided'>)
    """
    if difference == 0:
        return Word.EQUAL
    if abs(difference) <= rounding:
        return Word.UNDECIDED
    if difference > 0 and possible.low is not None and possible.low > 0:
        return Word.MORE
    if difference < 0 and possible.high is not None and possible.high < 0:
        return Word.FEWER
    return Word.UNDECIDED


def difference_bounds(earlier: Interval, later: Interval) -> Interval:
    """Between which values later minus earlier lies, whatever the silent units of either wave would have said.

    >>> difference_bounds(Interval(Fraction(1, 4), Fraction(1, 2)), Interval(Fraction(1, 2), Fraction(1)))
    Interval(low=Fraction(0, 1), high=Fraction(3, 4))
    """
    low = later.low - earlier.high if later.low is not None and earlier.high is not None else None
    high = later.high - earlier.low if later.high is not None and earlier.low is not None else None
    return Interval(low, high)
