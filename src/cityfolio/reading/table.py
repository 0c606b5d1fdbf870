"""CSV tables (RFC 4180), strictly: every cell with its line, every oddity a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.reading.text import Source, read_text

__all__ = [
    "Row",
    "Table",
    "cells_of",
    "column_findings",
    "parse_table",
    "ragged",
    "read_table",
    "records",
    "separator_of",
    "shape_findings",
]

_QUOTED = r'"(?:[^"]|"")*"'


@dataclass(frozen=True)
class Row:
    """One row: the line it starts in and its cells by column, white space around them taken off."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell of that column, empty if the table has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    """A table with the name of its file."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(source: Source) -> tuple[Table | None, list[Finding]]:
    """The table of a CSV file, or None where it cannot be read; with all findings about its form."""
    text, findings = read_text(source)
    if text is None:
        return None, findings
    table, more = parse_table(source.name, text)
    return table, findings + more


def parse_table(name: str, text: str) -> tuple[Table | None, list[Finding]]:
    r"""The table that `text` holds, with all findings about its form.

    >>> table, findings = parse_table("units.csv", 'unit,name\nbusan-kor,Busan\n')
    >>> table.rows[0].line, table.rows[0]["name"], findings
    (2, 'Busan', [])
    >>> parse_table("units.csv", 'unit,name\nbusan-kor,Bu"san\n')[1][0].code
    'table.stray-quote'
    """
    findings: list[Finding] = []
    held: list[tuple[int, list[str]]] = []
    for line, record in records(text.split("\n")):
        cells = cells_of(record)
        if cells is None:
            findings.append(Finding("table.stray-quote", Place(name, line)))
        else:
            held.append((line, cells))
    if not held or (findings and findings[0].at.line == 1):
        return None, findings or [Finding("file.empty", Place(name))]
    header_line, header = held[0]
    columns = tuple(cell.strip() for cell in header)
    separator = separator_of(text) if len(columns) == 1 else ","
    if separator != ",":
        shown = {";": "semicolons", "\t": "tabs"}[separator]
        return None, [*findings, Finding("table.separator", Place(name, header_line), {"separator": shown})]
    findings += [
        Finding("table.doubled-column", Place(name, header_line, column), {"column": column})
        for column in sorted({c for c in columns if c and columns.count(c) > 1})
    ]
    rows: list[Row] = []
    for line, cells in held[1:]:
        if len(cells) != len(columns):
            findings.append(ragged(name, line, len(cells), len(columns)))
        else:
            rows.append(Row(line, {c: cell.strip() for c, cell in zip(columns, cells, strict=True)}))
    return Table(name, columns, tuple(rows)), findings


def shape_findings(name: str, text: str, separator: str = ",") -> list[Finding]:
    r"""What is wrong with the form of a table that is read by another program: no row of it is kept.

    >>> [(finding.code, finding.at.line) for finding in shape_findings("a.csv", 'x;y\n1;2\n3\n4;"5\n', ";")]
    [('table.ragged-row', 3), ('table.stray-quote', 4)]
    """
    wanted = 0
    findings: list[Finding] = []
    for line, record in records(text.split("\n")):
        cells = cells_of(record, separator)
        if cells is None:
            findings.append(Finding("table.stray-quote", Place(name, line)))
        elif not wanted:
            wanted = len(cells)
        elif len(cells) != wanted:
            findings.append(ragged(name, line, len(cells), wanted))
    return findings


def separator_of(text: str) -> str:
    """What separates the cells of a table: whatever stands most often between the names of its columns.

    >>> separator_of('unit;"measures, all, of them"')
    ';'
    """
    header = next((record for _, record in records(text.split("\n"))), "")
    bare = re.sub(_QUOTED, "", header)
    return max((",", ";", "\t"), key=bare.count)


def ragged(name: str, line: int, got: int, wanted: int) -> Finding:
    """A row with another number of cells than there are columns."""
    return Finding("table.ragged-row", Place(name, line), {"got": str(got), "wanted": str(wanted)})


def column_findings(table: Table, required: Sequence[str], known: Iterable[str] | None, need: str) -> list[Finding]:
    """Findings about columns that are missing, and (where `known` is given) about those that nothing reads.

    Where none of the columns is there, the first line is something else, such as a title: that is one finding, and no row can
    be read.
    """
    if not set(required) & set(table.columns):
        return [Finding("table.no-header", Place(table.name, 1), {"columns": ", ".join(required[:3])})]
    others = [column for column in table.columns if column not in required]
    findings = []
    for column in required:
        if column not in table.columns:
            facts = {"column": column, "need": need, "suggestion": did_you_mean(column, others) or ""}
            findings.append(Finding("table.missing-column", Place(table.name, 1, column), facts))
    if known is not None:
        readable = set(known)
        absent = [column for column in required if column not in table.columns]
        for column in dict.fromkeys(table.columns):
            if column not in readable:
                facts = {"column": column, "suggestion": did_you_mean(column, absent) or ""}
                findings.append(Finding("table.unknown-column", Place(table.name, 1, column), facts))
    return findings


@cache
def _patterns(separator: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One cell, and a whole record."""
    cell = rf'(?:{_QUOTED}|[^"{separator}]*)'
    return re.compile(cell, re.DOTALL), re.compile(rf"{cell}(?:{separator}{cell})*", re.DOTALL)


def cells_of(record: str, separator: str = ",") -> list[str] | None:
    """The cells of a record, or None if it is not well formed; unlike those of the csv module they may be of any length."""
    if '"' not in record:
        return record.split(separator)
    one_cell, whole = _patterns(separator)
    if whole.fullmatch(record) is None:
        return None
    cells, position = [], 0
    while position <= len(record):
        match = one_cell.match(record, position)
        if match is None:
            break
        cell = match[0]
        cells.append(cell[1:-1].replace('""', '"') if cell.startswith('"') else cell)
        position = match.end() + 1
    return cells


def records(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each record with the line it starts in; a cell in quotation marks may go on over lines. Lines come without their ends."""
    pending: list[str] = []
    start, within = 1, False
    for number, line in enumerate(lines, start=1):
        if not pending:
            start = number
            if not line.strip():
                continue
        pending.append(line)
        within ^= line.count('"') % 2 == 1
        if not within:
            yield start, "\n".join(pending)
            pending = []
    if pending:
        yield start, "\n".join(pending)
