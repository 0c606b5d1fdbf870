"""CSV and TSV files: read in whole columns where nothing about them is odd, else record by record with every oddity named."""

from __future__ import annotations

import codecs
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from cityfolio.findings import Finding, Place
from cityfolio.intake.importing.blocks import CodedCells, blocks_of, coded_cells, joined
from cityfolio.intake.importing.columns import Column, Filling, blank
from cityfolio.intake.importing.received import How, Received, UnreadableError, checked_header, unnamed, unreadable
from cityfolio.reading.table import cells_of, ragged, records, separator_of

if TYPE_CHECKING:
    from pathlib import Path

    from cityfolio.reading.text import Source

__all__ = ["read_delimited"]

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHUNK = 1 << 22
_THREADS = 2
_ROWS = 10_000


@dataclass(frozen=True)
class _Text:
    """A text file whose letters are known."""

    source: Source
    encoding: str
    separator: str = ","

    @contextmanager
    def lines(self) -> Iterator[Iterator[str]]:
        """Its lines, without their ends, whichever they are."""
        with self.source.path.open(encoding=self.encoding, newline=None) as text:
            yield (line.removesuffix("\n") for line in text)

    @cached_property
    def starts(self) -> list[int]:
        """The line that each record begins in in which anything stands."""
        with self.lines() as lines:
            return [line for line, record in records(lines) if _is_filled(record, self.separator)]

    def line_of(self, row: int) -> int:
        """The line that a row begins in."""
        return self.starts[row + 1]


def read_delimited(source: Source, how: How, *, quick_from: int = 1_000_000) -> Received:
    """The table of a CSV or TSV file; files of `quick_from` bytes and more are read in columns if nothing about them is odd.

    Raises:
        UnreadableError: with all that is wrong with its form.
    """
    with source.path.open("rb") as raw:
        begin = raw.read(4)
    marked = next((name for mark, name in _MARKS.items() if begin.startswith(mark)), "")
    text = _Text(source, marked or how.encoding or "utf-8")
    try:
        codecs.lookup(text.encoding)
    except LookupError as trouble:
        raise unreadable(source, f'no letters are called "{text.encoding}"') from trouble
    try:
        with text.lines() as lines:
            line, record = next(records(lines), (1, ""))
        text = replace(text, separator=separator_of(record))
        if source.path.stat().st_size >= quick_from:
            quick = _quickly(text, line, record, how.only)
            if quick is not None:
                return quick
        return _plainly(text)
    except UnicodeError as trouble:
        raise _undecodable(source, text.encoding) from trouble


def _undecodable(source: Source, encoding: str) -> UnreadableError:
    """That the letters are not those that were named, with the first line that shows it."""
    name = "UTF-8" if encoding.startswith("utf-8") else encoding
    with source.path.open("rb") as raw:
        for number, line in enumerate(raw, start=1):
            try:
                line.decode(encoding)
            except UnicodeError:
                if name != "UTF-8":
                    break
                shown = line.decode("cp1252", "replace").strip()[:80]
                problem = f'line {number} is not in UTF-8; with --encoding cp1252 it reads "{shown}"'
                return unreadable(source, problem)
    return unreadable(source, f"its letters are not in {name}")


def _plainly(text: _Text) -> Received:
    """The table, record by record. It takes long for many rows, and says all that is wrong with them."""
    source, findings = text.source, list[Finding]()
    with text.lines() as lines:
        held = _sound(source, records(lines), text.separator, findings)
        first = next(held, None)
        if first is None:
            raise UnreadableError(findings or [Finding("file.empty", Place(source.name))])
        header = checked_header(source, first[1], first[0])
        fillings = [Filling() for _ in header]
        starts = [first[0]]
        while rows := list(islice(held, _ROWS)):
            starts += [line for line, _ in rows]
            for place, filling in enumerate(fillings):
                filling.add(cells[place].strip() for _, cells in rows)
    if findings:
        raise UnreadableError(findings)
    return _received(source, header, [filling.column() for filling in fillings], _Starts(starts).line_of)


@dataclass(frozen=True)
class _Starts:
    """The lines that records begin in; the first holds the names of the columns."""

    lines: list[int]

    def line_of(self, row: int) -> int:
        return self.lines[row + 1]


def _sound(
    source: Source, held: Iterable[tuple[int, str]], separator: str, findings: list[Finding]
) -> Iterator[tuple[int, list[str]]]:
    """The records that are well formed, all of the same length; a finding for each other one."""
    wanted = 0
    for line, record in held:
        if "\x00" in record:
            raise unreadable(source, f"line {line} holds null characters, as no text does")
        cells = cells_of(record, separator)
        if cells is None:
            findings.append(Finding("table.stray-quote", Place(source.name, line)))
            if not wanted:
                return
            continue
        if not any(map(str.strip, cells)):
            continue
        wanted = wanted or len(cells)
        if len(cells) == wanted:
            yield line, cells
        else:
            findings.append(ragged(source.name, line, len(cells), wanted))


def _received(source: Source, header: list[str], columns: list[Column], line_of: Callable[[int], int]) -> Received:
    """The table without columns that have no name; those with cells in them are named."""
    named = {name: column for name, column in zip(header, columns, strict=True) if name}
    findings = list(unnamed(source, header, columns, line_of, lambda place: str(place + 1)))
    return Received(source.name, named, len(columns[0]), line_of=line_of, findings=findings)


# ---- In whole columns


def _quickly(text: _Text, line: int, record: str, only: frozenset[str] | None) -> Received | None:
    """The table in columns, or None where anything is odd: then the plain way tells what it is."""
    cells = cells_of(record, text.separator)
    if cells is None or line != 1 or "\n" in record or len(cells) < 2:
        return None
    header = checked_header(text.source, cells)
    wanted = [place for place, name in enumerate(header) if only is None or name in only]
    parts: list[list[CodedCells]] = [[] for _ in wanted]
    with _in_utf8(text) as path, path.open("rb") as raw:
        if raw.read(3) != codecs.BOM_UTF8:
            raw.seek(0)
        raw.readline()
        for some in _at_once(raw, text.separator, len(header), wanted):
            if some is None:
                return None
            for held, cells_of_block in zip(parts, some, strict=True):
                held.append(cells_of_block)
    if not parts or not parts[0]:
        return None
    with ThreadPoolExecutor(_THREADS) as workers:
        columns = dict(zip(wanted, workers.map(joined, parts), strict=True))
    if _has_blank_rows(list(columns.values())):
        return None
    height = len(columns[wanted[0]])
    all_of_them = [columns.get(place) or blank(height) for place in range(len(header))]
    return _received(text.source, header, all_of_them, text.line_of)


def _at_once(raw: BinaryIO, separator: str, width: int, wanted: list[int]) -> Iterator[list[CodedCells] | None]:
    """The columns of each block in their order, while later blocks are worked on."""
    with ThreadPoolExecutor(_THREADS) as workers:
        waiting: deque[Future[list[CodedCells] | None]] = deque()
        for block in blocks_of(raw, _CHUNK):
            waiting.append(workers.submit(coded_cells, block, separator, width, wanted))
            if len(waiting) > _THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _has_blank_rows(columns: list[Column]) -> bool:
    """Whether there are rows in which nothing stands, or which are read for nothing; spreadsheets write such rows."""
    blank_rows = np.ones(len(columns[0]), bool)
    for column in columns:
        place = column.place_of("")
        if place < 0:
            return False
        blank_rows &= column.places == place
        if not blank_rows.any():
            return False
    return True


def _is_filled(record: str, separator: str) -> bool:
    """Whether any cell of a record holds anything. What cannot be read is no blank."""
    if record.strip(f'" \n\t{separator}').strip():
        return True
    cells = cells_of(record, separator)
    return cells is None or any(map(str.strip, cells))


@contextmanager
def _in_utf8(text: _Text) -> Iterator[Path]:
    """The file itself if it is in UTF-8, else a copy that is."""
    from pathlib import Path

    if text.encoding in ("utf-8", "utf-8-sig"):
        yield text.source.path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "table"
        with (
            text.source.path.open(encoding=text.encoding, newline="") as old,
            copy.open("w", encoding="utf-8", newline="") as new,
        ):
            shutil.copyfileobj(old, new, _CHUNK)
        yield copy
