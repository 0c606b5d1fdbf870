"""Markdown by an editor as HTML that nothing can hide in, and what had to be taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["is_top_heading", "markdown_parser", "safe_html", "unsafe_findings"]

_SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\x00-\x20-]*):")
_TAGS: dict[str, set[str]] = {
    **{tag: set() for tag in ("p", "em", "strong", "ul", "ol", "li", "blockquote", "br", "h3", "h4", "code", "hr")},
    "a": {"href", "title"},
}
_SCHEMES = {"http", "https", "mailto"}


def is_top_heading(token: Token) -> bool:
    """Whether a heading of the first level begins here: those name slots."""
    return token.type == "heading_open" and token.tag == "h1" and token.level == 0


@cache
def markdown_parser() -> MarkdownIt:
    """The parser of editorial texts: CommonMark, with the HTML that people write into it."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True})
    # Links that it would leave as text are links here: the sanitiser takes them out, and the editor is told.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


@lru_cache(maxsize=1_000)
def safe_html(markdown: str) -> str:
    """The Markdown as HTML with the harmless tags and links only.

    >>> safe_html("Water & *robots*<script>alert(1)</script>")
    '<p>Water &amp; <em>robots</em></p>'
    """
    import nh3

    html = markdown_parser().render(markdown)
    return nh3.clean(html, tags=set(_TAGS), attributes={"a": {"href", "title"}}, url_schemes=_SCHEMES).strip()


def unsafe_findings(name: str, body: str) -> Iterator[Finding]:
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

    parser = markdown_parser()
    renderer = RendererHTML(parser)
    environment: dict[str, object] = {}
    for token in parser.parse(body, environment):
        if token.map is None or is_top_heading(token):
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
