"""One unit set against others: share with the same answer, position, quantile, similar or not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from cityfolio.tabulate.intervals import Part

if TYPE_CHECKING:
    from cityfolio.model.unit import Unit

__all__ = [
    "Judgement",
    "Polarity",
    "Position",
    "Standing",
    "judgement",
    "peers_of",
    "position",
    "same_answer",
    "standing",
]


class Standing(Enum):
    """Where a value lies beside a benchmark."""

    BELOW = "below"
    SIMILAR = "similar"
    ABOVE = "above"


class Polarity(Enum):
    """Whether more is better. Only a programme can say; without a word from it there is no judgement."""

    NONE = "none"
    HIGH_IS_GOOD = "high_is_good"
    LOW_IS_GOOD = "low_is_good"


class Judgement(Enum):
    """What a standing means."""

    NONE = "none"
    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"


@dataclass(frozen=True)
class Position:
    """The place of a value among others, itself included, from the highest: 1 of 86. Ties share the better place.

    `tied` counts the others with the same value. `at_or_below` is the share of all values that do not exceed it: the
    percentile, which is not the position.
    """

    place: int
    of: int
    tied: int
    at_or_below: Fraction


def peers_of(units: Mapping[str, Unit], unit: str, type_attribute: str = "") -> frozenset[str]:
    """The units that one may be set against: all others, or those of the same type where units have one.

    The type is a hard filter: a metropolis is never benchmarked against villages because they stand in the same file. A unit
    whose type is not on record has no peers.

    >>> from cityfolio.model.unit import Unit
    >>> units = {id: Unit(id, id, id, {"type": type}) for id, type in (("a", "city"), ("b", "city"), ("c", "county"))}
    >>> sorted(peers_of(units, "a", "type")), sorted(peers_of(units, "c", "type"))
    (['b'], [])
    """
    others = [other for other in units if other != unit]
    if not type_attribute:
        return frozenset(others)
    own = units[unit].attribute(type_attribute)
    return frozenset(other for other in others if own and units[other].attribute(type_attribute) == own)


def same_answer(pattern: int, patterns: Mapping[int, int], mask: int | None = None) -> Part | None:
    """How many of the others that answered gave the same answer; None where the unit or nobody else answered.

    `patterns` are those of the others, without the unit. With `mask` only those categories are compared.

    >>> same_answer(0b01, {0b01: 43, 0b10: 41, -6: 1})
    Part(number=43, base=84)
    >>> same_answer(-6, {0b01: 43}) is None
    True
    """
    if pattern < 0:
        return None
    seen = -1 if mask is None else mask
    base = sum(number for other, number in patterns.items() if other >= 0)
    same = sum(number for other, number in patterns.items() if other >= 0 and other & seen == pattern & seen)
    return Part(same, base) if base else None


def position(value: Fraction, others: Collection[Fraction]) -> Position:
    """The position of a value among others. Zero is a value like any other; who gave none is not among them.

    >>> position(Fraction(6), [Fraction(9), Fraction(6), Fraction(0)])
    Position(place=2, of=4, tied=1, at_or_below=Fraction(3, 4))
    """
    everybody = len(others) + 1
    not_above = 1 + sum(other <= value for other in others)
    ahead, tied = sum(other > value for other in others), sum(other == value for other in others)
    return Position(ahead + 1, everybody, tied, Fraction(not_above, everybody))


def standing(value: Fraction, benchmark: Fraction, threshold: Fraction) -> Standing:
    """Whether a value is similar to a benchmark: not further away than the threshold, which has to be stated beside it.

    >>> [standing(Fraction(v), Fraction(10), Fraction(2)).value for v in (7, 8, 12, 13)]
    ['below', 'similar', 'similar', 'above']

    Raises:
        ValueError: if the threshold is negative.
    """
    if threshold < 0:
        raise ValueError(f"a threshold cannot be negative: {threshold}")
    if abs(value - benchmark) <= threshold:
        return Standing.SIMILAR
    return Standing.ABOVE if value > benchmark else Standing.BELOW


def judgement(found: Standing, polarity: Polarity) -> Judgement:
    """What a standing means under a declared polarity; without one, nothing.

    >>> judgement(Standing.ABOVE, Polarity.LOW_IS_GOOD), judgement(Standing.ABOVE, Polarity.NONE)
    (<Judgement.WORSE: 'worse'>, <Judgement.NONE: 'none'>)
    """
    if polarity is Polarity.NONE:
        return Judgement.NONE
    if found is Standing.SIMILAR:
        return Judgement.SIMILAR
    good = Standing.ABOVE if polarity is Polarity.HIGH_IS_GOOD else Standing.BELOW
    return Judgement.BETTER if found is good else Judgement.WORSE
