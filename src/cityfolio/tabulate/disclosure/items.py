"""What is counted in the tables of a question: each category, and answers in own words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from cityfolio.model.ranking import rank_at
from cityfolio.model.variable import Kind
from cityfolio.tabulate.shares import OWN_WORDS

if TYPE_CHECKING:
    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.disclosure.crowd import Bools, Counts, Crowd
    from cityfolio.tabulate.disclosure.rules import DisclosureRule

__all__ = ["NUMBER", "Item", "items_of"]

NUMBER = ""
"""Stands for the one thing that a number or a text can be: answered."""


@dataclass(frozen=True, eq=False)
class Item:
    """One answer that is counted: how many of each class of responses gave it, of those that answered and could.

    `answer` is a category, or `own_words`; `waves` are those that offered it.
    """

    answer: str
    waves: tuple[str, ...]
    chosen: Counts
    answered: Counts

    def counts(self, member: Bools) -> list[tuple[int, int]]:
        """Numerator and base in each column of `member` (classes by columns)."""
        counted = member.T @ np.column_stack((self.chosen, self.answered))
        return [(number, base) for number, base in counted.tolist()]

    def sensitive(self, rule: DisclosureRule, parts: Bools) -> Bools:
        """Those of the parts (parts by classes) whose count the rule hides. A count of zero points at nobody."""
        counts = self.counts(parts.T)
        return parts[[bool(number) and rule.hides_count(number, base) for number, base in counts]]


def items_of(variable: Variable, crowd: Crowd) -> list[Item]:
    """Everything that is counted of a question.

    Answers in own words are counted after the categories; of a number or a text, only who answered.
    """
    if not variable.kind.is_choice:
        answered = crowd.counting(_answers, variable.waves)
        return [Item(NUMBER, variable.waves, answered, answered)]
    found = []
    for place, category in enumerate(variable.categories):
        answered = crowd.counting(_answers, category.waves)
        if variable.kind is Kind.RANKED:
            number = len(variable.categories)
            chosen = crowd.counting(partial(_ranks, place, number), category.waves)
        else:
            chosen = crowd.counting(partial(_holds, variable.bits[category.code]), category.waves)
        found.append(Item(category.code, category.waves, chosen, answered))
    if variable.own_words:
        chosen = crowd.counting(partial(_holds, variable.own_words_bit), variable.waves)
        found.append(Item(OWN_WORDS, variable.waves, chosen, crowd.counting(_answers, variable.waves)))
    return found


def _answers(pattern: int) -> bool:
    return pattern >= 0


def _holds(bit: int, pattern: int) -> bool:
    return pattern >= 0 and bool(pattern & bit)


def _ranks(place: int, categories: int, pattern: int) -> bool:
    return bool(rank_at(pattern, place, categories))
