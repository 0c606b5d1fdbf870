"""Edges of comparisons (benchmarks, neighbours, crossings, crosstabs) that mutation testing found untested."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cityfolio.engine.counting import PatternCounts
from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import ALL, Group
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.model.missing import Missing
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Kind
from cityfolio.tabulate.benchmarks import same_answer
from cityfolio.tabulate.crossings import by_answer
from cityfolio.tabulate.crosstabs import ChiSquare, Crosstab, Drawn, NoTest, association, pair_patterns
from cityfolio.tabulate.groups import roll_up
from cityfolio.tabulate.intervals import Part
from cityfolio.tabulate.neighbours import Feature, Likeness, Neighbour, Scaling, distance, neighbours
from tests.tabulate.surveys import POOLED, WAVES, choice

STRATEGY = choice("strategy", {"yes": WAVES, "no": WAVES}, Kind.SINGLE)
PLAN = choice("plan", {"good": WAVES, "bad": WAVES}, Kind.SINGLE)
EUROPE = Group("continent", "EU")


def test_none_of_the_categories_is_an_answer_that_others_can_share() -> None:
    assert same_answer(0, {0: 3, 1: 2, -7: 4}) == Part(3, 5)
    assert same_answer(0b101, {0b001: 2, 0b000: 3, 0b100: 1}, mask=0b001) == Part(2, 6)
    assert same_answer(0b10, {0b10: 1, 0b11: 1}) == Part(1, 2)
    assert same_answer(0, {}) is None


def test_mid_ranks_of_ties_lie_between_the_ranks_they_take() -> None:
    sizes = {unit: Fraction(size) for unit, size in zip("abcdef", (1, 1, 1, 5, 7, 7), strict=True)}
    # ranks 1-3, 4, 5-6: mid-ranks 2, 4 and 5.5, a range of 3.5
    ranked = Feature("size", "size", Scaling.RANK, sizes)
    assert [ranked.difference("a", other) for other in "abdef"] == [
        Fraction(0),
        Fraction(0),
        Fraction(2) / Fraction(7, 2),
        Fraction(1),
        Fraction(1),
    ]


def test_a_feature_of_no_weight_is_no_reason() -> None:
    size = Feature("size", "size", Scaling.SAME, {"a": "large", "b": "large"}, Fraction(0))
    region = Feature("region", "region", Scaling.SAME, {"a": "EU", "b": "AS"})
    assert distance("a", "b", [size, region]) == Neighbour(
        "b", Fraction(1), Fraction(1), (Likeness("region", "region", Fraction(1)),)
    )


def test_five_neighbours_are_named_and_half_of_the_weights_is_enough_to_compare_by() -> None:
    size = Feature("size", "size", Scaling.SAME, dict.fromkeys("abcdefgh", "large"))
    region = Feature("region", "region", Scaling.SAME, {"a": "EU", "c": "EU"})
    found = neighbours("a", "hgfedcba", [size, region])
    assert [(one.unit, one.compared) for one in found] == [
        ("b", Fraction(1, 2)),
        ("c", Fraction(1)),
        ("d", Fraction(1, 2)),
        ("e", Fraction(1, 2)),
        ("f", Fraction(1, 2)),
    ]


def test_cells_that_do_not_fit_their_kinds_of_groups_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        roll_up(PatternCounts("v", ("continent", "size"), {("2018", "EU"): {1: 1}}))


def asked(said: dict[tuple[str, str], dict[str, str]]) -> CodedAnswers:
    variables = {"strategy": STRATEGY, "plan": PLAN}
    responses = tuple(
        Response(
            *place,
            {
                name: Answer(variables[name].bits[code], (code,)) if code else Answer.without(Missing.REFUSED)
                for name, code in answers.items()
            },
        )
        for place, answers in said.items()
    )
    units = {unit: Unit(unit, unit, unit) for unit, _ in said}
    return CodedAnswers(units, variables, ("2016", *WAVES), responses)


def test_groups_by_answer_are_added_to_those_there_are_and_silence_makes_none() -> None:
    answers = asked(
        {
            ("delft", "2018"): {"strategy": "yes", "plan": "bad"},
            ("porto", "2018"): {"strategy": ""},
            ("turku", "2018"): {},
        }
    )
    groups = {("delft", "2018"): (EUROPE,), ("porto", "2018"): (EUROPE,)}
    assert by_answer(answers, groups, [STRATEGY, PLAN]) == {
        ("delft", "2018"): (EUROPE, Group("strategy", "yes"), Group("plan", "bad")),
        ("porto", "2018"): (EUROPE,),
        ("turku", "2018"): (),
    }


def test_pairs_of_answers_are_counted_by_wave_and_units_outside_the_edition_are_passed_over() -> None:
    both = {"strategy": "yes", "plan": "good"}
    answers = asked({("aarhus", "2016"): both, ("delft", "2018"): both, ("genoa", "2018"): both, ("porto", "2020"): {}})
    lost = Missing.NOT_ON_RECORD.pattern
    assert pair_patterns(answers, POOLED, "strategy", "plan") == {"2018": {(1, 1): 2}, "2020": {(lost, lost): 1}}


def test_the_shares_of_a_cell_are_whole_facts_and_none_of_a_multiple_choice_counts_in_its_total() -> None:
    funds = choice("funds", {"own": WAVES})
    (row, column, total) = [
        fact
        for fact in Crosstab(STRATEGY, funds, {"2018": {(1, 1): 1, (1, 0): 3, (2, 1): 1, (0, 1): 2, (1, -7): 9}}).facts(
            "e"
        )
        if fact.key.group == Group("strategy", "yes")
    ]
    key = [
        FactKey("e", "funds", "own", Group("strategy", "yes"), f"share_of_{of}") for of in ("row", "column", "total")
    ]
    assert row == Fact(key[0], 1, Base(4), 0.25)
    assert column == Fact(key[1], 1, Base(4), 0.25)
    assert total == Fact(key[2], 1, Base(7), 1 / 7)
    assert ALL not in {row.key.group, column.key.group}


def test_two_rows_and_two_columns_are_enough_for_a_test_and_one_of_either_is_not() -> None:
    def tested(pairs: dict[tuple[int, int], int]) -> ChiSquare | NoTest:
        return association(Crosstab(STRATEGY, PLAN, {"2018": pairs}), Drawn.SIMPLE_RANDOM_SAMPLE)

    found = tested({(1, 1): 8, (1, 2): 2, (2, 1): 2, (2, 2): 8})
    assert isinstance(found, ChiSquare)
    assert found.statistic == pytest.approx(7.2)
    assert (found.degrees_of_freedom, found.smallest_expected) == (1, 5.0)
    assert tested({(1, 1): 5, (1, 2): 5}) is NoTest.TOO_FEW_CATEGORIES
    assert tested({(1, 1): 5, (2, 1): 5}) is NoTest.TOO_FEW_CATEGORIES
