"""Withholding where answers add up: of a question with one answer, all but one of them give away the last one.

Two things can be withheld here, and nothing in between: an answer, in all columns, so that it cannot be told from another one
that is withheld too; and a column, with all its answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cityfolio.tabulate.disclosure.exchanges import Exchange
from cityfolio.tabulate.disclosure.items import Item
from cityfolio.tabulate.disclosure.protecting import withhold_more
from cityfolio.tabulate.disclosure.rules import COMPLEMENTARY
from cityfolio.tabulate.shares import OWN_WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.disclosure.crowd import Bools, Column, Counts, Crowd
    from cityfolio.tabulate.disclosure.rules import DisclosureRule

__all__ = ["withhold_in_partition"]

_ONLY_WORDS = "=only_words"
"""An answer in own words that is in no category: with the categories, it makes up the base."""


def withhold_in_partition(
    variable: Variable, crowd: Crowd, rule: DisclosureRule, items: list[Item], costs: NDArray[np.float64]
) -> dict[str, dict[Column, str]]:
    """For each answer the columns in which its number is withheld, with the reason."""
    parts = _partition(variable, crowd, items)
    answered = np.max([part.answered for part in parts], axis=0)
    small = _columns(crowd, rule, [_counted(answered, answered)])
    hidden = _hidden_answers(parts, rule, crowd.member[:, crowd.of_all & ~small], _words(parts, items))
    # What is left to be seen: the other answers, those hidden taken together, and own words beside a category.
    seen = [part for part in parts if part.answer not in hidden]
    if hidden:
        seen.append(_together(parts, hidden))
    if _ONLY_WORDS not in hidden:
        seen += _words(parts, items)
    published = ~(small | _columns(crowd, rule, seen))
    everything = np.vstack([crowd.member.T, crowd.parts])
    kinds = np.unique(crowd.waves, return_inverse=True)[1]
    for item in seen:
        exchange = Exchange(crowd.member, item.chosen, item.answered, costs, kinds)
        targets = item.sensitive(rule, everything)
        published = withhold_more(exchange, published, targets, np.zeros_like(published))
    return {item.answer: _reasons(crowd, rule, item, hidden, published) for item in items}


def _partition(variable: Variable, crowd: Crowd, items: list[Item]) -> list[Item]:
    """The answers that make up the base: each category, and own words alone."""
    parts = [item for item in items if item.answer != OWN_WORDS]
    if len(parts) < len(items):
        bit = variable.own_words_bit
        alone = crowd.counting(lambda pattern: pattern == bit, variable.waves)
        parts.append(Item(_ONLY_WORDS, variable.waves, alone, items[-1].answered))
    return parts


def _words(parts: list[Item], items: list[Item]) -> list[Item]:
    """Own words, alone or beside a category, and those beside one: what is known of them besides the partition."""
    alone = [part for part in parts if part.answer == _ONLY_WORDS]
    if not alone:
        return []
    words = items[-1]
    return [words, _counted(words.chosen - alone[0].chosen, words.answered)]


def _hidden_answers(parts: list[Item], rule: DisclosureRule, of_all: Bools, words: list[Item]) -> set[str]:
    """The answers that are too rare among all units, and as many others, the rarest first, as hide them in a crowd."""
    hidden = {part.answer for part in parts if _is_sensitive(rule, part, of_all)}
    if any(_is_sensitive(rule, item, of_all) for item in words):
        hidden.add(_ONLY_WORDS)
    shown = sorted((p for p in parts if p.answer not in hidden), key=lambda p: (int(p.chosen.sum()), p.answer))
    while hidden and shown and not _is_crowd(parts, hidden, rule, of_all):
        hidden.add(shown.pop(0).answer)
    return hidden


def _is_crowd(parts: list[Item], hidden: set[str], rule: DisclosureRule, of_all: Bools) -> bool:
    """Whether the hidden answers taken together may be shown, and each could be another one in its wave."""
    if _is_sensitive(rule, _together(parts, hidden), of_all):
        return False
    held = [part for part in parts if part.answer in hidden]
    waves = {wave for part in held if part.chosen.any() for wave in part.waves}
    return all(sum(wave in part.waves for part in held) > 1 for wave in waves)


def _is_sensitive(rule: DisclosureRule, item: Item, member: Bools) -> bool:
    return bool(len(item.sensitive(rule, member.T)))


def _together(parts: list[Item], hidden: set[str]) -> Item:
    held = [part for part in parts if part.answer in hidden]
    chosen = np.sum([part.chosen for part in held], axis=0)
    return _counted(chosen, np.max([part.answered for part in held], axis=0))


def _counted(chosen: Counts, answered: Counts) -> Item:
    """What is counted only in passing: no answer has its name."""
    return Item("", (), chosen, answered)


def _columns(crowd: Crowd, rule: DisclosureRule, items: list[Item]) -> Bools:
    """The columns in which any of the items is too small to be shown."""
    counted = [item.counts(crowd.member) for item in items]
    found = (any(rule.hides_count(*of[place]) for of in counted) for place in range(len(crowd.columns)))
    return np.fromiter(found, np.bool_)


def _reasons(crowd: Crowd, rule: DisclosureRule, item: Item, hidden: set[str], published: Bools) -> dict[Column, str]:
    is_hidden = (_ONLY_WORDS if item.answer == OWN_WORDS else item.answer) in hidden
    counts = item.counts(crowd.member)
    return {
        column: rule.reason(*counts[place]) or COMPLEMENTARY
        for column, place in crowd.places.items()
        if is_hidden or not published[place]
    }
