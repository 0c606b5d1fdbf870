"""Units are found by the columns that the programme names, and those of one name are told apart by one of them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.pages import read_text_of
from tests.programmes import ProgrammeFolder

UNITS = """unit,name,state,state_name,country,continent,lat,lon
alder-aa,Alder,OH,Ohio,Aland,EU,60.1,19.9
birch-aa,alder,ME,Maine,Aland,EU,60.2,20.1
cedar-bb,Cedar,ME,Maine,Boreland,AS,35.1,33.3
"""


def site_of(small: ProgrammeFolder, directory: str) -> Path:
    small.write("units.csv", UNITS)
    small.swap("programme.yml", "directory:\n", f"directory:\n{directory}")
    out = small.path.parent / "site"
    small.build(out)
    return out


def test_the_column_stands_behind_names_that_two_units_share_and_behind_no_other(small: ProgrammeFolder) -> None:
    site = site_of(small, "  apart: state_name\n")
    entries = json.loads(f"[{(site / 'search' / 'words.js').read_text('utf-8')[len('cityfolio.take(') : -3]}]")[1]
    titles = {title for kind, title, *_ in entries if kind == "unit"}
    assert titles == {"Alder, Ohio", "alder, Maine", "Cedar"}
    for page in ("index.html", "compare/index.html", "map/index.html", "facts/2022-2024/has_plan/index.html"):
        text = (site / page).read_text("utf-8")
        assert "Alder, Ohio" in text, page
        assert "alder, Maine" in text, page
        assert "Cedar, Maine" not in text, page
    [heading] = [
        line
        for line in read_text_of((site / "cities" / "alder-aa" / "index.html").read_text("utf-8")).lines
        if line.startswith("# ")
    ]
    assert heading == "# Alder, Ohio"


def test_units_are_found_by_the_columns_that_the_programme_names_and_by_no_other(small: ProgrammeFolder) -> None:
    site = site_of(small, "  search: [state_name]\n")
    text = (site / "search" / "words.js").read_text("utf-8")
    [cedar] = [entry for entry in json.loads(f"[{text[len('cityfolio.take(') : -3]}]")[1] if entry[1] == "Cedar"]
    assert "Maine" in cedar[4].split()
    assert "ME" not in cedar[4].split()


def test_a_column_that_the_list_does_not_have_is_named_with_the_nearest(small: ProgrammeFolder) -> None:
    small.swap("programme.yml", "directory:\n", "directory:\n  search: [nam]\n  apart: countri\n")
    found = [(f.facts["got"], f.facts["suggestion"]) for f in small.findings() if f.code == "programme.unknown-name"]
    assert found == [("nam", "name"), ("countri", "country")]
