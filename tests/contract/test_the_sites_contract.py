"""What other programs rely on in a built site: where files stand, and what their columns hold."""

from __future__ import annotations

import json
from pathlib import Path

from tests.programmes import EXAMPLE, rows_of

COLUMNS = [
    "fact", "edition", "variable", "category", "group", "measure", "numerator", "base", "value", "not_asked", "not_offered",
    "routed_past", "refused", "dont_know", "not_on_record", "unanswered", "source",
]  # fmt: skip


def test_every_unit_with_an_answer_has_a_page_and_a_document(example_site: Path) -> None:
    answered = {row["unit"] for wave in ("2018", "2020") for row in rows_of(EXAMPLE / "responses" / f"{wave}.csv")}
    assert {page.parent.name for page in (example_site / "cities").glob("*/index.html")} == answered
    assert {file.stem for file in (example_site / "cities").glob("*.json")} == answered


def test_facts_have_at_least_the_columns_that_are_promised_and_stable_ids(example_site: Path) -> None:
    rows = list(rows_of(example_site / "data" / "facts.csv"))
    assert set(COLUMNS) <= set(rows[0])
    assert len({row["fact"] for row in rows}) == len(rows)
    assert {row["source"] for row in rows} == {"responses", "published"}


def test_groups_are_named_by_kind_and_key(example_site: Path) -> None:
    groups = {row["group"] for row in rows_of(example_site / "data" / "facts.csv") if row["measure"] == "share"}
    assert {"all", "continent:EU", "country:USA", "size:1m-and-more"} <= groups
    assert {group.partition(":")[0] for group in groups} == {"all", "continent", "country", "size"}


def test_shares_are_unrounded_and_those_of_nobody_are_there_too(example_site: Path) -> None:
    shares = [
        row
        for row in rows_of(example_site / "data" / "facts.csv")
        if (row["measure"], row["source"]) == ("share", "responses")
    ]
    assert any(row["numerator"] == "0" for row in shares)
    assert all(int(row["base"]) > 0 for row in shares)
    assert all(float(row["value"]) == int(row["numerator"]) / int(row["base"]) for row in shares)


def test_every_choice_variable_has_a_page(example_site: Path) -> None:
    codebook = json.loads((example_site / "data" / "codebook.json").read_text("utf-8"))
    choices = {v["variable"] for v in codebook["variables"] if v["kind"] in ("single", "multiple")}
    assert choices <= {page.parent.name for page in (example_site / "variables").glob("*/index.html")}


def test_the_codebook_says_which_wave_offered_what(example_site: Path) -> None:
    codebook = json.loads((example_site / "data" / "codebook.json").read_text("utf-8"))
    (funded,) = [v for v in codebook["variables"] if v["variable"] == "funded_activities"]
    offered = {category["code"]: category["waves"] for category in funded["categories"]}
    assert (offered["launch_project"], offered["training_staff"]) == (["2018"], ["2020"])
    assert offered["idea_generation"] == ["2018", "2020"]


def test_the_inputs_of_the_example_keep_the_columns_of_their_sources(example_site: Path) -> None:
    released = list(rows_of(example_site / "data" / "units.csv"))
    own = list(rows_of(EXAMPLE / "units.csv"))
    assert sorted(released, key=lambda row: row["unit"]) == sorted(own, key=lambda row: row["unit"])


def test_every_page_says_that_it_is_not_a_site_of_the_programmes_makers(example_site: Path) -> None:
    english = ("It is not a site of the OECD or of Bloomberg Philanthropies", "Found an error?")
    korean = ("OECD나 블룸버그 재단(Bloomberg Philanthropies)의 사이트가 아니며", "오류를 발견하셨습니까?")
    for page in example_site.rglob("*.html"):
        text = page.read_text("utf-8")
        for said in korean if page.is_relative_to(example_site / "ko") else english:
            assert said in text, page
