"""The pages in a browser: accessible, usable by keyboard, on a phone, on paper, in the dark and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import by_look_alone, everything_unfolded, violations

pytestmark = pytest.mark.browser

PAGES = {
    "home": "index.html",
    "profile": "cities/busan-kor/index.html",
    "variables": "variables/index.html",
    "variable": "variables/funded_activities/index.html",
    "method": "method/index.html",
    "data": "data/index.html",
    "outcomes": "outcomes/index.html",
    "act": "act/index.html",
    "join": "join/index.html",
}


@contextmanager
def opened(browser: Browser, site: Path, kind: str, *, width: int = 1280, script: bool = True) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    page.goto((site / PAGES[kind]).as_uri())
    yield page
    context.close()


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_on_a_desk_or_in_the_dark_on_a_phone(browser: Browser, site: Path, kind: str) -> None:
    with opened(browser, site, kind) as page:
        everything_unfolded(page)
        assert violations(page) == []
        page.set_viewport_size({"width": 360, "height": 900})
        page.emulate_media(color_scheme="dark")
        assert by_look_alone(page) == []


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_asks_for_nothing_but_its_own_files_and_does_not_scroll_sideways_at_320_pixels(
    browser: Browser, site: Path, kind: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((site / PAGES[kind]).as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [url for url in asked if not url.startswith(site.as_uri())] == []
    assert said == []
    assert width == 320


@pytest.mark.parametrize("kind", ["home", "profile", "variable"])
def test_no_word_is_too_long_for_a_page(browser: Browser, long_site: Path, kind: str) -> None:
    # Tables that may scroll by themselves need not: names break.
    tables = "[...document.querySelectorAll('.list')].every((t) => t.offsetWidth <= t.parentElement.clientWidth)"
    with opened(browser, long_site, kind) as page:
        for width in (320, 360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert page.evaluate(tables)


@pytest.mark.parametrize("kind", PAGES)
def test_what_a_finger_aims_at_is_at_least_44_pixels_high(browser: Browser, site: Path, kind: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((site / PAGES[kind]).as_uri())
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, summary, input')]
            .filter((at) => !at.closest('p:not(.site-title), .skip, .mark, .plain-facts'))  // links in running text
            .filter((at) => at.checkVisibility() && at.getBoundingClientRect().height < 43.5)
            .map((at) => at.outerHTML)"""
    )
    context.close()
    assert small == []


def test_an_address_of_a_place_that_is_gone_says_so(browser: Browser, site: Path) -> None:
    with opened(browser, site, "profile") as page:
        said = page.get_by_role("status").filter(has_text="is not on this page any more")
        expect(said).to_have_count(0)
        page.goto(page.url + "#gone")
        expect(said).to_be_visible()
        page.goto(page.url.split("#")[0] + "#_reading")
        expect(said).to_have_count(0)
        page.goto("about:blank")
        page.goto((site / PAGES["profile"]).as_uri() + "#100%gone")
        expect(said).to_be_visible()


def test_the_search_box_filters_the_list(browser: Browser, site: Path) -> None:
    with opened(browser, site, "home") as page:
        for typed, found, status in (
            ("lodz", ["Łódź"], "1 city"),
            ("PUSAN", ["Busan"], "1 city"),
            ("beer sh", ["Be'er Sheva"], "1 city"),
            ("portugal", ["Lisbon", "Porto"], "2 cities"),
            ("부산", ["Busan"], "1 city"),
            ("xyz", [], "No city with this name"),
        ):
            page.get_by_label("Name or country").fill(typed)
            expect(page.get_by_role("status")).to_have_text(status)
            assert page.locator(".directory li a:visible").all_inner_texts() == found
            assert page.locator(".directory h4:visible").count() == min(len(found), 1)


def test_the_search_box_is_reached_and_used_by_keyboard_alone(browser: Browser, site: Path) -> None:
    with opened(browser, site, "home") as page:
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "search":
                break
        page.keyboard.type("busa")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Busan")


def test_enter_does_nothing_while_several_cities_match(browser: Browser, site: Path) -> None:
    with opened(browser, site, "home") as page:
        page.get_by_label("Name or country").fill("a")
        page.keyboard.press("Enter")
        assert page.url == (site / "index.html").as_uri()


def test_an_emptied_box_shows_everything_again(browser: Browser, site: Path) -> None:
    with opened(browser, site, "home") as page:
        everything = page.locator(".directory li a:visible").count()
        page.get_by_label("Name or country").fill("busan")
        page.get_by_label("Name or country").fill("")
        assert page.locator(".directory li a:visible").count() == everything
        expect(page.get_by_role("status")).to_have_text("")


def test_without_script_the_list_is_whole_and_there_is_no_box(browser: Browser, site: Path) -> None:
    with opened(browser, site, "home", script=False) as page:
        assert not page.locator("main input").is_visible()
        page.get_by_role("link", name="Busan").click()
        assert page.url == (site / PAGES["profile"]).as_uri()


def test_the_first_stop_of_the_keyboard_leads_to_the_text(browser: Browser, site: Path) -> None:
    with opened(browser, site, "profile") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
        assert page.locator(".skip").bounding_box() == pytest.approx(
            {"x": 16, "y": 8, "width": 160, "height": 51}, abs=40
        )
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "_content"


def test_the_sections_are_a_rail_on_a_wide_screen_and_a_fold_on_a_phone(browser: Browser, site: Path) -> None:
    with opened(browser, site, "profile") as page:
        assert page.locator(".rail").is_visible()
        assert not page.locator(".jump").is_visible()
    with opened(browser, site, "profile", width=360) as page:
        assert not page.locator(".rail").is_visible()
        page.locator(".jump summary").focus()
        page.keyboard.press("Enter")
        page.get_by_role("link", name="How innovation is funded").click()
        assert page.url.endswith("#funding")


@pytest.mark.parametrize("kind", PAGES)
def test_every_stop_of_the_keyboard_shows_its_focus(browser: Browser, site: Path, kind: str) -> None:
    with opened(browser, site, kind) as page:
        for _ in range(12):
            page.keyboard.press("Tab")
            width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
            assert width >= 2


def test_own_bars_stand_out_where_the_reader_sets_the_colours(browser: Browser, site: Path) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto((site / PAGES["profile"]).as_uri())
    fill = "(bar) => getComputedStyle(bar, '::after').backgroundColor"
    own = page.locator(".chart tr.own th > i").first.evaluate(fill)
    other = page.locator(".chart tr:not(.own) th > i").first.evaluate(fill)
    context.close()
    assert own != other


def test_a_profile_prints_on_two_pages(browser: Browser, site: Path) -> None:
    with opened(browser, site, "profile") as page:
        printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2


@pytest.mark.parametrize("unit", ["memphis-us", "aurora-il", "beer-sheva-isr", "durham-us", "oakland-us"])
def test_no_printed_profile_ends_on_a_page_with_its_footer_alone(
    browser: Browser, example_site: Path, unit: str
) -> None:
    page = browser.new_page()
    page.goto((example_site / "cities" / unit / "index.html").as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2


def test_on_paper_a_source_is_written_out(browser: Browser, site: Path) -> None:
    with opened(browser, site, "profile") as page:
        page.emulate_media(media="print")
        link = page.locator(".under").get_by_role("link", name="Where published").first
        assert link.is_visible()
        shown = link.evaluate("(link) => getComputedStyle(link, '::after').content")
    assert "https://example.org/method" in shown


def test_on_paper_the_key_numbers_stand_side_by_side(browser: Browser, site: Path) -> None:
    with opened(browser, site, "home", width=600) as page:
        page.emulate_media(media="print")
        tops = page.evaluate(
            "[...document.querySelectorAll('.key-numbers li')].map((li) => li.getBoundingClientRect().top)"
        )
    assert len(tops) == 3
    assert len(set(tops)) == 1


def test_on_paper_what_changed_has_room_and_answers_without_a_chart_stay(browser: Browser, example_site: Path) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto((example_site / "cities" / "denver-us" / "index.html").as_uri())
    width = "(part) => part.getBoundingClientRect().width - parseFloat(getComputedStyle(part).paddingRight)"
    table = page.locator("div.changes table")
    assert table.locator("tbody th").first.evaluate(width) > 0.2 * table.evaluate(width)
    page.goto((example_site / "cities" / "busan-kor" / "index.html").as_uri())
    # The ticks of a chart stand for the list of answers; where there is no chart the list stays.
    shown = page.locator(".own-answers").filter(visible=True).all_inner_texts()
    assert any("Education" in text for text in shown)
    assert not any("Behavioral economics" in text for text in shown)
    page.close()


def test_a_question_with_many_answers_prints_on_two_pages_without_what_only_a_screen_can_use(
    browser: Browser, example_site: Path
) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    for language in ("", "ko/"):
        page.goto((example_site / f"{language}variables" / "policy_areas" / "index.html").as_uri())
        assert page.locator("#embed").is_hidden()
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
    page.close()
