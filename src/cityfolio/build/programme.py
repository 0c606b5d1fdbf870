"""A programme folder, loaded and checked: everything that pages and files are made from, or findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path, PurePath

from cityfolio.build.acting import Acting, Surroundings, load_acting
from cityfolio.build.anonymity import likeness_findings
from cityfolio.build.catalogues import catalogue_findings, read_catalogues
from cityfolio.build.headlines import headline_findings
from cityfolio.build.manifest import Manifest, WaveEntry, load_manifest, manifest_of
from cityfolio.build.peer_groups import peer_findings, peer_groups_of
from cityfolio.build.surroundings import LoadedSurroundings, load_surroundings
from cityfolio.build.unlinked import link_findings
from cityfolio.build.unused import misnamed_findings, wave_findings
from cityfolio.errors import NotAProgramme, ProgrammeBlocked
from cityfolio.findings import Finding, Place, any_blocks, in_order
from cityfolio.formatting import did_you_mean
from cityfolio.harmonise.breaks import with_breaks
from cityfolio.harmonise.crosswalk import Crosswalk, load_crosswalk
from cityfolio.harmonise.grouping import attribute_findings, column_names_findings, group_responses
from cityfolio.instrument.codebook import kind_findings, make_codebook, released_findings
from cityfolio.instrument.loading import load_instrument
from cityfolio.intake.corrections import WantedCorrection, load_corrections
from cityfolio.intake.published import read_published
from cityfolio.intake.responses import Context, read_corrected_responses
from cityfolio.intake.units import read_units, same_names_findings, told_apart
from cityfolio.model.answer import CodedAnswers, Response
from cityfolio.model.correction import Correction
from cityfolio.model.edition import Group
from cityfolio.model.fact import Fact
from cityfolio.model.instrument import Instrument
from cityfolio.model.unit import Unit
from cityfolio.model.variable import Kind, Variable
from cityfolio.narrative.wording import Wording, load_wording
from cityfolio.profile.editorial import Editorial, read_editorial
from cityfolio.profile.in_short import confidential_findings, in_short_findings
from cityfolio.profile.likeness import peer_wording_findings
from cityfolio.profile.plan import Plan, load_plan
from cityfolio.profile.scope import known_names
from cityfolio.reading.catalogues import Catalogue
from cityfolio.reading.product_catalogues import ProductWords, product_words
from cityfolio.reading.text import Source
from cityfolio.reading.yaml import Located
from cityfolio.review.edits import contradictions, load_edits
from cityfolio.tabulate.crossings import PeerGroup

__all__ = [
    "CORRECTIONS",
    "Definitions",
    "Programme",
    "check_programme",
    "load_definitions",
    "load_programme",
    "load_texts",
]

CORRECTIONS = "corrections.yml"


@dataclass(frozen=True)
class Definitions:
    """What a programme declares about its waves, without a single answer: enough to code and count answers of any number."""

    manifest: Manifest
    instruments: Mapping[str, Instrument]
    variables: Mapping[str, Variable]
    instrument_files: tuple[Path, ...]
    responses: Mapping[str, Path]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Programme:
    """A programme that nothing blocks. One that is translated keeps what it was translated from as `source`."""

    folder: Path
    manifest: Manifest
    instruments: Mapping[str, Instrument]
    crosswalks: tuple[Crosswalk, ...]
    answers: CodedAnswers
    groups: Mapping[tuple[str, str], tuple[Group, ...]]
    published: tuple[Fact, ...]
    plan: Plan
    wording: Wording
    editorials: Mapping[str, Mapping[str, Editorial]]
    findings: tuple[Finding, ...]
    surroundings: LoadedSurroundings
    acting: Acting = field(default_factory=Acting)
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    spoken: Mapping[str, ProductWords] = field(default_factory=dict)
    source: Programme | None = None
    remarks: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def peer_groups(self) -> tuple[PeerGroup, ...]:
        """The saved peer groups."""
        return peer_groups_of(self.manifest.content)

    @property
    def language(self) -> str:
        """The language of the texts."""
        return self.manifest.content.language

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site: first the one that the programme is written in."""
        return self.source.languages if self.source is not None else self.manifest.languages

    @cached_property
    def product(self) -> ProductWords:
        """The words of the product in the language of the texts."""
        return self.product_in(self.language)

    def product_in(self, language: str) -> ProductWords:
        """The words of the product in a language, with what the programme's catalogue of it gives."""
        return self.spoken.get(language) or product_words(language)


def check_programme(folder: Path) -> list[Finding]:
    """All findings about a programme folder, what blocks first.

    Raises:
        NotAProgramme: if the folder has no programme.yml.
    """
    return in_order(_Loading(folder).load()[1])


def load_programme(folder: Path) -> Programme:
    """The programme in a folder.

    Raises:
        NotAProgramme: if the folder has no programme.yml.
        ProgrammeBlocked: if a finding blocks; it carries all findings.
    """
    programme, findings = _Loading(folder).load()
    if programme is None:
        raise ProgrammeBlocked(in_order(findings))
    return programme


def load_texts(folder: Path) -> Programme:
    """The programme in a folder for the sake of its words: how its site looks may be still to do, and so may translations.

    Raises:
        NotAProgramme: if the folder has no programme.yml.
        ProgrammeBlocked: if a finding blocks that is about more than those; it carries all findings.
    """
    programme, findings = _Loading(folder, words_alone=True).load()
    if programme is None:
        raise ProgrammeBlocked(in_order(findings))
    return programme


def load_definitions(folder: Path) -> Definitions:
    """What the programme in a folder declares about its waves.

    Raises:
        NotAProgramme: if the folder has no programme.yml.
        ProgrammeBlocked: if programme.yml or an instrument cannot be read; it carries all findings.
    """
    return _Loading(folder).definitions()


class _Loading:
    """Loads the files of a folder one after the other, keeping all findings."""

    def __init__(self, folder: Path, *, words_alone: bool = False) -> None:
        if not (folder / "programme.yml").is_file():
            near = next((path.name for path in sorted(folder.glob("[Pp]rogram*.y*ml"))), "")
            hint = f" It holds {near}: rename that to programme.yml." if near else ""
            found = "holds no programme.yml" if folder.is_dir() else "is no folder"
            way_out = hint or f" Name a programme folder, or make one with: cityfolio new {folder}"
            raise NotAProgramme(f"{folder} {found}.{way_out}")
        self.folder = folder
        self.words_alone = words_alone
        self.findings: list[Finding] = []
        self.located = Located("programme.yml", {})
        self.edits: dict[str, str] = {}
        self.spoken: dict[str, ProductWords] = {}

    def definitions(self) -> Definitions:
        """What is declared about waves; answers are not opened."""
        manifest, self.located, findings = load_manifest(self._source("programme.yml"))
        self.findings += findings
        if manifest is None:
            raise ProgrammeBlocked(in_order(self.findings))
        # Translations have no part in what is counted.
        _, manifest = self._catalogues(manifest, manifest.languages[:1])
        instruments = self._instruments(manifest)
        variables = make_codebook(list(instruments.values()))
        self._check_groups(manifest, variables)
        waves = manifest.content.waves
        outside = [self._leads_out(_responses_name(wave), "waves", n, "responses") for n, wave in enumerate(waves)]
        if len(instruments) < len(waves) or any(outside):
            raise ProgrammeBlocked(in_order(self.findings))
        files = tuple(self.folder / (wave.instrument or f"instruments/{wave.id}.yml") for wave in waves)
        responses = {wave.id: self.folder / _responses_name(wave) for wave in waves}
        return Definitions(manifest, instruments, variables, files, responses, tuple(self.findings))

    def load(self) -> tuple[Programme | None, list[Finding]]:
        """The programme, or None if something blocks; and all findings."""
        manifest, self.located, findings = load_manifest(self._source("programme.yml"))
        self.findings += findings
        if manifest is None:
            return None, self.findings
        catalogues, manifest = self._catalogues(manifest, manifest.languages)
        instruments = self._instruments(manifest)
        variables = make_codebook(list(instruments.values()))
        self._check_groups(manifest, variables)
        answers = self._answers(manifest, instruments, variables)
        groups, findings = group_responses(answers, manifest.rules, _response_files(manifest))
        self.findings += findings
        self.findings += likeness_findings(manifest, answers, groups, self.located)
        self.findings += wave_findings(self.folder, manifest, Counter(r.wave for r in answers.responses), self.located)
        published = self._published(manifest, variables)
        if len(instruments) < len(manifest.waves):
            # Whatever names a variable would be blamed for the instrument that cannot be read.
            self._editorials(answers, None)
            return None, self.findings
        crosswalks = self._crosswalks(manifest, instruments)
        variables = with_breaks(variables, crosswalks)
        answers = replace(answers, variables=variables)
        plan = self._plan(manifest, answers)
        editorials = self._editorials(answers, plan)
        wording = self._wording(manifest, variables, plan)
        self._review(manifest, answers)
        around = Surroundings(answers.units or None, variables, published, manifest.default_edition)
        acting, findings = load_acting(self.folder, around)
        self.findings += findings
        known = {"unit": answers.units or None, "variable": variables}
        surroundings = load_surroundings(self.folder, manifest.content, self.located, known)
        self.findings += surroundings.findings
        self.findings += link_findings(manifest.content, self.located, acting, editorials)
        self.findings += misnamed_findings(self.folder, manifest.languages)
        passed_over = surroundings.of_looks if self.words_alone else ()
        if any_blocks(f for f in self.findings if f not in passed_over) or plan is None:
            return None, self.findings
        programme = Programme(
            self.folder, manifest, instruments, tuple(crosswalks), answers, groups, tuple(published), plan, wording,
            editorials, (), surroundings, acting, catalogues, self.spoken, edits=self.edits,
        )  # fmt: skip
        findings = catalogue_findings(programme)
        self.findings += findings
        if any_blocks(findings) and not self.words_alone:
            return None, self.findings
        return replace(programme, findings=tuple(in_order(self.findings))), self.findings

    def _catalogues(self, manifest: Manifest, languages: Sequence[str]) -> tuple[dict[str, Catalogue], Manifest]:
        """The catalogues of these languages, the manifest's first, and the manifest in the words that the first gives."""
        catalogues, findings = read_catalogues(self.folder, languages)
        self.findings += findings
        self.spoken = {language: product_words(language, held) for language, held in catalogues.items()}
        own = self.spoken.get(manifest.content.language)
        return catalogues, manifest_of(manifest.content, own) if own is not None else manifest

    def _source(self, name: str, need: str = "it is named in programme.yml") -> Source:
        return Source(self.folder / name, name, need, self.folder)

    def _leads_out(self, name: str, *entry: str | int) -> bool:
        """Whether a path of programme.yml leaves the folder by its words; where links lead is seen on reading."""
        depth = 0
        for part in PurePath(name).parts:
            depth += -1 if part == ".." else 1
            if depth < 0 or PurePath(name).is_absolute():
                self.findings.append(Finding("file.outside", self.located.at(*entry), {"got": name}))
                return True
        return False

    def _instruments(self, manifest: Manifest) -> dict[str, Instrument]:
        instruments: dict[str, Instrument] = {}
        names: list[str] = []
        for position, wave in enumerate(manifest.content.waves):
            name = wave.instrument or f"instruments/{wave.id}.yml"
            if self._leads_out(name, "waves", position, "instrument"):
                continue
            source = self._source(name, f"it is the instrument of {wave.id}")
            instrument, findings = load_instrument(wave.id, source)
            self.findings += findings
            if instrument is not None:
                instruments[wave.id] = instrument
                names.append(name)
        self.findings += kind_findings(list(instruments.values()), names)
        self.findings += released_findings(list(instruments.values()), names)
        return instruments

    def _check_groups(self, manifest: Manifest, variables: Mapping[str, Variable]) -> None:
        for position, rule in enumerate(manifest.rules):
            if rule.variable and (rule.variable not in variables or variables[rule.variable].kind is not Kind.NUMBER):
                hint = did_you_mean(rule.variable, variables) or ""
                facts = {"kind": "The number variable", "got": rule.variable, "suggestion": hint}
                at = self.located.at("groups", position, "variable")
                self.findings.append(Finding("programme.unknown-name", at, {**facts, "where": "A kind of group"}))
            elif rule.variable and variables[rule.variable].confidential:
                at = self.located.at("groups", position, "variable")
                facts = {"kind": rule.kind, "variable": rule.variable}
                self.findings.append(Finding("disclosure.group", at, facts))

    def _answers(
        self, manifest: Manifest, instruments: Mapping[str, Instrument], variables: dict[str, Variable]
    ) -> CodedAnswers:
        units, findings = read_units(self._source("units.csv", "it lists the units"))
        self.findings += findings
        directory = manifest.content.directory
        units = told_apart(units, directory.apart, _labels_of(directory.apart, manifest))
        self.findings += attribute_findings(manifest.rules, units, self.located)
        listed_by = {"region": directory.region, "country": directory.country, "apart": directory.apart}
        named = {key: name for key, name in listed_by.items() if key in directory.model_fields_set}
        self.findings += column_names_findings(directory.search, named, units, self.located)
        self.findings += same_names_findings(units)
        self.findings += peer_findings(manifest.content, units, self.located) if units else ()
        is_listed = not any_blocks(findings) or bool(units)
        responses: list[Response] = []
        corrections: list[Correction] = []
        wanted = self._corrections(instruments, units if is_listed else None)
        for position, wave in enumerate(manifest.content.waves):
            name = _responses_name(wave)
            if wave.id in instruments and not self._leads_out(name, "waves", position, "responses"):
                context = Context(instruments[wave.id], variables, units if is_listed else None, manifest.missing)
                source = self._source(name, f"it holds the responses of {wave.id}")
                asked = [one for one in wanted if one.correction.wave == wave.id]
                found, applied, findings = read_corrected_responses(source, context, asked)
                self.findings += findings
                responses += found
                corrections += applied
        answered = {response.unit for response in responses}
        if not any_blocks(self.findings):  # else an answer may be one of those that could not be read
            self.findings += [
                Finding("intake.without-response", Place("units.csv"), {"got": unit})
                for unit in units
                if unit not in answered
            ]
        known = tuple(r for r in responses if r.unit in units)
        return CodedAnswers(units, variables, manifest.waves, known, tuple(corrections))

    def _corrections(
        self, instruments: Mapping[str, Instrument], units: Mapping[str, Unit] | None
    ) -> tuple[WantedCorrection, ...]:
        if not (self.folder / CORRECTIONS).exists():
            return ()
        wanted, findings = load_corrections(self._source(CORRECTIONS), instruments, units)
        self.findings += findings
        return wanted

    def _published(self, manifest: Manifest, variables: Mapping[str, Variable]) -> list[Fact]:
        if not (self.folder / "published.csv").exists():
            return []
        labelled = manifest.content.published
        source, editions = self._source("published.csv"), list(manifest.editions.values())
        published, findings = read_published(source, editions, variables, labelled)
        self.findings += findings
        return published

    def _crosswalks(self, manifest: Manifest, instruments: Mapping[str, Instrument]) -> list[Crosswalk]:
        crosswalks: list[Crosswalk] = []
        names = [f"crosswalks/{path.name}" for path in sorted((self.folder / "crosswalks").glob("*.yml"))]
        for name in names:
            crosswalk, findings = load_crosswalk(self._source(name), instruments)
            self.findings += findings
            if crosswalk and (crosswalk.earlier, crosswalk.later) in {(one.earlier, one.later) for one in crosswalks}:
                facts = {"kind": "The crosswalk", "got": f"{crosswalk.earlier}-{crosswalk.later}"}
                self.findings.append(Finding("programme.doubled-id", Place(name), facts))
            crosswalks += [crosswalk] if crosswalk else []
        related = {(crosswalk.earlier, crosswalk.later) for crosswalk in crosswalks}
        for earlier, later in pairwise(manifest.waves):
            name = f"crosswalks/{earlier}-{later}.yml"
            if (earlier, later) not in related and name not in names:
                self.findings.append(Finding("crosswalk.missing", Place(name), {"earlier": earlier, "later": later}))
        return crosswalks

    def _plan(self, manifest: Manifest, answers: CodedAnswers) -> Plan | None:
        variables = answers.variables
        source = self._source("profile.yml", "it is the plan of the profile page")
        plan, located, findings = load_plan(source, variables, [rule.kind for rule in manifest.rules])
        self.findings += findings
        shown = manifest.editions.get(manifest.default_edition)
        # Bases are known once all answers can be read.
        if plan is not None and shown is not None and not any_blocks(self.findings):
            self.findings += headline_findings(plan, answers, shown, located)
        return plan

    def _wording(self, manifest: Manifest, variables: Mapping[str, Variable], plan: Plan | None) -> Wording:
        name = f"wording/{manifest.content.language}.yml"
        source = self._source(name, "it holds the sentences of the profile page")
        headlines = [subject.name for subject in plan.headlines] if plan else []
        wording, located, findings = load_wording(
            source, plan.cases if plan else {}, headlines, self.spoken.get(manifest.content.language)
        )
        # Without a plan there are no cases to compare the sentences with; the plan's own findings say enough.
        self.findings += [f for f in findings if plan is not None or f.code != "wording.no-case"]
        if wording.language not in ("", manifest.content.language):
            facts = {"problem": f'The language is "{wording.language}" in a file of "{manifest.content.language}"'}
            self.findings.append(Finding("yaml.unexpected", located.at("language"), {**facts, "where": "language"}))
        self.findings += in_short_findings(wording, variables, located)
        self.findings += peer_wording_findings(wording, variables, located)
        known = known_names(variables)
        self.findings += confidential_findings(wording, variables, located)
        for part, blocks in (("sentences", wording.sentences), ("in_short", wording.in_short)):
            more = {"it", "label", "words", "same", "same.words", "like"} if part == "in_short" else set()
            for block, patterns in blocks.items():
                for case, pattern in patterns.items():
                    self.findings += [
                        Finding(
                            "wording.unknown-name",
                            located.at(part, block, case),
                            {"got": got, "suggestion": did_you_mean(got, known) or ""},
                        )
                        for got in pattern.names
                        if got not in known | more
                    ]
        return wording

    def _editorials(self, answers: CodedAnswers, plan: Plan | None) -> dict[str, dict[str, Editorial]]:
        editorials: dict[str, dict[str, Editorial]] = {}
        slots = _slots(plan) if plan else None
        for path in sorted((self.folder / "editorial").glob("*.md")):
            name = f"editorial/{path.name}"
            if answers.units and path.stem not in answers.units:
                hint = did_you_mean(path.stem, answers.units) or ""
                facts = {"got": path.stem, "suggestion": hint}
                self.findings.append(Finding("editorial.unknown-unit", Place(name), facts))
                continue
            editorials[path.stem], findings = read_editorial(self._source(name), slots)
            self.findings += findings
        return editorials

    def _review(self, manifest: Manifest, answers: CodedAnswers) -> None:
        if not (self.folder / "edits.yml").exists():
            return
        declared, findings = load_edits(self._source("edits.yml"), answers.variables)
        self.findings += findings
        self.edits = {rule.id: rule.found for rule in declared}
        files = _response_files(manifest)
        self.findings += contradictions(answers.responses, declared, answers.variables, files)


def _slots(plan: Plan) -> list[str]:
    blocks = [*plan.head, *(block for section in plan.sections for block in section.blocks)]
    return [block.id for block in blocks if block.kind == "editorial"]


def _response_files(manifest: Manifest) -> dict[str, str]:
    return {wave.id: _responses_name(wave) for wave in manifest.content.waves}


def _labels_of(column: str, manifest: Manifest) -> dict[str, str]:
    """What the keys of a column of units.csv are called, where the directory or a kind of group says it."""
    directory = manifest.content.directory
    labels = dict(directory.region_labels) if column == directory.region else {}
    for rule in manifest.rules:
        labels |= dict(rule.labels) if column and rule.attribute == column else {}
    return labels


def _responses_name(wave: WaveEntry) -> str:
    return wave.responses or f"responses/{wave.id}.csv"
