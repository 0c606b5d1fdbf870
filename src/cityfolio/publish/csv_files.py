"""CSV files as the world reads them: UTF-8, line feeds, quoted where needed, the same bytes on every machine."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from cityfolio.publish.tables import ReleasedTable, cell_text

__all__ = ["csv_bytes", "csv_row", "table_csv"]


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    r"""A table with its header.

    >>> csv_bytes(["unit", "name"], [["busan-kor", "Busan"]])
    b'unit,name\nbusan-kor,Busan\n'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def csv_row(cells: Sequence[str]) -> str:
    r"""One row of such a table.

    >>> csv_row(["busan-kor", "Busan, \"the\" port"])
    'busan-kor,"Busan, ""the"" port"\n'
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def table_csv(table: ReleasedTable) -> bytes:
    """The table as CSV."""
    return csv_bytes(table.names, ([cell_text(cell) for cell in row] for row in table.rows))
