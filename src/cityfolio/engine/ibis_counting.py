"""Counting as one Ibis expression: spread the answers of a row over rows, one per variable, and group once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.backends import BaseBackend
    from ibis.expr.types import Table, Value

__all__ = ["fetched", "grouped", "spread_out"]


def spread_out(rows: Table, arrays: Mapping[str, Sequence[Value]], engine: str) -> Table:
    """A row per response and variable, with the variable's place as `question`. The engine's name decides by which way."""
    kept = [name for name in rows.columns if name == "wave" or name[0] in "gw"]
    number = len(next(iter(arrays.values())))
    table = rows.select(*kept, **{f"all_{name}": ibis.array(list(columns)) for name, columns in arrays.items()})
    if len(arrays) == 1 and engine == "pyspark":
        # Spark takes an array apart with the place of each element faster than it looks each one up; DuckDB does not.
        # No array is empty; without `keep_empty` Spark would look for empty ones first.
        (name,) = arrays
        return table.unnest(f"all_{name}", offset="question", keep_empty=True).rename({name: f"all_{name}"})
    table = table.mutate(question=ibis.range(0, number).unnest())
    return table.select(*kept, "question", **{name: table[f"all_{name}"][table.question] for name in arrays})


def grouped(spread: Table, key: tuple[str, ...], kinds: Sequence[str], weight: str) -> Table:
    """How many rows of each cell, question and pattern, with the sums of the weight and of its square."""
    groups = ["wave", *(f"g{n}" for n in range(len(kinds))), "question", *key]
    sums: dict[str, Value] = {"number_of": spread.count()}
    if weight:
        sums |= {"weight": spread.w.sum(), "squares": (spread.w * spread.w).sum()}
    return spread.group_by(groups).agg(**sums)


def fetched(backend: BaseBackend, counts: Table) -> pa.Table:
    """The counts as they come back. From Spark in columns: Ibis would take them row by row, by way of pandas."""
    if backend.name == "pyspark":
        return backend.raw_sql(backend.compile(counts)).toArrow()
    return backend.to_pyarrow(counts)
