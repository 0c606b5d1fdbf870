"""Words in another language than their page: each is marked with its language, so that it is read aloud and ordered rightly."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape, unescape

__all__ = ["marked"]

# Where no element may stand inside, the text stays as it is.
_PIECE = re.compile(
    r"<(title|option|script|style|textarea|text|tspan|desc|bdi)\b[^>]*>.*?</\1>|>([^<>]+)(?=<)", re.DOTALL
)


def marked(html: str, foreign: Collection[str], language: str) -> str:
    """The page with every text that is one of `foreign` marked as being in `language`, and isolated from what is around it.

    >>> marked("<h1>Busan</h1><p>부산</p>", {"Busan"}, "en")
    '<h1><bdi lang="en">Busan</bdi></h1><p>부산</p>'
    >>> marked("<title>Busan</title>", {"Busan"}, "en")
    '<title>Busan</title>'
    """
    if not foreign:
        return html

    def mark(piece: re.Match[str]) -> str:
        text = piece[2]
        if text is None:
            return piece[0]
        words = text.strip()
        if not words or unescape(words) not in foreign:
            return piece[0]
        return piece[0].replace(words, f'<bdi lang="{escape(language)}">{words}</bdi>', 1)

    return _PIECE.sub(mark, html)
