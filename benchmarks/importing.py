"""Answers of a million people come in: `make bench` measures it beside polars and writes a table of the docs.

benchmarks/importing.py [--rows 1000000] [--runs 5] [--into PAGE]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

# As a script, Python looks for modules beside this file; the parts are modules of the folder of the same name.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.importing.measuring import import_lines  # noqa: E402
from benchmarks.site.measuring import ROOT, Setting, load  # noqa: E402
from benchmarks.site.table import machine, table_of, write_between  # noqa: E402

PAGE = ROOT / "docs" / "explanation" / "performance.md"
START, END = "<!-- answers in: written by make bench -->", "<!-- end of answers in -->"


def main() -> int:
    """Measure, print, write; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(description="Measure an import beside polars.")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the file (default a million)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each (default 5)")
    parser.add_argument("--into", type=Path, help="write the table into this page, whatever the rows")
    asked = parser.parse_args()
    before = load()
    with tempfile.TemporaryDirectory(prefix="cityfolio-bench-") as work:
        lines = list(import_lines(Setting(asked.runs, (0, 0), Path(work)), asked.rows))
    content = "\n\n".join([machine(asked.runs, [before]), table_of(lines)])
    print(content)
    page = asked.into or (PAGE if asked.rows == parser.get_default("rows") else None)
    if page is not None:
        write_between(page, START, END, content)
        print(f"Written into {page}")
    return 1 if any(line.met is False for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
