"""Statuses are exact from the start: what an empty cell, a token, own words and routing make of an answer."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme
from cityfolio.build.publishing import dataset_of
from cityfolio.publish.files import data_files
from cityfolio.tabulate.facts import FactStore
from tests.programmes import ProgrammeFolder, rows_of


def statuses(small: ProgrammeFolder, out: Path) -> dict[str, str]:
    """What alder-aa is said to have answered about its measures in 2024: value, own words, reason."""
    small.build(out)
    (row,) = [r for r in rows_of(out / "data" / "responses.csv") if (r["unit"], r["wave"]) == ("alder-aa", "2024")]
    return {name: row[name] for name in ("measures", "measures_other", "measures_missing")}


@pytest.mark.parametrize(
    ("has_plan", "measures", "other", "expected"),
    [
        ("yes", "planting mapping", "", ("planting mapping", "", "")),
        ("yes", "none", "", ("none", "", "")),
        ("yes", "", "", ("", "", "not_on_record")),
        ("yes", "", "singing", ("", "singing", "")),
        ("yes", "?", "", ("", "", "dont_know")),
        ("yes", "refused", "", ("", "", "refused")),
        ("", "", "", ("", "", "not_on_record")),
        ("", "planting", "", ("planting", "", "")),
        ("?", "planting", "", ("planting", "", "")),
        ("no", "", "", ("", "", "routed_past")),
        ("no", "planting", "", ("", "", "routed_past")),
        ("no", "?", "", ("", "", "routed_past")),
        ("no", "refused", "singing", ("", "", "routed_past")),
    ],
)
def test_an_answer_has_one_status(
    has_plan: str, measures: str, other: str, expected: tuple[str, str, str], small: ProgrammeFolder, tmp_path: Path
) -> None:
    cells = {"has_plan": has_plan, "measures": measures, "measures_other": other}
    for column, cell in cells.items():
        small.set_cell("responses/2024.csv", "alder-aa", column, cell)
    assert tuple(statuses(small, tmp_path / "site").values()) == expected


def test_an_empty_cell_can_mean_unanswered_where_the_programme_says_so(small: ProgrammeFolder, tmp_path: Path) -> None:
    small.swap("programme.yml", "empty: not_on_record", "empty: unanswered")
    small.set_cell("responses/2024.csv", "alder-aa", "measures", "")
    small.set_cell("responses/2024.csv", "alder-aa", "measures_other", "")
    assert statuses(small, tmp_path / "site")["measures_missing"] == "unanswered"


def test_a_description_alone_is_no_answer_to_the_choice_beside_it(example: ProgrammeFolder) -> None:
    example.set_cell("responses/2020.csv", "busan-kor", "team_location", "")
    example.set_cell("responses/2020.csv", "busan-kor", "team_location_text", "in the harbour")
    programme = load_programme(example.path)
    released = dict(data_files(dataset_of(programme, FactStore())))["responses.csv"].decode()
    (row,) = [r for r in csv.DictReader(released.splitlines()) if r["unit"] == "busan-kor"]
    assert (row["team_location"], row["team_location_missing"]) == ("", "not_on_record")
    assert row["team_location_text"] == "in the harbour"


def test_without_funding_the_funding_questions_are_routed_past_and_the_others_are_not(example: ProgrammeFolder) -> None:
    for column in ("has_funding", "has_team"):
        example.set_cell("responses/2020.csv", "busan-kor", column, "no")
    answers = load_programme(example.path).answers.by_unit["busan-kor"]["2020"].answers
    routed = {name for name, answer in answers.items() if answer.missing and answer.missing.value == "routed_past"}
    assert routed == {"funding_sources", "funded_activities"}


def test_a_category_that_was_not_offered_leaves_out_all_units_of_its_wave(small: ProgrammeFolder) -> None:
    facts = {fact.id: fact for fact in all_facts(load_programme(small.path))}
    mapping = facts["2022-2024.measures.mapping.all.share"]
    planting = facts["2022-2024.measures.planting.all.share"]
    shown = [
        (
            fact.numerator,
            fact.base and fact.base.counted,
            {r.value: n for r, n in (fact.base.excluded if fact.base else {}).items()},
        )
        for fact in (mapping, planting)
    ]
    # Birch answered in 2022 only, and without a plan; Cedar gave no answer in 2024.
    assert shown == [(1, 1, {"not_offered": 1, "not_on_record": 1}), (1, 1, {"routed_past": 1, "not_on_record": 1})]


def test_a_question_that_a_wave_did_not_ask_is_not_asked(small: ProgrammeFolder, tmp_path: Path) -> None:
    held = small.text("instruments/2022.yml")
    small.write("instruments/2022.yml", held[: held.index("      - variable: measures")])
    small.write("responses/2022.csv", "unit,population,has_plan\nalder-aa,120000,yes\nbirch-aa,45000,no\n")
    (small.path / "crosswalks" / "2022-2024.yml").unlink()
    small.build(tmp_path / "site")
    rows = {row["fact"]: row for row in rows_of(tmp_path / "site" / "data" / "facts.csv")}
    assert not [fact for fact in rows if fact.startswith("2022.measures.")]
    pooled = rows["2022-2024.measures.planting.all.share"]
    assert (pooled["numerator"], pooled["base"], pooled["not_asked"], pooled["routed_past"]) == ("1", "1", "1", "0")


def test_names_of_persons_stand_on_pages_with_their_wave_and_not_in_files(example_site: Path) -> None:
    with (example_site / "data" / "responses.csv").open(encoding="utf-8", newline="") as lines:
        columns = next(csv.reader(lines))
    assert not {"head_of_city", "lead_innovation_officer"} & set(columns)
    page = (example_site / "cities" / "busan-kor" / "index.html").read_text("utf-8")
    assert "Oh Keo-don" in page
