"""DuckDB sessions with bounded memory, and coded waves written through them."""

# ruff: noqa: S608 - every name and text in the queries is quoted by cityfolio.engine.sql

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from cityfolio.engine.duck_coding import coding_sql, keys_sql
from cityfolio.engine.raw import RawWave, plan_wave
from cityfolio.engine.sql import quoted, text
from cityfolio.engine.store import AnswerStore, StoredWave, fingerprint_of, key_type, weight_column
from cityfolio.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from cityfolio.model.variable import Variable

__all__ = ["LazySession", "Limits", "session", "store_raw", "write_wave"]

ROWS_PER_GROUP = 131_072


@dataclass(frozen=True)
class Limits:
    """How much of the machine DuckDB may take: memory in MiB, and threads (0 takes all there are)."""

    memory: int = 1024
    threads: int = 0


@contextmanager
def session(limits: Limits) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB session that stays within the limits and spills to a temporary folder what does not fit."""
    import duckdb  # here, because kept counts are read without it

    with tempfile.TemporaryDirectory(prefix="cityfolio-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{limits.memory}MiB",
            "temp_directory": folder,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        if limits.threads:
            settings["threads"] = limits.threads
        connection = duckdb.connect(config=settings)
        try:
            yield connection
        except RuntimeError as error:
            if str(error) != "Query interrupted":
                raise
            raise KeyboardInterrupt from error  # DuckDB stops at Ctrl-C, but calls it by another name
        finally:
            connection.close()


class LazySession:
    """A session that starts when it is first needed: what is kept is read without it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._stack = ExitStack()
        self._connection: duckdb.DuckDBPyConnection | None = None

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection, opened at the first call."""
        if self._connection is None:
            self._connection = self._stack.enter_context(session(self.limits))
        return self._connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection = None
        self._stack.close()


def store_raw(store: AnswerStore, raw: RawWave, variables: Mapping[str, Variable], limits: Limits) -> StoredWave:
    """Code the raw answers of a wave and store them.

    Raises:
        WrongUse: if the file cannot be read as a table, or a unit, its weight or a column is missing.
    """
    import duckdb

    plans = plan_wave(raw.instrument, variables)
    with session(limits) as connection:
        try:
            keys = _keys(connection, raw)
            for kind, names in keys.items():
                labels = ", ".join(text(name) for name in names)
                connection.execute(f"CREATE TYPE {quoted(key_type(kind))} AS ENUM ({labels})")
            query = coding_sql(raw, plans)
            weights = tuple(raw.columns.weights)
            return write_wave(
                store,
                connection,
                query,
                StoredWave(
                    wave=raw.instrument.wave,
                    path=store.data_path(raw.instrument.wave),
                    rows=0,
                    size=0,
                    fingerprint="",
                    variables=tuple(plan.variable for plan in plans),
                    keys=keys,
                    weights=weights,
                ),
            )
        except (duckdb.ConversionException, duckdb.InvalidInputException) as error:
            raise WrongUse(f"{raw.path.name} cannot be read: {error}") from error


def write_wave(
    store: AnswerStore, connection: duckdb.DuckDBPyConnection, query: str, described: StoredWave
) -> StoredWave:
    """Write the coded rows that `query` gives as the wave's Parquet file, whole or not at all."""
    store.folder.mkdir(parents=True, exist_ok=True)
    partial = described.path.with_suffix(".parquet.partial")
    form = f"FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE {ROWS_PER_GROUP}"
    try:
        connection.execute(f"COPY ({query}) TO {text(str(partial))} ({form})")
        rows = _checked(connection, partial, described.weights)
        partial.replace(described.path)
    finally:
        partial.unlink(missing_ok=True)
    stored = StoredWave(
        wave=described.wave,
        path=described.path,
        rows=rows,
        size=described.path.stat().st_size,
        fingerprint=fingerprint_of(described.path),
        variables=described.variables,
        keys=described.keys,
        weights=described.weights,
    )
    store.describe(stored)
    return stored


def _keys(connection: duckdb.DuckDBPyConnection, raw: RawWave) -> dict[str, tuple[str, ...]]:
    if not raw.columns.groups:
        return {}
    row = connection.execute(keys_sql(raw)).fetchone()
    lists = row if row is not None else ()
    # An empty file has no keys, and an enumeration needs at least one.
    return {kind: tuple(sorted(found or [""])) for kind, found in zip(raw.columns.groups, lists, strict=True)}


def _checked(connection: duckdb.DuckDBPyConnection, path: Path, weights: Sequence[str]) -> int:
    """How many rows there are, if each has a unit of its own and its weights."""
    wrong = " + ".join(
        [
            "(unit = '')::INTEGER",
            *(
                f"coalesce({quoted(weight_column(w))} < 0 OR NOT isfinite({quoted(weight_column(w))}), true)::INTEGER"
                for w in weights
            ),
        ]
    )
    query = f"SELECT count(*), sum({wrong}), count(*) - count(DISTINCT unit) FROM read_parquet({text(str(path))})"
    rows, incomplete, doubled = connection.execute(query).fetchone() or (0, 0, 0)
    if incomplete:
        raise WrongUse(f"{incomplete} responses have no unit or no weight (0 or more); every response needs both")
    if doubled:
        raise WrongUse(f"{doubled} responses stand for a unit that has one already; each unit has one row in a wave")
    return int(rows)
