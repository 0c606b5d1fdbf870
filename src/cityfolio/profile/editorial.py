"""Editorial texts: Markdown by an editor, made safe, with source and date."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.reading.text import Source, read_text
from cityfolio.reading.yaml import Shape, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["Editorial", "read_editorial"]

_FRONT_MATTER = re.compile(r"---\n(.*?)\n---[ \t]*(?:\n|\Z)(.*)", re.DOTALL)
_SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\x00-\x20-]*):")
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


@dataclass(frozen=True)
class _Part:
    """The Markdown below one heading, with the line of the heading; `slot` is empty above the first one."""

    slot: str
    line: int
    markdown: str


def read_editorial(
    source: Source, languages: Sequence[str], slots: Collection[str] | None = None
) -> tuple[dict[str, Editorial], list[Finding]]:
    """The approved texts of a file by slot, with all findings. Unsafe HTML is taken out and told about.

    `slots` are the editorial blocks of the page plan; without them (None), names of slots are not judged.
    """
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
    findings += [_moved(finding, offset) for finding in _unsafe_findings(source.name, body)]
    findings += [
        Finding("editorial.no-translation", Place(source.name), {"language": language})
        for language in languages
        if language != front.language
    ]
    if front.state != "approved":
        return {}, [*findings, Finding("editorial.draft", Place(source.name))]
    parts = _parts(body, offset + 1)
    findings += _slot_findings(source.name, parts, front, slots)
    return {part.slot: _editorial(part, front) for part in parts if part.slot}, findings


def _parts(body: str, first_line: int) -> list[_Part]:
    """The texts of a body; headings of the first level, where Markdown sees one, begin a slot each."""
    lines = body.split("\n")
    tokens = _markdown().parse(body)
    blank = len(body) - len(body.lstrip("\n"))
    starts = [("", blank, blank)]
    for token, content in pairwise(tokens):
        if _is_slot_heading(token) and token.map:
            starts.append((content.content.strip(), token.map[0], token.map[1]))
    ends = [line for _, line, _ in starts[1:]] + [len(lines)]
    parts = [
        _Part(slot, line + first_line, "\n".join(lines[begin:end]).strip("\n"))
        for (slot, line, begin), end in zip(starts, ends, strict=True)
    ]
    return [part for part in parts if part.markdown.strip()]


def _is_slot_heading(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h1" and token.level == 0


def _slot_findings(
    name: str, parts: Sequence[_Part], front: FrontMatter, slots: Collection[str] | None
) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for part in parts:
        at = Place(name, part.line)
        if not part.slot:
            # A comment alone would not be shown anywhere, with or without a heading.
            if _safe_html(part.markdown):
                yield Finding("editorial.outside-slot", at)
            continue
        if slots is not None and part.slot not in slots:
            hint = did_you_mean(part.slot, slots) or ""
            yield Finding("editorial.unknown-slot", at, {"got": part.slot, "suggestion": hint})
            continue
        if part.slot in first:
            yield Finding("editorial.doubled-slot", at, {"got": part.slot, "first": str(first[part.slot])})
        first.setdefault(part.slot, part.line)
        entry = front.slots.get(part.slot, SlotEntry())
        lacking = [what for what, given in (("source", entry.source), ("date", entry.date)) if not given]
        if lacking:
            yield Finding("editorial.no-source", at, {"got": part.slot, "lacking": " and no ".join(lacking)})


def _editorial(part: _Part, front: FrontMatter) -> Editorial:
    entry = front.slots.get(part.slot, SlotEntry())
    return Editorial(part.slot, _safe_html(part.markdown), front.language, entry.source, entry.url, entry.date)


def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True})
    # Links that it would leave as text are links here: the sanitiser takes them out, and the editor is told.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _safe_html(markdown: str) -> str:
    import nh3

    html = _markdown().render(markdown)
    return nh3.clean(html, tags=set(_TAGS), attributes={"a": {"href", "title"}}, url_schemes=_SCHEMES).strip()


def _unsafe_findings(name: str, body: str) -> Iterator[Finding]:
    """Findings about the HTML that the Markdown becomes, each where it stands in the Markdown."""
    lines = body.split("\n")
    for line, html in _pieces(body):
        parser = _UnsafeParts()
        parser.feed(html)
        parser.close()
        for further, column, got in parser.unsafe:
            # Raw HTML stands in the text as it is; what Markdown became (an image, a link) has a line only.
            before = lines[line].find(html.split("\n")[0]) if further == 1 else 0
            shown = str(before + column + 1) if before >= 0 else ""
            yield Finding("editorial.unsafe-html", Place(name, line + further, shown), {"got": got})


def _pieces(body: str) -> Iterator[tuple[int, str]]:
    """The HTML of each smallest part of the Markdown, with its line (0 is the first)."""
    from markdown_it.renderer import RendererHTML

    parser = _markdown()
    renderer = RendererHTML(parser)
    environment: dict[str, object] = {}
    for token in parser.parse(body, environment):
        if token.map is None or _is_slot_heading(token):
            continue
        line = token.map[0]
        if token.type != "inline":
            yield line, renderer.render([token], parser.options, environment)
        for child in token.children or ():
            html = renderer.renderInline([child], parser.options, environment)
            yield line, html
            line += html.count("\n") if child.type in ("html_inline", "softbreak", "hardbreak") else 0


class _UnsafeParts(HTMLParser):
    """Notes what the sanitiser is going to take out, and where it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.unsafe: list[tuple[int, int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.unsafe.append((*self.getpos(), f"<{tag}>"))
            return
        for attribute, value in attrs:
            scheme = _SCHEME.match(value or "")
            is_unsafe = attribute == "href" and scheme is not None and scheme[1].casefold() not in _SCHEMES
            if attribute not in _TAGS[tag] or is_unsafe:
                self.unsafe.append((*self.getpos(), f"<{tag} {attribute}>"))


def _moved(finding: Finding, lines: int) -> Finding:
    at = finding.at
    return Finding(finding.code, Place(at.file, at.line + lines if at.line else 0, at.column), finding.facts)
