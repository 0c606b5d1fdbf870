"""CSV as people keep it: what is read, and what is said about it."""

from __future__ import annotations

import pytest

from cityfolio.reading.table import parse_table


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2\n", [["1", "2"]]),
        ("a,b\n1,2", [["1", "2"]]),
        ("a,b\n\n1,2\n\n", [["1", "2"]]),
        ("a,b\n 1 , 2 \n", [["1", "2"]]),
        ('a,b\n"1,5",2\n', [["1,5", "2"]]),
        ('a,b\n"say ""hi""",2\n', [['say "hi"', "2"]]),
        ('a,b\n"two\nlines",2\n', [["two\nlines", "2"]]),
        ('a,b\n"",\n', [["", ""]]),
        ('a,b\n"x",""\n', [["x", ""]]),
        ("a,b\n", []),
    ],
)
def test_tables_that_are_well_formed(text: str, rows: list[list[str]]) -> None:
    table, findings = parse_table("t.csv", text)
    assert findings == []
    assert table is not None
    assert [[row["a"], row["b"]] for row in table.rows] == rows


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ('a,b\n1"2,3\n4,5\n', [("table.stray-quote", 2)]),
        ('a,b\n"1"2,3\n', [("table.stray-quote", 2)]),
        ('a,b\n1,"2\n3,4\n', [("table.stray-quote", 2)]),
        ("a,b\n1\n1,2,3\n", [("table.ragged-row", 2), ("table.ragged-row", 3)]),
        ("a,a\n1,2\n", [("table.doubled-column", 1)]),
        ('a"b,c\n1,2\n', [("table.stray-quote", 1)]),
        ("", [("file.empty", 0)]),
    ],
)
def test_tables_that_are_not(text: str, places: list[tuple[str, int]]) -> None:
    _, findings = parse_table("t.csv", text)
    assert [(finding.code, finding.at.line) for finding in findings] == places


def test_rows_after_a_bad_one_are_still_read() -> None:
    table, findings = parse_table("t.csv", 'a,b\n1"2",3\n4,5\n6\n7,8\n')
    assert table is not None
    assert [(row.line, row["a"]) for row in table.rows] == [(3, "4"), (5, "7")]
    assert len(findings) == 2
