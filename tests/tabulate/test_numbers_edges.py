"""Edges of numbers, ranges, rankings and scales: the cases that mutation testing found untested."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from cityfolio.harmonise.editions import Held
from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import ALL, Group
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.model.missing import Missing
from cityfolio.model.quantity import Quantity, Range, read_quantity
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Category, Kind, Variable
from cityfolio.tabulate.intervals import Interval
from cityfolio.tabulate.number_variables import number_variable_facts
from cityfolio.tabulate.numbers import QuantileRule, number_facts, quantile, tally
from cityfolio.tabulate.ranges import certain_and_possible, mean_bounds, quantile_bounds, total_bounds
from cityfolio.tabulate.ranked import first_and_top, mean_ranks, ranking_pattern
from cityfolio.tabulate.scales import Scale, scale_facts, scale_of
from cityfolio.tabulate.texts import Words, words_listed
from tests.tabulate.surveys import POOLED, WAVES

EUROPE = Group("continent", "EU")
REFUSED, PAST = Missing.REFUSED.pattern, Missing.ROUTED_PAST.pattern
HALF = Fraction(1, 2)


def amounts(*texts: str) -> list[Quantity]:
    return [read_quantity(text) for text in texts]


@pytest.mark.parametrize("p", [Fraction(-1, 100), Fraction(101, 100), Fraction(2)])
def test_a_quantile_outside_0_to_1_is_refused(p: Fraction) -> None:
    with pytest.raises(ValueError, match=f"0 <= p <= 1, not {p}"):
        quantile({Fraction(1): 1}, p)


@pytest.mark.parametrize("rule", QuantileRule)
def test_the_ends_of_every_definition_are_the_smallest_and_the_largest_number(rule: QuantileRule) -> None:
    times = tally(map(Fraction, (1, 5, 5, 9)))
    ends = [quantile(times, Fraction(p), rule) for p in (0, 1)]
    assert ends == [Fraction(1), Fraction(9)]
    assert quantile({Fraction(3): 2, Fraction(4): 0}, Fraction(1), rule) == 3


def test_the_facts_of_a_number_keep_everything_of_the_key_but_the_measure() -> None:
    key = FactKey("2018", "staff", "lab", EUROPE, "share", "elsewhere")
    facts = list(number_facts(key, {Fraction(2): 2}, Base(2), [("upper", Fraction(9, 10))]))
    measures = ("sum", "mean", "median", "smallest", "largest", "upper")
    assert [fact.key for fact in facts] == [FactKey("2018", "staff", "lab", EUROPE, m, "elsewhere") for m in measures]
    assert [fact.value for fact in facts] == [4.0, 2.0, 2.0, 2.0, 2.0, 2.0]


def test_a_number_variable_counts_each_unit_once_and_skips_those_outside_the_edition() -> None:
    staff = Variable("staff", Kind.NUMBER, "Staff", WAVES)
    said = {
        ("aarhus", "2024"): Answer(0, number=99.0),
        ("delft", "2018"): Answer(0, number=1.0),
        ("delft", "2020"): Answer(0, number=3.0),
        ("porto", "2018"): Answer(0, number=8.0),
        ("turku", "2020"): Answer.without(Missing.REFUSED),
    }
    units = {unit: Unit(unit, unit, unit) for unit, _ in said}
    responses = tuple(Response(unit, wave, {"staff": answer}) for (unit, wave), answer in said.items())
    answers = CodedAnswers(units, {"staff": staff}, (*WAVES, "2024"), responses)
    groups = {key: (EUROPE,) if key[0] == "delft" else () for key in said}
    facts = list(number_variable_facts(staff, POOLED, answers, groups))
    assert {f.id: f.value for f in facts if f.key.measure in ("sum", "mean", "median")} == {
        "2018-2020.staff._.all.sum": 11.0,
        "2018-2020.staff._.all.mean": 5.5,
        "2018-2020.staff._.all.median": 5.5,
        "2018-2020.staff._.continent:EU.sum": 3.0,
        "2018-2020.staff._.continent:EU.mean": 3.0,
        "2018-2020.staff._.continent:EU.median": 3.0,
    }
    assert [fact.base for fact in facts] == [Base(2, {Missing.REFUSED: 1})] * 7 + [Base(1)] * 7
    assert {fact.key.category for fact in facts} == {""}


def test_totals_and_means_are_open_on_the_side_that_a_range_leaves_open() -> None:
    over, under = amounts("3", "over 25"), amounts("3", "less than 5")
    assert total_bounds(under) == Interval(None, Fraction(8))
    assert total_bounds([]) == Interval(Fraction(0), Fraction(0))
    assert (mean_bounds(over), mean_bounds(under)) == (Interval(Fraction(14), None), Interval(None, Fraction(4)))


def test_quantile_bounds_follow_the_definition_on_both_sides() -> None:
    given = amounts("1", "4-6", "9", "12")
    assert quantile_bounds(given, HALF, QuantileRule.INVERSE) == Interval(Fraction(4), Fraction(6))
    assert quantile_bounds(given, HALF, QuantileRule.AVERAGING) == Interval(Fraction(13, 2), Fraction(15, 2))
    assert quantile_bounds(given, Fraction(1, 3), QuantileRule.LINEAR) == Interval(Fraction(4), Fraction(6))
    assert quantile_bounds([], HALF) is None


def test_a_quantile_is_open_only_where_it_leans_on_an_open_end() -> None:
    below = amounts("less than 5", "7", "8")
    assert quantile_bounds(below, Fraction(0)) == Interval(None, Fraction(5))
    assert quantile_bounds(below, HALF) == Interval(Fraction(7), Fraction(7))
    assert quantile_bounds(below, Fraction(1)) == Interval(Fraction(8), Fraction(8))
    above = amounts("over 5", "1", "2")
    assert quantile_bounds(above, Fraction(1)) == Interval(Fraction(5), None)
    assert quantile_bounds(above, Fraction(2, 3)) == Interval(Fraction(2), Fraction(2))
    # A straight line from 7 towards an unknown number leans on the unknown one.
    assert quantile_bounds(below, Fraction(1, 4), QuantileRule.LINEAR) == Interval(None, Fraction(6))
    open_both_ways = [Range(None, None, "unknown")]
    assert quantile_bounds(open_both_ways, HALF) == Interval(None, None)


@pytest.mark.parametrize(
    ("text", "low", "below", "certain_possible"),
    [
        ("5", 5, 6, (1, 1)),
        ("5", 4, 5, (0, 0)),
        ("4-5", 4, 5, (0, 1)),
        ("4-6", 4, 5, (0, 1)),
        ("less than 5", None, 5, (1, 1)),
        ("less than 5", 5, None, (0, 0)),
        ("up to 5", None, 5, (0, 1)),
        ("up to 5", 5, None, (0, 1)),
        ("up to 5", None, 6, (1, 1)),
        ("less than 5", None, 4, (0, 1)),
        ("less than 5", 1, 5, (0, 1)),
        ("over 25", 25, None, (1, 1)),
        ("over 25", None, 25, (0, 0)),
        ("over 25", None, 30, (0, 1)),
        ("4-6", None, None, (1, 1)),
    ],
)
def test_at_the_edges_of_a_band_it_matters_whether_the_end_is_included(
    text: str, low: int | None, below: int | None, certain_possible: tuple[int, int]
) -> None:
    ends = [None if end is None else Fraction(end) for end in (low, below)]
    assert certain_and_possible(amounts(text), *ends) == certain_possible


CODES = tuple(
    Category(code, code, waves)
    for code, waves in (("roads", ("2020",)), ("rents", WAVES), ("rain", WAVES), ("rail", WAVES))
)
GOALS = Variable("goals", Kind.RANKED, "Goals", WAVES, CODES)


def ranking(**ranks: int) -> int:
    return ranking_pattern(GOALS, ranks)


def test_rankings_have_whole_keys_bases_and_a_best_three() -> None:
    patterns = {"2018": {ranking(rents=4, rain=1): 3, REFUSED: 2, 0: 1}}
    key = {
        (code, measure): FactKey("2018", "goals", code, EUROPE, measure)
        for code in ("rents", "rain", "rail")
        for measure in ("share_first", "share_top_3", "share_ranked", "mean_rank")
    }
    base = Base(4, {Missing.REFUSED: 2})
    assert list(first_and_top(GOALS, "2018", EUROPE, patterns)) == [
        Fact(key["rents", "share_first"], 0, base, 0.0),
        Fact(key["rents", "share_top_3"], 0, base, 0.0),
        Fact(key["rents", "share_ranked"], 3, base, 0.75),
        Fact(key["rain", "share_first"], 3, base, 0.75),
        Fact(key["rain", "share_top_3"], 3, base, 0.75),
        Fact(key["rain", "share_ranked"], 3, base, 0.75),
        Fact(key["rail", "share_first"], 0, base, 0.0),
        Fact(key["rail", "share_top_3"], 0, base, 0.0),
        Fact(key["rail", "share_ranked"], 0, base, 0.0),
    ]
    among = Base(3, {Missing.REFUSED: 2})
    assert list(mean_ranks(GOALS, "2018", EUROPE, patterns)) == [
        Fact(key["rents", "mean_rank"], None, among, 4.0),
        Fact(key["rain", "mean_rank"], None, among, 1.0),
    ]


def test_a_rank_in_a_wave_that_did_not_offer_the_category_does_not_count() -> None:
    patterns = {"2018": {ranking(roads=1): 5}, "2020": {ranking(roads=2, rain=1): 1, ranking(rain=1): 1}}
    (roads,) = [fact for fact in mean_ranks(GOALS, "e", ALL, patterns) if fact.key.category == "roads"]
    assert (roads.value, roads.base) == (2.0, Base(1, {Missing.NOT_OFFERED: 5}))


def scored(*scores: float | None, boxes: int = 0) -> Variable:
    categories = tuple(Category(f"c{at}", f"C{at}", WAVES, score=score) for at, score in enumerate(scores))
    return Variable("trust", Kind.SCALE, "Trust", WAVES, categories, boxes=boxes)


def test_a_scale_takes_the_scores_that_are_declared_and_a_box_that_fits_their_number() -> None:
    assert scale_of(scored(1, 2.5, None)) == Scale({"c0": Fraction(1), "c1": Fraction(5, 2)}, boxes=1)
    numbers = {f"c{at}": Fraction(at) for at in range(5)}
    three, four = ({code: numbers[code] for code in list(numbers)[:many]} for many in (3, 4))
    assert scale_of(scored(0, 1, 2)) == Scale(three, boxes=1)
    assert scale_of(scored(0, 1, 2, 3)) == Scale(four, boxes=2)
    assert scale_of(scored(0, 1, 2, 3, 4)) == Scale(numbers, boxes=2)
    assert scale_of(scored(0, 1, 2, 3, boxes=1)) == Scale(four, boxes=1)
    assert (scale_of(scored(1, None)), scale_of(scored())) == (None, None)


def test_boxes_may_meet_in_the_middle_and_not_pass_it() -> None:
    two, three = ({f"c{at}": Fraction(at) for at in range(many)} for many in (2, 3))
    assert (Scale(two, 1).top, Scale(two, 1).bottom) == (("c1",), ("c0",))
    for scores, boxes in ((two, 0), (two, 2), (three, 2)):
        with pytest.raises(ValueError, match=f"{boxes} boxes at each end of {len(scores)} categories"):
            Scale(scores, boxes)


def test_scales_have_whole_keys_and_bases_and_a_category_without_score_counts_in_the_boxes_base_alone() -> None:
    trust = scored(3, 1, None)
    patterns = {"2018": {1: 2, 2: 1, 4: 5, REFUSED: 1, PAST: 3}}
    scale = scale_of(trust)
    assert scale is not None
    excluded = {Missing.REFUSED: 1, Missing.ROUTED_PAST: 3}
    expected = [
        Fact(FactKey("2018", "trust", "", EUROPE, "share_top_box"), 2, Base(8, excluded), 0.25),
        Fact(FactKey("2018", "trust", "", EUROPE, "share_bottom_box"), 1, Base(8, excluded), 0.125),
        Fact(FactKey("2018", "trust", "", EUROPE, "mean_score"), None, Base(3, excluded), 7 / 3),
    ]
    assert list(scale_facts(trust, scale, "2018", EUROPE, patterns)) == expected


def test_a_wave_that_offered_part_of_the_scale_is_left_out_as_not_offered() -> None:
    trust = scored(1, 2)
    shorter = replace(trust, categories=(trust.categories[0], replace(trust.categories[1], waves=("2020",))))
    scale = Scale({"c0": Fraction(1), "c1": Fraction(2)}, 1)
    facts = list(scale_facts(shorter, scale, "e", ALL, {"2018": {1: 4}, "2020": {2: 1, 1: 1}}))
    assert [(f.numerator, f.base, f.value) for f in facts] == [
        (1, Base(2, {Missing.NOT_OFFERED: 4}), 0.5),
        (1, Base(2, {Missing.NOT_OFFERED: 4}), 0.5),
        (None, Base(2, {Missing.NOT_OFFERED: 4}), 1.5),
    ]
    assert list(scale_facts(shorter, scale, "e", ALL, {"2018": {1: 4}})) == []


def test_numbers_empty_texts_and_what_was_refused_are_no_words() -> None:
    note = Variable("note", Kind.TEXT, "Note", WAVES)
    held = {
        "delft": Held("2018", Answer(0, text="12", number=12.0)),
        "genoa": Held("2018", Answer(0, text="")),
        "porto": Held("2020", Answer(REFUSED, text="said and taken back")),
        "turku": Held("2020", Answer(0, text="a lab")),
    }
    assert words_listed(note, held) == [Words("a lab", (("turku", "2020"),))]
