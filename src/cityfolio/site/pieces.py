"""The pieces that pages are put together from, and what is kept of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from cityfolio.profile.keeping import Kept
from cityfolio.site.shared_charts import SharedCharts

__all__ = ["Pieces"]


@dataclass
class Pieces:
    """The charts of one rendering, the pieces of each page, and the frames that stand around all pages of a depth."""

    of_pages: Kept
    frames: Kept = field(default_factory=Kept)
    charts: SharedCharts = field(default_factory=SharedCharts)

    def begin(self, around: object) -> None:
        """Begin with another rendering; forget what does not read the same `around` what pieces are made from."""
        self.of_pages.begin(around)
        self.frames.begin(around)
        self.charts.clear()
