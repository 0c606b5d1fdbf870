"""Data frames over one column per category: `python plan_frames.py FOLDER [whole|dummies|pandas|polars]`.

whole: pandas, get_dummies over all questions, then groupby, as people write it. dummies: the same question by question,
which holds less at a time. pandas: the categories are columns already,
which is kinder to it. polars: one expression per category and sum, streaming engine.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from answer import hand_in, tables
from generator import NUMBERS, OPTIONS, REGIONS, SIZES, codebook

folder, how = Path(sys.argv[1]), sys.argv[2]
started = time.perf_counter()
choices = {name: v for name, v in codebook().items() if v.kind in OPTIONS}
cubes = {name: np.zeros((2, REGIONS, SIZES, len(v.categories) + 1, 3)) for name, v in choices.items()}
KEYS = ["wave", "region", "size"]


def ready_columns(frame: pd.DataFrame, name: str, options: int) -> pd.DataFrame:
    wide = frame[[f"{name}_c{o}" for o in range(options)]].astype("float64")
    wide["answered"] = wide[f"{name}_c1"].notna().astype("float64")
    return wide


def dummies(frame: pd.DataFrame, name: str, options: int) -> pd.DataFrame:
    if name[0] == "m":
        wide = frame[name].fillna("").str.get_dummies(" ")
    else:
        wide = pd.get_dummies(frame[name], dtype="int64")
        wide["answered"] = frame[name].notna()
    return wide.reindex(columns=[*(f"c{o}" for o in range(options)), "answered"], fill_value=0).astype("float64")


def with_pandas() -> np.ndarray:
    frame = pd.read_parquet(folder / ("raw.parquet" if how == "dummies" else "wide.parquet"))
    columns_of = dummies if how == "dummies" else ready_columns
    w, w2 = frame["w"], frame["w"] ** 2
    keys = [frame[key] for key in KEYS]
    for name, variable in choices.items():
        wide = columns_of(frame, name, len(variable.categories))
        for place, weight in enumerate((None, w, w2)):
            weighed = wide if weight is None else wide.mul(weight, axis=0)
            grouped = weighed.groupby(keys).sum()
            for cell, values in zip(grouped.index, grouped.to_numpy(), strict=True):
                cubes[name][cell][:, place] = values
    return _numbers(frame, w, keys)


def _numbers(frame: pd.DataFrame, w: pd.Series, keys: list[pd.Series]) -> np.ndarray:
    found = []
    for n in range(NUMBERS):
        x = frame[f"x{n}"]
        wide = pd.DataFrame({"n": x.notna(), "w": w.where(x.notna()), "wx": w * x, "wxx": w * x * x})
        found.append(wide.groupby(keys).sum().to_numpy())
    return 3 * np.array(found, dtype=np.float64)


def whole() -> np.ndarray:
    frame = pd.read_parquet(folder / "raw.parquet")
    w = frame["w"]
    wide = pd.concat(
        {name: dummies(frame, name, len(variable.categories)) for name, variable in choices.items()}, axis=1
    )
    keys = [frame[key] for key in KEYS]
    numbers = _numbers(frame, w, keys)
    del frame
    for place in range(3):
        # By the weight once more each time: 1, w, w * w.
        grouped = wide.groupby(keys).sum()
        for name in choices:
            for cell, values in zip(grouped.index, grouped[name].to_numpy(), strict=True):
                cubes[name][cell][:, place] = values
        if place < 2:
            wide = wide.mul(w, axis=0)
    return numbers


def with_polars() -> np.ndarray:
    import polars as pl

    w = pl.col("w")
    terms = []
    for name, variable in choices.items():
        columns = [(str(o), pl.col(f"{name}_c{o}").cast(pl.Float64)) for o in range(len(variable.categories))]
        columns.append((str(len(variable.categories)), pl.col(f"{name}_c1").is_not_null().cast(pl.Float64)))
        for option, x in columns:
            terms += [(x * f).sum().alias(f"{name}/{option}/{p}") for p, f in enumerate((pl.lit(1.0), w, w * w))]
    for n in range(NUMBERS):
        x = pl.col(f"x{n}")
        parts = (x.is_not_null().cast(pl.Float64), x.is_not_null() * w, w * x, w * x * x)
        terms += [part.sum().alias(f"x{n}//{p}") for p, part in enumerate(parts)]
    frame = pl.scan_parquet(folder / "wide.parquet").group_by(KEYS).agg(terms).collect(engine="streaming")
    cells = frame.select(KEYS).rows()
    found = []
    for column in frame.columns[3:]:
        name, option, place = column.split("/")
        values = frame[column].to_numpy()
        if name in cubes:
            for cell, value in zip(cells, values, strict=True):
                cubes[name][(*cell, int(option), int(place))] = value
        else:
            found.append(values)
    return 3 * np.array(found, dtype=np.float64)


numbers = {"pandas": with_pandas, "dummies": with_pandas, "whole": whole, "polars": with_polars}[how]()
hand_in(tables(cubes), numbers, started)
