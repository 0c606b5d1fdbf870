"""Charts of a scale keep its order; a chart says why there is no answer of the unit whose page it stands on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.programmes import ProgrammeFolder

_CARE = """      - variable: care
        kind: scale
        label: Care
        question: How well are the trees cared for?
        categories:
          - {code: badly, label: Badly, score: 1}
          - {code: fairly, label: Fairly, score: 2}
          - {code: well, label: Well, score: 3}
"""


@pytest.fixture
def cared(small: ProgrammeFolder) -> ProgrammeFolder:
    """The small programme with a scale in its latest wave: two say "well", one says nothing, nobody "fairly"."""
    small.add("instruments/2024.yml", _CARE.rstrip("\n"))
    small.write(
        "responses/2024.csv",
        "unit,population,has_plan,measures,measures_other,care\n"
        "alder-aa,125000,yes,planting,,well\nbirch-aa,45000,yes,planting,,well\ncedar-bb,,yes,,,\n",
    )
    small.add("profile.yml", "      - {kind: chart, variable: care}")
    return small


def test_a_chart_and_the_table_of_a_group_keep_the_order_of_a_scale(cared: ProgrammeFolder, tmp_path: Path) -> None:
    cared.build(tmp_path / "site")
    page = json.loads((tmp_path / "site/cities/alder-aa.json").read_text("utf-8"))
    blocks = [block for section in page["sections"] for block in section["blocks"]]
    (chart,) = [block for block in blocks if block.get("variable") == "care"]
    assert [row["code"] for row in chart["rows"]] == ["badly", "fairly", "well"]
    group = (tmp_path / "site/groups/country-Aland/index.html").read_text("utf-8")
    table = group[group.index("Care</h3>") :]
    assert re.findall(r">(Badly|Fairly|Well)<", table) == ["Badly", "Fairly", "Well"]


def test_a_chart_says_why_the_unit_of_the_page_has_no_answer_in_it(cared: ProgrammeFolder, tmp_path: Path) -> None:
    cared.build(tmp_path / "site")
    page = (tmp_path / "site/cities/cedar-bb/index.html").read_text("utf-8")
    assert "Measures and care: no answer on record for 2024." in page
    assert "no answer on record for 2024." not in (tmp_path / "site/cities/alder-aa/index.html").read_text("utf-8")
