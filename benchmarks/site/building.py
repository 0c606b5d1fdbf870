"""How long a build takes: the start, the whole example, one edited file, and ten times as many cities."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.site.measuring import CITYFOLIO, EXAMPLE, Line, Run, Runs, Setting, run_in_turn, run_once, timed
from benchmarks.site.synthetic import write_synthetic

from cityfolio.build.papers import Papers
from cityfolio.build.running import Builder

_SITES = count()


def start_lines(setting: Setting) -> list[Line]:
    """`cityfolio --help` as a whole process."""
    (runs,) = run_in_turn(setting.runs, [lambda: [CITYFOLIO, "--help"]])
    return [Line("`cityfolio --help`", "under 0.25 s", runs.shown, runs.median < 0.25)]


def build_command(folder: Path, work: Path) -> list[str]:
    """The command that builds a programme into a new folder.

    Earlier ones stay until all is measured: where thousands of files were just removed, ext4 takes ten times as long to make
    new ones, since it does not give the places of files out again that it removed a minute ago.
    """
    return [CITYFOLIO, "build", str(folder), "--out", str(work / f"site-{next(_SITES)}")]


def cold_lines(setting: Setting) -> list[Line]:
    """The example by a new process, with and without compiled Python files."""
    (runs,) = run_in_turn(setting.runs, [lambda: build_command(EXAMPLE, setting.work)])
    first = Runs(tuple(_uncompiled(setting.work, str(number)) for number in range(setting.runs)))
    what = "the whole example (86 cities, 2 waves, 2 languages) by a new process"
    return [
        Line(what, "under 6 s", f"{runs.shown}; {runs.cores}", runs.median < 6),
        Line("the same, Python's compiled files missing too", "none set", f"{first.shown}; {first.cores}"),
        Line("its peak memory, all processes together", "none set", f"{runs.peak:.0f} MB"),
    ]


def _uncompiled(work: Path, name: str) -> Run:
    run, _ = run_once(build_command(EXAMPLE, work), {"PYTHONPYCACHEPREFIX": str(work / "compiled" / name)})
    return run


def rebuild_lines(setting: Setting) -> list[Line]:
    """A build after one edited file: in a process that has built before, as `serve` does it, and by a second command."""
    return [*_rebuild_lines(setting, EXAMPLE, "the example", 2), *_second_command_lines(setting)]


def growth_lines(setting: Setting) -> list[Line]:
    """Synthetic programmes of two sizes, in turn, each by new processes; and the larger one built again after an edit."""
    few, many = setting.cities
    folders = [setting.work / f"synthetic-{cities}" for cities in (few, many)]
    for folder, cities in zip(folders, setting.cities, strict=True):
        write_synthetic(EXAMPLE, folder, cities)
    commands = [partial(build_command, folder, setting.work) for folder in folders]
    small, large = run_in_turn(setting.runs, commands)
    factor, times = large.processor / small.processor, many / few
    of_all = "x 2 waves x 2 languages"
    return [
        Line(
            f"{few:,} synthetic cities {of_all}", "none set", f"{small.shown}; {small.cores}, peak {small.peak:.0f} MB"
        ),
        Line(f"{many:,} synthetic cities {of_all}", "under 60 s", f"{large.shown}; {large.cores}", large.median < 60),
        Line("their peak memory, all processes together", "under 1 GB", f"{large.peak:.0f} MB", large.peak < 1000),
        Line(
            f"factor in processor time for {times:g} times the cities",
            f"at most {times:g}",
            f"{factor:.1f}",
            factor <= times,
        ),
    ]


def many_again_lines(setting: Setting) -> list[Line]:
    """The larger synthetic programme built again in the same process, as `serve` does it."""
    folder = setting.work / "synthetic"
    write_synthetic(EXAMPLE, folder, setting.cities[1])
    return _rebuild_lines(setting, folder, f"{setting.cities[1]:,} cities", None)


def _rebuild_lines(setting: Setting, programme: Path, name: str, goal: float | None) -> list[Line]:
    folder, out = setting.work / "edited", setting.work / "edited-site"
    shutil.copytree(programme, folder)
    builder = Builder(folder, papers=Papers(on_demand=True), helped=True)
    first = timed(lambda: builder.build(out))
    answers = folder / "responses" / "2020.csv"
    edits: dict[str, list[Callable[[], None]]] = {
        "one edited answer that every profile states": [partial(_turn_strategy, answers)] * setting.runs,
        "one edited answer, to each question in turn": [] if goal is None else _answers_turned(answers),
        "one edited text": [partial(_append, folder / "join.md")] * setting.runs,
    }
    rebuilt = {edit: _rebuilds(builder, out, turns) for edit, turns in edits.items() if turns}
    wanted = "none set" if goal is None else f"under {goal:g} s"
    return [
        Line(f"{name}, first build of `serve`", "none set", f"{first.seconds:.2f} s"),
        *(
            Line(f"{name}, after {edit}", wanted, runs.shown, None if goal is None else runs.median < goal)
            for edit, runs in rebuilt.items()
        ),
    ]


def _rebuilds(builder: Builder, out: Path, edits: Iterable[Callable[[], None]]) -> Runs:
    found = []
    for edit in edits:
        edit()
        found.append(timed(lambda: builder.build(out)))
    return Runs(tuple(found))


def _second_command_lines(setting: Setting) -> list[Line]:
    """`cityfolio build` into the folder of an earlier build, after one edited answer."""
    folder, out = setting.work / "again", setting.work / "again-site"
    shutil.copytree(EXAMPLE, folder)
    command = [CITYFOLIO, "build", str(folder), "--out", str(out)]
    run_once(command)
    found, touched, files = [], 0, 0
    for _ in range(setting.runs):
        before = _times(out)
        _turn_strategy(folder / "responses" / "2020.csv")
        found.append(run_once(command)[0])
        after = _times(out)
        touched, files = sum(before.get(path) != time for path, time in after.items()), len(after)
    runs = Runs(tuple(found))
    return [
        Line("the example, `cityfolio build` again after one edited answer", "none set", f"{runs.shown}; {runs.cores}"),
        Line("files that it wrote, of all", "what changed", f"{touched:,} of {files:,}", touched < files),
    ]


def _times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def _turn_strategy(path: Path) -> None:
    """Turn the first city's answer about its strategy round: a share that nearly every page states changes with it."""
    _turn(path, "has_strategy")


def _answers_turned(path: Path) -> list[Callable[[], None]]:
    """An edit for each question that two cities answer in different ways: the first of them then answers as the other."""
    header, *records = _records(path)
    given = {name: {record[column] for record in records} - {""} for column, name in enumerate(header)}
    return [partial(_turn, path, name) for name in header[1:] if len(given[name]) > 1]


def _turn(path: Path, name: str) -> None:
    records = _records(path)
    column = records[0].index(name)
    first, *others = (record for record in records[1:] if record[column])
    first[column] = next(other[column] for other in others if other[column] != first[column])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(records)


def _records(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _append(path: Path) -> None:
    path.write_text(path.read_text("utf-8") + "\nOne more paragraph.\n", "utf-8")
