"""A wording in another language: the programme's sentences through its catalogue, the product's phrases through ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from cityfolio.narrative.patterns import BrokenPattern, Pattern, parse_pattern
from cityfolio.narrative.product_wording import in_product_language, product_wording
from cityfolio.narrative.quantities import Quantity
from cityfolio.narrative.wording import Wording
from cityfolio.narrative.wording_file import QUANTITIES
from cityfolio.reading.product_catalogues import ProductWords

__all__ = ["Say", "translated_wording"]

Say: TypeAlias = Callable[[str, str], "str | None"]
"""Gives the translation of a text that stands in a context, or None where nobody has translated it."""


def translated_wording(wording: Wording, say: Say, product: ProductWords) -> Wording:
    """The wording in the language of the `product` words.

    A sentence that nobody has translated stays whole in its own language, and says so.
    """
    own, _, _ = product_wording(product)
    if own is None:
        return wording

    def sentence(context: str, pattern: Pattern) -> Pattern:
        return _pattern(say(context, pattern.source)) or replace(pattern, language=wording.language)

    def blocks(part: str, written: Mapping[str, Mapping[str, Pattern]]) -> dict[str, dict[str, Pattern]]:
        return {b: {c: sentence(f"{part}.{b}.{c}", p) for c, p in cases.items()} for b, cases in written.items()}

    def phrase(key: tuple[str, str], pattern: Pattern, ours: Mapping[str, str]) -> Pattern:
        # A phrase that the programme replaced is the programme's to translate; until then the product's own stands in.
        said = _pattern(say(".".join(key), pattern.source)) if key in wording.replaced else None
        own = None if said else _pattern(ours.get(key[1]))
        return said or (in_product_language(own, ".".join(key), product) if own else pattern)

    def phrases(part: str, held: Mapping[str, Pattern], ours: Mapping[str, str]) -> dict[str, Pattern]:
        return {key: phrase((part, key), pattern, ours) for key, pattern in held.items()}

    def words(part: str, held: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
        own = {key: say(f"{part}.{key}", text) for key, text in held.items() if (part, key) in wording.replaced}
        return {key: own.get(key) or ours.get(key) or text for key, text in held.items()}

    quantities = tuple(Quantity(q.words, q.low, q.high) for q in own.quantities)
    if (QUANTITIES, "") in wording.replaced:
        quantities = tuple(replace(q, words=say(QUANTITIES, q.words) or q.words) for q in wording.quantities)
    return Wording(
        language=product.language,
        sentences=blocks("sentences", wording.sentences),
        in_short=blocks("in_short", wording.in_short),
        headlines={name: sentence(f"headlines.{name}", pattern) for name, pattern in wording.headlines.items()},
        phrases=phrases("phrases", wording.phrases, own.phrases),
        missing=phrases("missing", wording.missing, own.missing),
        meanings=words("meanings", wording.meanings, own.meanings),
        short=words("short", wording.short, own.short),
        likeness=blocks("likeness", wording.likeness),
        practices=blocks("practices", wording.practices),
        quantities=quantities,
        replaced=wording.replaced,
    )


def _pattern(source: str | None) -> Pattern | None:
    if not source:
        return None
    try:
        return parse_pattern(source)
    except BrokenPattern:  # reported where the catalogue is read
        return None
