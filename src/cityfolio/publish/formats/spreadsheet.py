"""XLSX: a workbook that people can read, with a sheet of notes and the codebook beside the answers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

from cityfolio.publish.tables import ReleasedTable

__all__ = ["workbook_bytes"]

_WIDEST = 60
_MOST_TEXT = 32_767  # Excel's own limit for a cell; xlsxwriter leaves the rest away without a word


def workbook_bytes(
    tables: Sequence[ReleasedTable], notes: Sequence[tuple[str, str]], title: str, stamp: datetime
) -> bytes:
    """A workbook: the notes first, then a sheet for each table with its header frozen. `stamp` is the time it carries.

    No cell holds more than 32,767 characters: what is cut ends with "…", and the notes say where.
    """
    sink = io.BytesIO()
    # Text is text: no cell becomes a formula, a link or a number because of how it begins.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(sink, options)
    book.set_properties({"title": title, "created": stamp})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Notes")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    for line, (name, text) in enumerate((*notes, *_notes_on_cut(tables))):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, text, wrapped)
    for table in tables:
        _write(book.add_worksheet(table.title[:31]), table, bold)
    book.close()
    return sink.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, table: ReleasedTable, bold: xlsxwriter.format.Format) -> None:
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, bold)
        if column.label and column.label != column.name:
            sheet.write_comment(0, place, column.label)
        widest = max((len(str(row[place])) for row in table.rows if row[place] is not None), default=0)
        sheet.set_column(place, place, min(max(widest, len(column.name)) + 2, _WIDEST))
    for line, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, place, cell if len(cell) <= _MOST_TEXT else f"{cell[: _MOST_TEXT - 1]}…")
            elif cell is not None:
                sheet.write_number(line, place, cell)
    sheet.freeze_panes(1, 1)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _notes_on_cut(tables: Sequence[ReleasedTable]) -> list[tuple[str, str]]:
    """Where a text is longer than a cell may be."""
    places = [
        f"{table.title[:31]}, row {line}, {column.name}"
        for table in tables
        for line, row in enumerate(table.rows, start=2)
        for column, cell in zip(table.columns, row, strict=True)
        if isinstance(cell, str) and len(cell) > _MOST_TEXT
    ]
    said = f"A cell holds at most {_MOST_TEXT:,} characters; the CSV files hold these texts whole: {'; '.join(places)}."
    return [("Cut texts", said[:_MOST_TEXT])] if places else []
