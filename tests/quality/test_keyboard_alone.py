"""The ways through the map, the explorer and the comparison with a keyboard and nothing else."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from .conftest import Open

pytestmark = pytest.mark.browser


def go_to(page: Page, what: str) -> None:
    """Press Tab until the element that the selector names has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(what) => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"no stop of the keyboard is {what}")


def test_a_city_is_found_on_the_map(opened: Open) -> None:
    with opened("map") as page:
        go_to(page, "#filter-at")
        page.keyboard.type("Korea")
        go_to(page, ".listed li:not([hidden]) a")
        expect(page.locator(".listed li[data-unit] a:visible")).to_have_count(3)
        assert "at" in parse_qs(urlsplit(page.url).query)
        name = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_the_map_is_moved_and_set_back(opened: Open) -> None:
    with opened("map") as page:
        before = page.locator(".map-view svg").get_attribute("viewBox")
        go_to(page, "[data-do=in]")
        page.keyboard.press("Enter")
        expect(page.locator(".map-view svg")).not_to_have_attribute("viewBox", before or "")
        go_to(page, ".zoom [data-do=reset]")
        page.keyboard.press("Enter")
        expect(page.locator(".map-view svg")).to_have_attribute("viewBox", before or "")


def test_a_question_is_explored_and_its_number_opened(opened: Open) -> None:
    with opened("explore") as page:
        go_to(page, "#explore-question")
        page.keyboard.press("ArrowDown")
        shown = page.locator("#explore-question option:checked").inner_text()
        expect(page.locator(".explored h2")).to_have_text(shown)
        go_to(page, ".explored a[data-fact], .explored td a")
        page.keyboard.press("Enter")
        expect(page.locator("dialog[open], .sums").first).to_be_visible()


def test_two_cities_and_their_country_are_compared_and_only_differences_kept(opened: Open) -> None:
    with opened("compare") as page:
        go_to(page, "#pick")
        for name in ("Busan", "Seoul", "Korea"):
            assert page.evaluate("document.activeElement.id") == "pick"
            page.keyboard.type(name)
            go_to(page, ".picker .row button")
            page.keyboard.press("Enter")
            expect(page.locator(".chosen")).to_contain_text(name)
        expect(page.get_by_role("status")).to_have_text("Compared: Busan, Seoul, Korea")
        go_to(page, "[name=only]")
        page.keyboard.press("Space")
        expect(page.locator(".result td.same")).to_have_count(0)
        assert parse_qs(urlsplit(page.url).query)["only"] == ["differences"]
        go_to(page, ".result td a[data-fact]")
        page.keyboard.press("Enter")
        expect(page.locator("dialog[open]")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        assert page.evaluate("document.activeElement.matches('.result td a[data-fact]')")
