"""A file of answers as another program wrote it: columns of text, with whatever the file says about its values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place

if TYPE_CHECKING:
    from cityfolio.intake.importing.columns import Column
    from cityfolio.reading.text import Source

__all__ = ["How", "Received", "UnreadableError", "checked_header", "unnamed", "unreadable"]


def _two_on(row: int) -> int:
    """The line of a CSV file with the same rows: its first line holds the names of the columns."""
    return row + 2


@dataclass(frozen=True)
class How:
    """What has to be known to read a file: the letters of a text file, the sheet of a workbook, and the columns that matter.

    Where `only` names those, others may come without their cells, where that saves time.
    """

    encoding: str = ""
    sheet: str = ""
    only: frozenset[str] | None = None


@dataclass(frozen=True)
class Received:
    """The table of a file: its columns as text (nothing is ""), value labels and user-missing values by column.

    `line_of` gives the line in the file that a row (0 is the first) begins in.
    """

    name: str
    columns: Mapping[str, Column]
    height: int
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    line_of: Callable[[int], int] = _two_on
    findings: Sequence[Finding] = ()


class UnreadableError(Exception):
    """The file cannot be read as what its name says; the findings say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(str(findings))
        self.findings = findings


def unreadable(source: Source, problem: str) -> UnreadableError:
    """That a file cannot be read, and why."""
    facts = {"form": source.path.suffix.removeprefix(".").upper(), "problem": problem}
    return UnreadableError([Finding("import.unreadable", Place(source.name), facts)])


def checked_header(source: Source, header: Sequence[str], line: int = 1) -> list[str]:
    """The names of the columns; those without a name are "".

    Raises:
        UnreadableError: if two columns have the same name.
    """
    columns = [cell.replace("\r\n", "\n").replace("\r", "\n").strip() for cell in header]
    doubled = sorted({column for column in columns if column and columns.count(column) > 1})
    if doubled:
        raise UnreadableError(
            [Finding("table.doubled-column", Place(source.name, line, c), {"column": c}) for c in doubled]
        )
    return columns


def unnamed(
    source: Source,
    header: Sequence[str],
    columns: Sequence[Column],
    line_of: Callable[[int], int],
    called: Callable[[int], str],
) -> Iterator[Finding]:
    """A finding for each column that holds something and has no name; `called` says what programs call it by its place."""
    for place, (name, column) in enumerate(zip(header, columns, strict=True)):
        value = "" if name else next((value for value in column.words if value), "")
        if value:
            facts = {"got": value[:60], "number": called(place)}
            yield Finding("import.unnamed-column", Place(source.name, line_of(column.first_row(value))), facts)
