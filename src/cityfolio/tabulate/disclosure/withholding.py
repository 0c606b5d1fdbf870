"""Which numbers of a question are withheld under a rule, and why: because they are small, or to protect those that are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from cityfolio.tabulate.disclosure.exchanges import Exchange
from cityfolio.tabulate.disclosure.items import Item, items_of
from cityfolio.tabulate.disclosure.partitions import withhold_in_partition
from cityfolio.tabulate.disclosure.protecting import withhold_more
from cityfolio.tabulate.disclosure.rules import COMPLEMENTARY, MINIMUM_BASE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.disclosure.crowd import Bools, Column, Crowd
    from cityfolio.tabulate.disclosure.rules import DisclosureRule

__all__ = ["Withheld", "withheld_from"]

# The figures of all units are withheld last, and those of more waves after those of fewer.
_ALL_UNITS = 10**7


@dataclass(frozen=True)
class Withheld:
    """What of a question is withheld: for each of its answers the columns of its tables, each with the reason.

    In `silent` columns nothing at all is said, not even who was asked: it would tell the answers to another question.
    """

    by_answer: Mapping[str, Mapping[Column, str]] = field(default_factory=dict)
    silent: frozenset[Column] = frozenset()

    def reason(self, answer: str, column: Column) -> str:
        """Why the number of an answer is withheld in a column, or nothing."""
        return self.by_answer.get(answer, {}).get(column, "") or self.asked_reason(column)

    def asked_reason(self, column: Column) -> str:
        """Why it is withheld how many were asked, or nothing."""
        return COMPLEMENTARY if column in self.silent else ""

    @property
    def columns(self) -> frozenset[Column]:
        """The columns in which something is withheld."""
        return self.silent.union(*self.by_answer.values())

    def silenced_by(self, other: Withheld) -> Withheld:
        """The same for a question that was asked by the answers to another one: who was routed past tells those."""
        return replace(self, silent=self.silent | other.columns)

    def any_reason(self, column: Column) -> str:
        """Why anything is withheld in a column, or nothing: then what several answers make up is too."""
        found = {reasons[column] for reasons in self.by_answer.values() if column in reasons}
        return MINIMUM_BASE if MINIMUM_BASE in found else min(found, default=self.asked_reason(column))


def withheld_from(variable: Variable, crowd: Crowd, rule: DisclosureRule) -> Withheld:
    """What has to be withheld of everything that is published about the question.

    Answers to a question with several are independent of each other, so each is looked at by itself. Of a question with one
    answer they add up, so they are looked at together. Of numbers a small base is what counts.
    """
    if not rule.is_active or not crowd.columns:
        return Withheld()
    items = items_of(variable, crowd)
    costs = _costs(crowd, items)
    if variable.kind.takes_one:
        return Withheld(withhold_in_partition(variable, crowd, rule, items, costs))
    if variable.kind.is_choice:
        return Withheld({item.answer: _withheld_of_one(crowd, rule, item, costs) for item in items})
    return Withheld({item.answer: _withheld_of_numbers(crowd, rule, item, costs) for item in items})


def _withheld_of_one(crowd: Crowd, rule: DisclosureRule, item: Item, costs: NDArray[np.float64]) -> dict[Column, str]:
    """The columns in which the number of one answer is withheld, that stands by itself."""
    reasons = [rule.reason(*counts) for counts in item.counts(crowd.member)]
    published = np.fromiter((not reason for reason in reasons), np.bool_)
    exchange = Exchange(crowd.member, item.chosen, item.answered, costs, np.zeros_like(item.answered))
    targets = item.sensitive(rule, np.vstack([crowd.member.T, crowd.parts]))
    kept = withhold_more(exchange, published, targets, crowd.of_all)
    return _named(crowd, reasons, kept)


def _withheld_of_numbers(
    crowd: Crowd, rule: DisclosureRule, item: Item, costs: NDArray[np.float64]
) -> dict[Column, str]:
    """The columns in which numbers are withheld: a small base, or what would give away the sum over one."""
    if not rule.minimum_base:
        return {}
    bases = [base for _, base in item.counts(crowd.member)]
    reasons = [MINIMUM_BASE if rule.hides_base(base) else "" for base in bases]
    published = np.fromiter((not reason for reason in reasons), np.bool_)
    kinds = np.zeros_like(item.answered)
    exchange = Exchange(crowd.member, item.answered, item.answered, costs, kinds, enough=rule.minimum_base)
    everything = np.vstack([crowd.member.T, crowd.parts])
    small = np.fromiter((rule.hides_base(base) for _, base in item.counts(everything.T)), np.bool_)
    kept = withhold_more(exchange, published, everything[small], crowd.of_all)
    return _named(crowd, reasons, kept)


def _named(crowd: Crowd, reasons: list[str], kept: Bools) -> dict[Column, str]:
    return {
        column: reasons[place] or COMPLEMENTARY
        for column, place in crowd.places.items()
        if reasons[place] or not kept[place]
    }


def _costs(crowd: Crowd, items: list[Item]) -> NDArray[np.float64]:
    widest = np.max([item.answered for item in items], axis=0) if items else np.zeros(len(crowd.waves))
    return 1.0 + crowd.member.T @ widest + np.where(crowd.of_all, _ALL_UNITS, 0)
