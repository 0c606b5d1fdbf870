"""Every page of a site: the rendering of all files from the content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from markupsafe import Markup

from cityfolio.profile.document import ChartBlock, RankingBlock
from cityfolio.profile.fact_pages import FactBlock
from cityfolio.profile.keeping import Kept
from cityfolio.profile.programme_documents import (
    LanguageText,
    ProgrammeText,
    SiteContent,
    VariableDocument,
)
from cityfolio.profile.ready_comparison import chosen_comparison
from cityfolio.profile.release_changes import ChangedFact, ChangesDocument
from cityfolio.reading.product_catalogues import SOURCE
from cityfolio.site import map_drawing
from cityfolio.site.addresses import canonical_address
from cityfolio.site.around_context import AroundPages
from cityfolio.site.data_scripts import data_scripts, land_script
from cityfolio.site.embedding import Embeddable, embeddable_charts
from cityfolio.site.fact_lines import fact_block
from cityfolio.site.fact_links import facts_named, placed
from cityfolio.site.first_screen import with_own_style
from cityfolio.site.links import links_from
from cityfolio.site.marking import marked, may_hold, with_bounds_marked, with_phrases_marked
from cityfolio.site.page_kinds import COMPARISON_SHEET, PAGE_KINDS, SHEET_KINDS, PageDocument, PageKind
from cityfolio.site.pieces import Pieces
from cityfolio.site.search_index import search_script
from cityfolio.site.shares import WHOLE, Share
from cityfolio.site.sheets import (
    compared_at,
    comparison_names,
    comparison_sheet,
    reachable,
)
from cityfolio.site.showing import (
    answers_of,
    chart_columns,
    has_bar,
    note_ids,
    page_behind,
    shown_regions,
    shown_sections,
)
from cityfolio.site.static_files import static_files, static_version
from cityfolio.site.templating import environment, full_stop
from cityfolio.site.word_joining import whole_words

__all__ = ["RenderedFile", "Renderer", "page_paths", "render_site"]

_EMPTY_LINES = re.compile(
    "\n\n+"
)  # which begins with two letters that are looked for fast; what begins with any repeat is not
_MOST_CHANGES = 12  # on one page; all stand on the page of changes


@dataclass(frozen=True)
class RenderedFile:
    """A file of the site: its path below the output folder, with /, and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True)
class _Shared:
    """What every page is given beside its own document; a change of it changes all pages.

    The `charts` of each variable, to be embedded, stand on its page alone.
    """

    programme: ProgrammeText
    edition: str
    edition_title: str
    units: frozenset[str]
    variables: frozenset[str]
    existing: frozenset[str]
    around: AroundPages
    changes: ChangesDocument | None
    changed: Mapping[str, ChangedFact]
    charts: Mapping[str, tuple[Embeddable, ...]] = field(compare=False)

    def beside(self, document: PageDocument) -> object:
        """What of it is for this one page."""
        return self.charts.get(document.variable, ()) if isinstance(document, VariableDocument) else ()


class Renderer:
    """Renders sites and remembers the last one: a page whose document did not change is not rendered again."""

    def __init__(self, *, remembers: bool = True) -> None:
        self._remembers = remembers
        self._shared: _Shared | None = None
        self._rendered: dict[str, tuple[object, bytes]] = {}
        self._pieces = Pieces(Kept(remembers))

    def render(self, content: SiteContent, share: Share = WHOLE) -> Iterator[RenderedFile]:
        """Every file of the site: pages in the order of `PAGE_KINDS`, then static files; or one of several shares of them.

        Pages of a further language stand in a folder of its name; static files are there once, with those of the first.
        """
        prefix = content.programme.prefix
        shared = _shared(content)
        self._begin(shared)
        for kind, path, document in share.of(_pages(content)):
            yield RenderedFile(f"{prefix}{path}", self._page(kind, path, document, shared))
        if not share.is_first:
            return
        for path, data in (*data_scripts(content, self._pieces.of_pages), search_script(content)):
            yield RenderedFile(f"{prefix}{path}", data)
        if not prefix:
            yield from (RenderedFile(file.path, file.content) for file in static_files())
            if content.map is not None:
                yield RenderedFile(*land_script())

    def sheets(self, content: SiteContent, share: Share = WHOLE) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Every file that is printed of the site, or of a share, by its path, with what makes the HTML or SVG for it."""
        shared = _shared(content)
        prefix = content.programme.prefix
        for kind in SHEET_KINDS:
            for path, document in share.of(kind.pages(content)):
                own = canonical_address(content.around.site_url, f"{prefix}{path}")
                yield f"{prefix}{path}", partial(_sheet, kind, path, document, shared, own)

    def _begin(self, shared: _Shared) -> None:
        """Forget what does not read the same beside what all pages share now."""
        before, self._shared = self._shared, shared
        self._pieces.begin(_but_foreign(shared))
        if before is None or _but_foreign(before) != _but_foreign(shared):
            self._rendered = {}
            return
        # Of texts that were translated, or are no longer, only the pages read differently that hold them.
        turned = before.programme.foreign ^ shared.programme.foreign
        if turned:
            self._rendered = {path: held for path, held in self._rendered.items() if not may_hold(held[1], turned)}

    def comparison(self, content: SiteContent, path: str) -> bytes | None:
        """The HTML that the PDF file of a comparison is printed from, or nothing where the path names none."""
        prefix = content.programme.prefix
        chosen = compared_at(content, path.removeprefix(prefix)) if path.startswith(prefix) else ()
        if not chosen or not content.around.compares_any or content.compare is None:
            return None
        own = canonical_address(content.around.site_url, path)
        made = chosen_comparison(content.compare, chosen)
        return _sheet(COMPARISON_SHEET, path.removeprefix(prefix), made, _shared(content), own)

    def _page(self, kind: PageKind, path: str, document: PageDocument, shared: _Shared) -> bytes:
        known, made_from = self._rendered.get(path), (document, shared.beside(document))
        if known is not None and known[0] == made_from:
            return known[1]
        page = _render(kind, path, document, shared, self._pieces)
        if self._remembers:
            self._rendered[path] = (made_from, page)
        return page


def page_paths(content: SiteContent) -> Iterator[str]:
    """The paths of all pages of the site, in the order in which they are rendered."""
    return (f"{content.programme.prefix}{path}" for kind in PAGE_KINDS for path in kind.paths_of(content))


def render_site(content: SiteContent) -> Iterator[RenderedFile]:
    """Every file of the site of `content`: pages, then static files, in a fixed order. Writes nothing.

    >>> from cityfolio.profile.programme_documents import Directory, HomeDocument, MethodDocument
    >>> programme = ProgrammeText("Survey", "", (), "city", "cities", "en", "", "", "", ())
    >>> empty = MethodDocument((), (), (), (), 10, (), (), (), ())
    >>> home = HomeDocument((), Directory(()), ())
    >>> content = SiteContent(programme, "2020", "2020", home, (), (), empty, ())
    >>> [file.path for file in render_site(content)][:4]
    ['index.html', 'variables/index.html', 'method/index.html', 'data/index.html']
    """
    yield from Renderer().render(content)


def _pages(content: SiteContent) -> Iterator[tuple[PageKind, str, PageDocument]]:
    return ((kind, path, document) for kind in PAGE_KINDS for path, document in kind.pages(content))


def _shared(content: SiteContent) -> _Shared:
    foot = f"{content.programme.title} {content.programme.notice}"
    return _Shared(
        programme=content.programme,
        edition=content.edition,
        edition_title=content.edition_title,
        units=frozenset(profile.unit for profile in content.profiles),
        variables=frozenset(variable.variable for variable in content.variables),
        existing=frozenset(path for kind in PAGE_KINDS if kind.single for path, _ in kind.pages(content)),
        around=AroundPages(content.around),
        changes=content.changes,
        changed=content.changes.by_fact if content.changes is not None else {},
        charts=embeddable_charts(content.charts, foot),
    )


def _but_foreign(shared: _Shared) -> _Shared:
    return replace(shared, programme=replace(shared.programme, foreign=frozenset()))


def _render(
    kind: PageKind,
    path: str,
    document: PageDocument,
    shared: _Shared,
    pieces: Pieces,
) -> bytes:
    programme = shared.programme
    templates = environment(programme.words)
    own = f"{programme.prefix}{path}"
    links = shared.around.links
    to, beside = links(path, programme.prefix), links(own)
    given = {
        "doc": document,
        "programme": programme,
        "edition": shared.edition,
        "edition_title": shared.edition_title,
        "units": shared.units,
        "variables": shared.variables,
        "existing": shared.existing,
        "path": path,
        "kind": kind.name,
        "part": kind.part,
        "to": to,
        "shared": beside,
        "in_languages": _in_languages(programme, path, beside),
        "version": static_version(),
        "answers_of": answers_of,
        "has_bar": has_bar,
        "shown_sections": shown_sections,
        "shown_regions": shown_regions,
        "chart_columns": chart_columns,
        "note_ids": note_ids,
        "page_behind": page_behind,
        "drawing": map_drawing,
        "comparison_sheet": comparison_sheet,
        "comparison_names": comparison_names,
        "charts": shared.charts,
        **shared.around.names(kind.name, path, programme),
    }

    def chart(block: ChartBlock | RankingBlock, place: str) -> Markup:
        template = templates.get_template(f"blocks/{block.kind}.html")
        return pieces.charts.html(block, place, lambda one: template.render(given, block=one, place=place))

    def kept(template: str, place: object, made_from: object, **more: object) -> Markup:
        """A piece of the page, as it was or rendered: it may use nothing but what it is made from and what all pages share."""

        def piece() -> Markup:
            return Markup(templates.get_template(template).render(given, kept=kept, shared_chart=chart, **more))  # noqa: S704

        return pieces.of_pages.made((path, template, place), made_from, piece)

    def framed(template: str, *differs: object) -> Markup:
        """A piece of the frame: pages of a depth differ there in nothing but what `differs`."""

        def piece() -> Markup:
            return Markup(templates.get_template(template).render(given))  # noqa: S704

        return pieces.frames.made((template, to(""), beside(""), *differs), None, piece)

    def kept_block(block: FactBlock, where: Callable[[str], Markup]) -> Markup:
        page = to(f"cities/{block.unit}/index.html") if block.unit in shared.units else ""
        return pieces.of_pages.made(
            (path, block.lines[0].fact), block, lambda: fact_block(block, page, where, full_stop)
        )

    text = templates.get_template(kind.template).render(
        given, shared_chart=chart, kept=kept, kept_block=kept_block, framed=framed
    )
    if shared.changed and kind.name != "changes":
        text = _with_changes(
            text, kind, shared, lambda **more: templates.get_template("_changed.html").render(given, **more)
        )
    text = with_own_style(kind.name, text, shared.around.surroundings.theme)
    text = placed(_EMPTY_LINES.sub("\n", text).strip("\n"), links_from(path))
    text = with_phrases_marked(with_bounds_marked(text, SOURCE), programme.product_phrases, SOURCE)
    return marked(text, programme.foreign, programme.source_language).encode()


def _sheet(kind: PageKind, path: str, document: PageDocument, shared: _Shared, own: str) -> bytes:
    page = _render(kind, path, document, shared, Pieces(Kept(remembers=False))).decode()
    return whole_words(reachable(page, own)).encode()


def _with_changes(text: str, kind: PageKind, shared: _Shared, render: Callable[..., str]) -> str:
    """The page with the list of those of its numbers that changed since the earlier release, if any did."""
    changes = [shared.changed[fact] for fact in facts_named(text) if fact in shared.changed] if shared.changed else []
    if not changes:
        return text
    # The page of the facts themselves is where all of them are listed.
    most = len(changes) if kind.name == "facts" else _MOST_CHANGES
    section = render(changes=changes[:most], more=max(len(changes) - most, 0))
    return text.replace("</main>", f"{section}\n</main>", 1)


def _in_languages(programme: ProgrammeText, path: str, link: Callable[[str], str]) -> list[tuple[LanguageText, str]]:
    """The same page in every language of the site, with the address that leads to it; nothing where there is one language."""
    if len(programme.languages) < 2:
        return []
    return [(language, link(f"{programme.prefix_of(language.code)}{path}")) for language in programme.languages]
