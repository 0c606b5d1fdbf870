"""The pages around the pages: charts by themselves, what to show for wrong and for old addresses, notes to readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cityfolio.profile.edition_charts import EditionChart
from cityfolio.profile.programme_documents import SiteContent
from cityfolio.profile.surroundings import Moved
from cityfolio.site.fact_links import fact_page

__all__ = [
    "NOT_FOUND",
    "MovedPage",
    "Note",
    "chart_pictures",
    "embedded",
    "moved_files",
    "moved_pages",
    "moved_paths",
    "not_found",
    "notes_about",
]

NOT_FOUND = "404.html"
# The folders in whose addresses the ids of a kind stand.
_HOLDING = {"unit": {"cities", "compare"}, "variable": {"variables", "embed", "facts"}}
_BESIDE_A_CHART = ("svg", "csv", "json", "png")


@dataclass(frozen=True)
class Note:
    """A page that needs nothing but what every page is given."""

    name: str


@dataclass(frozen=True)
class MovedPage:
    """A page that leads from an old address to the new one."""

    target: str


def embedded(content: SiteContent) -> Iterator[tuple[str, EditionChart]]:
    """A page for each chart that other pages can show in a frame."""
    for chart in content.charts:
        yield f"embed/{chart.edition}/{chart.variable}/index.html", chart


def chart_pictures(content: SiteContent) -> Iterator[tuple[str, EditionChart]]:
    """A picture of each chart."""
    for chart in content.charts:
        yield f"charts/{chart.place}.svg", chart


def not_found(content: SiteContent) -> Iterator[tuple[str, Note]]:
    """The page that a host shows where there is none."""
    yield NOT_FOUND, Note("not-found")


def notes_about(name: str, content: SiteContent) -> Iterator[tuple[str, Note]]:
    """The page of one of the notes that a site owes its readers."""
    yield f"{name}/index.html", Note(name)


def moved_pages(content: SiteContent) -> Iterator[tuple[str, MovedPage]]:
    """A page at each old address."""
    if not content.around.moved:
        return
    made = list(_with_ids(content))
    for moved in content.around.moved:
        for old, new in moved_paths(moved, made):
            if old not in made:
                yield old, MovedPage(new)


def moved_paths(moved: Moved, made: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pages among those made whose address held the id, old and new.

    >>> list(moved_paths(Moved("unit", "pusan-kor", "busan-kor"), ["cities/busan-kor/index.html"]))
    [('cities/pusan-kor/index.html', 'cities/busan-kor/index.html')]
    >>> list(moved_paths(Moved("variable", "areas", "policy_areas"), ["facts/2020/policy_areas/index.html"]))
    [('facts/2020/areas/index.html', 'facts/2020/policy_areas/index.html')]
    """
    for path in made:
        folder, *between, held, file = path.split("/")
        if folder in _HOLDING[moved.kind] and held == moved.new:
            yield "/".join((folder, *between, moved.old, file)), path


def moved_files(content: SiteContent) -> Iterator[tuple[str, str]]:
    """The data and pictures whose address held an id, old and new: no page can stand there and lead on, but a host can."""
    for moved in content.around.moved:
        if moved.kind == "unit":
            yield f"cities/{moved.old}.json", f"cities/{moved.new}.json"
            continue
        for chart in content.charts:
            if chart.variable == moved.new:
                for ending in _BESIDE_A_CHART:
                    new = f"charts/{chart.place}.{ending}"
                    yield new.replace(f"/{moved.new}/", f"/{moved.old}/"), new


def _with_ids(content: SiteContent) -> Iterator[str]:
    for profile in content.profiles:
        yield f"cities/{profile.unit}/index.html"
    for unit in content.compare.units if content.compare is not None else ():
        yield f"compare/{unit.unit}/index.html"
    for variable in content.variables:
        yield f"variables/{variable.variable}/index.html"
    for path, _ in embedded(content):
        yield path
    for page in content.facts:
        yield fact_page(page.edition, page.variable)
