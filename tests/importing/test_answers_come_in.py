"""Answers come in from the files of other programs: matched by a mapping, coded, kept with their source; nothing guessed."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
import xlsxwriter

from cityfolio.build.importing import import_answers
from cityfolio.errors import ProgrammeBlocked, WrongUse
from tests.programmes import ProgrammeFolder, held_in

HEADER = ["City", "population", "Tree plan", "measures", "measures_other"]
PLAN = "Does the city have a plan for its trees?"
ROWS = [["Alder", "125000", "A plan", "planting mapping", "adopting a tree"], ["Cedar", "", "No plan", "", ""]]
CODED = "unit,population,has_plan,measures,measures_other\nalder-aa,125000,yes,planting mapping,adopting a tree\ncedar-bb,,no,,\n"


def _csv(rows: list[list[str]], separator: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx() -> bytes:
    to = io.BytesIO()
    with xlsxwriter.Workbook(to) as book:
        sheet = book.add_worksheet("Data")
        for place, row in enumerate([HEADER, *ROWS]):
            for column, cell in enumerate(row):
                sheet.write(place, column, int(cell) if cell.isdecimal() else cell)
    return to.getvalue()


def _ods() -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(cell.format(c) for c in row)}</table:table-row>" for row in [HEADER, *ROWS]
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", content)
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        parts.writestr("META-INF/manifest.xml", manifest)
    return to.getvalue()


def _parquet() -> bytes:
    to = io.BytesIO()
    pl.DataFrame([dict(zip(HEADER, row, strict=True)) for row in ROWS]).write_parquet(to)
    return to.getvalue()


def _json() -> bytes:
    return json.dumps({"results": [dict(zip(HEADER, row, strict=True)) for row in ROWS]}).encode()


def _put(small: ProgrammeFolder, name: str, content: bytes) -> Path:
    path = small.path.parent / name
    path.write_bytes(content)
    return path


def _codes(small: ProgrammeFolder, file: Path) -> list[str]:
    with pytest.raises(ProgrammeBlocked) as blocked:
        import_answers(small.path, file, "2024", replace=True)
    return [finding.code for finding in blocked.value.findings if finding.blocks]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", _csv([HEADER, *ROWS])),
        ("semicolon.csv", _csv([HEADER, *ROWS], ";")),
        ("utf16.csv", _csv([HEADER, *ROWS], "\t").decode("utf-8-sig").encode("utf-16")),
        ("a.tsv", _csv([HEADER, *ROWS], "\t")),
        ("a.xlsx", _xlsx()),
        ("a.ods", _ods()),
        ("a.parquet", _parquet()),
        ("a.json", _json()),
    ],
)
def test_the_same_answers_come_out_of_every_form(small: ProgrammeFolder, name: str, content: bytes) -> None:
    done = import_answers(small.path, _put(small, name, content), "2024", replace=True)
    assert (done.responses, done.drafted, done.changed) == (2, True, True)
    assert small.text("responses/2024.csv") == CODED
    assert [finding for finding in small.findings() if finding.blocks] == []


def test_importing_twice_changes_nothing_and_the_source_is_kept(small: ProgrammeFolder) -> None:
    file = _put(small, "a.csv", _csv([HEADER, *ROWS]))
    import_answers(small.path, file, "2024", replace=True)
    before = held_in(small.path)
    assert not import_answers(small.path, file, "2024").changed
    assert held_in(small.path) == before
    (entry,) = json.loads(before["sources/2024/import.json"])["imports"]
    assert before[f"sources/2024/{entry['source']}"] == file.read_bytes()


def test_answers_that_no_import_wrote_are_not_overwritten(small: ProgrammeFolder) -> None:
    file = _put(small, "a.csv", _csv([HEADER, *ROWS]))
    before = small.text("responses/2024.csv")
    with pytest.raises(WrongUse, match="no import wrote"):
        import_answers(small.path, file, "2024")
    assert small.text("responses/2024.csv") == before


def test_a_mapping_belongs_to_the_programme(small: ProgrammeFolder) -> None:
    import_answers(small.path, _put(small, "a.csv", _csv([HEADER, *ROWS])), "2024", replace=True)
    small.swap("mappings/2024.yml", "variables:", "# ours\nvariables:")
    before = small.text("mappings/2024.yml")
    import_answers(small.path, _put(small, "b.csv", _csv([HEADER, ROWS[0]])), "2024")
    assert small.text("mappings/2024.yml") == before


def test_a_value_that_nothing_explains_is_a_finding_and_no_answer_is_written(small: ProgrammeFolder) -> None:
    before = small.text("responses/2024.csv")
    file = _put(small, "a.csv", _csv([HEADER, ["Alder", "", "A plam", "", ""]]))
    with pytest.raises(ProgrammeBlocked) as blocked:
        import_answers(small.path, file, "2024", replace=True)
    (finding,) = [finding for finding in blocked.value.findings if finding.blocks]
    assert (finding.code, str(finding.at)) == ("import.unknown-value", "a.csv, line 2, column Tree plan")
    assert finding.facts["suggestion"] == "yes"
    assert small.text("responses/2024.csv") == before
    assert not (small.path / "sources").exists()


def test_limesurvey_codes_with_a_column_per_answer(small: ProgrammeFolder) -> None:
    header = ["id", "submitdate", "unit", "population", "hasplan"]
    header += ["measures[planting]", "measures[watering]", "measures[mapping]", "measures[none]", "measures[other]"]
    rows = [["1", "2024-05-01", "alder-aa", "125000", "yes", "Y", "", "Y", "", "adopting a tree"]]
    rows += [["2", "2024-05-02", "cedar-bb", "", "no", "", "", "", "", ""]]
    import_answers(small.path, _put(small, "results.csv", _csv([header, *rows])), "2024", replace=True)
    assert small.text("responses/2024.csv") == CODED


def test_columns_matched_by_their_order_alone_wait_for_a_person(small: ProgrammeFolder) -> None:
    header = ["unit", "population", "hasplan", *(f"measures[SQ00{n}]" for n in range(1, 5)), "measures[other]"]
    rows = [["alder-aa", "125000", "yes", "Y", "", "Y", "", "adopting a tree"], ["cedar-bb", "", "no", *[""] * 5]]
    file = _put(small, "results.csv", _csv([header, *rows]))
    assert _codes(small, file) == ["import.to-confirm"]
    small.swap("mappings/2024.yml", "state: needs confirmation", "state: confirmed")
    import_answers(small.path, file, "2024", replace=True)
    assert small.text("responses/2024.csv") == CODED


def test_kobo_joined_and_split_columns_below_groups(small: ProgrammeFolder) -> None:
    header = ["start", "g/unit", "g/population", "g/t/has_plan", "g/t/measures"]
    header += ["g/t/measures/planting", "g/t/measures/mapping", "g/t/measures_other", "_id", "__version__"]
    rows = [["x", "alder-aa", "125000", "yes", "planting mapping other", "1", "1", "adopting a tree", "7", "v1"]]
    rows += [["x", "cedar-bb", "", "no", "", "0", "0", "", "8", "v2"]]
    import_answers(small.path, _put(small, "kobo.csv", _csv([header, *rows])), "2024", replace=True)
    assert small.text("responses/2024.csv") == CODED


@pytest.mark.parametrize("name", ["a.sav", "a.dta"])
def test_value_labels_and_user_missing_values_of_statistics_programs(small: ProgrammeFolder, name: str) -> None:
    path = small.path.parent / name
    frame = pl.DataFrame({"unit": ["alder-aa", "birch-aa"], "population": [125000.0, 9.0], "has_plan": [1.0, 99.0]})
    labels: dict[str, dict[int | float, str]] = {"has_plan": {1: "A plan", 2: "No plan", 99: "Refused"}}
    if name.endswith("sav"):
        pyreadstat.write_sav(frame, path, variable_value_labels=labels, missing_ranges={"has_plan": [99]})
    else:
        pyreadstat.write_dta(frame, path, variable_value_labels=labels)
    assert _codes(small, path) == ["import.unmatched-question"]
    small.add("mappings/2024.yml", "absent: [measures]")
    import_answers(small.path, path, "2024", replace=True)
    assert small.text("responses/2024.csv") == (
        "unit,population,has_plan,measures,measures_other\nalder-aa,125000,yes,,\nbirch-aa,9,refused,,\n"
    )


def test_a_reason_without_a_word_in_the_programme_is_a_finding(small: ProgrammeFolder) -> None:
    small.swap("programme.yml", ', "refused": refused', "")
    file = _put(small, "a.csv", _csv([HEADER, ["Alder", "", "A plan", "", ""], ["Cedar", "", "99", "", ""]]))
    assert _codes(small, file) == ["import.unknown-value"]
    small.swap("mappings/2024.yml", "codes: {A plan: ", 'missing: {"99": refused}\n    codes: {A plan: ')
    assert _codes(small, file) == ["import.no-word"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("latin.csv", "City,population\nÅlder,1\n".encode("latin-1"), "import.unreadable"),
        ("ragged.csv", b"City,population\nAlder,1,2,3\n", "table.ragged-row"),
        ("short.csv", b"City,population\nAlder\n", "table.ragged-row"),
        ("quote.csv", b'City,population\n"Ald"er,1\n', "table.stray-quote"),
        ("no.xlsx", b"PK no workbook", "import.unreadable"),
        ("deep.json", b"[" * 100_000, "import.unreadable"),
        ("no.sav", b"no data", "import.unreadable"),
        ("no.parquet", b"no data", "import.unreadable"),
        ("none.csv", b"a,population\nx,1\n", "import.no-unit-column"),
        ("twice.csv", _csv([HEADER, ROWS[0], ROWS[0]]), "intake.doubled-unit"),
    ],
)
def test_what_cannot_be_read_is_said(small: ProgrammeFolder, name: str, content: bytes, code: str) -> None:
    before = small.text("responses/2024.csv")
    assert _codes(small, _put(small, name, content)) == [code]
    assert small.text("responses/2024.csv") == before


def test_a_workbook_that_unpacks_without_end_is_not_opened(small: ProgrammeFolder) -> None:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts, parts.open("x", "w") as part:
        for _ in range(1001):
            part.write(bytes(1_000_000))
    assert _codes(small, _put(small, "bomb.xlsx", to.getvalue())) == ["import.unreadable"]


def test_columns_that_nothing_reads_and_texts_like_formulas_are_asked_about(small: ProgrammeFolder) -> None:
    rows = [[*HEADER, "remarks"], ["Alder", "", "A plan", "", "=1+1", "x"]]
    done = import_answers(small.path, _put(small, "a.csv", _csv(rows)), "2024", replace=True)
    assert {finding.code for finding in done.findings} == {"import.odd-text", "import.unread-column"}


def test_a_column_that_the_mapping_names_must_be_there(small: ProgrammeFolder) -> None:
    import_answers(small.path, _put(small, "a.csv", _csv([HEADER, *ROWS])), "2024", replace=True)
    file = _put(small, "b.csv", _csv([["City", "populatoin", *HEADER[2:]], *ROWS]))
    assert _codes(small, file) == ["import.no-column"]


def test_rows_of_another_length_are_named_by_their_lines_all_at_once(small: ProgrammeFolder) -> None:
    file = _put(small, "cut.csv", b'City;"a, b"\nAlder;1\nBirch\n\nCedar;1;2\n')
    with pytest.raises(ProgrammeBlocked) as blocked:
        import_answers(small.path, file, "2024")
    assert [str(finding.at) for finding in blocked.value.findings] == ["cut.csv, line 3", "cut.csv, line 5"]


def test_a_name_of_a_column_may_go_on_over_lines(small: ProgrammeFolder) -> None:
    file = _put(small, "lines.csv", _csv([[*HEADER, "a remark\nof two lines"], *([*row, "x, \n y"] for row in ROWS)]))
    done = import_answers(small.path, file, "2024", replace=True)
    assert [finding.code for finding in done.findings] == ["import.unread-column"]
    assert small.text("responses/2024.csv") == CODED


def test_a_column_called_unit_is_whose_answers_they_are_though_no_name_is_known(small: ProgrammeFolder) -> None:
    rows = [["unit", *HEADER[1:]], ["L'Aquila", *ROWS[0][1:]], ["부산", *ROWS[1][1:]]]
    assert set(_codes(small, _put(small, "names.csv", _csv(rows)))) == {"intake.unknown-unit"}


def test_of_very_many_findings_alike_the_first_are_named_and_the_rest_are_counted(small: ProgrammeFolder) -> None:
    rows = [["unit", *HEADER[1:]], *([f"{number}", "", "", "", ""] for number in range(1_005))]
    with pytest.raises(ProgrammeBlocked) as blocked:
        import_answers(small.path, _put(small, "many.csv", _csv(rows)), "2024", replace=True)
    assert len(blocked.value.findings) == 1_001
    (rest,) = [finding for finding in blocked.value.findings if finding.code == "import.and-more"]
    assert (rest.facts["number"], rest.facts["code"], rest.at.column) == ("5", "intake.unknown-unit", "unit")


def test_labels_of_every_language_of_the_programme_are_one_category(small: ProgrammeFolder) -> None:
    small.swap("programme.yml", "language: en", "language: en\nlanguages: [en, ko]")
    said = {
        "yes.label": ("A plan", "계획 있음"),
        "no.label": ("No plan", "계획 없음"),
        "question": (PLAN, "나무 계획이 있습니까?"),
    }
    entries = [f'msgctxt "variable.has_plan.{key}"\nmsgid "{en}"\nmsgstr "{ko}"\n' for key, (en, ko) in said.items()]
    small.write(
        "locale/ko.po", 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + "\n".join(entries)
    )
    header = ["unit", "population", "나무 계획이 있습니까?", "measures"]
    rows = [["alder-aa", "1", "계획 있음", ""], ["birch-aa", "2", "A plan", ""], ["cedar-bb", "3", "계획 없음", ""]]
    import_answers(small.path, _put(small, "a.csv", _csv([header, *rows])), "2024", replace=True)
    assert [line.split(",")[2] for line in small.text("responses/2024.csv").splitlines()[1:]] == ["yes", "yes", "no"]


def test_a_label_that_two_categories_share_stands_for_neither(small: ProgrammeFolder) -> None:
    small.swap("instruments/2024.yml", "label: Watering in dry summers", "label: Planting - new trees")
    file = _put(small, "a.csv", _csv([HEADER, ["Alder", "", "A plan", "Planting new trees", ""]]))
    assert set(_codes(small, file)) == {"import.unknown-value"}
