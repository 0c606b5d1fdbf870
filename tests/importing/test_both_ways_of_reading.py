"""Large CSV files are read in whole columns: the same cells, lines and findings as record by record."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cityfolio.intake.importing.delimited import read_delimited
from cityfolio.intake.importing.received import How, UnreadableError
from cityfolio.reading.text import Source

Seen: TypeAlias = "tuple[list[str], dict[str, list[str]], list[int], list[str]] | list[str]"

PIECES = [
    "a",
    "b",
    "ü",
    "한",
    '"',
    '""',
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\r",
    " ",
    "",
    "NA",
    "null",
    "#",
    "\x0b",
    "\u2028",
    "0",
    "1.5",
]
QUICK, PLAIN = 0, 1 << 60


def _seen(path: Path, quick_from: int, encoding: str = "") -> Seen:
    """All that a reading says."""
    try:
        held = read_delimited(Source(path, "t.csv"), How(encoding), quick_from=quick_from)
    except UnreadableError as trouble:
        return [f"{finding.at}: {finding.message}" for finding in trouble.findings]
    cells = {name: column.cells() for name, column in held.columns.items()}
    distinct = [value for column in held.columns.values() for value in column.words]
    findings = [f"{finding.at}: {finding.message}" for finding in held.findings]
    return distinct, cells, [held.line_of(row) for row in range(held.height)], findings


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), max_size=12), st.sampled_from(",;\t"))
def test_any_text_says_the_same_both_ways(tmp_path: Path, pieces: list[str], separator: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(("x" + separator + "y\n" + separator.join(pieces)).encode())
    assert _seen(path, QUICK) == _seen(path, PLAIN)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(*[st.lists(st.sampled_from(PIECES), max_size=3).map("".join)] * 3), max_size=8),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_says_the_same_both_ways(
    tmp_path: Path, rows: list[tuple[str, str, str]], quoting: int, encoding: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting).writerows([("x", "y, z", "한"), *rows])  # type: ignore[arg-type]
    path = tmp_path / "t.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    seen = _seen(path, QUICK)
    assert seen == _seen(path, PLAIN)
    assert isinstance(seen, tuple)
    assert len(seen[2]) == sum(any(cell.strip() for cell in row) for row in rows)


@pytest.mark.parametrize("where", [0, 1, 5, 10, 15, 16, 17])
def test_a_stray_mark_is_seen_wherever_blocks_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: int) -> None:
    monkeypatch.setattr("cityfolio.intake.importing.delimited._CHUNK", 8)
    rows = ['a,"b"', '"c""d",e', '"f\ng",', '"",""']
    sound = tmp_path / "sound.csv"
    sound.write_text("\n".join(["x,y", *rows]))
    assert _seen(sound, QUICK) == _seen(sound, PLAIN)
    spoilt = tmp_path / "spoilt.csv"
    text = "\n".join(rows)
    spoilt.write_text("x,y\n" + text[:where] + 'q"' + text[where:])
    assert _seen(spoilt, QUICK) == _seen(spoilt, PLAIN)


def test_the_quick_way_is_taken_where_nothing_is_odd(tmp_path: Path) -> None:
    from cityfolio.intake.importing import delimited

    path = tmp_path / "t.csv"
    path.write_text('x,y\n1,"a\nb"\n2,\n')
    text = delimited._Text(Source(path, "t.csv"), "utf-8", ",")
    held = delimited._quickly(text, 1, "x,y", None)
    assert held is not None
    assert [held.line_of(row) for row in range(held.height)] == [2, 4]


def test_a_mark_that_never_closes_takes_no_time_that_grows_with_its_square(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('x,y\n"a,b\n' + "c,d\n" * 300_000)
    assert _seen(path, QUICK) == ["t.csv, line 2: " + _stray()]


def _stray() -> str:
    from cityfolio.findings import Finding, Place

    return Finding("table.stray-quote", Place("t.csv", 2)).message
