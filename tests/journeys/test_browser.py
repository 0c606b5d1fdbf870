"""A reader's way through the example in Chromium: with a mouse, a phone, a keyboard, without script, with a screen reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from cityfolio.site.audit import audit
from tests.programmes import rows_of

pytestmark = pytest.mark.browser

KINDS = {
    "home": "",
    "profile": "cities/busan-kor/",
    "profile of 2018": "cities/atlanta-us/",
    "questions": "variables/",
    "question": "variables/policy_areas/",
    "method": "method/",
    "data": "data/",
}
WIDTHS = (360, 768, 1280)  # a phone, a tablet, a desk


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page that must ask no other host for anything and log no error."""
    context = browser.new_context(**options)
    page = context.new_page()
    trouble: list[str] = []

    def look(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1", "data:")):
            trouble.append(request.url)

    page.on("request", look)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert trouble == []


def test_from_home_by_search_to_busan_and_on_to_a_question(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address)
        page.get_by_role("searchbox", name="Name or country").fill("Busan")
        expect(page.get_by_role("link", name="Athens", exact=True)).to_be_hidden()
        page.get_by_role("link", name="Busan", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Busan")
        expect(page.get_by_text("Eco Delta City")).to_be_visible()
        page.locator('a[href$="variables/policy_areas/index.html"]').first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Policy areas")
        expect(page.locator("#shares table")).to_contain_text("Transport/Mobility")
        expect(page.locator("#who").get_by_role("link", name="Busan", exact=True).first).to_be_attached()


def test_the_search_finds_a_country_and_says_when_there_is_nothing(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address)
        page.get_by_role("searchbox", name="Name or country").fill("korea")
        expect(page.get_by_role("link", name="Busan", exact=True)).to_be_visible()
        page.get_by_role("searchbox", name="Name or country").fill("no such place")
        expect(page.get_by_role("link", name="Busan", exact=True)).to_be_hidden()
        expect(page.get_by_role("status")).not_to_be_empty()
        page.get_by_role("searchbox", name="Name or country").fill("")
        expect(page.get_by_role("link", name="Athens", exact=True)).to_be_visible()


def test_all_cities_are_listed_and_read_without_script(browser: Browser, address: str, example_site: Path) -> None:
    units = [row["unit"] for row in rows_of(example_site / "data" / "units.csv")]
    with opened(browser, java_script_enabled=False) as page:
        page.goto(address)
        for unit in units:
            expect(page.locator(f'a[href="cities/{unit}/index.html"]').first).to_be_visible()
        expect(page.get_by_role("searchbox", name="Name or country")).to_be_hidden()
        page.locator('a[href="cities/busan-kor/index.html"]').first.click()
        expect(page.get_by_role("table").first).to_be_visible()
        expect(page.get_by_role("heading", name="Funding", exact=True)).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wider_than_the_screen(kind: str, browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address + KINDS[kind])
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_alone_reaches_the_text_the_search_and_a_city(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent").strip() == "Skip to the text"
        page.keyboard.press("Enter")
        for _ in range(60):  # every number of the page is a link on the way
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "search":
                break
        page.keyboard.type("Busan")
        for _ in range(4):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "Busan":
                break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Busan")


def test_dark_is_dark(browser: Browser, address: str) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        with opened(browser, color_scheme=scheme) as page:
            page.goto(address)
            seen[scheme] = page.evaluate("getComputedStyle(document.documentElement).backgroundColor") + page.evaluate(
                "getComputedStyle(document.body).backgroundColor"
            )
    assert seen["light"] != seen["dark"]


def test_own_answers_are_marked_by_more_than_colour(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address + KINDS["profile"])
        own = page.locator("tr.own th").first
        expect(own).to_contain_text("✓")
        assert int(page.evaluate("getComputedStyle(document.querySelector('tr.own th b')).fontWeight")) >= 600


@pytest.mark.parametrize("path", ["cities/busan-kor/", "ko/cities/busan-kor/", "groups/continent-AS/"])
def test_no_sentence_loses_a_number_in_print(browser: Browser, address: str, path: str) -> None:
    lost = """[...document.querySelectorAll('main p :is([data-fact], [data-part])')]
      .filter((number) => !number.getClientRects().length && number.closest('p').getClientRects().length)
      .map((number) => number.closest('p').textContent)"""
    page = browser.new_page()
    try:
        page.goto(address + path)
        page.emulate_media(media="print")
        assert page.evaluate(lost) == []
    finally:
        page.close()


def test_print_hides_what_only_a_screen_needs(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address)
        page.emulate_media(media="print")
        expect(page.locator("[role=search]:visible")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.slow  # every build audits what it writes; this reads the files again, with the facts of the published file
def test_the_audit_finds_nothing_on_the_whole_site(example_site: Path) -> None:
    facts = {row["fact"] for row in rows_of(example_site / "data" / "facts.csv")}
    codebook = json.loads((example_site / "data" / "codebook.json").read_text("utf-8"))
    labels = {category["label"] for variable in codebook["variables"] for category in variable["categories"]}
    assert [str(problem) for problem in audit(example_site, facts=facts, allowed=labels)] == []


def test_pages_are_light(example_site: Path) -> None:
    profiles = sorted((example_site / "cities").glob("*/index.html"))
    assert [page.parent.name for page in profiles if page.stat().st_size >= 60_000] == []
