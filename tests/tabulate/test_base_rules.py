from __future__ import annotations

import pytest
from hypothesis import given

from cityfolio.engine.plain import PlainEngine
from cityfolio.harmonise.editions import held_answers, wave_patterns
from cityfolio.model.edition import ALL
from cityfolio.model.fact import Base
from cityfolio.model.missing import Missing
from cityfolio.tabulate.base import count_wave
from cityfolio.tabulate.base_rules import NESTED_RULES, BaseRule, base_by_rule, shares_by_rule
from cityfolio.tabulate.groups import roll_up
from tests.tabulate.surveys import POOLED, MadeUp, choice, survey, surveys

FUNDS = choice("funds", {"buildings": ["2018", "2020"], "training": ["2020"]})

ANSWERS = """
    | wave | city     | funds               |
    | 2018 | Delft    | buildings           |
    | 2018 | Genoa    | (routed_past)       |
    | 2018 | Leipzig  | (refused)           |
    | 2020 | Porto    | buildings, training |
    | 2020 | Turku    | -                   |
    | 2020 | Malmo    | (routed_past)       |
    | 2020 | Varna    | (dont_know)         |
    | 2020 | Zadar    | (unanswered)        |
"""


def bases(category: str) -> dict[str, Base]:
    answers = survey(ANSWERS, FUNDS, listed=["Bergen", "Cork"])
    patterns = wave_patterns(held_answers(answers, POOLED, "funds"))
    facts = shares_by_rule(FUNDS, POOLED.id, ALL, patterns, NESTED_RULES, invited=len(answers.units))
    return {fact.key.measure: fact.base for fact in facts if fact.key.category == category and fact.base}


def test_every_rule_counts_its_own_units_and_says_who_was_left_out_and_why() -> None:
    past, refused, dont_know, silent = Missing.ROUTED_PAST, Missing.REFUSED, Missing.DONT_KNOW, Missing.UNANSWERED
    assert bases("buildings") == {
        "share_of_invited": Base(10),
        "share_of_participants": Base(8),
        "share_of_asked": Base(6, {past: 2}),
        "share_of_offered": Base(6, {past: 2}),
        "share": Base(3, {past: 2, refused: 1, dont_know: 1, silent: 1}),
    }


def test_a_category_not_offered_in_a_wave_leaves_the_base_of_those_offered_but_not_of_those_asked() -> None:
    found = bases("training")
    assert found["share_of_asked"] == Base(6, {Missing.ROUTED_PAST: 2})
    assert found["share_of_offered"] == Base(4, {Missing.NOT_OFFERED: 3, Missing.ROUTED_PAST: 1})
    assert found["share"].left_out(Missing.NOT_OFFERED) == 3


def test_of_12_should_be_11_when_one_council_was_never_marked() -> None:
    # mysociety/caps 650: a unit that the question was not for stood in the base
    marked = choice("plan", {"yes": ["2018"]}, waves=["2018"])
    patterns = {"2018": {1: 7, 0: 4, Missing.ROUTED_PAST.pattern: 1}}
    (share,) = shares_by_rule(marked, "2018", ALL, patterns, [BaseRule.ANSWERED])
    assert (share.numerator, share.base) == (7, Base(11, {Missing.ROUTED_PAST: 1}))


def test_zero_and_missing_and_an_empty_base_are_three_things() -> None:
    plan = choice("plan", {"yes": ["2018"]}, waves=["2018"])
    (nobody_chose,) = shares_by_rule(plan, "2018", ALL, {"2018": {0: 5}}, [BaseRule.ANSWERED])
    assert (nobody_chose.value, nobody_chose.base) == (0.0, Base(5))
    silent = {"2018": {Missing.UNANSWERED.pattern: 5}}
    assert list(shares_by_rule(plan, "2018", ALL, silent, NESTED_RULES, invited=5)) == []


def test_the_share_of_those_invited_needs_to_know_how_many_they_are() -> None:
    plan = choice("plan", {"yes": ["2018"]}, waves=["2018"])
    waves = {"2018": count_wave({1: 7})}
    for invited in (None, 6):
        with pytest.raises(ValueError, match="needs their number, at least 7"):
            base_by_rule(BaseRule.INVITED, plan.by_code["yes"], plan, waves, invited)


@given(surveys())
def test_each_base_holds_the_next_and_no_share_leaves_0_to_1(made: MadeUp) -> None:
    counts = PlainEngine(made.answers, made.groups).count(POOLED, ["goals"], ["region"])["goals"]
    for group, patterns in roll_up(counts).items():
        invited = len(made.answers.units)
        facts = list(shares_by_rule(made.variable, POOLED.id, group, patterns, NESTED_RULES, invited))
        for start in range(0, len(facts), len(NESTED_RULES)):
            rules = facts[start : start + len(NESTED_RULES)]
            counted = [fact.base.counted for fact in rules if fact.base]
            assert counted == sorted(counted, reverse=True)
            assert len({fact.numerator for fact in rules}) == 1
            assert all(fact.value is not None and 0 <= fact.value <= 1 for fact in rules)
            units = {fact.base.units for fact in rules[1:] if fact.base}
            assert len(units) == 1, "who is not counted is left out for a reason"
