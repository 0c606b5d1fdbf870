"""Shares of categories, from pattern counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.model.missing import Missing
from cityfolio.tabulate.base import WaveCounts, WavePatterns, base_of, count_wave

if TYPE_CHECKING:
    from cityfolio.model.edition import Group
    from cityfolio.model.variable import Variable

__all__ = ["OWN_WORDS", "SHARE", "category_shares", "own_words_share"]

SHARE = "share"
OWN_WORDS = "own_words"


def category_shares(variable: Variable, edition: str, group: Group, patterns: WavePatterns) -> Iterator[Fact]:
    """The share of every category of a choice variable in one group: one fact each, where the base is not empty.

    A zero numerator is a fact; an empty base is none.
    """
    waves = {wave: count_wave(counts) for wave, counts in patterns.items()}
    bases: dict[tuple[str, ...], Base] = {}
    for category in variable.categories:
        base = bases.get(category.waves)
        if base is None:
            base = bases[category.waves] = base_of(category, variable, waves)
        if base.is_empty:
            continue
        numerator = _choosing(variable.bits[category.code], category.waves, patterns)
        key = FactKey(edition, variable.id, category.code, group, SHARE)
        yield Fact(key, numerator, base, numerator / base.counted)


def own_words_share(variable: Variable, edition: str, group: Group, patterns: WavePatterns) -> Fact | None:
    """The share of the units that answered in words of their own, or None where nobody answered."""
    waves = {wave: count_wave(counts) for wave, counts in patterns.items()}
    base = _answered(variable, waves)
    if base.is_empty or not variable.own_words:
        return None
    numerator = _choosing(variable.own_words_bit, variable.waves, patterns)
    key = FactKey(edition, variable.id, "", group, OWN_WORDS)
    return Fact(key, numerator, base, numerator / base.counted)


def _choosing(bit: int, offered: tuple[str, ...], patterns: WavePatterns) -> int:
    return sum(
        number
        for wave, counts in patterns.items()
        if wave in offered
        for pattern, number in counts.items()
        if pattern >= 0 and pattern & bit
    )


def _answered(variable: Variable, waves: dict[str, WaveCounts]) -> Base:
    counted = 0
    excluded: dict[Missing, int] = {}
    for wave, counts in waves.items():
        asked = wave in variable.waves
        counted += counts.answered if asked else 0
        for reason, number in (counts.missing if asked else {Missing.NOT_ASKED: counts.units}).items():
            excluded[reason] = excluded.get(reason, 0) + number
    return Base(counted, excluded)
