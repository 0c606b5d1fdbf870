"""Shares of categories, from pattern counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.tabulate.base import WaveCounts, WavePatterns, answered_base, base_of, count_wave

if TYPE_CHECKING:
    from cityfolio.model.edition import Group
    from cityfolio.model.variable import Variable

__all__ = ["OWN_WORDS", "SHARE", "SHARE_WITHIN", "CountedChoices", "category_shares"]

SHARE = "share"
# The share within the units that gave one answer to another question.
SHARE_WITHIN = "share_within"
OWN_WORDS = "own_words"


@dataclass(frozen=True)
class CountedChoices:
    """What the patterns of one group come to for one choice variable: counted once, for all shares that stand on it.

    `waves` has the units of each wave, `chosen` how many of them chose each category, own words last.
    """

    variable: Variable
    waves: Mapping[str, WaveCounts]
    chosen: Mapping[str, list[int]]

    @classmethod
    def of(cls, variable: Variable, patterns: WavePatterns) -> CountedChoices:
        """The patterns of one group, counted."""
        waves = {wave: count_wave(counts) for wave, counts in patterns.items()}
        return cls(variable, waves, {wave: variable.chosen(counts) for wave, counts in patterns.items()})

    def shares(self, edition: str, group: Group, measure: str = SHARE) -> list[Fact]:
        """The share of every category, as `category_shares` gives them."""
        found = []
        # Most categories were offered by the same waves: their base, and whom to add up, is worked out once.
        known: dict[tuple[str, ...], tuple[Base, list[list[int]]]] = {}
        name = self.variable.id
        for place, category in enumerate(self.variable.categories):
            offered = category.waves
            if offered not in known:
                counts = [counts for wave, counts in self.chosen.items() if wave in offered]
                known[offered] = base_of(category, self.variable, self.waves), counts
            base, counts = known[offered]
            counted = base.counted
            if counted:
                numerator = counts[0][place] if len(counts) == 1 else sum([of_wave[place] for of_wave in counts])
                key = FactKey(edition, name, category.code, group, measure)
                found.append(Fact(key, numerator, base, numerator / counted))
        return found

    def own_words(self, edition: str, group: Group) -> Fact | None:
        """The share of the units that answered in words of their own, or None where nobody answered."""
        if not self.variable.own_words:
            return None
        base = answered_base(self.variable, self.waves)
        if base.is_empty:
            return None
        numerator = sum(counts[-1] for wave, counts in self.chosen.items() if wave in self.variable.waves)
        key = FactKey(edition, self.variable.id, "", group, OWN_WORDS)
        return Fact(key, numerator, base, numerator / base.counted)


def category_shares(
    variable: Variable, edition: str, group: Group, patterns: WavePatterns, measure: str = SHARE
) -> list[Fact]:
    """The share of every category of a choice variable in one group: one fact each, where the base is not empty.

    A zero numerator is a fact; an empty base is none. `measure` is what the share is called.
    """
    return CountedChoices.of(variable, patterns).shares(edition, group, measure)
