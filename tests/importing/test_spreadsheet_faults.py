"""What spreadsheets do to tables: sheets, merged names, formulas, errors, days, zeros, rows and columns of nothing."""

from __future__ import annotations

import datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from cityfolio.errors import WrongUse
from tests.importing.received_files import CODED, blocked, imported, put, remarks, said
from tests.programmes import ProgrammeFolder

openpyxl = pytest.importorskip("openpyxl")

HEADER = ["unit", "population", "has_plan", "measures", "measures_other"]
ROWS: list[list[object]] = [
    ["alder-aa", 125000, "yes", "planting mapping", "adopting a tree"],
    ["cedar-bb", None, "no", None, None],
]


def _book(small: ProgrammeFolder, sheets: dict[str, list[list[object]]], hidden: str = "") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    path = small.path.parent / "a.xlsx"
    book.save(path)
    return path


def _changed(small: ProgrammeFolder, cells: dict[str, object]) -> Path:
    """The workbook with other cells."""
    path = _book(small, {"Data": [list(HEADER), *ROWS]})
    book = openpyxl.load_workbook(path)
    for at, value in cells.items():
        book.active[at] = value
    book.save(path)
    return path


def test_which_of_several_sheets_is_meant_is_asked_and_kept_in_the_mapping(small: ProgrammeFolder) -> None:
    file = _book(
        small, {"Read me": [["About this file"]], "Data": [list(HEADER), *ROWS], "Lists": [["yes"], ["no"]]}, "Lists"
    )
    (finding,) = blocked(small, file)
    assert finding.code == "import.several-sheets"
    assert finding.found == 'Several sheets of the workbook hold something: "Read me" and "Data".'
    (finding,) = blocked(small, file, sheet="data")
    assert (finding.code, finding.facts["suggestion"]) == ("import.no-sheet", "Data")
    assert imported(small, file, sheet="Data") == CODED
    assert "sheet: Data" in small.text("mappings/2024.yml")
    assert imported(small, file) == CODED
    with pytest.raises(WrongUse, match="belongs to the programme"):
        imported(small, file, sheet="Read me")


def test_lines_are_those_of_the_sheet_where_rows_above_or_between_are_empty(small: ProgrammeFolder) -> None:
    rows: list[list[object]] = [
        [],
        [],
        [None, *HEADER],
        [],
        [None, *ROWS[0]],
        [],
        [],
        [None, "cedar-bb", "many"],
        [],
        ["  "],
    ]
    assert said(blocked(small, _book(small, {"Data": rows}))) == [
        ("intake.no-number", "a.xlsx, line 8, column population")
    ]


def test_names_that_are_merged_leave_columns_without_a_name(small: ProgrammeFolder) -> None:
    path = _book(
        small, {"Data": [[*HEADER, "Contact", None, None], [*ROWS[0], "Ann", "ann@example.org", None], ROWS[1]]}
    )
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("F1:H1")
    book.save(path)
    assert said(remarks(small, path)) == [
        ("import.unread-column", "a.xlsx, line 1, column Contact"),
        ("import.unnamed-column", "a.xlsx, line 2"),
    ]


def test_formulas_that_nobody_worked_out_and_errors_are_no_empty_cells(small: ProgrammeFolder) -> None:
    file = _changed(small, {"B2": "=62500*2", "C3": "#N/A"})
    assert said(blocked(small, file)) == [
        ("import.no-cell-value", "a.xlsx, line 2, column population"),
        ("import.no-cell-value", "a.xlsx, line 3, column has_plan"),
    ]


def test_a_formula_with_its_value_is_that_value(small: ProgrammeFolder) -> None:
    path = small.path.parent / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([list(HEADER), *ROWS]):
            sheet.write_row(at, 0, row)
        sheet.write_formula("B2", "=62500*2", None, 125000)
    assert imported(small, path) == CODED


def test_days_times_and_truths_are_words(small: ProgrammeFolder) -> None:
    small.add("instruments/2024.yml", "      - {variable: since, kind: text, label: Since, question: Since when?}")
    rows: list[list[object]] = [
        [*HEADER, "since"],
        [*ROWS[0], datetime.datetime.fromisoformat("2024-05-01")],
        [*ROWS[1], datetime.datetime.fromisoformat("2024-05-01T09:30")],
    ]
    text = imported(small, _book(small, {"Data": rows}))
    assert [line.rsplit(",", 1)[1] for line in text.splitlines()[1:]] == ["2024-05-01", "2024-05-01T09:30:00"]


def test_ids_keep_their_zeros_and_lost_ones_are_suggested(small: ProgrammeFolder) -> None:
    for old, new in (("alder-aa", "007"), ("cedar-bb", "0042")):
        for name in ("units.csv", "responses/2022.csv", "responses/2024.csv"):
            if old in small.text(name):
                small.swap(name, old, new)
    kept = [["007", *ROWS[0][1:]], ["0042", *ROWS[1][1:]]]
    assert [line[:5] for line in imported(small, _book(small, {"Data": [list(HEADER), *kept]})).splitlines()[1:]] == [
        "0042,",
        "007,1",
    ]
    lost: list[list[object]] = [[7, *ROWS[0][1:]], [42, *ROWS[1][1:]]]
    findings = blocked(small, _book(small, {"Data": [list(HEADER), *lost]}))
    assert {(f.facts["got"], f.facts["suggestion"]) for f in findings} == {("7", "007"), ("42", "0042")}


def test_numbers_stored_as_text_are_numbers(small: ProgrammeFolder) -> None:
    assert imported(small, _changed(small, {"B2": "125000"})) == CODED


def test_a_text_as_long_as_a_cell_can_be_was_cut(small: ProgrammeFolder) -> None:
    file = _changed(small, {"E2": "x" * 32_767})
    assert said(remarks(small, file)) == [("import.odd-text", "a.xlsx, line 2, column measures_other")]


def test_decimal_commas_are_read_where_they_can_be_nothing_else(small: ProgrammeFolder) -> None:
    for cell, code in (("1,5", ""), ("1,500", "import.decimal-comma"), ("1 500", "intake.no-number")):
        (small.path / "mappings/2024.yml").unlink(missing_ok=True)
        file = put(small, "a.csv", f"unit;population;has_plan;measures\nalder-aa;{cell};yes;\ncedar-bb;2;no;\n")
        if code:
            assert [finding.code for finding in blocked(small, file)] == [code]
        else:
            assert imported(small, file).splitlines()[1] == "alder-aa,1.5,yes,,"
    small.swap("mappings/2024.yml", "column: population", "column: population\n    decimal: ','")
    file = put(small, "a.csv", "unit;population;has_plan;measures\nalder-aa;1,500;yes;\ncedar-bb;2;no;\n")
    assert imported(small, file).splitlines()[1] == "alder-aa,1.500,yes,,"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac-roman"])
def test_older_letters_are_named_once_and_kept_in_the_mapping(small: ProgrammeFolder, encoding: str) -> None:
    text = "unit;population;has_plan;measures;measures_other\nalder-aa;1;yes;;Bäume für Zürich\n"
    file = put(small, "a.csv", text.encode(encoding))
    (finding,) = blocked(small, file)
    assert "line 2 is not in UTF-8; with --encoding cp1252 it reads" in finding.found
    assert ("Bäume für Zürich" in finding.found) == (encoding != "mac-roman")
    assert "Bäume für Zürich" in imported(small, file, encoding=encoding)
    assert f"encoding: {encoding}" in small.text("mappings/2024.yml")
    assert "Bäume für Zürich" in imported(small, file)


def test_rows_and_columns_of_nothing_are_left_aside(small: ProgrammeFolder) -> None:
    lines = [
        ",".join([*HEADER, "", ""]),
        "alder-aa,125000,yes,planting mapping,adopting a tree,,",
        "cedar-bb,,no,,,,",
        ",,,,,,",
        ",,",
    ]
    file = put(small, "a.csv", "\n".join(lines))
    assert imported(small, file) == CODED
    assert remarks(small, file) == []


def test_whole_numbers_and_truths_that_parquet_keeps_as_numbers(small: ProgrammeFolder) -> None:
    small.swap("instruments/2024.yml", "{code: yes, label: A plan}", "{code: 1, label: A plan}")
    small.swap("instruments/2024.yml", "{code: no, label: No plan}", "{code: 0, label: No plan}")
    small.swap("instruments/2024.yml", "has_plan: [no]", "has_plan: [0]")
    small.swap("instruments/2022.yml", "has_plan: [no]", "has_plan: [0]")
    small.swap("instruments/2022.yml", "{code: yes, label: A plan}", "{code: 1, label: A plan}")
    small.swap("instruments/2022.yml", "{code: no, label: No plan}", "{code: 0, label: No plan}")
    frame = pl.DataFrame(
        {
            "unit": ["cedar-bb", "alder-aa", "birch-aa"],
            "population": [None, 125000.0, 2.5],
            "has_plan": [0.0, 1.0, None],
            "measures": [None, ["planting", "mapping"], ["watering"]],
        }
    )
    path = small.path.parent / "a.parquet"
    frame.write_parquet(path)
    assert imported(small, path).splitlines()[1:] == [
        "alder-aa,125000,1,planting mapping,",
        "birch-aa,2.5,,watering,",
        "cedar-bb,,0,,",
    ]


def test_records_within_the_cells_of_parquet_are_refused_by_name(small: ProgrammeFolder) -> None:
    path = small.path.parent / "a.parquet"
    pl.DataFrame({"unit": ["alder-aa"], "where": [{"lat": 1.0, "lon": 2.0}], "days": [[[1], [2]]]}).write_parquet(path)
    assert said(blocked(small, path)) == [
        ("table.no-text", "a.parquet, line 1, column days"),
        ("table.no-text", "a.parquet, line 1, column where"),
    ]
