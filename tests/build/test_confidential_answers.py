"""A programme with questions whose single answers are not released: what its site gives away, in all files."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cityfolio.build.project import open_project
from cityfolio.build.running import BuildReport, build_site, publish_site
from cityfolio.errors import WrongUse
from tests.build.confidential import SECRETS, WAVES
from tests.programmes import ProgrammeFolder, held_in, rows_of


def table(folder: ProgrammeFolder, wave: str) -> dict[str, dict[str, str]]:
    return {row["unit"]: row for row in rows_of(folder.path / f"responses/{wave}.csv")}


@pytest.mark.parametrize("write", [build_site, publish_site])
def test_exchanging_the_answers_of_two_cities_of_one_country_changes_no_byte_of_the_site(
    write: Callable[[Path, Path], BuildReport], confidential: ProgrammeFolder, tmp_path: Path
) -> None:
    before = tmp_path / "before"
    write(confidential.path, before)
    rows = [table(confidential, wave) for wave in WAVES]
    units = {row["unit"]: row["country"] for row in rows_of(confidential.path / "units.csv")}
    both = [unit for unit in units if all(unit in found for found in rows)]
    one, other = next(
        (one, other)
        for one in both
        for other in both
        if units[one] == units[other]
        and all(rows[0][one][name] != rows[0][other][name] for name in ("trust", "bribes"))
    )
    for wave, found in zip(WAVES, rows, strict=True):
        for unit, partner in ((one, other), (other, one)):
            for name in SECRETS:
                confidential.set_cell(f"responses/{wave}.csv", unit, name, found[partner][name])
    after = tmp_path / "after"
    write(confidential.path, after)
    assert held_in(after) == held_in(before)


def test_own_words_and_numbers_of_single_cities_are_in_no_file(confidential: ProgrammeFolder, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish_site(confidential.path, site)
    files = held_in(site)
    assert not [name for name, content in files.items() if b"secret of" in content]
    (header, *_) = csv.reader(files["data/responses.csv"].decode().splitlines())
    assert not set(header) & {*SECRETS, "trust_missing", "bribes_missing"}
    assert "Who gave which answer" not in files["variables/trust/index.html"].decode()


def test_what_is_withheld_is_said_in_words_and_has_its_reason_in_the_facts(
    confidential: ProgrammeFolder, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    confidential.build(site)
    facts = list(rows_of(site / "data/facts.csv"))
    withheld = [fact for fact in facts if fact["withheld"]]
    assert {fact["variable"] for fact in withheld} == {"trust", "troubles", "bribes"}
    assert all((fact["numerator"], fact["base"], fact["value"]) == ("", "", "") for fact in withheld)
    reasons = {"minimum_base", "minimum_numerator", "minimum_rest", "complementary"}
    assert {fact["withheld"] for fact in withheld} == reasons
    rare = next(fact for fact in withheld if fact["group"] == "all" and fact["category"] == "little")
    assert "withheld, so that no single answer can be worked out" in (site / "variables/trust/index.html").read_text()
    page = (site / "cities/city-01/index.html").read_text()
    assert "withheld" in page
    assert f'data-fact="{rare["fact"]}"' not in page


def test_changes_and_groups_that_would_tell_small_counts_are_refused(confidential: ProgrammeFolder) -> None:
    project = open_project(confidential.path)
    with pytest.raises(WrongUse, match="a change on the matched panel would tell them"):
        project.changes("trust")
    with pytest.raises(WrongUse, match="tables by its answers would tell them"):
        project.tabulate("troubles", by="trust")


def test_charts_tell_no_withheld_count_in_any_of_their_files(confidential: ProgrammeFolder, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build_site(confidential.path, site)
    withheld = {fact["fact"] for fact in rows_of(site / "data/facts.csv") if fact["withheld"]}
    looked_at = 0
    for file in sorted((site / "charts").rglob("*.csv")):
        drawing = file.with_suffix(".svg").read_text("utf-8")
        chart = json.loads(file.with_suffix(".json").read_bytes())["chart"]
        described = re.search(r"<desc[^>]*>(.*?)</desc>", drawing, re.DOTALL)
        assert described is not None
        for row, held in zip(rows_of(file), chart["rows"], strict=True):
            if row["fact"] in withheld or held["withheld"]:
                looked_at += 1
                assert (row["numerator"], row["base"], row["per_cent"]) == ("", "", "")
                assert (held["count"], held["of"], held["per_cent"], held["length"]) == (None, None, None, 0)
                said = next(part for part in described[1].split("; ") if part.strip().startswith(row["label"]))
                assert not re.search(r"\d", said.replace(row["label"], "")), said
    assert looked_at > 1
    for path, content in held_in(site).items():
        if path.endswith(".html"):
            for fact, shown in re.findall(r'data-fact="([^"]*)"[^>]*>([^<]*)<', content.decode()):
                assert fact not in withheld or not re.search(r"\d", shown), (path, fact, shown)
