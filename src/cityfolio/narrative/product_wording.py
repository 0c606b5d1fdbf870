"""The product's own phrases: English in en.yml, other languages through the product's catalogues."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cityfolio.findings import Finding
from cityfolio.narrative.wording_file import PARTS, QUANTITIES, WordingFile
from cityfolio.reading.product_catalogues import SOURCE, Translations, product_catalogue
from cityfolio.reading.text import Source
from cityfolio.reading.yaml import Located, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["product_texts", "product_wording"]


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


def _translated(part: str, phrases: dict[str, str], translations: Translations) -> dict[str, str]:
    return {key: translations.text(f"{part}.{key}", words) or words for key, words in phrases.items()}
