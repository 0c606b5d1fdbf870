"""Roll-ups: from the cells of an engine to groups, by plain sums."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.model.edition import ALL, Group

if TYPE_CHECKING:
    from cityfolio.engine.counting import PatternCounts

__all__ = ["GroupPatterns", "roll_up"]

GroupPatterns: TypeAlias = dict[Group, dict[str, dict[int, int]]]
"""For each group and wave, how many units show each response pattern."""


def roll_up(counts: PatternCounts) -> GroupPatterns:
    """The patterns of all units and of every group, by wave.

    >>> from cityfolio.engine.counting import PatternCounts
    >>> counts = PatternCounts("v", ("continent",), {("2018", "EU"): {1: 2}, ("2018", "AS"): {1: 1, -6: 1}})
    >>> roll_up(counts)[ALL]
    {'2018': {1: 3, -6: 1}}
    """
    groups: GroupPatterns = {ALL: {}}
    for cell in sorted(counts.cells):
        wave, patterns = cell[0], counts.cells[cell].items()
        for group in _members(counts.kinds, cell[1:]):
            waves = groups.get(group)
            if waves is None:
                waves = groups[group] = {}
            total = waves.get(wave)
            if total is None:
                total = waves[wave] = {}
            for pattern, number in patterns:
                total[pattern] = total.get(pattern, 0) + number
    return groups


@lru_cache(maxsize=8192)
def _members(kinds: tuple[str, ...], keys: tuple[str, ...]) -> tuple[Group, ...]:
    """The groups that a cell adds to; the same for every variable, so it is remembered."""
    return (ALL, *(Group(kind, key) for kind, key in zip(kinds, keys, strict=True) if key))
