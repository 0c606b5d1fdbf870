"""The browser that readers have: Chromium without a window chooses typefaces of its own where a script has several."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browsing import launched


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, all of it."""
    with launched(playwright, "/usr/bin/chromium") as opened:
        yield opened
