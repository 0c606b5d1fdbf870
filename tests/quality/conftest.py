"""The built example, and its pages by kind and language: a new kind of page or language is looked at without being named here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, Page

from cityfolio.build.manifest import load_manifest
from cityfolio.reading.text import Source
from cityfolio.site.page_kinds import PAGE_KINDS
from tests.programmes import EXAMPLE

_KIND = re.compile(r'<body class="([\w-]+)')
_LANGUAGE = re.compile(r'<html lang="([\w-]+)"')
_MANIFEST = load_manifest(Source(EXAMPLE / "programme.yml", "programme.yml"))[0]
assert _MANIFEST is not None
LANGUAGES = tuple(_MANIFEST.languages)
# Pictures are no pages; what changed and what moved need an earlier release, which the sample site of tests/site has.
ELSEWHERE = ("changes", "moved", "chart-picture")
KINDS = tuple(kind.name for kind in PAGE_KINDS if kind.name not in ELSEWHERE)
# Of the facts of a question with many groups one page is as long as ten others, and holds the same.
LONGEST = 120_000
Open: TypeAlias = "Callable[..., AbstractContextManager[Page]]"


@pytest.fixture(scope="session")
def pages(example_site: Path) -> Mapping[tuple[str, str], str]:
    """Of each kind and language the longest page, as its path below the site: the most can go wrong there."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for file in sorted(example_site.rglob("*.html")):
        html = file.read_text("utf-8")
        kind, language = _KIND.search(html), _LANGUAGE.search(html)
        if kind and language and len(html) < LONGEST:
            key = (kind[1], language[1])
            found[key] = max(found.get(key, (0, "")), (len(html), file.relative_to(example_site).as_posix()))
    return {key: path for key, (_, path) in found.items()}


@pytest.fixture
def opened(browser: Browser, address: str, pages: Mapping[tuple[str, str], str]) -> Open:
    """Opens the page of a kind and language; further options are those of a browser context."""

    @contextmanager
    def open_page(kind: str, language: str = LANGUAGES[0], width: int = 1280, **options: Any) -> Iterator[Page]:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        page = context.new_page()
        page.goto(address + pages[kind, language])
        yield page
        context.close()

    return open_page
