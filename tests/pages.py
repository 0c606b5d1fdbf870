"""Pages as tests read them: the numbers that carry a fact, and the text as it stands under its headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from cityfolio.site.fact_links import fact_of_link

_LINES = {
    "h1", "h2", "h3", "h4", "p", "li", "tr", "dt", "dd", "caption", "section", "div", "header", "footer", "nav", "summary",
    "title", "label", "main", "table", "ul", "ol", "dl", "button", "figure", "figcaption", "details", "article", "thead",
}  # fmt: skip
_MARKS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- ", "tr": "| "}


@dataclass(frozen=True)
class Number:
    """A number of a page: the fact it carries, which part of it it is, and how it reads."""

    fact: str
    part: str
    text: str


@dataclass(frozen=True)
class PageText:
    """What a page says: its numbers, and its text line by line."""

    numbers: tuple[Number, ...]
    lines: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)


def read_text_of(html: str) -> PageText:
    """The numbers and lines of a page."""
    # A <wbr> has no end, which libxml2 does not know: what follows would stand in it.
    reader: _Reader = etree.fromstring(
        html.replace("<wbr>", ""), etree.HTMLParser(target=_Reader(), remove_comments=True)
    )
    # The signs that keep words whole are not read.
    said = "".join(reader.said).replace("\u2060", "")
    lines = [re.sub(r"\s+", " ", line).strip() for line in said.split("\n")]
    numbers = tuple(Number(fact, part, "".join(said).strip()) for fact, part, said in reader.numbers)
    return PageText(numbers, tuple(line for line in lines if line.strip("#-| ")), tuple(reader.tags))


class _Reader:
    """What lxml tells of a page: where elements begin and end, and what they hold."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.numbers: list[tuple[str, str, list[str]]] = []
        self.tags: list[str] = []
        self._carrying: list[tuple[int, list[str]]] = []
        self._depth = 0
        self._silent = 0

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        self._depth += 1
        self.tags.append(tag)
        if "data-fact" in given:
            # A number without an id of its own is of the fact that it leads to, or of that of the number before it.
            led_to = fact_of_link(given.get("href", ""))
            fact = given["data-fact"] or led_to or (self.numbers[-1][0] if self.numbers else "")
            said: list[str] = []
            self.numbers.append((fact, given.get("data-part", ""), said))
            self._carrying.append((self._depth, said))
        if tag in _LINES:
            self.said.append("\n" + _MARKS.get(tag, ""))
        elif tag in ("td", "th"):
            self.said.append(" ")
        elif tag in ("script", "style"):
            self._silent += 1

    def end(self, tag: str) -> None:
        if self._carrying and self._carrying[-1][0] == self._depth:
            self._carrying.pop()
        self._depth -= 1
        if tag in _LINES:
            self.said.append("\n")
        elif tag in ("td", "th"):
            self.said.append(" |")
        elif tag in ("script", "style"):
            self._silent -= 1

    def data(self, text: str) -> None:
        if self._silent:
            return
        self.said.append(text.replace("\n", " "))
        for _, said in self._carrying:
            said.append(text)

    def close(self) -> _Reader:
        return self
