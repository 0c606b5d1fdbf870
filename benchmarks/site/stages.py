"""Where the time of a build goes, stage by stage, for the example and for the larger synthetic programme."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.site.measuring import EXAMPLE, Line, Setting
from benchmarks.site.synthetic import write_synthetic

from cityfolio.build.collecting import collected_rarely
from cityfolio.build.content import edition_of, in_language, make_content
from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme
from cityfolio.build.released import profile_files, released_descriptions, released_files
from cityfolio.build.writing import write_whole
from cityfolio.site.auditing import PageAuditor, all_problems
from cityfolio.site.pages import Renderer


def stage_lines(setting: Setting) -> list[Line]:
    """Seconds of the processor for each stage of a build in one process, and its part of them all; measured once."""
    cities = setting.cities[1]
    folder = setting.work / "synthetic"
    write_synthetic(EXAMPLE, folder, cities)
    return [
        *_lines(_stages(EXAMPLE, setting.work / "staged"), "the example"),
        *_lines(_stages(folder, setting.work / "staged"), f"{cities:,} cities"),
    ]


def _lines(took: dict[str, float], name: str) -> Iterator[Line]:
    whole = sum(took.values())
    for stage, seconds in took.items():
        said = f"{seconds:.2f} s of the processor ({100 * seconds / whole:.0f} %)"
        yield Line(f"{name}: {stage}", "none set", said)


def _stages(folder: Path, out: Path) -> dict[str, float]:
    took: dict[str, float] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        began = time.process_time()
        yield
        took[name] = took.get(name, 0.0) + time.process_time() - began

    with collected_rarely():
        with stage("reading, checking, coding"):
            programme = load_programme(folder)
        edition = edition_of(programme, None)
        with stage("facts"):
            store = all_facts(programme)
        auditor = PageAuditor({fact.id: fact for fact in store}, programme.language)
        files: list[tuple[str, bytes]] = []
        seen = {}
        for language in programme.languages:
            with stage("sentences, charts, documents, all languages"):
                content = make_content(
                    in_language(programme, language), edition, released_descriptions(programme), store
                )
            with stage("rendering pages, all languages"):
                pages = [(page.path, page.content) for page in Renderer(remembers=False).render(content.site)]
            with stage("audit of the pages, all languages"):
                seen.update({path: found for path, page in pages if (found := auditor.look(path, page)) is not None})
            with stage("JSON and CSV"):
                files += [*pages, *profile_files(content)]
            if language == programme.language:
                with stage("JSON and CSV"):
                    files += released_files(programme, store)
        with stage("audit of the links between them"):
            all_problems(seen, {path for path, _ in files})
        with stage("writing files"):
            write_whole(out, files)
    return took
