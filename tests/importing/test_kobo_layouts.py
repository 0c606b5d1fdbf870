"""Exports of ODK and KoboToolbox: groups, answers in one column and in one per choice, own words, several versions of a form."""

from __future__ import annotations

import json

import pytest

from tests.importing.received_files import CODED, blocked, imported, put, remarks, said, table
from tests.programmes import ProgrammeFolder

BOTH = ["start", "g/unit", "g/population", "g/has_plan", "g/measures", "g/measures/planting", "g/measures/mapping"]
BOTH += ["g/measures/other", "g/measures_other", "_id", "__version__"]
ROWS = [
    ["t", "alder-aa", "125000", "yes", "planting mapping other", "1", "1", "1", "adopting a tree", "7", "v1"],
    ["t", "cedar-bb", "", "no", "", "", "", "", "", "8", "v2"],
]


def test_both_ways_in_one_file_are_compared(small: ProgrammeFolder) -> None:
    assert imported(small, put(small, "kobo.csv", table([BOTH, *ROWS]))) == CODED
    changed = [[*ROWS[0][:6], "0", *ROWS[0][7:]], ROWS[1]]
    (finding,) = blocked(small, put(small, "kobo.csv", table([BOTH, *changed])))
    assert (finding.code, str(finding.at)) == ("import.disagree", "kobo.csv, line 2, column g/measures/mapping")
    assert (finding.facts["got"], finding.facts["number"]) == ("mapping", "1")


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("True", "False"), ("TRUE", "FALSE"), ("1.0", "0.0")])
def test_one_column_per_choice_alone(small: ProgrammeFolder, yes: str, no: str) -> None:
    header = [name for name in BOTH if name != "g/measures"] + ["g/measures/watering", "g/measures/none"]
    rows = [[*(yes if cell == "1" else cell for at, cell in enumerate(row) if at != 4), no, no] for row in ROWS]
    rows[1][4:7] = [no] * 3
    if yes == "1.0":
        assert {f.facts["got"] for f in blocked(small, put(small, "kobo.csv", table([header, *rows])))} == {
            "1.0",
            "0.0",
        }
        return
    assert imported(small, put(small, "kobo.csv", table([header, *rows]))) == CODED


def test_labels_above_and_in_the_cells(small: ProgrammeFolder) -> None:
    question = "What does the city do for its trees?"
    header = ["unit", "How many people live in the city?", "Does the city have a plan for its trees?", question]
    options = ["Planting new trees", "Mapping every tree", "Watering in dry summers", "Nothing yet", "Other"]
    header += [*(f"{question}/{option}" for option in options), "measures_other"]
    joined = "Planting new trees Mapping every tree Other"
    rows = [["Alder", "125000", "A plan", joined, "1", "1", "0", "0", "1", "adopting a tree"]]
    rows += [["Cedar", "", "No plan", "", *["0"] * 5, ""]]
    # Labels joined by spaces cannot be told apart, so that column is not read; the columns of the choices say it.
    file = put(small, "kobo.csv", table([header, *rows]))
    assert {finding.code for finding in blocked(small, file)} == {"import.unknown-value"}
    small.swap("mappings/2024.yml", f"    column: {question}\n", "")
    small.add("mappings/2024.yml", f"ignored: ['{question}', '{question}/Other']") if "ignored" not in small.text(
        "mappings/2024.yml"
    ) else small.swap("mappings/2024.yml", "ignored:", f"ignored:\n  - '{question}'")
    assert imported(small, file) == CODED


def test_labels_joined_by_a_sign_are_told_apart(small: ProgrammeFolder) -> None:
    header = ["unit", "population", "has_plan", "measures", "measures_other"]
    for sign in (";", "|", ", ", "; "):
        (small.path / "mappings/2024.yml").unlink(missing_ok=True)
        joined = sign.join(["Planting new trees", "Mapping every tree"])
        rows = [["Alder", "125000", "A plan", joined, "adopting a tree"], ["Cedar", "", "No plan", "", ""]]
        assert imported(small, put(small, "forms.csv", table([header, *rows]))) == CODED


def test_an_option_without_a_column_is_said_and_not_taken_for_never_chosen(small: ProgrammeFolder) -> None:
    header = [name for name in BOTH if name != "g/measures"]
    rows = [[cell for at, cell in enumerate(row) if at != 4] for row in ROWS]
    file = put(small, "kobo.csv", table([header, *rows]))
    found = blocked(small, file)
    assert {(f.code, f.facts["got"]) for f in found} == {("import.no-category-column", c) for c in ("watering", "none")}
    small.swap("mappings/2024.yml", "columns: {", "columns: {watering: '', none: '', ")
    assert imported(small, file) == CODED


def test_an_option_of_a_later_version_is_empty_in_the_rows_of_earlier_ones(small: ProgrammeFolder) -> None:
    header = [*BOTH[:7], "g/measures/watering", *BOTH[7:]]
    first = [*ROWS[0][:7], "", *ROWS[0][7:]]
    second = ["t", "cedar-bb", "", "no", "watering", "0", "0", "1", "0", "", "8", "v2"]
    text = imported(small, put(small, "kobo.csv", table([header, first, second])))
    assert text.splitlines()[1:] == ["alder-aa,125000,yes,planting mapping,adopting a tree", "cedar-bb,,no,watering,"]


def test_a_group_that_repeats_is_refused_until_it_is_set_aside(small: ProgrammeFolder) -> None:
    record: dict[str, object] = {
        **dict(zip(BOTH, ROWS[0], strict=True)),
        "g/parks": [{"g/parks/name": "A"}, {"g/parks/name": "B"}],
    }
    record |= {"_attachments": [{"id": 1}], "_tags": []}
    other = dict(zip(BOTH, ROWS[1], strict=True))
    file = put(small, "kobo.json", json.dumps({"count": 2, "next": None, "results": [record, other]}))
    assert said(blocked(small, file)) == [("import.repeat-group", "kobo.json, line 2, column g/parks")]
    small.swap("mappings/2024.yml", "ignored:", "ignored:\n  - g/parks")
    assert imported(small, file) == CODED


def test_groups_of_json_are_paths(small: ProgrammeFolder) -> None:
    own = {"measures_other": "adopting a tree"}
    nested = [
        {
            "g": {
                "unit": "alder-aa",
                "population": 125000,
                "has_plan": "yes",
                "measures": ["planting", "mapping"],
                **own,
            }
        },
        {"g": {"unit": "cedar-bb", "population": None, "has_plan": "no"}},
    ]
    assert imported(small, put(small, "central.json", json.dumps(nested))) == CODED
    (small.path / "mappings/2024.yml").unlink()
    lines = "\n".join(map(json.dumps, nested))
    assert imported(small, put(small, "central.jsonl", lines)) == CODED


def test_system_columns_are_set_aside_and_others_are_asked_about(small: ProgrammeFolder) -> None:
    header = [*BOTH, "g/remark"]
    findings = remarks(small, put(small, "kobo.csv", table([header, *([*row, "x"] for row in ROWS)])))
    assert said(findings) == [("import.unread-column", "kobo.csv, line 1, column g/remark")]
