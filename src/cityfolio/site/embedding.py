"""What pages need to know about the charts that stand by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cityfolio.profile.edition_charts import EditionChart

__all__ = ["Embeddable", "embeddable_charts"]

_HEAD, _ROW, _LINE = 210, 44, 26


@dataclass(frozen=True)
class Embeddable:
    """A chart that can be shown elsewhere: its edition, title, and a height that holds it in a column of text."""

    edition: str
    edition_title: str
    title: str
    height: int


def embeddable_charts(charts: Iterable[EditionChart]) -> dict[str, tuple[Embeddable, ...]]:
    """The charts by variable, in the order of editions."""
    found: dict[str, tuple[Embeddable, ...]] = {}
    for standing in charts:
        chart = standing.chart
        lines = len(chart.notes) + len(chart.references) + bool(chart.published_note) + bool(chart.thin)
        height = _HEAD + _ROW * len(chart.rows) + _LINE * lines
        entry = Embeddable(standing.edition, standing.edition_title, chart.title, height)
        found[standing.variable] = (*found.get(standing.variable, ()), entry)
    return found
