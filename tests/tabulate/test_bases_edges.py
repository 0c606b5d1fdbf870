"""Edges of bases, shares and single answers: the cases that mutation testing found untested."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import ALL, Group
from cityfolio.model.fact import PUBLISHED, Base, Fact, FactKey
from cityfolio.model.missing import Missing
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Category, Kind, Variable
from cityfolio.tabulate.answered import answered_share
from cityfolio.tabulate.base import answered_base, base_of, count_wave
from cityfolio.tabulate.base_rules import base_rule_of
from cityfolio.tabulate.behind import Behind, behind
from cityfolio.tabulate.rankings import rank_facts
from cityfolio.tabulate.shares import CountedChoices, category_shares
from cityfolio.tabulate.unit_facts import unit_facts
from tests.tabulate.surveys import FIRST, POOLED, WAVES, choice

EUROPE = Group("continent", "EU")
REFUSED, PAST, NOT_ASKED, NOT_OFFERED = (
    Missing.REFUSED.pattern,
    Missing.ROUTED_PAST.pattern,
    Missing.NOT_ASKED.pattern,
    Missing.NOT_OFFERED.pattern,
)
FUNDS = Variable(
    "funds",
    Kind.MULTIPLE,
    "Funds",
    ("2020", "2022"),
    (Category("grants", "Grants", ("2020", "2022")), Category("loans", "Loans", ("2022",))),
    own_words=True,
)


def test_the_same_reason_in_two_waves_is_added_up_and_a_wave_that_did_not_ask_counts_nobody() -> None:
    waves = {
        "2018": count_wave({1: 4, REFUSED: 2}),
        "2020": count_wave({1: 3, REFUSED: 1, PAST: 5}),
        "2022": count_wave({0: 2, REFUSED: 7}),
        "2024": count_wave({1: 8}),
    }
    assert answered_base(FUNDS, waves) == Base(
        5, {Missing.REFUSED: 8, Missing.ROUTED_PAST: 5, Missing.NOT_ASKED: 6 + 8}
    )
    assert base_of(FUNDS.by_code["loans"], FUNDS, waves) == Base(
        2, {Missing.REFUSED: 7, Missing.NOT_ASKED: 14, Missing.NOT_OFFERED: 9}
    )


def test_own_words_are_counted_over_all_that_answered_in_the_waves_that_asked() -> None:
    # the bit of own words stands above those of the two categories
    patterns = {"2018": {4: 9}, "2020": {4: 1, 5: 2, 3: 3, 0: 1, REFUSED: 2}, "2022": {2: 1, 6: 1}}
    assert CountedChoices.of(FUNDS, patterns).own_words("e", EUROPE) == Fact(
        FactKey("e", "funds", "", EUROPE, "own_words"), 4, Base(9, {Missing.NOT_ASKED: 9, Missing.REFUSED: 2}), 4 / 9
    )


def test_there_is_no_share_of_own_words_where_there_was_no_room_or_nobody_answered() -> None:
    assert CountedChoices.of(replace(FUNDS, own_words=False), {"2020": {1: 3}}).own_words("e", ALL) is None
    assert CountedChoices.of(FUNDS, {"2020": {REFUSED: 3}, "2018": {4: 1}}).own_words("e", ALL) is None


def test_shares_leave_out_a_category_that_nobody_could_choose_and_go_on_with_the_next() -> None:
    turned = replace(FUNDS, categories=FUNDS.categories[::-1])
    assert list(category_shares(turned, "2020", EUROPE, {"2020": {2: 1, 0: 3}})) == [
        Fact(FactKey("2020", "funds", "grants", EUROPE, "share"), 1, Base(4), 0.25)
    ]


@pytest.mark.parametrize(
    ("measure", "rule"),
    [
        ("answer", "unit"),
        ("chosen", "unit"),
        ("answered", "asked"),
        ("share_answered", "asked"),
        ("count", "participants"),
        ("groups", "participants"),
        ("share", "answered"),
        ("mean", "answered"),
        ("share_of_invited", "invited"),
        ("share_of_participants", "participants"),
        ("share_of_offered", "offered"),
        ("share_of_matched_earlier", "matched"),
        ("share_of_peers", "peers"),
    ],
)
def test_every_measure_names_the_rule_of_its_base(measure: str, rule: str) -> None:
    assert base_rule_of(FactKey("2020", "roles", "designer", ALL, measure)) == rule


def test_a_published_figure_has_no_rule_of_ours() -> None:
    assert base_rule_of(FactKey("2020", "roles", "designer", ALL, "share", PUBLISHED)) == ""


def share(category: str, numerator: int | None, base: Base | None) -> Fact:
    return Fact(FactKey("2020", "funds", category, EUROPE, "share"), numerator, base, None)


def test_ranks_carry_their_numerators_and_figures_without_one_or_without_a_base_have_no_rank() -> None:
    ranked = rank_facts(
        [
            share("phrase", None, Base(10)),
            share("grants", 3, Base(10)),
            share("printed", 9, None),
            share("loans", 3, Base(5)),
            share("words", None, None),
            share("gifts", 6, Base(20)),
        ]
    )
    assert [(f.key.category, f.key.measure, f.key.group, f.numerator, f.base, f.value) for f in ranked] == [
        ("grants", "rank", EUROPE, 3, Base(10), 2.0),
        ("loans", "rank", EUROPE, 3, Base(5), 1.0),
        ("gifts", "rank", EUROPE, 6, Base(20), 2.0),
    ]


def test_what_one_unit_said_in_numbers_is_a_fact_over_that_one_unit() -> None:
    people = Variable("people", Kind.NUMBER, "People", WAVES)
    goals = Variable("goals", Kind.RANKED, "Goals", WAVES, (Category("roads", "Roads", WAVES),))
    funds = replace(FUNDS, categories=(*FUNDS.categories, Category("none", "None", WAVES, exclusive=True)))
    plan = choice("plan", {"yes": WAVES}, Kind.SINGLE)
    private = Variable("pay", Kind.NUMBER, "Pay", WAVES, released=False)
    variables = {v.id: v for v in (people, goals, funds, plan, private)}
    first = {
        "pay": Answer(0, number=3.0),
        "people": Answer(0, number=12.5),
        "funds": Answer(3, ("grants", "loans"), ("lottery", "crowd")),
        "plan": Answer(1, ("yes",)),
        "goals": Answer(1, ("roads",)),
    }
    second = {
        "people": Answer.without(Missing.REFUSED),
        "goals": Answer.without(Missing.REFUSED),
        "funds": Answer(4, ("none",)),
    }
    answers = CodedAnswers(
        {"delft": Unit("delft", "Delft", "Delft")},
        variables,
        WAVES,
        (Response("delft", "2018", first), Response("porto", "2020", second)),
    )
    delft, porto = Group("unit", "delft"), Group("unit", "porto")
    assert list(unit_facts(answers)) == [
        Fact(FactKey("2018", "people", "", delft, "answer"), None, Base(1), 12.5),
        Fact(FactKey("2018", "funds", "", delft, "chosen"), None, Base(1), 4.0),
        Fact(FactKey("2018", "goals", "", delft, "chosen"), None, Base(1), 1.0),
        Fact(FactKey("2020", "funds", "", porto, "chosen"), None, Base(1), 0.0),
    ]


def test_who_answered_is_counted_over_who_was_asked_whatever_the_reason_for_silence() -> None:
    patterns = {
        "2018": {1: 4, REFUSED: 1},
        "2020": {1: 3, 0: 2, REFUSED: 1, PAST: 2, NOT_OFFERED: 1, Missing.UNANSWERED.pattern: 3},
        "2022": {1: 1, PAST: 4, NOT_ASKED: 1},
    }
    base = Base(10, {Missing.NOT_ASKED: 6, Missing.ROUTED_PAST: 6, Missing.NOT_OFFERED: 1})
    assert answered_share(FUNDS, "e", patterns) == Fact(FactKey("e", "funds", "", ALL, "answered"), 6, base, 0.6)
    assert answered_share(FUNDS, "e", {"2020": {PAST: 3}}) is None
    assert answered_share(FUNDS, "e", {"2020": {REFUSED: 3}}) == Fact(
        FactKey("e", "funds", "", ALL, "answered"), 0, Base(3), 0.0
    )


VARIABLE = Variable(
    "funds",
    Kind.MULTIPLE,
    "Funds",
    WAVES,
    (Category("grants", "Grants", WAVES), Category("loans", "Loans", ("2020",))),
    own_words=True,
)


def asked(waves: tuple[str, ...] = WAVES) -> CodedAnswers:
    said = {
        ("ghent", "2020"): Answer(2, ("loans",)),
        ("delft", "2018"): Answer(1, ("grants",)),
        ("delft", "2020"): Answer(5, ("grants",), ("lottery",)),
        ("porto", "2018"): Answer(4, (), ("crowd",)),
        ("bergen", "2020"): Answer.without(Missing.REFUSED),
        ("cork", "2020"): Answer.without(Missing.ROUTED_PAST),
        ("aarhus", "2018"): Answer.without(Missing.REFUSED),
    }
    units = {unit: Unit(unit, unit, unit) for unit, _ in said}
    responses = tuple(Response(unit, wave, {"funds": answer}) for (unit, wave), answer in said.items())
    return CodedAnswers(units, {"funds": replace(VARIABLE, waves=waves)}, WAVES, responses)


def behind_share(
    category: str, group: Group = ALL, measure: str = "share", waves: tuple[str, ...] = WAVES, pooled: bool = True
) -> Behind:
    answers = asked(waves)
    groups = {(r.unit, r.wave): (EUROPE,) if r.unit != "ghent" else () for r in answers.responses}
    edition = POOLED if pooled else FIRST
    fact = Fact(FactKey(edition.id, "funds", category, group, measure), None, None, None)
    return behind(fact, edition, answers, groups)


def test_the_units_behind_a_share_are_named_and_those_left_out_by_reason_in_order_of_precedence() -> None:
    found = behind_share("grants")
    assert found == Behind(
        ("delft",),
        ("delft", "ghent", "porto"),
        {Missing.ROUTED_PAST: ("cork",), Missing.REFUSED: ("aarhus", "bergen")},
    )
    assert list(found.left_out) == [Missing.ROUTED_PAST, Missing.REFUSED]


def test_a_unit_whose_wave_did_not_offer_the_category_is_behind_it_as_not_offered() -> None:
    assert behind_share("loans") == Behind(
        ("ghent",),
        ("delft", "ghent"),
        {Missing.NOT_OFFERED: ("aarhus", "porto"), Missing.ROUTED_PAST: ("cork",), Missing.REFUSED: ("bergen",)},
    )


def test_a_unit_whose_wave_did_not_ask_is_behind_no_share() -> None:
    found = behind_share("grants", waves=("2020",))
    assert found.counted == ("delft", "ghent")
    assert found.left_out[Missing.NOT_ASKED] == ("aarhus", "porto")


def test_behind_own_words_stand_those_that_wrote_some() -> None:
    found = behind_share("", measure="own_words")
    assert (found.choosing, found.counted) == (("delft", "porto"), ("delft", "ghent", "porto"))
    assert behind_share("", measure="answered").choosing == ()


def test_behind_a_group_stand_its_members_alone_and_behind_a_wave_those_of_that_wave() -> None:
    assert behind_share("grants", EUROPE).counted == ("delft", "porto")
    assert behind_share("grants", pooled=False) == Behind(
        ("delft",), ("delft", "porto"), {Missing.REFUSED: ("aarhus",)}
    )
