"""Editorial texts: Markdown by an editor, made safe, with source and date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal

from cityfolio.findings import Finding, Place
from cityfolio.reading.text import Source, read_text
from cityfolio.reading.yaml import Shape, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Editorial", "read_editorial"]

_FRONT_MATTER = re.compile(r"---\n(.*?)\n---[ \t]*(?:\n|\Z)(.*)", re.DOTALL)
_SLOT = re.compile(r"^# +([A-Za-z0-9_-]+)[ \t]*$", re.MULTILINE)
_TAGS: dict[str, set[str]] = {
    **{tag: set() for tag in ("p", "em", "strong", "ul", "ol", "li", "blockquote", "br", "h3", "h4", "code", "hr")},
    "a": {"href", "title"},
}
_SCHEMES = {"http", "https", "mailto"}


class SlotEntry(Shape):
    """Where a text comes from."""

    source: str = ""
    url: str = ""
    date: str = ""


class FrontMatter(Shape):
    """The head of an editorial file."""

    format: Literal["1"]
    language: str = "en"
    state: Literal["draft", "approved"] = "approved"
    slots: dict[str, SlotEntry] = {}


@dataclass(frozen=True)
class Editorial:
    """One text of one unit as sanitised HTML."""

    slot: str
    html: str
    language: str
    source: str
    url: str
    date: str


def read_editorial(source: Source, languages: Sequence[str]) -> tuple[dict[str, Editorial], list[Finding]]:
    """The approved texts of a file by slot, with all findings. Unsafe HTML is taken out and told about."""
    text, findings = read_text(source)
    if text is None:
        return {}, findings
    match = _FRONT_MATTER.fullmatch(text)
    head, body = (match[1], match[2]) if match else ("", text)
    front, _, more = parse_yaml(source.name, head or "{}", FrontMatter)
    findings += [_moved(finding, 1) for finding in more]
    if front is None:
        return {}, findings
    offset = text.count("\n") - body.count("\n")
    findings += _html_findings(source.name, body, offset)
    findings += [
        Finding("editorial.no-translation", Place(source.name), {"language": language})
        for language in languages
        if language != front.language
    ]
    if front.state != "approved":
        return {}, findings
    return {slot: _editorial(slot, markdown, front) for slot, markdown in _slots(body).items()}, findings


def _slots(body: str) -> Mapping[str, str]:
    parts = _SLOT.split(body)
    texts = {"spotlight": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}
    return {slot: markdown.strip() for slot, markdown in texts.items() if markdown.strip()}


def _editorial(slot: str, markdown: str, front: FrontMatter) -> Editorial:
    entry = front.slots.get(slot, SlotEntry())
    return Editorial(slot, _safe_html(markdown), front.language, entry.source, entry.url, entry.date)


def _safe_html(markdown: str) -> str:
    import nh3
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": True}).render(markdown)
    return nh3.clean(html, tags=set(_TAGS), attributes={"a": {"href", "title"}}, url_schemes=_SCHEMES).strip()


def _html_findings(name: str, body: str, offset: int) -> list[Finding]:
    parser = _UnsafeParts()
    parser.feed(body)
    parser.close()
    return [
        Finding("editorial.unsafe-html", Place(name, line + offset, str(column + 1)), {"got": got})
        for line, column, got in parser.unsafe
    ]


class _UnsafeParts(HTMLParser):
    """Notes what the sanitiser is going to take out, and where it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.unsafe: list[tuple[int, int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ":" in tag or "@" in tag:  # an address in angle brackets, which is Markdown
            return
        if tag not in _TAGS:
            self.unsafe.append((*self.getpos(), f"<{tag}>"))
            return
        for attribute, value in attrs:
            scheme = (value or "").strip().partition(":")[0].casefold() if ":" in (value or "") else "https"
            if attribute not in _TAGS[tag] or (attribute == "href" and scheme not in _SCHEMES):
                self.unsafe.append((*self.getpos(), f"<{tag} {attribute}>"))


def _moved(finding: Finding, lines: int) -> Finding:
    at = finding.at
    return Finding(finding.code, Place(at.file, at.line + lines if at.line else 0, at.column), finding.facts)
