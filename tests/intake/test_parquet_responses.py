"""Responses in a Parquet file are read like those of a CSV file."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pyarrow.parquet as pq
from tests.programmes import ProgrammeFolder

from cityfolio.build.programme import check_programme, load_programme

ANSWERS = "responses/2024.parquet"


def as_parquet(folder: ProgrammeFolder, *numbers: str, **other: str) -> None:
    """The answers of 2024 as Parquet, some columns as numbers, some cells replaced in the first row."""
    rows = list(csv.DictReader(io.StringIO(folder.text("responses/2024.csv"))))
    rows[0] |= other
    columns = {
        name: pa.array([int(row[name]) if row[name].isdigit() else None for row in rows])
        if name in numbers
        else pa.array([row[name] or None for row in rows], pa.string())
        for name in rows[0]
    }
    pq.write_table(pa.table(columns), folder.path / ANSWERS)
    (folder.path / "responses/2024.csv").unlink()
    folder.swap("programme.yml", "{id: 2024, ", f"{{id: 2024, responses: {ANSWERS}, ")


def test_answers_in_parquet_are_those_in_csv(small: ProgrammeFolder) -> None:
    expected = load_programme(small.path).answers
    as_parquet(small, "population")
    assert load_programme(small.path).answers == expected


def test_a_cell_that_cannot_be_coded_is_found_with_its_row_and_column(small: ProgrammeFolder) -> None:
    as_parquet(small, has_plan="perhaps")
    found = [f for f in check_programme(small.path) if f.blocks]
    assert [(f.code, f.at.file, f.at.line, f.at.column) for f in found] == [
        ("intake.unknown-code", ANSWERS, 2, "has_plan")
    ]
