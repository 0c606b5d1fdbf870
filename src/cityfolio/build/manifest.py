"""programme.yml: what a programme is, which waves it has, how units are grouped and which editions are published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from cityfolio.findings import Finding
from cityfolio.formatting import did_you_mean, plain_number
from cityfolio.intake.coding import MissingTokens
from cityfolio.model.edition import Band, Edition, EditionRule, GroupRule
from cityfolio.model.identifiers import is_identifier
from cityfolio.model.missing import Missing
from cityfolio.narrative.particles import fit_particles
from cityfolio.reading.product_catalogues import ProductWords, message, product_words
from cityfolio.reading.yaml import Located, Shape, read_yaml
from cityfolio.tabulate.crossings import PEERS
from cityfolio.tabulate.disclosure.rules import DisclosureRule

if TYPE_CHECKING:
    from cityfolio.reading.text import Source

__all__ = ["GroupEntry", "Manifest", "NounEntry", "ProgrammeFile", "WaveEntry", "load_manifest", "manifest_of"]

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_YEAR = re.compile(r"[0-9]{4}")


class NounEntry(Shape):
    """What a unit is called."""

    one: str
    many: str


class WaveEntry(Shape):
    """One wave, and how many units were invited to it, where that is known.

    Its files are `instruments/<id>.yml` and `responses/<id>.csv` unless named.
    """

    id: str
    title: str = ""
    invited: int | None = Field(default=None, ge=0)
    instrument: str = ""
    responses: str = ""


class EditionEntry(Shape):
    """A pooled edition. Each wave by itself is an edition too, without being listed."""

    id: str
    title: str = ""
    waves: list[str] = Field(min_length=1)
    rule: Literal["latest_response", "latest_answer", "matched_panel"] = "latest_response"


class BandEntry(Shape):
    """A band of a number: from `low` up to, not including, `below`."""

    key: str
    label: str
    low: float | None = None
    below: float | None = None


class GroupEntry(Shape):
    """A kind of group: by a column of units.csv, or by bands of a number variable."""

    kind: str
    title: str
    attribute: str = ""
    label_attribute: str = ""
    labels: dict[str, str] = {}
    variable: str = ""
    bands: list[BandEntry] = []


class PeerGroupEntry(Shape):
    """A saved peer group: units to be compared with, by their ids."""

    id: str
    title: str = ""
    units: list[str] = Field(min_length=1)


class SourceEntry(Shape):
    """A source that the site names."""

    title: str
    url: str = ""


class MissingEntry(Shape):
    """What an empty cell means, and which words in a cell stand for other missing reasons."""

    empty: Literal["not_on_record", "unanswered"] = "not_on_record"
    tokens: dict[str, Literal["refused", "dont_know", "not_on_record", "unanswered"]] = {}


class PublishedLabelEntry(Shape):
    """What a published figure is about, where it is no question of ours: a label, and labels of its categories."""

    label: str
    categories: dict[str, str] = {}


class DirectoryEntry(Shape):
    """How units are listed and found: two columns of units.csv and names for the first one's keys, and further columns.

    Units are found by the words of the columns `search`; those of one name are told apart by the column `apart`.
    """

    region: str = "continent"
    country: str = "country"
    region_labels: dict[str, str] = {}
    search: list[str] = []
    apart: str = ""


class DisclosureEntry(Shape):
    """The smallest counts that are shown of questions whose single answers are not released; 0 switches a rule off.

    And by what a respondent might be recognised in released answers, and how many have to be alike in it.
    """

    minimum_base: int = Field(default=0, ge=0)
    minimum_numerator: int = Field(default=0, ge=0)
    minimum_rest: int = Field(default=0, ge=0)
    quasi_identifiers: list[str] = []
    sensitive: list[str] = []
    minimum_alike: int = Field(default=0, ge=0)


class PublisherEntry(Shape):
    """Who publishes the site."""

    name: str = ""
    url: str = ""


class AccessibilityEntry(Shape):
    """When the accessibility of the site was last tested (YYYY-MM-DD), and what came out."""

    tested: str = ""
    result: str = ""


class ProgrammeFile(Shape):
    """`programme.yml`."""

    format: Literal["1"]
    id: str
    title: str
    summary: str = ""
    about: list[str] = []
    language: str = "en"
    languages: list[str] = []
    translations: Literal["partial", "complete"] = "partial"
    unit: NounEntry
    waves: list[WaveEntry]
    editions: list[EditionEntry] = []
    default_edition: str = ""
    groups: list[GroupEntry] = []
    peer_groups: list[PeerGroupEntry] = []
    directory: DirectoryEntry = DirectoryEntry()
    missing: MissingEntry = MissingEntry()
    disclosure: DisclosureEntry = DisclosureEntry()
    published: dict[str, PublishedLabelEntry] = {}
    notice: str = ""
    contact: str = ""
    licence: str = ""
    sources: list[SourceEntry] = []
    glossary: dict[str, str] = {}
    site_url: str = ""
    publisher: PublisherEntry = PublisherEntry()
    accessibility: AccessibilityEntry = AccessibilityEntry()


@dataclass(frozen=True)
class Manifest:
    """A programme's own description, with what follows from it."""

    content: ProgrammeFile
    editions: dict[str, Edition]
    default_edition: str
    rules: tuple[GroupRule, ...]
    missing: MissingTokens

    @property
    def invited(self) -> dict[str, int]:
        """How many units were invited to each wave that says so."""
        return {wave.id: wave.invited for wave in self.content.waves if wave.invited is not None}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site: first the one that the programme is written in."""
        return tuple(dict.fromkeys([self.content.language, *self.content.languages]))

    @property
    def disclosure(self) -> DisclosureRule:
        """What is withheld of questions whose single answers are not released."""
        entry = self.content.disclosure
        return DisclosureRule(entry.minimum_base, entry.minimum_numerator, entry.minimum_rest)

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves in order."""
        return tuple(wave.id for wave in self.content.waves)


def load_manifest(source: Source) -> tuple[Manifest | None, Located, list[Finding]]:
    """The manifest of a programme, or None where it cannot be used; with all findings."""
    content, located, findings = read_yaml(source, ProgrammeFile)
    if content is None:
        return None, located, findings
    findings += [*_id_findings(content, located), *_reference_findings(content, located)]
    if any(finding.blocks for finding in findings):
        return None, located, findings
    return manifest_of(content), located, findings


def manifest_of(content: ProgrammeFile, product: ProductWords | None = None) -> Manifest:
    """What follows from a programme's own description, where nothing in it blocks.

    `product` are the words of the product that go with it, if not those that it has itself in the language.
    """
    words = product or product_words(content.language)
    order = [wave.id for wave in content.waves]
    editions = {
        wave.id: Edition(wave.id, (wave.id,), wave.title or _title_of(wave.id, words)) for wave in content.waves
    }
    for entry in content.editions:
        waves = tuple(sorted(entry.waves, key=order.index))
        editions[entry.id] = Edition(entry.id, waves, entry.title or entry.id, EditionRule(entry.rule))
    # A page shows one response of a unit, so an edition of facts alone is never what pages show by default.
    on_pages = [entry.id for entry in content.editions if editions[entry.id].rule is EditionRule.LATEST_RESPONSE]
    default = content.default_edition or (on_pages or order)[-1]
    missing = MissingTokens(
        Missing(content.missing.empty),
        {token: Missing(reason) for token, reason in content.missing.tokens.items()},
    )
    rules = tuple(_rule(entry) for entry in content.groups)
    return Manifest(content, editions, default, rules, missing)


def _title_of(wave: str, product: ProductWords) -> str:
    """What a wave without a title is called in sentences; its id alone where nobody has put that into the language."""
    words = message("survey of %(wave)s") if _YEAR.fullmatch(wave) else message("wave %(wave)s")
    said = product.text("", words) or (words if not product.instead else "%(wave)s")
    return fit_particles(said % {"wave": wave})


def _rule(entry: GroupEntry) -> GroupRule:
    return GroupRule(
        kind=entry.kind,
        title=entry.title,
        attribute=entry.attribute,
        label_attribute=entry.label_attribute,
        labels=tuple(entry.labels.items()),
        variable=entry.variable,
        bands=tuple(Band(band.key, band.label, band.low, band.below) for band in entry.bands),
    )


def _id_findings(content: ProgrammeFile, located: Located) -> Iterator[Finding]:
    named = [("wave", ("waves", i, "id"), wave.id) for i, wave in enumerate(content.waves)]
    named += [("edition", ("editions", i, "id"), edition.id) for i, edition in enumerate(content.editions)]
    named += [("peer group", ("peer_groups", i, "id"), peers.id) for i, peers in enumerate(content.peer_groups)]
    named += [("kind of group", ("groups", i, "kind"), group.kind) for i, group in enumerate(content.groups)]
    seen: set[str] = set()
    if content.peer_groups:
        seen.add(PEERS)
    for kind, path, name in named:
        if not is_identifier(name):
            yield Finding("programme.unsafe-id", located.at(*path), {"got": name})
        if name in seen:
            yield Finding("programme.doubled-id", located.at(*path), {"kind": f"The {kind}", "got": name})
        seen.add(name)
    spoken = [("language",), *(("languages", i) for i in range(len(content.languages)))]
    for place, language in zip(spoken, [content.language, *content.languages], strict=True):
        # It becomes the name of a file of sentences, and browsers and readers of screens are told it.
        if not _LANGUAGE.fullmatch(language):
            yield Finding("programme.no-language", located.at(*place), {"got": language})
    if not content.waves:
        facts = {"problem": "There is no wave", "where": "waves"}
        yield Finding("yaml.unexpected", located.at("waves"), facts)


def _reference_findings(content: ProgrammeFile, located: Located) -> Iterator[Finding]:
    waves = [wave.id for wave in content.waves]

    def unknown(kind: str, got: str, known: object, path: tuple[str | int, ...]) -> Finding:
        names = [str(name) for name in known] if isinstance(known, (list, tuple)) else []
        facts = {
            "kind": kind,
            "got": got,
            "suggestion": did_you_mean(got, names) or "",
            "where": "programme.yml",
        }
        return Finding("programme.unknown-name", located.at(*path), facts)

    for position, group in enumerate(content.groups):
        if not group.attribute and not group.variable:
            facts = {
                "problem": f'The kind of group "{group.kind}" names neither an attribute nor a variable',
                "where": "groups",
            }
            yield Finding("yaml.unexpected", located.at("groups", position), facts)
        yield from _band_findings(group, located, position)
    for position, edition in enumerate(content.editions):
        for w, wave in enumerate(edition.waves):
            if wave not in waves:
                yield unknown("The wave", wave, waves, ("editions", position, "waves", w))
    editions = [*waves, *(edition.id for edition in content.editions)]
    if content.default_edition and content.default_edition not in editions:
        yield unknown("The edition", content.default_edition, editions, ("default_edition",))
    rules = {edition.id: EditionRule(edition.rule) for edition in content.editions}
    if rules.get(content.default_edition, EditionRule.LATEST_RESPONSE) is not EditionRule.LATEST_RESPONSE:
        yield Finding("programme.edition-of-facts", located.at("default_edition"), {"edition": content.default_edition})


def _band_findings(group: GroupEntry, located: Located, position: int) -> Iterator[Finding]:
    """Findings about bands that share numbers, or leave out some between them."""
    order = sorted(range(len(group.bands)), key=lambda n: (group.bands[n].low is not None, group.bands[n].low or 0))
    for earlier, later in pairwise(order):
        below, low = group.bands[earlier].below, group.bands[later].low
        at = located.at("groups", position, "bands", later)
        facts = {"first": group.bands[earlier].key, "second": group.bands[later].key}
        if below is None or low is None or low < below:
            yield Finding("programme.bands-overlap", at, facts)
        elif low > below:
            yield Finding("programme.bands-gap", at, {**facts, "from": plain_number(below), "to": plain_number(low)})
