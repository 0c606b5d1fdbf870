"""What pages need to know about the charts that stand by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cityfolio.narrative.sentence import plain_text
from cityfolio.site.lettering import wrapped
from cityfolio.site.showing import chart_columns

if TYPE_CHECKING:
    from cityfolio.profile.document import ChartBlock
    from cityfolio.profile.edition_charts import EditionChart

__all__ = ["Embeddable", "embeddable_charts"]

# A column of text is about 640 pixels wide; room is left for letters that are wider than ours, and for links.
_COLUMN, _LABEL, _BARE_LABEL = 540, 200, 420
_LINK = " " + "o" * 16  # behind what was published elsewhere
_TITLE_SIZE, _SIZE, _SMALL = 19, 15, 14
_TITLE_LINE, _LINE, _ROW, _ROW_LINE, _HEAD_OF_TABLE, _EDGES = 25, 26, 33, 21, 30, 56


@dataclass(frozen=True)
class Embeddable:
    """A chart that can be shown elsewhere: its edition, title, and a height that holds it in a column of text."""

    edition: str
    edition_title: str
    title: str
    height: int


def embeddable_charts(charts: Iterable[EditionChart], foot: str) -> dict[str, tuple[Embeddable, ...]]:
    """The charts by variable, in the order of editions. `foot` is what each frame says of the site."""
    found: dict[str, tuple[Embeddable, ...]] = {}
    for standing in charts:
        height = _height(standing.chart) + _LINE * _lines(foot)
        entry = Embeddable(standing.edition, standing.edition_title, standing.chart.title, height)
        found[standing.variable] = (*found.get(standing.variable, ()), entry)
    return found


def _height(chart: ChartBlock) -> int:
    """The height without the foot: title, rows, notes, and the lines about source, data and errors."""
    title = _lines(chart.title, _TITLE_SIZE)
    room = _LABEL if chart_columns(chart).bars else _BARE_LABEL
    rows = sum(_ROW + _ROW_LINE * (_lines(row.label, _SIZE, room) - 1) for row in chart.rows)
    said = sum(_LINE * _lines(words) + 4 for words in _said(chart))
    return _TITLE_LINE * title + _HEAD_OF_TABLE + rows + said + 3 * _LINE + _EDGES


def _said(chart: ChartBlock) -> Iterator[str]:
    """What stands above and below the rows."""
    yield plain_text(chart.subtitle)
    yield from (plain_text(words) for words in (chart.thin, chart.left_out, chart.withheld) if words)
    yield from (plain_text(note) for _, note in chart.notes)
    elsewhere = (chart.published_note, *(reference.sentence for reference in chart.references))
    yield from (plain_text(words) + _LINK for words in elsewhere if words)
    if chart.counting:
        yield chart.counting


# Labels stand in many charts, and whoever builds again has most texts of the last time.
@lru_cache(maxsize=10_000)
def _lines(words: str, size: int = _SMALL, room: int = _COLUMN) -> int:
    return len(wrapped(words, size, room))
