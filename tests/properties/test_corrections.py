"""To apply corrections is to edit the answers by hand, in every fact; where an old value does not stand nothing happens."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cityfolio.build.project import open_project
from cityfolio.build.scaffold import make_programme
from cityfolio.model.fact import Fact
from tests.programmes import ProgrammeFolder

WAVES = ("2022", "2024")
UNITS = {"2022": ("alder-aa", "birch-aa"), "2024": ("alder-aa", "cedar-bb")}
CODES = {"2022": ("planting", "watering"), "2024": ("planting", "watering", "mapping")}
Cell = tuple[str, str, str]
"""Wave, unit, column."""


def values(wave: str, column: str) -> st.SearchStrategy[str]:
    """What may stand in a cell."""
    if column == "has_plan":
        return st.sampled_from(["yes", "no", "", "refused", "?"])
    if column == "population":
        return st.integers(0, 10**6).map(str) | st.just("")
    if column == "measures_other":
        return st.sampled_from(["", "adopting a tree", "a; b"])
    return st.lists(st.sampled_from(CODES[wave]), max_size=2, unique=True).map(" ".join)


cells = st.sampled_from(
    [(w, u, c) for w in WAVES for u in UNITS[w] for c in ("has_plan", "population", "measures", "measures_other")]
)


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[Cell, str]]:
    """New values for some cells, one after the other; a cell may come more than once."""
    return [(cell, draw(values(cell[0], cell[2]))) for cell in draw(st.lists(cells, min_size=1, max_size=4))]


def held(folder: ProgrammeFolder, cell: Cell) -> str:
    rows = csv.DictReader(io.StringIO(folder.text(f"responses/{cell[0]}.csv")))
    return next(row[cell[2]] for row in rows if row["unit"] == cell[1])


def facts_of(folder: ProgrammeFolder) -> list[Fact]:
    return list(open_project(folder.path).store)


def entry(cell: Cell, before: str, after: str, day: int) -> str:
    wave, unit, column = cell
    about = f'reason: So it is., by: Kim, date: "2026-05-{day:02}"'
    return f'  - {{wave: {wave}, unit: {unit}, variable: {column}, from: "{before}", to: "{after}", {about}}}'


@settings(max_examples=25, deadline=None)
@given(changed=edits())
def test_corrections_give_the_facts_of_answers_edited_by_hand(changed: list[tuple[Cell, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        by_hand, by_file = ProgrammeFolder(Path(name) / "hand"), ProgrammeFolder(Path(name) / "file")
        for folder in (by_hand, by_file):
            make_programme(folder.path)
        entries = []
        for day, (cell, after) in enumerate(changed, start=1):
            before = held(by_hand, cell)
            if before != after:
                entries.append(entry(cell, before, after, day))
                by_hand.set_cell(f"responses/{cell[0]}.csv", cell[1], cell[2], after)
        by_file.write("corrections.yml", "\n".join(["format: 1", "corrections:" if entries else "", *entries]) + "\n")
        assert facts_of(by_file) == facts_of(by_hand)


@settings(max_examples=10, deadline=None)
@given(changed=edits())
def test_corrections_of_answers_that_nobody_gave_leave_every_fact_as_it_was(changed: list[tuple[Cell, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = ProgrammeFolder(Path(name) / "file")
        make_programme(folder.path)
        before = facts_of(folder)
        # Each cell once, from an answer that stands nowhere.
        first = dict(reversed(changed))
        lines = [entry(cell, "never said", after, 1) for cell, after in first.items()]
        folder.write("corrections.yml", "\n".join(["format: 1", "corrections:", *lines]) + "\n")
        assert facts_of(folder) == before
