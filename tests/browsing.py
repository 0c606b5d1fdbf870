"""Browsers of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Playwright

__all__ = ["launched"]


@contextmanager
def launched(playwright: Playwright, program: str) -> Iterator[Browser]:
    """One of Debian's Chromium programs, which asks no other host for anything."""
    browser = playwright.chromium.launch(
        executable_path=program, args=["--no-sandbox", "--disable-background-networking"]
    )
    yield browser
    browser.close()
