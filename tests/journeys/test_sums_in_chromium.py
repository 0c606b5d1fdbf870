"""Who is behind a number, in Chromium: by keyboard alone, by click, from the disk, and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from cityfolio.site.fact_links import fact_of_link

from ..accessibility import violations
from ..browsing import wait_until
from ..programmes import ProgrammeFolder

pytestmark = pytest.mark.browser

PROFILE = "cities/busan-kor/index.html"
ANCHOR = "measurement_focus"
LINK = f"facts/2018-2020/success_factors/index.html#{ANCHOR}"
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
        before = page.locator(f'#success-factors a[data-fact][href$="{LINK}"]').first
        # From the link before it, one press of Tab leads to the number.
        page.locator("#success-factors td > a").nth(1).focus()
        page.keyboard.press("Tab")
        assert str(page.evaluate("document.activeElement.href")).endswith(LINK)
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="Who is behind this number?")).to_be_visible()
        expect(page.locator("dialog iframe:not(.coming)")).to_be_visible()
        assert page.frame_locator("dialog iframe").locator(":root").get_attribute("class") == "framed"
        sum_shown = page.frame_locator("dialog iframe")
        expect(sum_shown.locator(f"#{ANCHOR}")).to_contain_text("57 of 86 cities")
        names = sum_shown.locator(f"div:has(> #{ANCHOR})")
        expect(names.get_by_text("Gave this answer (57)")).to_be_visible()
        expect(sum_shown.get_by_role("heading", name="Dedicated innovation team")).to_be_hidden()
        # Its own rule stands before the sum; those of other numbers would only be in the way.
        expect(sum_shown.locator(".rules")).to_be_hidden()
        expect(sum_shown.locator(".cited")).to_contain_text(f"{FACT}" if start.startswith("file:") else f"{FACT}, http")
        expect(sum_shown.get_by_text("Found an error?").first).to_be_visible()
        expect(sum_shown.get_by_text("Sources:").locator("visible=true")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()
        expect(before).to_be_focused()


def test_escape_closes_the_panel_from_inside_the_sum_too(browser: Browser, start: str) -> None:
    with opened(browser, start) as page:
        page.locator(f'#success-factors a[data-fact][href$="{LINK}"]').first.click()
        page.frame_locator("dialog iframe").locator(f"#{ANCHOR} a").first.focus()
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()


def test_back_closes_the_panel_and_stays_on_the_page(browser: Browser, start: str) -> None:
    with opened(browser, start) as page:
        number = page.locator(f'#success-factors a[data-fact][href$="{LINK}"]').first
        number.click()
        expect(page.frame_locator("dialog iframe").locator(f"#{ANCHOR}")).to_be_visible()
        page.evaluate("history.back()")
        expect(page.locator("dialog")).to_be_hidden()
        assert page.url == start
        # Closed by key it leaves no step behind: Back leads to where the reader came from.
        number.click()
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()
        wait_until(page, "history.state === null")
        page.go_back()
        assert page.url == "about:blank"


def test_a_share_beside_the_number_opens_the_same_sum(browser: Browser, start: str) -> None:
    with opened(browser, start) as page:
        page.locator(f'#success-factors tr:has(a[data-fact][href$="{LINK}"]) td[data-fact]').first.click()
        expect(page.frame_locator("dialog iframe").locator(f"#{ANCHOR}")).to_be_visible()
        expect(page.locator("dialog a")).to_have_attribute(
            "href", re.compile(rf"success_factors/index[.]html#{ANCHOR}$")
        )


def test_the_focus_comes_back_to_the_number_of_the_cell_that_was_clicked(browser: Browser, example_site: Path) -> None:
    with opened(browser, (example_site / "groups" / "continent-EU" / "index.html").as_uri()) as page:
        everybody = page.locator("tr", has_text="Save costs").locator("td").nth(1)
        everybody.locator("b[data-fact]").click()
        expect(page.locator("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(everybody.locator("a[data-fact]")).to_be_focused()


def test_axe_finds_nothing_with_the_panel_open_and_in_it(browser: Browser, example_site: Path) -> None:
    with opened(browser, (example_site / PROFILE).as_uri()) as page:
        page.locator(f'#success-factors a[data-fact][href$="{LINK}"]').first.click()
        expect(page.frame_locator("dialog iframe").locator(f"#{ANCHOR}")).to_be_visible()
        assert violations(page) == []


@pytest.mark.parametrize(
    "path", ["facts/index.html", "facts/2018-2020/has_strategy/index.html", "facts/2018/_survey/index.html"]
)
def test_axe_finds_nothing_on_pages_of_facts(browser: Browser, example_site: Path, path: str) -> None:
    with opened(browser, (example_site / path).as_uri()) as page:
        assert violations(page) == []


def test_without_script_a_number_leads_to_its_sum(browser: Browser, start: str) -> None:
    with opened(browser, start, script=False) as page:
        page.locator("#_in-short a[href*='/facts/']").first.click()
        assert "/facts/2018-2020/" in page.url
        page.go_back()
        page.locator(f'#success-factors a[data-fact][href$="{LINK}"]').first.click()
        expect(page.locator(":target")).to_contain_text("57 of 86 cities")


@pytest.mark.parametrize("width", [360, 1280])
def test_without_script_a_share_and_a_rank_lead_to_their_sums_too(browser: Browser, start: str, width: int) -> None:
    with opened(browser, start, script=False) as page:
        page.set_viewport_size({"width": width, "height": 800})
        row = page.locator("#success-factors tr", has=page.locator(f'a[data-fact][href$="{LINK}"]')).first
        share = row.locator("td[data-fact]")
        share.scroll_into_view_if_needed()
        at = share.bounding_box()
        assert at is not None
        page.mouse.click(at["x"] + at["width"] - 8, at["y"] + at["height"] / 2)
        expect(page.locator(":target")).to_contain_text("57 of 86 cities")
        page.go_back()
        rank = page.locator(".ranks tbody tr").first.locator("td a").nth(-2)
        said = rank.inner_text()
        rank.click()
        expect(page.locator(":target")).to_contain_text(said)
        assert page.url.endswith(".rank")


# Numbers that the pages speak of, without a link around them or in their row or cell.
UNLINKED = """() => [...document.querySelectorAll('main [data-fact]')].filter((number) => {
  const place = number.closest('a') || number.querySelector('a') || number.closest('td, th')?.querySelector('a[href*="/facts/"]')
    || number.closest('tr')?.querySelector('a[data-fact]');
  return !(place && /facts\\/[^/]+\\/[^/]+\\/index.html#./.test(place.href));
}).map((number) => number.outerHTML)"""


@pytest.mark.parametrize("language", ["", "ko/"])
def test_without_script_every_number_of_every_kind_of_page_leads_to_its_sum(
    browser: Browser, example_site: Path, address: str, language: str
) -> None:
    paths = [
        "cities/busan-kor/",
        "cities/atlanta-us/",
        "groups/country-KOR/",
        "groups/continent-NA/",
        "compare/busan-kor/",
    ]
    paths += ["outcomes/", "act/", "method/", "data/", "embed/2018-2020/policy_areas/"]
    paths += [f"variables/{variable}/" for variable in ("policy_areas", "outcomes", "population")]
    paths.append("")
    kinds = [f"{language}{path}index.html" for path in paths]
    with opened(browser, address, script=False) as page:
        found: dict[str, list[str]] = {}
        numbers = 0
        for path in kinds:
            page.goto(address + path)
            numbers += page.locator("main [data-fact]").count()
            found[path] = page.evaluate(UNLINKED)
        assert {path: some[:3] for path, some in found.items() if some} == {}
        assert numbers > 1000


@pytest.mark.parametrize("contact", ["mailto:editor@example.org", "https://example.org/new?kind=error&body={about}"])
def test_a_report_from_the_panel_names_the_number(
    browser: Browser, small: ProgrammeFolder, tmp_path: Path, contact: str
) -> None:
    small.swap("programme.yml", "contact: mailto:editor@example.org", f"contact: {contact}")
    small.build(tmp_path / "site")
    with opened(browser, next((tmp_path / "site" / "cities").glob("*/index.html")).as_uri()) as page:
        number = page.locator("main a[data-fact]").first
        fact = fact_of_link(number.get_attribute("href") or "")
        number.click()
        report = page.frame_locator("dialog iframe").locator(".report a")
        expect(report).to_have_attribute(
            "href", re.compile(rf"^{re.escape(contact.removesuffix('{about}'))}.*{re.escape(quote(fact or '?'))}$")
        )


@pytest.mark.parametrize("language", ["", "ko/"])
def test_on_a_phone_the_bar_of_the_panel_stays_in_one_line(browser: Browser, example_site: Path, language: str) -> None:
    """What closes the panel stands beside its title, and is one line itself."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((example_site / language / PROFILE).as_uri())
    page.locator(f'#success-factors a[data-fact][href$="{LINK}"]').first.click()
    page.locator("dialog button").wait_for()
    title, shut = page.locator("dialog h2").bounding_box(), page.locator("dialog button").bounding_box()
    assert title is not None
    assert shut is not None
    assert abs(title["y"] + title["height"] / 2 - shut["y"] - shut["height"] / 2) < 2
    assert shut["height"] < 48
    assert shut["x"] + shut["width"] <= 344
    context.close()
