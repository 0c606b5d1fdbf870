"""What a reader downloads stays small."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

_SCRIPT = re.compile(r'<script[^>]* src="([^"?]+)')
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"?]+)')
_KIB = 1000


def squeezed(*files: Path) -> int:
    """How many bytes the files are when a host compresses them."""
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)


def named(page: Path, pattern: re.Pattern[str]) -> list[Path]:
    """The files that a page names at once."""
    return [(page.parent / target).resolve() for target in pattern.findall(page.read_text("utf-8"))]


def profiles(site: Path) -> list[Path]:
    return sorted(site.rglob("cities/*/index.html"))


def test_a_profile_is_under_60_kb_and_under_30_kb_compressed_in_all(example_site: Path) -> None:
    pages = profiles(example_site)
    assert pages
    assert [(p.parent.name, p.stat().st_size) for p in pages if p.stat().st_size >= 60 * _KIB] == []
    in_all = {p.parent.name: squeezed(p, *named(p, _STYLE), *named(p, _SCRIPT)) for p in pages}
    assert {name: size for name, size in in_all.items() if size >= 30 * _KIB} == {}


def test_no_page_has_more_than_30_kb_of_script_and_the_site_less_than_60(example_site: Path) -> None:
    # Data for scripts and the index of the search are no script, though they are written as one.
    static = sorted((example_site / "static").glob("*.js"))
    assert squeezed(*static) < 60 * _KIB
    worst: dict[str, int] = {}
    # The page for wrong addresses names its files from the top of the host.
    for page in sorted(page for page in example_site.rglob("*.html") if page.name != "404.html"):
        scripts = [file for file in named(page, _SCRIPT) if file.parent.name == "static"]
        worst[page.relative_to(example_site).as_posix()] = squeezed(*scripts)
    assert {page: size for page, size in worst.items() if size >= 30 * _KIB} == {}


@pytest.mark.parametrize("name", ["site.css"])
def test_the_style_sheet_that_every_page_loads_is_small(example_site: Path, name: str) -> None:
    assert squeezed(example_site / "static" / name) < 10 * _KIB
