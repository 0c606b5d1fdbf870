"""JSON: one object a row, what is not there left out."""

from __future__ import annotations

from pydantic_core import to_json

from cityfolio.publish.tables import Cell, ReleasedTable

__all__ = ["json_rows", "rows_json"]


def json_rows(table: ReleasedTable) -> list[dict[str, object]]:
    """The rows as objects: cells with several codes are lists, empty cells are left out.

    >>> from cityfolio.publish.tables import Column
    >>> columns = (Column("unit", "Unit"), Column("terms", "Terms", separator=" "), Column("note", "Note"))
    >>> json_rows(ReleasedTable("t", "T", "", columns, [("busan-kor", "a b", None)]))
    [{'unit': 'busan-kor', 'terms': ['a', 'b']}]
    """
    separators = [column.separator for column in table.columns]
    return [
        {
            name: _value(cell, separator)
            for name, separator, cell in zip(table.names, separators, row, strict=True)
            if cell is not None
        }
        for row in table.rows
    ]


def rows_json(table: ReleasedTable) -> bytes:
    """The table as a JSON file: an array of its rows."""
    return to_json(json_rows(table)) + b"\n"


def _value(cell: Cell, separator: str) -> object:
    if separator and isinstance(cell, str):
        return [part.strip() for part in cell.split(separator)]
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
