"""What mutation testing found that nobody checked: rankings, ties of cost, ends of ranges, names of reasons."""

from __future__ import annotations

import numpy as np
import pytest

from cityfolio.harmonise.editions import Held
from cityfolio.model.answer import Answer
from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.model.missing import Missing
from cityfolio.model.ranking import ranks_pattern
from cityfolio.model.variable import Kind, Variable
from cityfolio.tabulate.disclosure.auditing import PossibleCount, possible_count
from cityfolio.tabulate.disclosure.crowd import Column, Crowd, crowd_of
from cityfolio.tabulate.disclosure.exchanges import Exchange, ranges
from cityfolio.tabulate.disclosure.items import NUMBER, items_of
from cityfolio.tabulate.disclosure.releasing import released
from cityfolio.tabulate.disclosure.rules import DisclosureRule
from cityfolio.tabulate.disclosure.withholding import Withheld, withheld_from
from cityfolio.tabulate.shares import OWN_WORDS
from tests.tabulate.surveys import choice

EDITION = Edition("2018", ("2018",))
EVERYBODY = Column("2018", ALL)


def ranked(*rankings: tuple[int, int, int]) -> tuple[list[tuple[str, int, int]], dict[str, str]]:
    """Of each category how many ranked it, of how many; and which are withheld among all units, with the reason."""
    variable = choice("first", {code: ["2018"] for code in "abc"}, Kind.RANKED, waves=["2018"])
    held = {f"u{n}": Held("2018", Answer(ranks_pattern(ranks))) for n, ranks in enumerate(rankings)}
    held["silent"] = Held("2018", Answer.without(Missing.NOT_ON_RECORD))
    crowd = crowd_of({EDITION: held}, lambda _unit, _wave: ())
    counted = [(item.answer, *item.counts(crowd.member)[0]) for item in items_of(variable, crowd)]
    found = withheld_from(variable, crowd, DisclosureRule(minimum_numerator=3))
    return counted, {answer: where[EVERYBODY] for answer, where in found.by_answer.items() if where}


def test_of_a_ranking_whoever_ranks_a_category_at_all_counts_for_it() -> None:
    counted, hidden = ranked((1, 2, 0), (2, 1, 0), (1, 0, 0), (0, 1, 2), (3, 2, 1))
    assert counted == [("a", 4, 5), ("b", 4, 5), ("c", 2, 5)]
    assert hidden == {"c": "minimum_numerator"}


def test_of_numbers_and_texts_it_counts_who_answered() -> None:
    number = Variable("people", Kind.NUMBER, "People", ("2018", "2020"))
    held = {"a": Held("2018", Answer(0, number=1)), "b": Held("2018", Answer.without(Missing.REFUSED))}
    (item,) = items_of(number, crowd_of({EDITION: held}, lambda _unit, _wave: (Group("region", "north"),)))
    assert (item.answer, item.waves, item.counts(crowd_of({EDITION: held}, lambda _u, _w: ()).member)) == (
        NUMBER, ("2018", "2020"), [(1, 1)],
    )  # fmt: skip


def test_of_several_waves_taken_together_those_of_each_wave_can_be_told() -> None:
    pooled = Edition("all", ("2018", "2019", "2020"))
    held = {pooled: {unit: Held(wave, Answer(1)) for unit, wave in (("a", "2018"), ("b", "2019"), ("c", "2020"))}}
    crowd = crowd_of(held, lambda _unit, _wave: ())
    told = [{wave for wave, inside in zip(crowd.waves, part, strict=True) if inside} for part in crowd.parts]
    # Each wave by itself, in the same order on every machine; two of them follow from one only by a further step.
    assert told == [{"2018"}, {"2019"}, {"2020"}]


def test_classes_columns_and_counts_that_do_not_fit_each_other_are_refused() -> None:
    member = np.ones((2, 1), dtype=np.bool_)
    columns = (EVERYBODY, Column("2020", ALL))
    with pytest.raises(ValueError, match="zip"):
        Crowd(columns[:1], member, ("2018", "2018"), ({1: 1},)).counting(bool, ("2018",))
    with pytest.raises(ValueError, match="zip"):
        _ = Crowd(columns, member, ("2018", "2018"), ({1: 1}, {1: 1})).parts


def test_counts_are_whole_numbers_so_the_audit_looks_for_whole_ones() -> None:
    """Three pairs and a single of five: in halves there are other solutions, in whole answers there is one."""
    member = np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 0, 0]], dtype=np.bool_)
    exchange = Exchange(
        member, np.array([1, 1, 1, 1, 0]), np.array([1, 1, 1, 2, 1]), np.ones(3), np.zeros(5, dtype=np.int64)
    )
    target = np.array([True, True, True, False, False])
    assert possible_count(exchange, np.ones(3, dtype=np.bool_), target) == PossibleCount(3, 3)
    assert possible_count(exchange, np.zeros(3, dtype=np.bool_), target) == PossibleCount(0, 3)


def test_of_nobody_nothing_can_be_told() -> None:
    none = np.zeros(0, dtype=np.int64)
    exchange = Exchange(np.zeros((0, 2), dtype=np.bool_), none, none, np.ones(2), none)
    assert ranges(exchange, np.ones(2, dtype=np.bool_), np.zeros((3, 0), dtype=np.bool_)).tolist() == [0, 0, 0]


def hidden_in(
    variable: Variable, said: dict[Edition, list[tuple[str, int, int]]], rule: DisclosureRule
) -> dict[str, set[str]]:
    """The columns in which each answer is withheld; a line of `said` is a region, a pattern, and how many gave it."""
    held: dict[Edition, dict[str, Held]] = {}
    for edition, lines in said.items():
        units = {
            f"{region}/{edition.id}/{line}/{n}": Held(edition.waves[0], Answer(pattern))
            for line, (region, pattern, times) in enumerate(lines)
            for n in range(times)
        }
        held[edition] = units
    crowd = crowd_of(held, lambda unit, _wave: (Group("region", unit.partition("/")[0]),))
    found = withheld_from(variable, crowd, rule)
    return {
        answer: {f"{column.edition} {column.group.key or column.group.id}" for column in where}
        for answer, where in found.by_answer.items()
        if where
    }


def test_each_wave_of_a_hidden_answer_needs_a_second_hidden_one() -> None:
    offered = {"a": ["2018"], "b": ["2018", "2020"], "c": ["2020"]}
    variable = choice("goals", offered, Kind.SINGLE, waves=["2018", "2020"])
    a, b, c = (variable.bits[code] for code in "abc")
    said = {
        EDITION: [("north", a, 3), ("north", b, 20)],
        Edition("2020", ("2020",)): [("north", b, 20), ("north", c, 2)],
    }
    # c is too rare. a is the next rarest, but nobody could choose it in 2020: there c would be what is left.
    everywhere = {"2018 all", "2018 north", "2020 all", "2020 north"}
    hidden = hidden_in(variable, said, DisclosureRule(minimum_numerator=3))
    assert hidden == {"a": everywhere, "b": everywhere, "c": everywhere}


def test_own_words_that_are_too_rare_among_all_units_are_withheld_in_every_group() -> None:
    goals = choice("goals", {"yes": ["2018"], "no": ["2018"]}, Kind.SINGLE, waves=["2018"])
    variable = Variable(goals.id, goals.kind, goals.label, goals.waves, goals.categories, own_words=True)
    yes, no, words = variable.bits["yes"], variable.bits["no"], variable.own_words_bit
    lines = [("north", yes | words, 2), ("north", yes, 10), ("north", no, 10), ("south", yes, 10), ("south", no, 10)]
    hidden = hidden_in(variable, {EDITION: lines}, DisclosureRule(minimum_numerator=3))
    # Nobody in the south has words of its own; it is withheld all the same, since the north would be the rest.
    assert hidden[OWN_WORDS] == {"2018 all", "2018 north", "2018 south"}


def test_own_words_alone_are_counted_among_all_who_answered_not_among_those_offered_a_category() -> None:
    goals = choice("goals", {"yes": ["2018", "2020"], "new": ["2020"]}, Kind.SINGLE, waves=["2018", "2020"])
    variable = Variable(goals.id, goals.kind, goals.label, goals.waves, goals.categories, own_words=True)
    yes, new, words = variable.bits["yes"], variable.bits["new"], variable.own_words_bit
    said = {
        EDITION: [("north", words, 6), ("north", yes, 8)],
        Edition("2020", ("2020",)): [("north", words, 6), ("north", yes, 8), ("north", new, 8)],
    }
    assert hidden_in(variable, said, DisclosureRule(minimum_base=5, minimum_numerator=3, minimum_rest=3)) == {}


def test_figures_of_all_units_go_last_however_much_else_has_to_go() -> None:
    """Two in the south are all that is tiny; the rest is one crowd, in two groups that cost twice as much as all together."""
    variable = choice("areas", {"yes": ["2018"]}, waves=["2018"])
    held = {f"s{n}": Held("2018", Answer(1 if n < 2 else 0)) for n in range(2)}
    held |= {f"n{n}": Held("2018", Answer(1 if n < 30 else 0)) for n in range(60)}

    def groups_of(unit: str, _wave: str) -> tuple[Group, ...]:
        south = unit.startswith("s")
        return (Group("region", "south" if south else "north"), Group("size", "tiny" if south else "large"))

    found = withheld_from(variable, crowd_of({EDITION: held}, groups_of), DisclosureRule(minimum_numerator=3))
    reasons = {column.group.id: why for column, why in found.by_answer["yes"].items()}
    assert reasons == {
        "region:south": "minimum_numerator",
        "size:tiny": "minimum_numerator",
        "region:north": "complementary",
        "size:large": "complementary",
    }


def test_where_nobody_answered_or_nothing_can_be_answered_nothing_is_withheld() -> None:
    rule = DisclosureRule(minimum_numerator=3)
    nothing = choice("areas", {}, waves=["2018"])
    held = {EDITION: {"a": Held("2018", Answer(0))}}
    assert withheld_from(nothing, crowd_of({}, lambda _unit, _wave: ()), rule) == Withheld()
    assert withheld_from(nothing, crowd_of(held, lambda _unit, _wave: ()), rule) == Withheld()


def test_of_numbers_means_and_sums_go_where_the_base_is_small_and_the_ends_everywhere() -> None:
    people = Variable("people", Kind.NUMBER, "People", ("2018",))
    north = Group("region", "north")
    withheld = {"people": Withheld({NUMBER: {Column("2018", north): "minimum_base"}})}
    facts = [
        Fact(FactKey("2018", "people", "", group, measure), None, Base(9), 5.0)
        for group in (ALL, north)
        for measure in ("mean", "largest")
    ]
    told = {
        (fact.key.group.id, fact.key.measure): fact.withheld
        for fact in released(facts, {"people": people}, withheld, DisclosureRule(minimum_base=5))
    }
    assert told == {
        ("all", "mean"): "",
        ("all", "largest"): "complementary",
        ("region:north", "mean"): "minimum_base",
        ("region:north", "largest"): "complementary",
    }
