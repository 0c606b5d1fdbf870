"""Words in another language than their page: each is marked with its language, so that it is read aloud and ordered rightly."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from html import escape, unescape

__all__ = ["marked", "may_hold"]

_ESCAPED = re.compile(r"[&<>\"']")

# Where no element may stand inside, the text stays as it is.
_CLOSED = r"<(title|option|script|style|textarea|text|tspan|desc|bdi)\b[^>]*>.*?</\1>"


def marked(html: str, foreign: Collection[str], language: str) -> str:
    """The page with every text that is one of `foreign` marked as being in `language`, and isolated from what is around it.

    >>> marked("<h1>Busan</h1><p>부산</p>", {"Busan"}, "en")
    '<h1><bdi lang="en">Busan</bdi></h1><p>부산</p>'
    >>> marked("<title>Busan</title>", {"Busan"}, "en")
    '<title>Busan</title>'
    """
    if not foreign:
        return html

    # Which of the texts of the page are foreign is asked once for each; most pages hold none.
    like = _texts_like(frozenset(foreign))
    texts = {text.rstrip() for text in set(re.findall(like, html))}
    found = {text for text in texts if _read(text) in foreign}
    if not found:
        return html
    opened = f'<bdi lang="{escape(language)}">'

    def mark(piece: re.Match[str]) -> str:
        words = (piece[2] or "").strip()
        return piece[0].replace(words, f"{opened}{words}</bdi>", 1) if words in found else piece[0]

    return re.sub(f"(?s:{_CLOSED})|{like}", mark, html)


@lru_cache(maxsize=16)
def _texts_like(foreign: frozenset[str]) -> str:
    """An expression that finds the texts of a page that begin as one of these does: between two languages that is seldom."""
    initials = {text.lstrip()[:1] for text in foreign} - {""}
    if any(_ESCAPED.match(initial) for initial in initials):
        initials.add("&")  # what is escaped begins with it on the page
    return rf">\s*+([{''.join(map(re.escape, sorted(initials)))}][^<>]*+)(?=<)" if initials else r"(?!)"


# Most texts of a page stand on many others.
_read = lru_cache(maxsize=50_000)(unescape)


def may_hold(page: bytes, texts: Collection[str]) -> bool:
    """Whether a page may hold one of the texts, however they are escaped there: cheap, and never a wrong no.

    >>> may_hold(b"<p>Rock &amp; roll</p>", {"Rock & roll"}), may_hold(b"<p>Roll</p>", {"Rock & roll"})
    (True, False)
    """
    pieces = (max(_ESCAPED.split(text), key=len).strip() for text in texts)
    return any(piece.encode() in page for piece in pieces)
