"""Shares of categories, from pattern counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.tabulate.base import WavePatterns, answered_base, base_of, count_wave

if TYPE_CHECKING:
    from cityfolio.model.edition import Group
    from cityfolio.model.variable import Variable

__all__ = ["OWN_WORDS", "SHARE", "SHARE_WITHIN", "category_shares", "own_words_share"]

SHARE = "share"
# The share within the units that gave one answer to another question.
SHARE_WITHIN = "share_within"
OWN_WORDS = "own_words"


def category_shares(
    variable: Variable, edition: str, group: Group, patterns: WavePatterns, measure: str = SHARE
) -> Iterator[Fact]:
    """The share of every category of a choice variable in one group: one fact each, where the base is not empty.

    A zero numerator is a fact; an empty base is none. `measure` is what the share is called.
    """
    waves = {wave: count_wave(counts) for wave, counts in patterns.items()}
    chosen = {wave: variable.chosen(counts) for wave, counts in patterns.items()}
    # Most categories were offered by the same waves: their base, and whom to add up, is worked out once.
    known: dict[tuple[str, ...], tuple[Base, list[list[int]]]] = {}
    name = variable.id
    for place, category in enumerate(variable.categories):
        offered = category.waves
        if offered not in known:
            counts = [counts for wave, counts in chosen.items() if wave in offered]
            known[offered] = base_of(category, variable, waves), counts
        base, counts = known[offered]
        counted = base.counted
        if counted:
            numerator = counts[0][place] if len(counts) == 1 else sum([of_wave[place] for of_wave in counts])
            yield Fact(FactKey(edition, name, category.code, group, measure), numerator, base, numerator / counted)


def own_words_share(variable: Variable, edition: str, group: Group, patterns: WavePatterns) -> Fact | None:
    """The share of the units that answered in words of their own, or None where nobody answered."""
    if not variable.own_words:
        return None
    base = answered_base(variable, {wave: count_wave(counts) for wave, counts in patterns.items()})
    if base.is_empty:
        return None
    bit = variable.own_words_bit
    numerator = sum(
        number
        for wave, counts in patterns.items()
        if wave in variable.waves
        for pattern, number in counts.items()
        if pattern >= 0 and pattern & bit
    )
    key = FactKey(edition, variable.id, "", group, OWN_WORDS)
    return Fact(key, numerator, base, numerator / base.counted)
