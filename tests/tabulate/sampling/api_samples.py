"""The api samples and the designs that the reference values were made with."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from cityfolio.tabulate.sampling.arrays import Flags, Floats
from cityfolio.tabulate.sampling.calibration import calibrate
from cityfolio.tabulate.sampling.design import Design, declare
from cityfolio.tabulate.sampling.poststratification import Cell, poststratify
from cityfolio.tabulate.sampling.raking import Margin, rake

ORACLES = Path(__file__).parents[2] / "oracles"
TYPES: Mapping[Cell, float] = {("E",): 4421, ("H",): 755, ("M",): 1018}
SCHOOL_WIDE: Mapping[Cell, float] = {("No",): 1072, ("Yes",): 5122}


@dataclass(frozen=True, eq=False)
class Sample:
    """One of the samples with one of the designs."""

    records: list[dict[str, str]]
    design: Design

    def words(self, column: str) -> list[str]:
        return [record[column] for record in self.records]

    def numbers(self, column: str) -> Floats:
        return numbers(self.words(column))

    def known(self, column: str) -> Flags:
        return np.array([word != "" for word in self.words(column)])

    def where(self, column: str, word: str) -> Flags:
        return np.array([w == word for w in self.words(column)])

    def choosing(self, column: str, word: str) -> Floats:
        return np.where(self.known(column), self.where(column, word).astype(np.float64), np.nan)

    def domain(self, column: str, level: str) -> Flags:
        return np.ones(len(self.records), dtype=np.bool_) if column == "all" else self.where(column, level)


def numbers(words: list[str]) -> Floats:
    return np.array([float(word) if word not in ("", "NA", "NaN") else np.nan for word in words])


def read_table(name: str) -> list[dict[str, str]]:
    with (ORACLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _words(records: list[dict[str, str]], column: str) -> list[str]:
    return [record[column] for record in records]


def _cells(records: list[dict[str, str]], column: str) -> list[Cell]:
    return [(record[column],) for record in records]


@cache
def sample(name: str) -> Sample:
    return Sample(*_SAMPLES[name]())


def _read(name: str) -> tuple[list[dict[str, str]], Floats]:
    records = read_table(f"input_{name}.csv")
    return records, numbers(_words(records, "pw"))


def _srs(*, fpc: bool) -> tuple[list[dict[str, str]], Design]:
    records, weights = _read("apisrs")
    if fpc:
        return records, declare(len(records), populations=[numbers(_words(records, "fpc"))])
    return records, declare(len(records), weights=weights)


def _strat(*, fpc: bool, strata: bool = True) -> tuple[list[dict[str, str]], Design]:
    records, weights = _read("apistrat")
    return records, declare(
        len(records),
        weights=weights,
        strata=[_words(records, "stype")] if strata else [],
        populations=[numbers(_words(records, "fpc"))] if fpc else [],
    )


def _clus1(*, fpc: bool = True) -> tuple[list[dict[str, str]], Design]:
    records, weights = _read("apiclus1")
    populations = [numbers(_words(records, "fpc"))] if fpc else []
    return records, declare(len(records), weights=weights, clusters=[_words(records, "dnum")], populations=populations)


def _clus2(*, fpc: bool) -> tuple[list[dict[str, str]], Design]:
    records, weights = _read("apiclus2")
    clusters = [_words(records, "dnum"), _words(records, "snum")]
    if fpc:
        populations = [numbers(_words(records, "fpc1")), numbers(_words(records, "fpc2"))]
        return records, declare(len(records), clusters=clusters, populations=populations)
    return records, declare(len(records), weights=weights, clusters=clusters)


def _post() -> tuple[list[dict[str, str]], Design]:
    records, design = _clus1()
    return records, poststratify(design, _cells(records, "stype"), TYPES)


def _raked() -> tuple[list[dict[str, str]], Design]:
    records, design = _clus1()
    margins = [Margin(_cells(records, "stype"), TYPES), Margin(_cells(records, "sch.wide"), SCHOOL_WIDE)]
    return records, rake(design, margins)


def _calibrated() -> tuple[list[dict[str, str]], Design]:
    records, design = _strat(fpc=True)
    types = [np.array([r["stype"] == t for r in records], dtype=np.float64) for t in ("H", "M")]
    auxiliary = np.stack([np.ones(len(records)), *types, numbers(_words(records, "api99"))], axis=1)
    return records, calibrate(design, auxiliary, np.array([6194.0, 755.0, 1018.0, 3914069.0]))


_SAMPLES: Mapping[str, Callable[[], tuple[list[dict[str, str]], Design]]] = {
    "srs": lambda: _srs(fpc=True),
    "srs_nofpc": lambda: _srs(fpc=False),
    "strat": lambda: _strat(fpc=True),
    "strat_nofpc": lambda: _strat(fpc=False),
    "strat_ignored": lambda: _strat(fpc=False, strata=False),
    "clus1": _clus1,
    "clus1_nofpc": lambda: _clus1(fpc=False),
    "clus2": lambda: _clus2(fpc=True),
    "clus2_nofpc": lambda: _clus2(fpc=False),
    "clus1_post": _post,
    "clus1_rake": _raked,
    "strat_cal": _calibrated,
}
