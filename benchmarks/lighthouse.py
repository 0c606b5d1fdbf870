"""Lighthouse on the built example, mobile preset. `make lighthouse` measures and writes docs/explanation/performance.md.

benchmarks/lighthouse.py [home profile map explore] [--runs 3] [--no-write]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

# As a script, Python looks for modules beside this file.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.site.gzip_server import AWAY, served  # noqa: E402
from benchmarks.site.measuring import EXAMPLE, ROOT  # noqa: E402

from cityfolio.build.running import build_site  # noqa: E402

PAGE = ROOT / "docs" / "explanation" / "performance.md"
START, END = "<!-- lighthouse: written by make lighthouse -->", "<!-- end of lighthouse -->"
HERE = ROOT / "benchmarks" / "lighthouse"
PAGES = {
    "home": "",  # as their canonical addresses say
    "profile": "cities/busan-kor/",
    "map": "map/",
    "explore": "explore/",
}
GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
LARGEST_PAINT = 1000


@dataclass(frozen=True)
class Scores:
    """What Lighthouse says of a page: scores from 0 to 100, largest paint in milliseconds, what it found wrong."""

    scores: dict[str, int]
    largest_paint: float
    faults: tuple[str, ...]


def measured(address: str, work: Path, number: int) -> Scores:
    """One run of Lighthouse on one address."""
    report = work / f"report-{number}.json"
    subprocess.run(
        [
            "node", str(HERE / "node_modules" / "lighthouse" / "cli" / "index.js"), address,
            f"--only-categories={','.join(GOALS)}", "--output=json", f"--output-path={report}", "--quiet",
            "--chrome-flags=--no-sandbox --headless=new --disable-background-networking",
        ],
        check=True,
        env={**os.environ, "CHROME_PATH": os.environ.get("CHROME_PATH", "/usr/bin/chromium")},
    )  # fmt: skip
    said = json.loads(report.read_text("utf-8"))
    scores = {name: round(100 * said["categories"][name]["score"]) for name in GOALS}
    faults = tuple(
        f"{name}: {audit['title']}"
        for name in GOALS
        if name != "performance"
        for reference in said["categories"][name]["auditRefs"]
        if (audit := said["audits"][reference["id"]]).get("score") is not None
        and audit["score"] < 1
        and reference["weight"] > 0
    )
    return Scores(scores, said["audits"]["largest-contentful-paint"]["numericValue"], faults)


def build_at(address: str, programme: Path, site: Path) -> None:
    """Build the example for where it is served, as a programme does: its full addresses are part of what is scored."""
    shutil.copytree(EXAMPLE, programme)
    manifest = programme / "programme.yml"
    manifest.write_text(f"{manifest.read_text('utf-8')}\nsite_url: {address}\n", "utf-8")
    build_site(programme, site)


def median_of(runs: list[Scores]) -> Scores:
    """The median of each score and of the largest paint, and all faults of any run."""
    scores = {name: round(statistics.median(run.scores[name] for run in runs)) for name in GOALS}
    faults = tuple(dict.fromkeys(fault for run in runs for fault in run.faults))
    return Scores(scores, statistics.median(run.largest_paint for run in runs), faults)


def meets(found: Scores) -> bool:
    """Whether a page reaches every goal."""
    return all(found.scores[n] >= goal for n, goal in GOALS.items()) and found.largest_paint < LARGEST_PAINT


def table(found: dict[str, Scores], runs: int) -> str:
    """The figures as the page of the documentation shows them."""
    goals = ", ".join(f"{name} {goal}" for name, goal in GOALS.items())
    lines = [
        f"Medians of {runs} runs of Lighthouse 12.8.2, mobile preset (simulated slow phone), "
        f"HTTP/1.1 with gzip over loopback, answers begin after {1000 * AWAY:.0f} ms. "
        f"Goals: {goals}, largest paint under {LARGEST_PAINT / 1000:.0f} s.",
        "",
        "| page | " + " | ".join(GOALS) + " | largest paint | met |",
        "|---|" + "---:|" * len(GOALS) + "---:|---|",
    ]
    for name, page in found.items():
        scores = " | ".join(str(page.scores[goal]) for goal in GOALS)
        met = "yes" if meets(page) else "**no**"
        lines.append(f"| {name} | {scores} | {page.largest_paint / 1000:.2f} s | {met} |")
    return "\n".join(lines)


def write(content: str) -> None:
    """Replace what stands between the markers of the page."""
    text = PAGE.read_text("utf-8")
    before, rest = text.split(START, 1)
    PAGE.write_text(f"{before}{START}\n\n{content}\n\n{END}{rest.split(END, 1)[1]}", "utf-8")


def main() -> int:
    """Build, measure, print, write; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(description="Lighthouse on the built example.")
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=f"of {', '.join(PAGES)}; default all")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-write", action="store_true", help="print only")
    asked = parser.parse_args()
    found: dict[str, Scores] = {}
    with tempfile.TemporaryDirectory(prefix="cityfolio-lighthouse-") as work:
        site = Path(work) / "site"
        with served(site) as address:
            build_at(address, Path(work) / "programme", site)
            for name in asked.pages or PAGES:
                if not (site / PAGES[name] / "index.html").is_file():
                    print(f"{name}: the site has no {PAGES[name]}index.html", file=sys.stderr)
                    return 1
                runs = [measured(address + PAGES[name], Path(work), number) for number in range(asked.runs)]
                found[name] = median_of(runs)
                print(name, found[name], flush=True)
    content = table(found, asked.runs)
    print(content)
    if not asked.no_write and list(found) == list(PAGES):
        write(content)
    return 0 if all(map(meets, found.values())) else 1


if __name__ == "__main__":
    sys.exit(main())
