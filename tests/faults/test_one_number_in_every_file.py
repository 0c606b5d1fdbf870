"""The same number wherever it is taken from: chart, picture, file and API say what facts.csv says.

DataUSA: prose and file disagreed (DataUSA/datausa-site#253), a file had no source (#391). Council scorecards: site and file
differed by a point (mysociety/caps#396, #407, #362).
"""

from __future__ import annotations

import csv
import io
import json
import re
from fractions import Fraction
from pathlib import Path

from cityfolio.api.resources import fact_resource
from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme
from cityfolio.formatting import whole_per_cent
from cityfolio.publish.facts import FACT_COLUMNS, fact_record
from tests.programmes import EXAMPLE, ProgrammeFolder, rows_of

REASONS = ("not_asked", "not_offered", "routed_past", "refused", "dont_know", "not_on_record", "unanswered", "in_words")


def test_every_row_of_every_chart_file_is_that_of_its_fact(example_site: Path) -> None:
    facts = {row["fact"]: row for row in rows_of(example_site / "data" / "facts.csv")}
    files = sorted((example_site / "charts").rglob("*.csv"))
    shown = 0
    for file in files:
        rows = list(rows_of(file))
        held = json.loads(file.with_suffix(".json").read_text("utf-8"))["chart"]["rows"]
        picture = file.with_suffix(".svg").read_text("utf-8")
        assert [row["fact"] for row in rows] == [row["fact"] for row in held]
        for row, twin in zip(rows, held, strict=True):
            if not row["fact"]:
                assert (row["numerator"], row["base"], row["per_cent"]) == ("", "", "")
                continue
            fact = facts[row["fact"]]
            assert (row["numerator"], row["base"]) == (fact["numerator"], fact["base"]), row
            assert (str(twin["count"]), str(twin["of"])) == (fact["numerator"], fact["base"]), twin
            if row["per_cent"]:
                per_cent = whole_per_cent(int(fact["numerator"]), int(fact["base"]))
                assert int(row["per_cent"]) == twin["per_cent"] == per_cent
                assert re.search(rf">\s*{per_cent} ?%", picture), (file, per_cent)
            shown += 1
    assert shown > 300


def test_every_cell_of_facts_csv_is_what_the_api_gives(small: ProgrammeFolder) -> None:
    for folder in (EXAMPLE, small.path):
        for fact in all_facts(load_programme(folder)):
            given = fact_resource(fact)
            cells = dict(zip(FACT_COLUMNS, fact_record(fact), strict=True))
            texts = [name for name in FACT_COLUMNS if name not in ("numerator", "base", "value", *REASONS)]
            assert {name: given.get(name, "") for name in texts} == {name: cells[name] for name in texts}
            for name in ("numerator", "base", "value"):
                assert (name in given) == bool(cells[name]), (fact.id, name)
                if cells[name]:
                    assert Fraction(str(given[name])) == Fraction(cells[name])
            left_out = given.get("left_out", {})
            assert isinstance(left_out, dict)
            assert {reason: str(left_out.get(reason, 0)) for reason in REASONS if cells[reason]} == {
                reason: cells[reason] for reason in REASONS if cells[reason]
            }


def test_every_number_of_a_file_says_its_source_and_what_its_base_is(example_site: Path) -> None:
    text = (example_site / "data" / "facts.csv").read_text("utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        assert row["source"] in ("responses", "published"), row["fact"]
        if row["source"] == "published":
            assert row["source_url"], row["fact"]
        else:
            assert row["base"], row["fact"]
            assert row["base_rule"], row["fact"]


def test_every_chart_has_its_frame_picture_and_files(example_site: Path) -> None:
    # censusreporter/censusreporter#231: charts could not be embedded in number.
    places = {
        file.relative_to(example_site / "charts").with_suffix("") for file in (example_site / "charts").rglob("*.csv")
    }
    assert places == {
        file.relative_to(example_site / "charts").with_suffix("") for file in (example_site / "charts").rglob("*.svg")
    }
    frames = {page.parent.relative_to(example_site / "embed") for page in (example_site / "embed").rglob("index.html")}
    assert frames == {Path(place.name) / place.parent for place in places}
