"""Plans as processes: run in turn, medians, checksums that have to agree."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.site.measuring import ROOT

HERE = Path(__file__).resolve().parent
BENCH = ROOT / ".bench" / "engines"


@dataclass(frozen=True)
class Plan:
    """A way to the same tables: a script with its arguments."""

    name: str
    script: str
    arguments: tuple[str, ...]
    most_runs: int = 99
    interpreter: str = sys.executable


@dataclass(frozen=True)
class Figures:
    """What one plan took, by name (core, whole, cpu, peak, and what the script says beside): medians, most for the peak."""

    plan: Plan
    runs: tuple[Mapping[str, float], ...]

    def __getitem__(self, name: str) -> float:
        values = [run[name] for run in self.runs]
        return max(values) if name == "peak" else statistics.median(values)

    @property
    def shown(self) -> str:
        """Seconds of the whole process by the clock, those of the processor, and the peak."""
        number = f", n = {len(self.runs)}"
        return f"{self['whole']:.2f} s (processor {self['cpu']:.2f} s{number}), peak {self['peak']:,.0f} MiB"


def run(plan: Plan) -> dict[str, float]:
    """Seconds by the clock and of the processor for the whole process, its peak, and what it says of itself."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    command = [plan.interpreter, "-W", "ignore", str(HERE / plan.script), *plan.arguments]
    if plan.script.endswith(".R"):
        command = [plan.interpreter, str(HERE / plan.script), *plan.arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=HERE)
    if done.returncode != 0:
        raise SystemExit(f"{plan.name} failed: {done.stderr[-2000:]}")
    whole = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    last = [line for line in done.stdout.splitlines() if "=" in line][-1:]
    figures = {name: float(value) for line in last for name, value in (part.split("=") for part in line.split())}
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu": cpu, "whole": whole, **figures} if "core" not in figures else {**figures, "whole": whole, "cpu": cpu}


def in_turn(plans: Mapping[str, Plan], runs: int) -> dict[str, Figures]:
    """Each plan as often as `runs`, in turn. Ours runs once before: that compiles what numba keeps and warms the disk's cache.

    Raises:
        SystemExit: if the plans do not come to the same tables.
    """
    run(next(iter(plans.values())))
    found: dict[str, list[dict[str, float]]] = {name: [] for name in plans}
    for turn in range(runs):
        for name, plan in plans.items():
            if turn < plan.most_runs:
                found[name].append(run(plan))
                print(f"{plan.name:60} {found[name][-1]}", file=sys.stderr, flush=True)
    checks = {(round(r["check"], 3), round(r["numbers"], 0)) for some in found.values() for r in some if "check" in r}
    if len(checks) > 1:
        raise SystemExit(f"the plans disagree: {checks}")
    return {name: Figures(plans[name], tuple(some)) for name, some in found.items()}


def data(rows: int, layouts: Sequence[str]) -> Path:
    """The folder of the survey with this many respondents, written if it is not there."""
    folder = BENCH / str(rows)
    if not (folder / "store" / "2020.json").exists():
        script = [sys.executable, str(HERE / "generator.py"), str(folder), str(rows), "--layouts", *layouts]
        subprocess.run(script, check=True)
    return folder


def compiled() -> Path | None:
    """The C kernel, where a compiler is at hand."""
    compiler = shutil.which("gcc")
    if compiler is None:
        return None
    library = BENCH / "kernel.so"
    flags = ["-O3", "-march=native", "-shared", "-fPIC"]
    subprocess.run([compiler, *flags, "-o", str(library), str(HERE / "kernel.c")], check=True)
    return library


def installed(program: str) -> str | None:
    """The path of a program, or None."""
    return shutil.which(program, path=os.environ.get("PATH"))
