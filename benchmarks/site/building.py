"""How long a build takes: the start, the whole example, one edited file, and ten times as many cities."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.site.measuring import CITYFOLIO, EXAMPLE, Line, Run, Runs, Setting, run_in_turn, run_once, timed
from benchmarks.site.synthetic import write_synthetic

from cityfolio.build.running import Builder


def start_lines(setting: Setting) -> list[Line]:
    """`cityfolio --help` as a whole process."""
    (runs,) = run_in_turn(setting.runs, [lambda: [CITYFOLIO, "--help"]])
    return [Line("`cityfolio --help`", "under 0.25 s", runs.shown, runs.median < 0.25)]


def build_command(folder: Path, work: Path) -> list[str]:
    """The command that builds a programme into a folder that is not there; an earlier site is removed before the clock runs."""
    shutil.rmtree(work / "site", ignore_errors=True)
    return [CITYFOLIO, "build", str(folder), "--out", str(work / "site")]


def cold_lines(setting: Setting) -> list[Line]:
    """The example by a new process, with and without compiled Python files."""
    (runs,) = run_in_turn(setting.runs, [lambda: build_command(EXAMPLE, setting.work)])
    first = Runs(tuple(_uncompiled(setting.work, str(number)) for number in range(setting.runs)))
    return [
        Line("the whole example (86 cities) by a new process", "under 3 s", runs.shown, runs.median < 3),
        Line("the same, Python's compiled files missing too", "under 3 s", first.shown, first.median < 3),
        Line("its peak memory", "none set", f"{runs.peak:.0f} MiB"),
    ]


def _uncompiled(work: Path, name: str) -> Run:
    run, _ = run_once(build_command(EXAMPLE, work), {"PYTHONPYCACHEPREFIX": str(work / "compiled" / name)})
    return run


def rebuild_lines(setting: Setting) -> list[Line]:
    """A build after one edited file, in a process that has built before, as `serve` does it."""
    folder, out = setting.work / "edited", setting.work / "edited-site"
    shutil.copytree(EXAMPLE, folder)
    builder = Builder(folder)
    builder.build(out)
    answer = _rebuilds(setting.runs, builder, out, lambda _: _turn_strategy(folder / "responses" / "2020.csv"))
    text = _rebuilds(setting.runs, builder, out, lambda _: _append(folder / "editorial" / "busan-kor.md"))
    return [
        Line("rebuild after one edited answer", "under 1 s", answer.shown, answer.median < 1),
        Line("rebuild after one edited editorial text", "under 1 s", text.shown, text.median < 1),
    ]


def _rebuilds(runs: int, builder: Builder, out: Path, edit: Callable[[int], None]) -> Runs:
    found = []
    for number in range(runs):
        edit(number)
        found.append(timed(lambda: builder.build(out)))
    return Runs(tuple(found))


def _turn_strategy(path: Path) -> None:
    """Turn Busan's answer about its strategy round: a share that nearly every page states changes with it."""
    with path.open(encoding="utf-8", newline="") as file:
        records = list(csv.reader(file))
    column = records[0].index("has_strategy")
    busan = next(record for record in records if record[0] == "busan-kor")
    busan[column] = "no" if busan[column] == "yes" else "yes"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(records)


def _append(path: Path) -> None:
    path.write_text(path.read_text("utf-8") + "\nOne more paragraph.\n", "utf-8")


def growth_lines(setting: Setting) -> list[Line]:
    """Synthetic programmes of two sizes, in turn, each by new processes."""
    few, many = setting.cities
    folders = [setting.work / f"synthetic-{cities}" for cities in (few, many)]
    for folder, cities in zip(folders, setting.cities, strict=True):
        write_synthetic(EXAMPLE, folder, cities)
    commands = [partial(build_command, folder, setting.work) for folder in folders]
    small, large = run_in_turn(setting.runs, commands)
    factor, times = large.processor / small.processor, many / few
    return [
        Line(f"{few:,} synthetic cities x 2 waves", "none set", f"{small.shown}, peak {small.peak:.0f} MiB"),
        Line(
            f"{many:,} synthetic cities x 2 waves",
            "under 30 s",
            f"{large.shown}, peak {large.peak:.0f} MiB",
            large.median < 30,
        ),
        Line(
            f"factor in processor time for {times:g} times the cities",
            f"at most {times:g}",
            f"{factor:.1f}",
            factor <= times,
        ),
    ]
