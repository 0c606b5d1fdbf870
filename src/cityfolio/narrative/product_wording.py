"""The product's own phrases: English in en.yml, other languages through the product's catalogues."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cityfolio.findings import Finding
from cityfolio.narrative.patterns import Pattern
from cityfolio.narrative.wording_file import PARTS, QUANTITIES, WordingFile
from cityfolio.reading.product_catalogues import SOURCE, ProductWords, product_words
from cityfolio.reading.text import Source
from cityfolio.reading.yaml import Located, read_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = ["in_product_language", "product_texts", "product_wording", "replaced_places", "untranslated_phrases"]

_NAME = re.compile(r"\{[^{}]*\}")
_FEWEST_LETTERS = 6


_ENGLISH = product_words(SOURCE)


@lru_cache(maxsize=16)
def product_wording(product: ProductWords = _ENGLISH) -> tuple[WordingFile | None, Located, list[Finding]]:
    """The product's phrases in a language; in English where nobody has translated one."""
    source = Source(Path(__file__).with_name("en.yml"), "cityfolio/narrative/en.yml")
    content, located, findings = read_yaml(source, WordingFile)
    if content is None or product.language == SOURCE:
        return content, located, findings
    parts: dict[str, object] = {part: _translated(part, getattr(content, part), product) for part in PARTS}
    parts[QUANTITIES] = [
        entry.model_copy(update={"words": product.text(QUANTITIES, entry.words) or entry.words})
        for entry in content.quantities
    ]
    return content.model_copy(update={**parts, "language": product.language}), located, findings


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


def in_product_language(pattern: Pattern, place: str, product: ProductWords) -> Pattern:
    """A phrase of the product, by its place, as it stands among words of a language: it says its own where it has no translation.

    >>> from cityfolio.narrative.patterns import parse_pattern
    >>> in_product_language(parse_pattern("of {base} in all"), "phrases.of", product_words("fr")).language
    'en'
    >>> pattern = parse_pattern("{label} – {value}")  # nothing that a language is heard in
    >>> in_product_language(pattern, "phrases.of", product_words("fr")).language
    ''
    """
    is_said = not product.instead or product.text(place, _english().get(place, "")) is not None
    return pattern if is_said or not _letters(pattern.source) else replace(pattern, language=product.instead)


def untranslated_phrases(product: ProductWords, replaced: Collection[tuple[str, str]]) -> frozenset[str]:
    """The phrases that stand in English on pages of another language: those that nobody translated and the programme kept.

    Phrases of little more than names are left out: a text of the programme may read as they do.

    >>> phrases = untranslated_phrases(product_words("fr"), ())
    >>> "change from {earlier} to {later}" in phrases, "no {unit}" in phrases, "{number} {units}" in phrases
    (True, False, False)
    """
    if not product.instead:
        return frozenset()
    own = replaced_places(replaced)
    kept = (words for place, words in product_texts() if place not in own and product.text(place, words) is None)
    return frozenset(words for words in kept if "{" not in words or _letters(words) >= _FEWEST_LETTERS)


def replaced_places(replaced: Collection[tuple[str, str]]) -> frozenset[str]:
    """Where the phrases stand that a programme replaces, by part and key.

    >>> sorted(replaced_places({("phrases", "same.some"), ("quantities", "")}))
    ['phrases.same.some', 'quantities']
    """
    return frozenset(f"{part}.{key}".rstrip(".") for part, key in replaced)


@lru_cache(maxsize=1)
def _english() -> Mapping[str, str]:
    return dict(product_texts())


def _letters(words: str) -> int:
    return sum(map(str.isalpha, _NAME.sub("", words)))


def _translated(part: str, phrases: dict[str, str], product: ProductWords) -> dict[str, str]:
    return {key: product.text(f"{part}.{key}", words) or words for key, words in phrases.items()}
