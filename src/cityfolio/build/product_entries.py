"""The product's texts in the catalogue of a programme: what is wrong with a translation, and what is left in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.narrative.patterns import BrokenPattern, parse_pattern
from cityfolio.reading.catalogues import Catalogue, Message
from cityfolio.reading.product_catalogues import OF_PRODUCT, product_messages, spoken_instead
from cityfolio.reading.translation_faults import faults_of

__all__ = ["entry_findings", "product_findings"]


def product_findings(catalogue: Catalogue, wanted: Sequence[Message]) -> Iterator[Finding]:
    """All findings about the product's texts in a catalogue; `wanted` are those that there are to translate."""
    name, language = f"locale/{catalogue.language}.po", catalogue.language
    lacking = [m for m in wanted if (m.context, m.source) not in catalogue.reviewed]
    if lacking:
        facts = {"language": language, "number": str(len(lacking)), "all": str(len(wanted))}
        yield Finding("translate.product", Place(name), facts)
    held = [m for m in catalogue.reviewed.values() if m.context.startswith(OF_PRODUCT)]
    if not held:
        return
    texts = {(m.context, m.source): m for m in product_messages()}
    known = [(texts[_place(message)], message) for message in held if _place(message) in texts]
    if spoken_instead(language):
        for text, message in known:
            yield from entry_findings(text, message, name)
    elif known:
        _, first = known[0]
        facts = {"language": language, "number": str(len(known)), "first": first.source}
        yield Finding("translate.product-spoken", Place(name, first.line), facts)


def entry_findings(text: Message, translated: Message, name: str) -> Iterator[Finding]:
    """What is wrong with the translation of one text of the product, in the catalogue of that name: each fault once."""
    at = Place(name, translated.line)
    if text.context:
        for string in translated.strings:
            try:
                parse_pattern(string)
            except BrokenPattern:
                yield Finding("translate.broken-pattern", at, {"got": string})
                return
    for fault in dict.fromkeys(fault for string in translated.strings for fault in faults_of(text, string)):
        yield Finding(fault.code, at, {"got": fault.got, "suggestion": did_you_mean(fault.got, fault.known) or ""})


def _place(message: Message) -> tuple[str, str]:
    return message.context.removeprefix(OF_PRODUCT), message.source
