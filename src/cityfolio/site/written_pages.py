"""Pages as our own templates write them, read in a hurry: every build looks at all of its pages.

No text out of data holds a `<`, and no attribute a quotation mark or a `>`, since both are escaped; so an expression finds
every tag with attributes, at many times the speed of a parser that is ready for any HTML. `read_page` is that parser: the
tests read the same pages with it.
"""

from __future__ import annotations

import re
from html import unescape

from cityfolio.site.reading_pages import Page, inline_code, links_of, requests_of, unnamed_picture

__all__ = ["read_written"]

_EDITORIAL = re.compile(r'<div class="editorial".*?</div>', re.DOTALL)
_TAG = re.compile(r"<([a-z][a-z0-9-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r'([^\s"=/]+)(?:="([^"]*)"|=([^\s"]+))?')
_HEADING = re.compile(r"<h([1-6])[^<>]*>(.*?)</h\1>", re.DOTALL)
_ANY_TAG = re.compile(r"<[^<>]*>")
_TITLE = re.compile(r"<title>([^<]*)</title>")
_BARE = frozenset({"svg", "script", "style", "img"})


def read_written(html: str) -> Page:
    """Reads one page that templates wrote. What an editor wrote is left out, and so are texts that no number holds.

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
    for found in _TAG.finditer(html):
        tag, attributes = found[1], found[2]
        if attributes or tag in _BARE:
            _element(page, tag, attributes, found, html)
    return page


def _element(page: Page, tag: str, attributes: str, found: re.Match[str], html: str) -> None:
    if attributes.startswith((" class=", " scope=")) and " " not in attributes[1:]:
        return  # most elements: nothing to ask for
    given = {name: unescape(quoted or bare) for name, quoted, bare in _ATTRIBUTE.findall(attributes)}
    if tag == "html":
        page.language = given.get("lang", "").strip()
    if "id" in given:
        page.ids.append(given["id"])
    if given.get("data-fact"):
        end = html.find(f"</{tag}>", found.end())
        page.numbers.append((given["data-fact"], given.get("data-part", ""), _text(html[found.end() : end])))
    if tag == "a" and "href" in given:
        page.links.append(given["href"])
        return
    page.links.extend(links_of(tag, given))
    page.requests.extend(requests_of(tag, given))
    if unnamed_picture(tag, given):
        page.unnamed_pictures.append(found[0])
    if inline_code(tag, given):
        page.scripted.append(found[0])


def _text(inner: str) -> str:
    text = _ANY_TAG.sub("", inner) if "<" in inner else inner
    return (unescape(text) if "&" in text else text).strip()
