"""What axe-core finds wrong with a page as it looks now."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

__all__ = ["by_look_alone", "everything_unfolded", "violations"]

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rules whose answer depends on colours or on the width; all others read the same page in every look.
_BY_LOOK = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
# Every element that passes would be described as well, which takes most of the time; axe would ask for style sheets by
# script, which no page may.
_BRIEFLY = {"resultTypes": ["violations"], "preload": False}


def violations(page: Page) -> list[str]:
    """What any rule finds, in words."""
    return _found(page, {"type": "tag", "values": _RULES})


def by_look_alone(page: Page) -> list[str]:
    """What the rules find that depend on colours and width: for a page that all rules have seen in another look."""
    return _found(page, {"type": "rule", "values": _BY_LOOK})


def everything_unfolded(page: Page) -> None:
    """What is folded away is for readers as well."""
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")


def _found(page: Page, rules: dict[str, object]) -> list[str]:
    found = Axe().run(page, options={"runOnly": rules, **_BRIEFLY}).response["violations"]
    return [f"{one['id']}: {one['help']} {[node['html'] for node in one['nodes']][:3]}" for one in found]
