"""Edges of the facts of an edition and of their store: the cases that mutation testing found untested."""

from __future__ import annotations

import pytest

from cityfolio.engine.plain import PlainEngine
from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import ALL, Group
from cityfolio.model.fact import PUBLISHED, Base, Fact, FactKey
from cityfolio.model.missing import Missing
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Category, Kind, Variable
from cityfolio.tabulate.facts import FactStore, edition_facts, participation_facts
from cityfolio.tabulate.ranked import ranking_pattern
from tests.tabulate.surveys import FIRST

NORTH, SOUTH = Group("region", "north"), Group("region", "south")
ON = ("2018",)
SCALE = Variable(
    "trust", Kind.SCALE, "Trust", ON, (Category("low", "Low", ON, score=1), Category("high", "High", ON, score=2))
)
GOALS = Variable("goals", Kind.RANKED, "Goals", ON, (Category("roads", "Roads", ON), Category("rain", "Rain", ON)))
FUNDS = Variable(
    "funds",
    Kind.MULTIPLE,
    "Funds",
    ON,
    (Category("grants", "Grants", ON), Category("loans", "Loans", ON), Category("none", "None", ON, exclusive=True)),
    own_words=True,
)
PEOPLE = Variable("people", Kind.NUMBER, "People", ON)
# The bits of a multiple choice: grants, loans, none, and above them own words.
SAID = {
    SCALE.id: ((1, 2, 2), Missing.REFUSED),
    GOALS.id: (
        tuple(ranking_pattern(GOALS, ranks) for ranks in ({"roads": 1, "rain": 2}, {"roads": 1}, {"rain": 1})),
        Missing.REFUSED,
    ),
    FUNDS.id: ((1, 9, 4), Missing.ROUTED_PAST),
    PEOPLE.id: ((0, 0, 0), Missing.UNANSWERED),
}
CITIES = {"delft": NORTH, "porto": SOUTH, "genoa": SOUTH, "turku": NORTH}


def facts_of(variable: Variable, invited: int | None = None) -> dict[str, tuple[int | None, int, float | None]]:
    """Numerator, base and value of each fact, by its id without edition and variable."""
    patterns, reason = SAID[variable.id]
    given = [*(Answer(pattern) for pattern in patterns), Answer.without(reason)]
    responses = tuple(Response(unit, "2018", {variable.id: answer}) for unit, answer in zip(CITIES, given, strict=True))
    units = {unit: Unit(unit, unit, unit) for unit in CITIES}
    answers = CodedAnswers(units, {variable.id: variable}, ON, responses)
    engine = PlainEngine(answers, {(unit, "2018"): (group,) for unit, group in CITIES.items()})
    facts = edition_facts(engine, FIRST, answers.variables, ["region"], invited)
    start = f"{FIRST.id}.{variable.id}."
    found = {f.id: (f.numerator, f.base.counted if f.base else 0, f.value) for f in facts}
    assert all(fact.startswith(start) for fact in found)
    return {fact.removeprefix(start): shown for fact, shown in found.items()}


def test_a_scale_has_boxes_and_a_mean_score_in_every_group() -> None:
    found = facts_of(SCALE)
    boxes = {fact: shown for fact, shown in found.items() if "box" in fact or "mean" in fact}
    assert boxes == {
        "_.all.share_top_box": (2, 3, 2 / 3),
        "_.all.share_bottom_box": (1, 3, 1 / 3),
        "_.all.mean_score": (None, 3, 5 / 3),
        "_.region:north.share_top_box": (0, 1, 0.0),
        "_.region:north.share_bottom_box": (1, 1, 1.0),
        "_.region:north.mean_score": (None, 1, 1.0),
        "_.region:south.share_top_box": (2, 2, 1.0),
        "_.region:south.share_bottom_box": (0, 2, 0.0),
        "_.region:south.mean_score": (None, 2, 2.0),
    }
    assert found["_.all.answered"] == (3, 4, 0.75)


def test_a_ranking_has_first_choices_the_best_and_a_mean_rank_in_every_group() -> None:
    found = facts_of(GOALS)
    assert {fact: shown for fact, shown in found.items() if fact.startswith("roads.all.share_")} == {
        "roads.all.share_first": (2, 3, 2 / 3),
        "roads.all.share_top_3": (2, 3, 2 / 3),
        "roads.all.share_ranked": (2, 3, 2 / 3),
        "roads.all.share_of_offered": (2, 4, 0.5),
        "roads.all.share_of_asked": (2, 4, 0.5),
        "roads.all.share_of_participants": (2, 4, 0.5),
    }
    assert (found["rain.all.mean_rank"], found["rain.region:south.mean_rank"]) == ((None, 2, 1.5), (None, 1, 1.0))
    assert "rain.all.rank" not in found


def test_a_multiple_choice_has_own_words_and_ranks_without_its_none() -> None:
    found = facts_of(FUNDS, invited=4)
    assert found == {
        "_.all.answered": (3, 3, 1.0),
        "grants.all.share": (2, 3, 2 / 3),
        "loans.all.share": (0, 3, 0.0),
        "none.all.share": (1, 3, 1 / 3),
        "_.all.own_words": (1, 3, 1 / 3),
        **{
            f"{code}.all.share_of_{rule}": (chosen, base, chosen / base)
            for code, chosen in (("grants", 2), ("loans", 0), ("none", 1))
            for rule, base in (("offered", 3), ("asked", 3), ("participants", 4), ("invited", 4))
        },
        "grants.all.rank": (2, 3, 1.0),
        "loans.all.rank": (0, 3, 2.0),
        "grants.region:north.share": (1, 1, 1.0),
        "loans.region:north.share": (0, 1, 0.0),
        "none.region:north.share": (0, 1, 0.0),
        "_.region:north.own_words": (0, 1, 0.0),
        "grants.region:south.share": (1, 2, 0.5),
        "loans.region:south.share": (0, 2, 0.0),
        "none.region:south.share": (1, 2, 0.5),
        "_.region:south.own_words": (1, 2, 0.5),
    }


@pytest.mark.parametrize("invited", [None, 3])
def test_without_a_number_of_invited_that_can_be_there_is_no_share_of_them(invited: int | None) -> None:
    assert not [fact for fact in facts_of(FUNDS, invited) if fact.endswith("invited")]


def test_of_a_number_there_is_only_who_answered_here() -> None:
    assert facts_of(PEOPLE) == {"_.all.answered": (3, 4, 0.75)}


def test_who_takes_part_is_counted_by_group_and_the_groups_by_kind() -> None:
    assert list(participation_facts(FIRST, {ALL: 4, NORTH: 2}, {"region": 2})) == [
        Fact(FactKey("2018", "_units", "", ALL, "count"), 4, Base(4), 4.0),
        Fact(FactKey("2018", "_units", "", NORTH, "count"), 2, Base(2), 2.0),
        Fact(FactKey("2018", "_units", "region", ALL, "groups"), None, Base(4), 2.0),
    ]
    assert list(participation_facts(FIRST, {}, {"region": 0})) == [
        Fact(FactKey("2018", "_units", "region", ALL, "groups"), None, Base(0), 0.0)
    ]


def test_the_store_tells_published_figures_from_those_computed() -> None:
    def fact(variable: str, source: str, edition: str = "2018") -> Fact:
        return Fact(FactKey(edition, variable, "yes", ALL, "share", source), 1, Base(2), 0.5)

    later, printed, other = fact("plan", PUBLISHED, "2020"), fact("plan", PUBLISHED), fact("goals", PUBLISHED)
    computed = fact("plan", "responses")
    store = FactStore.of([later, computed, printed, other])
    assert list(store) == [later, computed, printed, other]
    assert store.published == [other, printed, later]
    assert store.published_about("plan") == [printed, later]
    assert store.find("2018", "plan", "yes") == computed
    assert store.find("2018", "plan", "yes", source=PUBLISHED) == printed
    assert store.find("2018", "plan", "no") is None
