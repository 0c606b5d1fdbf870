"""Parquet files: batch by batch, each different value written out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from cityfolio.findings import Finding, Place
from cityfolio.intake.importing.columns import Filling
from cityfolio.intake.importing.received import How, Received, UnreadableError, checked_header, unreadable
from cityfolio.intake.importing.words import words

if TYPE_CHECKING:
    from cityfolio.reading.text import Source

__all__ = ["read_parquet"]

_ROWS = 100_000


def read_parquet(source: Source, _: How) -> Received:
    """The table of a Parquet file. Lists become words beside each other.

    Raises:
        UnreadableError: if it is none, or cells hold records.
    """
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(source.path) as file:
            header = checked_header(source, file.schema_arrow.names)
            held = [(field.name, field.type) for field in file.schema_arrow if not _is_written(field.type)]
            if held:
                facts = [{"column": name, "type": str(kind)} for name, kind in held]
                raise UnreadableError(
                    [Finding("table.no-text", Place(source.name, 1, said["column"]), said) for said in facts]
                )
            fillings = [Filling() for _ in header]
            for batch in file.iter_batches(_ROWS):
                for filling, cells in zip(fillings, batch.columns, strict=True):
                    _fill(filling, cells)
    except (pa.ArrowException, OSError) as trouble:
        raise unreadable(source, str(trouble).split("\n", 1)[0]) from trouble
    columns = {name: filling.column() for name, filling in zip(header, fillings, strict=True) if name}
    return Received(source.name, columns, file.metadata.num_rows)


def _is_written(kind: pa.DataType, *, listed: bool = False) -> bool:
    """Whether values of this type are written as words; records and lists within a list are not, and bytes neither."""
    types = pa.types
    if types.is_dictionary(kind):
        return _is_written(kind.value_type, listed=listed)
    if types.is_list(kind) or types.is_large_list(kind):
        return not listed and _is_written(kind.value_type, listed=True)
    words_or_numbers = (
        types.is_string,
        types.is_large_string,
        types.is_string_view,
        types.is_integer,
        types.is_floating,
        types.is_decimal,
        types.is_boolean,
        types.is_temporal,
        types.is_null,
    )
    return any(is_one(kind) for is_one in words_or_numbers)


def _fill(filling: Filling, cells: pa.Array[Any]) -> None:
    try:
        coded = cells if isinstance(cells, pa.DictionaryArray) else cells.dictionary_encode("encode")
    except pa.ArrowException:
        filling.add(_written(value) for value in cells.to_pylist())
        return
    coded_values = [_written(value) for value in coded.dictionary.to_pylist()]
    places = coded.indices.fill_null(len(coded_values)) if coded.indices.null_count else coded.indices
    if coded.indices.null_count:
        coded_values.append("")
    kept, firsts = np.unique(places.to_numpy(zero_copy_only=False), return_index=True)
    in_order = kept[np.argsort(firsts)]
    moved = np.zeros(len(coded_values), np.int32)
    moved[in_order] = np.arange(len(in_order))
    filling.add_coded(
        [coded_values[place] for place in in_order.tolist()], moved[places.to_numpy(zero_copy_only=False)]
    )


def _written(value: object) -> str:
    return " ".join(map(words, value)) if isinstance(value, list) else words(value)
