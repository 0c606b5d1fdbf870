"""What a reader downloads: size of the pages, script, other hosts, and what is there without script."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.site.measuring import EXAMPLE, Line, Setting

from cityfolio.build.running import build_site

# What a browser fetches by itself; a link that a reader may follow is none of it.
_FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object|link|input)\b[^>]*?\s(?:src|srcset|href|data|poster)\s*=\s*[\"']?"
    r"((?:https?:)?//[^\"'\s>]+)",
    re.IGNORECASE,
)
_FETCHED_BY_STYLE = re.compile(r"(?:url\(|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)


def page_lines(setting: Setting) -> list[Line]:
    """Sizes and requests, read from a build of the example."""
    site = setting.work / "read"
    build_site(EXAMPLE, site)
    profiles = list((site / "cities").glob("*/index.html"))
    largest = max(profiles, key=lambda path: path.stat().st_size)
    size, packed = largest.stat().st_size, len(gzip.compress(largest.read_bytes(), mtime=0))
    script = _script_bytes(site)
    foreign = sorted(set(_foreign(site)))
    return [
        Line(
            f"HTML of the largest profile page ({largest.parent.name})",
            "under 60 kB",
            f"{size / 1000:.1f} kB ({packed / 1000:.1f} kB with gzip)",
            size < 60_000,
        ),
        Line("script of the whole site", "under 15 kB", f"{script / 1000:.1f} kB", script < 15_000),
        Line("requests to other hosts", "0", f"{len(foreign)} {' '.join(foreign)}".strip(), not foreign),
        *_script_free_lines(site, profiles),
    ]


def _script_bytes(site: Path) -> int:
    """All script files, and the longest inline script of each page's own."""
    inline = {
        body.strip()
        for page in site.rglob("*.html")
        for attributes, body in _SCRIPT.findall(page.read_text("utf-8"))
        if "application/ld+json" not in attributes
    }
    return sum(path.stat().st_size for path in site.rglob("*.js")) + sum(len(body.encode()) for body in inline)


def _foreign(site: Path) -> Iterator[str]:
    for path in site.rglob("*"):
        if path.suffix in (".html", ".css", ".svg"):
            content = path.read_text("utf-8")
            if path.suffix == ".html":
                yield from _FETCHED.findall(content)
            yield from _FETCHED_BY_STYLE.findall(content)


def _script_free_lines(site: Path, profiles: list[Path]) -> list[Line]:
    """Home page and a profile in Chromium, with script and without: what the first screen says must be the same."""
    what, goal = "first view without script, at 360 and 1,280 pixels", "complete"
    busan = site / "cities" / "busan-kor" / "index.html"
    pages = [site / "index.html", busan if busan in profiles else profiles[0]]
    try:
        differing = _differing_views(pages)
    except ImportError:
        return [Line(what, goal, "not measured: playwright is not installed")]
    except OSError as error:
        return [Line(what, goal, f"not measured: {error}")]
    if differing:
        return [Line(what, goal, "differs: " + "; ".join(differing), met=False)]
    return [Line(what, goal, "complete: the same text as with script, bar the search box", met=True)]


def _differing_views(pages: list[Path]) -> list[str]:
    from playwright.sync_api import Error, sync_playwright

    found = []
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        except Error as error:
            raise OSError("Chromium is not installed") from error
        for page in pages:
            for width in (360, 1280):
                views = []
                for script in (True, False):
                    context = browser.new_context(java_script_enabled=script, viewport={"width": width, "height": 800})
                    view = context.new_page()
                    view.goto(page.as_uri())
                    view.locator("form.search").evaluate_all("found => found.forEach(one => one.remove())")
                    views.append(view.locator("body").inner_text())
                    context.close()
                if views[0] != views[1]:
                    found.append(f"{page.parent.name} at {width} pixels")
        browser.close()
    return found
