"""The kinds of page: one table of all of them, each with its template and the pages that a site has of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from cityfolio.profile.acting_documents import ActDocument, JoinDocument, OutcomesDocument
from cityfolio.profile.comparison import CompareDocument
from cityfolio.profile.document import ProfileDocument
from cityfolio.profile.edition_charts import EditionChart
from cityfolio.profile.explore_document import ExploreDocument
from cityfolio.profile.fact_pages import FactIndex, FactPage, fact_index
from cityfolio.profile.group_documents import GroupDocument, GroupList
from cityfolio.profile.map_document import MapDocument
from cityfolio.profile.programme_documents import (
    HomeDocument,
    MethodDocument,
    Released,
    SiteContent,
    VariableDocument,
)
from cityfolio.profile.ready_comparison import ReadyComparison, ready_comparisons
from cityfolio.profile.release_changes import ChangesDocument
from cityfolio.site.around_pages import (
    MovedPage,
    Note,
    chart_pictures,
    embedded,
    moved_pages,
    not_found,
    notes_about,
)
from cityfolio.site.fact_links import fact_page
from cityfolio.site.sheets import (
    card_pictures,
    chart_pixels,
    comparison_sheets,
    profile_sheets,
)

__all__ = [
    "COMPARISON_SHEET",
    "PAGE_KINDS",
    "SHEET_KINDS",
    "DataDocument",
    "PageDocument",
    "PageKind",
    "Question",
    "QuestionList",
    "SearchDocument",
]


@dataclass(frozen=True)
class Question:
    """A question in the list of all: its variable, label, last wording, and the waves that asked it."""

    variable: str
    label: str
    wording: str
    waves: tuple[str, ...]


@dataclass(frozen=True)
class QuestionList:
    """The page of all questions."""

    questions: tuple[Question, ...]


@dataclass(frozen=True)
class DataDocument:
    """The data page: every released file."""

    files: tuple[Released, ...]


@dataclass(frozen=True)
class SearchDocument:
    """The search page: all that it shows comes from the index."""


PageDocument: TypeAlias = (
    "HomeDocument | ProfileDocument | GroupList | GroupDocument | QuestionList | VariableDocument | MethodDocument"
    " | DataDocument | FactIndex | ChangesDocument | FactPage | MapDocument | ExploreDocument | EditionChart | Note"
    " | MovedPage"
    " | OutcomesDocument | ActDocument | JoinDocument | SearchDocument"
    " | CompareDocument | ReadyComparison"
)


@dataclass(frozen=True)
class PageKind:
    """A kind of page: name, template, part of the navigation, and which pages (path, document) there are, or their paths alone.

    `single` pages stand once on a site at most, so that the navigation can lead there.
    """

    name: str
    template: str
    part: str
    pages: Callable[[SiteContent], Iterator[tuple[str, PageDocument]]]
    single: bool = True
    paths: Callable[[SiteContent], Iterator[str]] | None = None

    def paths_of(self, content: SiteContent) -> Iterator[str]:
        """The paths of its pages, without their documents where these are made as they are rendered."""
        return self.paths(content) if self.paths is not None else (path for path, _ in self.pages(content))


def _home(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    yield "index.html", content.home


def _profiles(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    for profile in content.profiles:
        yield f"cities/{profile.unit}/index.html", profile


def _questions(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    yield "variables/index.html", QuestionList(tuple(_question(variable) for variable in content.variables))


def _variables(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    for variable in content.variables:
        yield f"variables/{variable.variable}/index.html", variable


def _groups(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    for group in content.groups:
        yield f"groups/{group.address}/index.html", group


def _group_list(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    if content.group_list is not None and content.group_list.kinds:
        yield "groups/index.html", content.group_list


def _compare(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    if content.compare is not None and content.compare.units:
        yield "compare/index.html", content.compare


def _ready(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    if content.compare is not None:
        yield from zip(_ready_paths(content), ready_comparisons(content.compare), strict=True)


def _ready_paths(content: SiteContent) -> Iterator[str]:
    for unit in content.compare.units if content.compare is not None else ():
        yield f"compare/{unit.unit}/index.html"


def _method(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    yield "method/index.html", content.method


def _outcomes(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    if content.outcomes is not None:
        yield "outcomes/index.html", content.outcomes


def _act(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    if content.act is not None:
        yield "act/index.html", content.act


def _join(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    if content.join is not None:
        yield "join/index.html", content.join


def _codebook(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    yield "data/codebook.html", content.method


def _data(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    yield "data/index.html", DataDocument(content.files)


def _facts(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    for page in content.facts:
        yield fact_page(page.edition, page.variable), page


def _fact_index(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    if content.facts:
        yield "facts/index.html", fact_index(content.facts)


def _map(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    if content.map is not None and content.map.units:
        yield "map/index.html", content.map


def _explore(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    if content.explore is not None and content.explore.questions:
        yield "explore/index.html", content.explore


def _explore_embed(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    if content.explore is not None and content.explore.questions:
        yield "explore/embed/index.html", content.explore


def _search(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    if content.profiles:
        yield "search/index.html", SearchDocument()


def _changes(content: SiteContent) -> Iterator[tuple[str, PageDocument]]:
    if content.changes is not None:
        yield "changes/index.html", content.changes


def _question(variable: VariableDocument) -> Question:
    waves = tuple(wave for wave, _ in variable.wordings)
    wording = variable.wordings[-1][1] if variable.wordings else ""
    return Question(variable.variable, variable.label, wording, waves)


PAGE_KINDS: tuple[PageKind, ...] = (
    PageKind("home", "home.html", "units", _home),
    PageKind("profile", "profile.html", "units", _profiles, single=False),
    PageKind("groups", "groups.html", "units", _group_list),
    PageKind("group", "group.html", "units", _groups, single=False),
    PageKind("compare", "compare.html", "compare", _compare),
    PageKind("comparison", "comparison.html", "compare", _ready, single=False, paths=_ready_paths),
    PageKind("map", "map.html", "map", _map),
    PageKind("explore", "explore.html", "explore", _explore),
    PageKind("explore_embed", "explore-embed.html", "explore", _explore_embed),
    PageKind("variables", "variables.html", "variables", _questions),
    PageKind("variable", "variable.html", "variables", _variables, single=False),
    PageKind("outcomes", "outcomes.html", "outcomes", _outcomes),
    PageKind("act", "act.html", "act", _act),
    PageKind("join", "join.html", "join", _join),
    PageKind("search", "search.html", "search", _search),
    PageKind("method", "method.html", "method", _method),
    PageKind("data", "data.html", "data", _data),
    PageKind("codebook", "codebook.html", "data", _codebook, single=False),
    PageKind("changes", "changes.html", "data", _changes),
    PageKind("fact-index", "fact-index.html", "data", _fact_index),
    PageKind("facts", "facts.html", "data", _facts),
    PageKind("privacy", "privacy.html", "", partial(notes_about, "privacy")),
    PageKind("accessibility", "accessibility.html", "", partial(notes_about, "accessibility")),
    PageKind("not-found", "not_found.html", "", not_found, single=False),
    PageKind("moved", "moved.html", "", moved_pages, single=False),
    PageKind("embed", "embed.html", "", embedded, single=False),
    PageKind("chart-picture", "chart.svg", "", chart_pictures, single=False),
)

COMPARISON_SHEET = PageKind("comparison-sheet", "sheets/comparison.html", "", comparison_sheets, single=False)
SHEET_KINDS: tuple[PageKind, ...] = (
    PageKind("sheet", "sheets/profile.html", "", profile_sheets, single=False),
    COMPARISON_SHEET,
    PageKind("chart-pixels", "chart.svg", "", chart_pixels, single=False),
    PageKind("card", "card.svg", "", card_pictures, single=False),
)
"""What is printed, not shown: HTML for the PDF file and SVG for the PNG file at its path."""
