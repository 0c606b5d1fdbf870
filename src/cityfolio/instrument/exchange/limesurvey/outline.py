"""What a LimeSurvey survey consists of, whichever of its two files it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TypeAlias

__all__ = ["Group", "Item", "LimeQuestion", "Outline", "Said", "attributes_of", "plain_text"]

Said: TypeAlias = "dict[str, str]"  # a text by language


@dataclass
class Item:
    """An answer or a subquestion."""

    code: str
    scale: str = "0"
    value: str = ""
    said: Said = field(default_factory=dict)


@dataclass
class LimeQuestion:
    """A question as LimeSurvey holds it. `names` are what conditions may call it."""

    code: str
    kind: str
    line: int = 0
    relevance: str = ""
    other: bool = False
    mandatory: bool = False
    said: Said = field(default_factory=dict)
    helps: Said = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    subquestions: list[Item] = field(default_factory=list)
    answers: list[Item] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass
class Group:
    """A group of questions."""

    said: Said = field(default_factory=dict)
    relevance: str = ""
    questions: list[LimeQuestion] = field(default_factory=list)


@dataclass
class Outline:
    """A survey: its languages, the first being its own, its titles and its groups in order."""

    languages: list[str]
    titles: Said
    groups: list[Group]


class _Stripping(HTMLParser):
    """Takes the text out of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.formatted = False
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        self.formatted |= tag not in ("p", "br", "span", "div")
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def plain_text(html: str) -> tuple[str, bool]:
    """The words of a text with HTML in it, and whether anything but line breaks was lost.

    >>> plain_text("<p>Does the <b>city</b> &amp; its region have a plan?</p><script>alert(1)</script>")
    ('Does the city & its region have a plan?', True)
    """
    if "<" not in html and "&" not in html:
        return " ".join(html.split()), False
    reader = _Stripping()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split()), reader.formatted


def attributes_of(row: Mapping[str, str]) -> dict[str, str]:
    """The attributes of a question that bear on its answers."""
    return {name: row[name] for name in _BEARING if row.get(name)}


_BEARING = (
    "max_answers",
    "min_answers",
    "exclude_all_others",
    "min_num_value_n",
    "max_num_value_n",
    "array_filter",
    "array_filter_exclude",
    "em_validation_q",
    "em_validation_sq",
    "hidden",
    "random_order",
    "answer_order",
    "num_value_int_only",
    "default",
    "validation",
    "preg",
)
