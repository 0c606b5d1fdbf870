"""Pages as our own templates write them, read in a hurry: every build looks at all of its pages.

No text out of data holds a `<`, and no attribute a quotation mark or a `>`, since both are escaped; so an expression finds
every tag with attributes, at many times the speed of a parser that is ready for any HTML. `read_page` is that parser: the
tests read the same pages with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
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
# What is split off are two characters: to find both takes half as long as to find one and see what is ahead.
_PIECES = re.compile(r"\n<(?=(?:section|div|h3|footer)\b)")
_EDITORIAL = re.compile(r'<div class="editorial".*?</div>', re.DOTALL)
# The tags that pages of facts have thousands of, no two alike, are found by expressions of their own: a place, a link.
_WORD = '"[^"&<>]*+"'
_OF_NUMBER = rf" data-fact(?:={_WORD})?+(?: data-part={_WORD})?+"
_PLACE = re.compile(r'<p id="([^"&<>]*+)">')
_LINK = re.compile(rf'<a href="([^"&<>]*+)"(?:{_OF_NUMBER})?+>')
# Any other tag with attributes that are more than a number's, or one that says something without any.
_TAG = re.compile(
    rf"<(?!/|span{_OF_NUMBER}>|p id={_WORD}>|a href={_WORD}(?:{_OF_NUMBER})?+>)"
    r"([a-z][a-z0-9-]*+\s[^<>]*+|svg/?|script|style|img/?)>"
)
# Nearly all numbers stand in one of these: where its link leads, the fact, the part, the text.
_USUAL = re.compile(
    r'<(?:span|td|b|a href="([^"<>]*+)") data-fact(?:="([^"<>]*+)")?+(?: data-part="([^"<>]*+)")?+>([^<]*+)</'
)
# What follows the name of the attribute that marks a number: the fact, other attributes, the text, and whether it ends there.
_FACT = " data-fact"
_FACTS_ADDRESS = f"{_FACT}s="  # an attribute of scripts, which marks no number
_NUMBER = re.compile(r'(?:="([^"<>]*)"|=([^\s"<>]+))?((?:\s[^<>]*)?)>([^<]*)(</)?')
_HREF = re.compile(r'\shref="([^"]*)"')
_PART = re.compile(r'\sdata-part="([^"]*)"')
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


class Element(NamedTuple):
    """What a tag says that is asked for, whatever stands around it."""

    language: str | None
    id: str | None
    links: tuple[str, ...]
    requests: tuple[str, ...]
    is_unnamed_picture: bool
    is_inline_code: bool


_NOTHING = Element(None, None, (), (), is_unnamed_picture=False, is_inline_code=False)


def read_written(html: str, known: dict[str, Element] | None = None, most: int = 100_000) -> Page:
    """Reads one page that templates wrote. What an editor wrote is left out, and so are texts that no number holds.

    The same tags stand on many pages: `known` holds those that were read before, and is added to until it holds `most`.

    >>> page = read_written('<html lang="en"><h1 id="a">One <i>page</i></h1><a href="#a" data-fact="f"><b>4</b> %</a>')
    >>> page.language, page.headings, page.ids, page.links, page.numbers
    ('en', [(1, 'One page')], ['a'], ['#a'], [('f', '', '4 %')])
    """
    return _read(_ours(html), {} if known is None else known, most)


def read_again(
    html: str, before: Mapping[int, Page], known: dict[str, Element], most: int
) -> tuple[Page, dict[int, Page]]:
    r"""The same page, and the pieces that it was read in, by their hashes; pieces that were there `before` are not read.

    >>> one, pieces = read_again('<html lang="en"><h1>A</h1>\n<section><h2>B</h2></section>', {}, {}, 9)
    >>> two, _ = read_again('<html lang="en"><h1>A</h1>\n<section><h2>C</h2></section>', pieces, {}, 9)
    >>> len(pieces), one.headings, two.headings
    (2, [(1, 'A'), (2, 'B')], [(1, 'A'), (2, 'C')])
    """
    page = Page()
    pieces: dict[int, Page] = {}
    first, *others = _PIECES.split(_without_editorials(html))
    for written in (without_allowed_style(first), *others):
        # Of 64 bits, by a secret of this process: a page has some hundred pieces, so no two of them meet by chance.
        mark = hash(written)
        # With the bracket that was split off; one more before the first tag of the page does no harm.
        piece = pieces.get(mark) or before.get(mark) or _read(f"<{written}", known, most)
        pieces[mark] = piece
        page.join(piece)
    return page, pieces


def _ours(html: str) -> str:
    return _without_editorials(without_allowed_style(html))


def _without_editorials(html: str) -> str:
    return _EDITORIAL.sub("", html) if 'class="editorial"' in html else html


def _read(html: str, known: dict[str, Element], most: int) -> Page:
    page = Page(ids=_PLACE.findall(html), links=_LINK.findall(html))
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
    usual = _USUAL.findall(html)
    is_usual = len(usual) == html.count(_FACT) - html.count(_FACTS_ADDRESS)
    page.numbers = list(_usual_numbers(usual) if is_usual else _numbers(html))
    if len(known) < most:
        known.update(here)
    return page


def _usual_numbers(found: Iterable[tuple[str, str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """The numbers of a page that has usual ones only, as `_numbers` gives those of any page."""
    fact = ""
    for link, named, part, text in found:
        if named:
            fact = unescape(named) if "&" in named else named
        elif link:
            fact = _fact_at(link) or fact
        yield fact, part, _text(text)


def _numbers(html: str) -> Iterator[tuple[str, str, str]]:
    """The numbers in their order: fact, part, text. One that names no fact is of that of its link, or of the number before it."""
    fact = ""
    before, *parts = html.split(_FACT)
    place = len(before)
    for after in parts:
        found = _NUMBER.match(after)
        tag = "span" if before.endswith("<span") else _begun(before)
        if found is not None and tag:
            named, bare, further, text, ends = found.groups()
            fact = unescape(named or bare or "") or _fact_of(tag) or fact
            if not ends:
                inside = place + len(_FACT) + found.start(4)
                text = html[inside : html.find(f"</{tag.partition(' ')[0]}>", inside)]
            yield fact, _part(further) or (_part(tag) if " data-part" in tag else ""), _text(text)
        before = after
        place += len(_FACT) + len(after)


def _begun(before: str) -> str:
    """The tag that is still open at the end, without its bracket; empty in a text or within an attribute."""
    start = before.rfind("<")
    tag = before[start + 1 :] if start > before.rfind(">") else ""
    return "" if tag.count('"') % 2 else tag


def _fact_of(tag: str) -> str:
    """The fact that a link leads to; empty where the tag is none, or leads to none."""
    link = _HREF.search(tag) if tag.startswith("a ") else None
    return _fact_at(link[1]) if link else ""


# The same facts stand on many pages.
@lru_cache(maxsize=20_000)
def _fact_at(link: str) -> str:
    return fact_of_link(unescape(link))


# Numbers have a handful of parts.
@lru_cache(maxsize=1_000)
def _part(attributes: str) -> str:
    part = _PART.search(attributes)
    return part[1] if part else ""


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
    name = _NAME.match(written)
    tag = name[0] if name else ""
    attributes = written[len(tag) :]
    given = {name: unescape(quoted or bare) for name, quoted, bare in _ATTRIBUTE.findall(attributes)}
    links = (given["href"],) if tag == "a" and "href" in given else ()
    if tag in _OF_TEXT and given.keys() <= _HARMLESS:
        found = _NOTHING._replace(id=given.get("id"), links=links)
    else:
        found = Element(
            given.get("lang", "").strip() if tag == "html" else None,
            given.get("id"),
            links or tuple(links_of(tag, given)),
            tuple(requests_of(tag, given)),
            unnamed_picture(tag, given),
            inline_code(tag, given),
        )
    return _NOTHING if found == _NOTHING else found


def _text(inner: str) -> str:
    text = _ANY_TAG.sub("", inner) if "<" in inner else inner
    return (unescape(text) if "&" in text else text).strip()
