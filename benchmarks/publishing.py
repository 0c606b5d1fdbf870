"""The figures of what is published: all formats, the live API beside Datasette, its memory. `make bench` runs it.

benchmarks/publishing.py [formats answers memory | table] [--runs 3] [--seconds 10] [--minutes 0.5] [--into PAGE]

What a part found stands in .bench/publishing until it is measured again, so parts may run at different times; `table`
writes what is there. `answers` and `memory` need wrk, `answers` installs Datasette in an environment of its own.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias

# As a script, Python looks for modules beside this file; the parts are modules of the folder of the same name.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.publishing.answering import answer_lines, memory_lines  # noqa: E402
from benchmarks.publishing.formats import format_lines  # noqa: E402
from benchmarks.site.measuring import ROOT, Line, load  # noqa: E402
from benchmarks.site.table import machine_alone, table_of, write_between  # noqa: E402

PAGE = ROOT / "docs" / "explanation" / "performance.md"
KEPT = ROOT / ".bench" / "publishing"
START, END = "<!-- figures: written by benchmarks/publishing.py -->", "<!-- end of the figures of publishing -->"
Part: TypeAlias = "tuple[list[Line], float]"
"""What a part found, and the load of the machine before."""
PARTS = {
    "formats": "All formats",
    "answers": "Answers of the live API, beside Datasette",
    "memory": "Memory of the live API",
}


def main() -> int:
    """Measure, keep, write; 1 if a goal was missed. What goes `--into` another page is a trial, and is not kept."""
    asked = _arguments()
    measured: dict[str, Part] = {}
    for name in [] if asked.parts == ["table"] else asked.parts or list(PARTS):
        before = load()
        with tempfile.TemporaryDirectory(prefix="cityfolio-bench-") as work:
            measured[name] = _measured(name, asked, Path(work)), before
        print(_table(name, *measured[name]), end="\n\n", flush=True)
        if asked.into is None:
            _keep(name, *measured[name])
    if asked.into is not None:
        _write(asked.into, measured)
    elif not asked.parts or asked.parts == ["table"]:
        _write(PAGE, {name: _kept(name) for name in PARTS if (KEPT / f"{name}.json").exists()})
    return 1 if any(line.met is False for lines, _ in measured.values() for line in lines) else 0


def _write(page: Path, parts: dict[str, Part]) -> None:
    tables = [_table(name, lines, before) for name, (lines, before) in parts.items()]
    write_between(page, START, END, "\n\n".join([machine_alone(), *tables]))


def _measured(name: str, asked: argparse.Namespace, work: Path) -> list[Line]:
    if name == "formats":
        return format_lines(asked.runs, asked.cities, work)
    if shutil.which("wrk") is None:
        return [Line(PARTS[name], "none set", "not measured: wrk is missing (apt-get install wrk)")]
    return answer_lines(asked.seconds, work) if name == "answers" else memory_lines(asked.minutes, work)


def _keep(name: str, lines: list[Line], before: float) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    content = {"load": before, "lines": [asdict(line) for line in lines]}
    (KEPT / f"{name}.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _kept(name: str) -> Part:
    content = json.loads((KEPT / f"{name}.json").read_text("utf-8"))
    return [Line(**line) for line in content["lines"]], content["load"]


def _table(name: str, lines: list[Line], before: float) -> str:
    command = f"`.venv/bin/python benchmarks/publishing.py {name}`; load of the machine before: {before:.1f}"
    return "\n".join([f"### {PARTS[name]}", "", command, "", table_of(lines)])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure publishing; without parts, all, written into the docs.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; or table, which only writes")
    parser.add_argument("--runs", type=int, default=3, help="runs of each publication (default 3)")
    parser.add_argument("--cities", type=int, default=1000, help="of the synthetic programme (default 1000)")
    parser.add_argument("--seconds", type=int, default=10, help="of load for each kind of question (default 10)")
    parser.add_argument("--minutes", type=float, default=0.5, help="of load for the memory (default 0.5)")
    parser.add_argument("--into", type=Path, help="write the tables into this page")
    asked = parser.parse_args()
    unknown = [part for part in asked.parts if part not in PARTS and asked.parts != ["table"]]
    if unknown:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return asked


if __name__ == "__main__":
    sys.exit(main())
