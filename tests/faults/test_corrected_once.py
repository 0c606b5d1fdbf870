"""What is corrected in one file is correct everywhere, and what is added later renames nothing.

Census Reporter: embeds and caches kept wrong labels (censusreporter/censusreporter#227, #249). Fingertips: a map was published
with the wrong year; ids changed (ropensci/fingertipsR#62, #83, #117).
"""

from __future__ import annotations

from pathlib import Path

from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme
from tests.programmes import ProgrammeFolder, held_in


def mentions(site: Path, words: str) -> list[str]:
    return [path for path, content in held_in(site).items() if words.encode() in content]


def test_a_label_that_is_corrected_is_corrected_in_every_page_frame_picture_and_file(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    small.swap("instruments/2024.yml", "Watering in dry summers", "Watering in wet summers")
    small.swap("programme.yml", "title: survey of 2024", "title: survey of 2204")
    small.build(out)
    kinds = {path.rpartition(".")[2] for path in mentions(out, "wet summers")}
    assert {"html", "csv", "json", "svg", "js"} <= kinds
    assert "embed/2024/measures/index.html" in mentions(out, "wet summers")
    assert "embed/2024/measures/index.html" in mentions(out, "2204")
    small.swap("instruments/2024.yml", "Watering in wet summers", "Watering in dry summers")
    small.swap("programme.yml", "title: survey of 2204", "title: survey of 2024")
    small.build(out)
    assert mentions(out, "wet summers") == mentions(out, "2204") == []


def ids_of(folder: ProgrammeFolder) -> set[str]:
    return {fact.id for fact in all_facts(load_programme(folder.path))}


def test_new_cities_questions_and_categories_and_another_order_rename_no_fact(small: ProgrammeFolder) -> None:
    before = ids_of(small)
    planting = "          - {code: planting, label: Planting new trees}\n"
    watering = "          - {code: watering, label: Watering in dry summers}\n"
    new = "          - {code: pruning, label: Pruning}\n"
    small.swap("instruments/2024.yml", planting + watering, new + watering + planting)
    small.swap(
        "instruments/2024.yml",
        "    questions:\n",
        "    questions:\n      - {variable: budget, kind: number, label: Budget, question: How much?}\n",
    )
    small.write(
        "responses/2024.csv",
        "has_plan,budget,unit,measures_other,measures,population\n"
        "yes,,cedar-bb,,,\nyes,7,aaa-aa,,pruning,1\nyes,,alder-aa,adopting a tree,planting mapping,125000\n",
    )
    small.write("units.csv", small.text("units.csv").replace("alder-aa", "aaa-aa,First,Aland,EU,1,1\nalder-aa", 1))
    assert before - ids_of(small) == set()
