"""axe-core finds nothing on any kind of page: in light, dark and forced colours, on a desk and a phone, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import KINDS, LANGUAGES, Open

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("quality")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "phone": {"width": 360, "has_touch": True},
}


def test_every_kind_of_page_stands_in_the_example(pages: Mapping[tuple[str, str], str]) -> None:
    assert sorted(pages) == sorted((kind, language) for kind in KINDS for language in LANGUAGES)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(opened: Open, kind: str, language: str, look: str) -> None:
    with opened(kind, language, **LOOKS[look]) as page:
        # What is folded away is for readers as well.
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
        assert [(v["id"], v["help"], [node["target"] for node in v["nodes"]][:3]) for v in found] == []
