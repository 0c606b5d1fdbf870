"""What is printed, not shown: the HTML that a PDF file is made from, the SVG that a PNG file is made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

from markupsafe import escape

from cityfolio.profile.comparison import CompareDocument
from cityfolio.profile.document import ProfileDocument
from cityfolio.profile.edition_charts import EditionChart
from cityfolio.profile.programme_documents import SiteContent
from cityfolio.profile.ready_comparison import ReadyComparison, chosen_comparison, comparable
from cityfolio.site.links import address

__all__ = [
    "MADE_ENDINGS",
    "MOST_COLUMNS",
    "PICTURE_ENDING",
    "card_pictures",
    "chart_pixels",
    "compared_at",
    "comparison_names",
    "comparison_sheet",
    "comparison_sheets",
    "profile_sheets",
    "reachable",
]

_SHEET_ENDING = ".pdf"
PICTURE_ENDING = ".png"
MOST_COLUMNS = 6  # of a comparison; a sheet has no room for more
MADE_ENDINGS = (_SHEET_ENDING, PICTURE_ENDING)
"""How the paths of files end that are made from others, all at once or when one is asked for."""
_LINK = re.compile(r"<a\b([^<>]*)>(.*?)</a>", re.DOTALL)
_TARGET = re.compile(r'\shref="([^"]*)"')


def profile_sheets(content: SiteContent) -> Iterator[tuple[str, ProfileDocument]]:
    """A sheet for each unit, by the path of its PDF file."""
    for profile in content.profiles if content.around.pdf else ():
        yield f"cities/{profile.unit}/profile{_SHEET_ENDING}", profile


def comparison_sheets(content: SiteContent) -> Iterator[tuple[str, ReadyComparison]]:
    """A sheet for each comparison that is to be printed."""
    if content.compare is not None:
        for chosen in content.around.compared:
            yield comparison_sheet(chosen), chosen_comparison(content.compare, chosen.split(","))


def comparison_sheet(chosen: str) -> str:
    """The path of the PDF file of a comparison, which is named as in the address of the page.

    >>> comparison_sheet("busan-kor,groups/country-KOR")
    'compare/busan-kor,groups.country-KOR.pdf'
    """
    return f"compare/{chosen.replace('/', '.')}{_SHEET_ENDING}"


def comparison_names(document: CompareDocument, chosen: str) -> str:
    """What a comparison sets side by side, in words; it is named as in its address."""
    known = comparable(document)
    return " · ".join(known[one] for one in chosen.split(",") if one in known)


def compared_at(content: SiteContent, path: str) -> tuple[str, ...]:
    """What the PDF file at a path would compare; nothing where it names something else."""
    folder, _, name = path.rpartition("/")
    if content.compare is None or folder != "compare" or not name.endswith(_SHEET_ENDING):
        return ()
    chosen = tuple(name.removesuffix(_SHEET_ENDING).replace(".", "/").split(","))
    known = comparable(content.compare)
    return chosen if 1 < len(set(chosen)) == len(chosen) <= MOST_COLUMNS and known.keys() >= set(chosen) else ()


def chart_pixels(content: SiteContent) -> Iterator[tuple[str, EditionChart]]:
    """A picture of each chart, beside its drawing, where pictures are wanted."""
    for chart in content.charts if content.around.pictures else ():
        yield f"charts/{chart.place}{PICTURE_ENDING}", chart


def card_pictures(content: SiteContent) -> Iterator[tuple[str, ProfileDocument]]:
    """A card for each unit, where pictures are wanted: other sites show it beside a link."""
    for profile in content.profiles if content.around.pictures else ():
        yield f"cities/{profile.unit}/card{PICTURE_ENDING}", profile


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
