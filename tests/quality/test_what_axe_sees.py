"""axe-core finds nothing on any kind of page: in light, dark and forced colours, on a desk and a phone, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.accessibility import everything_unfolded, violations

from .conftest import KINDS, LANGUAGES, Open

pytestmark = pytest.mark.browser

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


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_in_any_look(opened: Open, kind: str, language: str) -> None:
    with opened(kind, language) as page:
        everything_unfolded(page)
        wrong: list[tuple[str, str]] = []
        for look, media, width in LOOKS:
            page.emulate_media(**media)
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [(look, said) for said in violations(page)]
        assert wrong == []
