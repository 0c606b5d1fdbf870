"""DuckDB over one column per category: `python plan_wide_sql.py FOLDER [aggregates|unpivot]`.

`aggregates`: sum(x), sum(w * x), sum(w * w * x) per category, at most 210 in a query (more are slower), finest cells,
rolled up in numpy. `unpivot`: rows per category, then one GROUP BY.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb
import numpy as np
from answer import hand_in, tables
from generator import NUMBERS, OPTIONS, REGIONS, SIZES, codebook

folder, how = Path(sys.argv[1]), sys.argv[2]
started = time.perf_counter()
connection = duckdb.connect(config={"threads": 2})
source = f"read_parquet('{folder / 'wide.parquet'}')"
choices = {name: v for name, v in codebook().items() if v.kind in OPTIONS}
cubes = {name: np.zeros((2, REGIONS, SIZES, len(v.categories) + 1, 3)) for name, v in choices.items()}
columns = [(name, option) for name, v in choices.items() for option in range(len(v.categories))]


def answered_column(name: str) -> int:
    """A category that both waves offered: not null exactly where there is an answer."""
    return 1


def sums(expression: str) -> str:
    return f"sum({expression}), sum(w * {expression}), sum(w * w * {expression})"


def aggregates() -> None:
    wanted = [(n, o, f"{n}_c{o}") for n, o in columns]
    wanted += [(n, len(v.categories), f"({n}_c1 IS NOT NULL)::INTEGER") for n, v in choices.items()]
    for first in range(0, len(wanted), 70):
        some = wanted[first : first + 70]
        terms = ", ".join(sums(expression) for _, _, expression in some)
        query = f"SELECT wave, region, size, {terms} FROM {source} GROUP BY wave, region, size"
        for wave, region, size, *values in connection.execute(query).fetchall():
            for place, (name, option, _) in enumerate(some):
                cubes[name][wave, region, size, option] = [v or 0 for v in values[3 * place : 3 * place + 3]]


def unpivot() -> None:
    names = ", ".join(f"{n}_c{o}" for n, o in columns)
    query = f"""
        SELECT wave, region, size, item, sum(y), sum(w * y), sum(w * w * y), count(y), sum(w), sum(w * w)
        FROM (UNPIVOT (SELECT wave, region, size, w, {names} FROM {source}) ON {names} INTO NAME item VALUE y)
        GROUP BY wave, region, size, item
    """
    for wave, region, size, item, *values in connection.execute(query).fetchall():
        name, option = item.split("_c")
        cubes[name][wave, region, size, int(option)] = values[:3]
        if option == "1":
            cubes[name][wave, region, size, -1] = values[3:]


def numbers() -> np.ndarray:
    terms = ", ".join(
        f"count(x{n}), sum(w * (x{n} IS NOT NULL)::INTEGER), sum(w * x{n}), sum(w * x{n} * x{n})"
        for n in range(NUMBERS)
    )
    rows = connection.execute(
        f"SELECT {terms} FROM {source} GROUP BY wave, region, size ORDER BY wave, region, size"
    ).fetchall()
    # Each wave counts once as a whole, once by region, once by size.
    return 3 * np.array(rows, dtype=np.float64)


{"aggregates": aggregates, "unpivot": unpivot}[how]()
hand_in(tables(cubes), numbers(), started)
