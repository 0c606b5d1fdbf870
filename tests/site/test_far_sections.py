"""Sections below the first screen are laid out after it was painted; links, search, Back and print reach them as if at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from ..browsing import wait_until

pytestmark = pytest.mark.browser

PROFILE = "cities/busan-kor/index.html"
LAID_OUT = """() => [...document.querySelectorAll(".text > section")]
  .map((one) => one.firstElementChild.checkVisibility({ contentVisibilityAuto: true }))"""
REGIONS_LAID_OUT = """() => [...document.querySelectorAll(".region")]
  .map((one) => one.firstElementChild.checkVisibility({ contentVisibilityAuto: true }))"""
ALL_LAID_OUT = f"() => ({LAID_OUT})().every(Boolean) && document.querySelectorAll('.text > section').length > 8"
# Where a section in the middle of the page stands in the window.
MIDDLE = "() => Math.round(document.querySelectorAll('.text > section')[6].getBoundingClientRect().top)"
# Where the place stands that the address names, once nothing moves any more.
SETTLED = """async () => {
  const place = () => document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top;
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  let before;
  do { before = place(); await frame(); } while (before !== place());
  return before;
}"""


@contextmanager
def opened(
    browser: Browser, where: str, width: int = 1280, *, script: bool = True, held: bool = False
) -> Iterator[Page]:
    """The page; `held` keeps its script from coming, as a slow line does."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=script, reduced_motion="reduce"
    )
    page = context.new_page()
    if held:
        page.route(re.compile(r"\.js\b"), lambda route: route.abort())
    page.goto(where)
    yield page
    context.close()


def test_what_is_far_below_waits_until_the_first_screen_is_painted(browser: Browser, address: str) -> None:
    with opened(browser, address + PROFILE, held=True) as page:
        laid_out = page.evaluate(LAID_OUT)
        assert laid_out[0]
        assert not laid_out[-1]
        page.emulate_media(media="print")
        assert all(page.evaluate(LAID_OUT))
    with opened(browser, address + PROFILE) as page:
        wait_until(page, ALL_LAID_OUT)
    with opened(browser, address + PROFILE, script=False) as page:
        assert all(page.evaluate(LAID_OUT))


def test_the_list_of_the_home_page_waits_too_and_all_of_it_comes(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}index.html", 360, held=True) as page:
        laid_out = page.evaluate(REGIONS_LAID_OUT)
        assert len(laid_out) > 3
        assert not laid_out[-1]
        assert page.evaluate("window.find('About the programme')")
    with opened(browser, f"{address}index.html", 360) as page:
        wait_until(page, f"() => ({REGIONS_LAID_OUT})().every(Boolean)")
    with opened(browser, f"{address}index.html", 360, script=False) as page:
        assert all(page.evaluate(REGIONS_LAID_OUT))


@pytest.mark.parametrize("held", [False, True], ids=["with script", "while its script is on the way"])
@pytest.mark.parametrize("width", [360, 1280])
def test_links_within_the_page_lead_to_the_head_of_their_section(
    browser: Browser, address: str, width: int, held: bool
) -> None:
    with opened(browser, address + PROFILE, width, held=held) as page:
        places = page.locator(".rail a").evaluate_all("(all) => all.map((one) => one.hash)")
        assert len(places) > 8
        for place in [places[-1], places[2], *places]:
            page.evaluate("(place) => { location.hash = ''; location.hash = place; }", place)
            top = page.evaluate(SETTLED)
            at_the_end = page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 1")
            assert 0 <= top <= 24 or (at_the_end and top < 800), place


@pytest.mark.parametrize("held", [False, True], ids=["with script", "while its script is on the way"])
def test_the_browser_finds_words_that_stand_far_below(browser: Browser, address: str, held: bool) -> None:
    with opened(browser, address + PROFILE, held=held) as page:
        assert page.evaluate("window.find('How to cite')")
        wait_until(page, "scrollY > 3000")
        box = page.get_by_role("heading", name="How to cite").bounding_box() or {"y": -1}
        assert 0 <= box["y"] <= 800


@pytest.mark.parametrize("width", [360, 1280])
def test_a_place_that_is_come_back_to_is_where_it_was_left(browser: Browser, address: str, width: int) -> None:
    with opened(browser, address + PROFILE, width) as page:
        wait_until(page, ALL_LAID_OUT)
        page.evaluate("document.querySelectorAll('.text > section')[6].scrollIntoView()")
        left = page.evaluate(MIDDLE)
        page.reload()
        wait_until(page, f"Math.abs(({MIDDLE})() - {left}) < 3")
        page.locator("header.site a").first.evaluate("(link) => link.click()")
        expect(page.locator("body")).to_have_class("home")
        page.go_back()
        expect(page.locator("body")).to_have_class("profile")
        wait_until(page, f"Math.abs(({MIDDLE})() - {left}) < 3")
