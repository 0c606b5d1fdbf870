"""How the parts of a fact may read on a page, in the language of the page: what a number is held against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cityfolio.formatting import half_up, plain_number, points
from cityfolio.model.missing import Missing
from cityfolio.narrative.composing import published_value

if TYPE_CHECKING:
    from cityfolio.model.fact import Fact
    from cityfolio.narrative.grammar import Grammar

__all__ = ["reads_as"]

_REASONS = {reason.value: reason for reason in Missing}
_MOST_DECIMALS = 4
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f']\d+)*")


def reads_as(text: str, fact: Fact, part: str, grammar: Grammar) -> bool:
    """Whether `text` is that part of the fact, as the language writes it. No part: the value, or numerator and base.

    >>> from cityfolio.model.edition import ALL
    >>> from cityfolio.model.fact import Base, Fact, FactKey
    >>> from cityfolio.narrative.grammar import English
    >>> fact = Fact(FactKey("2020", "has_team", "yes", ALL, "share"), 44, Base(85, {Missing.NOT_ASKED: 2}), 44 / 85)
    >>> [reads_as(text, fact, "", English()) for text in ("52 %", "44 of 85", "53 %", "45 of 85")]
    [True, True, False, False]
    >>> reads_as("44", fact, "numerator", English()), reads_as("2", fact, "not_asked", English())
    (True, True)
    """
    base = fact.base
    if part == "numerator" and fact.numerator is not None:
        return text == grammar.number(fact.numerator) or _is_count_of(text, fact, grammar)
    if part == "base" and base is not None:
        return text == grammar.number(base.counted)
    if part in _REASONS and base is not None:
        return text == grammar.number(base.left_out(_REASONS[part]))
    return any(text == reading for reading in _values(fact, grammar)) or _is_count_of(text, fact, grammar)


def _values(fact: Fact, grammar: Grammar) -> Iterator[str]:
    """The readings of the fact as a whole, the usual ones first."""
    if fact.numerator is not None and fact.base is not None and not fact.base.is_empty:
        yield grammar.per_cent(fact.per_cent)
    if fact.value is not None and fact.key.measure.startswith("change_"):
        yield points(fact.value, grammar.number)
    if fact.value is not None:
        yield grammar.number(fact.value)
        yield published_value(fact, grammar)
        yield plain_number(fact.value)
        # Numbers that are printed with fewer decimals than they have.
        yield from (grammar.number(half_up(fact.value, decimals)) for decimals in range(_MOST_DECIMALS))


def _is_count_of(text: str, fact: Fact, grammar: Grammar) -> bool:
    """Whether the numbers in the text are numerator and base, in the order that the language wants."""
    if fact.numerator is None:
        return False
    wanted = [grammar.number(fact.numerator)]
    if fact.base is not None:
        wanted.append(grammar.number(fact.base.counted))
    return sorted(_NUMBER.findall(text)) == sorted(wanted)
