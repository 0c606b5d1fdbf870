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
from cityfolio.tabulate.disclosure.auditing import PossibleCount, possible_count
from cityfolio.tabulate.disclosure.crowd import Bools, Column, Crowd, crowd_of
from cityfolio.tabulate.disclosure.exchanges import Exchange, ranges
from cityfolio.tabulate.disclosure.protecting import withhold_more
from cityfolio.tabulate.disclosure.releasing import released
from cityfolio.tabulate.disclosure.rules import DisclosureRule
from cityfolio.tabulate.disclosure.withholding import Withheld, withheld_from
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


def test_a_rule_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        DisclosureRule(minimum_base=-1)


def test_own_words_alone_and_beside_a_category_are_each_looked_at() -> None:
    goals = replace(GOALS, own_words=True)
    words = goals.own_words_bit
    # Only 2 of the north wrote something beside a category: its column goes, and that of the south with it.
    regions = {
        "north": {YES: 8, NO: 8, words: 9, YES | words: 2},
        "south": {YES: 8, NO: 8, words: 9, YES | words: 5},
        "west": {YES: 20, NO: 30, words: 19, YES | words: 6},
    }
    found = withheld_from(goals, crowd(regions), RULE)
    assert {c.group.key for where in found.by_answer.values() for c in where} == {"north", "south"}
    # Where nobody is small, nothing is withheld, whatever is written in own words.
    assert not withheld_from(goals, crowd({**regions, "north": regions["south"]}), RULE).columns


def test_answers_hidden_together_are_looked_at_in_each_column() -> None:
    plans = choice("plans", {code: ["2018"] for code in ("yes", "no", "both")}, Kind.SINGLE, waves=["2018"])
    regions = {"north": {1: 20, 2: 5}, "south": {1: 20, 2: 4}, "west": {1: 20, 2: 2, 4: 0}, "east": {1: 30, 2: 6, 4: 2}}
    found = withheld_from(plans, crowd(regions), DisclosureRule(minimum_numerator=3))
    # "both" is rare, "no" hides it; the 2 of the west who said either are too few to be worked out.
    assert found.reason("yes", Column("2018", Group("region", "west"))) == "complementary"
    assert found.reason("yes", Column("2018", Group("region", "east"))) == ""
    assert found.reason("both", Column("2018", ALL)) == "minimum_numerator"


def test_an_answer_of_one_wave_hides_behind_one_that_the_same_wave_offered() -> None:
    plans = choice(
        "plans", {"old": ["2018"], "new": ["2020"], "yes": ["2018", "2020"], "no": ["2018", "2020"]}, Kind.SINGLE
    )
    editions = {Edition("2018", ("2018",)): "2018", Edition("2020", ("2020",)): "2020"}
    counts = {"2018": {1: 2, 4: 30, 8: 20}, "2020": {2: 5, 4: 30, 8: 20}}
    held = {
        edition: {f"{wave}/{p}/{n}": Held(wave, Answer(p)) for p, times in counts[wave].items() for n in range(times)}
        for edition, wave in editions.items()
    }
    found = withheld_from(plans, crowd_of(held, lambda _unit, _wave: ()), DisclosureRule(minimum_numerator=3))
    hidden = {answer for answer, where in found.by_answer.items() if where}
    assert {"old", "no"} <= hidden
    assert "yes" not in hidden


def test_a_small_base_is_named_before_other_reasons_for_what_several_answers_make_up() -> None:
    north = Column("2018", Group("region", "north"))
    found = Withheld({"yes": {north: "complementary"}, "no": {north: "minimum_base"}})
    assert found.any_reason(north) == "minimum_base"


def test_if_nobody_is_there_to_exchange_with_all_columns_of_the_target_go() -> None:
    # Everybody in the only region gave the answer, and the base is small: it can hide nowhere but in silence.
    found = withheld_from(AREAS, crowd({"north": {YES: 4}}), DisclosureRule(minimum_base=5))
    assert {(c.group.id, why) for c, why in found.by_answer["yes"].items()} == {
        ("all", "minimum_base"),
        ("region:north", "minimum_base"),
    }


def test_what_can_be_worked_out_by_subtraction_is_looked_at() -> None:
    first, second, pooled = (Edition(name, tuple(name.split("-"))) for name in ("2018", "2020", "2018-2020"))
    one, two = Answer(1), Answer(2)
    # a answered once, b twice, c only later and in no region
    held = {
        first: {"a": Held("2018", one), "b": Held("2018", one)},
        second: {"b": Held("2020", two), "c": Held("2020", two)},
        pooled: {"a": Held("2018", one), "b": Held("2020", two), "c": Held("2020", two)},
    }
    found = crowd_of(held, lambda unit, _wave: () if unit == "c" else (Group("region", "north"),))
    everybody = found.places[Column("2018-2020", ALL)]
    regions = [place for column, place in found.places.items() if column.group != ALL]
    seen = [
        (wave, bool(row[everybody]), bool(row[regions].any()))
        for wave, row in zip(found.waves, found.member, strict=True)
    ]
    known = {
        ("2018", True, True): "a18",
        ("2018", False, True): "b18",
        ("2020", True, True): "b20",
        ("2020", True, False): "c20",
    }
    names = [known[place] for place in seen]
    parts = {
        "+".join(sorted(name for name, held_in in zip(names, part, strict=True) if held_in)) for part in found.parts
    }
    columns = {
        "+".join(sorted(name for name, held_in in zip(names, column, strict=True) if held_in))
        for column in found.member.T
    }
    assert columns == {"a18+b18", "b20+c20", "a18+b20+c20", "b20", "a18+b20"}
    assert parts == {"a18", "b18", "c20"}
    assert found.counting(lambda pattern: pattern == 2, ("2020",)).sum() == 2
    assert found.counting(lambda pattern: pattern == 2, ("2018",)).sum() == 0


def three_sets(enough: int = 0) -> tuple[Exchange, Bools]:
    """Of all and of two kinds of groups that cross; each class stands alone in its columns, so nobody can exchange."""
    member = np.array(
        [[True, True, False, True, False], [True, True, False, False, True], [True, False, True, True, False],
         [True, False, True, False, True]]
    )  # fmt: skip
    counts = np.array([1, 2, 2, 1])
    may = np.array([3, 3, 3, 3])
    kinds = np.zeros(4, dtype=np.int64)
    return Exchange(member, counts, may, np.array([1e7, 9, 9, 9, 9]), kinds, enough), np.eye(4, dtype=np.bool_)


def test_before_a_figure_of_all_units_goes_the_exact_audit_is_asked() -> None:
    exchange, targets = three_sets()
    everything = np.ones(5, dtype=np.bool_)
    # No two classes are counted alike, yet 1+2 and 2+1 over 3 and 3 have other solutions: nothing has to go.
    assert withhold_more(exchange, everything, targets, everything).tolist() == [True] * 5
    # Where no column is a last resort nobody asks, and one kind of groups goes for each pair that comes together.
    kept = withhold_more(exchange, everything, targets, np.zeros(5, dtype=np.bool_))
    assert kept[0]
    assert kept.sum() < 5


def test_numbers_hide_among_enough_others_or_go_without_asking() -> None:
    exchange, targets = three_sets(enough=6)
    kept = withhold_more(exchange, np.ones(5, dtype=np.bool_), targets, np.ones(5, dtype=np.bool_))
    assert kept.sum() < 5
    assert (ranges(exchange, kept, targets) > 0).all()


def test_own_words_and_who_answered_are_withheld_by_their_own_reasons() -> None:
    north = Group("region", "north")
    goals = replace(GOALS, own_words=True)
    withheld_there = {"goals": Withheld({"own_words": {Column("2018", north): "minimum_numerator"}})}
    given = [
        Fact(FactKey("2018", "goals", "", north, "own_words"), 2, Base(30), 2 / 30),
        Fact(FactKey("2018", "goals", "", ALL, "own_words"), 9, Base(60), 9 / 60),
        Fact(FactKey("2018", "goals", "", ALL, "answered"), 4, Base(60), 4 / 60),
        Fact(FactKey("2020", "goals", "", ALL, "answered"), 5, Base(60), 5 / 60),
        Fact(FactKey("2018", "goals", "", north, "share_top_box"), 9, Base(60), 9 / 60),
    ]
    after = released(given, {"goals": goals}, withheld_there, RULE)
    assert [fact.withheld for fact in after] == ["minimum_numerator", "", "minimum_base", "", "minimum_numerator"]
    silent = {"goals": Withheld(silent=frozenset({Column("2020", ALL)}))}
    after = released(given, {"goals": goals}, silent, RULE)
    assert [fact.withheld for fact in after] == ["", "", "minimum_base", "complementary", "complementary"]
    assert list(released(given, {"goals": goals}, silent, DisclosureRule())) == given


def test_scores_of_a_scale_that_all_waves_offered_alike_follow_from_its_shares() -> None:
    scale = choice("trust", {"low": ["2018"], "high": ["2018"]}, Kind.SCALE, waves=["2018"])
    measures = ("mean_score", "share_top_box", "share_bottom_box", "change_matched")
    given = [Fact(FactKey("2018", "trust", "", ALL, measure), None, Base(60), 0.5) for measure in measures]
    after = released(given, {"trust": scale}, {"trust": Withheld()}, RULE)
    assert [fact.withheld for fact in after] == ["", "", "", "complementary"]
    uneven = choice("trust", {"low": ["2018"], "high": ["2020"]}, Kind.SCALE)
    after = released(given, {"trust": uneven}, {"trust": Withheld()}, RULE)
    assert [fact.withheld for fact in after] == ["complementary"] * 4
