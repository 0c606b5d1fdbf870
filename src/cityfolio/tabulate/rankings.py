"""Ranks of categories among all units: by share, ties sharing the better rank."""

from __future__ import annotations

from collections.abc import Sequence

from cityfolio.model.fact import Fact, FactKey

__all__ = ["RANK", "rank_facts"]

RANK = "rank"


def rank_facts(shares: Sequence[Fact]) -> list[Fact]:
    """The rank of each category by its share, compared exactly; equal shares have the same rank ("1, 2, 2, 4").

    Numerator and base are those of the share that is ranked.
    """
    facts = []
    for fact in shares:
        if fact.numerator is None or fact.base is None:
            continue
        ahead = sum(_is_more(other, fact) for other in shares)
        key = FactKey(fact.key.edition, fact.key.variable, fact.key.category, fact.key.group, RANK)
        facts.append(Fact(key, fact.numerator, fact.base, float(ahead + 1)))
    return facts


def _is_more(one: Fact, other: Fact) -> bool:
    if one.numerator is None or one.base is None or other.numerator is None or other.base is None:
        return False
    return one.numerator * other.base.counted > other.numerator * one.base.counted
