"""axe-core finds nothing on any kind of page: in light, dark and forced colours, on a desk and a phone, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .conftest import KINDS, LANGUAGES, Open

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("quality")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is asked of each page after the other, opened once: a look (media features, width) and its name.
LOOKS: tuple[tuple[str, dict[str, Any], int], ...] = (
    ("light", {"color_scheme": "light"}, 1280),
    ("dark", {"color_scheme": "dark"}, 1280),
    ("forced colours", {"color_scheme": "light", "forced_colors": "active"}, 1280),
    ("more contrast", {"forced_colors": "none", "contrast": "more"}, 1280),
    ("phone", {"contrast": "no-preference"}, 360),
)


def test_every_kind_of_page_stands_in_the_example(pages: Mapping[tuple[str, str], str]) -> None:
    assert sorted(pages) == sorted((kind, language) for kind in KINDS for language in LANGUAGES)


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it looks now, in words."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:3]}" for one in found]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_in_any_look(opened: Open, kind: str, language: str) -> None:
    with opened(kind, language) as page:
        # What is folded away is for readers as well.
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        wrong: list[tuple[str, str]] = []
        for look, media, width in LOOKS:
            page.emulate_media(**media)
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [(look, said) for said in violations(page)]
        assert wrong == []
