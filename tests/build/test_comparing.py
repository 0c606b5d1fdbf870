"""Comparisons of the Python API on the example: change, benchmarks, units like one."""

from __future__ import annotations

from fractions import Fraction

import pytest

import cityfolio
from cityfolio.errors import WrongUse
from cityfolio.tabulate.changes import Refusal

from ..programmes import EXAMPLE, ProgrammeFolder

PROJECT = cityfolio.open_project(EXAMPLE)


def test_the_change_of_strategies_is_split_into_what_cities_did_and_who_took_part() -> None:
    (yes, _) = PROJECT.changes("has_strategy")
    assert not isinstance(yes.change, Refusal)
    split = yes.change.decomposition
    assert split.total == split.real + split.composition
    # Seven cities answered both times; Chattanooga, Montreal and Toronto stopped, Seattle started.
    assert (yes.change.matched, yes.change.stopped, yes.change.started) == (7, 3, 1)
    assert split.real == Fraction(-2, 7)


def test_a_category_of_one_wave_has_no_change() -> None:
    found = {one.category: one.change for one in PROJECT.changes("funded_activities")}
    assert isinstance(found["launch_project"], Refusal)
    assert found["launch_project"].why.value == "series_break"


def test_a_unit_stands_at_its_place_among_the_others() -> None:
    found = PROJECT.benchmark("busan-kor", "population", threshold=100000)
    assert found is not None
    assert (found.value, found.standing.value) == (Fraction(3500000), "above")
    ahead = [f for f in PROJECT.store if f.key.variable == "population" and f.key.measure == "answer"]
    latest = {f.key.group.key: f.value for f in sorted(ahead, key=lambda f: f.key.edition)}
    assert found.position.place == 1 + sum(value > 3500000 for value in latest.values() if value is not None)


def test_units_like_one_are_the_same_every_time_and_say_why() -> None:
    first, again = (PROJECT.units_like("busan-kor", ["approach", "outcomes", "population"]) for _ in range(2))
    assert first == again
    assert len(first) == 5
    assert all(found.reasons for found in first)


def test_answers_in_confidence_are_not_told_by_what_is_like_them(confidential: ProgrammeFolder) -> None:
    project = cityfolio.open_project(confidential.path)
    for secret in ("trust", "troubles", "bribes"):
        with pytest.raises(WrongUse, match="in confidence"):
            project.units_like("city-01", ["has_plan", secret])
    with pytest.raises(WrongUse, match="in confidence"):
        project.benchmark("city-01", "bribes")


def test_two_units_are_not_alike_because_both_wrote_words_of_their_own(small: ProgrammeFolder) -> None:
    small.set_cell("responses/2024.csv", "alder-aa", "measures", "")
    small.set_cell("responses/2024.csv", "cedar-bb", "measures_other", "a song for each tree")
    project = cityfolio.open_project(small.path)
    assert project.units_like("alder-aa", ["measures"]) == []


def test_units_are_set_against_those_that_the_edition_counts(small: ProgrammeFolder) -> None:
    small.add_row("responses/2024.csv", unit="birch-aa", has_plan="yes")
    small.swap(
        "programme.yml",
        "editions:\n",
        "editions:\n"
        "  - {id: both, title: cities in both surveys, waves: [2022, 2024], rule: matched_panel}\n"
        "  - {id: newest, title: newest answers, waves: [2022, 2024], rule: latest_answer}\n",
    )
    project = cityfolio.open_project(small.path)
    # Cedar answered in 2024 alone. Birch told its population in 2022 and not in 2024.
    liked = {edition: project.units_like("alder-aa", ["has_plan"], edition=edition) for edition in ("both", "newest")}
    assert {edition: [near.unit for near in found] for edition, found in liked.items()} == {
        "both": ["birch-aa"],
        "newest": ["birch-aa", "cedar-bb"],
    }
    assert project.benchmark("alder-aa", "population", edition="both") is None
    newest = project.benchmark("alder-aa", "population", edition="newest")
    assert newest is not None
    assert newest.median == 45000


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: PROJECT.changes("population"),
        lambda: PROJECT.changes("has_strategy", "2020", "2018"),
        lambda: PROJECT.benchmark("nowhere", "population"),
        lambda: PROJECT.benchmark("busan-kor", "has_strategy"),
        lambda: PROJECT.units_like("busan-kor", ["head_of_city"]),
    ],
)
def test_what_cannot_be_compared_is_said(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(WrongUse):
        wrong()
