"""What axe cannot see: where the focus goes and whether it shows, room for fingers, narrow screens, wider spacing, stillness."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from .conftest import KINDS, LANGUAGES, Open

pytestmark = pytest.mark.browser

LOOKING = (Path(__file__).parent / "looking.js").read_text("utf-8")
# WCAG 1.4.12
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
SPACED += " p { margin-bottom: 2em !important; }"
# WCAG 1.4.4, on a phone
LARGER = "html { font-size: 200% !important; }"
MOST_STOPS = 70


def looked(page: Page, what: str) -> list[str]:
    """What a check finds wrong, everything unfolded."""
    page.evaluate(LOOKING)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    found: list[str] = page.evaluate(f"looking.{what}()")
    return found


def stops(page: Page) -> list[tuple[int, str, list[str]]]:
    """The stops of the keyboard that are not seen, or out of order."""
    page.evaluate(LOOKING)
    wrong = []
    for stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate("looking.focus()")
        if found is None:
            break
        wrong += [(stop, found["at"], found["wrong"])] if found["wrong"] else []
    return wrong


def wrong_with(page: Page) -> dict[str, object]:
    """What all the checks say of a page: nothing at all, if it is as it should be."""
    said: dict[str, object] = {"stops of the keyboard": stops(page)}
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        said[f"targets without room at {width}"] = looked(page, "smallTargets")
    said["controls without a name"] = looked(page, "unnamed")
    said["landmarks of one name"] = looked(page, "alikeLandmarks")
    said["charts without a twin"] = looked(page, "chartsWithoutTwin")
    page.emulate_media(reduced_motion="reduce")
    said["moving"] = looked(page, "moving")
    page.set_viewport_size({"width": 320, "height": 900})
    said["sticking out at 320"] = looked(page, "sticksOut")
    page.set_viewport_size({"width": 360, "height": 900})
    larger = page.add_style_tag(content=LARGER)
    said["sticking out at 360 with letters twice as large"] = looked(page, "sticksOut")
    larger.evaluate("(one) => one.remove()")
    page.add_style_tag(content=SPACED)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        said[f"cut off by wider spacing at {width}"] = looked(page, "clipped")
        said[f"sticking out by wider spacing at {width}"] = looked(page, "sticksOut")
    return {what: found for what, found in said.items() if found}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_every_kind_passes_every_check(opened: Open, kind: str, language: str) -> None:
    with opened(kind, language, bypass_csp=True) as page:
        assert wrong_with(page) == {}


@pytest.mark.parametrize(("kind", "language"), [("home", "ko"), ("compare", "en"), ("explore", "en"), ("search", "ko")])
def test_the_pages_with_controls_pass_every_check(opened: Open, kind: str, language: str) -> None:
    with opened(kind, language, bypass_csp=True) as page:
        assert wrong_with(page) == {}


NUMBERS_BEYOND_THEIR_CELL = """() => [...document.querySelectorAll('.chart td')].filter((cell) => {
  const numbers = document.createRange();
  numbers.selectNodeContents(cell);
  const [held, room] = [numbers.getBoundingClientRect(), cell.getBoundingClientRect()];
  return held.right > room.right + 0.5 || held.left < room.left - 0.5;
}).map((cell) => cell.textContent)"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_numbers_of_a_chart_stay_in_their_column(
    opened: Open, language: str, media: Literal["screen", "print"]
) -> None:
    for width in (320, 768, 1280):
        with opened("profile", language, width) as page:
            page.emulate_media(media=media)
            page.evaluate("document.querySelectorAll('section').forEach((one) => one.classList.add('near'))")
            assert page.evaluate(NUMBERS_BEYOND_THEIR_CELL) == []
