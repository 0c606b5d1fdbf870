"""Pages as our own templates write them, read in a hurry: every build looks at all of its pages.

No text out of data holds a `<`, and no attribute a quotation mark or a `>`, since both are escaped; so an expression finds
every tag with attributes, at many times the speed of a parser that is ready for any HTML. `read_page` is that parser: the
tests read the same pages with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from html import unescape
from typing import NamedTuple

from cityfolio.site.fact_links import fact_of_link
from cityfolio.site.reading_pages import (
    Page,
    inline_code,
    links_of,
    requests_of,
    unnamed_picture,
    without_allowed_style,
)

__all__ = ["Element", "read_again", "read_written"]

# A page is read in pieces where an element of its own begins; none of them begins within a heading or a number.
_PIECES = re.compile(r"\n(?=<(?:section|div|h3|footer)\b)")
_EDITORIAL = re.compile(r'<div class="editorial".*?</div>', re.DOTALL)
# A tag with attributes, or one that says something without any.
_TAG = re.compile(r"<([a-z][a-z0-9-]*\s[^<>]*|svg/?|script|style|img/?)>")
# Begins with words, so that it is looked for at the speed of words.
_NUMBER = re.compile(r"data-fact(?:[=\s][^<>]*)?>([^<]*)(</)?")
_NAME = re.compile(r"[a-z0-9-]+")
_ATTRIBUTE = re.compile(r'([^\s"=/]+)(?:="([^"]*)"|=([^\s"]+))?')
_HEADING = re.compile(r"<h([1-6])[^<>]*>(.*?)</h\1>", re.DOTALL)
_ANY_TAG = re.compile(r"<[^<>]*>")
_TITLE = re.compile(r"<title>([^<]*)</title>")
# Elements of text, and attributes, that ask for nothing, show no picture and run nothing.
_OF_TEXT = frozenset(
    [
        "a",
        "b",
        "bdi",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "i",
        "li",
        "main",
        "nav",
        "p",
        "section",
        "small",
        "span",
        "table",
        "td",
        "th",
        "tr",
    ]
)
_HARMLESS = frozenset(
    [
        "aria-hidden",
        "aria-label",
        "class",
        "data-fact",
        "data-part",
        "dir",
        "href",
        "hreflang",
        "id",
        "lang",
        "role",
        "scope",
        "tabindex",
    ]
)


# The tags that pages of facts have thousands of, no two alike: a place, a link, or the fact and the part of a number.
_SIMPLE = re.compile(
    r'(p|div|span|li|td|h[1-6]) id="([^"&]*)"|a href="([^"&]*)"|span data-fact="([^"&]+)"(?: data-part="(\w+)")?'
)


class Element(NamedTuple):
    """What a tag says that is asked for, whatever stands around it.

    `fact` is None where it holds no number, that of the link where a link does not name it, and empty where it is the fact of
    the number before it.
    """

    tag: str
    language: str | None
    id: str | None
    fact: str | None
    part: str
    links: tuple[str, ...]
    requests: tuple[str, ...]
    is_unnamed_picture: bool
    is_inline_code: bool


# Neither a picture without a name nor code.
_PLAIN = (False, False)
_NOTHING = Element("", None, None, None, "", (), (), is_unnamed_picture=False, is_inline_code=False)


def read_written(html: str, known: dict[str, Element] | None = None, most: int = 100_000) -> Page:
    """Reads one page that templates wrote. What an editor wrote is left out, and so are texts that no number holds.

    The same tags stand on many pages: `known` holds those that were read before, and is added to until it holds `most`.

    >>> page = read_written('<html lang="en"><h1 id="a">One <i>page</i></h1><a href="#a" data-fact="f"><b>4</b> %</a>')
    >>> page.language, page.headings, page.ids, page.links, page.numbers
    ('en', [(1, 'One page')], ['a'], ['#a'], [('f', '', '4 %')])
    """
    return _read(_ours(html), {} if known is None else known, most)


def read_again(
    html: str, before: Mapping[bytes, Page], known: dict[str, Element], most: int
) -> tuple[Page, dict[bytes, Page]]:
    r"""The same page, and the pieces that it was read in, by their fingerprints; pieces that were there `before` are not read.

    >>> one, pieces = read_again('<html lang="en"><h1>A</h1>\n<section><h2>B</h2></section>', {}, {}, 9)
    >>> two, _ = read_again('<html lang="en"><h1>A</h1>\n<section><h2>C</h2></section>', pieces, {}, 9)
    >>> len(pieces), one.headings, two.headings
    (2, [(1, 'A'), (2, 'B')], [(1, 'A'), (2, 'C')])
    """
    page = Page()
    pieces: dict[bytes, Page] = {}
    for written in _PIECES.split(_ours(html)):
        mark = blake2b(written.encode(), digest_size=16).digest()
        piece = pieces.get(mark) or before.get(mark) or _read(written, known, most)
        pieces[mark] = piece
        page.join(piece)
    return page, pieces


def _ours(html: str) -> str:
    html = without_allowed_style(html)
    return _EDITORIAL.sub("", html) if 'class="editorial"' in html else html


def _read(html: str, known: dict[str, Element], most: int) -> Page:
    page = Page()
    page.headings = [(int(level), _text(inner)) for level, inner in _HEADING.findall(html)]
    title = _TITLE.search(html)
    page.title = unescape(title[1]) if title else ""
    here: dict[str, Element] = {}
    for written, times in Counter(_TAG.findall(html)).items():
        element = known.get(written)
        if element is None:
            element = here[written] = _element(written)
        if element is not _NOTHING:
            _take(page, element, written, times)
    page.numbers = list(_numbers(html, here, known))
    if len(known) < most:
        known.update(here)
    return page


def _numbers(html: str, here: Mapping[str, Element], known: Mapping[str, Element]) -> Iterator[tuple[str, str, str]]:
    fact = ""
    for found in _NUMBER.finditer(html):
        inside = found.start(1)
        tag = html[html.rfind("<", 0, found.start()) + 1 : inside - 1]
        element = here.get(tag) or known.get(tag) or _NOTHING
        if element.fact is None:
            continue
        fact = element.fact or fact
        if found[2]:
            yield fact, element.part, _text(found[1])
        else:
            yield fact, element.part, _text(html[inside : html.find(f"</{element.tag}>", inside)])


def _take(page: Page, element: Element, written: str, times: int) -> None:
    """Take down what an element says that stands on the page so many times."""
    if element.links:
        page.links += element.links
    if element.id is not None:
        page.ids += [element.id] * times
    if element.requests:
        page.requests += element.requests
    if element.language is not None:
        page.language = element.language
    if element.is_unnamed_picture:
        page.unnamed_pictures += [f"<{written}>"] * times
    if element.is_inline_code:
        page.scripted += [f"<{written}>"] * times


def _element(written: str) -> Element:
    """What is in a tag, given without its angle brackets."""
    simple = _SIMPLE.fullmatch(written)
    if simple is not None:
        tag, place, link, fact, part = simple.groups()
        links = () if link is None else (link,)
        return Element(tag or ("span" if fact else "a"), None, place, fact, part or "", links, (), *_PLAIN)
    name = _NAME.match(written)
    tag = name[0] if name else ""
    attributes = written[len(tag) :]
    given = {name: unescape(quoted or bare) for name, quoted, bare in _ATTRIBUTE.findall(attributes)}
    links = (given["href"],) if tag == "a" and "href" in given else ()
    fact, part = given.get("data-fact"), given.get("data-part", "")
    if fact == "" and links:
        fact = fact_of_link(links[0])
    if tag in _OF_TEXT and given.keys() <= _HARMLESS:
        found = Element(
            tag, None, given.get("id"), fact, part, links, (), is_unnamed_picture=False, is_inline_code=False
        )
    else:
        found = Element(
            tag,
            given.get("lang", "").strip() if tag == "html" else None,
            given.get("id"),
            fact,
            part,
            links or tuple(links_of(tag, given)),
            tuple(requests_of(tag, given)),
            unnamed_picture(tag, given),
            inline_code(tag, given),
        )
    return _NOTHING if found[1:] == _NOTHING[1:] else found


def _text(inner: str) -> str:
    text = _ANY_TAG.sub("", inner) if "<" in inner else inner
    return (unescape(text) if "&" in text else text).strip()
