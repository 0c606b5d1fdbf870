"""The benchmark of publishing, in small."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MARKERS = ("<!-- figures: written by benchmarks/publishing.py -->", "<!-- end of the figures of publishing -->")


@pytest.mark.slow
def test_the_figures_land_between_the_markers_of_the_page_and_nowhere_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{MARKERS[0]}\nold\n{MARKERS[1]}\nafter\n", "utf-8")

    # Exit code 1 means that a goal was missed, which a busy machine may well do.
    call = [sys.executable, "benchmarks/publishing.py", "formats", "--runs", "1", "--cities", "12", "--into", str(page)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    lines = page.read_text("utf-8").splitlines()
    assert (lines[0], lines[1], lines[-2], lines[-1]) == ("before", *MARKERS, "after")
    assert "old" not in lines
    assert sum("12 synthetic cities x 2 waves" in line for line in lines) == 1


def test_a_part_that_does_not_exist_is_refused_with_those_that_do() -> None:
    call = [sys.executable, "benchmarks/publishing.py", "speed"]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no part speed; there are formats, answers, memory" in done.stderr


def test_what_wrk_says_is_read_with_its_units_and_its_failures() -> None:
    said = """
Running 8s test @ http://127.0.0.1:8123
  Latency Distribution
     50%  812.00us
     75%    1.31ms
     90%   30.41ms
     99%    1.02s
  27822 requests in 4.09s, 82.49MB read
  Socket errors: connect 0, read 1, write 0, timeout 2
  Non-2xx or 3xx responses: 4
Requests/sec:   6801.50
"""
    code = (
        "import sys; sys.path.insert(0, '.'); from benchmarks.publishing import load;"
        " said = sys.stdin.read();"
        " print(load._milliseconds('50', said), load._milliseconds('99', said), load._failed(said))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, input=said, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0.812", "1020.0", "7"]
