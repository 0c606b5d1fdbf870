"""Comparing in a browser: by keyboard alone, from a folder, kept in the address, accessible, also without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import by_look_alone, violations

pytestmark = pytest.mark.browser

PAGES = {
    "compare": "compare/index.html?c=busan-kor,seoul-kor,groups/country-KOR",
    "start": "compare/index.html",
    "ready": "compare/busan-kor/index.html",
    "group": "groups/continent-AS/index.html",
    "groups": "groups/index.html",
    "changed": "cities/seattle-us/index.html",
    "question": "variables/outcomes/index.html",
}


def opened(browser: Browser, site: Path, address: str, **settings: object) -> Page:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{address}")
    return page


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_and_no_page_scrolls_sideways_at_320_pixels(
    browser: Browser, example_site: Path, kind: str
) -> None:
    page = opened(browser, example_site, PAGES[kind])
    if kind == "compare":
        expect(page.locator(".result table").first).to_be_visible()
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert by_look_alone(page) == []
    page.context.close()


def test_two_cities_are_chosen_and_compared_by_keyboard_alone(browser: Browser, example_site: Path) -> None:
    page = opened(browser, example_site, "compare/index.html")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "pick":
            break
    for name in ("Busan", "Seoul"):
        page.keyboard.type(name)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".chosen")).to_contain_text(name)
        assert page.evaluate("document.activeElement.id") == "pick"
    expect(page.get_by_role("status")).to_have_text("Compared: Busan, Seoul")
    assert page.url.endswith("/compare/index.html?c=busan-kor,seoul-kor")
    assert page.locator(".different b").first.inner_text() == "≠ different"
    assert page.locator(".same b").first.inner_text() == "= same"
    page.keyboard.press("Shift+Tab")  # the cross of the city chosen last
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(
        "Busan: nothing beside it yet. Choose one or more to compare it with."
    )
    assert page.url.endswith("?c=busan-kor")
    page.context.close()


def test_one_city_beside_its_groups_has_no_column_about_who_agrees(browser: Browser, example_site: Path) -> None:
    with opened(browser, example_site, "compare/index.html?c=busan-kor,groups/country-KOR") as page:
        heads = page.locator(".compared thead").first.locator("th")
        expect(heads).to_have_count(3)
        assert "Cities agree" not in heads.all_inner_texts()
        expect(page.locator(".compared tbody tr").first.locator("th, td")).to_have_count(3)
    with opened(browser, example_site, "compare/index.html?c=busan-kor,seoul-kor") as page:
        expect(page.locator(".compared thead").first.locator("th").nth(1)).to_have_text("Cities agree")


def test_an_address_restores_its_comparison_and_differences_alone(browser: Browser, example_site: Path) -> None:
    page = opened(browser, example_site, "compare/index.html?c=busan-kor,unknown,seoul-kor&only=differences")
    expect(page.get_by_role("status")).to_have_text(
        "Compared: Busan, Seoul. Not shown: unknown. At most six of those on the list are compared."
    )
    assert page.locator("td.same b").count() == 0
    assert page.locator("td.different b").count() > 3
    page.get_by_label("Differences only").uncheck()
    expect(page.locator("td.same b").first).to_be_visible()
    assert page.url.endswith("?c=busan-kor,seoul-kor")
    page.context.close()


def test_a_city_is_set_beside_its_groups_and_those_like_it_at_one_press(browser: Browser, example_site: Path) -> None:
    page = opened(browser, example_site, "compare/index.html?c=busan-kor")
    page.get_by_role("button", name="Busan and its groups").click()
    expect(page.get_by_role("status")).to_have_text("Compared: Busan, Asia, Korea, 1 million and more")
    link = page.locator("td a[data-fact]").first
    target = str(link.get_attribute("href"))
    page.goto(page.url.split("compare/")[0] + re.sub(r"^(\.\./)+", "", target))
    assert page.locator(f'[id="{page.url.split("#")[1]}"]').count() == 1
    page.go_back()
    page.get_by_role("button", name="Busan and the most like it").click()
    expect(page.locator(".chosen li")).to_have_count(6)  # itself and the five most like it
    page.context.close()


def test_the_profile_leads_to_a_comparison_that_is_one(browser: Browser, example_site: Path) -> None:
    page = opened(browser, example_site, "cities/busan-kor/index.html")
    first = (page.locator(".peers dt").first.text_content() or "").strip()
    page.locator(".actions").get_by_role("link", name="Compare").click()
    expect(page.get_by_role("status")).to_contain_text("Compared: Busan, ")
    assert page.locator(".chosen li").count() == 2
    assert first.startswith(page.locator(".chosen li").nth(1).inner_text().split(" ×")[0])
    page.context.close()


def test_no_more_than_six_are_compared(browser: Browser, example_site: Path) -> None:
    ids = ["akron-us", "athens-grc", "akron-us", "atlanta-us", "austin-us", "bilbao-esp", "busan-kor", " seoul-kor"]
    page = opened(browser, example_site, f"compare/index.html?c={','.join(ids)}")
    expect(page.locator(".chosen li")).to_have_count(6)
    assert page.locator("#pick").is_disabled()
    # What the address names and the page does not show is said, until the reader chooses otherwise.
    expect(page.get_by_role("status")).to_contain_text("Busan. Not shown: Seoul. At most six")
    page.get_by_role("button", name="Remove Busan").click()
    expect(page.get_by_role("status")).to_have_text("Compared: Akron, Athens, Atlanta, Austin, Bilbao")
    page.context.close()


def test_without_script_the_page_leads_to_comparisons_that_are_there(browser: Browser, example_site: Path) -> None:
    page = opened(browser, example_site, "compare/index.html", java_script_enabled=False)
    assert not page.locator("main form").is_visible()
    page.get_by_role("link", name="Busan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Busan compared")
    assert page.locator("table.compared").count() > 5
    page.context.close()


@pytest.mark.parametrize(("width", "names"), [(360, 6), (768, 4), (768, 6), (1280, 6)])
def test_names_of_columns_stay_whole_inside_their_columns(
    browser: Browser, example_site: Path, width: int, names: int
) -> None:
    long = ["fort-lauderdale-us", "philadelphia-us", "winston-salem-nc-us", "san-pedro-garza-garcia-mex"]
    chosen = [*long, "west-hollywood-ca-us", "virginia-beach-us"][:names]
    address = f"compare/index.html?c={','.join(chosen)}"
    with opened(browser, example_site, address, viewport={"width": width, "height": 900}) as page:
        heads = page.locator(".compared").first.locator("thead th a")
        expect(heads).to_have_count(names)
        # A word that does not fit takes two lines, or reaches beyond its cell.
        broken = heads.evaluate_all("""links => links.flatMap(link => {
            const text = link.firstChild, cell = link.closest("th").getBoundingClientRect();
            return [...text.data.matchAll(/[^\\s-]+/g)].filter(word => {
                const range = document.createRange();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                const boxes = [...range.getClientRects()];
                return boxes.length > 1 || boxes.some(box => box.left < cell.left || box.right > cell.right);
            }).map(word => word[0]);
        })""")
        assert broken == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_no_line_begins_with_the_point_between_two_korean_words(browser: Browser, example_site: Path) -> None:
    address = "ko/compare/index.html?c=cincinnati-us,curitiba-bra"
    with opened(browser, example_site, address, viewport={"width": 360, "height": 800}) as page:
        labels = page.locator(".compared tbody th", has_text="·")
        expect(labels.first).to_be_visible()
        points_at_the_start = labels.evaluate_all("""cells => cells.flatMap(cell => {
            const text = cell.firstChild, top = at => {
                const range = document.createRange();
                range.setStart(text, at);
                range.setEnd(text, at + 1);
                return range.getBoundingClientRect().top;
            };
            const signs = [...text.data], seen = signs.map((sign, at) => sign === "\u2060" ? -1 : at).filter(at => at >= 0);
            return seen.filter((at, place) => signs[at] === "·" && top(at) > top(seen[place - 1]) + 8).map(() => text.data);
        })""")
        assert points_at_the_start == []


@pytest.mark.parametrize("language", ["", "ko/"])
def test_on_a_phone_what_changed_is_read_without_scrolling_sideways(
    browser: Browser, example_site: Path, language: str
) -> None:
    address = f"{language}cities/seattle-us/index.html"
    with opened(browser, example_site, address, viewport={"width": 360, "height": 800}) as page:
        table = page.locator("div.changes .scroll")
        assert table.evaluate("box => box.scrollWidth <= box.clientWidth")
        assert table.get_by_role("columnheader").count() == 4
        assert table.get_by_role("row").nth(1).get_by_role("cell").count() == 3


@pytest.mark.parametrize("language", ["", "ko/"])
def test_on_a_phone_the_answers_by_edition_are_read_without_scrolling_sideways(
    browser: Browser, example_site: Path, language: str
) -> None:
    address = f"{language}variables/roles/index.html"
    with opened(browser, example_site, address, viewport={"width": 360, "height": 800}) as page:
        assert page.locator("#shares .scroll").evaluate("box => box.scrollWidth <= box.clientWidth")


def test_a_number_of_units_stands_beside_its_noun(browser: Browser, example_site: Path) -> None:
    with opened(browser, example_site, "groups/index.html") as page:
        gaps = page.locator(".link-columns small").evaluate_all("""all => all.map(said => {
            const ends = node => {
                const range = document.createRange();
                range.selectNodeContents(node);
                return range.getBoundingClientRect();
            };
            const noun = document.createRange();
            const words = said.lastChild;
            noun.setStart(words, words.data.search(/\\S/));
            noun.setEnd(words, words.length);
            return noun.getBoundingClientRect().left - ends(said.querySelector("a").firstChild).right;
        })""")
        assert gaps
        assert max(gaps) < 8
