"""Charts that stand on many pages: rendered once, with every row as it reads with and without the mark of an own answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeAlias

from markupsafe import Markup

from cityfolio.profile.document import ChartBlock, RankingBlock

__all__ = ["SharedCharts", "lean"]

Chart: TypeAlias = "ChartBlock | RankingBlock"
_ROW = "<tr"
# What ends a head before a cell, and a row before the next one; lines between the elements of a block.
_UNASKED = re.compile(r"</th>(?=<t[hd])|</tr>(?=\n?(?:<tr|</t))|(?<=>)\n(?=<)")


class _Held(NamedTuple):
    """A chart without marks, and its rows without and with one, what leads in to them first."""

    chart: Chart
    plain: list[str]
    own: list[str]


@dataclass
class SharedCharts:
    """The charts of one rendering. Their numbers are those of all units; a page only marks its own rows.

    >>> from cityfolio.profile.document import ChartRow
    >>> rows = tuple(ChartRow(code, code, code == "b", 1, 4, 25, "f", 0.25) for code in "ab")
    >>> def render(chart):
    ...     return "<tr>head" + "".join(f"<tr{' own' * row.chosen}>{row.code}" for row in chart.rows) + "foot"
    >>> print(SharedCharts().html(ChartBlock("v", "V", (), "responses", None, rows, None), "_1-1", render))
    <tr>head<tr>a<tr own>bfoot
    """

    _held: dict[tuple[str, str, str], list[_Held]] = field(default_factory=dict)

    def html(self, block: Chart, place: str, render: Callable[[Chart], str]) -> Markup:
        """The chart at a place of a page; `render` renders it where it has not been yet."""
        alike = self._held.setdefault((block.kind, block.variable, place), [])
        unmarked = _marked(block, chosen=False)
        held = next((held for held in alike if held.chart == unmarked), None)
        if held is None:
            both = (lean(render(unmarked)), lean(render(_marked(block, chosen=True))))
            held = _Held(unmarked, both[0].split(_ROW), both[1].split(_ROW))
            alike.append(held)
        _, plain, own = held
        # Before the rows stand what leads in to the table, and its head.
        before = len(plain) - len(block.rows)
        marks = [row.chosen for row in block.rows]
        rows = (own[before + n] if chosen else plain[before + n] for n, chosen in enumerate(marks))
        return Markup(_ROW.join([*plain[:before], *rows]))  # noqa: S704 - it comes out of templates

    def clear(self) -> None:
        """Forget all charts."""
        self._held.clear()


def lean(table: str) -> str:
    r"""A table without the ends of rows and heads that HTML does not ask for, and without lines: a page has a hundred rows.

    >>> lean("<tr><th>A</th><td>1</td></tr>\n<tr><th>B</th><td>2</td></tr>\n</tbody>")
    '<tr><th>A<td>1</td><tr><th>B<td>2</td></tbody>'
    """
    return _UNASKED.sub("", table)


# Rows that stay are not made anew, so that two charts are quickly compared.
def _marked(block: Chart, *, chosen: bool) -> Chart:
    if isinstance(block, ChartBlock):
        return replace(block, rows=tuple(r if r.chosen == chosen else replace(r, chosen=chosen) for r in block.rows))
    return replace(block, rows=tuple(r if r.chosen == chosen else replace(r, chosen=chosen) for r in block.rows))
