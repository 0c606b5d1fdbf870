"""Parquet files as tables of text: the same rows, cells and findings as from a CSV file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place
from cityfolio.reading.table import Row, Table
from cityfolio.reading.text import refused

if TYPE_CHECKING:
    from pathlib import Path

    from cityfolio.reading.text import Source

__all__ = ["is_parquet", "read_parquet_table"]


def is_parquet(path: Path) -> bool:
    """Whether the file says at its end what a Parquet file says there."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        pq.read_schema(path)
    except pa.ArrowException:
        return False
    return True


def read_parquet_table(source: Source) -> tuple[Table | None, list[Finding]]:
    """The table of a Parquet file, or None where it cannot be read; with all findings about its form.

    Cells are read as they would be written: 3 as "3", nothing as "". A row's "line" is that of a CSV file with the same rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    trouble = refused(source)
    if trouble is not None:
        return None, [trouble]
    try:
        table = pq.read_table(source.path, use_threads=False)
    except pa.ArrowException:
        return None, [Finding("file.no-parquet", Place(source.name))]
    findings = [
        Finding("table.doubled-column", Place(source.name, 1, column), {"column": column})
        for column in sorted({name for name in table.column_names if table.column_names.count(name) > 1})
    ]
    columns: list[list[str]] = []
    for name, column in zip(table.column_names, table.columns, strict=True):
        try:
            columns.append([(cell or "").strip() for cell in column.cast(pa.string()).to_pylist()])
        except pa.ArrowException:
            facts = {"column": name, "type": str(column.type)}
            findings.append(Finding("table.no-text", Place(source.name, 1, name), facts))
    if findings:
        return None, findings
    rows = zip(*columns, strict=True) if columns else iter(())
    names = tuple(name.strip() for name in table.column_names)
    read = (Row(line, dict(zip(names, cells, strict=True))) for line, cells in enumerate(rows, start=2))
    return Table(source.name, names, tuple(read)), []
