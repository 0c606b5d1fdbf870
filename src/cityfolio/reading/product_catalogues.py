"""The product's own texts in other languages: the catalogues of the package, and a language to test with."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Protocol

from cityfolio.reading.catalogues import parse_catalogue

__all__ = ["PSEUDO", "SOURCE", "Translations", "message", "product_catalogue", "product_languages", "spoken_instead"]

SOURCE = "en"
PSEUDO = "en-XA"

_FOLDER = Path(__file__).parents[1] / "locale"
# What a translation may not change: names that are filled in, markup, and characters that HTML writes in another way.
_KEPT = re.compile(r"(%\(\w+\)[sd]|%%|\{[^{}]*\}|<[^<>]*>|&[#\w]+;)")
_ACCENTED = str.maketrans("aceinosuyACEINOSUY", "áçéíñóšúýÁÇÉÍÑÓŠÚÝ")


class Translations(Protocol):
    """What gives translations: by context and source, and by number where there are plural forms."""

    def text(self, context: str, source: str) -> str | None:
        """The translation, or None where there is none."""
        ...

    def form(self, context: str, source: str, number: int) -> str | None:
        """The translation for that number, or None."""
        ...


class _Pseudo:
    """English with accents and in brackets: whatever a page says without them was never given to a translator."""

    def text(self, context: str, source: str) -> str | None:
        return f"⟦{_accented(source)}⟧"

    def form(self, context: str, source: str, number: int) -> str | None:
        return None


class _Untranslated:
    def text(self, context: str, source: str) -> str | None:
        return None

    def form(self, context: str, source: str, number: int) -> str | None:
        return None


def message(words: str) -> str:
    """The words as they are, taken down for translators; a template says them in the language of its page.

    >>> message("Codebook")
    'Codebook'
    """
    return words


@cache
def product_catalogue(language: str) -> Translations:
    """The product's texts in a language; one that gives nothing where the product does not speak it.

    >>> product_catalogue("tlh").text("short.not_asked", "not asked") is None
    True
    >>> product_catalogue("en-XA").text("", "%(number)s cities")
    '⟦%(number)s çítíéš⟧'
    """
    if language == PSEUDO:
        return _Pseudo()
    path = _FOLDER / language / "LC_MESSAGES" / "cityfolio.po"
    if language not in product_languages() or language == SOURCE:
        return _Untranslated()
    catalogue, _ = parse_catalogue(path.name, path.read_text("utf-8"), language)
    return catalogue or _Untranslated()


@cache
def product_languages() -> tuple[str, ...]:
    """The languages that the product speaks."""
    return (SOURCE, *sorted(path.parts[-3] for path in _FOLDER.glob("*/LC_MESSAGES/cityfolio.po")))


def spoken_instead(language: str) -> str:
    """The language that the product's words are in on pages of a language that it does not speak; nothing where it does.

    >>> spoken_instead("fr"), spoken_instead("ko"), spoken_instead("en-GB")
    ('en', '', '')
    """
    speaks = language in (*product_languages(), PSEUDO) or language.split("-", maxsplit=1)[0] == SOURCE
    return "" if speaks else SOURCE


def _accented(source: str) -> str:
    pieces = _KEPT.split(source)
    accent: Callable[[str], str] = lambda piece: piece.translate(_ACCENTED)  # noqa: E731 - one line, used once
    return "".join(piece if position % 2 else accent(piece) for position, piece in enumerate(pieces))
