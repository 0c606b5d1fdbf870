"""The engines side by side: `make bench-engines` measures all parts and writes the table of the docs.

benchmarks/engines.py [million pandas survey ten hundred waves ibis spark example | table] [--runs 3] [--into PAGE]

Every plan is a process of its own; plans run in turn, several times; each hands in a checksum of all its tables, and they
have to agree. What a part found stands in .bench/engines until it is measured again, so parts may run on different days;
`table` writes what is there. `hundred` needs 10 GB of disk and half an hour, `spark` needs PySpark and Java.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

# As a script, Python looks for modules beside this file; the parts are modules of the folder of the same name.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.engines.parts import PARTS, Part  # noqa: E402
from benchmarks.engines.processes import BENCH  # noqa: E402
from benchmarks.site.measuring import ROOT, Line, load  # noqa: E402
from benchmarks.site.table import machine_alone, table_of, write_between  # noqa: E402

PAGE = ROOT / "docs" / "explanation" / "performance.md"
START, END = "<!-- figures: written by make bench-engines -->", "<!-- end of the engines' figures -->"


def main() -> int:
    """Measure, keep, write; 1 if a goal was missed."""
    asked = _arguments()
    for name in [] if asked.parts == ["table"] else asked.parts or list(PARTS):
        before = load()
        lines = PARTS[name].measure(asked.runs)
        BENCH.mkdir(parents=True, exist_ok=True)
        content = {"load": before, "runs": asked.runs, "lines": [asdict(line) for line in lines]}
        (BENCH / f"{name}.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
        print(table_of(lines), end="\n\n", flush=True)
    if asked.parts and asked.parts != ["table"] and asked.into is None:
        return 0
    found = {name: _kept(name) for name in PARTS if (BENCH / f"{name}.json").exists()}
    write_between(asked.into or PAGE, START, END, _page(found))
    return 1 if any(line.met is False for lines, _ in found.values() for line in lines) else 0


def _kept(name: str) -> tuple[list[Line], float]:
    content = json.loads((BENCH / f"{name}.json").read_text("utf-8"))
    return [Line(**line) for line in content["lines"]], content["load"]


def _page(found: dict[str, tuple[list[Line], float]]) -> str:
    lines = [line for some, _ in found.values() for line in some]
    loads = ", ".join(f"{name} {before:.1f}" for name, (_, before) in found.items())
    return "\n\n".join([f"{machine_alone()} Load of the machine before each part: {loads}.", table_of(lines)])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the engines; without parts, all, written into the docs.")
    names = ", ".join(f"{name} ({_said(part)})" for name, part in PARTS.items())
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {names}; or table, which only writes the page")
    parser.add_argument("--runs", type=int, default=3, help="runs of each plan (default 3)")
    parser.add_argument("--into", type=Path, help="write the table into this page")
    asked = parser.parse_args()
    unknown = [part for part in asked.parts if part not in PARTS and asked.parts != ["table"]]
    if unknown:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return asked


def _said(part: Part) -> str:
    return part.title


if __name__ == "__main__":
    sys.exit(main())
