"""Pages as tests read them: the numbers that carry a fact, and the text as it stands under its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from cityfolio.site.fact_links import fact_of_link

_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
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
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [re.sub(r"\s+", " ", line).strip() for line in "".join(reader.said).split("\n")]
    numbers = tuple(Number(fact, part, "".join(said).strip()) for fact, part, said in reader.numbers)
    return PageText(numbers, tuple(line for line in lines if line.strip("#-| ")), tuple(reader.tags))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.numbers: list[tuple[str, str, list[str]]] = []
        self.tags: list[str] = []
        self._open: list[tuple[str, int | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        # Where HTML does not ask for the end of a head or a row, the next cell or row ends it.
        for ended in {"td": ("td", "th"), "th": ("td", "th"), "tr": ("tr",)}.get(tag, ()):
            if any(open_tag == ended for open_tag, _ in self._open[-2:]):
                self.handle_endtag(ended)
        self.tags.append(tag)
        number = None
        if "data-fact" in given:
            number = len(self.numbers)
            # A number without an id of its own is of the fact that it leads to, or of that of the number before it.
            led_to = fact_of_link(given.get("href", ""))
            fact = given["data-fact"] or led_to or (self.numbers[-1][0] if self.numbers else "")
            self.numbers.append((fact, given.get("data-part", ""), []))
        if tag in _LINES:
            self.said.append("\n" + _MARKS.get(tag, ""))
        elif tag in ("td", "th"):
            self.said.append(" ")
        if tag not in _VOID:
            self._open.append((tag, number))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            closed, _ = self._open.pop()
            if closed == tag:
                break
        if tag in _LINES:
            self.said.append("\n")
        elif tag in ("td", "th"):
            self.said.append(" |")

    def handle_data(self, data: str) -> None:
        if any(tag in ("script", "style") for tag, _ in self._open):
            return
        self.said.append(data.replace("\n", " "))
        for _, number in self._open:
            if number is not None:
                self.numbers[number][2].append(data)
