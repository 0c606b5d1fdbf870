"""The audit of a built site: what a careful reader or a screen reader would stumble over."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cityfolio.site.reading_pages import Page, read_page

__all__ = ["Problem", "audit", "audit_page", "dead_ends", "form_faults"]

_LEFT_OVER = re.compile(r"\bNone\b(?! of\b)|\bN/A\b|\bnan\b|\bundefined\b|[{}]")


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of one page: the page's path below the site, a code, and what was found."""

    page: str
    code: str
    found: str

    def __str__(self) -> str:
        """The problem in a line.

        >>> str(Problem("index.html", "no-title", "the page has no title"))
        'index.html: the page has no title (no-title)'
        """
        return f"{self.page}: {self.found} ({self.code})"


def audit(
    folder: Path,
    *,
    facts: Collection[str] | None = None,
    allowed: Collection[str] = frozenset(),
    root: str = "/",
) -> list[Problem]:
    """Every problem of the site in `folder`, in order; none if it is sound.

    `facts` are the ids that numbers may carry (any, if not given); `allowed` are texts out of the data that may
    look like left-overs, for instance an answer that really contains a brace. `root` is the path at which the site
    begins on its host, for the one page whose links begin there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name:
    ...     html = '<html lang="en"><title>A</title><h1>A</h1><a href="b.html">B</a></html>'
    ...     _ = Path(name, "index.html").write_text(html)
    ...     print(*audit(Path(name)))
    index.html: "b.html" leads to no file of the site (broken-link)
    """
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {name: read_page((folder / name).read_text("utf-8")) for name in sorted(files) if name.endswith(".html")}
    known = None if facts is None else frozenset(facts)
    ids = {name: frozenset(page.ids) for name, page in pages.items()}
    problems = [Problem(".", "no-page", "the folder holds no page")] if not pages else []
    for name, page in pages.items():
        problems.extend(audit_page(name, page, known, allowed))
        problems.extend(dead_ends(name, dict.fromkeys((*page.links, *page.requests)), files, ids, root))
    return sorted(problems)


def audit_page(
    name: str, page: Page, facts: Collection[str] | None = None, allowed: Collection[str] = frozenset()
) -> Iterator[Problem]:
    """The problems of one page in itself: language, title, headings, ids, names of pictures, left-overs, facts.

    >>> [problem.code for problem in audit_page("a.html", read_page("<h2>{name}</h2>"))]
    ['no-language', 'no-title', 'headings', 'headings', 'left-over']
    """
    for code, found in _faults(page, facts, allowed):
        yield Problem(name, code, found)


def _faults(page: Page, facts: Collection[str] | None, allowed: Collection[str]) -> Iterator[tuple[str, str]]:
    yield from form_faults(page)
    for text in page.texts:
        if _left_over(text, allowed):
            yield "left-over", f'something was not filled in: "{text.strip()}"'
    if facts is not None:
        for fact in sorted({fact for fact in page.facts if fact not in facts}):
            yield "unknown-fact", f'a number carries the fact "{fact}", which is not released'


def form_faults(page: Page) -> Iterator[tuple[str, str]]:
    """What is wrong with a page whatever it says: language, title, headings, ids, names of pictures, code in it.

    >>> [code for code, _ in form_faults(read_page('<html lang="en"><title>A</title><h1>A</h1>'))]
    []
    """
    if not page.language:
        yield "no-language", "the page does not say its language"
    if not page.title.strip():
        yield "no-title", "the page has no title"
    yield from _heading_faults(page)
    for doubled in sorted(name for name, times in Counter(page.ids).items() if times > 1):
        yield "doubled-id", f'the id "{doubled}" stands there twice'
    for picture in page.unnamed_pictures:
        yield "unnamed-picture", f"a picture has no name and is not hidden: {picture}"
    for place in page.scripted:
        yield "inline-code", f"inline script, style or event handler: {place}"
    for request in page.requests:
        if _leaves_site(request) and urlsplit(request).scheme != "data":
            yield "foreign-request", f'the page asks another host for "{request}"'


def _heading_faults(page: Page) -> Iterator[tuple[str, str]]:
    top = sum(level == 1 for level, _ in page.headings)
    if top != 1:
        yield "headings", f"the page has {top} headings of the first level"
    before = 0
    for level, text in page.headings:
        if level > before + 1:
            yield "headings", f'the heading "{text.strip()}" skips a level'
        if not text.strip():
            yield "headings", "a heading is empty"
        before = level


def _left_over(text: str, allowed: Collection[str]) -> bool:
    if not _LEFT_OVER.search(text):
        return False
    # Longest first: an allowed text may be part of another.
    for known in sorted((word for word in allowed if word), key=len, reverse=True):
        text = text.replace(known, " ")
    return bool(_LEFT_OVER.search(text))


def dead_ends(
    name: str, links: Iterable[str], files: Collection[str], ids: Mapping[str, Collection[str]], root: str = "/"
) -> Iterator[Problem]:
    """The links of a page that lead to no file, to no place on its page, or that are no addresses at all."""
    for link in links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            if parts.scheme not in ("http", "https", "mailto", "data", ""):
                yield Problem(name, "unsafe-link", f'"{link}" is no address to link to')
            continue
        target = _target(name, parts.path, root)
        if target not in files:
            yield Problem(name, "broken-link", f'"{link}" leads to no file of the site')
        elif parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
            yield Problem(name, "broken-anchor", f'"{link}" leads to no place on its page')


def _leaves_site(link: str) -> bool:
    parts = urlsplit(link)
    return bool(parts.scheme or parts.netloc)


def _target(name: str, path: str, root: str) -> str:
    if not path:
        return name
    if path.startswith(root):
        name, path = "", path.removeprefix(root) or "./"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path)))
    return posixpath.join(target, "index.html") if path.endswith("/") else target
