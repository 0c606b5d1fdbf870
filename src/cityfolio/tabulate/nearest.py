"""The nearest units for every unit of a large list: approximate distances leave few to be looked at exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from heapq import nsmallest
from math import ceil, lcm
from typing import TypeAlias

from cityfolio.tabulate.neighbours import Feature

__all__ = ["Nearest"]

Shown: TypeAlias = "float | str | int"

_MOST_ROWS = 100  # kept of a feature: choices of one answer have few, sets of many have as many as there are units
_CLOSE = 1e-9  # far more than the error of a mean of floats, far less than two distances usually differ


@dataclass(frozen=True)
class Nearest:
    """Finds by fixed features, in floats, the few units that could be the nearest; `neighbours` orders those exactly."""

    features: tuple[Feature, ...]

    def could_be(
        self, unit: str, candidates: Iterable[str], number: int, at_least: Fraction = Fraction(1, 2)
    ) -> list[str]:
        """Those among which `neighbours` finds the nearest: hardly ever more than `number` of them.

        >>> from cityfolio.tabulate.neighbours import Scaling
        >>> size = Feature("size", "size", Scaling.NUMBER, {"a": Fraction(1), "b": Fraction(2), "c": Fraction(5)})
        >>> Nearest((size,)).could_be("a", ["c", "b", "d"], 1)
        ['b']
        """
        near = self._approximate(unit, [other for other in candidates if other != unit], at_least)
        if not near or number < 1:
            return []
        furthest = nsmallest(number, (apart for apart, _ in near))[-1] + _CLOSE
        return [other for apart, other in near if apart <= furthest]

    def told_of(self, units: Iterable[str]) -> list[tuple[object, ...]]:
        """All that the features say of these units: how far they are from each other follows from it."""
        placed = [feature for feature in self.features if feature.placed]
        return [
            (
                unit,
                *(f.shown(unit) for f in self.features),
                *(f.placed.get(unit) for f in placed),
                *(f.sides.get(unit) for f in self.features if f.sides),
            )
            for unit in units
        ]

    def _approximate(self, unit: str, candidates: Sequence[str], at_least: Fraction) -> list[tuple[float, str]]:
        """About how far each candidate is that can be compared by enough of the weights."""
        # Weights are whole numbers, so what is enough of them is one as well.
        enough = max(ceil(at_least * sum(self._weights)), 1)
        rows = [row for column in self._columns if (row := column.row(unit)) is not None]
        total = [sum(apart) for apart in zip(*(apart for apart, _ in rows), strict=True)]
        compared = [sum(weights) for weights in zip(*(weights for _, weights in rows), strict=True)]
        return [
            (total[place] / compared[place], other)
            for other in candidates
            if (place := self._places.get(other)) is not None and rows and compared[place] >= enough
        ]

    @cached_property
    def _weights(self) -> list[int]:
        """The weights as whole numbers in the same proportion, so that sums of them are exact."""
        common = lcm(*(feature.weight.denominator for feature in self.features))
        return [int(feature.weight * common) for feature in self.features]

    @cached_property
    def _places(self) -> dict[str, int]:
        """All units that have a value, each with its place in the rows."""
        units = dict.fromkeys(unit for feature in self.features for unit in feature.values)
        return {unit: place for place, unit in enumerate(units)}

    @cached_property
    def _columns(self) -> list[_Column]:
        units = tuple(self._places)
        return [
            _Column(shown, weight, units)
            for feature, weight in zip(self.features, self._weights, strict=True)
            for shown in _by_side(feature, _shown(feature))
            if weight > 0
        ]


@dataclass(frozen=True)
class _Column:
    """The shown values of a feature. Many units say the same, so how far all are from a value is worked out once."""

    shown: Mapping[str, Shown]
    weight: int
    units: tuple[str, ...]
    _rows: dict[Shown, tuple[list[float], list[int]]] = field(default_factory=dict, compare=False, repr=False)

    def row(self, unit: str) -> tuple[list[float], list[int]] | None:
        """How far each unit is from this one, by weight, and the weight where both have a value; None where it has none."""
        own = self.shown.get(unit)
        if own is None:
            return None
        if own not in self._rows:
            row = self._far_from(own)
            if len(self._rows) >= _MOST_ROWS:
                return row, self._compared
            self._rows[own] = row, self._compared
        return self._rows[own]

    def _far_from(self, own: Shown) -> list[float]:
        """How far each unit is from a value, by weight; 0 where it has none."""
        values, weight = self._values, self.weight
        if isinstance(own, int):
            sets = [((own ^ v).bit_count(), (own | v).bit_count()) if isinstance(v, int) else v for v in values]
            return [v[0] * weight / (v[1] or 1) if isinstance(v, tuple) else 0.0 if v is None else weight for v in sets]
        if isinstance(own, float):
            return [abs(own - v) * weight if isinstance(v, float) else 0.0 if v is None else weight for v in values]
        return [0.0 if v is None or v == own else weight for v in values]

    @cached_property
    def _values(self) -> list[Shown | None]:
        return [self.shown.get(unit) for unit in self.units]

    @cached_property
    def _compared(self) -> list[int]:
        return [0 if value is None else self.weight for value in self._values]


def _by_side(feature: Feature, shown: Mapping[str, Shown]) -> list[dict[str, Shown]]:
    """The values of each side of a break apart: they are compared with those of their own side alone."""
    found: dict[int | None, dict[str, Shown]] = {}
    for unit, value in shown.items():
        found.setdefault(feature.sides.get(unit), {})[unit] = value
    return list(found.values())


def _shown(feature: Feature) -> dict[str, Shown]:
    """The shown values in a form that is quick to compare: places as floats, sets as bits, anything else as it is."""
    shown = {unit: value for unit in feature.values if (value := feature.shown(unit)) is not None}
    bits: dict[str, int] = {}
    column: dict[str, Shown] = {}
    for unit, value in shown.items():
        if isinstance(value, frozenset):
            column[unit] = sum(1 << bits.setdefault(code, len(bits)) for code in value)
        elif feature.placed and isinstance(value, Fraction):
            column[unit] = float(feature.placed[unit])
        else:
            column[unit] = str(value)
    return column
