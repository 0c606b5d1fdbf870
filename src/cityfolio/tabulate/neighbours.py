"""Neighbours: the units most like one unit, by declared themes, with the reasons.

Gower (1971), "A General Coefficient of Similarity and Some of Its Properties", Biometrics 27.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TypeAlias

__all__ = ["Feature", "Likeness", "Neighbour", "Scaling", "distance", "neighbours"]

Value: TypeAlias = Fraction | str | frozenset[str]


class Scaling(Enum):
    """How the values of a feature differ.

    - `SAME`: equal or not (a region, a single choice).
    - `CHOICES`: sets of categories, by what both chose of what either chose (Jaccard). Two empty sets are equal.
    - `NUMBER`: the difference as a part of the range over all units.
    - `RANK`: the difference of mid-ranks as a part of their range, so that one giant does not make all others alike.
    """

    SAME = "same"
    CHOICES = "choices"
    NUMBER = "number"
    RANK = "rank"


@dataclass(frozen=True)
class Feature:
    """Something that units are compared by, in one theme. `values` has only units whose value is on record and may be shown.

    `suppressed` units are not compared by it at all: a distance would give away what is hidden. Where a series has a break,
    `sides` says on which side of it the value of each unit is: those of two sides are not compared either.
    """

    id: str
    theme: str
    scaling: Scaling
    values: Mapping[str, Value]
    weight: Fraction = Fraction(1)
    suppressed: frozenset[str] = frozenset()
    sides: Mapping[str, int] = field(default_factory=dict)

    def shown(self, unit: str) -> Value | None:
        """The unit's value, or None where it is missing or suppressed."""
        return None if unit in self.suppressed else self.values.get(unit)

    def difference(self, one: str, other: str) -> Fraction | None:
        """How far two units are apart, from 0 to 1, or None where one of them has no value to be shown."""
        first, second = self.shown(one), self.shown(other)
        if first is None or second is None or self.sides.get(one) != self.sides.get(other):
            return None
        if isinstance(first, frozenset) and isinstance(second, frozenset):
            either = len(first | second)
            return Fraction(len(first ^ second), either) if either else Fraction(0)
        if self.scaling in (Scaling.NUMBER, Scaling.RANK):
            return abs(self.placed[one] - self.placed[other])
        return Fraction(first != second)

    @cached_property
    def placed(self) -> dict[str, Fraction]:
        """Each unit's number as a place from 0 to 1; empty for other features. Suppressed units have no part in the range."""
        numbers = {
            unit: v for unit, v in self.values.items() if isinstance(v, Fraction) and unit not in self.suppressed
        }
        if not numbers or self.scaling not in (Scaling.NUMBER, Scaling.RANK):
            return {}
        if self.scaling is Scaling.RANK:
            numbers = _mid_ranks(numbers)
        low, high = min(numbers.values()), max(numbers.values())
        width = high - low
        return {unit: (number - low) / width if width else Fraction(0) for unit, number in numbers.items()}


def _mid_ranks(numbers: Mapping[str, Fraction]) -> dict[str, Fraction]:
    times: dict[Fraction, int] = {}
    for number in numbers.values():
        times[number] = times.get(number, 0) + 1
    passed, ranks = 0, {}
    for number in sorted(times):
        ranks[number] = passed + Fraction(times[number] + 1, 2)
        passed += times[number]
    return {unit: ranks[number] for unit, number in numbers.items()}


@dataclass(frozen=True)
class Likeness:
    """One reason: how far two units are apart by one feature, 0 for alike."""

    feature: str
    theme: str
    difference: Fraction


@dataclass(frozen=True)
class Neighbour:
    """A unit like another one: the distance, from 0 to 1, and the reasons, most alike first.

    `compared` is the part of all weights by which the two could be compared at all.
    """

    unit: str
    distance: Fraction
    compared: Fraction
    reasons: tuple[Likeness, ...]


def distance(one: str, other: str, features: Iterable[Feature]) -> Neighbour | None:
    """How far `other` is from `one`: the weighted mean of the differences that are on record for both, or None.

    >>> size = Feature("size", "size", Scaling.NUMBER, {"a": Fraction(1), "b": Fraction(2), "c": Fraction(5)})
    >>> region = Feature("region", "region", Scaling.SAME, {"a": "EU", "b": "EU"})
    >>> distance("a", "b", [size, region]).distance, distance("a", "c", [size, region]).distance
    (Fraction(1, 8), Fraction(1, 1))
    """
    everything, compared, apart = [], [], []
    reasons = []
    for feature in features:
        weight = feature.weight
        everything.append(weight)
        difference = feature.difference(one, other)
        if difference is not None and weight > 0:
            compared.append(weight)
            apart.append(difference if weight == 1 else weight * difference)
            reasons.append(Likeness(feature.id, feature.theme, difference))
    if not compared:
        return None
    reasons.sort(key=lambda reason: (reason.difference, reason.theme, reason.feature))
    weights = _sum(compared)
    return Neighbour(other, _sum(apart) / weights, weights / _sum(everything), tuple(reasons))


def _sum(parts: Sequence[Fraction]) -> Fraction:
    """Their sum, exactly, brought to its lowest terms once: one by one takes several times as long."""
    common = lcm(*(part.denominator for part in parts))
    return Fraction(sum(part.numerator * (common // part.denominator) for part in parts), common)


def neighbours(
    unit: str,
    candidates: Iterable[str],
    features: Iterable[Feature],
    number: int = 5,
    at_least: Fraction = Fraction(1, 2),
) -> list[Neighbour]:
    """The `number` nearest candidates, ties in the order of their ids, so that no shuffling moves them.

    Candidates that can be compared by less than `at_least` of the weights are left out: a short record is not likeness.
    `candidates` come from `peers_of`, so a declared type stays a hard filter.

    >>> size = Feature("size", "size", Scaling.NUMBER, {"a": Fraction(1), "b": Fraction(2), "c": Fraction(0)})
    >>> [found.unit for found in neighbours("a", ["c", "b", "d"], [size])]
    ['b', 'c']
    """
    declared = list(features)
    found = (distance(unit, other, declared) for other in set(candidates) if other != unit)
    near = [one for one in found if one is not None and one.compared >= at_least]
    return sorted(near, key=lambda one: (one.distance, one.unit))[:number]
