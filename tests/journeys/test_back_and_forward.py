"""What a reader chooses is a step of the history: Back takes it off, Forward puts it on again, with table, map and focus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from ..browsing import wait_until

pytestmark = pytest.mark.browser

FOCUS = "document.activeElement.id || document.activeElement.name"


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """The page, come to from a page before it, so that one step too many is seen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(f"{address.split('?', maxsplit=1)[0].rsplit('/', 2)[0]}/privacy/index.html")
    page.goto(address)
    yield page
    context.close()
    assert trouble == []


def asked(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_explore_goes_back_and_forward_choice_by_choice(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}explore/index.html?question=has_strategy") as page:
        shown = page.locator(".explored")
        page.get_by_label("Compared by").select_option("continent")
        expect(shown.locator("thead")).to_contain_text("Europe")
        page.get_by_label("Question", exact=True).select_option("outcomes")
        expect(shown.locator("h2")).to_have_text("Aims that innovation helps to reach")
        page.get_by_label("Answer", exact=True).select_option("service_delivery")
        expect(shown.locator("h3")).to_be_visible()
        page.get_by_label("Show").select_option("counts")
        expect(shown).not_to_contain_text("%")
        page.go_back()
        expect(shown).to_contain_text("%")
        assert page.get_by_label("Show").input_value() == ""
        assert page.get_by_label("Answer", exact=True).input_value() == "service_delivery"
        assert page.evaluate(FOCUS) == "explore-show"
        page.go_back()
        expect(shown.locator("h3")).to_have_count(0)
        assert page.get_by_label("Answer", exact=True).input_value() == ""
        page.go_back()
        expect(shown.locator("h2")).to_have_text("Formal innovation strategy")
        assert page.get_by_label("Question", exact=True).input_value() == "has_strategy"
        assert page.get_by_label("Compared by").input_value() == "continent"
        page.go_back()
        expect(shown.locator("thead")).not_to_contain_text("Europe")
        assert asked(page) == {"question": "has_strategy", "edition": "2018-2020"}
        assert page.evaluate(FOCUS) == "explore-by"
        for _ in range(4):
            page.go_forward()
        expect(shown.locator("h3")).to_be_visible()
        expect(shown).not_to_contain_text("%")
        assert page.evaluate(FOCUS) == "explore-show"
        assert asked(page) == {
            "question": "outcomes", "edition": "2018-2020", "by": "continent", "answer": "service_delivery", "show": "counts",
        }  # fmt: skip


def test_before_the_first_choice_lies_the_page_that_led_here(browser: Browser, address: str) -> None:
    for path in ("explore", "map", "compare", "search"):
        with opened(browser, f"{address}{path}/index.html") as page:
            page.wait_for_timeout(400)
            page.go_back()
            expect(page.locator("body")).to_have_class("privacy")


def test_the_map_goes_back_filter_by_filter_and_to_its_view(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}map/index.html") as page:
        listed = page.locator(".listed li[data-unit]:not([hidden])")
        svg = page.locator(".map-view svg")
        whole = svg.get_attribute("viewBox") or ""
        page.get_by_label("Policy area").select_option("transport_mobility")
        expect(listed).not_to_have_count(86)
        some = listed.count()
        page.get_by_label("Where").select_option("NA/United States")
        expect(listed).not_to_have_count(some)
        few = listed.count()
        expect(svg).not_to_have_attribute("viewBox", whole)
        page.wait_for_timeout(300)  # the view stands in the address
        near = svg.get_attribute("viewBox") or ""
        page.get_by_role("button", name="Larger").click()
        page.wait_for_timeout(300)
        closer = svg.get_attribute("viewBox") or ""
        assert closer != near
        page.get_by_role("button", name="Take all filters off").click()
        expect(listed).to_have_count(86)
        page.go_back()  # the step of a zoom is none of the history: it belongs to the choice
        expect(listed).to_have_count(few)
        assert near_to(svg.get_attribute("viewBox") or "", closer)
        page.go_back()
        expect(listed).to_have_count(some)
        assert page.get_by_label("Where").input_value() == ""
        assert svg.get_attribute("viewBox") == whole
        assert page.evaluate(FOCUS) == "filter-at"
        assert page.locator(".dots .yes").count() == some
        page.go_back()
        expect(listed).to_have_count(86)
        page.go_forward()
        expect(listed).to_have_count(some)


def near_to(one: str, other: str) -> bool:
    """Whether two views are the same but for the rounding of the address."""
    return all(abs(float(a) - float(b)) <= 1 for a, b in zip(one.split(), other.split(), strict=True))


def test_a_heading_of_the_list_is_a_step_too(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}map/index.html") as page:
        listed = page.locator(".listed li[data-unit]:not([hidden])")
        page.get_by_role("link", name="Asia", exact=True).click()
        expect(listed).not_to_have_count(86)
        page.go_back()
        expect(listed).to_have_count(86)
        assert page.get_by_label("Where").input_value() == ""


def test_a_comparison_goes_back_city_by_city(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}compare/index.html?c=busan-kor,seoul-kor") as page:
        said = page.get_by_role("status")
        expect(said).to_have_text("Compared: Busan, Seoul")
        page.get_by_label("Add to the comparison").select_option("groups/country-KOR")
        page.get_by_role("button", name="Add", exact=True).click()
        expect(said).to_have_text("Compared: Busan, Seoul, Korea")
        assert page.url.endswith("?c=busan-kor,seoul-kor,groups/country-KOR")
        page.get_by_label("Differences only").check()
        expect(page.locator(".result td.same")).to_have_count(0)
        page.go_back()
        expect(page.locator(".result td.same").first).to_be_visible()
        assert not page.get_by_label("Differences only").is_checked()
        assert page.evaluate(FOCUS) == "only"
        page.get_by_role("button", name="Remove Seoul").click()
        expect(said).to_have_text("Compared: Busan, Korea")
        page.go_back()
        expect(said).to_have_text("Compared: Busan, Seoul, Korea")
        assert page.evaluate(FOCUS) == "pick"
        page.go_back()
        expect(said).to_have_text("Compared: Busan, Seoul")
        page.go_forward()
        expect(said).to_have_text("Compared: Busan, Seoul, Korea")


def test_what_is_typed_in_the_search_is_one_step(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}search/index.html?q=Busan") as page:
        first = page.locator(".found a").first
        expect(first).to_have_text("Busan")
        box = page.locator("#find input")
        box.fill("")
        box.press_sequentially("Seoul", delay=60)
        expect(first).to_have_text("Seoul")
        page.go_back()
        expect(first).to_have_text("Busan")
        assert box.input_value() == "Busan"
        page.go_forward()
        expect(first).to_have_text("Seoul")
        assert page.evaluate("document.activeElement.matches('#find input')")


def test_arrows_through_a_list_of_choices_are_one_step(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}explore/index.html") as page:
        head = page.locator(".explored h2")
        before = head.inner_text()
        page.get_by_label("Question", exact=True).focus()
        for _ in range(4):
            page.keyboard.press("ArrowDown")
        expect(head).not_to_have_text(before)
        page.go_back()
        expect(head).to_have_text(before)


def test_the_sum_behind_a_number_is_a_step_between_choices(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}explore/index.html?question=has_strategy") as page:
        shown = page.locator(".explored")
        page.get_by_label("Compared by").select_option("continent")
        number = shown.locator("td a[data-fact]").first
        number.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(shown.locator("thead")).to_contain_text("Europe")
        number.click()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        # Closing takes the panel's step back a moment later; a Back within that moment would be the same step.
        wait_until(page, "!history.state?.sum")
        page.go_back()
        expect(shown.locator("thead")).not_to_contain_text("Europe")


def test_another_language_keeps_the_choice_and_its_way_back(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}explore/index.html?question=has_strategy") as page:
        page.get_by_label("Compared by").select_option("continent")
        page.locator(".languages a", has_text="한국어").click()
        expect(page.locator("html")).to_have_attribute("lang", "ko")
        assert asked(page) == {"question": "has_strategy", "edition": "2018-2020", "by": "continent"}
        expect(page.locator(".explored thead")).to_contain_text("유럽")
        page.go_back()
        expect(page.locator(".explored thead")).to_contain_text("Europe")
        page.go_back()
        expect(page.locator(".explored thead")).not_to_contain_text("Europe")
        assert page.get_by_label("Compared by").input_value() == ""
