"""Coded answers into a file: a part of the rows at a time."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import polars as pl
import pyarrow as pa

if TYPE_CHECKING:
    from cityfolio.intake.importing.applying import Coded

__all__ = ["write_csv", "write_parquet"]

_ROWS = 100_000
_FEW = 10_000  # different cells of a column that each part of a Parquet file may list again


def write_csv(coded: Coded, write: Callable[[bytes], object]) -> None:
    """The answers as CSV; nothing is written for nothing."""
    words = {
        name: pl.Series(name, [v or None for v in column.values], pl.String) for name, column in coded.columns.items()
    }
    for start in range(0, max(coded.height, 1), _ROWS):
        part = pl.DataFrame(
            [
                words[name].gather(column.places[start : start + _ROWS].astype(np.uint32))
                for name, column in coded.columns.items()
            ]
        )
        text = io.BytesIO()
        part.write_csv(text, include_header=start == 0, quote_style="never")
        write(text.getvalue())


def write_parquet(coded: Coded, to: BinaryIO) -> None:
    """The answers as Parquet, as text: the same file from the same answers."""
    import pyarrow.parquet as pq

    coded_type = pa.dictionary(pa.int32(), pa.string())
    few = {name for name, column in coded.columns.items() if len(column.values) <= _FEW}
    words = {name: coded.columns[name].values.to_arrow().cast(pa.string()) for name in few}
    schema = pa.schema([(name, coded_type if name in few else pa.string()) for name in coded.columns])
    with pq.ParquetWriter(to, schema, store_schema=False, compression="zstd", write_statistics=False) as file:
        for start in range(0, max(coded.height, 1), _ROWS):
            parts = []
            for name, column in coded.columns.items():
                places = column.places[start : start + _ROWS]
                if name in few:
                    parts.append(pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), words[name]))
                else:
                    parts.append(column.values.gather(places.astype(np.uint32)).to_arrow().cast(pa.string()))
            file.write_table(pa.Table.from_arrays(parts, schema=schema))


def _quoted(name: str, values: pl.Series) -> pl.Series:
    """Each different cell as CSV has it, once, so that nobody has to look at each row's."""
    if values.str.contains(r'[",\n\r]').any():
        values = pl.select(
            pl.when(values.str.contains(r'[",\n\r]'))
            .then(pl.lit('"') + values.str.replace_all('"', '""', literal=True) + pl.lit('"'))
            .otherwise(values)
        ).to_series()
    return values.replace("", None).rename(name)
