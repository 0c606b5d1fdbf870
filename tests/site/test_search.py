"""Searching: units, questions, answers and texts, as people type them, offline and from every page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from cityfolio.profile.programme_documents import SiteContent
from cityfolio.site.reading_pages import read_page
from cityfolio.site.search_index import Found, search_index
from tests.accessibility import by_look_alone, violations

from .sample import content


def test_everything_that_is_found_leads_to_a_place_of_the_site(example_site: Path) -> None:
    text = (example_site / "search" / "words.js").read_text("utf-8")
    _, entries = json.loads(f"[{text[len('cityfolio.take(') : -3]}]")
    assert {kind for kind, *_ in entries} >= {"unit", "group", "question", "answer"}
    for _, title, page, *_ in entries:
        path, _, anchor = page.partition("#")
        assert title
        assert not anchor or anchor in read_page((example_site / path).read_text("utf-8")).ids
        assert (example_site / path).is_file()


def test_a_text_of_an_editor_is_found_with_its_words_and_without_its_tags() -> None:
    texts = [found for found in search_index(content()) if found.kind == "text"]
    assert texts[0].page == "cities/busan-kor/index.html#spotlight"
    assert (texts[0].title, texts[0].within) == ("Spotlight: Eco Delta City", "Busan")
    assert "Eco Delta City, one of two pilot smart cities" in texts[0].words


def test_a_site_without_units_has_nothing_to_find_but_questions(sample: SiteContent) -> None:
    empty = replace(sample, profiles=(), variables=sample.variables[:1])
    assert [found.kind for found in search_index(empty)][:1] == ["question"]
    assert all(isinstance(found, Found) for found in search_index(empty))


@pytest.mark.browser
def test_names_in_every_language_and_words_that_are_a_letter_off_are_found(
    browser: Browser, example_site: Path
) -> None:
    page = browser.new_page()
    page.goto((example_site / "search" / "index.html").as_uri())
    for typed, first in [("서울", "Seoul"), ("Montrael", "Montreal"), ("winstonsalem", "Winston-Salem, NC")]:
        page.locator("#find input").fill(typed)
        expect(page.locator(".found a").first).to_have_text(first)
    found = []
    for typed in ("human-centred", "human centered"):
        page.locator("#find input").fill(typed)
        expect(page.locator(".found a").first).to_be_visible()
        found.append(page.locator(".found a").all_inner_texts())
    assert set(found[0]) & set(found[1])
    page.locator("#find input").fill("xyzzyx")
    expect(page.locator(".found a")).to_have_count(0)
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["", "ko/"])
def test_a_city_is_found_by_its_name_with_a_suffix_a_particle_or_more_words(
    browser: Browser, example_site: Path, language: str
) -> None:
    page = browser.new_page()
    more = [
        ("부산광역시", "busan-kor"),
        ("서울시", "seoul-kor"),
        ("서울에서", "seoul-kor"),
        ("뉴욕시", "new-york-city-us"),
    ]
    if not language:
        more += [("Seoul city", "seoul-kor"), ("the city of Busan", "busan-kor")]
    for address, box, cities in (
        ("index.html", "#search", ".directory li:visible a"),
        ("search/index.html", "#find-words", ".found a[href*='cities/']"),
    ):
        page.goto((example_site / language / address).as_uri())
        for typed, unit in more:
            page.locator(box).fill(typed)
            expect(page.locator(cities).first).to_have_attribute("href", re.compile(rf"\bcities/{unit}/"))
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["", "ko/"])
def test_cities_are_found_by_the_name_of_their_state(browser: Browser, example_site: Path, language: str) -> None:
    page = browser.new_page()
    page.goto((example_site / language / "search" / "index.html").as_uri())
    for typed in ("Ohio", *(["오하이오"] if language else [])):
        page.locator("#find input").fill(typed)
        addresses = [a.get_attribute("href") or "" for a in page.locator(".found section").first.locator("a").all()]
        assert sorted(address.split("/")[-2] for address in addresses) == ["akron-us", "cincinnati-us"]
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["", "ko/"])
def test_cities_are_found_by_their_country_in_every_language(
    browser: Browser, example_site: Path, language: str
) -> None:
    page = browser.new_page()
    for address, box, cities in (
        ("index.html", "#search", ".directory li:visible a"),
        ("search/index.html", "#find-words", ".found a[href*='cities/']"),
    ):
        page.goto((example_site / language / address).as_uri())
        for typed in ("Greece", "그리스"):
            page.locator(box).fill(typed)
            expect(page.locator(cities)).to_have_count(1)
            expect(page.locator(cities)).to_have_attribute("href", re.compile(r"\bcities/athens-grc/"))
    page.close()


@pytest.mark.browser
def test_the_box_of_the_home_page_forgives_a_letter_as_the_search_page_does(
    browser: Browser, example_site: Path
) -> None:
    page = browser.new_page()
    page.goto((example_site / "index.html").as_uri())
    for typed, left in (
        ("Montrael", ["Montreal"]), ("cincinati", ["Cincinnati"]), ("ohio", ["Akron", "Cincinnati"]), ("xyzzyx", []),
        ("Busn", ["Busan"]), ("xyzz", []),
    ):  # fmt: skip
        page.get_by_role("searchbox", name="Name or country").fill(typed)
        expect(page.locator(".directory li:visible a")).to_have_text(left)
    page.close()


@pytest.mark.browser
def test_the_best_hit_stands_first_is_entered_by_keys_and_kept_in_the_address(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    for typed, first, kind in (
        ("busan", "Busan", "Cities"),
        ("MONTREAL", "Montréal", "Cities"),
        ("부산", "Busan", "Cities"),
        ("부ㅅ", "Busan", "Cities"),
        ("lodz", "Łódź", "Cities"),
        ("housing", "Housing", "Answers"),
        ("water robotic", "Spotlight: Eco Delta City", "Texts"),
    ):
        page.goto((site / "search" / "index.html").as_uri())
        page.keyboard.type(typed)  # the field has the focus
        expect(page.locator(".found a").first).to_have_text(first)
        expect(page.locator(".found h2").first).to_have_text(kind)
        page.keyboard.press("Enter")
        expect(page.locator(".found a").first).to_be_focused()
        kept = page.url
        page.keyboard.press("Enter")
        expect(page.locator("#find")).to_have_count(0)
        page.goto(kept)
        expect(page.locator(".found a").first).to_have_text(first)
    page.close()


@pytest.mark.browser
def test_the_search_page_is_accessible_in_the_dark_and_in_forced_colours(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800}, color_scheme="dark")
    page.goto(f"{(site / 'search' / 'index.html').as_uri()}?q=ho")
    expect(page.locator(".found a").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.emulate_media(forced_colors="active")
    assert by_look_alone(page) == []
    page.close()


@pytest.mark.browser
def test_the_search_page_has_a_way_without_script(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800}, java_script_enabled=False)
    page.goto(f"{(site / 'search' / 'index.html').as_uri()}?q=ho")
    assert page.locator("main a:visible").count() == 3
    assert page.locator("input:visible").count() == 0
    page.close()
