"""The pages around the pages: charts by themselves, what to show for wrong and for old addresses, notes to readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cityfolio.profile.edition_charts import EditionChart
from cityfolio.profile.programme_documents import SiteContent
from cityfolio.profile.surroundings import Moved

__all__ = [
    "NOT_FOUND",
    "MovedPage",
    "Note",
    "chart_pictures",
    "embedded",
    "moved_pages",
    "moved_paths",
    "not_found",
    "notes_about",
]

NOT_FOUND = "404.html"


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
    editions = sorted({chart.edition for chart in content.charts})
    made = {path for pages in (_units(content), _variables(content), embedded(content)) for path, _ in pages}
    for moved in content.around.moved:
        for old, new in moved_paths(moved, editions):
            if new in made and old not in made:
                yield old, MovedPage(new)


def moved_paths(moved: Moved, editions: list[str]) -> Iterator[tuple[str, str]]:
    """The pages whose address held the id, old and new.

    >>> list(moved_paths(Moved("unit", "pusan-kor", "busan-kor"), ["2020"]))
    [('cities/pusan-kor/index.html', 'cities/busan-kor/index.html')]
    """
    if moved.kind == "unit":
        yield f"cities/{moved.old}/index.html", f"cities/{moved.new}/index.html"
        return
    yield f"variables/{moved.old}/index.html", f"variables/{moved.new}/index.html"
    for edition in editions:
        yield f"embed/{edition}/{moved.old}/index.html", f"embed/{edition}/{moved.new}/index.html"


def _units(content: SiteContent) -> Iterator[tuple[str, object]]:
    for profile in content.profiles:
        yield f"cities/{profile.unit}/index.html", profile


def _variables(content: SiteContent) -> Iterator[tuple[str, object]]:
    for variable in content.variables:
        yield f"variables/{variable.variable}/index.html", variable
