"""Parquet: typed columns, codes as they are, lists where an answer holds several."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from cityfolio.publish.tables import Cell, Column, ColumnKind, ReleasedTable

__all__ = ["arrow_table", "parquet_bytes"]

_TYPES = {ColumnKind.TEXT: pa.string(), ColumnKind.WHOLE: pa.int64(), ColumnKind.NUMBER: pa.float64()}


def arrow_table(table: ReleasedTable) -> pa.Table:
    """The table in memory: one typed array a column, with its label as metadata."""
    fields, arrays = [], []
    for place, column in enumerate(table.columns):
        of = _type(column)
        fields.append(pa.field(column.name, of, metadata={"label": column.label}))
        arrays.append(pa.array([_cell(row[place], column.separator) for row in table.rows], of))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata={"title": table.title}))


def parquet_bytes(table: ReleasedTable) -> bytes:
    """The table as a Parquet file.

    >>> from cityfolio.publish.tables import Column
    >>> content = parquet_bytes(ReleasedTable("t", "T", "", (Column("unit", "Unit"),), [("busan-kor",)]))
    >>> pq.read_table(pa.BufferReader(content)).to_pylist()
    [{'unit': 'busan-kor'}]
    """
    sink = io.BytesIO()
    pq.write_table(arrow_table(table), sink, compression="zstd")
    return sink.getvalue()


def _cell(cell: Cell, separator: str) -> Cell | list[str]:
    if not separator or cell is None:
        return cell
    return [part.strip() for part in str(cell).split(separator)]


def _type(column: Column) -> pa.DataType:
    return pa.list_(pa.string()) if column.separator else _TYPES[column.kind]
