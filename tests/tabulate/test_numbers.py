from __future__ import annotations

import statistics
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.model.edition import ALL
from cityfolio.model.fact import Base, FactKey
from cityfolio.model.missing import Missing
from cityfolio.model.quantity import Quantity, Range, read_quantity
from cityfolio.tabulate.intervals import Interval
from cityfolio.tabulate.numbers import QuantileRule, exact, mean, median, number_facts, quantile, tally, total
from cityfolio.tabulate.ranges import certain_and_possible, mean_bounds, quantile_bounds, total_bounds

KEY = FactKey("2018", "staff", "", ALL, "")


def test_a_zero_is_a_number_and_not_a_gap() -> None:
    # mysociety/caps: a score of 0 was read as "not marked" and left out of the average
    assert mean(tally(map(Fraction, (0, 0, 6)))) == 2


def test_nobody_gave_a_number_is_no_sum_of_zero() -> None:
    assert list(number_facts(KEY, {}, Base(0, {Missing.UNANSWERED: 4}))) == []
    assert mean({}) is None
    assert median({}) is None
    assert total({}) == 0


def test_the_facts_of_a_number_are_exact_and_know_who_gave_none() -> None:
    base = Base(4, {Missing.NOT_ON_RECORD: 2})
    facts = list(number_facts(KEY, tally(exact(number) for number in (0.1, 0.2, 0.3, 10)), base))
    assert {fact.key.measure: fact.value for fact in facts} == {
        "sum": 10.6,
        "mean": 2.65,
        "median": 0.25,
        "smallest": 0.1,
        "largest": 10.0,
        "first_quartile": 0.175,
        "third_quartile": 2.725,
    }
    assert all(fact.base == base for fact in facts)
    with pytest.raises(ValueError, match="4 gave a number"):
        list(number_facts(KEY, tally(map(Fraction, (1, 2, 3, 4))), Base(5)))


NUMBERS = st.lists(st.integers(-50, 50), min_size=1, max_size=25)


@given(NUMBERS, st.integers(0, 20))
def test_quantiles_agree_with_numpy_under_all_three_definitions(numbers: list[int], twentieths: int) -> None:
    p = Fraction(twentieths, 20)
    times = tally(map(Fraction, numbers))
    linear = quantile(times, p, QuantileRule.LINEAR)
    assert linear is not None
    assert float(linear) == pytest.approx(float(np.quantile(numbers, float(p))), abs=1e-9)
    # NumPy decides in binary whether a share p is reached exactly; Python's own fractions do not.
    at = p * len(numbers)
    ordered = sorted(numbers)
    lower = ordered[max(0, -(-at.numerator // at.denominator) - 1)]
    assert quantile(times, p, QuantileRule.INVERSE) == lower
    upper = ordered[min(len(numbers) - 1, int(at))] if at.denominator == 1 and at > 0 else lower
    assert quantile(times, p, QuantileRule.AVERAGING) == Fraction(lower + upper, 2)


@given(NUMBERS)
def test_mean_and_median_agree_with_the_standard_library(numbers: list[int]) -> None:
    times = tally(map(Fraction, numbers))
    assert mean(times) == statistics.mean(map(Fraction, numbers))
    assert median(times) == statistics.median(map(Fraction, numbers))


@pytest.mark.parametrize(
    ("text", "low", "high", "ends"),
    [
        ("4-6", 4, 6, (True, True)),
        ("4 – 6", 4, 6, (True, True)),
        ("from 4 to 6", 4, 6, (True, True)),
        ("between 1,000 and 2,500", 1000, 2500, (True, True)),
        ("less than 5", None, 5, (True, False)),
        ("Fewer than  5", None, 5, (True, False)),
        ("<5", None, 5, (True, False)),
        ("up to 5", None, 5, (True, True)),
        ("5 or fewer", None, 5, (True, True)),
        ("over 25", 25, None, (False, True)),
        ("more than 100", 100, None, (False, True)),
        ("> 100", 100, None, (False, True)),
        ("at least 10", 10, None, (True, True)),
        ("10+", 10, None, (True, True)),
        ("10 or more", 10, None, (True, True)),
        ("around 40", 35, 45, (True, False)),
        ("~150", 125, 175, (True, False)),
        ("about 43", Fraction(85, 2), Fraction(87, 2), (True, False)),
        ("about 1.2", Fraction(23, 20), Fraction(5, 4), (True, False)),
    ],
)
def test_a_range_keeps_its_bounds_and_its_words(
    text: str, low: int | Fraction | None, high: int | Fraction | None, ends: tuple[bool, bool]
) -> None:
    found = read_quantity(text)
    assert isinstance(found, Range)
    assert (found.low, found.high, found.text) == (low, high, text)
    assert (found.low_included, found.high_included) == ends
    assert found.approximate == text.startswith(("around", "~", "about"))


@pytest.mark.parametrize("text", ["", "it depends", "6-4", "4 and 6", "4 teams", "more than", "5-", "1,00", "4-4"])
def test_words_that_state_no_amount_stay_words(text: str) -> None:
    assert read_quantity(text) == text


def amounts(*texts: str) -> list[Quantity]:
    return [read_quantity(text) for text in texts]


def test_a_total_with_ranges_has_bounds_and_no_midpoint() -> None:
    assert total_bounds(amounts("3", "4-6")) == Interval(Fraction(7), Fraction(9))
    assert total_bounds(amounts("3", "over 25")) == Interval(Fraction(28), None)
    assert mean_bounds(amounts("3", "4-6")) == Interval(Fraction(7, 2), Fraction(9, 2))
    assert mean_bounds([]) is None
    open_below = [amount.within(Fraction(0)) for amount in amounts("less than 5") if isinstance(amount, Range)]
    assert total_bounds(open_below) == Interval(Fraction(0), Fraction(5))


def test_a_median_can_be_certain_though_a_total_is_open() -> None:
    assert quantile_bounds(amounts("1", "2", "over 100"), Fraction(1, 2)) == Interval(Fraction(2), Fraction(2))
    assert quantile_bounds(amounts("1", "over 100"), Fraction(1)) == Interval(Fraction(100), None)
    assert quantile_bounds(amounts("less than 5"), Fraction(1, 2)) == Interval(None, Fraction(5))


def test_words_are_never_summed_up() -> None:
    with pytest.raises(ValueError, match="states no amount"):
        total_bounds(amounts("3", "a few"))


def test_a_range_that_crosses_a_band_may_lie_in_it_but_does_not_surely() -> None:
    assert certain_and_possible(amounts("3", "4-6", "over 25", "less than 5"), Fraction(0), Fraction(5)) == (1, 3)
    assert certain_and_possible(amounts("over 25"), Fraction(26), None) == (0, 1)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9), st.integers(0, 9)), min_size=1, max_size=8))
def test_whatever_the_ranges_hide_lies_within_the_bounds(hidden: list[tuple[int, int, int]]) -> None:
    given_as = [Range(Fraction(low), Fraction(low + width), "") for low, width, _ in hidden]
    truth = [Fraction(low) + Fraction(width * at, 9) for low, width, at in hidden]
    assert total_bounds(given_as).holds(sum(truth, Fraction(0)))
    for rule in QuantileRule:
        bounds, value = quantile_bounds(given_as, Fraction(1, 3), rule), quantile(tally(truth), Fraction(1, 3), rule)
        assert bounds is not None
        assert value is not None
        assert bounds.holds(value)
