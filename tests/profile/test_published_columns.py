"""A column of published figures is worth its width where most answers have one; a few figures are told in words."""

from __future__ import annotations

import json
from pathlib import Path

OWN_WORDS = "own_words"


def test_a_column_of_published_figures_has_more_figures_than_gaps(example_site: Path) -> None:
    columns = 0
    for file in sorted(example_site.glob("charts/*/*.json")):
        chart = json.loads(file.read_text("utf-8"))["chart"]
        rows = [row for row in chart.get("rows", ()) if row["code"] != OWN_WORDS]
        figures = [row for row in rows if row.get("published_fact")]
        if chart.get("leads") == "responses" and figures:
            columns += 1
            assert 2 * len(figures) >= len(rows), file
    assert columns > 0


def test_figures_without_a_column_are_told_with_their_survey(example_site: Path) -> None:
    chart = json.loads((example_site / "charts" / "roles" / "2018-2020.json").read_text("utf-8"))["chart"]
    assert [row["code"] for row in chart["rows"] if row["published_fact"]] == []
    told = ["".join(run["text"] for run in reference["sentence"]) for reference in chart["references"]]
    assert "Project manager – published: 92 %, survey of 147 cities in 2018 and 2020, base not printed" in told
