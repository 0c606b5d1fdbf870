"""CSV tables read back as they were written, and whatever a file holds, reading it never fails."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cityfolio.publish.csv_files import csv_bytes
from cityfolio.reading.table import parse_table
from cityfolio.reading.yaml import Shape, parse_yaml

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=12).map(str.strip)
NAMES = st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=2, max_size=4, unique=True)


@given(NAMES, st.data())
def test_a_table_reads_back_as_it_was_written(columns: list[str], data: st.DataObject) -> None:
    width = len(columns)
    written = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=5))
    rows = [row for row in written if any(row)]
    table, findings = parse_table("t.csv", csv_bytes(columns, rows).decode("utf-8"))
    assert findings == []
    assert table is not None
    assert [[row[column] for column in columns] for row in table.rows] == rows


@given(NAMES, st.data())
def test_a_row_knows_the_line_it_starts_in(columns: list[str], data: st.DataObject) -> None:
    width = len(columns)
    word = st.from_regex(r"[a-z\n]{1,8}", fullmatch=True)
    rows = data.draw(st.lists(st.lists(word, min_size=width, max_size=width), min_size=1, max_size=5))
    text = csv_bytes(columns, rows).decode("utf-8")
    table, _ = parse_table("t.csv", text)
    assert table is not None
    starts = [1 + text[: text.index("\n") + 1].count("\n")]
    for row in rows[:-1]:
        starts.append(starts[-1] + 1 + sum(cell.count("\n") for cell in row))
    assert [row.line for row in table.rows] == starts


@given(st.text(max_size=60))
def test_any_text_is_a_table_or_has_findings(text: str) -> None:
    table, findings = parse_table("t.csv", text)
    assert table is not None or findings


class Anything(Shape):
    """Some file."""

    title: str = ""


@given(st.text(max_size=60))
def test_any_text_is_yaml_of_the_wanted_shape_or_has_findings(text: str) -> None:
    content, _, findings = parse_yaml("t.yml", text, Anything)
    assert content is not None or findings
