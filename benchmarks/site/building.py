"""How long a build takes: the start, the whole example, one edited file, and ten times as many cities."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks.site.measuring import CITYFOLIO, EXAMPLE, Line, Runs, Setting, run_command, run_once, timed
from benchmarks.site.synthetic import write_synthetic

from cityfolio.build.running import Builder


def start_lines(setting: Setting) -> list[Line]:
    """`cityfolio --help` as a whole process."""
    runs = run_command(setting.runs, lambda _: [CITYFOLIO, "--help"])
    return [Line("`cityfolio --help`", "under 0.25 s", runs.shown, runs.median < 0.25)]


def example_build(setting: Setting) -> Runs:
    """Whole builds of the example, each by a new process into a new folder."""
    return run_command(
        setting.runs, lambda number: [CITYFOLIO, "build", str(EXAMPLE), "--out", str(_new(setting.work, number))]
    )


def cold_lines(setting: Setting) -> list[Line]:
    """The example by a new process, with and without compiled Python files."""
    runs = example_build(setting)
    compiled = setting.work / "compiled"
    first = Runs(tuple(_uncompiled(setting.work, compiled / str(number)) for number in range(setting.runs)))
    return [
        Line("the whole example (86 cities) by a new process", "under 3 s", runs.shown, runs.median < 3),
        Line("the same, Python's compiled files missing too", "under 3 s", first.shown, first.median < 3),
        Line("its peak memory", "none set", f"{runs.peak:.0f} MiB"),
    ]


def _uncompiled(work: Path, cache: Path) -> float:
    command = [CITYFOLIO, "build", str(EXAMPLE), "--out", str(_new(work, 0))]
    return run_once(command, {"PYTHONPYCACHEPREFIX": str(cache)})[0]


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
    seconds = []
    for number in range(runs):
        edit(number)
        seconds.append(timed(lambda: builder.build(out)))
    return Runs(tuple(seconds))


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
    """Synthetic programmes of two sizes, each by new processes."""
    few, many = setting.cities
    small, large = _synthetic(setting, few), _synthetic(setting, many)
    factor, times = large.median / small.median, many / few
    return [
        Line(f"{few:,} synthetic cities x 2 waves", "none set", f"{small.shown}, peak {small.peak:.0f} MiB"),
        Line(
            f"{many:,} synthetic cities x 2 waves",
            "under 30 s",
            f"{large.shown}, peak {large.peak:.0f} MiB",
            large.median < 30,
        ),
        Line(f"factor in time for {times:g} times the cities", f"at most {times:g}", f"{factor:.1f}", factor <= times),
    ]


def _synthetic(setting: Setting, cities: int) -> Runs:
    folder = setting.work / f"synthetic-{cities}"
    write_synthetic(EXAMPLE, folder, cities)
    return run_command(
        setting.runs, lambda number: [CITYFOLIO, "build", str(folder), "--out", str(_new(setting.work, number))]
    )


def _new(work: Path, number: int) -> Path:
    """A folder that is not there; the one of the run before is removed, outside the timed part."""
    shutil.rmtree(work / "site", ignore_errors=True)
    return work / "site" / str(number)
