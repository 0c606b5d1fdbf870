"""The languages that sentences can be written in: direction, name, and the rules of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import format_decimal, format_percent

from cityfolio.narrative.grammar import English, Grammar, joints, small_first
from cityfolio.reading.product_catalogues import PSEUDO

__all__ = ["General", "Language", "RightToLeft", "language_of", "plural_numbers"]

_LARGE_NOUNS = {"de", "lb"}
_FIRST_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Language:
    """A language of a site: its code, its name in itself, the direction it is written in, and its grammar."""

    code: str
    name: str
    direction: str
    grammar: Grammar


@dataclass(frozen=True)
class General:
    r"""A language by the rules of the Unicode locale data: its numbers, signs, lists and quotation marks.

    >>> korean = General("ko")
    >>> korean.number(3500000), korean.per_cent(52), korean.in_text("주택"), korean.quoted("모두")
    ('3,500,000', '52%', '주택', '“모두”')
    >>> korean.running_list(["도로", "주택", "보건"])
    ['', ', ', ' 및 ', '']
    >>> General("de").per_cent(52), General("de").number(1234.5)
    ('52\xa0%', '1.234,5')
    """

    code: str

    @cached_property
    def semicolon(self) -> str:
        """The semicolon of the script that the language is written in.

        >>> General("fi").semicolon, RightToLeft("ar").semicolon, RightToLeft("fa").semicolon, RightToLeft("he").semicolon
        ('; ', '؛ ', '؛ ', '; ')
        """
        return "؛ " if _script(self.code) == "Arab" else "; "

    @cached_property
    def _locale(self) -> Locale:
        return _locale(self.code) or Locale("en")

    def subject(self, name: str) -> str:
        """The name as it is: what its place asks for is written by the sentence."""
        return self.name(name)

    def possessive(self, name: str) -> str:
        """The name as it is."""
        return self.name(name)

    def name(self, name: str) -> str:
        """The name as it is."""
        return name

    def in_text(self, label: str) -> str:
        """The label with a small first letter, where the language knows such letters and does not write nouns with large ones."""
        return label if self.code.split("-")[0] in _LARGE_NOUNS else small_first(label)

    def running_list(self, items: list[str]) -> list[str]:
        """The joints of the language's own lists."""
        if not any(comma in item for item in items for comma in (", ", "، ")):
            return joints(len(items), *_list_words(self.code))
        final = _list_words(self.code)[1]
        return joints(len(items), self.semicolon, f"{self.semicolon}{final.lstrip()}")

    def quoted(self, words: str) -> str:
        """The words in quotation marks."""
        return f"“{self.name(words)}”"

    def number(self, number: float) -> str:
        """The number as the language groups it."""
        return _number(self.code, number)

    def per_cent(self, number: float) -> str:
        """The number and the sign, in the order and with the space of the language."""
        return _per_cent(self.code, number)


@dataclass(frozen=True)
class RightToLeft(General):
    r"""A language that is written from the right: what may run the other way is kept apart from what stands around it.

    >>> RightToLeft("ar").name("Busan"), RightToLeft("ar").name("بوسان")
    ('\u2068Busan\u2069', '\u2068بوسان\u2069')
    """

    def name(self, name: str) -> str:
        """The name between the signs that isolate it."""
        return f"{_FIRST_ISOLATE}{name}{_END_ISOLATE}" if _LETTER.search(name) else name

    def in_text(self, label: str) -> str:
        """The label between the signs that isolate it."""
        return self.name(label)


@cache
def language_of(code: str) -> Language:
    """The language of that code, by general rules where the product knows none of its own.

    >>> language_of("ko").name, language_of("ar").direction, language_of("en").grammar.per_cent(5)
    ('한국어', 'rtl', '5 %')
    >>> language_of("tlh-AA").name
    'tlh-AA'
    """
    if code.split("-", maxsplit=1)[0] == "en":
        return Language(code, "Pseudo-English" if code == PSEUDO else "English", "ltr", English())
    locale = _locale(code)
    direction = locale.text_direction if locale else "ltr"
    name = (locale.get_display_name(locale) if locale else None) or code
    return Language(code, name, direction, RightToLeft(code) if direction == "rtl" else General(code))


@cache
def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@cache
def plural_numbers(code: str) -> dict[str, int]:
    """For each plural category of a language, the smallest whole number that it holds.

    >>> plural_numbers("en"), plural_numbers("ko"), list(plural_numbers("ar"))
    ({'other': 0, 'one': 1}, {'other': 0}, ['zero', 'one', 'two', 'few', 'many', 'other'])
    """
    locale = _locale(code) or Locale("en")
    found: dict[str, int] = {}
    for number in (*range(200), 10**6):
        found.setdefault(locale.plural_form(number), number)
    return found


@cache
def _list_words(code: str) -> tuple[str, str]:
    patterns = (_locale(code) or Locale("en")).list_patterns["standard"]
    comma, final = (patterns[name].replace("{0}", "").replace("{1}", "") for name in ("middle", "end"))
    return comma, final


@cache
def _script(code: str) -> str:
    locale = _locale(code)
    if locale is None:
        return ""
    return locale.script or get_global("likely_subtags").get(locale.language, "").partition("_")[2][:4]


@lru_cache(maxsize=4096)
def _number(code: str, number: float) -> str:
    return format_decimal(Decimal(repr(number)), locale=_locale(code) or "en", decimal_quantization=False)


@cache
def _per_cent(code: str, number: float) -> str:
    return format_percent(Decimal(repr(number)) / 100, locale=_locale(code) or "en", decimal_quantization=False)
