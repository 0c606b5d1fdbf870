"""All facts of a programme: `python plan_facts.py PROGRAMME`. Prints the seconds of computing, reading the files aside."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme

programme = load_programme(Path(sys.argv[1]))
started, processor = time.perf_counter(), time.process_time()
facts = len(all_facts(programme).facts)
print(f"core={time.perf_counter() - started:.4f} cpu={time.process_time() - processor:.4f} facts={facts}")
