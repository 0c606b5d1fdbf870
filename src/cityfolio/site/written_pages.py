"""Pages as our own templates write them, read in a hurry: every build looks at all of its pages.

No text out of data holds a `<`, and no attribute a quotation mark or a `>`, since both are escaped; so an expression finds
every tag with attributes, at many times the speed of a parser that is ready for any HTML. `read_page` is that parser: the
tests read the same pages with it.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from cityfolio.site.reading_pages import Page, inline_code, links_of, requests_of, unnamed_picture

__all__ = ["Element", "read_written"]

_EDITORIAL = re.compile(r'<div class="editorial".*?</div>', re.DOTALL)
# A tag with attributes, or one that says something without any.
_TAG = re.compile(r"<([a-z][a-z0-9-]*\s[^<>]*|svg/?|script|style|img/?)>")
_NAME = re.compile(r"[a-z0-9-]+")
_ATTRIBUTE = re.compile(r'([^\s"=/]+)(?:="([^"]*)"|=([^\s"]+))?')
_HEADING = re.compile(r"<h([1-6])[^<>]*>(.*?)</h\1>", re.DOTALL)
_ANY_TAG = re.compile(r"<[^<>]*>")
_TITLE = re.compile(r"<title>([^<]*)</title>")


class Element(NamedTuple):
    """What a tag says that is asked for, whatever stands around it."""

    tag: str
    language: str | None
    id: str | None
    fact: str
    part: str
    links: tuple[str, ...]
    requests: tuple[str, ...]
    is_unnamed_picture: bool
    is_inline_code: bool


_NOTHING = Element("", None, None, "", "", (), (), is_unnamed_picture=False, is_inline_code=False)


def read_written(html: str, known: dict[str, Element] | None = None) -> Page:
    """Reads one page that templates wrote. What an editor wrote is left out, and so are texts that no number holds.

    The same tags stand on many pages: `known` holds those that were read before, and is added to.

    >>> page = read_written('<html lang="en"><h1 id="a">One <i>page</i></h1><a href="#a" data-fact="f"><b>4</b> %</a>')
    >>> page.language, page.headings, page.ids, page.links, page.numbers
    ('en', [(1, 'One page')], ['a'], ['#a'], [('f', '', '4 %')])
    """
    if 'class="editorial"' in html:
        html = _EDITORIAL.sub("", html)
    page = Page()
    page.headings = [(int(level), _text(inner)) for level, inner in _HEADING.findall(html)]
    title = _TITLE.search(html)
    page.title = unescape(title[1]) if title else ""
    known = {} if known is None else known
    for found in _TAG.finditer(html):
        written = found[1]
        if written not in known:
            known[written] = _element(written)
        element = known[written]
        if element is not _NOTHING:
            _take(page, element, html, found)
    return page


def _take(page: Page, element: Element, html: str, found: re.Match[str]) -> None:
    """Take down what an element says that stands at `found`."""
    if element.language is not None:
        page.language = element.language
    if element.id is not None:
        page.ids.append(element.id)
    if element.fact:
        end = html.find(f"</{element.tag}>", found.end())
        page.numbers.append((element.fact, element.part, _text(html[found.end() : end])))
    page.links += element.links
    page.requests += element.requests
    if element.is_unnamed_picture:
        page.unnamed_pictures.append(found[0])
    if element.is_inline_code:
        page.scripted.append(found[0])


def _element(written: str) -> Element:
    """What is in a tag, given without its angle brackets."""
    name = _NAME.match(written)
    tag = name[0] if name else ""
    attributes = written[len(tag) :]
    given = {name: unescape(quoted or bare) for name, quoted, bare in _ATTRIBUTE.findall(attributes)}
    is_link = tag == "a" and "href" in given
    found = Element(
        tag,
        given.get("lang", "").strip() if tag == "html" else None,
        given.get("id"),
        given.get("data-fact", ""),
        given.get("data-part", ""),
        (given["href"],) if is_link else tuple(links_of(tag, given)),
        () if is_link else tuple(requests_of(tag, given)),
        not is_link and unnamed_picture(tag, given),
        inline_code(tag, given),
    )
    return _NOTHING if found[1:] == _NOTHING[1:] else found


def _text(inner: str) -> str:
    text = _ANY_TAG.sub("", inner) if "<" in inner else inner
    return (unescape(text) if "&" in text else text).strip()
