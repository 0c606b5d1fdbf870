"""Change of a share between two waves: on the matched panel, beside all respondents, and why the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.tabulate.base_rules import BaseRule
from cityfolio.tabulate.intervals import Interval, Part, possible_share
from cityfolio.tabulate.moves import JointPatterns, Moves, State, mask_of, moves_of
from cityfolio.tabulate.verdicts import Word, difference_bounds, word_for

if TYPE_CHECKING:
    from cityfolio.harmonise.comparability import Comparability, DerivedNote
    from cityfolio.model.variable import Variable

__all__ = [
    "Decomposition",
    "Refusal",
    "WaveChange",
    "Why",
    "change_between",
    "change_facts",
    "change_of",
    "matched_facts",
]


class Why(Enum):
    """Why there is no change to show."""

    SERIES_BREAK = "series_break"
    NOBODY_ANSWERED = "nobody_answered"
    NOBODY_MATCHED = "nobody_matched"


@dataclass(frozen=True)
class Refusal:
    """No change is computed, and why; after a break with the notes that say what differs."""

    why: Why
    notes: tuple[DerivedNote, ...] = ()


@dataclass(frozen=True)
class Decomposition:
    """The difference of two averages, split exactly: what units did, and what who took part did.

    With `all_earlier`, `all_later` over everybody who answered, `matched_earlier`, `matched_later` over the units that answered
    both times: total = real + composition, composition = joined + left.

    >>> split = Decomposition(Fraction(1, 2), Fraction(3, 4), Fraction(1, 2), Fraction(5, 8))
    >>> split.total, split.real, split.composition
    (Fraction(1, 4), Fraction(1, 8), Fraction(1, 8))
    """

    all_earlier: Fraction
    all_later: Fraction
    matched_earlier: Fraction
    matched_later: Fraction

    @property
    def total(self) -> Fraction:
        """The difference between all respondents of the later and of the earlier wave."""
        return self.all_later - self.all_earlier

    @property
    def real(self) -> Fraction:
        """What the units that answered both times changed."""
        return self.matched_later - self.matched_earlier

    @property
    def joined(self) -> Fraction:
        """How far the units that answered only later move the later average."""
        return self.all_later - self.matched_later

    @property
    def left(self) -> Fraction:
        """How far losing the units that answered only earlier moves the average."""
        return self.matched_earlier - self.all_earlier

    @property
    def composition(self) -> Fraction:
        """What is due to who took part: no unit did anything differently for it."""
        return self.joined + self.left


@dataclass(frozen=True)
class WaveChange:
    """How the share of a category changed from one wave to the next.

    `moves` are the units of one fixed list, by what they said in each wave.
    """

    moves: Moves
    notes: tuple[DerivedNote, ...] = ()

    @cached_property
    def earlier(self) -> Part:
        """All that answered in the earlier wave."""
        return Part(self._count(0, State.CHOSEN), self._answered(0))

    @cached_property
    def later(self) -> Part:
        """All that answered in the later wave."""
        return Part(self._count(1, State.CHOSEN), self._answered(1))

    @cached_property
    def matched_earlier(self) -> Part:
        """The units that answered both times, as they answered in the earlier wave."""
        return Part(self.stayed + self.stopped, self.matched)

    @cached_property
    def matched_later(self) -> Part:
        """The units that answered both times, as they answered in the later wave."""
        return Part(self.stayed + self.started, self.matched)

    @cached_property
    def matched(self) -> int:
        """How many units answered both times."""
        return sum(n for (one, other), n in self.moves.items() if one.is_answer and other.is_answer)

    @property
    def stayed(self) -> int:
        """How many chose the category both times."""
        return self.moves.get((State.CHOSEN, State.CHOSEN), 0)

    @property
    def started(self) -> int:
        """How many chose the category only in the later wave."""
        return self.moves.get((State.NOT_CHOSEN, State.CHOSEN), 0)

    @property
    def stopped(self) -> int:
        """How many chose the category only in the earlier wave."""
        return self.moves.get((State.CHOSEN, State.NOT_CHOSEN), 0)

    @cached_property
    def either(self) -> int:
        """How many units answered in at least one of the waves."""
        return sum(n for (one, other), n in self.moves.items() if one.is_answer or other.is_answer)

    @cached_property
    def decomposition(self) -> Decomposition:
        """The difference between all respondents, split into real change and change of composition."""
        parts = (self.earlier, self.later, self.matched_earlier, self.matched_later)
        return Decomposition(*(part.share for part in parts))

    @property
    def panel_bounds(self) -> Interval:
        """The change of all units that took part and were asked both times, whatever those silent would have said."""
        return self._bounds({State.SILENT})

    @property
    def list_bounds(self) -> Interval:
        """The change of the whole list, whatever the silent and those that did not take part would have said."""
        return self._bounds({State.SILENT, State.ABSENT})

    @property
    def panel_word(self) -> Word:
        """The word for the change among the units that took part both times."""
        return word_for(self.decomposition.real, self.panel_bounds)

    @property
    def list_word(self) -> Word:
        """The word for the change of all units of the list."""
        return word_for(self.decomposition.total, self.list_bounds)

    def _answered(self, wave: int) -> int:
        return sum(number for states, number in self.moves.items() if states[wave].is_answer)

    def _count(self, wave: int, state: State) -> int:
        return sum(number for states, number in self.moves.items() if states[wave] is state)

    def _bounds(self, unknown: set[State]) -> Interval:
        """Each unit with an answer or an unknown one in both waves; the unknown may be either, in each wave on its own."""
        inside = unknown | {State.CHOSEN, State.NOT_CHOSEN}
        within = {states: n for states, n in self.moves.items() if inside.issuperset(states)}
        ends = []
        for wave in (0, 1):
            chosen = sum(n for states, n in within.items() if states[wave] is State.CHOSEN)
            silent = sum(n for states, n in within.items() if states[wave] in unknown)
            ends.append(possible_share(chosen, sum(within.values()) - silent, silent))
        return difference_bounds(*ends)


def change_of(moves: Moves, notes: tuple[DerivedNote, ...] = ()) -> WaveChange | Refusal:
    """The change that these moves come to, or a refusal where a base is empty.

    >>> change = change_of({(State.CHOSEN, State.CHOSEN): 4, (State.NOT_CHOSEN, State.CHOSEN): 2,
    ...                     (State.NOT_CHOSEN, State.NOT_CHOSEN): 4, (State.ABSENT, State.CHOSEN): 10})
    >>> change.earlier.share, change.later.share, change.decomposition.real, change.decomposition.composition
    (Fraction(2, 5), Fraction(4, 5), Fraction(1, 5), Fraction(1, 5))
    >>> change.panel_word.value, change.list_word.value
    ('more', 'more')
    """
    change = WaveChange(moves, notes)
    if change.matched:
        return change
    silent = any(not any(states[wave].is_answer for states, n in moves.items() if n) for wave in (0, 1))
    return Refusal(Why.NOBODY_ANSWERED if silent else Why.NOBODY_MATCHED, notes)


def change_between(variable: Variable, joint: JointPatterns, comparable: Comparability) -> WaveChange | Refusal:
    """The change of a category between two waves, recomputed as the crosswalk says, or refused across a break."""
    if comparable.is_break:
        return Refusal(Why.SERIES_BREAK, comparable.notes)
    masks = (mask_of(variable, comparable.earlier_codes), mask_of(variable, comparable.later_codes))
    return change_of(moves_of(joint, *masks), comparable.notes)


def change_facts(change: WaveChange, key: FactKey) -> Iterator[Fact]:
    """The change as facts, unrounded: both shares of the matched panel and the parts of the difference.

    The edition of `key` names both waves, such as `2018-to-2020`; its measure is replaced. The base of what concerns
    all respondents is who answered in at least one of the waves, each unit once.
    """
    yield from matched_facts(change, key)
    panel, everybody = Base(change.matched), Base(change.either)
    split = change.decomposition
    yield Fact(_measured(key, "change_matched"), None, panel, float(split.real))
    for measure, value in (
        ("change_all", split.total),
        ("change_composition", split.composition),
        ("change_joined", split.joined),
        ("change_left", split.left),
    ):
        yield Fact(_measured(key, measure), None, everybody, float(value))


def matched_facts(change: WaveChange, key: FactKey) -> Iterator[Fact]:
    """The share of the matched panel in the earlier and in the later wave: over the same units, so their difference is change."""
    for when, part in (("earlier", change.matched_earlier), ("later", change.matched_later)):
        measured = _measured(key, f"{BaseRule.MATCHED.measure}_{when}")
        yield Fact(measured, part.number, Base(change.matched), float(part.share))


def _measured(key: FactKey, measure: str) -> FactKey:
    return FactKey(key.edition, key.variable, key.category, key.group, measure, key.source)
