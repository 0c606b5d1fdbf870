"""Counting in DuckDB: one pass over a wave per group of variables, one histogram per variable.

What was measured: a histogram per variable (cell and pattern as key) is 2.5 to 3 times as fast as a query
with an aggregate per category, and never has to hold more than the histogram.
"""

# ruff: noqa: S608 - every name and text in the queries is quoted by cityfolio.engine.sql

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count as counting_up
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cityfolio.engine.packing import PackedVariable
from cityfolio.engine.sql import quoted, text
from cityfolio.engine.store import StoredWave, group_column, weight_column
from cityfolio.engine.tally import Floats, Integers, Tally

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

__all__ = ["Columns", "WaveCounter", "rows_outside", "superseded", "superseded_rows"]


@dataclass(frozen=True)
class Columns:
    """What is counted: the columns of the key, beside the kinds of groups. No columns count the responses."""

    key: tuple[str, ...]
    is_number: bool = False

    @classmethod
    def of(cls, variable: PackedVariable | None, *, numbers: bool) -> Columns:
        """The columns of a variable's patterns or of its numbers; None stands for one that the wave did not
        ask.
        """
        if variable is None:
            return cls(())
        return cls((variable.number_column,), is_number=True) if numbers else cls(variable.columns)


def superseded(connection: duckdb.DuckDBPyConnection, wave: StoredWave, later: Sequence[StoredWave]) -> int:
    """How many responses of the wave are from units that have a later one."""
    if not later:
        return 0
    query = f"SELECT count(*) FROM {_file(wave.path)} earlier SEMI JOIN ({_units(later)}) USING (unit)"
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def superseded_rows(
    connection: duckdb.DuckDBPyConnection, wave: StoredWave, later: Sequence[StoredWave]
) -> NDArray[np.bool_]:
    """Which responses of the wave, in the order of its file, are from units that have a later one."""
    source = f"read_parquet({text(str(wave.path))}, file_row_number = true) earlier"
    query = f"SELECT file_row_number FROM {source} SEMI JOIN ({_units(later)}) USING (unit)"
    marked = np.zeros(wave.rows, dtype=np.bool_)
    marked[_arrays(connection, query)[0].astype(np.int64)] = True
    return marked


def rows_outside(
    connection: duckdb.DuckDBPyConnection, wave: StoredWave, panel: Sequence[StoredWave]
) -> NDArray[np.bool_]:
    """Which responses of the wave, in the order of its file, are from units without a response in every wave of `panel`."""
    source = f"read_parquet({text(str(wave.path))}, file_row_number = true) earlier"
    semi = "".join(f" SEMI JOIN ({_units([one])}) USING (unit)" for one in panel)
    marked = np.ones(wave.rows, dtype=np.bool_)
    marked[_arrays(connection, f"SELECT file_row_number FROM {source}{semi}")[0].astype(np.int64)] = False
    return marked


@dataclass(frozen=True)
class WaveCounter:
    """Counts the responses of one wave, those left out that a later response of the same unit replaces.

    Where there is a `panel`, only units count that responded in each of its waves.
    """

    connection: duckdb.DuckDBPyConnection
    wave: StoredWave
    later: tuple[StoredWave, ...]
    kinds: tuple[str, ...]
    weight: str
    memory: int
    panel: tuple[StoredWave, ...] = ()

    def tallies(self, wanted: Sequence[Columns]) -> Iterator[Tally]:
        """A tally for each of `wanted`."""
        if not self.later and not self.panel:
            for columns in wanted:
                yield self._tally(columns, _file(self.wave.path))
            return
        for part in self._parts(wanted):
            names = [column for columns in part for column in columns.key]
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE part AS {self._latest(names)}")
            for columns in part:
                yield self._tally(columns, "part")
            self.connection.execute("DROP TABLE part")

    def _parts(self, wanted: Sequence[Columns]) -> Iterator[Sequence[Columns]]:
        """Groups of variables whose columns together stay within half the memory, at 8 bytes a value at most."""
        each = max(1, self.memory * 2**20 // 2 // 8 // max(1, self.wave.rows))
        for start in counting_up(0, each):
            if start >= len(wanted):
                return
            yield wanted[start : start + each]

    def _latest(self, names: Sequence[str]) -> str:
        columns = [
            *map(group_column, self.kinds),
            *([weight_column(self.weight)] if self.weight else []),
            *names,
        ]
        # A table needs a column, even where only its rows are counted.
        chosen = ", ".join(quoted(column) for column in dict.fromkeys(columns)) or "1 AS one"
        anti = f" ANTI JOIN ({_units(self.later)}) USING (unit)" if self.later else ""
        semi = "".join(f" SEMI JOIN ({_units([wave])}) USING (unit)" for wave in self.panel)
        return f"SELECT {chosen} FROM {_file(self.wave.path)} earlier{anti}{semi}"

    def _tally(self, columns: Columns, source: str) -> Tally:
        keys = [quoted(column) for column in (*map(group_column, self.kinds), *columns.key)]
        sums = ["count(*)"]
        if self.weight:
            weight = quoted(weight_column(self.weight))
            sums += [f"sum({weight})", f"sum({weight} * {weight})"]
        where = f" WHERE {quoted(columns.key[0])} IS NOT NULL" if columns.is_number else ""
        order = f" GROUP BY {', '.join(keys)} ORDER BY {', '.join(keys)}" if keys else " HAVING count(*) > 0"
        query = f"SELECT {', '.join([*keys, *sums])} FROM {source}{where}{order}"
        arrays = list(_arrays(self.connection, query))
        lines, kinds = len(arrays[0]), len(self.kinds)
        groups = _stacked(arrays[:kinds], lines).astype(np.int64)
        patterns = _stacked(arrays[kinds : len(keys)], lines)
        number = arrays[len(keys)].astype(np.int64)
        weight_sum, squares = arrays[len(keys) + 1 :] if self.weight else (number, number)
        return Tally(
            self.kinds,
            groups,
            patterns.astype(np.float64) if columns.is_number else patterns.astype(np.int64),
            number,
            weight_sum.astype(np.float64),
            squares.astype(np.float64),
        )


def _arrays(connection: duckdb.DuckDBPyConnection, query: str) -> list[Integers | Floats]:
    return [np.asarray(column) for column in connection.execute(query).fetchnumpy().values()]


def _stacked(columns: Sequence[Integers | Floats], lines: int) -> Integers | Floats:
    # The columns of one call are all integers or all floats; numpy's types cannot say so of a stack.
    return np.stack(columns, axis=1) if columns else np.zeros((lines, 0), dtype=np.int64)  # type: ignore[return-value]


def _file(path: Path) -> str:
    return f"read_parquet({text(str(path))})"


def _units(waves: Sequence[StoredWave]) -> str:
    return " UNION ALL ".join(f"SELECT unit FROM {_file(wave.path)}" for wave in waves)
