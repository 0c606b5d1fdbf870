"""The header of every page: it searches, and the switch of the language keeps what was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from cityfolio.site.static_files import static_files
from tests.programmes import ProgrammeFolder

pytestmark = pytest.mark.browser


def test_the_field_of_a_profile_searches_the_site_from_the_disk(browser: Browser, example_site: Path) -> None:
    page = browser.new_page()
    page.goto((example_site / "ko" / "cities" / "busan-kor" / "index.html").as_uri())
    page.get_by_role("search").get_by_role("searchbox").fill("seoul")
    page.keyboard.press("Enter")
    expect(page.locator(".found a").first).to_have_attribute("href", "../cities/seoul-kor/index.html")
    page.close()


def test_without_script_the_field_leads_to_the_lists_of_the_search_page(browser: Browser, example_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((example_site / "method" / "index.html").as_uri())
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.locator(".instead")).to_be_visible()
    context.close()


def test_another_language_keeps_the_choice_and_the_place(browser: Browser, example_site: Path) -> None:
    page = browser.new_page()
    page.goto(f"{(example_site / 'explore' / 'index.html').as_uri()}?question=has_team#all")
    page.locator(".languages").get_by_role("link", name="한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator("#explore-question")).to_have_value("has_team")
    assert page.evaluate("location.hash") == "#all"
    page.close()


def test_what_is_shipped_of_a_style_sheet_has_no_comment_and_no_part_twice() -> None:
    shipped = {file.path: file.content.decode() for file in static_files()}
    assert "static/exploring.css" not in shipped
    assert "static/languages.js" not in shipped
    assert "/*" not in shipped["static/site.css"]
    assert shipped["static/site.css"].count("@media (scripting:enabled)") == 1


@pytest.mark.parametrize(("drawn", "shown"), [("120 40", (120, 40)), ("1000 50", (240, 40)), ("20 40", (20, 40))])
def test_a_logo_that_says_its_proportions_alone_is_shown_forty_pixels_high(
    browser: Browser, small: ProgrammeFolder, tmp_path: Path, drawn: str, shown: tuple[int, int]
) -> None:
    shape = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn}"><path d="M0 0h20v40z"/></svg>'
    small.write("theme/logo.svg", shape)
    small.write("theme/theme.yml", "format: 1\nlogo: logo.svg\nlogo_text: Trees\n")
    small.build(tmp_path / "site")
    page = browser.new_page()
    page.goto((tmp_path / "site" / "index.html").as_uri())
    box = page.get_by_role("img", name="Trees").bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["height"])) == shown
    page.close()
