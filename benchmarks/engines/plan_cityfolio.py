"""cityfolio's engine: `python plan_cityfolio.py FOLDER [kernel|duckdb] [--keep]`."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import numpy as np
from answer import hand_in
from generator import WAVES, codebook

from cityfolio.engine.duck_session import Limits
from cityfolio.engine.shares import offered, share_table
from cityfolio.engine.store import AnswerStore
from cityfolio.engine.summing import SummingEngine
from cityfolio.engine.sums import AnswerSums, NumberSums
from cityfolio.model.edition import Edition

folder, how = Path(sys.argv[1]), sys.argv[2]
store = AnswerStore(folder / "store")
if "--keep" not in sys.argv:
    shutil.rmtree(store.counts_folder, ignore_errors=True)
started = time.perf_counter()
variables = codebook()
engine = SummingEngine(store, variables, WAVES, Limits(memory=400), with_kernel=how == "kernel")


def everything() -> tuple[dict[str, np.ndarray], np.ndarray]:
    found: dict[str, list[np.ndarray]] = {}
    numbers = np.zeros(0)
    for wave in WAVES:
        for group, kinds in (("all", ()), ("region", ("region",)), ("size", ("size",))):
            for name, sums in engine.sums(Edition(wave, (wave,)), list(variables), kinds, "survey").items():
                if isinstance(sums, AnswerSums):
                    t = share_table(sums, offered(sums, variables[name]))
                    parts = [t.share, np.where(t.base > 0, t.weighted, np.nan), t.error]
                    # The check leaves out the factor n / (n - 1), as the other plans do.
                    n = (sums.answered[:, 0] + sums.missing[:, :, 0].sum(axis=1)).sum()
                    parts[2] = parts[2] * np.sqrt((n - 1) / n)
                    found.setdefault(f"{name}/{group}", []).append(np.stack([*parts, t.rank]))
                elif isinstance(sums, NumberSums):
                    numbers = np.append(numbers, sums.sums[:, :5][:, [0, 1, 3, 4]])
    return {name: np.concatenate([t.reshape(4, -1) for t in tables], axis=1) for name, tables in found.items()}, numbers


found, numbers = everything()
hand_in(found, numbers, started)
if "--again" in sys.argv:
    started = time.perf_counter()
    found, numbers = everything()
    hand_in(found, numbers, started)
