"""Medians of runs, each in a process of its own where start and memory count."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "innovation-capacity"
ONE_RUN = Path(__file__).resolve().parent / "one_run.py"
CITYFOLIO = str(ROOT / ".venv" / "bin" / "cityfolio")


@dataclass(frozen=True)
class Setting:
    """How much to measure, and where files may be written."""

    runs: int
    cities: tuple[int, int]
    work: Path


@dataclass(frozen=True)
class Line:
    """One line of the table. `met` is None where there is no goal."""

    what: str
    goal: str
    measured: str
    met: bool | None = None


@dataclass(frozen=True)
class Runs:
    """Seconds of several runs of the same thing, and the largest memory of any of them in MiB."""

    seconds: tuple[float, ...]
    peak: float = 0.0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def shown(self) -> str:
        low, high = min(self.seconds), max(self.seconds)
        return f"{self.median:.2f} s ({low:.2f} to {high:.2f}, n = {len(self.seconds)})"


@dataclass
class CommandError(Exception):
    """A command that was to be measured did not succeed."""

    command: Sequence[str]
    said: str = field(default="")

    def __str__(self) -> str:
        return f"{' '.join(self.command)} failed: {self.said[-600:]}"


def run_once(command: Sequence[str], more: dict[str, str] | None = None) -> tuple[float, float, str]:
    """Run a command to its end: seconds, peak memory in MiB, and what it printed.

    Raises:
        CommandError: if its exit code is not 0.
    """
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ONE_RUN), *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **(more or {})},
        check=False,
    )
    if done.returncode != 0:
        raise CommandError(command, done.stdout)
    said, _, last = done.stdout.rstrip().rpartition("\n")
    seconds, peak = last.split()
    return float(seconds), float(peak) / 1024, said


def run_command(runs: int, command: Callable[[int], Sequence[str]]) -> Runs:
    """The command of each run, timed as a whole process. One more run before warms the caches of the disk."""
    run_once(command(0))
    found = [run_once(command(number)) for number in range(1, runs + 1)]
    return Runs(tuple(seconds for seconds, _, _ in found), max(peak for _, peak, _ in found))


def timed(action: Callable[[], object]) -> float:
    """Seconds of an action in this process."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def load() -> float:
    """How many processes wanted to run in the last minute, on average."""
    return os.getloadavg()[0]
