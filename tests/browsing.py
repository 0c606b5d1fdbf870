"""Browsers of the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from playwright.sync_api import Browser, Page, Playwright

__all__ = ["launched", "wait_until"]


@contextmanager
def launched(playwright: Playwright, program: str) -> Iterator[Browser]:
    """One of Debian's Chromium programs, which asks no other host for anything and has the typefaces of a fresh machine."""
    browser = playwright.chromium.launch(
        executable_path=program,
        args=["--no-sandbox", "--disable-background-networking"],
        env={**os.environ, "FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf"))},
    )
    yield browser
    browser.close()


def wait_until(page: Page, condition: str, seconds: float = 10) -> None:
    """Come back when the condition, an expression or function of JavaScript, is true on the page.

    `Page.wait_for_function` is refused by our pages where the condition does not hold at once: what it
    repeats runs as a script of the page, whose content security policy evaluates no text.

    Raises:
        AssertionError: the condition did not come true in time.
    """
    end = monotonic() + seconds
    while not page.evaluate(condition):
        assert monotonic() < end, f"not true after {seconds} s: {condition}"
        page.wait_for_timeout(20)
