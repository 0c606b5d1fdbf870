"""Bases by rule: who counts in one number, and who was left out for which reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from cityfolio.model.fact import Base
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Category, Variable

__all__ = ["WaveCounts", "WavePatterns", "answered_base", "base_of", "count_wave"]

WavePatterns: TypeAlias = Mapping[str, Mapping[int, int]]
"""For each wave, how many units show each response pattern."""

_BY_PATTERN = {reason.pattern: reason for reason in Missing}


@dataclass(frozen=True)
class WaveCounts:
    """What one wave's patterns come to: all units, those that answered, and the others by reason."""

    units: int
    answered: int
    missing: Mapping[Missing, int]


def count_wave(patterns: Mapping[int, int]) -> WaveCounts:
    """The units behind the patterns of one wave.

    >>> counts = count_wave({1: 44, 2: 41, -6: 1})
    >>> counts.units, counts.answered, counts.missing
    (86, 85, {<Missing.NOT_ON_RECORD: 'not_on_record'>: 1})
    """
    missing: dict[Missing, int] = {}
    answered = 0
    for pattern, number in patterns.items():
        if pattern >= 0:
            answered += number
        else:
            missing[_BY_PATTERN[pattern]] = number
    return WaveCounts(answered + sum(missing.values()), answered, missing)


def base_of(category: Category, variable: Variable, waves: Mapping[str, WaveCounts]) -> Base:
    """The units that answered and could choose the category; the others by the first reason that holds.

    Not asked goes before not offered, and both before what the unit itself did or did not say: a unit whose wave did not
    offer the category is "not offered" even if it was also routed past.
    """
    counted = 0
    excluded: dict[Missing, int] = {}
    for wave, counts in waves.items():
        if wave not in variable.waves:
            reason = Missing.NOT_ASKED
        elif wave not in category.waves:
            reason = Missing.NOT_OFFERED
        else:
            counted += counts.answered
            for missing, number in counts.missing.items():
                excluded[missing] = excluded.get(missing, 0) + number
            continue
        excluded[reason] = excluded.get(reason, 0) + counts.units
    return Base(counted, excluded)


def answered_base(variable: Variable, waves: Mapping[str, WaveCounts]) -> Base:
    """The units that answered the question at all; the others by reason."""
    counted = 0
    excluded: dict[Missing, int] = {}
    for wave, counts in waves.items():
        asked = wave in variable.waves
        counted += counts.answered if asked else 0
        for reason, number in (counts.missing if asked else {Missing.NOT_ASKED: counts.units}).items():
            excluded[reason] = excluded.get(reason, 0) + number
    return Base(counted, excluded)
