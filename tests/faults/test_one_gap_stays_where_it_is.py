"""Whatever is missing is missing in its own place: no page breaks for it, and no gap reads as a number.

DataCommons: one missing value broke a whole page (datacommonsorg/website#1212). Census Reporter: one parent without data
failed the page (censusreporter/censusreporter#281, #311). Analysts' guide of Explore education statistics: gaps in a series
are hidden, or drawn as zero.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cityfolio.build.content import edition_of, make_content
from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme
from cityfolio.build.project import open_project
from cityfolio.errors import WrongUse
from cityfolio.profile.programme_documents import SiteContent, VariableDocument
from cityfolio.site.auditing import PageAuditor
from cityfolio.site.pages import Renderer
from tests.pages import read_text_of
from tests.programmes import ProgrammeFolder

KEPT = {"index.html", "cities", "variables", "explore", "map", "search", "method", "data"}
TABLES = ("units.csv", "responses/2022.csv", "responses/2024.csv")


def content_of(folder: ProgrammeFolder) -> SiteContent:
    programme = load_programme(folder.path)
    return make_content(programme, edition_of(programme, None), (), all_facts(programme)).site


def variable_in(folder: ProgrammeFolder, name: str) -> VariableDocument:
    (found,) = [document for document in content_of(folder).variables if document.variable == name]
    return found


def cells_of(text: str) -> Iterator[tuple[str, str]]:
    """Unit and column of every cell that holds something."""
    for row in csv.DictReader(io.StringIO(text)):
        yield from ((row["unit"], column) for column, cell in row.items() if cell and column != "unit")


def test_no_empty_cell_anywhere_breaks_a_page(small: ProgrammeFolder) -> None:
    renderer, paths = Renderer(), {page.path for page in Renderer().render(content_of(small))}
    emptied = 0
    for table in TABLES:
        whole = small.text(table)
        for unit, column in cells_of(whole):
            small.set_cell(table, unit, column, "")
            programme = load_programme(small.path)
            facts = all_facts(programme)
            auditor = PageAuditor({fact.id: fact for fact in facts}, "en")
            pages = list(renderer.render(make_content(programme, edition_of(programme, None), (), facts).site))
            assert [p for page in pages if (seen := auditor.look(page.path, page.content)) for p in seen.problems] == []
            lost = paths - {page.path for page in pages}
            # Only what would say nothing is left out: a group without members, a chart and facts that nobody gave.
            assert {part for path in lost for part in path.split("/")[:1]} & KEPT == set(), (unit, column, lost)
            small.write(table, whole)
            emptied += 1
    assert emptied > 20


def test_a_group_in_which_nobody_answered_breaks_nothing_and_shows_no_zero(small: ProgrammeFolder) -> None:
    # Cedar is all of Boreland.
    small.set_cell("responses/2024.csv", "cedar-bb", "has_plan", "")
    programme = load_programme(small.path)
    facts = all_facts(programme)
    assert facts.find("2022-2024", "has_plan", "yes", "share") is not None
    assert [fact.id for fact in facts if fact.key.group.key == "Boreland" and fact.key.variable == "has_plan"] == []
    pages = {page.path: page.content.decode() for page in Renderer().render(content_of(small))}
    assert "Boreland" in read_text_of(pages["groups/country-Boreland/index.html"]).text
    assert "0 %" not in read_text_of(pages["groups/country-Boreland/index.html"]).text
    assert "Alder has a plan for its trees" in read_text_of(pages["cities/alder-aa/index.html"]).text


def with_a_wave_that_did_not_ask(folder: ProgrammeFolder) -> None:
    """A third wave asks as the second did; the second no longer asks for a plan."""
    for file in ("instruments/{}.yml", "responses/{}.csv"):
        folder.write(file.format(2026), folder.text(file.format(2024)).replace("2024", "2026"))
    question = (
        "      - variable: has_plan\n        kind: single\n        label: Tree plan\n"
        "        question: Does the city have a plan for its trees?\n        categories:\n"
        "          - {code: yes, label: A plan}\n          - {code: no, label: No plan}\n"
    )
    folder.swap("instruments/2024.yml", question, "")
    folder.swap("instruments/2024.yml", "universe: {text: Cities with a plan, routed_past_by: {has_plan: [no]}}", "")
    folder.write(
        "responses/2024.csv",
        "unit,population,measures,measures_other\nalder-aa,125000,planting,\ncedar-bb,,watering,\n",
    )
    third = "  - {id: 2024, title: survey of 2024}\n"
    folder.swap("programme.yml", third, f"{third}  - {{id: 2026, title: survey of 2026}}\n")
    folder.swap("programme.yml", "waves: [2022, 2024]", "waves: [2022, 2024, 2026]")


def test_a_wave_that_did_not_ask_stands_in_the_series_as_a_gap(small: ProgrammeFolder) -> None:
    with_a_wave_that_did_not_ask(small)
    document = variable_in(small, "has_plan")
    shown = [edition.edition for edition in document.editions]
    assert [name for name in shown if "-" not in name] == ["2022", "2024", "2026"]
    (gap,) = [cell for edition, cell in zip(shown, document.rows[0].cells, strict=True) if edition == "2024"]
    assert (gap.count, gap.of, gap.per_cent, gap.absent) == (None, None, None, "not asked")
    programme = load_programme(small.path)
    assert [f.id for f in all_facts(programme) if (f.key.edition, f.key.variable) == ("2024", "has_plan")] == []


def test_no_change_is_told_across_a_wave_that_did_not_ask(small: ProgrammeFolder) -> None:
    with_a_wave_that_did_not_ask(small)
    changes = {f.key.edition for f in all_facts(load_programme(small.path)) if f.key.variable == "has_plan"}
    assert changes & {"2022-to-2024", "2024-to-2026"} == set()


def test_notes_live_with_the_questionnaire_and_not_with_a_file_of_answers(small: ProgrammeFolder) -> None:
    # Explore education statistics: whoever replaces a file of data loses its footnotes.
    before = variable_in(small, "measures").notes
    assert [run.text for note in before for run in note if "2024" in run.text] != []
    small.write("responses/2024.csv", "measures_other,measures,population,unit,has_plan\n,mapping,9,birch-aa,yes\n")
    assert variable_in(small, "measures").notes == before
    small.write("responses/2024.csv", "unit,population,has_plan,measures,measures_other\n")
    assert variable_in(small, "measures").notes == before


def test_changes_are_between_waves_and_never_between_editions_that_overlap(small: ProgrammeFolder) -> None:
    # Fingertips refuses a trend over periods that overlap.
    assert {f.key.edition for f in all_facts(load_programme(small.path)) if "change" in f.key.measure} == {
        "2022-to-2024"
    }
    project = open_project(small.path)
    for pair in (("2022", "2022-2024"), ("2022-2024", "2024")):
        with pytest.raises(WrongUse, match="It was asked in: 2022, 2024"):
            project.changes("has_plan", *pair)


def test_the_note_on_an_answer_goes_with_it_into_every_view_of_the_explorer(example_site: Path) -> None:
    # dfe-analytical-services/explore-education-statistics#1897: footnotes were wanted on filters.
    codebook = json.loads((example_site / "data" / "codebook.json").read_text("utf-8"))
    noted = 0
    for variable in codebook["variables"]:
        file = example_site / "explore" / f"{variable['variable']}.js"
        if not variable["categories"] or not file.exists():
            continue
        told = {
            code: note
            for code, _, note in json.loads(f"[{file.read_text('utf-8')[len('cityfolio.take(') : -3]}]")[1]["rows"]
        }
        for category in variable["categories"]:
            is_noted = category["waves"] != variable["waves"]
            note = told[category["code"]]
            assert bool(note) == is_noted, category
            assert [wave for wave in variable["waves"] if wave in note] == (category["waves"] if is_noted else [])
            assert not note or category["label"] in note
            noted += is_noted
    assert noted
