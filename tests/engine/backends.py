"""The engines under test, each over the same written waves."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from cityfolio.engine.counting import Weighing
from cityfolio.engine.duck import DuckEngine
from cityfolio.engine.ibis_coding import RawTable
from cityfolio.engine.ibis_engine import IbisEngine
from cityfolio.engine.raw import RawWave
from cityfolio.engine.store import AnswerStore

from .programmes import Programme


@contextmanager
def duckdb_engine(programme: Programme, folder: Path) -> Iterator[Weighing]:
    """Coded by DuckDB SQL into Parquet, counted by DuckDB."""
    engine = DuckEngine(AnswerStore(folder / "store"), programme.variables, programme.waves)
    for raw in programme.write(folder):
        engine.add(raw)
    yield engine


@contextmanager
def ibis_duckdb_engine(programme: Programme, folder: Path) -> Iterator[Weighing]:
    """One Ibis expression in DuckDB, over raw answers in Parquet."""
    backend = ibis.duckdb.connect()
    try:
        tables = tuple(
            RawTable(raw.instrument, backend.read_parquet(as_parquet(raw)), raw.columns, raw.missing, raw.corrected)
            for raw in programme.write(folder)
        )
        yield IbisEngine(backend, programme.variables, tables)
    finally:
        backend.disconnect()


@contextmanager
def ibis_postgres_engine(socket: Path, programme: Programme, folder: Path) -> Iterator[Weighing]:
    """One Ibis expression in a PostgreSQL server, over raw answers copied into tables."""
    backend = ibis.postgres.connect(host=str(socket), user="postgres", database="postgres")
    try:
        tables = []
        for raw in programme.write(folder):
            names, rows = raw_cells(raw)
            columns = ", ".join(f'"{name}" text' for name in names)
            with backend.con.cursor() as cursor:
                cursor.execute(f'DROP TABLE IF EXISTS "{raw.instrument.wave}"')
                cursor.execute(f'CREATE TABLE "{raw.instrument.wave}" ({columns})')
                with cursor.copy(f'COPY "{raw.instrument.wave}" FROM STDIN') as copy:
                    for row in rows:
                        copy.write_row(row)
            backend.con.commit()
            table = backend.table(raw.instrument.wave)
            tables.append(RawTable(raw.instrument, table, raw.columns, raw.missing, raw.corrected))
        yield IbisEngine(backend, programme.variables, tuple(tables))
    finally:
        backend.disconnect()


@contextmanager
def ibis_spark_engine(session: object, programme: Programme, folder: Path) -> Iterator[Weighing]:
    """One Ibis expression in a Spark cluster, over raw answers in Parquet."""
    backend = ibis.pyspark.connect(session)
    tables = tuple(
        RawTable(raw.instrument, backend.read_parquet(str(as_parquet(raw))), raw.columns, raw.missing, raw.corrected)
        for raw in programme.write(folder)
    )
    yield IbisEngine(backend, programme.variables, tables)


def as_parquet(raw: RawWave) -> Path:
    """The raw answers as a Parquet file of texts."""
    names, rows = raw_cells(raw)
    columns = {name: pa.array([row[n] for row in rows], pa.string()) for n, name in enumerate(names)}
    path = raw.path.with_suffix(".parquet")
    pq.write_table(pa.table(columns), path)
    return path


def raw_cells(raw: RawWave) -> tuple[list[str], list[list[str]]]:
    """The columns and rows of the raw file."""
    with raw.path.open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    return names, rows
