"""A build: folder in, site out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from cityfolio.build.at_once import at_once, can_fork, check_wanted, cores
from cityfolio.build.collecting import collected_rarely, only_new_collected, rubbish_collected
from cityfolio.build.content import Content, edition_of, in_language, make_content
from cityfolio.build.facts import all_facts
from cityfolio.build.papers import NO_PAPERS, Papers, check_compared, shipped_files, with_papers
from cityfolio.build.parts import Ground, HelpWanted, Part, SheetWanted
from cityfolio.build.press import MadeLater, Press, finished
from cityfolio.build.programme import Programme, load_programme
from cityfolio.build.released import profile_files, published_descriptions, released_descriptions, released_files
from cityfolio.build.releasing.guarding import guarded, used_by
from cityfolio.build.since import earlier_numbers
from cityfolio.build.staying import Helping, Staying, begun, helping
from cityfolio.build.watching import Fingerprint, fingerprint
from cityfolio.build.writing import MARKER, ChangedFiles, FreshFolder, check_output, fresh_folder
from cityfolio.errors import FaultySite, WrongUse
from cityfolio.findings import Finding
from cityfolio.model.answer import CodedAnswers
from cityfolio.model.edition import Edition, EditionRule
from cityfolio.profile.keeping import Kept
from cityfolio.profile.programme_documents import SiteContent
from cityfolio.profile.release_changes import EarlierNumber
from cityfolio.publish.facts import KeptFactRows
from cityfolio.site.addresses import root_path
from cityfolio.site.auditing import PageAuditor, Sights
from cityfolio.site.pages import Renderer, page_paths
from cityfolio.site.shares import Share
from cityfolio.site.site_files import site_files
from cityfolio.site.template_language import COMPILED
from cityfolio.site.templating import environment
from cityfolio.tabulate.facts import FactStore

__all__ = ["BuildReport", "Builder", "build_site", "publish_site"]

Files: TypeAlias = Iterator[tuple[str, bytes]]
Helper: TypeAlias = "Staying[HelpWanted | SheetWanted, Part | None]"
Watch: TypeAlias = Callable[[Files, int], Files]
"""Passes files on, and may show how many of about so many are done."""


def _unwatched(files: Files, _about: int) -> Files:
    return files


@dataclass(frozen=True)
class BuildReport:
    """What a build did."""

    units: int
    files: int
    facts: int
    findings: tuple[Finding, ...]


@dataclass
class Builder:
    """Builds one programme, any number of times. Pages whose document did not change are not rendered again.

    `everything` publishes all formats of the data and the API as static files beside the pages; `at_once` is for one build:
    pages are made by processes of their own on all cores, and nothing is remembered for a next one; `since` is an earlier site
    or release, so that pages say what changed. `papers` are printed; those on demand by the `press`, one when it
    is asked for. Who builds again and again may be `helped`: other processes then stay
    for further languages, until `end`.
    """

    folder: Path
    edition: str | None = None
    everything: bool = False
    at_once: bool = False
    since: Path | None = None
    papers: Papers = NO_PAPERS
    helped: bool = False
    press: Press = field(default_factory=Press)
    _renderers: dict[str, Renderer] = field(default_factory=dict)
    _store: FactStore = field(default_factory=FactStore)
    _answers: CodedAnswers | None = None
    _kept: dict[str, Kept] = field(default_factory=dict)
    _kept_facts: Kept = field(default_factory=Kept)
    _rows: KeptFactRows = field(default_factory=KeptFactRows)
    _auditor: PageAuditor | None = None
    _helpers: list[Helper] | None = None
    _changed: ChangedFiles | None = None
    _number: int = 0
    _last_good: int = 0
    _sheets: dict[int, Part] = field(default_factory=dict)

    def build(self, out: Path, watch: Watch = _unwatched) -> BuildReport:
        """Build the site into `out`, whole or not at all; `watch` may count the files on their way.

        Raises:
            ProgrammeBlocked: if a finding blocks; `out` stays as it was.
            UnsafeOutput: if `out` holds something that cityfolio did not make.
            WrongUse: if there is no such programme or edition.
            FaultySite: if the audit finds a fault in what was made; `out` stays as it was.
        """
        with collected_rarely():
            return self._build(out, watch)

    def end(self) -> None:
        """End the helpers, if there are any, and give up what is held beside the site."""
        for helper in self._helpers or ():
            helper.end()
        self._helpers = []
        if self._changed is not None:
            self._changed.end()

    def _build(self, out: Path, watch: Watch) -> BuildReport:
        check_output(out, self.folder)
        inputs = fingerprint(self.folder) if self.helped else ()
        self._number += 1
        # Where this process alone builds and serves the site, only what changes is touched.
        if self._helpers is not None and (out / MARKER).is_file():
            with self._changed_files(out).on_their_way() as folder, self._asked(folder, inputs) as asked:
                # The helpers read and count on their own, so they began before this process does.
                programme, edition = self._loaded()
                ground = Ground(folder, programme, edition, *self._counted(programme))
                made = self._made(ground, asked, watch)
                folder.put_in_place(made.sights.files)
        else:
            programme, edition = self._loaded()
            if self.helped and self._helpers is None:
                more = min(cores(), len(programme.languages)) - 1 if can_fork() else 0
                self._helpers = [begun(self._help) for _ in range(more)]
            COMPILED.read()
            # While one process counts, another one compiles the templates for all.
            with at_once([_compiled] if self.at_once and not COMPILED else []) as compiling:
                counted = self._counted(programme)
                for compiled in compiling:
                    COMPILED.take(compiled.result())
            with fresh_folder(out) as fresh, self._asked(fresh, inputs) as asked:
                ground = Ground(fresh, programme, edition, *counted)
                made = self._made(ground, asked, watch)
        COMPILED.keep()
        self._last_good = self._number
        faces = programme.surroundings.around.theme.faces
        self.press = Press(MadeLater(made.later), shipped_files(programme), faces, tuple(made.further.values()))
        files = 1 + len(made.sights.files) - len(made.later)  # one marks the folder as ours
        return BuildReport(made.profiles, files, len(ground.store.facts), programme.findings)

    def _changed_files(self, out: Path) -> ChangedFiles:
        """Those that change of the site, the same for every build of it."""
        now = ChangedFiles.beside(out)
        if self._changed is None or self._changed.former != now.former:
            self._changed, before = now, self._changed
            if before is not None:
                before.end()
        return self._changed

    def _asked(
        self, folder: FreshFolder | ChangedFiles, inputs: Fingerprint
    ) -> AbstractContextManager[list[Helping[Part]]]:
        """All helpers at work on their shares of a build."""
        helpers = self._helpers or []
        processes = 1 + len(helpers)
        wants: list[HelpWanted | SheetWanted] = [
            HelpWanted(self._number, self._last_good, folder, share, processes, inputs) for share in range(1, processes)
        ]
        return helping(helpers, wants)

    def _loaded(self) -> tuple[Programme, Edition]:
        programme = with_papers(load_programme(self.folder), self.papers)
        if self._answers is not None:
            programme = replace(programme, answers=programme.answers.keeping(self._answers))
        if not self.at_once:
            self._answers = programme.answers
        edition = edition_of(programme, self.edition)
        if edition.rule is not EditionRule.LATEST_RESPONSE:
            raise WrongUse(
                f'The edition "{edition.id}" has facts only: a page shows one response of a unit, so pages need an edition'
                " by the latest response. Name one with --edition, or as default_edition."
            )
        return programme, edition

    def _counted(self, programme: Programme) -> tuple[FactStore, Mapping[str, EarlierNumber] | None, PageAuditor]:
        # What is known to be the same need not be compared again, piece by piece, wherever it is read.
        store = self._store = all_facts(programme, self._kept_facts).keeping(self._store)
        earlier = earlier_numbers(self.since) if self.since is not None else None
        return store, earlier, self._auditor_of(programme, store)

    def _made(self, ground: Ground, asked: Sequence[Helping[Part]], watch: Watch) -> Part:
        """Everything but what says that the folder is ours, looked at and written.

        Raises:
            FaultySite: with every fault that was found.
        """
        languages = ground.programme.languages
        processes = cores() if self.at_once else 1 + len(asked)
        # Each process takes languages in turn; where there are more cores than languages, it has others at its side.
        sides = max(processes // len(languages), 1) if self.at_once else 1
        own, *others = [languages[first::processes] for first in range(processes)]
        makes = [partial(self._languages, ground, those, sides) for those in others]
        # The data files take a core of their own where no language needs it, else they are made before others are waited for.
        has_spare = self.at_once and processes > len(languages)
        release = partial(self._released, ground)
        begun_now = [make for make, those in zip(makes, others, strict=True) if those and not asked]
        with at_once([*begun_now, *([release] if has_spare else [])], apart=self.at_once) as started:
            made = self._languages(ground, own, sides, watch)
            if not has_spare:
                made.join(release())
            for helper, answer, make in zip(self._helpers or (), asked, makes, strict=False):
                part = answer.result(make)
                of_helper = {
                    path: partial(_sheet_of, helper, SheetWanted(self._number, path)) for path in part.held_sheets
                }
                further = {prefix: partial(_further_of, helper, self._number) for prefix in part.held_further}
                made.join(replace(part, later=part.later | of_helper, further=part.further | further))
            for other in started:
                made.join(other.result())
        pages = [path for language in languages for path in made.pages[language] if path.endswith(".html")]
        self._write(ground, _around(ground.programme, made.site, pages), made.sights)
        problems = made.sights.all_problems(
            lambda path: ground.auditor.look(path, ground.folder.read(path)),
            root_path(ground.programme.surroundings.around.site_url),
        )
        if problems:
            raise FaultySite([str(problem) for problem in problems])
        return made

    def _help(self, wanted: HelpWanted | SheetWanted) -> Part | None:
        """What a helper makes: nothing where the files of the programme are not those that it was asked with."""
        if isinstance(wanted, SheetWanted):
            return Part(sheet=self._sheets[wanted.build].sheet_at(wanted.path))
        with collected_rarely():
            programme, edition = self._loaded()
            if fingerprint(self.folder) != wanted.inputs:
                return None
            ground = Ground(wanted.folder, programme, edition, *self._counted(programme))
            made = self._languages(ground, programme.languages[wanted.share :: wanted.processes], 1)
        self._sheets = {build: held for build, held in self._sheets.items() if build == wanted.last_good}
        self._sheets[wanted.build] = made
        sheets, prefixes = tuple(made.later), tuple(made.further)
        return replace(made, later={}, further={}, held_sheets=sheets, held_further=prefixes, site=None)

    def _languages(self, ground: Ground, languages: Sequence[str], helpers: int, watch: Watch = _unwatched) -> Part:
        """The pages of some languages, one after the other."""
        made = Part()
        described = (
            *released_descriptions(ground.programme),
            *(published_descriptions(ground.programme) if self.everything else ()),
        )
        for language in languages:
            content = make_content(
                in_language(ground.programme, language),
                ground.edition,
                described,
                ground.store,
                ground.earlier,
                self._kept_of(language),
            )
            check_compared(content.site)
            shares = [Share(number, helpers) for number in range(helpers)]
            makes = [partial(self._pages, ground, content, share) for share in shares[1:]]
            with (
                only_new_collected() if self.at_once else rubbish_collected(),
                at_once(makes, apart=self.at_once) as begun,
            ):
                made.join(self._pages(ground, content, shares[0], watch))
                for other in begun:
                    made.join(other.result())
            made.pages[language] = tuple(page_paths(content.site))
            made.profiles = len(content.site.profiles)
            made.site = content.site if language == ground.programme.language else made.site
        return made

    def _pages(self, ground: Ground, content: Content, share: Share, watch: Watch = _unwatched) -> Part:
        """A share of the pages of one language, each looked at where it is made, and the documents and sheets beside them."""
        made = Part()
        language = content.site.programme.language
        renderer = self._renderers.setdefault(language, Renderer(remembers=not self.at_once))

        def files() -> Files:
            for page in renderer.render(content.site, share):
                yield page.path, page.content
            yield from profile_files(content, share, self._kept_of(language))
            for path, sheet in renderer.sheets(content.site, share):
                if self.papers.on_demand:
                    made.later[path] = sheet
                else:
                    theme = ground.programme.surroundings.around.theme
                    yield path, finished(path, sheet(), shipped_files(ground.programme), theme.faces)
                    gc.collect()  # what a sheet was set from is tens of megabytes that refer to each other

        self._write(ground, watch(files(), 2 * len(content.site.profiles)), made.sights)
        made.sights.files.update(made.later)
        if self.papers.on_demand:
            made.further[content.site.programme.prefix] = partial(renderer.comparison, content.site)
        return made

    def _released(self, ground: Ground) -> Part:
        """The data files, the same in every language."""
        made = Part()
        released = released_files(ground.programme, ground.store, everything=self.everything, rows=self._rows)
        if self.everything:
            latest = ground.programme.surroundings.around.latest
            released = guarded(released, used_by(ground.programme.folder, latest))
        self._write(ground, released, made.sights)
        return made

    def _kept_of(self, language: str) -> Kept:
        """The parts of the last build in a language, where there will be a next one."""
        return self._kept.setdefault(language, Kept(remembers=not self.at_once))

    def _write(self, ground: Ground, files: Files, sights: Sights) -> None:
        for path, content in files:
            check_wanted()
            sights.add(path, ground.auditor.look(path, content))
            ground.folder.write(path, content)

    def _auditor_of(self, programme: Programme, store: FactStore) -> PageAuditor:
        """One that remembers the pages of the last build, where there will be a next one."""
        facts = {fact.id: fact for fact in store}
        if self._auditor is None or self._auditor.language != programme.language:
            self._auditor = PageAuditor(facts, programme.language, remembers=not self.at_once)
        self._auditor.begin(facts)
        return self._auditor


def _sheet_of(helper: Helper, wanted: SheetWanted) -> bytes:
    part = helper.told(wanted)
    return part.sheet if part is not None else b""


def _further_of(helper: Helper, build: int, path: str) -> bytes:
    return _sheet_of(helper, SheetWanted(build, path))


def _around(programme: Programme, site: SiteContent | None, pages: Sequence[str]) -> Files:
    """What stands on a site beside its pages."""
    yield from shipped_files(programme).items()
    if site is not None:
        yield from site_files(site, pages)


def _compiled() -> list[tuple[str, bytes]]:
    return list(COMPILED.compile(environment()))


def build_site(
    folder: Path,
    out: Path,
    edition: str | None = None,
    watch: Watch = _unwatched,
    since: Path | None = None,
    papers: Papers = NO_PAPERS,
) -> BuildReport:
    """Build the site of a programme folder into `out`, whole or not at all; see `Builder.build`."""
    return Builder(folder, edition, at_once=True, since=since, papers=papers).build(out, watch)


def publish_site(
    folder: Path,
    out: Path,
    edition: str | None = None,
    watch: Watch = _unwatched,
    papers: Papers = NO_PAPERS,
) -> BuildReport:
    """Build the site with every format of its data and its API as static files; see `Builder.build`."""
    return Builder(folder, edition, everything=True, at_once=True, papers=papers).build(out, watch)
