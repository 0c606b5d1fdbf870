from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from cityfolio.harmonise.editions import Held
from cityfolio.model.answer import Answer
from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.fact import PUBLISHED, Base, Fact, FactKey
from cityfolio.model.variable import Kind, Variable
from cityfolio.tabulate.base_rules import shares_by_rule
from cityfolio.tabulate.changes import WaveChange
from cityfolio.tabulate.disclosure import (
    Column,
    Crowd,
    DisclosureRule,
    Exchange,
    PossibleCount,
    Withheld,
    change_is_safe,
    crowd_of,
    possible_count,
    released,
    withheld_from,
)
from cityfolio.tabulate.moves import State
from cityfolio.tabulate.rankings import rank_facts
from cityfolio.tabulate.shares import category_shares
from tests.tabulate.surveys import choice

RULE = DisclosureRule(minimum_base=5, minimum_numerator=3, minimum_rest=3)
EDITION = Edition("2018", ("2018",))
GOALS = choice("goals", {"yes": ["2018"], "no": ["2018"]}, Kind.SINGLE, waves=["2018"])
AREAS = choice("areas", {"yes": ["2018"], "no": ["2018"]}, waves=["2018"])
YES, NO = 1, 2
REGIONS: Mapping[str, Mapping[int, int]] = {
    "north": {YES: 7, NO: 9},
    "south": {YES: 2, NO: 10},
    "west": {YES: 9, NO: 11},
}


def crowd(regions: Mapping[str, Mapping[int, int]] = REGIONS) -> Crowd:
    """One unit for each response counted; its region is the first part of its name."""
    held = {
        f"{region}/{pattern}/{number}": Held("2018", Answer(pattern))
        for region, counts in regions.items()
        for pattern, times in counts.items()
        for number in range(times)
    }
    return crowd_of({EDITION: held}, lambda unit, _wave: (Group("region", unit.partition("/")[0]),))


def withheld(variable: Variable = GOALS, rule: DisclosureRule = RULE) -> dict[tuple[str, str], str]:
    """Region and answer of what is withheld, with the reason."""
    found = withheld_from(variable, crowd(), rule)
    return {(c.group.key, answer): why for answer, columns in found.by_answer.items() for c, why in columns.items()}


def facts() -> list[Fact]:
    found = []
    everybody = {p: sum(counts.get(p, 0) for counts in REGIONS.values()) for p in (YES, NO)}
    for group, counts in [(ALL, everybody), *((Group("region", key), c) for key, c in REGIONS.items())]:
        shares = list(category_shares(GOALS, "2018", group, {"2018": counts}))
        wider = shares_by_rule(GOALS, "2018", group, {"2018": counts})
        found += [*shares, *rank_facts(shares), *(f for f in wider if f.key.measure != "share")]
    return found


def test_a_small_count_takes_its_column_and_that_of_a_second_group_with_it() -> None:
    assert withheld() == {
        ("south", "yes"): "minimum_numerator",
        ("south", "no"): "minimum_rest",
        ("north", "yes"): "complementary",
        ("north", "no"): "complementary",
    }


def test_answers_that_do_not_add_up_are_withheld_one_by_one() -> None:
    assert withheld(AREAS) == {
        ("south", "yes"): "minimum_numerator",
        ("south", "no"): "minimum_rest",
        ("north", "yes"): "complementary",
        ("north", "no"): "complementary",
    }
    assert withheld(AREAS, DisclosureRule(minimum_numerator=3)) == {
        ("south", "yes"): "minimum_numerator",
        ("north", "yes"): "complementary",
    }


def test_nothing_is_withheld_where_no_count_is_small_and_where_no_rule_is() -> None:
    assert withheld(rule=DisclosureRule(5, 2, 2)) == {}
    assert withheld(rule=DisclosureRule()) == {}


def test_a_rare_answer_among_all_units_hides_behind_the_next_rarest_in_every_column() -> None:
    plans = choice("plans", {code: ["2018"] for code in ("yes", "no", "both")}, Kind.SINGLE, waves=["2018"])
    found = withheld_from(plans, crowd({"north": {1: 20, 2: 10, 4: 2}}), DisclosureRule(minimum_numerator=3))
    columns = {Column("2018", ALL), Column("2018", Group("region", "north"))}
    assert {answer: set(where) for answer, where in found.by_answer.items() if where} == {
        "no": columns,
        "both": columns,
    }
    assert found.reason("both", Column("2018", ALL)) == "minimum_numerator"
    assert found.reason("no", Column("2018", ALL)) == "complementary"
    assert found.any_reason(Column("2018", ALL)) == "complementary"


def test_a_small_base_hides_its_shares_even_those_of_zero() -> None:
    found = withheld_from(GOALS, crowd({"north": {YES: 14, NO: 4}, "south": {YES: 4}}), DisclosureRule(minimum_base=5))
    south = Column("2018", Group("region", "south"))
    assert (found.reason("yes", south), found.reason("no", south)) == ("minimum_base", "minimum_base")


def test_numbers_are_withheld_together_with_so_many_others_that_no_small_sum_is_left() -> None:
    people = Variable("people", Kind.NUMBER, "People", ("2018",))
    regions = {"north": {0: 20}, "south": {0: 2}, "east": {0: 1}, "west": {0: 9}}
    found = withheld_from(people, crowd(regions), DisclosureRule(minimum_base=5))
    reasons = {column.group.key: why for column, why in found.by_answer[""].items()}
    assert reasons == {"south": "minimum_base", "east": "minimum_base", "west": "complementary"}


def test_every_measure_of_a_withheld_count_goes_and_the_reason_stays() -> None:
    found = {"goals": withheld_from(GOALS, crowd(), RULE)}
    after = list(released(facts(), {"goals": GOALS}, found, RULE))
    south = [fact for fact in after if fact.key.group.key == "south"]
    assert {fact.key.measure for fact in south} >= {"share", "rank", "share_of_asked", "share_of_participants"}
    assert all((f.numerator, f.base, f.value) == (None, None, None) and f.withheld for f in south)
    assert [fact.id for fact in after] == [fact.id for fact in facts()]
    assert [fact for fact in after if not fact.withheld] == [
        fact for fact in facts() if fact.key.group in (ALL, Group("region", "west"))
    ]


def test_a_figure_that_others_have_published_is_left_as_it_is() -> None:
    figure = Fact(FactKey("2018", "goals", "yes", Group("region", "south"), "share", PUBLISHED), 2, Base(12), 2 / 12)
    found = {"goals": withheld_from(GOALS, crowd(), RULE)}
    assert list(released([figure], {"goals": GOALS}, found, RULE)) == [figure]


def test_single_answers_hide_in_no_measure() -> None:
    people = Variable("people", Kind.NUMBER, "People", ("2018",))
    given = [
        Fact(FactKey("2018", "people", "", ALL, measure), None, Base(30), 9.0)
        for measure in ("sum", "smallest", "largest", "median")
    ]
    after = released(given, {"people": people}, {"people": Withheld()}, RULE)
    assert {fact.key.measure: fact.withheld for fact in after} == {
        "sum": "",
        "smallest": "complementary",
        "largest": "complementary",
        "median": "",
    }


def test_what_does_not_follow_from_the_shares_released_is_withheld() -> None:
    ranked = choice("areas", {"a": ["2018"]}, Kind.RANKED, waves=["2018"])
    first = Fact(FactKey("2018", "areas", "a", ALL, "share_first"), 9, Base(30), 0.3)
    (after,) = released([first], {"areas": ranked}, {"areas": Withheld()}, RULE)
    assert after.withheld == "complementary"


def test_who_was_routed_past_is_not_told_where_the_answers_it_follows_from_are_withheld() -> None:
    south = Column("2018", Group("region", "south"))
    asked_by = Withheld({"yes": {south: "minimum_numerator"}})
    found = Withheld().silenced_by(asked_by)
    assert (found.reason("any", south), found.asked_reason(south), found.any_reason(south)) == ("complementary",) * 3
    assert found.reason("any", Column("2018", ALL)) == ""


def test_own_words_beside_a_category_do_not_give_away_own_words_alone() -> None:
    goals = replace(GOALS, own_words=True)
    words = goals.own_words_bit
    found = withheld_from(goals, crowd({"north": {YES: 8, NO: 8, words: 2, YES | words: 4}}), RULE)
    # 6 wrote something: 2 of them nothing else. The base less both categories would tell those 2.
    assert found.reason("own_words", Column("2018", ALL)) == "complementary"
    assert {answer for answer, where in found.by_answer.items() if where} == {"own_words", "no"}


def test_the_audit_knows_what_exchanges_do_not_see() -> None:
    # Of the first two together 3, of the last two 3, of all 4: each may be other than it is, by one at least.
    member = np.array([[True, False, True], [True, True, True], [False, True, True]])
    exchange = Exchange(member, np.array([1, 2, 1]), np.array([3, 3, 3]), np.ones(3), np.zeros(3, dtype=np.int64))
    middle = np.array([False, True, False])
    assert possible_count(exchange, np.array([True, True, True]), middle) == PossibleCount(2, 2)
    assert possible_count(exchange, np.array([True, True, False]), middle) == PossibleCount(0, 3)
    assert possible_count(exchange, np.array([False, False, False]), middle) == PossibleCount(0, 3)


def test_a_change_is_shown_only_if_nobody_who_moved_stands_alone() -> None:
    chosen, not_chosen = State.CHOSEN, State.NOT_CHOSEN
    moves = {(chosen, chosen): 10, (not_chosen, not_chosen): 10, (not_chosen, chosen): 4}
    assert change_is_safe(WaveChange(moves), RULE)
    assert not change_is_safe(WaveChange({**moves, (chosen, not_chosen): 1}), RULE)


def test_a_rule_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        DisclosureRule(minimum_base=-1)
