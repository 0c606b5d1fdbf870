"""How tables are written: for people in a terminal, for spreadsheets and for machines."""

from __future__ import annotations

import csv
import io
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING

from cityfolio.cli.showing import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from cityfolio.tabulate.table import Cell

__all__ = ["TableFormat", "csv_text", "print_table", "short", "write_records"]

_WIDTH = 200  # where no terminal says how wide it is


class TableFormat(StrEnum):
    """How a table is written."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def print_table(
    records: Sequence[Mapping[str, str]], words: Collection[str], title: str = "", notes: Sequence[str] = ()
) -> None:
    """Print a table for people; the columns of `words` begin at the left, those of numbers end at the right.

    >>> print_table([{"group": "all", "base": "85"}, {"group": "EU", "base": "9"}], {"group"})
    group  base
    all      85
    EU        9
    """
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(title=Text(visible(title)) if title else None, title_justify="left", box=None, pad_edge=False)
    for column in records[0] if records else ():
        grid.add_column(column, justify="left" if column in words else "right", overflow="fold")
    for record in records:
        # Rich reads square brackets in a string as markup; data is text.
        grid.add_row(*(Text(visible(cell)) for cell in record.values()))
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    console.print(grid)
    for note in notes:
        console.print(Text(visible(note)))


def write_records(
    records: Sequence[Mapping[str, Cell]],
    columns: Sequence[str],
    format: TableFormat,  # noqa: A002 - as the option is called
    out: Path | None,
) -> None:
    """Write records for spreadsheets or machines, into a file or the terminal; `columns` are theirs, where there are none.

    Raises:
        WrongUse: if what is no text were to go to the terminal.
    """
    from cityfolio.errors import WrongUse

    if format is TableFormat.csv:
        _write(csv_text(records, columns), out)
    elif format is TableFormat.json:
        _write(json.dumps(records, ensure_ascii=False, indent=1) + "\n", out)
    elif out is None:
        raise WrongUse("Parquet is no text; name a file with --out.")
    else:
        import pyarrow as pa
        from pyarrow import parquet

        parquet.write_table(pa.Table.from_pylist(records), out)


def csv_text(records: Sequence[Mapping[str, Cell]], columns: Sequence[str]) -> str:
    """The records as CSV; what is not known is blank.

    >>> print(csv_text([{"group": "all", "se": None}], ("group", "se")), end="")
    group,se
    all,
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, list(records[0]) if records else columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()


def short(cell: Cell) -> str:
    """A cell as people read it: four digits of a fraction, nothing where nothing is known.

    >>> short(0.123456), short(85), short(None)
    ('0.1235', '85', '')
    """
    return "" if cell is None else f"{cell:.4g}" if isinstance(cell, float) else str(cell)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, "utf-8", newline="")
