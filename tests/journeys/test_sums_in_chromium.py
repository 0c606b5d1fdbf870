"""Who is behind a number, in Chromium: by keyboard alone, by click, from the disk, and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ..programmes import ProgrammeFolder

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]

PROFILE = "cities/busan-kor/index.html"
ANCHOR = "measurement_focus"
QUIETLY = {"preload": False}  # axe would ask for the style sheet by script, which no page may
FACT = f"2018-2020.success_factors.{ANCHOR}.all.share"


@contextmanager
def opened(browser: Browser, address: str, *, script: bool = True) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(address)
    yield page
    context.close()
    assert trouble == []


@pytest.fixture(params=["from the disk", "from a server"])
def start(request: pytest.FixtureRequest, example_site: Path) -> str:
    if request.param == "from the disk":
        return (example_site / PROFILE).as_uri()
    return str(request.getfixturevalue("address")) + PROFILE


def test_by_keyboard_a_number_opens_its_sum_and_escape_leads_back(browser: Browser, start: str) -> None:
    with opened(browser, start) as page:
        before = page.locator(f'#success-factors a[data-fact="{FACT}"]').first
        # From the link before it, one press of Tab leads to the number.
        page.locator("#success-factors td > a").nth(1).focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.fact") == FACT
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="Who is behind this number?")).to_be_visible()
        sum_shown = page.frame_locator("dialog iframe")
        expect(sum_shown.locator(f"#{ANCHOR}")).to_contain_text("57 of 86 cities")
        names = sum_shown.locator(f"div:has(> #{ANCHOR})")
        expect(names.get_by_text("Gave this answer (57)")).to_be_visible()
        expect(sum_shown.get_by_role("heading", name="Dedicated innovation team")).to_be_hidden()
        # Its own rule stands before the sum; those of other numbers would only be in the way.
        expect(sum_shown.locator(".rules")).to_be_hidden()
        expect(sum_shown.locator(".cited")).to_contain_text(f"{FACT}" if start.startswith("file:") else f"{FACT}, http")
        expect(sum_shown.get_by_text("Found an error?").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()
        expect(before).to_be_focused()


def test_escape_closes_the_panel_from_inside_the_sum_too(browser: Browser, start: str) -> None:
    with opened(browser, start) as page:
        page.locator(f'#success-factors a[data-fact="{FACT}"]').first.click()
        page.frame_locator("dialog iframe").locator(f"#{ANCHOR} a").first.focus()
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()


def test_back_closes_the_panel_and_stays_on_the_page(browser: Browser, start: str) -> None:
    with opened(browser, start) as page:
        number = page.locator(f'#success-factors a[data-fact="{FACT}"]').first
        number.click()
        expect(page.frame_locator("dialog iframe").locator(f"#{ANCHOR}")).to_be_visible()
        page.evaluate("history.back()")
        expect(page.locator("dialog")).to_be_hidden()
        assert page.url == start
        # Closed by key it leaves no step behind: Back leads to where the reader came from.
        number.click()
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()
        page.wait_for_function("history.state === null")
        page.go_back()
        assert page.url == "about:blank"


def test_a_share_beside_the_number_opens_the_same_sum(browser: Browser, start: str) -> None:
    with opened(browser, start) as page:
        page.locator(f'#success-factors tr:has(a[data-fact="{FACT}"]) td[data-fact]').first.click()
        expect(page.frame_locator("dialog iframe").locator(f"#{ANCHOR}")).to_be_visible()
        expect(page.locator("dialog a")).to_have_attribute(
            "href", re.compile(rf"success_factors/index[.]html#{ANCHOR}$")
        )


def test_axe_finds_nothing_with_the_panel_open_and_in_it(browser: Browser, start: str) -> None:
    with opened(browser, start) as page:
        page.locator(f'#success-factors a[data-fact="{FACT}"]').first.click()
        expect(page.frame_locator("dialog iframe").locator(f"#{ANCHOR}")).to_be_visible()
        assert [v["id"] for v in Axe().run(page, options=QUIETLY).response["violations"]] == []


@pytest.mark.parametrize(
    "path", ["facts/index.html", "facts/2018-2020/has_strategy/index.html", "facts/2018/_survey/index.html"]
)
def test_axe_finds_nothing_on_pages_of_facts(browser: Browser, example_site: Path, path: str) -> None:
    with opened(browser, (example_site / path).as_uri()) as page:
        found = Axe().run(page, options=QUIETLY).response["violations"]
        assert [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found] == []


def test_without_script_a_number_leads_to_its_sum(browser: Browser, start: str) -> None:
    with opened(browser, start, script=False) as page:
        # In a sentence straight; in a chart by way of its foot, from where one link leads to all sums of the chart.
        page.locator("#_in-short a[href*='/facts/']").first.click()
        assert "/facts/2018-2020/" in page.url
        page.go_back()
        page.locator(f'#success-factors a[data-fact="{FACT}"]').first.click()
        foot = page.locator(":target")
        foot.get_by_role("link", name="Who is behind these numbers?").click()
        expect(page.locator(f"#{ANCHOR}")).to_contain_text("57 of 86 cities")


def test_a_report_from_the_panel_names_the_number(browser: Browser, small: ProgrammeFolder, tmp_path: Path) -> None:
    small.build(tmp_path / "site")
    with opened(browser, next((tmp_path / "site" / "cities").glob("*/index.html")).as_uri()) as page:
        number = page.locator("main a[data-fact]").first
        fact = number.get_attribute("data-fact")
        number.click()
        report = page.frame_locator("dialog iframe").locator(".report a")
        expect(report).to_have_attribute(
            "href", re.compile(rf"^mailto:editor@example[.]org.*{re.escape(quote(fact or '?'))}$")
        )
