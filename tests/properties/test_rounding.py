"""Rounding is defined once: whole per cent, halves up, from exact counts."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.formatting import grouped, join_list, per_cent, plain_number, whole_per_cent


@given(st.integers(1, 10**9), st.data())
def test_whole_per_cent_is_the_nearest_whole_number_halves_up(base: int, data: st.DataObject) -> None:
    numerator = data.draw(st.integers(0, base))
    exact = Fraction(100 * numerator, base)
    shown = whole_per_cent(numerator, base)
    if exact in (0, 100):
        assert shown == exact
    else:
        nearest = int(exact + Fraction(1, 2))
        assert shown == min(max(nearest, 1), 99)


def test_only_nobody_is_0_and_only_everybody_is_100_per_cent() -> None:
    for base in range(1, 301):
        shown = [whole_per_cent(numerator, base) for numerator in range(base + 1)]
        assert shown == sorted(shown)
        assert [n for n, share in enumerate(shown) if share == 0] == [0]
        assert [n for n, share in enumerate(shown) if share == 100] == [base]


@pytest.mark.parametrize(("numerator", "base"), [(1, 0), (-1, 4), (5, 4), (0, 0), (0, -1)])
def test_no_share_without_a_base(numerator: int, base: int) -> None:
    with pytest.raises(ValueError, match="base above 0"):
        whole_per_cent(numerator, base)


@given(st.integers(0, 10000))
def test_a_published_share_is_rounded_as_people_do(ten_thousandths: int) -> None:
    value = ten_thousandths / 10000
    expected = (Decimal(ten_thousandths) / 100).quantize(Decimal(1), ROUND_HALF_UP)
    assert per_cent(value) == f"{expected} %"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_in_a_file_reads_back_equal(number: float) -> None:
    assert float(plain_number(number)) == number


@given(st.integers(-(10**14), 10**14))
def test_grouped_numbers_keep_all_their_digits(number: int) -> None:
    assert int(grouped(float(number)).replace(",", "")) == number


@given(st.lists(st.from_regex(r"[a-z]{1,5}", fullmatch=True), min_size=1))
def test_a_running_list_names_everything_once_in_order(items: list[str]) -> None:
    said = join_list(items)
    assert said.replace(" and ", ", ").split(", ") == items
    assert said.count(" and ") == (len(items) > 1)
