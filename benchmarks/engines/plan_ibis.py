"""One Ibis expression beside the same counting written natively: `python plan_ibis.py FOLDER duckdb|pyspark RUNS`.

Counts the patterns of all 80 choice variables of a wave, with weights, by size: the expression that `IbisEngine`
sends to an engine once answers are coded. Natively: SQL as a user of DuckDB would write it, and data frames with
posexplode in PySpark. Both in one process, in turn, after one run of each to warm up; prints medians.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ibis
import pyarrow as pa
from generator import WAVES, codebook

from cityfolio.engine.ibis_counting import fetched, grouped, spread_out
from cityfolio.model.variable import Kind

folder, where, runs = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
path = folder / "store" / f"{WAVES[0]}.parquet"
columns = [f"v.{name}" for name, variable in codebook().items() if variable.kind is not Kind.NUMBER]
KEYS = ["wave", "g0", "question", "pattern"]


def expression(backend: ibis.BaseBackend) -> ibis.Table:
    table = backend.read_parquet(str(path))
    rows = table.select(
        wave=ibis.literal(0),
        g0=table["group.size"],
        w=table["weight.survey"],
        **{f"p{n}": table[column].cast("int64") for n, column in enumerate(columns)},
    )
    patterns = [rows[f"p{n}"] for n in range(len(columns))]
    return grouped(spread_out(rows, {"pattern": patterns}, backend.name), ("pattern",), ("size",), "survey")


def on_duckdb() -> tuple[Callable[[], pa.Table], Callable[[], pa.Table]]:
    backend = ibis.duckdb.connect(threads=2)
    listed = ", ".join(f'"{column}"::BIGINT' for column in columns)
    query = f"""
        SELECT 0 AS wave, g0, question, pattern, count(*) AS number_of, sum(w) AS weight, sum(w * w) AS squares
        FROM (
            SELECT "group.size" AS g0, "weight.survey" AS w,
                   unnest([{listed}]) AS pattern, unnest(range({len(columns)})) AS question
            FROM read_parquet('{path}')
        ) GROUP BY ALL
    """
    ours = expression(backend)
    return lambda: backend.con.execute(query).to_arrow_table(), lambda: fetched(backend, ours)


def on_pyspark() -> tuple[Callable[[], pa.Table], Callable[[], pa.Table]]:
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    for name, value in {"driver.bindAddress": "127.0.0.1", "driver.host": "127.0.0.1", "driver.memory": "4g"}.items():
        builder = builder.config(f"spark.{name}", value)
    session = builder.config("spark.sql.shuffle.partitions", "4").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    listed = f.array(*(f.col(f"`{column}`").cast("long") for column in columns))
    rows = session.read.parquet(str(path)).select(
        f.lit(0).alias("wave"),
        f.col("`group.size`").alias("g0"),
        f.col("`weight.survey`").alias("w"),
        f.posexplode(listed).alias("question", "pattern"),
    )
    sums = (
        f.count("*").alias("number_of"),
        f.sum("w").alias("weight"),
        f.sum(f.col("w") * f.col("w")).alias("squares"),
    )
    backend = ibis.pyspark.connect(session)
    ours = expression(backend)
    # A new data frame each time: of the same one Spark would keep what it shuffled.
    return lambda: rows.groupBy(*KEYS).agg(*sums).toArrow(), lambda: fetched(backend, ours)


def in_order(table: pa.Table) -> list[tuple[float, ...]]:
    names = [*KEYS, "number_of", "weight", "squares"]
    return sorted(zip(*(table.column(name).to_pylist() for name in names), strict=True))


plans = dict(zip(("native", "ibis"), {"duckdb": on_duckdb, "pyspark": on_pyspark}[where](), strict=True))
taken: dict[str, list[float]] = {name: [] for name in plans}
found = {}
for turn in range(runs + 1):
    for name, plan in plans.items():
        started = time.perf_counter()
        found[name] = plan()
        if turn:
            taken[name].append(time.perf_counter() - started)
if in_order(found["native"]) != in_order(found["ibis"]):
    raise SystemExit("the two do not count the same")
print(
    " ".join(f"{name}={statistics.median(seconds):.4f}" for name, seconds in taken.items()),
    f"lines={found['ibis'].num_rows}",
)
