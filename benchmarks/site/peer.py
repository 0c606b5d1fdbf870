"""The peer: one parameterised R Markdown report per city, beside our pages of the same cities.

The reports say the same sentences (compared here, one by one) and draw the same nine charts from the same files. They have no
fact ids, tables, references, ranking, editorial texts, search, data files or pages per question.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.site.building import build_command
from benchmarks.site.measuring import EXAMPLE, Line, Run, Runs, Setting, run_once

from cityfolio.build.running import build_site

HERE = Path(__file__).resolve().parent
PAGES = 10
_NEEDED = ("rmarkdown", "knitr", "yaml")


def peer_lines(setting: Setting) -> list[Line]:
    """Both ways in turn, so that a busy machine slows both; ratios per page."""
    missing = _missing()
    if missing:
        return [Line("R Markdown, seconds per page", "none set", f"not measured: {missing}")]
    units = some_units()
    charts = ["base", *(["ggplot2"] if _has("ggplot2") else [])]
    reports: dict[str, list[Run]] = {kind: [] for kind in charts}
    each: dict[str, list[Run]] = {kind: [] for kind in charts}
    ours: list[Run] = []
    for _ in range(setting.runs):
        for kind in charts:
            run, single = render(setting.work / "reports", kind, units)
            reports[kind].append(run)
            # The first report also loads knitr and pandoc's templates; the others are what one more page costs.
            each[kind] += single[1:]
        ours.append(run_once(build_command(EXAMPLE, setting.work))[0])
    site = setting.work / "peer-site"
    build_site(EXAMPLE, site)
    same, all_of_them = _same_sentences(site, setting.work / "reports", units)
    whole = Runs(tuple(ours))
    pages = len(list((site / "cities").glob("*/index.html")))
    lines = [
        Line("sentences that the reports share with our pages", "all", f"{same} of {all_of_them}", same == all_of_them),
        Line(f"our build, per profile page ({pages} pages)", "none set", f"{1000 * whole.median / pages:.0f} ms"),
    ]
    for kind in charts:
        lines += list(_ratio_lines(kind, Runs(tuple(reports[kind])), Runs(tuple(each[kind])), whole, pages))
    return lines


def _ratio_lines(kind: str, total: Runs, each: Runs, ours: Runs, pages: int) -> Iterator[Line]:
    name = "ggplot2" if kind == "ggplot2" else "base graphics"
    yield Line(f"R Markdown with {name}, {PAGES} reports", "none set", total.shown)
    per_page = total.median / PAGES
    yield Line(f"R Markdown with {name}, per page", "none set", f"{1000 * per_page:.0f} ms")
    yield Line(f"ratio per page, {name}", "none set", f"{per_page / (ours.median / pages):.0f} : 1")
    # The hardest reading for us: our whole build charged to ten pages, theirs without the start of R.
    hard = each.median / (ours.median / PAGES)
    yield Line(
        f"the same, our whole build charged to {PAGES} pages, R's start not counted", "none set", f"{hard:.1f} : 1"
    )


def _missing() -> str:
    if not shutil.which("Rscript"):
        return "R is not installed"
    if not shutil.which("pandoc"):
        return "pandoc is not installed"
    lacking = [package for package in _NEEDED if not _has(package)]
    return f"R has no package {', '.join(lacking)}" if lacking else ""


def _has(package: str) -> bool:
    command = ["Rscript", "-e", f'quit(status = !requireNamespace("{package}", quietly = TRUE))']
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def some_units() -> list[str]:
    """Busan and, evenly spread over the list, nine more."""
    with (EXAMPLE / "units.csv").open(encoding="utf-8", newline="") as file:
        units = [record["unit"] for record in csv.DictReader(file)]
    others = [unit for unit in units if unit != "busan-kor"]
    return ["busan-kor", *others[:: len(others) // (PAGES - 1)][: PAGES - 1]]


def render(out: Path, kind: str, units: list[str]) -> tuple[Run, list[Run]]:
    """The whole process, and each report inside it."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    command = ["Rscript", str(HERE / "render.R"), str(EXAMPLE), str(out), kind, *units]
    run, said = run_once(command, {"LC_ALL": "C.UTF-8"})
    seconds = [line.split()[1] for line in said.splitlines() if line.split()[:1] and line.split()[0] in units]
    return run, [Run(float(one), 0.0) for one in seconds]


def _same_sentences(site: Path, reports: Path, units: list[str]) -> tuple[int, int]:
    """How many of our pages' sentences stand word for word in the reports, and how many there are."""
    same = count = 0
    for unit in units:
        theirs = (reports / "sentences" / f"{unit}.txt").read_text("utf-8").splitlines()
        ours = list(sentences_of(site / "cities" / f"{unit}.json"))
        same += sum(sentence in theirs for sentence in ours)
        count += len(ours)
    return same, count


def sentences_of(path: Path) -> Iterator[str]:
    """The sentences of a profile. Those with names of persons are not in the released document."""
    document = json.loads(path.read_text("utf-8"))
    yield from (_text(item["sentence"]) for item in document["head"] if not item["personal"])
    yield from map(_text, document["in_short"])
    for section in document["sections"]:
        for block in section["blocks"]:
            if block["kind"] in ("sentence", "note", "missing"):
                yield _text(block["sentence"])


def _text(runs: list[dict[str, str]]) -> str:
    return "".join(run["text"] for run in runs)
