"""The survey that the engines are measured on, written in each layout that a plan wants.

40 multiple-choice variables of 12 categories, 40 single ones of 6, 10 numbers; two waves, each with categories of its
own; 8 regions by 5 sizes; a tenth of the answers missing; 10 variables routed; weights that are multiples of 1/64,
so that every sum is exact and all plans have to agree.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cityfolio.engine.packing import packed
from cityfolio.engine.store import AnswerStore, StoredWave, fingerprint_of
from cityfolio.model.variable import Category, Kind, Variable

WAVES = ("2018", "2020")
REGIONS, SIZES = 8, 5
MULTIPLE, SINGLE, NUMBERS = 40, 40, 10
OPTIONS = {Kind.MULTIPLE: 12, Kind.SINGLE: 6}
ROUTED = 10
ROWS_PER_GROUP = 131_072
NOT_ON_RECORD, ROUTED_PAST = -6, -3


def codebook() -> dict[str, Variable]:
    """The variables; the first category of every fourth multiple variable is new in 2020, the last one old."""
    variables: dict[str, Variable] = {}
    for kind, number in ((Kind.MULTIPLE, MULTIPLE), (Kind.SINGLE, SINGLE)):
        for n in range(number):
            name = f"{kind.value[0]}{n}"
            categories = tuple(
                Category(f"c{o}", f"c{o}", tuple(w for w in WAVES if offered(kind, n, o, w)))
                for o in range(OPTIONS[kind])
            )
            variables[name] = Variable(name, kind, name, WAVES, categories)
    for n in range(NUMBERS):
        variables[f"x{n}"] = Variable(f"x{n}", Kind.NUMBER, f"x{n}", WAVES)
    return variables


def offered(kind: Kind, question: int, option: int, wave: str) -> bool:
    """Whether the wave's instrument offered the category."""
    if kind is Kind.MULTIPLE and question % 4 == 0:
        return not (option == 0 and wave == WAVES[0]) and not (option == 11 and wave == WAVES[1])
    return True


@dataclass(frozen=True)
class Part:
    """Some rows of a wave: coded answers as arrays."""

    wave: str
    first: int
    region: np.ndarray
    size: np.ndarray
    weight: np.ndarray
    patterns: dict[str, np.ndarray]
    numbers: dict[str, np.ndarray]


def parts(rows: int, wave: str, seed: int = 1) -> Iterator[Part]:
    """The rows of one wave (half of all), in parts of one row group."""
    half = rows // 2 + (rows % 2 if wave == WAVES[0] else 0)
    for first in range(0, half, ROWS_PER_GROUP):
        random = np.random.default_rng((seed, WAVES.index(wave), first))
        yield _part(random, wave, first, min(ROWS_PER_GROUP, half - first))


def _part(random: np.random.Generator, wave: str, first: int, n: int) -> Part:
    region = random.integers(0, REGIONS, n, dtype=np.uint8)
    size = random.integers(0, SIZES, n, dtype=np.uint8)
    weight = random.integers(16, 257, n) / 64
    patterns: dict[str, np.ndarray] = {}
    past = random.random(n) < 0.3
    for q in range(SINGLE):
        code = random.integers(0, OPTIONS[Kind.SINGLE], n)
        pattern = np.left_shift(1, code).astype(np.int8)
        patterns[f"s{q}"] = _with_missing(random, pattern, past if q >= SINGLE - ROUTED else None)
    for q in range(MULTIPLE):
        pattern = np.zeros(n, dtype=np.int16)
        for option in range(OPTIONS[Kind.MULTIPLE]):
            if offered(Kind.MULTIPLE, q, option, wave):
                chance = 0.1 + 0.05 * ((q + option) % 9)
                pattern |= ((random.random(n, dtype=np.float32) < chance) << option).astype(np.int16)
        patterns[f"m{q}"] = _with_missing(random, pattern, None)
    numbers = {}
    for q in range(NUMBERS):
        numbers[f"x{q}"] = np.where(random.random(n) < 0.1, np.nan, random.integers(0, 1000, n) / 4)
    return Part(wave, first, region, size, weight, patterns, numbers)


def _with_missing(random: np.random.Generator, pattern: np.ndarray, past: np.ndarray | None) -> np.ndarray:
    pattern[random.random(len(pattern), dtype=np.float32) < 0.1] = NOT_ON_RECORD
    if past is not None:
        pattern[past] = ROUTED_PAST
    return pattern


def store_table(part: Part) -> pa.Table:
    """The rows as cityfolio stores them."""
    columns: dict[str, pa.Array] = {
        "unit": pa.array([f"{part.wave}-{part.first + n}" for n in range(len(part.weight))]),
        "group.region": pa.array(part.region.astype(np.uint16)),
        "group.size": pa.array(part.size.astype(np.uint16)),
        "weight.survey": pa.array(part.weight),
    }
    columns |= {f"v.{name}": pa.array(pattern) for name, pattern in part.patterns.items()}
    for name, number in part.numbers.items():
        columns[f"v.{name}"] = pa.array(np.where(np.isnan(number), NOT_ON_RECORD, 0).astype(np.int8))
        columns[f"x.{name}"] = pa.array(number, from_pandas=True)
    return pa.table(columns)


def base_columns(part: Part) -> dict[str, pa.Array]:
    """The columns that every other layout starts with."""
    n = len(part.weight)
    return {
        "wave": pa.array(np.full(n, WAVES.index(part.wave), dtype=np.uint8)),
        "region": pa.array(part.region),
        "size": pa.array(part.size),
        "w": pa.array(part.weight),
    }


def wide_table(part: Part) -> pa.Table:
    """One column per category: 1, 0, or null where there is no answer or the category was not offered."""
    columns = base_columns(part)
    for name, pattern in part.patterns.items():
        kind = Kind.MULTIPLE if name[0] == "m" else Kind.SINGLE
        for option in range(OPTIONS[kind]):
            gone = (pattern < 0) | (not offered(kind, int(name[1:]), option, part.wave))
            columns[f"{name}_c{option}"] = pa.array((pattern >> option & 1).astype(np.uint8), mask=gone)
    columns |= {name: pa.array(number, from_pandas=True) for name, number in part.numbers.items()}
    return pa.table(columns)


def mask_table(part: Part) -> pa.Table:
    """One unsigned integer per variable: a bit per category, bit 15 where there is an answer."""
    columns = base_columns(part)
    for name, pattern in part.patterns.items():
        columns[name] = pa.array(np.where(pattern < 0, 0, pattern.astype(np.int64) | 1 << 15).astype(np.uint16))
    columns |= {name: pa.array(number, from_pandas=True) for name, number in part.numbers.items()}
    return pa.table(columns)


def raw_table(part: Part) -> pa.Table:
    """The answers as people send them: codes separated by spaces, empty where there is none."""
    columns = base_columns(part)
    for name, pattern in part.patterns.items():
        options = OPTIONS[Kind.MULTIPLE if name[0] == "m" else Kind.SINGLE]
        words = [" ".join(f"c{o}" for o in range(options) if value >> o & 1) for value in range(1 << options)]
        # "answered" tells an answer without any category from no answer.
        words = [f"{word} answered".strip() for word in words] if name[0] == "m" else words
        places = np.where(pattern < 0, len(words), pattern.astype(np.int64))
        columns[name] = pa.array([*words, None]).take(pa.array(places))
    columns |= {name: pa.array(number, from_pandas=True) for name, number in part.numbers.items()}
    return pa.table(columns)


def write(folder: Path, rows: int, layouts: list[str], waves: Sequence[str] = WAVES) -> None:
    """Write the survey of `rows` respondents in these layouts, never holding more than a row group.

    Each wave is a file of its own, so the waves of a very large survey may be written one by one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = {"wide": wide_table, "mask": mask_table, "raw": raw_table}
    writers: dict[str, pq.ParquetWriter] = {}
    for wave in waves:
        own: pq.ParquetWriter | None = None
        path = folder / "store" / f"{wave}.parquet"
        path.parent.mkdir(exist_ok=True)
        for part in parts(rows, wave):
            table = store_table(part)
            own = own or pq.ParquetWriter(path, table.schema, compression="lz4")
            own.write_table(table)
            for layout in layouts:
                table = tables[layout](part)
                if layout not in writers:
                    writers[layout] = pq.ParquetWriter(folder / f"{layout}.parquet", table.schema, compression="zstd")
                writers[layout].write_table(table)
        if own is not None:
            own.close()
        _describe(folder, wave, path)
    for writer in writers.values():
        writer.close()


def _describe(folder: Path, wave: str, path: Path) -> None:
    AnswerStore(folder / "store").describe(
        StoredWave(
            wave=wave,
            path=path,
            rows=pq.read_metadata(path).num_rows,
            size=path.stat().st_size,
            fingerprint=fingerprint_of(path),
            variables=tuple(packed(variable) for variable in codebook().values()),
            keys={"region": tuple(f"r{n}" for n in range(REGIONS)), "size": tuple(f"s{n}" for n in range(SIZES))},
            weights=("survey",),
        )
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("rows", type=int)
    parser.add_argument("--layouts", nargs="*", default=["wide", "mask", "raw"])
    parser.add_argument("--waves", nargs="*", default=WAVES)
    given = parser.parse_args()
    write(given.folder, given.rows, given.layouts, given.waves)
