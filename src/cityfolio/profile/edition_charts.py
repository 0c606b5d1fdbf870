"""Charts that stand by themselves: one for each variable and edition, for pages, pictures and files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from cityfolio.model.edition import Edition
from cityfolio.model.variable import Variable
from cityfolio.narrative.composing import Speaker
from cityfolio.profile.charts import ChartMaker
from cityfolio.profile.document import ChartBlock
from cityfolio.profile.keeping import Kept
from cityfolio.profile.plan import Plan

__all__ = ["EditionChart", "edition_charts"]


@dataclass(frozen=True)
class EditionChart:
    """The chart of one variable in one edition, without the marks of any unit."""

    edition: str
    edition_title: str
    chart: ChartBlock

    @property
    def variable(self) -> str:
        """The variable that is counted."""
        return self.chart.variable

    @property
    def place(self) -> str:
        """The name of the chart among the site's files: `<variable>/<edition>`."""
        return f"{self.variable}/{self.edition}"


def edition_charts(
    variables: Iterable[Variable],
    editions: Mapping[str, Edition],
    plan: Plan,
    speaker: Speaker,
    kept: Kept | None = None,
) -> Iterator[EditionChart]:
    """The charts of choice variables in all editions that have rows to show, named as the page plan names them.

    Those that are `kept` from an earlier build and read the same facts are taken from there.
    """
    kept = kept or Kept(remembers=False)
    titles = _titles(plan)
    for variable in variables:
        for edition in editions.values() if variable.categories else ():
            maker = ChartMaker(edition, editions, speaker)
            make = partial(maker.chart, variable, titles.get(variable.id) or variable.label)
            chart = kept.reading(("edition chart", variable.id, edition.id), None, make)
            if chart is not None and chart.rows:
                yield EditionChart(edition.id, edition.title, replace(chart, title=chart.title or variable.label))


def _titles(plan: Plan) -> dict[str, str]:
    blocks = [block for section in plan.sections for block in section.blocks if block.kind == "chart"]
    return {block.variable: block.title for block in reversed(blocks)}
