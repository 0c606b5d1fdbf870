"""An import beside polars: seconds, ratio and peak memory, each run a process of its own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.importing.survey import COLUMNS, write_survey
from benchmarks.site.measuring import CITYFOLIO, Line, Setting, run_in_turn

_READ = "import polars, sys; polars.read_csv(sys.argv[1])"
_MOST = 3.0
_MEMORY = 2_000  # MiB


def import_lines(setting: Setting, rows: int) -> Iterator[Line]:
    """A CSV file into a programme whose answers are CSV, and into one whose answers are Parquet."""
    shown = f"{rows:,} rows x {COLUMNS} columns"
    for ending in ("csv", "parquet"):
        work = setting.work / ending
        work.mkdir()
        answers = write_survey(work, rows, f"2026.{ending}")
        polars, imports = run_in_turn(
            setting.runs,
            [
                lambda: [sys.executable, "-c", _READ, str(answers)],  # noqa: B023 - run before the next
                lambda: _import(work / "programme", answers),  # noqa: B023
            ],
        )
        if ending == "csv":
            size = answers.stat().st_size / 1e6
            yield Line(
                f"polars reads {shown} ({size:.0f} MB of CSV)",
                "none set",
                f"{polars.shown}, peak {polars.peak:,.0f} MiB",
            )
        ratio = imports.median / polars.median
        said = f"{imports.shown}, {ratio:.1f} times polars"
        yield Line(
            f"`cityfolio import` of the same, answers as {ending}", "at most 3 times polars", said, ratio <= _MOST
        )
        yield Line("its peak memory", "under 2 GB", f"{imports.peak:,.0f} MiB", imports.peak * 2**20 < _MEMORY * 1e6)
        shutil.rmtree(work)


def _import(programme: Path, answers: Path) -> list[str]:
    """The command, into a programme without answers, as at the first import."""
    for made in ("responses", "sources"):
        shutil.rmtree(programme / made, ignore_errors=True)
    return [CITYFOLIO, "import", str(programme), str(answers), "--wave", "2026"]
