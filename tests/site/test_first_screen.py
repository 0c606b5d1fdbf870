"""What a reader sees first waits for no second file, does not move when one comes, and is what the whole style sheet says."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

PAGES = {
    "home": "index.html",
    "map": "map/index.html",
    "explore": "explore/index.html",
    "profile": "cities/busan-kor/index.html",
    "group": "groups/country-KOR/index.html",
    "variable": "variables/roles/index.html",
}
PAINTED = """new Promise((done) => {
  new PerformanceObserver((list) => { if (list.getEntriesByName("first-contentful-paint").length) done(); })
    .observe({ type: "paint", buffered: true });
})"""
SHIFTS = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""
# Where the elements of the first screen stand, and how they look.
FIRST_SCREEN = """() => [...document.querySelectorAll("header.site *, .head, .head *, .in-short, .in-short *")]
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.top < innerHeight && box.height && one.checkVisibility())
  .map(([one, { x, y, width, height }]) => {
    const look = getComputedStyle(one);
    return [one.tagName, one.className, x, y, width, height, look.font, look.color, look.backgroundColor, look.textDecoration];
  })"""
# Every property of every element, its marks before and after too; kept in the page, for all of it is many megabytes.
# All elements have the properties of one: to list them for each takes four times as long.
LOOKS = """() => {
  const names = [...getComputedStyle(document.body)].filter((name) => !name.startsWith("--"));
  return [...document.querySelectorAll("body, body *:not(link, script, style, dialog, dialog *)")].flatMap((one) =>
    [null, "::before", "::after"].map((part) => {
      const look = getComputedStyle(one, part);
      if (part && look.content === "none") return "";
      let all = `${one.tagName}.${one.getAttribute("class")} ${part} `;
      for (const name of names) all += `;${name}:${look.getPropertyValue(name)}`;
      return all;
    }));
}"""
KEEP_LOOKS = f"window.looks = ({LOOKS})()"
DIFFERENT_LOOKS = f"""() => {{
  const now = ({LOOKS})();
  const pairs = looks.map((look, at) => [look, now[at]]);
  return [looks.length - now.length, pairs.filter(([one, other]) => one !== other).slice(0, 3)];
}}"""


# The map measures itself anew when its size changes, as it does between two style sheets.
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def html_of(site: Path, kind: str) -> str:
    return (site / PAGES[kind]).read_text("utf-8")


def test_a_policy_allows_the_style_of_its_page_and_no_other(example_site: Path) -> None:
    for file in sorted(example_site.rglob("*.html")):
        html = file.read_text("utf-8")
        styles = [
            f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
            for style in re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
        ]
        policy = re.search(r"style-src ([^;]*)", html)
        if policy is not None:
            assert policy[1].split() == ["'self'", *styles], file
        assert "unsafe-" not in html


def test_a_page_that_stands_once_names_no_style_sheet_and_one_script(example_site: Path) -> None:
    for kind in ("home", "map", "explore"):
        html = html_of(example_site, kind)
        assert html.count('rel="stylesheet"') == 0
        assert len(re.findall(r"<script src", html)) == 1


class Held:
    """Requests that wait until they are let go."""

    def __init__(self) -> None:
        self._waiting: list[Route] | None = []

    def take(self, route: Route) -> None:
        if self._waiting is None:
            route.continue_()
        else:
            self._waiting.append(route)

    def let_go(self) -> None:
        waiting, self._waiting = self._waiting or [], None
        for route in waiting:
            route.continue_()


@contextmanager
def opened(browser: Browser, width: int, **options: object) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, pytest.param(800, marks=pytest.mark.slow), 1280])
@pytest.mark.parametrize("kind", PAGES)
def test_the_first_screen_is_there_before_the_style_sheet_and_does_not_move_when_it_comes(
    browser: Browser, address: str, kind: str, width: int
) -> None:
    with opened(browser, width) as page:
        styles, scripts = Held(), Held()
        page.route(re.compile(r"\.css\b"), styles.take)
        page.route(re.compile(r"\.js\b"), scripts.take)
        page.goto(address + PAGES[kind], wait_until="commit")
        page.evaluate(PAINTED)
        early = page.evaluate(FIRST_SCREEN)
        assert early
        styles.let_go()
        page.locator("footer.site").wait_for(state="attached")
        assert page.evaluate(SHIFTS) == 0
        assert page.evaluate(FIRST_SCREEN) == early
        assert page.evaluate("document.readyState") != "complete"
        scripts.let_go()
        page.wait_for_load_state("networkidle")
        assert page.evaluate(FIRST_SCREEN) == early


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "media", "scheme"), [(360, "screen", "dark"), (1280, "screen", "light"), (800, "print", "light")]
)
@pytest.mark.parametrize("kind", ["home", "map", "explore"])
def test_a_page_looks_with_the_rules_it_uses_as_it_does_with_all(
    browser: Browser, address: str, kind: str, width: int, media: str, scheme: str
) -> None:
    with opened(browser, width, bypass_csp=True, color_scheme=scheme) as page:
        page.emulate_media(media=media, color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(address + PAGES[kind])
        page.wait_for_load_state("networkidle")
        page.evaluate(TWO_FRAMES)
        page.evaluate(KEEP_LOOKS)
        assert page.evaluate("looks[0].includes(';background-color:') && looks.length") > 100
        page.evaluate("document.querySelector('style').remove()")
        page.add_style_tag(url=f"{address}static/site.css")
        page.evaluate(TWO_FRAMES)
        assert page.evaluate(DIFFERENT_LOOKS) == [0, []]
