"""The table of docs/explanation/performance.md, between two markers."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from benchmarks.site.measuring import Line, pace

START, END = "<!-- figures: written by make bench -->", "<!-- end of figures -->"


def table(part: str, title: str, lines: Sequence[Line]) -> str:
    """One part of the figures: a heading, the command that measures it, and its table."""
    command = f"`.venv/bin/python benchmarks/site.py {part}`"
    return "\n".join([f"### {title}", "", command, "", table_of(lines)])


def table_of(lines: Sequence[Line]) -> str:
    """The lines as a Markdown table."""
    records = [f"| {line.what} | {line.goal} | {line.measured} | {_met(line)} |" for line in lines]
    return "\n".join(["| what | goal | measured | met |", "|---|---|---|---|", *records])


def write_between_markers(page: Path, content: str) -> None:
    """Replace what stands between the markers of `make bench`.

    Raises:
        ValueError: if the page has no markers.
    """
    write_between(page, START, END, content)


def write_between(page: Path, start: str, end: str, content: str) -> None:
    """Replace what stands between two markers of a page.

    Raises:
        ValueError: if the page has no markers.
    """
    text = page.read_text("utf-8")
    if start not in text or end not in text:
        raise ValueError(f"{page} lacks the marker {start} or {end}; put both back where the figures belong.")
    before, rest = text.split(start, 1)
    after = rest.split(end, 1)[1]
    page.write_text(f"{before}{start}\n\n{content}\n\n{end}{after}", "utf-8")


def machine(runs: int, loads: Sequence[float]) -> str:
    """What was measured on, and how busy it was meanwhile."""
    return (
        f"Medians of {runs} runs (in brackets the fastest and the slowest). {machine_alone()} Load of the machine before each "
        f"part: {', '.join(f'{load:.1f}' for load in loads)} (1.0 is one core at work; the benchmark itself is one)."
    )


def machine_alone() -> str:
    """What was measured on, and how fast it is: goals in seconds mean little without that."""
    counting, looking_up = pace()
    return (
        f"{os.cpu_count()} cores, {_processor()}, {_memory_gib():.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}; it counts to ten million in {counting:.2f} s and looks a million keys up in "
        f"{looking_up:.2f} s."
    )


def _met(line: Line) -> str:
    return {None: "", True: "yes", False: "**no**"}[line.met]


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = [line.split(":", 1)[1].strip() for line in information.read_text().splitlines() if "model name" in line]
        if names:
            return names[0]
    return platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
