"""Findings that follow from several files name the one that is to be mended."""

from __future__ import annotations

from tests.programmes import ProgrammeFolder

BANDS = "bands: [{key: small, label: small, below: 120000}, {key: large, label: large, low: 120000, below: 125000}]"


def places(small: ProgrammeFolder, code: str) -> list[tuple[str, str]]:
    return [(str(finding.at), finding.found) for finding in small.coded(code)]


def test_a_number_that_no_group_takes_is_named_where_it_is_missing(small: ProgrammeFolder) -> None:
    small.swap("programme.yml", "attribute: country}", f"variable: population, {BANDS}}}")
    small.set_cell("responses/2022.csv", "birch-aa", "population", "")
    assert places(small, "intake.no-group") == [
        (
            "responses/2022.csv, line 3, column population",
            'The unit "birch-aa" belongs to no group of the kind country.',
        ),
        (
            "responses/2024.csv, line 2, column population",
            'The unit "alder-aa" belongs to no group of the kind country.',
        ),
        (
            "responses/2024.csv, line 3, column population",
            'The unit "cedar-bb" belongs to no group of the kind country.',
        ),
    ]


def test_an_attribute_that_is_missing_is_named_in_the_list_of_units_once(small: ProgrammeFolder) -> None:
    small.set_cell("units.csv", "alder-aa", "country", "")
    assert places(small, "intake.no-group") == [
        ("units.csv, column country", 'The unit "alder-aa" belongs to no group of the kind country.')
    ]


def test_neighbouring_waves_without_a_crosswalk_are_told_once(small: ProgrammeFolder) -> None:
    held = small.text("crosswalks/2022-2024.yml")
    (small.path / "crosswalks" / "2022-2024.yml").unlink()
    found = "No crosswalk says what changed from 2022 to 2024."
    assert places(small, "crosswalk.missing") == [("crosswalks/2022-2024.yml", found)]
    small.write("crosswalks/by-another-name.yml", held)
    assert places(small, "crosswalk.missing") == []


def test_a_crosswalk_that_cannot_be_read_is_not_missing(small: ProgrammeFolder) -> None:
    small.write("crosswalks/2022-2024.yml", "format: [1\n")
    assert [finding.code for finding in small.findings() if finding.code.startswith(("crosswalk", "yaml"))] == [
        "yaml.broken"
    ]
