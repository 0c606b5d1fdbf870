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
COMPILED = (
    ROOT / ".bench" / "compiled"
)  # where the runs keep Python's compiled files, whatever the shell says about them
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
class Run:
    """One run: seconds by the clock, seconds of the processor (which a busy machine hardly changes), peak memory in MB.

    The memory is that of all processes of the run together.
    """

    seconds: float
    processor: float
    peak: float = 0.0


@dataclass(frozen=True)
class Runs:
    """Several runs of the same thing."""

    runs: tuple[Run, ...]

    @property
    def median(self) -> float:
        return statistics.median(run.seconds for run in self.runs)

    @property
    def processor(self) -> float:
        return statistics.median(run.processor for run in self.runs)

    @property
    def peak(self) -> float:
        return max(run.peak for run in self.runs)

    @property
    def cores(self) -> str:
        """How many cores were at work, on average over the whole run."""
        return f"{self.processor / self.median:.1f} cores"

    @property
    def shown(self) -> str:
        seconds = [run.seconds for run in self.runs]
        low, high = min(seconds), max(seconds)
        return f"{self.median:.2f} s ({low:.2f} to {high:.2f}, n = {len(seconds)}; processor {self.processor:.2f} s)"


@dataclass
class CommandError(Exception):
    """A command that was to be measured did not succeed."""

    command: Sequence[str]
    said: str = field(default="")

    def __str__(self) -> str:
        return f"{' '.join(self.command)} failed: {self.said[-600:]}"


def run_once(command: Sequence[str], more: dict[str, str] | None = None) -> tuple[Run, str]:
    """Run a command to its end, as a process of its own; also what it printed.

    Raises:
        CommandError: if its exit code is not 0.
    """
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ONE_RUN), *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**_environment(), **(more or {})},
        check=False,
    )
    if done.returncode != 0:
        raise CommandError(command, done.stdout)
    said, _, last = done.stdout.rstrip().rpartition("\n")
    seconds, processor, peak = map(float, last.split())
    return Run(seconds, processor, peak * 1024 / 1e6), said


def _environment() -> dict[str, str]:
    asked = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**asked, "PYTHONPYCACHEPREFIX": str(COMPILED)}


def run_in_turn(runs: int, commands: Sequence[Callable[[], Sequence[str]]]) -> list[Runs]:
    """Each command as often as `runs`, in turn, so that a busy minute slows all of them alike.

    One more run of each before warms the caches of the disk.
    """
    found: list[list[Run]] = [[] for _ in commands]
    for number in range(runs + 1):
        for command, measured in zip(commands, found, strict=True):
            run, _ = run_once(command())
            if number:
                measured.append(run)
    return [Runs(tuple(measured)) for measured in found]


def timed(action: Callable[[], object]) -> Run:
    """An action in this process."""
    start, processor = time.perf_counter(), time.process_time()
    action()
    return Run(time.perf_counter() - start, time.process_time() - processor)


def load() -> float:
    """How many processes wanted to run in the last minute, on average."""
    return os.getloadavg()[0]


def pace() -> tuple[float, float]:
    """How fast this machine is: seconds to count to ten million, and to look a million keys up in a dictionary in mixed order.

    The first asks the processor alone, the second its way to the memory: machines with the same processor differ in it tenfold.
    """
    held = {key * 7919 % 1_000_003: [key] for key in range(1_000_000)}

    def look_up() -> None:
        for key in range(1_000_000):
            held.get(key, [0])[0]

    def count() -> None:
        for _ in range(10_000_000):
            pass

    return min(timed(count).seconds for _ in range(3)), min(timed(look_up).seconds for _ in range(3))
