"""The report on how many responses are alike, and the minimum that blocks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cityfolio.build.running import publish_site
from tests.programmes import ProgrammeFolder


def declare(folder: ProgrammeFolder, rule: str) -> None:
    folder.write("programme.yml", folder.text("programme.yml") + f"disclosure: {{{rule}}}\n")


def test_the_report_stands_in_a_file_and_in_words(small: ProgrammeFolder, tmp_path: Path) -> None:
    declare(small, "quasi_identifiers: [country, has_plan], sensitive: [measures]")
    publish_site(small.path, tmp_path / "site")
    report = json.loads((tmp_path / "site/data/anonymity.json").read_bytes())
    assert report["quasi_identifiers"] == ["country", "has_plan"]
    # Alder and Birch share a country and differ in their plans; Cedar answered in 2024 alone.
    assert report["waves"] == [
        {"waves": ["2022"], "responses": 2, "kinds": 2, "k": 1, "unique": 2, "l": {"measures": 1}},
        {"waves": ["2024"], "responses": 2, "kinds": 2, "k": 1, "unique": 2, "l": {"measures": 1}},
        {"waves": ["2022", "2024"], "responses": 3, "kinds": 3, "k": 1, "unique": 3, "l": {}},
    ]
    assert 'href="../data/anonymity.json"' in (tmp_path / "site/data/index.html").read_text("utf-8")
    readme = (tmp_path / "site/data/README.md").read_text("utf-8")
    assert "- Responses of 2022: 2, of which 2 are like no other; the fewest alike are 1 (k)" in readme
    assert "- Units with all their responses (2022, 2024): 3, of which 3 are like no other" in readme


def test_alike_over_all_waves_is_less_than_alike_in_each(small: ProgrammeFolder) -> None:
    small.write(
        "responses/2022.csv", "unit,population,has_plan,measures,measures_other\nalder-aa,,yes,,\nbirch-aa,,yes,,\n"
    )
    small.write(
        "responses/2024.csv", "unit,population,has_plan,measures,measures_other\ncedar-bb,,yes,,\nalder-aa,,yes,,\n"
    )
    declare(small, "quasi_identifiers: [has_plan], minimum_alike: 2")
    (finding,) = small.coded("disclosure.few-alike")
    assert finding.facts["waves"] == "2022 and 2024"
    assert (finding.blocks, finding.at.file, finding.facts["number"]) == (True, "programme.yml", "3")


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ("quasi_identifiers: [contry]", "contry"),
        ("sensitive: [country], quasi_identifiers: [country]", "country"),
    ],
)
def test_names_that_no_response_has_are_found(small: ProgrammeFolder, rule: str, name: str) -> None:
    declare(small, rule)
    (finding,) = small.coded("programme.unknown-name")
    assert (finding.facts["got"], finding.at.line > 0) == (name, True)


def test_without_a_declaration_there_is_no_report(small: ProgrammeFolder, tmp_path: Path) -> None:
    publish_site(small.path, tmp_path / "site")
    assert not (tmp_path / "site/data/anonymity.json").exists()
