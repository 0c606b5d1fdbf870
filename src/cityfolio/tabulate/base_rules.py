"""Bases by rule: the same numerator over everybody invited, those who took part, were asked, were offered, answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from cityfolio.model.fact import INDICATORS, RESPONSES, Base, Fact, FactKey
from cityfolio.model.missing import Missing
from cityfolio.tabulate.base import WaveCounts, WavePatterns, base_of, count_wave
from cityfolio.tabulate.crossings import PEERS
from cityfolio.tabulate.shares import SHARE, category_shares

if TYPE_CHECKING:
    from cityfolio.model.edition import Group
    from cityfolio.model.variable import Category, Variable

__all__ = ["NESTED_RULES", "BaseRule", "base_by_rule", "base_rule_of", "shares_by_rule"]


class BaseRule(Enum):
    """Who counts in a share. The first five are nested: each holds all units of the next.

    `MATCHED` and `PEERS` count those who answered, like `ANSWERED`; the name says that only the units that answered
    in both waves, or those of a saved peer group, were put in.

    >>> [rule.measure for rule in BaseRule]  # doctest: +NORMALIZE_WHITESPACE
    ['share_of_invited', 'share_of_participants', 'share_of_asked', 'share_of_offered', 'share', 'share_of_matched',
     'share_of_peers']
    """

    INVITED = "invited"
    PARTICIPANTS = "participants"
    ASKED = "asked"
    OFFERED = "offered"
    ANSWERED = "answered"
    MATCHED = "matched"
    PEERS = "peers"

    @property
    def measure(self) -> str:
        """The name of the measure in facts."""
        return SHARE if self is BaseRule.ANSWERED else f"share_of_{self.value}"

    def keeps(self, reason: Missing) -> bool:
        """Whether units without an answer for this reason stay in the base.

        >>> BaseRule.ASKED.keeps(Missing.REFUSED), BaseRule.ANSWERED.keeps(Missing.REFUSED)
        (True, False)
        """
        return reason not in _LEAVES[self]


_NEVER_PUT = frozenset({Missing.NOT_ASKED, Missing.ROUTED_PAST})
_LEAVES: Mapping[BaseRule, frozenset[Missing]] = {
    BaseRule.INVITED: frozenset(),
    BaseRule.PARTICIPANTS: frozenset(),
    BaseRule.ASKED: _NEVER_PUT,
    BaseRule.OFFERED: _NEVER_PUT | {Missing.NOT_OFFERED},
    BaseRule.ANSWERED: frozenset(Missing),
    BaseRule.MATCHED: frozenset(Missing),
    BaseRule.PEERS: frozenset(Missing),
}

NESTED_RULES = (BaseRule.INVITED, BaseRule.PARTICIPANTS, BaseRule.ASKED, BaseRule.OFFERED, BaseRule.ANSWERED)
"""The rules that put the same units in, widest first."""


def base_by_rule(
    rule: BaseRule, category: Category, variable: Variable, waves: Mapping[str, WaveCounts], invited: int | None = None
) -> Base:
    """The base of one category under a rule, with those left out by reason.

    >>> from cityfolio.model.variable import Category, Kind, Variable
    >>> yes = Category("yes", "Yes", ("2018",))
    >>> strategy = Variable("strategy", Kind.SINGLE, "Strategy", ("2018",), (yes,))
    >>> waves = {"2018": count_wave({1: 44, 0: 30, -3: 5, -4: 7})}
    >>> [base_by_rule(rule, yes, strategy, waves, 89).counted for rule in NESTED_RULES]
    [89, 86, 81, 81, 74]

    Raises:
        ValueError: for `INVITED` without the number of units invited, or with fewer than took part.
    """
    participants = sum(counts.units for counts in waves.values())
    if rule is BaseRule.INVITED:
        if invited is None or invited < participants:
            raise ValueError(
                f"the share of the units invited needs their number, at least {participants}, not {invited}"
            )
        return Base(invited)
    if rule is BaseRule.ASKED:
        return _asked(variable, waves)
    answered = base_of(category, variable, waves)
    kept = {reason: number for reason, number in answered.excluded.items() if rule.keeps(reason)}
    left = {reason: number for reason, number in answered.excluded.items() if reason not in kept}
    return Base(answered.counted + sum(kept.values()), left)


def shares_by_rule(
    variable: Variable,
    edition: str,
    group: Group,
    patterns: WavePatterns,
    rules: Sequence[BaseRule] = NESTED_RULES[1:],
    invited: int | None = None,
) -> Iterator[Fact]:
    """The share of every category under each rule: one numerator, several bases, each under its own measure.

    Where nobody could answer there is no share under any rule: 0 of those invited would read as a "no". `invited` is the
    number of units of the group that were invited, needed for `BaseRule.INVITED` alone.
    """
    waves = {wave: count_wave(counts) for wave, counts in patterns.items()}
    bases: dict[tuple[BaseRule, tuple[str, ...]], Base] = {}
    for share in category_shares(variable, edition, group, patterns):
        category = variable.by_code[share.key.category]
        for rule in rules:
            base = bases.get((rule, category.waves))
            if base is None:
                base = bases[rule, category.waves] = base_by_rule(rule, category, variable, waves, invited)
            key = FactKey(edition, variable.id, share.key.category, group, rule.measure)
            yield Fact(key, share.numerator, base, (share.numerator or 0) / base.counted)


def _asked(variable: Variable, waves: Mapping[str, WaveCounts]) -> Base:
    # Not by way of base_of: where a wave did not offer the category, that reason would hide who was routed past.
    counted = 0
    excluded: dict[Missing, int] = {}
    for wave, counts in waves.items():
        left = {reason: n for reason, n in counts.missing.items() if not BaseRule.ASKED.keeps(reason)}
        if wave not in variable.waves:
            left = {Missing.NOT_ASKED: counts.units}
        counted += counts.units - sum(left.values())
        for reason, number in left.items():
            excluded[reason] = excluded.get(reason, 0) + number
    return Base(counted, excluded)


_ONE_UNIT = ("answer", "chosen")
_MATCHED = ("share_started", "share_stopped", "change_matched")
_ASKED = ("answered", "share_answered")
_PARTICIPANTS = ("count", "groups")


def base_rule_of(key: FactKey) -> str:
    """Who counts in the base of a fact, by its measure; nothing for published figures, whose rule their source keeps.

    >>> from cityfolio.model.edition import ALL
    >>> base_rule_of(FactKey("2020", "roles", "designer", ALL, "share_of_asked"))
    'asked'
    """
    return _rule_of(key.source, key.measure, key.group.kind == PEERS)


@cache  # thousands of facts, a few dozen measures
def _rule_of(source: str, measure: str, of_peers: bool) -> str:  # noqa: FBT001 - a part of the key
    if source == INDICATORS:
        return "with_figure"
    if source != RESPONSES:
        return ""
    if measure in _ONE_UNIT:
        return "unit"
    if measure in _MATCHED:
        return BaseRule.MATCHED.value
    if measure in _ASKED:
        return BaseRule.ASKED.value
    if measure in _PARTICIPANTS:
        return BaseRule.PARTICIPANTS.value
    named = next((rule for rule in BaseRule if measure.startswith(f"share_of_{rule.value}")), BaseRule.ANSWERED)
    return BaseRule.PEERS.value if named is BaseRule.ANSWERED and of_peers else named.value
