"""Servers that the engines under test run on, started for the session and stopped after it."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest

from cityfolio.engine.counting import Weighing

from .backends import duckdb_engine, ibis_duckdb_engine, ibis_postgres_engine, ibis_spark_engine
from .programmes import Programme

Opening: TypeAlias = Callable[[Programme, Path], AbstractContextManager[Weighing]]


@pytest.fixture(
    scope="session",
    params=[
        "duckdb",
        "ibis-duckdb",
        pytest.param("ibis-postgres", marks=pytest.mark.postgres),
        pytest.param("ibis-pyspark", marks=pytest.mark.spark),
    ],
)
def opening(request: pytest.FixtureRequest) -> Opening:
    """How one of the engines opens a programme."""
    if request.param == "ibis-postgres":
        return partial(ibis_postgres_engine, request.getfixturevalue("postgres"))
    if request.param == "ibis-pyspark":
        return partial(ibis_spark_engine, request.getfixturevalue("spark"))
    return {"duckdb": duckdb_engine, "ibis-duckdb": ibis_duckdb_engine}[request.param]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """A PostgreSQL server of our own: the folder of its socket. No network, no trace after it."""
    folder = Path(tempfile.mkdtemp(prefix="cityfolio-postgres-"))
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    shutil.chown(folder, user)
    # initdb refuses to run as root.
    run: list[str | Path] = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    binaries = postgres_binaries()
    data = folder / "data"
    settings = f"-k {folder} -c listen_addresses='' -c fsync=off"
    try:
        options: list[str | Path] = [
            "-D",
            data,
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]
        quietly([*run, binaries / "initdb", *options])
        quietly([*run, binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", settings, "start"])
        try:
            yield folder
        finally:
            quietly([*run, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


def postgres_binaries() -> Path:
    """The folder of PostgreSQL's programs, the newest version that Debian installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        pytest.fail("PostgreSQL is not installed: apt-get install postgresql, or leave out with -m 'not postgres'")
    return found[-1].parent if found else Path(str(on_path)).parent


def quietly(command: Sequence[str | Path]) -> None:
    """Run a command, which says something only if it fails."""
    log = subprocess.DEVNULL
    subprocess.run(command, check=True, stdin=log, stdout=log, cwd="/")


@pytest.fixture(scope="session")
def spark() -> Iterator[object]:
    """A Spark cluster with two workers of one core, in processes of their own."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local-cluster[2,1,1500]").appName("cityfolio")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.executor.memory": "1g",
        "spark.sql.session.timeZone": "UTC",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()
