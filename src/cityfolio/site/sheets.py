"""Pages to be kept on paper: the HTML that a PDF file is printed from. No reader sees it as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

from markupsafe import escape

from cityfolio.profile.document import ProfileDocument
from cityfolio.profile.programme_documents import SiteContent
from cityfolio.site.links import address

__all__ = ["SHEET_ENDING", "profile_sheets", "reachable"]

SHEET_ENDING = ".pdf"
_LINK = re.compile(r"<a\b([^<>]*)>(.*?)</a>", re.DOTALL)
_TARGET = re.compile(r'\shref="([^"]*)"')


def profile_sheets(content: SiteContent) -> Iterator[tuple[str, ProfileDocument]]:
    """A sheet for each unit, by the path of its PDF file."""
    for profile in content.profiles if content.around.pdf else ():
        yield f"cities/{profile.unit}/profile{SHEET_ENDING}", profile


def reachable(html: str, page: str) -> str:
    """The HTML with only those links that lead somewhere from paper: to other hosts, or to the site at the address of `page`.

    Without an address of the site its own links are text. So are numbers: a reader of paper is not led away at every one.

    >>> reachable('<a href="../busan-kor/index.html">Busan</a> <a href="https://example.org/">source</a>', "")
    '<span>Busan</span> <a href="https://example.org/">source</a>'
    >>> reachable('<a href="../busan-kor/index.html">Busan</a>', "https://cities.example.org/cities/seoul-kor/profile.pdf")
    '<a href="https://cities.example.org/cities/busan-kor/index.html">Busan</a>'
    """

    def lead(link: re.Match[str]) -> str:
        attributes, words = link.groups()
        target = _TARGET.search(attributes)
        there = urljoin(page, unescape(target[1])) if target else ""
        if "data-fact" in attributes or not address(there):
            return f"<span>{words}</span>"
        return f'<a href="{escape(there)}">{words}</a>'

    return _LINK.sub(lead, html)
