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
# Style, icon, script and pictures of our own.
_OWN = re.compile(
    r'<link rel="(?:stylesheet|icon|preload)"[^>]*? href="([^":]+)"|<(?:script|img)\b[^>]*? src="([^":]+)"'
)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)


def page_lines(setting: Setting) -> list[Line]:
    """Sizes and requests, read from a build of the example."""
    site = setting.work / "read"
    build_site(EXAMPLE, site)
    profiles = sorted(site.glob("**/cities/*/index.html"))
    largest = max(profiles, key=lambda path: path.stat().st_size)
    size, in_all = largest.stat().st_size, _packed(largest) + sum(map(_packed, _files_of(largest)))
    shipped = sorted((site / "static").glob("*.js"))
    script = sum(map(_packed, shipped))
    busiest, most = max(
        ((page, sum(_packed(file) for file in _files_of(page) if file in shipped)) for page in site.rglob("*.html")),
        key=lambda found: found[1],
    )
    inline = sorted(path.name for path in site.rglob("*.html") if _runs_inline(path.read_text("utf-8")))
    foreign = sorted(set(_foreign(site)))
    return [
        Line(
            f"HTML of the largest profile page ({largest.parent.relative_to(site).as_posix()})",
            "under 60 kB",
            f"{size / 1000:.1f} kB",
            size < 60_000,
        ),
        Line("the same with style, script and pictures, compressed", "under 30 kB", _kilo(in_all), in_all < 30_000),
        Line(
            f"script of one page ({busiest.parent.relative_to(site).as_posix()}/), compressed",
            "under 30 kB",
            _kilo(most),
            most < 30_000,
        ),
        Line("script of the whole site, compressed", "under 60 kB", _kilo(script), script < 60_000),
        Line("pages with script in their HTML", "0", f"{len(inline)}", not inline),
        Line("requests to other hosts", "0", f"{len(foreign)} {' '.join(foreign)}".strip(), not foreign),
        *_script_free_lines(site, [path for path in profiles if path.parents[1] == site / "cities"]),
    ]


def _kilo(size: int) -> str:
    return f"{size / 1000:.1f} kB"


def _packed(path: Path) -> int:
    """The bytes of a file as a plain web host sends it."""
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))


def _files_of(page: Path) -> list[Path]:
    """The files of the site that a browser fetches with a page; data that is fetched on a click is not among them."""
    found = {target.partition("?")[0] for pair in _OWN.findall(page.read_text("utf-8")) for target in pair if target}
    files = {(page.parent / target).resolve() for target in found}
    return sorted(file for file in files if file.is_file())


def _runs_inline(html: str) -> bool:
    return any(body.strip() and "application/ld+json" not in attributes for attributes, body in _SCRIPT.findall(html))


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


# Sections below the first screen have no text that is shown until they are laid out.
_ALL_LAID_OUT = """() => [...document.querySelectorAll("section")]
  .every((one) => getComputedStyle(one).contentVisibility !== "auto")"""


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
                    if script:
                        # `wait_for_function` would be refused by the page's content security policy.
                        while not view.evaluate(_ALL_LAID_OUT):
                            view.wait_for_timeout(20)
                    view.locator("form.search").evaluate_all("found => found.forEach(one => one.remove())")
                    views.append(view.locator("body").inner_text())
                    context.close()
                if views[0] != views[1]:
                    found.append(f"{page.parent.name} at {width} pixels")
        browser.close()
    return found
