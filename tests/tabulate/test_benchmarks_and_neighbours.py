from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.model.unit import Unit
from cityfolio.tabulate.benchmarks import (
    Judgement,
    Polarity,
    Position,
    Standing,
    judgement,
    peers_of,
    position,
    same_answer,
    standing,
)
from cityfolio.tabulate.intervals import Part
from cityfolio.tabulate.neighbours import Feature, Likeness, Neighbour, Scaling, distance, neighbours

NUMBERS = st.lists(st.integers(-20, 20).map(Fraction), max_size=12)


def test_a_benchmark_never_crosses_types() -> None:
    # mysociety/caps 337: districts were set against counties despite a promise
    types = {"delft": "city", "porto": "city", "kent": "county", "unknown": ""}
    units = {unit: Unit(unit, unit, unit, {"type": type_}) for unit, type_ in types.items()}
    assert peers_of(units, "delft", "type") == {"porto"}
    assert peers_of(units, "unknown", "type") == frozenset()
    assert peers_of(units, "delft") == {"porto", "kent", "unknown"}


def test_the_same_answer_is_counted_among_the_others_that_answered() -> None:
    others = {0b01: 43, 0b11: 2, 0b10: 40, -6: 9}
    assert same_answer(0b01, others) == Part(43, 85)
    assert same_answer(0b01, others, mask=0b01) == Part(45, 85)
    assert same_answer(-6, others) is None
    assert same_answer(0b01, {-6: 9}) is None


def test_position_and_percentile_are_two_things_and_ties_are_stated() -> None:
    # kavigupta/urbanstats 292: users took the rank for the percentile
    values = [Fraction(number) for number in (9, 6, 6, 0)]
    assert position(Fraction(6), values) == Position(place=2, of=5, tied=2, at_or_below=Fraction(4, 5))


@given(st.integers(-20, 20).map(Fraction), NUMBERS)
def test_a_position_lies_on_the_list_whatever_the_order(value: Fraction, others: list[Fraction]) -> None:
    found = position(value, others)
    assert found == position(value, sorted(others))
    assert 1 <= found.place <= found.place + found.tied <= found.of == len(others) + 1
    assert 0 < found.at_or_below <= 1


@given(st.fractions(), st.fractions(), st.fractions(min_value=0))
def test_above_below_and_similar_exclude_each_other(value: Fraction, benchmark: Fraction, threshold: Fraction) -> None:
    found = standing(value, benchmark, threshold)
    turned = {Standing.ABOVE: Standing.BELOW, Standing.BELOW: Standing.ABOVE, Standing.SIMILAR: Standing.SIMILAR}
    assert standing(benchmark, value, threshold) is turned[found]
    assert standing(value, value, threshold) is Standing.SIMILAR
    assert judgement(found, Polarity.NONE) is Judgement.NONE


def test_a_judgement_needs_a_declared_polarity() -> None:
    assert [judgement(s, Polarity.HIGH_IS_GOOD) for s in Standing] == [
        Judgement.WORSE,
        Judgement.SIMILAR,
        Judgement.BETTER,
    ]
    with pytest.raises(ValueError, match="negative"):
        standing(Fraction(1), Fraction(1), Fraction(-1))


SIZE = Feature("population", "size", Scaling.NUMBER, {"a": Fraction(0), "b": Fraction(5), "c": Fraction(10)})
AREAS = Feature("areas", "answers", Scaling.CHOICES, {"a": frozenset({"rail", "rain"}), "b": frozenset({"rail"})})
REGION = Feature("continent", "region", Scaling.SAME, {"a": "EU", "b": "EU", "c": "AS"}, Fraction(2))


def test_a_neighbour_comes_with_its_reasons_the_likest_first() -> None:
    assert distance("a", "b", [SIZE, AREAS, REGION]) == Neighbour(
        "b",
        Fraction(1, 4),
        Fraction(1),
        (
            Likeness("continent", "region", Fraction(0)),
            Likeness("areas", "answers", Fraction(1, 2)),
            Likeness("population", "size", Fraction(1, 2)),
        ),
    )


def test_nobody_is_a_neighbour_by_what_is_suppressed_or_for_having_said_little() -> None:
    hidden = Feature("areas", "answers", Scaling.CHOICES, AREAS.values, suppressed=frozenset({"b"}))
    assert distance("a", "b", [hidden]) is None
    assert neighbours("a", ["b", "c"], [hidden]) == []
    assert [found.unit for found in neighbours("a", ["b", "c"], [SIZE, AREAS, AREAS])] == ["b"]


def test_values_on_two_sides_of_a_break_are_not_compared() -> None:
    parted = Feature("population", "size", Scaling.NUMBER, SIZE.values, sides={"a": 0, "b": 1, "c": 0})
    assert [parted.difference("a", other) for other in "bc"] == [None, Fraction(1)]
    assert [found.unit for found in neighbours("a", ["b", "c"], [parted])] == ["c"]


def test_two_empty_sets_are_alike_and_an_empty_set_is_no_gap() -> None:
    none: frozenset[str] = frozenset()
    feature = Feature("areas", "answers", Scaling.CHOICES, {"a": none, "b": none, "c": frozenset({"rail"})})
    assert [feature.difference("a", other) for other in "bcd"] == [Fraction(0), Fraction(1), None]


def test_one_giant_does_not_make_all_others_alike_by_rank() -> None:
    sizes = {"a": Fraction(1), "b": Fraction(2), "c": Fraction(2), "giant": Fraction(1000)}
    assert Feature("size", "size", Scaling.RANK, sizes).difference("a", "b") == Fraction(1, 2)
    assert Feature("size", "size", Scaling.NUMBER, sizes).difference("a", "b") == Fraction(1, 999)


@st.composite
def features(draw: st.DrawFn) -> list[Feature]:
    units = "abcde"
    numbers = draw(st.dictionaries(st.sampled_from(units), st.integers(0, 9).map(Fraction)))
    regions = draw(st.dictionaries(st.sampled_from(units), st.sampled_from(["EU", "AS"])))
    chosen = draw(st.dictionaries(st.sampled_from(units), st.frozensets(st.sampled_from("xyz"))))
    hidden = draw(st.frozensets(st.sampled_from(units)))
    sides = draw(st.one_of(st.just({}), st.fixed_dictionaries(dict.fromkeys(units, st.integers(0, 2)))))
    scaling = draw(st.sampled_from([Scaling.NUMBER, Scaling.RANK]))
    return [
        Feature("n", "size", scaling, dict(numbers), suppressed=hidden),
        Feature("r", "region", Scaling.SAME, dict(regions), Fraction(1, 2)),
        Feature("c", "answers", Scaling.CHOICES, dict(chosen), Fraction(3), sides=sides),
    ]


@given(features(), st.randoms())
def test_distances_are_symmetric_from_0_to_1_and_shuffling_moves_nobody(
    declared: list[Feature], random: Random
) -> None:
    shuffled = declared.copy()
    random.shuffle(shuffled)
    candidates = list("abcde")
    random.shuffle(candidates)
    for one in "abcde":
        assert neighbours(one, candidates, shuffled) == neighbours(one, "abcde", declared)
        for other in "abcde":
            there, back = distance(one, other, declared), distance(other, one, declared)
            assert (there is None) == (back is None)
            if there is not None and back is not None:
                assert there.distance == back.distance
                assert 0 <= there.distance <= 1
                assert one != other or there.distance == 0
