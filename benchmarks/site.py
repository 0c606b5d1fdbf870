"""The figures of docs/explanation/performance.md. `make bench` measures all parts and writes the page.

benchmarks/site.py [start cold rebuild pages explore growth again stages pdf peer] [--runs 5] [--cities 100 1000] [--into PAGE]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

# As a script, Python looks for modules beside this file; the parts are modules of the folder of the same name.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.site.building import (  # noqa: E402
    cold_lines,
    growth_lines,
    many_again_lines,
    rebuild_lines,
    start_lines,
)
from benchmarks.site.exploring import explore_lines  # noqa: E402
from benchmarks.site.measuring import ROOT, CommandError, Line, Setting, load  # noqa: E402
from benchmarks.site.pages import page_lines  # noqa: E402
from benchmarks.site.paper import paper_lines  # noqa: E402
from benchmarks.site.peer import peer_lines  # noqa: E402
from benchmarks.site.stages import stage_lines  # noqa: E402
from benchmarks.site.table import machine, table, write_between_markers  # noqa: E402

PAGE = ROOT / "docs" / "explanation" / "performance.md"
PARTS: dict[str, tuple[str, Callable[[Setting], list[Line]]]] = {
    "start": ("Start of the command", start_lines),
    "cold": ("A build from a cold start", cold_lines),
    "rebuild": ("A rebuild in `cityfolio serve`, and by a second command", rebuild_lines),
    "pages": ("What a reader downloads", page_lines),
    "explore": ("How fast map and explore answer", explore_lines),
    "growth": ("Growth with the number of cities", growth_lines),
    "again": ("A rebuild of many cities in `cityfolio serve`", many_again_lines),
    "stages": ("Where the time of a build goes", stage_lines),
    "pdf": ("Printing", paper_lines),
    "peer": ("Beside one R Markdown report per city", peer_lines),
}


def main() -> int:
    """Measure, print, write; 1 if a goal was missed."""
    asked = _arguments()
    parts = asked.parts or list(PARTS)
    tables, loads, missed = [], [], 0
    for part in parts:
        title, measure = PARTS[part]
        loads.append(load())
        with tempfile.TemporaryDirectory(prefix="cityfolio-bench-") as work:
            lines = _measured(measure, Setting(asked.runs, tuple(asked.cities), Path(work)))
        missed += sum(line.met is False for line in lines)
        tables.append(table(part, title, lines))
        print(tables[-1], end="\n\n", flush=True)
    measured_on = machine(asked.runs, loads)
    print(measured_on)
    page = asked.into or (PAGE if parts == list(PARTS) else None)
    if page is not None:
        write_between_markers(page, "\n\n".join([measured_on, *tables]))
        print(f"Written into {page}")
    return 1 if missed else 0


def _measured(measure: Callable[[Setting], list[Line]], setting: Setting) -> list[Line]:
    """The lines of a part; a command of it that fails is one of them, and the other parts go on."""
    try:
        return measure(setting)
    except CommandError as error:
        print(error, file=sys.stderr)
        command = " ".join(Path(word).name for word in error.command[:2])
        return [Line(f"`{command}`", "to succeed", "failed", met=False)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Measure cityfolio; without parts, all of them, written into the docs."
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; default all")
    parser.add_argument("--runs", type=int, default=5, help="runs of each measurement (default 5)")
    parser.add_argument("--cities", type=int, nargs=2, default=[100, 1000], help="sizes of the synthetic programmes")
    parser.add_argument("--into", type=Path, help="write the tables into this page, whatever the parts")
    asked = parser.parse_args()
    unknown = [part for part in asked.parts if part not in PARTS]
    if unknown:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return asked


if __name__ == "__main__":
    sys.exit(main())
