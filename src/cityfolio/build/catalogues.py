"""The catalogues of a programme: locale/<language>.po, checked against the texts that there are to translate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cityfolio.build.product_entries import product_findings
from cityfolio.build.translating import translated
from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.narrative.patterns import BrokenPattern, parse_pattern
from cityfolio.narrative.product_wording import replaced_places
from cityfolio.reading.catalogues import Catalogue, Message, read_catalogue
from cityfolio.reading.product_catalogues import OF_PRODUCT, PSEUDO, unspoken_messages
from cityfolio.reading.text import Source

if TYPE_CHECKING:
    from cityfolio.build.programme import Programme

__all__ = [
    "CatalogueTexts",
    "catalogue_findings",
    "catalogue_name",
    "product_texts",
    "programme_texts",
    "read_catalogues",
    "untranslated",
]

_PATTERNS = ("sentences.", "in_short.", "headlines.", "phrases.", "missing.")
_NAME = re.compile(r"\{([^{}]+)\}")
# What every phrase may name beside what its English form does.
_NOUNS = {"unit", "units"}


def catalogue_name(language: str) -> str:
    """The file of a language, below the programme folder."""
    return f"locale/{language}.po"


@dataclass(frozen=True)
class CatalogueTexts:
    """The texts of a catalogue, as the walk over a programme asks for them."""

    catalogue: Catalogue

    def text(self, context: str, source: str) -> str | None:
        """The reviewed translation."""
        return self.catalogue.text(context, source)

    def noun(self, context: str, one: str, many: str, number: int) -> str | None:
        """The form that goes with the number."""
        return self.catalogue.form(context, one, number)


@dataclass
class _Collected:
    """Takes down what is asked for and translates nothing."""

    messages: list[Message] = field(default_factory=list)

    def text(self, context: str, source: str) -> None:
        if source.strip():
            self.messages.append(Message(context, source))

    def noun(self, context: str, one: str, many: str, number: int) -> None:
        self.messages.append(Message(context, one, plural=many))


def programme_texts(programme: Programme, language: str) -> tuple[Message, ...]:
    """Every text of a programme that there is to translate into a language, in a fixed order, each once."""
    collected = _Collected()
    translated(programme, language, collected)
    unit = programme.manifest.content.unit
    collected.noun("programme.unit", unit.one, unit.many, 1)
    return tuple({(m.context, m.source): m for m in collected.messages}.values())


def untranslated(catalogue: Catalogue, texts: Iterable[Message]) -> list[Message]:
    """The texts that the catalogue has no reviewed translation of."""
    return [message for message in texts if (message.context, message.source) not in catalogue.reviewed]


def product_texts(programme: Programme, language: str) -> tuple[Message, ...]:
    """Every text of the product that a programme may translate into a language, under contexts of their own.

    Those are the texts that the product does not say in it, but for the phrases that the programme's wording replaces.
    """
    own = replaced_places(programme.wording.replaced)
    return tuple(
        replace(text, context=f"{OF_PRODUCT}{text.context}")
        for text in unspoken_messages(language)
        if text.context not in own
    )


def read_catalogues(folder: Path, languages: Sequence[str]) -> tuple[dict[str, Catalogue], list[Finding]]:
    """The catalogue of each further language of a programme, and that of the first where there is one."""
    catalogues: dict[str, Catalogue] = {}
    findings: list[Finding] = []
    for position, language in enumerate(languages):
        name = catalogue_name(language)
        held = None
        if (folder / name).exists():
            source = Source(folder / name, name, "it is the catalogue of a language", folder)
            held, more = read_catalogue(source, language)
            findings += more
        if held is not None or position:
            catalogues[language] = held or Catalogue(language)
    return catalogues, findings


def catalogue_findings(programme: Programme) -> list[Finding]:
    """All findings about the texts of the catalogues of a programme, and about texts that have no translation."""
    findings: list[Finding] = []
    for language in programme.languages:
        catalogue = programme.catalogues.get(language, Catalogue(language))
        if language == PSEUDO:
            continue
        if language != programme.language:
            findings += _findings(programme, catalogue, language)
        findings += product_findings(catalogue, product_texts(programme, language))
    return findings


def _findings(programme: Programme, catalogue: Catalogue, language: str) -> Iterator[Finding]:
    texts = programme_texts(programme, language)
    lacking = untranslated(catalogue, texts)
    place = Place(catalogue_name(language))
    if lacking:
        is_gate = programme.manifest.content.translations == "complete"
        facts = {"language": language, "number": str(len(lacking)), "all": str(len(texts)), "first": lacking[0].source}
        yield Finding("translate.incomplete" if is_gate else "translate.untranslated", place, facts)
    for unit in sorted({m.context.split(".")[1] for m in lacking if m.context.startswith("editorial.")}):
        yield Finding("editorial.no-translation", Place(f"editorial/{unit}.md"), {"language": language})
    for message in texts:
        if message.context.startswith(_PATTERNS):
            yield from _pattern_findings(message, catalogue, place.file)


def _pattern_findings(message: Message, catalogue: Catalogue, name: str) -> Iterator[Finding]:
    said = catalogue.text(message.context, message.source)
    if said is None:
        return
    at = Place(name, catalogue.line_of(message.context, message.source))
    try:
        names = parse_pattern(said).names
    except BrokenPattern:
        yield Finding("translate.broken-pattern", at, {"got": said})
        return
    known: Mapping[str, None] = dict.fromkeys([*_NAME.findall(message.source), *sorted(_NOUNS)])
    for got in names:
        # A name may be asked for in another form: the owner, the subject, the label.
        if got not in known and got.split(".")[0] not in {name.split(".")[0] for name in known}:
            facts = {"got": got, "suggestion": did_you_mean(got, known) or ""}
            yield Finding("translate.unknown-name", at, facts)
