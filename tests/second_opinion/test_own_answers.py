"""What a page says that its city answered is what stands in the city's row, in the city's own order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.pages import read_text_of
from tests.programmes import EXAMPLE, rows_of

WAVES = ("2018", "2020")
FUNDING = ("funding_sources", "funded_activities")


def latest_rows() -> dict[str, tuple[str, dict[str, str]]]:
    found = {}
    for wave in WAVES:
        found.update({row["unit"]: (wave, row) for row in rows_of(EXAMPLE / "responses" / f"{wave}.csv")})
    return found


def blocks_of(site: Path, unit: str, kind: str) -> Iterator[dict[str, Any]]:
    document = json.loads((site / "cities" / f"{unit}.json").read_text("utf-8"))
    for section in document["sections"]:
        yield from (block for block in section["blocks"] if block["kind"] == kind)


def counted_cell(row: dict[str, str], variable: str) -> list[str]:
    return [] if variable in FUNDING and row["has_funding"] == "no" else row[variable].split()


def test_charts_mark_exactly_the_answers_of_the_city(example_site: Path) -> None:
    for unit, (_, row) in latest_rows().items():
        for chart in blocks_of(example_site, unit, "chart"):
            variable = chart["variable"]
            if not chart["rows"]:  # over a single answer nothing is drawn, and a sentence says so
                assert chart["thin"], (unit, variable)
                continue
            marked = {r["code"] for r in chart["rows"] if r["chosen"]}
            own = {"own_words"} if row.get(f"{variable}_other") else set()
            assert marked == set(counted_cell(row, variable)) | own, (unit, variable)


def test_lists_hold_the_answers_of_the_city_in_its_own_order_and_own_words_last(example_site: Path) -> None:
    for unit, (wave, row) in latest_rows().items():
        for block in blocks_of(example_site, unit, "answers"):
            variable = block["variable"]
            own = [words.strip() for words in row.get(f"{variable}_other", "").split(";") if words.strip()]
            listed = [item["code"] for item in block["items"] if not item["own_words"]]
            assert block["wave"] == wave
            assert listed == [code for code in counted_cell(row, variable) if code != "none"], (unit, variable)
            assert [item["label"] for item in block["items"] if item["own_words"]] == own


def test_an_earlier_answer_is_shown_exactly_where_the_latest_has_none(example_site: Path) -> None:
    earlier = {row["unit"]: row for row in rows_of(EXAMPLE / "responses" / "2018.csv")}
    for unit, (wave, row) in latest_rows().items():
        shown = {(block["variable"], block["wave"]) for block in blocks_of(example_site, unit, "earlier")}
        before = earlier.get(unit) if wave == "2020" else None
        for variable, _ in shown:
            assert before is not None
            assert before[variable]
            assert not row[variable]
        if before is not None:
            for variable in (
                "has_strategy",
                "approach",
                "policy_areas",
                "has_team",
                "roles",
                "has_funding",
                "partners",
            ):
                assert ((variable, "2018") in shown) == bool(before[variable] and not row[variable]), (unit, variable)


def test_a_page_speaks_of_its_own_city_alone(example_site: Path) -> None:
    names = {row["unit"]: row["display_name"] for row in rows_of(EXAMPLE / "units.csv")}
    for unit, name in names.items():
        lines = read_text_of((example_site / "cities" / unit / "index.html").read_text("utf-8")).lines
        assert [line for line in lines if line.startswith("# ")] == [f"# {name}"]
