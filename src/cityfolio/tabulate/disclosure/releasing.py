"""Facts as they may be released: without what is withheld, in any measure that would give it away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from cityfolio.model.fact import PUBLISHED, Fact
from cityfolio.model.variable import Kind
from cityfolio.tabulate.answered import ANSWERED
from cityfolio.tabulate.base_rules import NESTED_RULES
from cityfolio.tabulate.disclosure.crowd import Column
from cityfolio.tabulate.disclosure.items import NUMBER
from cityfolio.tabulate.disclosure.rules import COMPLEMENTARY
from cityfolio.tabulate.rankings import RANK
from cityfolio.tabulate.scales import BOTTOM_BOX, MEAN_SCORE, TOP_BOX
from cityfolio.tabulate.shares import OWN_WORDS

if TYPE_CHECKING:
    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.disclosure.rules import DisclosureRule
    from cityfolio.tabulate.disclosure.withholding import Withheld

__all__ = ["released", "withheld_fact"]

_SHARES = frozenset(rule.measure for rule in NESTED_RULES)
# Anything else is withheld: the smallest and the largest number are the answers of single units, and who moved between two
# waves is a table of its own.
_OF_MANY = frozenset({"sum", "mean", "median", "first_quartile", "third_quartile"})
_OF_SCALES = frozenset({TOP_BOX, BOTTOM_BOX, MEAN_SCORE})


def withheld_fact(fact: Fact, reason: str) -> Fact:
    """The fact with its number withheld: it is known that there is one, and why it is not shown."""
    return replace(fact, numerator=None, base=None, value=None, withheld=reason)


def released(
    facts: Iterable[Fact], variables: Mapping[str, Variable], withheld: Mapping[str, Withheld], rule: DisclosureRule
) -> Iterator[Fact]:
    """All facts, those withheld without numerator, base and value and with the reason.

    `withheld` has the confidential questions; facts about others, and published figures, are left as they are.
    """
    for fact in facts:
        found = withheld.get(fact.key.variable)
        if found is None or not rule.is_active or fact.key.source == PUBLISHED:
            yield fact
            continue
        reason = _reason(fact, variables[fact.key.variable], found, rule)
        yield withheld_fact(fact, reason) if reason else fact


def _reason(fact: Fact, variable: Variable, withheld: Withheld, rule: DisclosureRule) -> str:
    key = fact.key
    column = Column(key.edition, key.group)
    if key.measure == OWN_WORDS:
        return withheld.reason(OWN_WORDS, column)
    if variable.kind.is_choice and key.measure in _SHARES:
        return withheld.reason(key.category, column)
    if key.measure == ANSWERED:
        return rule.reason(0, fact.numerator or 0) or withheld.asked_reason(column)
    if not variable.kind.is_choice:
        return withheld.reason(NUMBER, column) if key.measure in _OF_MANY else COMPLEMENTARY
    return withheld.any_reason(column) or _of_several(fact, variable)


def _of_several(fact: Fact, variable: Variable) -> str:
    """Whether what several answers make up adds something to them: then it could give away more than they do.

    Ranks follow from the shares, and scores from the shares of a scale that all waves offered alike. First choices and mean
    ranks do not follow from the shares of a ranking.
    """
    follows = fact.key.measure == RANK
    if variable.kind is Kind.SCALE:
        is_alike = all(category.waves == variable.waves for category in variable.categories)
        follows = fact.key.measure in _OF_SCALES and is_alike
    return "" if follows else COMPLEMENTARY
