"""Words in another language than their page: each is marked with its language, so that it is read aloud and ordered rightly."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from html import escape, unescape

from cityfolio.narrative.languages import language_of

__all__ = ["bounded", "foreign_tag", "marked", "may_hold", "with_bounds_marked", "with_phrases_marked"]

_ESCAPED = re.compile(r"[&<>\"']")

# Where no element may stand inside, the text stays as it is.
_CLOSED = r"<(title|option|script|style|textarea|text|tspan|desc|bdi)\b[^>]*>.*?</\1>"


# The product's words where it does not speak the language of a page, until the page is whole: no text may hold these characters.
_FROM, _TO = "\ufdd0", "\ufdd1"
_BOUNDS = re.compile(f"[{_FROM}{_TO}]")
_NO_PLACE = re.compile(r"(?s:<(title|option|script|style|textarea|text|tspan|desc)\b[^>]*>.*?</\1>)|<[^<>]*>")


def foreign_tag(language: str) -> str:
    """What opens words in another language. They run as that language does, with whatever letter they begin.

    >>> foreign_tag("en"), foreign_tag("ar")
    ('<bdi lang="en" dir="ltr">', '<bdi lang="ar" dir="rtl">')
    """
    return f'<bdi lang="{escape(language)}" dir="{language_of(language).direction}">'


def bounded(words: str) -> str:
    """Words of the product that are in another language than their page, for `with_bounds_marked`."""
    return f"{_FROM}{words}{_TO}"


def with_bounds_marked(html: str, language: str) -> str:
    """The page with all bounded words marked as being in `language`; where no element may stand they are left as they are.

    >>> name = bounded("Map")
    >>> with_bounds_marked(f'<title>{name}</title><p title="{name}">{bounded(name + " of Lyon")}</p>', "en")
    '<title>Map</title><p title="Map"><bdi lang="en" dir="ltr">Map of Lyon</bdi></p>'
    """
    if _FROM not in html:
        return html
    html = _NO_PLACE.sub(lambda piece: _BOUNDS.sub("", piece[0]), html)
    opened, depth = foreign_tag(language), 0

    def bound(sign: re.Match[str]) -> str:
        nonlocal depth
        before, depth = depth, depth + (1 if sign[0] == _FROM else -1)
        return (opened if not before else "") if sign[0] == _FROM else ("" if depth else "</bdi>")

    return _BOUNDS.sub(bound, html)


def marked(html: str, foreign: Collection[str], language: str) -> str:
    """The page with every text that is one of `foreign` marked as being in `language`, and isolated from what is around it.

    >>> marked("<h1>Busan</h1><p>부산</p>", {"Busan"}, "en")
    '<h1><bdi lang="en" dir="ltr">Busan</bdi></h1><p>부산</p>'
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
    opened = foreign_tag(language)

    def mark(piece: re.Match[str]) -> str:
        words = (piece[2] or "").strip()
        return piece[0].replace(words, f"{opened}{words}</bdi>", 1) if words in found else piece[0]

    return re.sub(f"(?s:{_CLOSED})|{like}", mark, html)


def with_phrases_marked(html: str, phrases: Collection[str], language: str) -> str:
    """The page with every text that reads as one of the phrases marked, whatever stands there for their names in braces.

    >>> with_phrases_marked("<p>Share of the communes: </p><p>Lyon</p>", {"share of the {units}"}, "en")
    '<p><bdi lang="en" dir="ltr">Share of the communes:</bdi> </p><p>Lyon</p>'
    """
    if not phrases:
        return html
    opened, reads = foreign_tag(language), _reader_of(frozenset(phrases))

    def mark(piece: re.Match[str]) -> str:
        words = (piece[2] or "").strip()
        return piece[0].replace(words, f"{opened}{words}</bdi>", 1) if words and reads(words) else piece[0]

    return re.sub(rf"(?s:{_CLOSED})|(?<=>)([^<>]*[^\W\d_][^<>]*+)(?=<)", mark, html)


@lru_cache(maxsize=16)
def _reader_of(phrases: frozenset[str]) -> Callable[[str], bool]:
    """Tells whether a text of a page reads as one of the phrases; signs of a list may stand around it."""
    either = "|".join(".+".join(map(re.escape, re.split(r"\{\w+\}", phrase))) for phrase in sorted(phrases))
    like = re.compile(rf"(?:: )?(?:{either})(?: \(\d+\))?[:.]?", re.IGNORECASE | re.DOTALL)
    return lru_cache(maxsize=50_000)(lambda words: like.fullmatch(_read(words)) is not None)


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
