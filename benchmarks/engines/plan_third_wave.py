"""A third wave arrives: `python plan_third_wave.py FOLDER RUNS`.

Counts all tables of the third wave where the first two were counted before, and where it is alone; prints the medians of
the processor's seconds of both, in turn, in one process. The rows of the third wave are those of the second.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from generator import WAVES, codebook

from cityfolio.engine.store import AnswerStore
from cityfolio.engine.summing import SummingEngine
from cityfolio.model.edition import Edition

THIRD = "2022"
folder, runs = Path(sys.argv[1]), int(sys.argv[2])
stores = {"after": AnswerStore(folder / "three-waves"), "alone": AnswerStore(folder / "third-wave")}
source = AnswerStore(folder / "store")
for name, store in stores.items():
    shutil.rmtree(store.folder, ignore_errors=True)
    store.folder.mkdir()
    for wave, of in [*((w, w) for w in WAVES if name == "after"), (THIRD, WAVES[1])]:
        os.link(source.data_path(of), store.data_path(wave))
        stored = source.read(of)
        store.describe(
            replace(stored, wave=wave, path=store.data_path(wave), fingerprint=f"{stored.fingerprint}-{wave}")
        )
variables = {
    name: replace(
        variable,
        waves=(*variable.waves, THIRD),
        categories=tuple(replace(c, waves=(*c.waves, THIRD)) for c in variable.categories),
    )
    for name, variable in codebook().items()
}


def seconds(store: AnswerStore, wave: str) -> float:
    engine = SummingEngine(store, variables, (*WAVES, THIRD))
    started = time.process_time()
    for kinds in ((), ("region",), ("size",)):
        engine.sums(Edition(wave, (wave,)), list(variables), kinds, "survey")
    return time.process_time() - started


taken: dict[str, list[float]] = {name: [] for name in stores}
for turn in range(runs + 1):
    for name, store in stores.items():
        shutil.rmtree(store.counts_folder, ignore_errors=True)
        for wave in WAVES if name == "after" else ():
            seconds(store, wave)
        found = seconds(store, THIRD)
        if turn:
            taken[name].append(found)
for store in stores.values():
    shutil.rmtree(store.folder)
print(" ".join(f"{name}={statistics.median(found):.4f}" for name, found in taken.items()))
