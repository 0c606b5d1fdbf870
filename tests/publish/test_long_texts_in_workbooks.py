"""A cell of a workbook holds 32,767 characters: what does not fit is cut in sight, and the notes say where."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from python_calamine import CalamineWorkbook

from cityfolio.publish.formats.spreadsheet import workbook_bytes
from cityfolio.publish.tables import Column, ReleasedTable

FITS, CUT = "a" * 32_767, "b" * 32_768
STAMP = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def test_a_text_that_does_not_fit_is_cut_in_sight() -> None:
    columns = (Column("unit", "Unit"), Column("words", "Own words"))
    table = ReleasedTable("responses", "Responses", "", columns, [("oulu", FITS), ("delft", CUT)])
    written = workbook_bytes([table], [("About", "Answers")], "Survey", STAMP)
    book = CalamineWorkbook.from_filelike(io.BytesIO(written))
    cells = [row[1] for row in book.get_sheet_by_name("Responses").to_python()[1:]]
    assert cells == [FITS, "b" * 32_766 + "…"]
    notes = {str(row[0]): str(row[1]) for row in book.get_sheet_by_name("Notes").to_python()}
    assert notes["About"] == "Answers"
    assert "Responses, row 3, words." in notes["Cut texts"]
    assert "row 2" not in notes["Cut texts"]
