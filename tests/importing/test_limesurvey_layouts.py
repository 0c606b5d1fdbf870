"""Exports of LimeSurvey: codes or labels in the cells, codes or texts above them, as its export dialog offers."""

from __future__ import annotations

import csv
import json

import pytest

from tests.importing.received_files import CODED, blocked, imported, put, remarks, said, table
from tests.programmes import ProgrammeFolder

SYSTEM = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
WHO = ["1", "2024-05-01 10:00:00", "3", "en", "123"], ["2", "2024-05-02 11:00:00", "3", "en", "456"]
CODES = [
    "unit",
    "population",
    "hasplan",
    *(f"measures[{c}]" for c in ("planting", "watering", "mapping", "none", "other")),
]
TEXTS = [
    "unit. Which city are you from?",
    "population. How many people live in the city?",
    "hasplan. Does the city have a plan for its trees?",
    *(f"What does the city do for its trees? [{label}]" for label in (
        "Planting new trees", "Watering in dry summers", "Mapping every tree", "Nothing yet", "Other",
    )),
]  # fmt: skip
IN_CODES = (
    ["alder-aa", "125000", "yes", "Y", "", "Y", "", "adopting a tree"],
    ["cedar-bb", "", "no", "", "", "", "", ""],
)
IN_LABELS = (
    ["alder-aa", "125000", "A plan", "Yes", "No", "Yes", "No", "adopting a tree"],
    ["cedar-bb", "", "No plan", *["No"] * 4, ""],
)
IN_N = (
    ["alder-aa", "125000", "yes", "Y", "N", "Y", "N", "adopting a tree"],
    ["cedar-bb", "", "no", "N", "N", "N", "N", ""],
)


@pytest.mark.parametrize("header", [CODES, TEXTS], ids=["codes above", "texts above"])
@pytest.mark.parametrize("rows", [IN_CODES, IN_LABELS, IN_N], ids=["codes", "labels", "yes and no"])
def test_every_choice_of_the_export_dialog_gives_the_same_answers(
    small: ProgrammeFolder, header: list[str], rows: tuple[list[str], list[str]]
) -> None:
    content = [[*SYSTEM, *header], *([*who, *row] for who, row in zip(WHO, rows, strict=True))]
    assert imported(small, put(small, "results.csv", table(content, quoting=csv.QUOTE_ALL))) == CODED


def test_a_single_choice_with_own_words_has_them_in_a_column_of_their_own(small: ProgrammeFolder) -> None:
    small.swap(
        "instruments/2024.yml",
        "        categories:\n          - {code: yes",
        "        other: true\n        categories:\n          - {code: yes",
    )
    header = ["unit", "population", "hasplan", "hasplan[other]", "measures"]
    for chosen in ("-oth-", "Other"):
        (small.path / "mappings/2024.yml").unlink(missing_ok=True)
        rows = [["alder-aa", "1", chosen, "a draft of one", ""], ["cedar-bb", "2", "yes", "", ""]]
        text = imported(small, put(small, "results.csv", table([header, *rows])))
        assert text.splitlines()[1:] == ["alder-aa,1,,a draft of one,,", "cedar-bb,2,yes,,,"]


def test_words_for_no_in_another_language_are_said_once_and_then_explained(small: ProgrammeFolder) -> None:
    rows = [["alder-aa", "1", "yes", "Ja", "Nein", "Ja", "Nein", ""], ["cedar-bb", "2", "no", *["Nein"] * 4, ""]]
    file = put(small, "results.csv", table([CODES, *rows]))
    findings = blocked(small, file)
    assert {(f.code, f.facts["got"]) for f in findings} == {
        ("import.unknown-value", "Ja"),
        ("import.unknown-value", "Nein"),
    }
    small.swap(
        "mappings/2024.yml",
        "- variable: measures\n",
        "- variable: measures\n    chosen: [Ja]\n    not_chosen: [Nein]\n",
    )
    assert imported(small, file).splitlines()[1] == "alder-aa,1,yes,planting mapping,"


def test_arrays_are_questions_of_their_own_and_two_scales_are_two(small: ProgrammeFolder) -> None:
    grid = "".join(
        f"      - {{variable: {name}, kind: single, label: '{name}', question: '{name}?', "
        "categories: [{code: A1, label: Little}, {code: A2, label: Much}]}\n"
        for name in ("grid_SQ001", "grid_SQ002", "dual_SQ001_1", "dual_SQ001_2")
    )
    small.add("instruments/2024.yml", grid.rstrip())
    header = [
        "unit",
        "population",
        "hasplan",
        "measures",
        "grid[SQ001]",
        "grid[SQ002]",
        "dual[SQ001][1]",
        "dual[SQ001][2]",
    ]
    rows = [
        ["alder-aa", "1", "yes", "", "A1", "A2", "A1", "A2"],
        ["cedar-bb", "2", "no", "", "Much", "Little", "A2", ""],
    ]
    text = imported(small, put(small, "results.csv", table([header, *rows])))
    assert text.splitlines()[1:] == ["alder-aa,1,yes,,,A1,A2,A1,A2", "cedar-bb,2,no,,,A2,A1,A2,"]


@pytest.mark.parametrize("rank", ["{}", "Rank {}", "Ranking {}"])
def test_rankings_have_a_column_for_each_rank(small: ProgrammeFolder, rank: str) -> None:
    small.swap("instruments/2024.yml", "kind: multiple", "kind: ranked")
    small.swap("instruments/2024.yml", "        other: true\n        cap: 2\n", "")
    small.swap("instruments/2024.yml", ", exclusive: true", "")
    header = ["unit", "population", "hasplan", *(f"measures[{rank.format(n)}]" for n in (2, 1, 3))]
    rows = [["alder-aa", "1", "yes", "mapping", "planting", ""], ["cedar-bb", "2", "no", "", "Nothing yet", ""]]
    text = imported(small, put(small, "results.csv", table([header, *rows])))
    assert text.splitlines()[1:] == ["alder-aa,1,yes,planting mapping", "cedar-bb,2,no,none"]


def test_one_city_that_answered_twice_is_left_out_by_the_number_of_its_response(small: ProgrammeFolder) -> None:
    rows = [[*who, *row] for who, row in zip(WHO, IN_CODES, strict=True)]
    again = ["3", "", "1", "en", "789", "alder-aa", "7", *[""] * 6]
    file = put(small, "results.csv", table([[*SYSTEM, *CODES], *rows, again]))
    assert said(blocked(small, file)) == [("intake.doubled-unit", "results.csv, line 4, column unit")]
    small.add("mappings/2024.yml", 'left_out: {id: ["3", "9"]}')
    assert said(remarks(small, file)) == [("import.left-out-nowhere", "results.csv, line 1, column id")]
    assert small.text("responses/2024.csv") == CODED


@pytest.mark.parametrize("wrapped", [False, True])
def test_its_json_has_the_responses_as_a_list_with_or_without_their_numbers(
    small: ProgrammeFolder, wrapped: bool
) -> None:
    records = [dict(zip([*SYSTEM, *CODES], [*who, *row], strict=True)) for who, row in zip(WHO, IN_CODES, strict=True)]
    held = [{record["id"]: record} if wrapped else record for record in records]
    assert imported(small, put(small, "results.json", json.dumps({"responses": held}))) == CODED
