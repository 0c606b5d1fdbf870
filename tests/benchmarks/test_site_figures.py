"""The benchmark of the site, in small."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cityfolio.build.programme import check_programme, load_programme

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "innovation-capacity"


def _write_synthetic() -> Callable[[Path, Path, int], None]:
    write: Callable[[Path, Path, int], None] = runpy.run_path(str(ROOT / "benchmarks" / "site" / "synthetic.py"))[
        "write_synthetic"
    ]
    return write


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_synthetic_programme_is_one_that_nothing_blocks_with_every_city_in_both_waves(tmp_path: Path) -> None:
    _write_synthetic()(EXAMPLE, tmp_path / "made", 60)

    assert [finding for finding in check_programme(tmp_path / "made") if finding.blocks] == []
    answers = load_programme(tmp_path / "made").answers
    assert len(answers.units) == 60
    assert {tuple(responses) for responses in answers.by_unit.values()} == {("2018", "2020")}
    assert {unit.attribute("continent") for unit in answers.units.values()} == {"AF", "AS", "EU", "NA", "OC", "SA"}


def test_a_synthetic_programme_is_the_same_each_time_it_is_made(tmp_path: Path) -> None:
    for name in ("once", "again"):
        _write_synthetic()(EXAMPLE, tmp_path / name, 20)

    assert _contents(tmp_path / "once") == _contents(tmp_path / "again")


HEADINGS = {
    "start": "### Start of the command",
    "rebuild": "### A rebuild in `cityfolio serve`, and by a second command",
    "pages": "### What a reader downloads",
    "explore": "### How fast map and explore answer",
    "growth": "### Growth with the number of cities",
    "again": "### A rebuild of many cities in `cityfolio serve`",
    "stages": "### Where the time of a build goes",
}


@pytest.mark.parametrize("parts", [["start"], pytest.param([*HEADINGS], marks=pytest.mark.slow)])
def test_the_figures_land_between_the_markers_of_the_page_and_nowhere_else(parts: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- figures: written by make bench -->\nold\n<!-- end of figures -->\nafter\n", "utf-8")

    # Exit code 1 means that a goal was missed, which a busy machine may well do.
    asked = [*parts, "--runs", "1", "--cities", "6", "12", "--into", str(page)]
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "site.py"), *asked], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    lines = page.read_text("utf-8").splitlines()
    assert (lines[0], lines[-1]) == ("before", "after")
    assert [line for line in lines if line.startswith("### ")] == [HEADINGS[part] for part in parts]
    assert "old" not in lines
    made = ["| 6 synthetic cities x 2 waves x 2 languages", "| 12 synthetic cities x 2 waves x 2 languages"]
    assert [line.split(" | ")[0] for line in lines if "synthetic" in line] == (made if "growth" in parts else [])


def test_a_part_that_does_not_exist_is_refused_with_those_that_do() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "site.py"), "warm"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert (
        "no part warm; there are start, cold, rebuild, pages, explore, growth, again, stages, pdf, peer" in done.stderr
    )
