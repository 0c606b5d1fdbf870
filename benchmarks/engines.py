"""The engines side by side: `python benchmarks/engines.py [ROWS ...]`, by default 100,000 and 1,000,000 respondents.

Every plan is a process of its own, plans run in turn, several rounds; each hands in a checksum of all its tables, and
they have to agree. Prints a Markdown table and writes it to `.bench/engines.md`.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent / "engines"
BENCH = Path(".bench")


@dataclass
class Plan:
    """A way to the same tables."""

    name: str
    command: list[str]
    most_rows: int = 10**9
    rounds: int = 3
    runs: list[dict[str, float]] = field(default_factory=list)


def plans(folder: Path, library: Path | None) -> list[Plan]:
    """The plans, ours first."""
    python = sys.executable

    def plan(name: str, script: str, *arguments: str, most: int = 10**9, rounds: int = 3) -> Plan:
        return Plan(name, [python, str(HERE / script), str(folder), *arguments], most, rounds)

    found = [
        plan("**cityfolio, kernel** (numba)", "plan_cityfolio.py", "kernel"),
        plan("**cityfolio, asked again** (new process)", "plan_cityfolio.py", "kernel", "--keep"),
        plan("**cityfolio, DuckDB only**", "plan_cityfolio.py", "duckdb"),
        plan("DuckDB, a column per category, sum(w * x)", "plan_wide_sql.py", "aggregates"),
        plan("DuckDB, UNPIVOT", "plan_wide_sql.py", "unpivot", most=2_000_000),
        plan("Polars, a column per category, streaming", "plan_frames.py", "polars", most=2_000_000),
        plan("pandas, get_dummies and groupby", "plan_frames.py", "dummies", most=2_000_000, rounds=1),
        plan("pandas, a column per category, groupby", "plan_frames.py", "pandas", most=2_000_000, rounds=1),
    ]
    if library is not None:
        found.insert(3, plan("C kernel over masks (gcc -O3)", "plan_c.py", str(library)))
    return found


def run(command: list[str]) -> dict[str, float]:
    """Wall and processor seconds of the whole process, and what it says of itself."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE).stdout.splitlines()[0]
    whole = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {name: float(value) for name, value in (part.split("=") for part in said.split())}
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**figures, "whole": whole, "cpu": cpu}


def compiled(folder: Path) -> Path | None:
    """The C kernel, where a compiler is at hand."""
    compiler = shutil.which("gcc")
    if compiler is None:
        return None
    library = folder / "kernel.so"
    flags = ["-O3", "-march=native", "-shared", "-fPIC"]
    subprocess.run([compiler, *flags, "-o", str(library), str(HERE / "kernel.c")], check=True)
    return library


def measure(rows: int, folder: Path, rounds: int) -> str:
    """The table for one size."""
    if not (folder / "store" / "2020.json").exists():
        subprocess.run([sys.executable, str(HERE / "generator.py"), str(folder), str(rows)], check=True)
    every = [plan for plan in plans(folder, compiled(folder)) if rows <= plan.most_rows]
    run(every[0].command)  # compiles what numba keeps, and fills the page cache
    for turn in range(rounds):
        for plan in every:
            if turn < plan.rounds:
                plan.runs.append(run(plan.command))
                print(f"{rows:>10,}  {plan.name:45}  {plan.runs[-1]}", file=sys.stderr, flush=True)
    checks = {(round(r["check"], 3), round(r["numbers"], 0)) for plan in every for r in plan.runs}
    if len(checks) != 1:
        raise SystemExit(f"the plans disagree: {checks}")
    return table(rows, every)


def table(rows: int, every: list[Plan]) -> str:
    """Medians, and each plan against ours by the processor seconds of the whole process."""
    lines = [
        f"### {rows:,} respondents",
        "",
        "| plan | from file to tables, s | whole process, s | processor, s | peak MiB | processor against ours |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    ours = statistics.median(run["cpu"] for run in every[0].runs)
    for plan in every:
        middle = {key: statistics.median(run[key] for run in plan.runs) for key in ("core", "whole", "cpu", "peak")}
        lines.append(
            f"| {plan.name}{'' if len(plan.runs) > 1 else ' (one run)'} | {middle['core']:.2f} | {middle['whole']:.2f} |"
            f" {middle['cpu']:.2f} | {middle['peak']:.0f} | {middle['cpu'] / ours:.2f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, default=BENCH / "engines")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    load = os.getloadavg()
    parts = [f"Load before the run: {load[0]:.2f}; {os.cpu_count()} processors.\n"]
    parts += [measure(rows, (given.folder / str(rows)).resolve(), given.rounds) for rows in given.rows]
    text = "\n".join(parts)
    BENCH.mkdir(exist_ok=True)
    (BENCH / "engines.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
