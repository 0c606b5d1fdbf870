"""How fast map and explore answer a choice, in Chromium, for programmes of any size.

Only these two pages are built, with their data. A figure is the time from a change of a control until the page is laid out
again, the data of the question being there already. A choice that changes nothing on the page is an error, not a fast answer.
"""

from __future__ import annotations

import statistics
from pathlib import Path

from benchmarks.site.measuring import EXAMPLE, Line, Setting
from benchmarks.site.synthetic import write_synthetic

from cityfolio.build.changing import wave_pairs
from cityfolio.build.content import edition_of, speaker_of
from cityfolio.build.exploring import explore_of, map_of
from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme
from cityfolio.profile.directory import DirectoryRule, home_document
from cityfolio.profile.programme_documents import MethodDocument, ProgrammeText, SiteContent
from cityfolio.site.pages import render_site

GOALS = {150: 50, 5000: 100}  # milliseconds of explore, by the number of cities
CHANGES = 20
CHANGE = """([place, name, value]) => new Promise((resolve, reject) => {
  const select = document.querySelector(`select[name=${name}]`);
  const late = setTimeout(() => reject(new Error(`${name}=${value} changed nothing`)), 5000);
  let began = 0;
  // It is told in the same turn as the change is made, before anything is painted.
  new MutationObserver((_, observer) => {
    document.body.getBoundingClientRect();
    const took = performance.now() - began;
    observer.disconnect();
    clearTimeout(late);
    resolve(took);
  }).observe(document.querySelector(place), { childList: true, subtree: true, attributes: true, characterData: true });
  began = performance.now();
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
})"""
EXPLORED = [
    ("by", "country"),
    ("answer", "tourism"),
    ("answer", ""),
    ("by", "size"),
    ("show", "counts"),
    ("show", ""),
    ("by", ""),
]
MAPPED = [
    ("policy_areas", "tourism"),
    ("roles", "designer"),
    ("size", "1m-and-more"),
    ("policy_areas", ""),
    ("roles", ""),
    ("size", ""),
]


def explore_lines(setting: Setting) -> list[Line]:
    """The median and the slowest of some changes, for a programme of the usual size and for a large one."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: F401 - asked for before pages are built
    except ImportError:
        return [Line("filter changes", "under 50 ms", "not measured: playwright is not installed")]
    lines = []
    for cities, goal in GOALS.items():
        write_pages(cities, setting.work / str(cities))
        for page, took in measured(setting.work / str(cities) / "site").items():
            median = statistics.median(took)
            said = f"{median:.0f} ms ({min(took):.0f} to {max(took):.0f}, n = {len(took)})"
            what = f"{page}: a change of a filter, {cities:,} cities"
            is_goal = page == "explore"
            lines.append(
                Line(what, f"under {goal} ms" if is_goal else "none set", said, median < goal if is_goal else None)
            )
    return lines


def write_pages(cities: int, folder: Path) -> None:
    write_synthetic(EXAMPLE, folder / "programme", cities)
    programme = load_programme(folder / "programme")
    edition = edition_of(programme, None)
    store = all_facts(programme)
    speaker = speaker_of(programme, store)
    columns = programme.manifest.content.directory
    variables = programme.answers.variables.values()
    pairs = {variable.id: wave_pairs(programme, variable) for variable in variables if not variable.personal}
    rule = DirectoryRule(columns.region, columns.country, columns.region_labels, programme.manifest.rules)
    home = home_document(programme.answers, edition, rule, speaker, [], ())
    text = ProgrammeText("Survey", "", (), "city", "cities", "en", "", "", "", ())
    method = MethodDocument((), (), (), (), 10, (), (), (), ())
    content = SiteContent(
        text, edition.id, edition.title, home, (), (), method, (),
        map=map_of(programme, edition, home.directory), explore=explore_of(programme, store, speaker, pairs),
    )  # fmt: skip
    for file in render_site(content):
        (folder / "site" / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / file.path).write_bytes(file.content)


def measured(site: Path) -> dict[str, list[float]]:
    """Milliseconds of each change, by page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()

        def changes(place: str, choices: list[tuple[str, str]]) -> list[float]:
            turns = [choices[number % len(choices)] for number in range(CHANGES)]
            return [float(page.evaluate(CHANGE, [place, *choice])) for choice in turns]

        page.goto(f"{(site / 'explore' / 'index.html').as_uri()}?question=policy_areas")
        page.locator(".explored td").first.wait_for()
        explored = changes(".explored", EXPLORED)
        page.goto((site / "map" / "index.html").as_uri())
        page.locator(".map.live").wait_for()
        for name, value in MAPPED[:3]:  # loads the data of the questions
            page.locator(f"select[name={name}]").select_option(value)
        page.wait_for_timeout(500)
        for name, _ in MAPPED[:3]:
            page.locator(f"select[name={name}]").select_option("")
        page.wait_for_timeout(500)
        mapped = changes("main", MAPPED)
        browser.close()
    return {"explore": explored, "map": mapped}
