"""A build: folder in, site out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from cityfolio.build.at_once import AtOnce, started
from cityfolio.build.collecting import collected_rarely
from cityfolio.build.content import Content, edition_of, in_language, make_content
from cityfolio.build.facts import all_facts
from cityfolio.build.press import MadeLater, Press
from cityfolio.build.programme import Programme, load_programme
from cityfolio.build.released import profile_files, published_descriptions, released_descriptions, released_files
from cityfolio.build.releasing.guarding import guarded, used_by
from cityfolio.build.since import earlier_numbers
from cityfolio.build.writing import check_output, write_whole
from cityfolio.errors import FaultySite, WrongUse
from cityfolio.findings import Finding
from cityfolio.model.edition import EditionRule
from cityfolio.profile.kept_fact_pages import KeptFactPages
from cityfolio.site.addresses import root_path
from cityfolio.site.auditing import PageAuditor, Seen, all_problems
from cityfolio.site.pages import Renderer
from cityfolio.site.sheets import SHEET_ENDING
from cityfolio.site.site_files import site_files
from cityfolio.site.templating import COMPILED, environment
from cityfolio.site.theming import theme_files
from cityfolio.tabulate.facts import FactStore

__all__ = ["BuildReport", "Builder", "build_site", "publish_site"]

Files: TypeAlias = Iterator[tuple[str, bytes]]
Made: TypeAlias = tuple[str, bytes, Seen | None]
"""A file with what the audit saw of it."""
Watch: TypeAlias = Callable[[Files, int], Files]
"""Passes the files on, and may show how many of about so many are done."""


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
    languages are made in processes of their own, and nothing is remembered for a next one; `since` is an earlier site or release,
    so that pages say what changed. `pdf` prints a PDF file for each profile; with `on_demand` the pages lead to them too, and
    the `press` prints one when it is asked for.
    """

    folder: Path
    edition: str | None = None
    everything: bool = False
    at_once: bool = False
    since: Path | None = None
    pdf: bool = False
    on_demand: bool = False
    press: Press = field(default_factory=Press)
    _renderers: dict[str, Renderer] = field(default_factory=dict)
    _fact_pages: dict[str, KeptFactPages] = field(default_factory=dict)
    _auditor: PageAuditor | None = None
    _later: dict[str, Callable[[], bytes]] = field(default_factory=dict)

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

    def _build(self, out: Path, watch: Watch) -> BuildReport:
        check_output(out, self.folder)
        programme = with_papers(load_programme(self.folder), pdf=self.pdf or self.on_demand)
        edition = edition_of(programme, self.edition)
        if edition.rule is not EditionRule.LATEST_RESPONSE:
            raise WrongUse(
                f'The edition "{edition.id}" has facts only: a page shows one response of a unit, so pages need an edition'
                " by the latest response. Name one with --edition, or as default_edition."
            )
        # While one process counts, another one compiles the templates for both.
        compiled = started(partial(COMPILED.compile, environment())) if self.at_once and not COMPILED else None
        described = (*released_descriptions(programme), *(published_descriptions() if self.everything else ()))
        earlier = earlier_numbers(self.since) if self.since is not None else None
        store = all_facts(programme)
        auditor = self._auditor_of(programme, store)

        def further(language: str) -> Iterator[Made]:
            other = make_content(
                in_language(programme, language), edition, described, store, earlier, self._kept(language)
            )
            return self._pages(other, auditor)

        if compiled is not None:
            COMPILED.take(compiled.files())
        makes = [partial(further, language) for language in programme.languages[1:]]
        others = [started(make) if self.at_once else AtOnce(make) for make in makes]
        content = make_content(programme, edition, described, store, earlier, self._kept(programme.language))
        pages = len(content.site.profiles) * 2 * (1 + len(others))
        sheets: dict[str, bytes] = {}
        made = self._files(programme, content, others, auditor, sheets)
        site_root = root_path(content.site.around.site_url)
        files = write_whole(out, watch(audited(made, site_root, sheets), pages))
        later = {path: self._later[path] for path in sheets} if self.on_demand else {}
        self.press = Press(MadeLater(later), shipped_files(programme))
        return BuildReport(len(content.site.profiles), files, len(content.store.facts), programme.findings)

    def _kept(self, language: str) -> KeptFactPages:
        return self._fact_pages.setdefault(language, KeptFactPages())

    def _auditor_of(self, programme: Programme, store: FactStore) -> PageAuditor:
        """One that remembers the pages of the last build, where there will be a next one."""
        facts = {fact.id: fact for fact in store}
        if self._auditor is None or self._auditor.language != programme.language:
            self._auditor = PageAuditor(facts, programme.language, remembers=not self.at_once)
        self._auditor.begin(facts)
        return self._auditor

    def _pages(self, content: Content, auditor: PageAuditor) -> Iterator[Made]:
        """The pages of one language, each looked at where it is made, and the documents and sheets beside them."""
        kept = Renderer(remembers=not self.at_once)
        renderer = self._renderers.setdefault(content.site.programme.language, kept)
        for page in renderer.render(content.site):
            yield page.path, page.content, auditor.look(page.path, page.content)
        for path, sheet in renderer.sheets(content.site):
            self._later[path] = sheet
            yield path, b"" if self.on_demand else sheet(), None
        for path, document in profile_files(content):
            yield path, document, None

    def _files(
        self,
        programme: Programme,
        content: Content,
        others: Sequence[AtOnce[Made]],
        auditor: PageAuditor,
        sheets: dict[str, bytes],
    ) -> Iterator[Made]:
        """Every file of the site. `sheets` is filled with what PDF files are printed from."""
        pages = []
        for path, made, seen in chain(self._pages(content, auditor), *(other.files() for other in others)):
            if path.endswith(SHEET_ENDING):
                sheets[path] = made
                continue
            pages += [path] if path.endswith(".html") else []
            yield path, made, seen
        around = (
            *programme.surroundings.files,
            *theme_files(content.site.around.theme),
            *site_files(content.site, pages),
        )
        for path, made in around:
            yield path, made, auditor.look(path, made)
        released = released_files(programme, content.store, everything=self.everything)
        if self.everything:
            released = guarded(released, used_by(programme.folder, content.site.around.latest))
        for path, made in released:
            yield path, made, auditor.look(path, made)
        if not self.on_demand:
            for path, pdf in Press(sheets, shipped_files(programme)).all():
                yield path, pdf, None


def with_papers(programme: Programme, *, pdf: bool) -> Programme:
    """The programme, knowing whether its site has PDF files that pages can lead to."""
    loaded = programme.surroundings
    return replace(programme, surroundings=replace(loaded, around=replace(loaded.around, pdf=pdf)))


def shipped_files(programme: Programme) -> dict[str, bytes]:
    """What a PDF file may be made with: logo, typefaces and colours of the programme."""
    return dict((*programme.surroundings.files, *theme_files(programme.surroundings.around.theme)))


def audited(made: Iterable[Made], root: str = "/", also: Collection[str] = ()) -> Files:
    """The files as they come; at the end the audit speaks, so that a faulty site is never put in place.

    `also` are paths that are served though no file stands there.

    Raises:
        FaultySite: with every fault that was found.
    """
    seen: dict[str, Seen] = {}
    paths: set[str] = set()
    for path, content, looked_at in made:
        paths.add(path)
        if looked_at is not None:
            seen[path] = looked_at
        yield path, content
    problems = all_problems(seen, {*paths, *also}, root)
    if problems:
        raise FaultySite([str(problem) for problem in problems])


def build_site(
    folder: Path,
    out: Path,
    edition: str | None = None,
    watch: Watch = _unwatched,
    since: Path | None = None,
    *,
    pdf: bool = False,
) -> BuildReport:
    """Build the site of a programme folder into `out`, whole or not at all; see `Builder.build`."""
    return Builder(folder, edition, at_once=True, since=since, pdf=pdf).build(out, watch)


def publish_site(folder: Path, out: Path, edition: str | None = None, watch: Watch = _unwatched) -> BuildReport:
    """Build the site with every format of its data and its API as static files; see `Builder.build`."""
    return Builder(folder, edition, everything=True, at_once=True).build(out, watch)
