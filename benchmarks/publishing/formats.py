"""How long all formats take: the example, and synthetic cities, each by a new process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.site.measuring import CITYFOLIO, EXAMPLE, Line, run_in_turn
from benchmarks.site.synthetic import write_synthetic


def format_lines(runs: int, cities: int, work: Path) -> list[Line]:
    """`cityfolio publish --data-only`, in turn; the example with all its pages once more beside it."""
    folder = work / "synthetic"
    write_synthetic(EXAMPLE, folder, cities)
    commands = [
        partial(_publish, EXAMPLE, work / "example", ["--data-only"]),
        partial(_publish, folder, work / "many", ["--data-only"]),
        partial(_publish, EXAMPLE, work / "pages", []),
    ]
    small, large, whole = run_in_turn(runs, commands)
    files = sum(path.is_file() for path in (work / "example").rglob("*"))
    return [
        Line(
            f"the example, every format of the data and the API ({files} files)",
            "under 5 s",
            f"{small.shown}, peak {small.peak:.0f} MiB",
            small.median < 5,
        ),
        Line(
            f"the same of {cities:,} synthetic cities x 2 waves",
            "under 30 s",
            f"{large.shown}, peak {large.peak:.0f} MiB",
            large.median < 30,
        ),
        Line("the example with all pages in both languages too", "none set", whole.shown),
    ]


def _publish(folder: Path, out: Path, more: Sequence[str]) -> list[str]:
    return [CITYFOLIO, "publish", str(folder), "--out", str(out), *more]
