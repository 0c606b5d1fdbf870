"""The product's own texts in other languages: our catalogues, what a programme gives, and a language to test with."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Protocol

from cityfolio.reading.catalogues import Catalogue, Message, parse_catalogue
from cityfolio.reading.translation_faults import faults_of

__all__ = [
    "OF_PRODUCT",
    "PSEUDO",
    "SOURCE",
    "ProductWords",
    "Translations",
    "message",
    "product_languages",
    "product_messages",
    "product_words",
    "spoken_instead",
    "unspoken_messages",
]

SOURCE = "en"
PSEUDO = "en-XA"
# How the context of a text of the product begins in the catalogue of a programme.
OF_PRODUCT = "product|"

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


@dataclass(frozen=True)
class ProductWords:
    """The product's texts in one language: its own translations, and where it has none those that a programme gives.

    Two that say the same are equal: `key` stands for all that is `given`.
    """

    language: str
    key: str = ""
    given: Catalogue = field(default=Catalogue(""), compare=False, repr=False)

    @property
    def instead(self) -> str:
        """The language that a text is in which has no translation, where that is not the language itself."""
        return spoken_instead(self.language)

    def text(self, context: str, source: str) -> str | None:
        """The translation, or None where there is none."""
        return _own(self.language).text(context, source) or self.given.text(context, source)

    def form(self, context: str, source: str, number: int) -> str | None:
        """The translation for that number, or None."""
        return _own(self.language).form(context, source, number) or self.given.form(context, source, number)


def product_words(language: str, catalogue: Catalogue | None = None) -> ProductWords:
    """The product's texts in a language, with what the `catalogue` of a programme gives under contexts of its own.

    A text that the product itself translates is said so; a translation that is not sound (see `faults_of`) is not said.

    >>> product_words("tlh").text("short.not_asked", "not asked") is None
    True
    >>> product_words("en-XA").text("", "%(number)s cities")
    '⟦%(number)s çítíéš⟧'
    >>> said = Message("product|short.not_asked", "not asked", strings=("ei kysytty",))
    >>> product_words("fi", Catalogue("fi", (said,))).text("short.not_asked", "not asked")
    'ei kysytty'
    """
    held = [m for m in catalogue.messages if m.context.startswith(OF_PRODUCT)] if catalogue is not None else []
    if catalogue is None or not held:
        return ProductWords(language)
    wanted = {(m.context, m.source): m for m in unspoken_messages(language)}
    own = (replace(m, context=m.context.removeprefix(OF_PRODUCT)) for m in held if m.is_reviewed)
    known = ((m, wanted[m.context, m.source]) for m in own if (m.context, m.source) in wanted)
    sound = tuple(m for m, text in known if not any(any(faults_of(text, string)) for string in m.strings))
    given = Catalogue(language, sound, catalogue.header)
    said = repr((given.plural_rule, [(m.context, m.source, m.strings) for m in sound]))
    return ProductWords(language, hashlib.sha256(said.encode()).hexdigest(), given)


@cache
def product_messages() -> tuple[Message, ...]:
    """Every text of the product, each once, with the file that it stands in."""
    path = _FOLDER / "cityfolio.pot"
    catalogue, _ = parse_catalogue(path.name, path.read_text("utf-8"), SOURCE)
    return tuple(m for m in catalogue.messages if m.source) if catalogue is not None else ()


def unspoken_messages(language: str) -> tuple[Message, ...]:
    """The texts of the product, where it does not speak a language itself.

    >>> len(unspoken_messages("fi")) == len(product_messages()), unspoken_messages("ko"), unspoken_messages("en-GB")
    (True, (), ())
    """
    return product_messages() if spoken_instead(language) else ()


@cache
def _own(language: str) -> Translations:
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
    return "" if language in (*product_languages(), PSEUDO) or _is_source(language) else SOURCE


def _is_source(language: str) -> bool:
    return language.split("-", maxsplit=1)[0] == SOURCE


def _accented(source: str) -> str:
    pieces = _KEPT.split(source)
    accent: Callable[[str], str] = lambda piece: piece.translate(_ACCENTED)  # noqa: E731 - one line, used once
    return "".join(piece if position % 2 else accent(piece) for position, piece in enumerate(pieces))
