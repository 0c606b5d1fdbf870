"""Workbooks (XLSX, ODS): one sheet of them, with the rows that its lines are, and what its cells do not tell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NoReturn

from lxml import etree

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean, join_list
from cityfolio.intake.importing.columns import Filling
from cityfolio.intake.importing.received import How, Received, UnreadableError, checked_header, unnamed, unreadable
from cityfolio.intake.importing.words import words
from cityfolio.reading.safe_xml import parse_xml

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    from cityfolio.reading.text import Source

__all__ = ["read_workbook"]

_MOST_UNPACKED = 1_000_000_000  # bytes; a workbook of a million cells unpacks to a tenth of this
_ROWS = 10_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ODD_CELL = re.compile(rb'<f[ >/]|\st="e"')


def read_workbook(source: Source, how: How) -> Received:
    """The table of one sheet.

    Raises:
        UnreadableError: if it is no workbook, or which sheet is meant cannot be told.
    """
    import python_calamine

    try:
        with zipfile.ZipFile(source.path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile as trouble:
        raise unreadable(source, "it is no workbook") from trouble
    if unpacked > _MOST_UNPACKED:
        raise unreadable(source, f"it unpacks to {unpacked:,} bytes, far more than answers take")
    try:
        with python_calamine.load_workbook(source.path) as book:
            sheet = _sheet(source, book, how.sheet)
            return _table(source, sheet)
    except (python_calamine.CalamineError, ValueError, OSError) as trouble:
        raise unreadable(source, str(trouble)) from trouble


def _sheet(source: Source, book: CalamineWorkbook, wanted: str) -> CalamineSheet:
    """The sheet that is named, or the only one that is seen and holds anything."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    if wanted:
        if wanted not in book.sheet_names:
            hint = did_you_mean(wanted, book.sheet_names) or ""
            _refuse(source, "import.no-sheet", {"got": wanted, "suggestion": hint, "names": _named(book.sheet_names)})
        return book.get_sheet_by_name(wanted)
    seen = [
        held.name
        for held in book.sheets_metadata
        if held.typ is SheetTypeEnum.WorkSheet and held.visible is SheetVisibleEnum.Visible
    ]
    filled = [sheet for name in seen if (sheet := book.get_sheet_by_name(name)).height]
    if not filled:
        raise unreadable(source, "none of its sheets holds anything")
    if len(filled) > 1:
        _refuse(source, "import.several-sheets", {"names": _named([sheet.name for sheet in filled])})
    return filled[0]


def _named(sheets: list[str]) -> str:
    return join_list([f'"{name}"' for name in sheets])


def _refuse(source: Source, code: str, facts: dict[str, str]) -> NoReturn:
    raise UnreadableError([Finding(code, Place(source.name), facts)])


def _table(source: Source, sheet: CalamineSheet) -> Received:
    rows = ((line, row) for line, row in enumerate(sheet.iter_rows(), start=1) if any(map(_is_filled, row)))
    first = next(rows, None)
    if first is None:
        raise unreadable(source, f'its sheet "{sheet.name}" is empty')
    top, cells = first
    header = checked_header(source, [words(cell) for cell in cells], top)
    fillings = [Filling() for _ in header]
    lines: list[int] = []
    while some := list(islice(rows, _ROWS)):
        lines += [line for line, _ in some]
        for place, filling in enumerate(fillings):
            filling.add(words(row[place]) for _, row in some)
    held = [filling.column() for filling in fillings]
    columns = {name: column for name, column in zip(header, held, strict=True) if name}
    left = (sheet.start or (0, 0))[1]
    findings = list(unnamed(source, header, held, lines.__getitem__, lambda place: _letters(left + place)))
    by_letters = {_letters(left + at): name for at, name in enumerate(header)}
    findings += _odd_cells(source, sheet.name, by_letters, top)
    return Received(source.name, columns, len(lines), line_of=lines.__getitem__, findings=findings)


def _is_filled(cell: object) -> bool:
    return cell != "" and not (isinstance(cell, str) and cell.isspace())


def _letters(column: int) -> str:
    """What spreadsheets call a column (0 is the first): A to Z, AA, AB ..."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _odd_cells(source: Source, sheet: str, names: dict[str, str], top: int) -> Iterator[Finding]:
    """Cells that read as empty though they are not: errors, and formulas whose values nobody worked out."""
    if source.path.suffix.casefold() != ".xlsx":
        return
    with zipfile.ZipFile(source.path) as parts:
        part = _part_of(parts, sheet)
        if part is None:
            return
        with parts.open(part) as stream:
            before = b""
            while chunk := stream.read(1 << 20):
                if _ODD_CELL.search(before + chunk):
                    break
                before = chunk[-8:]
            else:
                return
        with parts.open(part) as stream:
            for _, cell in etree.iterparse(
                stream, tag=f"{_MAIN}c", resolve_entities=False, no_network=True, load_dtd=False
            ):
                problem = _oddity(cell)
                match = _ADDRESS.fullmatch(cell.get("r", "")) if problem else None
                if match and names.get(match[1]) and int(match[2]) > top:
                    yield Finding("import.no-cell-value", Place(source.name, int(match[2]), names[match[1]]), problem)
                cell.clear()


def _oddity(cell: etree._Element) -> dict[str, str]:
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "e":
        return {"got": value, "cell": cell.get("r", "")}
    formula = cell.find(f"{_MAIN}f")
    if formula is not None and not value and cell.get("t") != "str":
        return {"got": f"={formula.text or ''}"[:60], "cell": cell.get("r", "")}
    return {}


def _part_of(parts: zipfile.ZipFile, sheet: str) -> str | None:
    """The file inside the workbook that holds the sheet."""
    try:
        book, related = parse_xml(parts.read("xl/workbook.xml")), parse_xml(parts.read("xl/_rels/workbook.xml.rels"))
    except KeyError:
        return None
    if isinstance(book, str) or isinstance(related, str):
        return None
    wanted = next((held.get(_RELATED) for held in book.iter(f"{_MAIN}sheet") if held.get("name") == sheet), None)
    target = next((held.get("Target", "") for held in related.iter("{*}Relationship") if held.get("Id") == wanted), "")
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return part if part in parts.namelist() else None
