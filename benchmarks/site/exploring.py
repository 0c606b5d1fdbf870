"""How fast map and explore answer a choice, in Chromium, for programmes of any size.

    .venv/bin/python -m benchmarks.site.exploring 150 5000

Only these two pages are built, with their data. A figure is the time from a change of a control until the page is laid out
again, the data of the question being there already; the median and the worst of 20 changes are printed, in milliseconds.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.site.synthetic import write_synthetic
from playwright.sync_api import Page, sync_playwright

from cityfolio.build.content import edition_of, speaker_of
from cityfolio.build.exploring import explore_of, map_of
from cityfolio.build.facts import all_facts
from cityfolio.build.programme import load_programme
from cityfolio.profile.directory import DirectoryRule, home_document
from cityfolio.profile.programme_documents import MethodDocument, ProgrammeText, SiteContent
from cityfolio.site.pages import render_site

EXAMPLE = Path(__file__).parents[2] / "examples" / "innovation-capacity"
CHANGE = """async ([name, value]) => {
  const select = document.querySelector(`select[name=${name}]`);
  const began = performance.now();
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await Promise.resolve();
  for (let turn = 0; turn < 8; turn++) await Promise.resolve();
  document.body.getBoundingClientRect();
  return performance.now() - began;
}"""
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


def main(sizes: list[int]) -> None:
    for cities in sizes:
        with tempfile.TemporaryDirectory() as name:
            write_pages(cities, Path(name))
            for page, took in measured(Path(name) / "site").items():
                print(f"{cities:>6} cities  {page:<8} median {statistics.median(took):6.1f}  worst {max(took):6.1f}")


def write_pages(cities: int, folder: Path) -> None:
    write_synthetic(EXAMPLE, folder / "programme", cities)
    programme = load_programme(folder / "programme")
    edition = edition_of(programme, None)
    store = all_facts(programme)
    speaker = speaker_of(programme, store)
    columns = programme.manifest.content.directory
    rule = DirectoryRule(columns.region, columns.country, columns.region_labels, programme.manifest.rules)
    home = home_document(programme.answers, edition, rule, speaker, [], ())
    text = ProgrammeText("Survey", "", (), "city", "cities", "en", "", "", "", ())
    method = MethodDocument((), (), (), (), 10, (), (), (), ())
    content = SiteContent(
        text, edition.id, edition.title, home, (), (), method, (),
        map=map_of(programme, edition, home.directory), explore=explore_of(programme, store),
    )  # fmt: skip
    for file in render_site(content):
        (folder / "site" / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / file.path).write_bytes(file.content)


def measured(site: Path) -> dict[str, list[float]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{(site / 'explore' / 'index.html').as_uri()}?question=policy_areas")
        page.locator(".explored td").first.wait_for()
        explored = changes(page, EXPLORED)
        page.goto((site / "map" / "index.html").as_uri())
        page.locator(".map.live").wait_for()
        for choice in MAPPED[:3]:  # loads the data of the questions
            page.locator(f"select[name={choice[0]}]").select_option(choice[1])
        page.wait_for_timeout(500)
        mapped = changes(page, MAPPED)
        browser.close()
    return {"explore": explored, "map": mapped}


def changes(page: Page, choices: list[tuple[str, str]]) -> list[float]:
    return [float(page.evaluate(CHANGE, list(choices[number % len(choices)]))) for number in range(20)]


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [150, 5000])
