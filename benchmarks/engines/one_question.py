"""One question beside R: `python one_question.py FOLDER write|ours`.

`write` makes the CSV file that svyby.R reads, a column per category of the question m1, empty where there is no answer.
`ours` prints the checksums of the same shares and standard errors as our engine has them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from generator import WAVES, codebook
from pyarrow import csv

from cityfolio.engine.shares import offered, share_table
from cityfolio.engine.store import AnswerStore
from cityfolio.engine.summing import SummingEngine
from cityfolio.engine.sums import AnswerSums
from cityfolio.model.edition import Edition

QUESTION = "m1"
folder = Path(sys.argv[1])
if sys.argv[2] == "write":
    names = [f"{QUESTION}_c{option}" for option in range(12)]
    table = pq.read_table(folder / "wide.parquet", columns=["wave", "region", "size", "w", *names])
    csv.write_csv(
        table.rename_columns(["wave", "region", "size", "w", *(f"c{o}" for o in range(12))]), folder / "one.csv"
    )
else:
    variables = codebook()
    engine = SummingEngine(AnswerStore(folder / "store"), variables, WAVES)
    means = errors = 0.0
    for wave in WAVES:
        for kinds in ((), ("region",), ("size",)):
            sums = engine.sums(Edition(wave, (wave,)), [QUESTION], kinds, "survey")[QUESTION]
            if isinstance(sums, AnswerSums):
                found = share_table(sums, offered(sums, variables[QUESTION]))
                means += float(np.nansum(found.weighted))
                errors += float(np.nansum(found.error))
    print(f"means={means:.9f} errors={errors:.9f}")
