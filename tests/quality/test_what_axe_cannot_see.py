"""What axe cannot see: where the focus goes and whether it shows, room for fingers, narrow screens, wider spacing, stillness."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from .conftest import KINDS, LANGUAGES, Open

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("quality")]

LOOKING = (Path(__file__).parent / "looking.js").read_text("utf-8")
# WCAG 1.4.12
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
SPACED += " p { margin-bottom: 2em !important; }"
MOST_STOPS = 70

everywhere = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in KINDS for language in LANGUAGES]
)


def looked(page: Page, what: str) -> list[str]:
    """What a check finds wrong, everything unfolded."""
    page.evaluate(LOOKING)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    found: list[str] = page.evaluate(f"looking.{what}()")
    return found


@everywhere
def test_every_stop_of_the_keyboard_is_seen_and_in_order(opened: Open, kind: str, language: str) -> None:
    with opened(kind, language) as page:
        page.evaluate(LOOKING)
        wrong = []
        for stop in range(MOST_STOPS):
            page.keyboard.press("Tab")
            found = page.evaluate("looking.focus()")
            if found is None:
                break
            wrong += [(stop, found["at"], found["wrong"])] if found["wrong"] else []
        assert wrong == []


@everywhere
@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_aimed_at_is_24_pixels_or_has_room(opened: Open, kind: str, language: str, width: int) -> None:
    with opened(kind, language, width=width) as page:
        assert looked(page, "smallTargets") == []


@everywhere
def test_nothing_sticks_out_at_320_pixels(opened: Open, kind: str, language: str) -> None:
    with opened(kind, language, width=320) as page:
        assert looked(page, "sticksOut") == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@everywhere
@pytest.mark.parametrize("width", [320, 1280])
def test_wider_spacing_cuts_nothing_off(opened: Open, kind: str, language: str, width: int) -> None:
    with opened(kind, language, width=width, bypass_csp=True) as page:
        page.add_style_tag(content=SPACED)
        assert looked(page, "clipped") == []
        assert looked(page, "sticksOut") == []


@everywhere
def test_nothing_moves_for_readers_who_want_stillness(opened: Open, kind: str, language: str) -> None:
    with opened(kind, language, reduced_motion="reduce") as page:
        assert looked(page, "moving") == []


@everywhere
def test_controls_and_landmarks_have_names(opened: Open, kind: str, language: str) -> None:
    with opened(kind, language) as page:
        assert looked(page, "unnamed") == []
        assert looked(page, "alikeLandmarks") == []


@everywhere
def test_every_chart_has_its_twin(opened: Open, kind: str, language: str) -> None:
    with opened(kind, language) as page:
        assert looked(page, "chartsWithoutTwin") == []
