"""The nearest units for every unit of a large list: what `neighbours` gives, found by way of approximate distances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import nsmallest
from math import lcm

from cityfolio.tabulate.neighbours import Feature, Neighbour, distance, neighbours

__all__ = ["Nearest"]

_CLOSE = 1e-9  # far more than the error of a mean of floats, far less than two distances usually differ


@dataclass(frozen=True)
class Nearest:
    """Finds neighbours by fixed features, in floats first and exactly among those that could be the nearest."""

    features: tuple[Feature, ...]

    def of(
        self, unit: str, candidates: Iterable[str], number: int, at_least: Fraction = Fraction(1, 2)
    ) -> list[Neighbour]:
        """The same as `neighbours(unit, candidates, self.features, number, at_least)`.

        >>> from cityfolio.tabulate.neighbours import Scaling
        >>> size = Feature("size", "size", Scaling.NUMBER, {"a": Fraction(1), "b": Fraction(2), "c": Fraction(0)})
        >>> [found.unit for found in Nearest((size,)).of("a", ["c", "b", "d"], 5)]
        ['b', 'c']
        """
        near = self._approximate(unit, [other for other in candidates if other != unit], at_least)
        if not near or number < 1:
            return []
        furthest = nsmallest(number, (apart for apart, _ in near))[-1] + _CLOSE
        return neighbours(unit, [o for apart, o in near if apart <= furthest], self.features, number, at_least)

    def between(self, one: str, other: str) -> Neighbour | None:
        """How far two units are apart, exactly."""
        return distance(one, other, self.features)

    def _approximate(self, unit: str, candidates: Sequence[str], at_least: Fraction) -> list[tuple[float, str]]:
        """About how far each candidate is that can be compared by enough of the weights."""
        total = [0.0] * len(candidates)
        compared = [0] * len(candidates)
        for feature, weight in zip(self._columns, self._weights, strict=True):
            own = feature.get(unit)
            if own is None or weight <= 0:
                continue
            for place, other in enumerate(candidates):
                value = feature.get(other)
                if value is not None:
                    compared[place] += weight
                    total[place] += weight * _apart(own, value)
        enough = at_least * sum(self._weights)
        return [
            (total[place] / compared[place], other)
            for place, other in enumerate(candidates)
            if compared[place] and compared[place] >= enough
        ]

    @cached_property
    def _weights(self) -> list[int]:
        """The weights as whole numbers in the same proportion, so that sums of them are exact."""
        common = lcm(*(feature.weight.denominator for feature in self.features))
        return [int(feature.weight * common) for feature in self.features]

    @cached_property
    def _columns(self) -> list[dict[str, float | str | int]]:
        return [_column(feature) for feature in self.features]


def _column(feature: Feature) -> dict[str, float | str | int]:
    """The shown values in a form that is quick to compare: places as floats, sets as bits, anything else as it is."""
    shown = {unit: value for unit in feature.values if (value := feature.shown(unit)) is not None}
    bits: dict[str, int] = {}
    column: dict[str, float | str | int] = {}
    for unit, value in shown.items():
        if isinstance(value, frozenset):
            column[unit] = sum(1 << bits.setdefault(code, len(bits)) for code in value)
        elif feature.placed and isinstance(value, Fraction):
            column[unit] = float(feature.placed[unit])
        else:
            column[unit] = str(value)
    return column


def _apart(one: float | str | int, other: float | str | int) -> float:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other)
    if isinstance(one, int) and isinstance(other, int):
        either = (one | other).bit_count()
        return (one ^ other).bit_count() / either if either else 0.0
    return float(one != other)
