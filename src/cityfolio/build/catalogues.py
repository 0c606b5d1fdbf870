"""The catalogues of a programme: locale/<language>.po, checked against the texts that there are to translate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cityfolio.build.translating import translated
from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.narrative.patterns import BrokenPattern, parse_pattern
from cityfolio.reading.catalogues import Catalogue, Message, read_catalogue
from cityfolio.reading.product_catalogues import PSEUDO, spoken_instead
from cityfolio.reading.text import Source

if TYPE_CHECKING:
    from cityfolio.build.programme import Programme

__all__ = ["CatalogueTexts", "catalogue_name", "load_catalogues", "programme_texts", "untranslated"]

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


def load_catalogues(programme: Programme) -> tuple[dict[str, Catalogue], list[Finding]]:
    """The catalogue of each further language of a programme, with all findings about them."""
    catalogues: dict[str, Catalogue] = {}
    findings: list[Finding] = []
    for language in programme.languages[1:]:
        name = catalogue_name(language)
        held = Catalogue(language)
        if (programme.folder / name).exists():
            source = Source(programme.folder / name, name, "it is the catalogue of a language", programme.folder)
            read, more = read_catalogue(source, language)
            held = read or held
            findings += more
        catalogues[language] = held
        if language != PSEUDO:
            findings += _findings(programme, held, language)
    unspoken = filter(spoken_instead, programme.languages)
    findings += [Finding("translate.product", Place("programme.yml"), {"language": language}) for language in unspoken]
    return catalogues, findings


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
