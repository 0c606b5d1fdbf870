"""Where the time of a build goes, stage by stage, for the larger synthetic programme."""

from __future__ import annotations

import statistics
import time
from itertools import pairwise
from pathlib import Path

from benchmarks.site.measuring import EXAMPLE, Line, Setting
from benchmarks.site.synthetic import write_synthetic

from cityfolio.build.content import all_facts, edition_of, make_content
from cityfolio.build.programme import load_programme
from cityfolio.build.released import released_descriptions, released_files
from cityfolio.build.writing import write_whole
from cityfolio.site.pages import Renderer


def stage_lines(setting: Setting) -> list[Line]:
    """Seconds of the processor for each stage of a build in this process, and its part of them all."""
    cities = setting.cities[1]
    folder = setting.work / "synthetic"
    write_synthetic(EXAMPLE, folder, cities)
    measured = [_stages(folder, setting.work / "staged") for _ in range(setting.runs)]
    medians = {stage: statistics.median(one[stage] for one in measured) for stage in measured[0]}
    whole = sum(medians.values())
    return [
        Line(
            f"{stage}, {cities:,} cities",
            "none set",
            f"{seconds:.2f} s of the processor ({100 * seconds / whole:.0f} %)",
        )
        for stage, seconds in medians.items()
    ]


def _stages(folder: Path, out: Path) -> dict[str, float]:
    clock = [time.process_time()]
    programme = load_programme(folder)
    clock.append(time.process_time())
    all_facts(programme)
    clock.append(time.process_time())
    content = make_content(programme, edition_of(programme, None), released_descriptions())
    clock.append(time.process_time())
    pages = [(page.path, page.content) for page in Renderer().render(content.site)]
    clock.append(time.process_time())
    files = list(released_files(programme, content.store))
    clock.append(time.process_time())
    write_whole(out, [*pages, *files])
    clock.append(time.process_time())
    load, facts, texts, render, release, write = (after - before for before, after in pairwise(clock))
    return {
        "reading, checking, coding": load,
        "facts": facts,
        # The content makes its facts itself; what they cost is known from the stage before.
        "sentences, charts, documents": max(texts - facts, 0.0),
        "rendering pages": render,
        "JSON and CSV": release,
        "writing files": write,
    }
