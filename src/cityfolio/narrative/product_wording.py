"""The product's own phrases: English in en.yml, other languages through the product's catalogues."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cityfolio.findings import Finding
from cityfolio.narrative.patterns import Pattern
from cityfolio.narrative.wording_file import PARTS, QUANTITIES, WordingFile
from cityfolio.reading.product_catalogues import SOURCE, Translations, product_catalogue, spoken_instead
from cityfolio.reading.text import Source
from cityfolio.reading.yaml import Located, read_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["in_product_language", "product_texts", "product_wording", "untranslated_phrases"]

_NAME = re.compile(r"\{[^{}]*\}")
_FEWEST_LETTERS = 6


@cache
def product_wording(language: str = SOURCE) -> tuple[WordingFile | None, Located, list[Finding]]:
    """The product's phrases in a language; in English where nobody has translated one."""
    source = Source(Path(__file__).with_name("en.yml"), "cityfolio/narrative/en.yml")
    content, located, findings = read_yaml(source, WordingFile)
    if content is None or language == SOURCE:
        return content, located, findings
    translations = product_catalogue(language)
    parts: dict[str, object] = {part: _translated(part, getattr(content, part), translations) for part in PARTS}
    parts[QUANTITIES] = [
        entry.model_copy(update={"words": translations.text(QUANTITIES, entry.words) or entry.words})
        for entry in content.quantities
    ]
    return content.model_copy(update={**parts, "language": language}), located, findings


def product_texts() -> Iterator[tuple[str, str]]:
    """The phrases that translators get: where each stands, and its English text.

    >>> next(product_texts())
    ('phrases.same.some', 'as do {numerator} of the {base} {units} with an answer on record ({share})')
    """
    content, _, _ = product_wording()
    for part in PARTS if content is not None else ():
        for key, words in getattr(content, part).items():
            yield f"{part}.{key}", words
    for entry in content.quantities if content is not None else ():
        yield QUANTITIES, entry.words


def in_product_language(pattern: Pattern, language: str) -> Pattern:
    """A phrase of the product as it stands among words of `language`: it says its own where the product does not speak that.

    >>> from cityfolio.narrative.patterns import parse_pattern
    >>> in_product_language(parse_pattern("of {base} in all"), "fr").language
    'en'
    >>> in_product_language(parse_pattern("{label} – {value}"), "fr").language  # nothing that a language is heard in
    ''
    """
    instead = spoken_instead(language)
    return replace(pattern, language=instead) if instead and _letters(pattern.source) else pattern


def untranslated_phrases(language: str, replaced: Collection[tuple[str, str]]) -> frozenset[str]:
    """The phrases that stand in English on pages of a language that the product does not speak: those the programme kept.

    Phrases of little more than names are left out: a text of the programme may read as they do.

    >>> phrases = untranslated_phrases("fr", ())
    >>> "change from {earlier} to {later}" in phrases, "no {unit}" in phrases, "{number} {units}" in phrases
    (True, False, False)
    """
    if not spoken_instead(language):
        return frozenset()
    own = {f"{part}.{key}".rstrip(".") for part, key in replaced}
    kept = (words for place, words in product_texts() if place not in own)
    return frozenset(words for words in kept if "{" not in words or _letters(words) >= _FEWEST_LETTERS)


def _letters(words: str) -> int:
    return sum(map(str.isalpha, _NAME.sub("", words)))


def _translated(part: str, phrases: dict[str, str], translations: Translations) -> dict[str, str]:
    return {key: translations.text(f"{part}.{key}", words) or words for key, words in phrases.items()}
