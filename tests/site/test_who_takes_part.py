"""A page of facts leads to the units of its edition, each with the wave of its answers and a link to its page."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from tests.programmes import EXAMPLE

MEMBER = re.compile(r'<li><a href="../../../cities/([a-z-]+)/index.html">[^<]+</a> <small>(\d+)</small></li>')


def test_the_units_of_an_edition_stand_on_one_page_with_the_wave_of_each(example_site: Path) -> None:
    waves: dict[str, str] = {}
    for wave in ("2018", "2020"):  # the later one stands
        with (EXAMPLE / "responses" / f"{wave}.csv").open(encoding="utf-8", newline="") as file:
            waves |= {row["unit"]: wave for row in csv.DictReader(file)}
    page = (example_site / "facts" / "2018-2020" / "_units" / "index.html").read_text("utf-8")
    assert dict(MEMBER.findall(page)) == waves


def test_pages_of_its_questions_lead_there(example_site: Path) -> None:
    for language, said in (("", "Who takes part"), ("ko/", "누가 참여하며")):
        page = (example_site / language / "facts" / "2018-2020" / "roles" / "index.html").read_text("utf-8")
        assert re.search(rf'<a href="[./]*facts/2018-2020/_units/index.html">{said}', page)
