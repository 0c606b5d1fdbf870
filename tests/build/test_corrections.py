"""Corrections are data: applied only where the old value stands, never written into the answers as received."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pyreadstat
import pytest

from cityfolio.build.at_size import open_large_project
from cityfolio.build.importing import import_answers
from cityfolio.build.programme import load_programme
from cityfolio.build.project import open_project
from cityfolio.build.running import publish_site
from cityfolio.errors import ProgrammeBlocked
from cityfolio.model.correction import Correction
from cityfolio.model.missing import Missing
from tests.programmes import ProgrammeFolder, held_in, rows_of

ABOUT = 'reason: The city told us., by: Kim, date: "2026-05-20"'


def corrected(folder: ProgrammeFolder, *entries: str) -> ProgrammeFolder:
    """The folder with these corrections; what is not said of one is said here."""
    lines = [f"  - {{{entry}{'' if 'date:' in entry else f', {ABOUT}'}}}" for entry in entries]
    folder.write("corrections.yml", "\n".join(["format: 1", "corrections:", *lines]) + "\n")
    return folder


def found(folder: ProgrammeFolder) -> list[tuple[str, int, str]]:
    """Code, line and column of the findings in the file of corrections."""
    return [(f.code, f.at.line, f.at.column) for f in folder.findings() if f.at.file == "corrections.yml"]


def test_a_correction_replaces_the_answer_and_no_byte_of_what_was_received(small: ProgrammeFolder) -> None:
    before = held_in(small.path / "responses")
    corrected(small, "wave: 2022, unit: birch-aa, variable: has_plan, from: no, to: yes")
    answers = load_programme(small.path).answers
    assert answers.by_unit["birch-aa"]["2022"].answers["has_plan"].codes == ("yes",)
    expected = Correction("2022", "birch-aa", "has_plan", "", "no", "yes", "The city told us.", "2026-05-20")
    assert answers.corrected("birch-aa", "2022", "has_plan") == (expected,)
    assert found(small) == []
    assert held_in(small.path / "responses") == before


def test_one_category_numbers_texts_own_words_and_missing_reasons_are_corrected(small: ProgrammeFolder) -> None:
    corrected(
        small,
        "wave: 2024, unit: alder-aa, variable: measures, category: mapping, from: yes, to: no",
        "wave: 2024, unit: alder-aa, variable: measures_other, from: adopting a tree, to: ''",
        "wave: 2024, unit: alder-aa, variable: population, from: 125000, to: 126000",
        "wave: 2024, unit: cedar-bb, variable: has_plan, from: yes, to: refused",
        "wave: 2024, unit: cedar-bb, variable: measures, from: '', to: watering planting",
    )
    assert found(small) == []
    answers = load_programme(small.path).answers.by_unit
    alder, cedar = answers["alder-aa"]["2024"].answers, answers["cedar-bb"]["2024"].answers
    assert (alder["measures"].codes, alder["measures"].own_words) == (("planting",), ())
    assert alder["population"].number == 126000
    assert cedar["has_plan"].missing is Missing.REFUSED
    assert cedar["measures"].codes == ("watering", "planting")


def test_where_the_old_value_does_not_stand_everything_stays_as_it_was(small: ProgrammeFolder) -> None:
    before = open_project(small.path).store.facts
    corrected(
        small,
        "wave: 2022, unit: birch-aa, variable: has_plan, from: refused, to: yes",
        "wave: 2024, unit: cedar-bb, variable: measures, category: mapping, from: no, to: yes",
        "wave: 2022, unit: alder-aa, variable: has_plan, from: no, to: yes",
        "wave: 2024, unit: alder-aa, variable: measures, category: watering, from: yes, to: no",
    )
    assert open_project(small.path).store.facts == before
    # Of no answer at all it does not follow that a category was not chosen.
    assert found(small) == [
        ("corrections.stale", 3, "5"),
        ("corrections.stale", 4, "5"),
        ("corrections.done", 5, "5"),
        ("corrections.done", 6, "5"),
    ]
    assert '"has_plan of birch-aa in 2022 says "no", not "refused"' in f'"{small.coded("corrections.stale")[0].found}'
    assert load_programme(small.path).answers.corrections == ()


def test_the_order_of_several_codes_does_not_matter(small: ProgrammeFolder) -> None:
    corrected(small, "wave: 2024, unit: alder-aa, variable: measures, from: mapping planting, to: planting")
    assert found(small) == []
    assert load_programme(small.path).answers.by_unit["alder-aa"]["2024"].answers["measures"].codes == ("planting",)


@pytest.mark.parametrize(
    ("entry", "code", "column"),
    [
        ("wave: 2023, unit: birch-aa, variable: has_plan, from: no, to: yes", "programme.unknown-name", "wave"),
        ("wave: 2022, unit: beech-aa, variable: has_plan, from: no, to: yes", "programme.unknown-name", "unit"),
        ("wave: 2022, unit: birch-aa, variable: has_plans, from: no, to: yes", "programme.unknown-name", "variable"),
        ("wave: 2022, unit: birch-aa, variable: has_plan_other, from: no, to: a", "programme.unknown-name", "variable"),
        ("wave: 2022, unit: birch-aa, variable: has_plan, from: no, to: no", "corrections.same", "to"),
        ("wave: 2022, unit: birch-aa, variable: has_plan, from: no, to: yess", "intake.unknown-code", "to"),
        ("wave: 2022, unit: alder-aa, variable: measures, from: planting, to: mapping", "intake.not-offered", "to"),
        ("wave: 2022, unit: birch-aa, variable: population, from: 45000, to: many", "intake.no-number", "to"),
        ("wave: 2022, unit: cedar-bb, variable: has_plan, from: no, to: yes", "corrections.no-response", ""),
        (
            "wave: 2022, unit: birch-aa, variable: has_plan, category: yes, from: no, to: yes",
            "corrections.category",
            "category",
        ),
        (
            "wave: 2024, unit: alder-aa, variable: measures, category: mapping, from: yes, to: perhaps",
            "corrections.category",
            "category",
        ),
        (
            "wave: 2024, unit: alder-aa, variable: measures, category: maping, from: yes, to: no",
            "programme.unknown-name",
            "category",
        ),
        (
            "wave: 2022, unit: birch-aa, variable: has_plan, from: no, to: yes, reason: A, by: B, date: 20 May",
            "programme.no-date",
            "date",
        ),
        (
            "wave: 2022, unit: birch-aa, variable: has_plan, from: no, to: yes, by: B, date: 2026-05-20",
            "yaml.unexpected",
            "",
        ),
    ],
)
def test_what_cannot_be_is_found_at_its_place(small: ProgrammeFolder, entry: str, code: str, column: str) -> None:
    corrected(small, entry)
    place = 5 + (f"{{{entry}".index(f"{column}:") if column else 0)
    assert found(small) == [(code, 3, str(place))]
    with pytest.raises(ProgrammeBlocked):
        load_programme(small.path)


def test_a_question_that_the_wave_did_not_ask_has_no_answer_to_correct(small: ProgrammeFolder) -> None:
    question = (
        "      - variable: parks\n        kind: number\n        label: Parks\n        question: How many parks?\n"
    )
    small.write("instruments/2024.yml", small.text("instruments/2024.yml") + question)
    corrected(small, "wave: 2022, unit: birch-aa, variable: parks, from: 1, to: 2")
    assert found(small) == [("corrections.not-asked", 3, "34")]


def test_corrections_follow_from_each_other_by_their_days(small: ProgrammeFolder) -> None:
    cell = "wave: 2022, unit: birch-aa, variable: has_plan"
    corrected(
        small,
        f"{cell}, from: yes, to: refused, reason: Withdrawn., by: Kim, date: 2026-06-02",
        f"{cell}, from: no, to: yes, reason: A plan was found., by: Lee, date: 2026-05-01",
    )
    assert found(small) == [("corrections.chain", 3, "5")]
    answers = load_programme(small.path).answers
    assert answers.by_unit["birch-aa"]["2022"].answers["has_plan"].missing is Missing.REFUSED
    assert [one.date for one in answers.corrected("birch-aa", "2022", "has_plan")] == ["2026-05-01", "2026-06-02"]


def test_two_corrections_that_start_from_the_same_answer_contradict_each_other(small: ProgrammeFolder) -> None:
    cell = "wave: 2024, unit: alder-aa, variable: measures"
    corrected(
        small,
        f"{cell}, category: mapping, from: yes, to: no",
        f"{cell}, from: planting mapping, to: watering",
        f"{cell}, category: watering, from: no, to: yes",
    )
    # The third is about another category than the first; but it follows the second, which was not applied.
    assert ("corrections.conflict", 4, "5") in found(small)
    assert small.coded("corrections.conflict")[0].facts["line"] == "3"
    with pytest.raises(ProgrammeBlocked):
        load_programme(small.path)


def test_a_new_answer_is_judged_as_any_other_and_mends_what_was_wrong(small: ProgrammeFolder) -> None:
    small.swap("responses/2022.csv", "birch-aa,45000,no", "birch-aa,45000,perhaps")
    assert [f.code for f in small.findings() if f.blocks] == ["intake.unknown-code"]
    corrected(small, "wave: 2022, unit: birch-aa, variable: has_plan, from: perhaps, to: no")
    assert [f.code for f in small.findings() if f.blocks] == []
    corrected(small, "wave: 2024, unit: alder-aa, variable: measures, from: planting mapping, to: planting none")
    (finding,) = small.coded("review.exclusive")
    assert (finding.at.file, finding.at.line) == ("corrections.yml", 3)


def test_duckdb_counts_the_corrected_answers_and_says_the_same_about_corrections(small: ProgrammeFolder) -> None:
    before = open_large_project(small.path).tabulate("has_plan", edition="2022")
    # A column of own words that the file does not have is filled by a correction alone.
    held = small.text("responses/2024.csv").splitlines()
    small.write("responses/2024.csv", "\n".join(line.rpartition(",")[0] for line in held) + "\n")
    corrected(
        small,
        "wave: 2022, unit: birch-aa, variable: has_plan, from: no, to: yes",
        "wave: 2024, unit: alder-aa, variable: measures, category: mapping, from: yes, to: no",
        "wave: 2024, unit: cedar-bb, variable: measures_other, from: '', to: adopting a tree",
    )
    plain, large = open_project(small.path), open_large_project(small.path)
    for variable in ("has_plan", "measures"):
        for edition in plain.programme.manifest.editions:
            assert large.tabulate(variable, edition=edition) == plain.tabulate(variable, edition=edition)
    assert large.tabulate("has_plan", edition="2022") != before
    corrected(small, "wave: 2022, unit: birch-aa, variable: has_plan, from: no, to: yess")
    with pytest.raises(ProgrammeBlocked) as blocked:
        open_large_project(small.path).tabulate("has_plan")
    assert [finding.code for finding in blocked.value.findings] == ["intake.unknown-code"]


def test_who_decided_a_correction_is_kept_in_the_file_alone(small: ProgrammeFolder) -> None:
    corrected(small, "wave: 2022, unit: birch-aa, variable: has_plan, from: no, to: yes")
    assert "Kim" not in repr(load_programme(small.path).answers.corrections)


def test_a_correction_is_shown_beside_the_answer_and_listed_in_every_table(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    corrected(
        small,
        "wave: 2024, unit: alder-aa, variable: measures, category: mapping, from: yes, to: no",
        "wave: 2024, unit: alder-aa, variable: population, from: 125000, to: 126000, reason: <b>A slip</b>, by: Kim Example,"
        " date: 2026-05-21",
    )
    publish_site(small.path, tmp_path / "site")
    page = (tmp_path / "site/cities/alder-aa/index.html").read_text("utf-8")
    assert "Measures: corrected on 20 May 2026. <span>The city told us.</span>" in page
    assert "answer of 2024; corrected on 21 May 2026. <span>&lt;b&gt;A slip&lt;/b&gt;</span>" in page
    assert "corrected" not in (tmp_path / "site/cities/birch-aa/index.html").read_text("utf-8")
    behind = (tmp_path / "site/facts/2024/measures/index.html").read_text("utf-8")
    assert (
        "<dt>Alder <small>answer of 2024</small></dt><dd>corrected on 20 May 2026. <span>The city told us.</span></dd>"
        in behind
    )
    assert "corrected on" not in (tmp_path / "site/facts/2022/measures/index.html").read_text("utf-8")
    data = tmp_path / "site" / "data"
    listed = list(rows_of(data / "corrections.csv"))
    assert [(row["unit"], row["variable"], row["category"], row["before"], row["after"]) for row in listed] == [
        ("alder-aa", "measures", "mapping", "yes", "no"),
        ("alder-aa", "population", "", "125000", "126000"),
    ]
    marked = {(row["unit"], row["wave"]): row["corrected"] for row in rows_of(data / "responses.csv")}
    assert marked == {
        ("alder-aa", "2022"): "",
        ("alder-aa", "2024"): "population measures",
        ("birch-aa", "2022"): "",
        ("cedar-bb", "2024"): "",
    }
    for read, name in ((pyreadstat.read_sav, "responses.sav"), (pyreadstat.read_dta, "responses.dta")):
        frame, _ = read(data / name)
        assert list(frame["corrected"]) == ["", "population measures", "", ""]
    long = {
        row["category"]: row["corrected"]
        for row in rows_of(data / "responses-long.csv")
        if row["variable"] == "measures"
    }
    assert long["planting"] == "2026-05-20"
    with closing(sqlite3.connect(data / "programme.sqlite")) as database:
        assert database.execute("SELECT unit, after FROM corrections").fetchall() == [
            ("alder-aa", "no"),
            ("alder-aa", "126000"),
        ]
    assert "Answers that were corrected after they were given: 2." in (data / "README.md").read_text("utf-8")
    assert "corrections" in {r["name"] for r in json.loads((data / "datapackage.json").read_bytes())["resources"]}
    assert json.loads((data / "codebook.json").read_bytes())["corrections"][0] == {
        "variable": "measures", "wave": "2024", "number": 1,
    }  # fmt: skip
    assert 'href="../data/corrections.csv"' in (tmp_path / "site/data/index.html").read_text("utf-8")
    assert not [name for name, content in held_in(tmp_path / "site").items() if b"Kim" in content]


def test_explain_names_the_correction_behind_a_number(small: ProgrammeFolder) -> None:
    corrected(small, "wave: 2022, unit: alder-aa, variable: has_plan, from: yes, to: no")
    project = open_project(small.path)
    # Alder answered again: what counts in the pooled edition is not the corrected answer.
    for fact, number in (("2022.has_plan.no.all.share", 1), ("2022-2024.has_plan.no.all.share", 0)):
        assert len(project.corrections(project.fact(fact))) == number


def test_corrections_of_answers_that_are_not_released_are_in_no_file(small: ProgrammeFolder, tmp_path: Path) -> None:
    questions = """\
      - {variable: trust, kind: number, label: Trust, question: How much?, released: false, lowest: 0, highest: 10}
      - {variable: mayor, kind: text, label: Mayor, question: Who?, personal: true}
"""
    small.write("instruments/2022.yml", small.text("instruments/2022.yml") + questions)
    lines = small.text("responses/2022.csv").splitlines()
    filled = [f"{lines[0]},trust,mayor", *(f"{line},7,Ann Alder" for line in lines[1:])]
    small.write("responses/2022.csv", "\n".join(filled) + "\n")
    small.swap(
        "profile.yml",
        "in_short:",
        "  - {kind: sentence, id: mayor_of, cases: {known: {mayor: answered}}, silent: [rest]}\nin_short:",
    )
    small.swap("wording/en.yml", "sentences:\n", 'sentences:\n  mayor_of:\n    known: "Mayor: {mayor}"\n')
    corrected(
        small,
        "wave: 2022, unit: alder-aa, variable: trust, from: 7, to: 8765, reason: secret reason, by: Kim, date: 2026-05-20",
        "wave: 2022, unit: birch-aa, variable: trust, from: 4321, to: 8, reason: secret reason, by: Kim, date: 2026-05-20",
        "wave: 2022, unit: birch-aa, variable: mayor, from: Ann Alder, to: Bea Birch, reason: secret reason, by: Kim,"
        " date: 2026-05-21",
        "wave: 2022, unit: alder-aa, variable: mayor, from: Zoe, to: Bea Birch, reason: secret reason, by: Kim, date: 2026-05-21",
    )
    publish_site(small.path, tmp_path / "site")
    told = {name: content.decode("utf-8", "ignore") for name, content in held_in(tmp_path / "site").items()}
    for words in ("secret reason", "4321", "Zoe"):
        assert not [name for name, text in told.items() if words in text], words
    # No minimum is set, so the sum of two numbers is told; that one of them asks to be looked at is not.
    assert "8765" not in told["method/index.html"]
    assert "corrected on 21 May 2026." in told["cities/birch-aa/index.html"]
    assert "data/corrections.csv" not in told
    assert {(f.code, f.at.column) for f in small.findings() if f.at.file == "corrections.yml"} == {
        ("intake.out-of-range", "trust"),
        ("corrections.stale", "trust"),
        ("corrections.stale", "mayor"),
    }


def test_answers_that_come_in_again_say_which_corrections_no_longer_stand(
    small: ProgrammeFolder, tmp_path: Path
) -> None:
    corrected(
        small,
        "wave: 2022, unit: birch-aa, variable: has_plan, from: no, to: yes",
        "wave: 2022, unit: alder-aa, variable: population, from: 120000, to: 121000",
    )
    received = tmp_path / "again.csv"
    received.write_text(
        "unit,population,has_plan,measures,measures_other\nalder-aa,120000,yes,planting,\nbirch-aa,45000,refused,,\n"
    )
    done = import_answers(small.path, received, "2022", replace=True)
    assert [(finding.code, finding.at.line) for finding in done.findings] == [("corrections.stale", 3)]
    # What came in is kept as it came; the correction that stands is applied when it is read.
    assert "alder-aa,120000" in small.text("responses/2022.csv")
    answers = load_programme(small.path).answers.by_unit
    assert answers["alder-aa"]["2022"].answers["population"].number == 121000
