"""Words for shares fit the number beside them, for every share there can be."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cityfolio.build.programme import load_programme
from cityfolio.narrative.quantities import Quantity, share_words
from tests.programmes import EXAMPLE

QUANTITIES = load_programme(EXAMPLE).wording.quantities


def words(numerator: int, base: int) -> str:
    said = share_words(numerator, base, QUANTITIES)
    assert said is not None
    return said.replace("of the {units}", "").replace("{units}", "").replace("{unit}", "").strip()


@pytest.mark.parametrize(
    ("per_mille", "expected"),
    [
        (0, "no"),
        (1, "fewer than one in ten"),
        (99, "fewer than one in ten"),
        (100, "about one in ten"),
        (250, "about one in four"),
        (333, "about one in three"),
        (499, "nearly half"),
        (500, "half"),
        (501, "more than half"),
        (750, "about three in four"),
        (801, "more than four in five"),
        (901, "more than nine in ten"),
        (999, "more than nine in ten"),
        (1000, "all"),
    ],
)
def test_words_at_and_beside_each_threshold(per_mille: int, expected: str) -> None:
    assert words(per_mille, 1000) == expected


def test_every_share_has_words_in_one_order() -> None:
    said = [words(number, 1000) for number in range(1001)]
    changes = [word for i, word in enumerate(said) if i == 0 or said[i - 1] != word]
    assert len(changes) == len(set(changes))


@pytest.mark.parametrize("base", range(1, 101))
def test_half_all_and_none_are_exact(base: int) -> None:
    for numerator in range(base + 1):
        said = words(numerator, base)
        assert (said == "half") == (2 * numerator == base)
        assert (said == "all") == (numerator == base)
        assert (said == "no") == (numerator == 0)
        assert not said.startswith("more than half") or 2 * numerator > base


def test_one_in_so_many_is_near_to_the_share() -> None:
    named = {"ten": 10, "six": 6, "five": 5, "four": 4, "three": 3}
    for number in range(1, 1000):
        said = words(number, 1000)
        if said.startswith("about one in "):
            assert abs(Fraction(number, 1000) - Fraction(1, named[said.removeprefix("about one in ")])) < Fraction(
                1, 18
            )


def test_a_share_between_two_bands_has_no_words() -> None:
    bands = [Quantity("few", Fraction(0), Fraction(1, 10)), Quantity("all", Fraction(1), Fraction(1))]
    assert [share_words(n, 4, bands) for n in (0, 2, 4)] == ["few", None, "all"]
