"""The store of facts: the one place that sentences, charts, tables and files read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.fact import PUBLISHED, RESPONSES, Base, Fact, FactKey
from cityfolio.model.variable import Kind
from cityfolio.tabulate.answered import answered_share
from cityfolio.tabulate.base import WavePatterns
from cityfolio.tabulate.base_rules import BaseRule, shares_by_rule
from cityfolio.tabulate.groups import roll_up
from cityfolio.tabulate.ranked import first_and_top, mean_ranks
from cityfolio.tabulate.rankings import rank_facts
from cityfolio.tabulate.scales import scale_facts, scale_of
from cityfolio.tabulate.shares import SHARE, CountedChoices

if TYPE_CHECKING:
    from cityfolio.engine.counting import Counting, PatternCounts
    from cityfolio.model.variable import Variable

__all__ = ["PARTICIPANTS", "FactStore", "counted_facts", "edition_facts", "participation_facts"]

PARTICIPANTS = "_units"


@dataclass(frozen=True)
class FactStore:
    """All facts of a programme, found by their keys."""

    facts: Mapping[FactKey, Fact] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> FactStore:
        """A store of these facts."""
        return cls({fact.key: fact for fact in facts})

    def keeping(self, before: FactStore) -> FactStore:
        """The same store, with each fact that is as it was before being the one of before: then it is known to be the same.

        >>> before, now = (FactStore.of([Fact(FactKey("2020", "team", "", ALL, "count"), 3, Base(3), 3)]) for _ in "12")
        >>> next(iter(now)) is next(iter(before)), next(iter(now.keeping(before))) is next(iter(before))
        (False, True)
        """
        facts = self.facts.items()
        return FactStore(
            {
                key: fact if (held := before.facts.get(key)) is fact or held is None or held != fact else held
                for key, fact in facts
            }
        )

    def __iter__(self) -> Iterator[Fact]:
        """All facts."""
        return iter(self.facts.values())

    def find(
        self,
        edition: str,
        variable: str,
        category: str,
        measure: str = SHARE,
        group: Group = ALL,
        source: str = RESPONSES,
    ) -> Fact | None:
        """The fact, or None where there is none (an empty base is no fact)."""
        return self.at(FactKey(edition, variable, category, group, measure, source))

    def at(self, key: FactKey) -> Fact | None:
        """The fact of a key, or None."""
        return self.facts.get(key)

    @cached_property
    def published(self) -> list[Fact]:
        """All published figures, sorted by their ids."""
        return sorted((f for f in self.facts.values() if f.key.source == PUBLISHED), key=lambda fact: fact.id)

    def published_about(self, variable: str) -> list[Fact]:
        """The published figures about a variable, sorted by their ids."""
        return [fact for fact in self.published if fact.key.variable == variable]


def edition_facts(
    engine: Counting,
    edition: Edition,
    variables: Mapping[str, Variable],
    kinds: Sequence[str],
    invited: int | None = None,
) -> Iterator[Fact]:
    """The facts of one edition: who answered; of choices also shares and own words by group, ranks among all units.

    Among all units, shares stand on the wider bases too: those asked, offered the category, taking part, and invited (where
    their number is given and not smaller than the number that took part).
    """
    counted = engine.count(edition, list(variables), kinds)
    for variable in variables.values():
        yield from counted_facts(variable, edition, counted[variable.id], invited)


def counted_facts(
    variable: Variable, edition: Edition, counts: PatternCounts, invited: int | None = None
) -> Iterator[Fact]:
    """The facts of one variable in one edition, all from these counts; see `edition_facts`."""
    groups = roll_up(counts)
    answered = answered_share(variable, edition.id, groups[ALL])
    if answered is not None:
        yield answered
    if not variable.kind.is_choice:
        return
    for group, patterns in groups.items():
        choices = CountedChoices.of(variable, patterns)
        shares = choices.shares(edition.id, group)
        yield from shares
        own = choices.own_words(edition.id, group)
        if own is not None:
            yield own
        yield from _of_kind(variable, edition.id, group, patterns)
        if group is ALL:
            yield from _on_wider_bases(variable, edition.id, patterns, invited)
        if group is ALL and variable.kind is Kind.MULTIPLE:
            yield from rank_facts([s for s in shares if not variable.by_code[s.key.category].exclusive])


def _on_wider_bases(variable: Variable, edition: str, patterns: WavePatterns, invited: int | None) -> Iterator[Fact]:
    rules = [BaseRule.OFFERED, BaseRule.ASKED, BaseRule.PARTICIPANTS]
    participants = sum(number for counts in patterns.values() for number in counts.values())
    if invited is not None and invited >= participants:
        rules.append(BaseRule.INVITED)
    yield from shares_by_rule(variable, edition, ALL, patterns, rules, invited)


def _of_kind(variable: Variable, edition: str, group: Group, patterns: WavePatterns) -> Iterator[Fact]:
    """What rankings and scales come to beyond shares."""
    if variable.kind is Kind.RANKED:
        yield from first_and_top(variable, edition, group, patterns)
        yield from mean_ranks(variable, edition, group, patterns)
    scale = scale_of(variable) if variable.kind is Kind.SCALE else None
    if scale is not None:
        yield from scale_facts(variable, scale, edition, group, patterns)


def participation_facts(edition: Edition, members: Mapping[Group, int], kinds: Mapping[str, int]) -> Iterator[Fact]:
    """How many units take part in the edition by group, and how many groups of each kind they come from."""
    for group, number in members.items():
        key = FactKey(edition.id, PARTICIPANTS, "", group, "count")
        yield Fact(key, number, Base(number), float(number))
    total = Base(members.get(ALL, 0))
    for kind, number in kinds.items():
        yield Fact(FactKey(edition.id, PARTICIPANTS, kind, ALL, "groups"), None, total, float(number))
