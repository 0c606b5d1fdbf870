"""A plain CSV file as columns, or findings about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityfolio.errors import ProgrammeBlocked, WrongUse
from cityfolio.findings import Place
from cityfolio.intake.plain import PlainTable, number_in, read_plain


def written(folder: Path, content: bytes) -> Path:
    path = folder / "sample.csv"
    path.write_bytes(content)
    return path


def test_cells_lose_the_spaces_around_them_and_lines_are_counted(tmp_path: Path) -> None:
    table = read_plain(written(tmp_path, b'a,b\r\n" x ",\r\n\r\n"two\r\nlines",1\r\nz, \r\n'))
    assert table == PlainTable("sample.csv", {"a": ("x", "two\r\nlines", "z"), "b": ("", "1", "")}, (2, 4, 6))
    assert table.at(1, "b") == Place("sample.csv", 4, "b")


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    assert read_plain(written(tmp_path, b"\xef\xbb\xbfa\n1\n")).column("a") == ("1",)


def test_a_header_alone_is_a_table_of_nobody(tmp_path: Path) -> None:
    assert read_plain(written(tmp_path, b"a,b\n")) == PlainTable("sample.csv", {"a": (), "b": ()}, ())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [("sample.empty-file", 0)]),
        (b"a,a\n1,2\n", [("table.doubled-column", 1)]),
        (b"a,b\n1\n1,2\n1,2,3\n", [("table.ragged-row", 2), ("table.ragged-row", 4)]),
        (b'a\n1\n"2"x\n', [("table.stray-quote", 3)]),
        (b'a\n"1\n', [("table.stray-quote", 2)]),
        (b"a\nS\xe3o\n", [("file.undecodable", 0)]),
    ],
)
def test_a_file_that_is_no_table_blocks(tmp_path: Path, content: bytes, expected: list[tuple[str, int]]) -> None:
    with pytest.raises(ProgrammeBlocked) as caught:
        read_plain(written(tmp_path, content))
    assert [(finding.code, finding.at.line) for finding in caught.value.findings] == expected


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="there is no file"):
        read_plain(tmp_path / "none.csv")


def test_a_column_nearly_named_is_suggested() -> None:
    table = PlainTable("a.csv", {"weight": ("1",)}, (2,))
    with pytest.raises(WrongUse, match='did you mean "weight"'):
        table.column("weigth")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_that_was_written_reads_back_equal(number: float) -> None:
    assert number_in(repr(number)) == number


@pytest.mark.parametrize("cell", ["", "nan", "inf", "-Infinity", "1_000", "1,000", "NA", "12 %"])
def test_what_is_no_number_is_none(cell: str) -> None:
    assert number_in(cell) is None
