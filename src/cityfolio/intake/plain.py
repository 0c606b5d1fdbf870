"""A plain CSV file as columns of text: one record per line, no instrument, no coding; a blank cell is a
missing answer.

A cell with several answers is not split. Spaces around a cell do not count.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.errors import ProgrammeBlocked, WrongUse
from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["PlainTable", "number_in", "read_plain"]


@dataclass(frozen=True)
class PlainTable:
    """The columns of a file by name, and for each record the line that it starts in.

    >>> table = PlainTable("a.csv", {"x": ("1", "")}, (2, 3))
    >>> table.column("x"), table.size
    (('1', ''), 2)
    """

    file: str
    columns: Mapping[str, tuple[str, ...]]
    lines: tuple[int, ...]

    @property
    def size(self) -> int:
        """The number of records."""
        return len(self.lines)

    def column(self, name: str) -> tuple[str, ...]:
        """The column of that name.

        Raises:
            WrongUse: if there is none.
        """
        if name not in self.columns:
            near = did_you_mean(name, self.columns)
            hint = f'did you mean "{near}"?' if near else f"it has {', '.join(self.columns)}"
            raise WrongUse(f'{self.file} has no column "{name}"; {hint}')
        return self.columns[name]

    def at(self, record: int, column: str) -> Place:
        """The place of one cell."""
        return Place(self.file, self.lines[record], column)


def number_in(cell: str) -> float | None:
    """The number that a cell holds, or None: digits with a point before decimals, never "1,000", "nan" or
    "inf".

    >>> number_in("12.5"), number_in("1e3"), number_in("1_000"), number_in("nan"), number_in("")
    (12.5, 1000.0, None, None, None)
    """
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in cell else None


def read_plain(path: Path, name: str | None = None) -> PlainTable:
    """The file as columns; `name` is what findings call it.

    Raises:
        WrongUse: if there is no such file.
        ProgrammeBlocked: with the findings, if the file cannot be read as a table.
    """
    name = name or path.name
    if not path.is_file():
        raise WrongUse(f"there is no file {path}; give the path of a CSV file")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        finding = Finding("file.undecodable", Place(name), {"byte": str(trouble.start + 1)})
        raise ProgrammeBlocked([finding]) from trouble
    rows = _rows(text, name)
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    findings = list(_of_shape(rows, header, name))
    if findings:
        raise ProgrammeBlocked(findings)
    columns = zip(*(row for _, row in rows[1:]), strict=True) if len(rows) > 1 else ((),) * len(header)
    stripped = (tuple(cell.strip() for cell in column) for column in columns)
    return PlainTable(name, dict(zip(header, stripped, strict=True)), tuple(line for line, _ in rows[1:]))


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Each row with the line that it starts in; empty lines are left out."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for row in reader:
            if row:
                rows.append((start, row))
            start = reader.line_num + 1
    except csv.Error as trouble:
        raise ProgrammeBlocked([Finding("table.stray-quote", Place(name, start))]) from trouble
    return rows


def _of_shape(rows: list[tuple[int, list[str]]], header: list[str], name: str) -> list[Finding]:
    if not rows:
        return [Finding("sample.empty-file", Place(name))]
    doubled = [column for column, times in Counter(header).items() if times > 1]
    findings = [Finding("table.doubled-column", Place(name, 1, column), {"column": column}) for column in doubled]
    for line, row in rows[1:]:
        if len(row) != len(header):
            facts = {"got": str(len(row)), "wanted": str(len(header))}
            findings.append(Finding("table.ragged-row", Place(name, line), facts))
    return findings
