"""The product's own words on a page: gettext for one language, with its numbers, plural forms and particles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from babel.core import UnknownLocaleError
from babel.dates import format_date
from markupsafe import Markup, escape

from cityfolio.narrative.languages import Language, language_of
from cityfolio.narrative.particles import fit_particles
from cityfolio.reading.product_catalogues import ProductWords
from cityfolio.site.fact_links import safe
from cityfolio.site.marking import bounded

__all__ = ["Words", "words_of"]

_NAME = re.compile(r"%\(\w+\)[sd]|<[^<>]*>")
_FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d")

Value: TypeAlias = "str | int | float"


@dataclass(frozen=True)
class Words:
    """Says the product's words in one language. Names in the words are filled in safely: markup in them is text.

    What nobody has translated is English, with bounds around it where that is not the language.

    >>> from cityfolio.reading.product_catalogues import product_words
    >>> english, korean = words_of(product_words("en")), words_of(product_words("ko"))
    >>> print(english.gettext("%(name)s has %(number)s cities", name="<b>", number=1200))
    &lt;b&gt; has 1,200 cities
    >>> print(english.ngettext("%(num)s city", "%(num)s cities", 1), english.ngettext("%(num)s city", "%(num)s cities", 2))
    1 city 2 cities
    """

    language: Language
    product: ProductWords
    _whole: dict[str, Markup] = field(default_factory=dict, compare=False, repr=False)

    def gettext(self, __message: str, **names: Value) -> Markup:
        """The message in the language. Without names it always reads the same, so it is kept as it was first said."""
        if not names and __message in self._whole:
            return self._whole[__message]
        said = self.pgettext("", __message, **names)
        return said if names else self._whole.setdefault(__message, said)

    def pgettext(self, __context: str, __message: str, **names: Value) -> Markup:
        """The message as it reads in a context."""
        return self._filled(self.product.text(__context, __message), __message, names)

    def ngettext(self, __one: str, __many: str, __number: int, **names: Value) -> Markup:
        """The form of the message that goes with a number; `num` is the number."""
        return self.npgettext("", __one, __many, __number, **names)

    def npgettext(self, __context: str, __one: str, __many: str, __number: int, **names: Value) -> Markup:
        """The same in a context."""
        source = __one if __number == 1 else __many
        said = self.product.form(__context, __one, __number) or self.product.text(__context, source)
        return self._filled(said, source, {"num": __number, **names})

    def number(self, number: float) -> str:
        """The number as the language groups it."""
        return self.language.grammar.number(number)

    def per_cent(self, number: int) -> str:
        """The whole per cent with their sign."""
        return self.language.grammar.per_cent(number)

    def date(self, written: str) -> str:
        """A date (year-month-day) in words; whatever else is written, as it is.

        >>> from cityfolio.reading.product_catalogues import product_words
        >>> english, finnish = words_of(product_words("en")), words_of(product_words("fi"))
        >>> english.date("2026-11-25"), finnish.date("2026-11-25"), finnish.date("2020")
        ('25 November 2026', '25. marraskuuta 2026', '2020')
        """
        if not _FULL_DATE.fullmatch(written):
            return written
        locale = "en_GB" if self.language.code.startswith("en") else self.language.code.replace("-", "_")
        try:
            return format_date(date.fromisoformat(written), "long", locale)
        except (UnknownLocaleError, ValueError):
            return written

    def _filled(self, translation: str | None, source: str, names: dict[str, Value]) -> Markup:
        said = (translation or source) % {name: self._said(value) for name, value in names.items()}
        if translation is None and self.product.instead and any(map(str.isalpha, _NAME.sub("", source))):
            said = bounded(said)
        return Markup(fit_particles(said) if "[" in said else said)  # noqa: S704 - ours, and the names are escaped

    def _said(self, value: Value) -> str:
        if type(value) is str:
            return safe(value)
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return escape(self.number(value) if is_number else value)  # type: ignore[arg-type] # said by is_number


def words_of(product: ProductWords) -> Words:
    """The words of the product in a language, with the rules of that language."""
    return Words(language_of(product.language), product)
