"""The sums of all variables of one wave, read from Parquet row group by row group, in several threads.

Memory is that of a few columns of a row group per thread, and of the tables of some variables, whatever the number of
rows. Row groups are dealt to a fixed number of shares and the shares added in order, so the sums are the same to the
last digit on any machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cityfolio.engine.kernel import BINS, PIECE_BITS, add
from cityfolio.engine.packing import PackedVariable
from cityfolio.engine.store import group_column, weight_column
from cityfolio.engine.sums import REASONS, VariableSums
from cityfolio.engine.tally import Floats
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from cityfolio.engine.store import StoredWave

__all__ = ["MANY_CELLS", "LeftOut", "sum_wave"]

SHARES = 4
# Variables read from a row group at once, and variables whose tables are held at once.
AT_ONCE = 8
BLOCK = 32
_TYPES = {n: np.dtype(n) for n in ("int8", "int16", "int32", "int64", "uint8", "uint16")} | {
    "double": np.dtype("float64")
}
_NO_SUMS = np.zeros((0, 8))
MANY_CELLS = 4096

LeftOut: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Tables:
    """What one share of the row groups adds up to."""

    patterns: Mapping[str, Floats]
    numbers: Mapping[str, Floats]

    @classmethod
    def empty(cls, variables: Sequence[PackedVariable], cells: int) -> _Tables:
        """Tables of zeros; the cell above the last takes the rows that do not count."""
        shape = (cells + 1, BINS, 4)
        patterns = {v.id: np.zeros((max(1, -(-v.width // PIECE_BITS)), *shape)) for v in variables}
        return cls(patterns, {v.id: np.zeros((cells + 1, 8)) for v in variables if v.kind is Kind.NUMBER})

    def add(self, other: _Tables) -> None:
        """Add the tables of another share."""
        for mine, theirs in ((self.patterns, other.patterns), (self.numbers, other.numbers)):
            for name, table in mine.items():
                np.add(table, theirs[name], out=table)


def sum_wave(
    wave: StoredWave, variables: Sequence[PackedVariable], weight: str, left_out: LeftOut | None, threads: int = 0
) -> dict[str, VariableSums]:
    """The sums of the variables in the cells of all kinds of groups of the wave.

    `left_out` marks the rows that do not count, in the order of the file. Without a weight every unit weighs
    1.
    """
    found: dict[str, VariableSums] = {}
    with _small_pool(), ThreadPoolExecutor(threads or len(os.sched_getaffinity(0))) as pool:
        for first in range(0, len(variables), BLOCK):
            found |= _sum_block(pool, _Rows(wave, variables[first : first + BLOCK], weight, left_out))
    return found


@contextmanager
def _small_pool() -> Iterator[None]:
    """Arrow's plain allocator: the others keep what was read for later, which nobody needs here."""
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)


def _sum_block(pool: ThreadPoolExecutor, rows: _Rows) -> dict[str, VariableSums]:
    """The sums of some variables over all row groups."""
    cells = prod(len(keys) for keys in rows.wave.keys.values())
    groups = range(pq.read_metadata(rows.wave.path).num_row_groups)

    def share(number: int) -> _Tables:
        tables = _Tables.empty(rows.variables, cells)
        with pq.ParquetFile(rows.wave.path) as file:
            for group in groups[number::SHARES]:
                _add_group(file, group, tables, rows)
        return tables

    shares = pool.map(share, range(min(SHARES, max(1, len(groups)))))
    total = next(shares)
    for further in shares:
        total.add(further)
    return {v.id: _sums(v, total, cells) for v in rows.variables}


@dataclass(frozen=True, eq=False)
class _Rows:
    """How the rows of the file are read."""

    wave: StoredWave
    variables: Sequence[PackedVariable]
    weight: str
    left_out: LeftOut | None

    @property
    def key_columns(self) -> list[str]:
        """The columns that say where a row counts, and how much."""
        names = [group_column(kind) for kind in self.wave.keys]
        return names + ([weight_column(self.weight)] if self.weight else [])


def _add_group(file: pq.ParquetFile, group: int, tables: _Tables, rows: _Rows) -> None:
    """Add a row group, some variables at a time: what was read is small and stays in the processor's cache."""
    keys = file.read_row_group(group, columns=rows.key_columns, use_threads=False)
    cells = _cells(keys, rows, sum(file.metadata.row_group(g).num_rows for g in range(group)))
    weights = _array(keys, weight_column(rows.weight)) if rows.weight else _locked(np.ones(len(cells)))
    for first in range(0, len(rows.variables), AT_ONCE):
        some = rows.variables[first : first + AT_ONCE]
        table = file.read_row_group(group, columns=_columns(some), use_threads=False)
        for variable in some:
            _add_variable(variable, table, cells, weights, tables)


def _add_variable(
    variable: PackedVariable, table: pa.Table, cells: NDArray[np.int32], weights: Floats, tables: _Tables
) -> None:
    patterns = _array(table, variable.columns[0])
    # One width for all patterns of up to 15 bits: each width that the kernel meets costs a tenth of a second to load.
    patterns = _locked(patterns.astype(np.int16 if patterns.itemsize <= 2 else np.int64, copy=False))
    is_number = variable.kind is Kind.NUMBER
    numbers = _array(table, variable.number_column) if is_number else _locked(np.zeros(0))
    sums = tables.numbers[variable.id] if is_number else _NO_SUMS
    add(cells, patterns, numbers, weights, tables.patterns[variable.id], sums)


def _columns(variables: Sequence[PackedVariable]) -> list[str]:
    patterns = [variable.columns[0] for variable in variables]
    return patterns + [v.number_column for v in variables if v.kind is Kind.NUMBER]


def _cells(table: pa.Table, rows: _Rows, first: int) -> NDArray[np.int32]:
    """The cell of each row: the positions of its groups, as one number."""
    cells = np.zeros(table.num_rows, dtype=np.int32)
    for kind, keys in rows.wave.keys.items():
        cells *= len(keys)
        cells += _array(table, group_column(kind)).astype(np.int32)
    if rows.left_out is not None:
        last = prod(len(keys) for keys in rows.wave.keys.values())
        cells[rows.left_out[first : first + table.num_rows]] = last
    return cells


def _array(table: pa.Table, name: str) -> NDArray[Any]:
    """The values of a column; what stands where there is none means nothing.

    Read from the buffer itself, because pyarrow's own way loads pandas, for a third of a second and 60 MiB.
    """
    array = table.column(name).combine_chunks()
    chunk = array.chunk(0) if isinstance(array, pa.ChunkedArray) else array
    if not len(chunk):
        return np.zeros(0, dtype=_TYPES[str(chunk.type)])
    values = np.frombuffer(chunk.buffers()[1], dtype=_TYPES[str(chunk.type)])
    return values[chunk.offset : chunk.offset + len(chunk)]


def _locked(array: NDArray[Any]) -> NDArray[Any]:
    """The array, read-only as Arrow's are: to the kernel that is a type of its own, and each type costs a load."""
    array.flags.writeable = False
    return array


def _sums(variable: PackedVariable, tables: _Tables, cells: int) -> VariableSums:
    """Sums per category: each category is a bit of one piece, and takes the bins in which that bit is set."""
    table = tables.patterns[variable.id][:, :cells, :, :3]
    chosen = np.zeros((cells, variable.width, 3))
    values = np.arange(1 << PIECE_BITS)
    for bit in range(variable.width):
        held = np.flatnonzero(values >> bit % PIECE_BITS & 1)
        chosen[:, bit] = table[bit // PIECE_BITS][:, held].sum(axis=1)
    first = table[0]
    numbers = tables.numbers[variable.id][:cells, :7] if variable.kind is Kind.NUMBER else np.zeros((0, 7))
    top = 1 << PIECE_BITS
    # A lone reason -1 - r stands in the bin 64 + r.
    return VariableSums(chosen, first[:, top : top + REASONS].copy(), first[:, :top].sum(axis=1), numbers)
