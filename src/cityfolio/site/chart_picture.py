"""A chart as a picture that stands by itself: an SVG with its title, labels, numbers, base and source as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from cityfolio.formatting import xml_text
from cityfolio.narrative.languages import language_of
from cityfolio.narrative.sentence import Sentence, plain_text
from cityfolio.profile.document import ChartBlock, ChartRow
from cityfolio.profile.theme import Palette, Theme
from cityfolio.site.drawn_page import Page
from cityfolio.site.lettering import wrapped
from cityfolio.site.showing import ChartColumns, chart_columns, has_bar

__all__ = ["WIDTH", "draw_chart", "families_of"]

WIDTH = 720
_MARGIN, _LABELS, _GAP = 24, 252, 16
_NUMBERS = {"count": 92, "share": 60, "published": 92}
_SANS = "system-ui, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
_SERIF = "'Iowan Old Style', 'Palatino Linotype', Palatino, 'Noto Serif', Georgia, serif"


@dataclass
class _Drawing:
    """The marks made so far, and how far down the page they reach."""

    colours: Palette
    page: Page
    per_cent: Callable[[float], str]
    marks: list[str] = field(default_factory=list)
    y: float = _MARGIN

    def text(self, x: float, y: float, words: str, size: float, more: str = "") -> None:
        """One line of text from `x` on; `more` are attributes of ours."""
        self.marks.append(self.page.text(x, y, words, size, more))

    def number(self, x: float, y: float, words: str, size: float, more: str = "") -> None:
        """One line of text that ends at `x`."""
        self.marks.append(self.page.text(x, y, words, size, more, ends=True))

    def paragraph(self, words: str, size: float, more: str = "", leading: float = 1.35) -> None:
        """Lines across the whole width."""
        for line in wrapped(words, size, WIDTH - 2 * _MARGIN):
            self.y += size * leading
            self.text(_MARGIN, self.y, line, size, more)

    def bar(self, x: float, y: float, width: float, length: float) -> None:
        """A bar on the line of its scale, which ends where the base ends."""
        line = self.page.left(x, width)
        self.marks.append(f'<path d="M{line:g} {y + 13:g}h{width:g}" stroke="{self.colours.rule}" fill="none"/>')
        if length > 0:
            drawn = round(min(length, 1.0) * width, 1)
            box = f'<rect x="{self.page.left(x, drawn):g}" y="{y:g}" width="{drawn:g}" height="12"'
            self.marks.append(f'{box} fill="{self.colours.accent}"/>')


def families_of(theme: Theme) -> tuple[str, str]:
    """The families of headings and of text in a picture, as an attribute holds them.

    >>> families_of(Theme(headings='"Source Serif", serif'))[0]
    "'Source Serif', serif"
    """
    return theme.headings.replace('"', "'") or _SERIF, theme.text.replace('"', "'") or _SANS


def draw_chart(chart: ChartBlock, edition: str, theme: Theme, words: Mapping[str, str], language: str) -> Markup:
    """The picture of a chart. `words` are the heads of columns and what is said of counts in the reader's language, and at
    the end of the picture, which travels without its page, whose numbers these are (`credit`).
    """
    colours = theme.light
    serif, sans = families_of(theme)
    drawing = _Drawing(colours, Page(WIDTH, language_of(language).direction), language_of(language).grammar.per_cent)
    quiet = f' fill="{colours.quiet}"'
    drawing.paragraph(chart.title, 22, f' font-family="{serif}" font-weight="700"', 1.2)
    for said in (chart.subtitle, chart.thin or ()):
        drawing.paragraph(plain_text(said), 14, quiet)
    _rows(drawing, chart, words)
    drawing.y += 8
    for line in (*_below(chart), words["credit"]):
        drawing.y += 2
        drawing.paragraph(line, 12, quiet)
    height = round(drawing.y + _MARGIN)
    told = "; ".join(
        f"{row.label}: {', '.join(_cells(chart_columns(chart), row, words, drawing.per_cent))}" for row in chart.rows
    )
    described = " ".join(part for part in (plain_text(chart.subtitle), told) if part)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' role="img" aria-labelledby="title desc" xml:lang="{escape(language)}" fill="{colours.ink}"'
        f' font-family="{sans}">\n<title id="title">{escape(chart.title)} ({escape(edition)})</title>\n'
        f'<desc id="desc">{escape(described)}</desc>\n<rect width="{WIDTH}" height="{height}" fill="{colours.paper}"/>\n'
    )
    return Markup(xml_text(head + "\n".join(drawing.marks) + "\n</svg>"))  # noqa: S704 - every word is escaped


def _rows(drawing: _Drawing, chart: ChartBlock, words: Mapping[str, str]) -> None:
    columns = chart_columns(chart)
    heads = _heads(columns, words)
    ends = _ends(columns)
    right = WIDTH - _MARGIN
    start = _MARGIN + _LABELS + _GAP
    width = (ends[0] - _NUMBERS[_names(columns)[0]] if ends else right) - start
    drawing.y += 26
    for head, end in zip(heads, ends, strict=True):
        drawing.number(end, drawing.y, head, 12, f' fill="{drawing.colours.quiet}"')
    for row in chart.rows:
        label = f"{row.label} {row.mark}".strip()
        lines = wrapped(label, 14, _LABELS)
        for number, line in enumerate(lines):
            drawing.text(_MARGIN, drawing.y + 24 + 18 * number, line, 14)
        if has_bar(chart, row):
            drawing.bar(start, drawing.y + 13, width, row.length)
        for cell, end in zip(_cells(columns, row, words, drawing.per_cent), ends, strict=True):
            absent = cell in (words["no_figure"], words["no_count"], words["thin"])
            size, quiet = (12, f' fill="{drawing.colours.quiet}"') if absent else (14, "")
            drawing.number(end, drawing.y + 24, cell, size, quiet)
        drawing.y += 10 + 18 * len(lines)


def _names(columns: ChartColumns) -> list[str]:
    """The number columns from left to right."""
    shown = [
        ("published", columns.published_leads),
        ("count", columns.count),
        ("share", columns.share),
        ("published", columns.published_follows),
    ]
    return [name for name, is_shown in shown if is_shown]


def _ends(columns: ChartColumns) -> list[float]:
    """Where each number column ends, from left to right."""
    names = _names(columns)
    right = float(WIDTH - _MARGIN)
    return [right - sum(_NUMBERS[name] for name in names[place + 1 :]) for place in range(len(names))]


def _heads(columns: ChartColumns, words: Mapping[str, str]) -> list[str]:
    heads = {"published": words["published"], "share": words["share"], "count": words["counted"]}
    if columns.published_leads:
        heads["count"] = words["on_record"]
    return [heads[name] for name in _names(columns)]


def _cells(
    columns: ChartColumns, row: ChartRow, words: Mapping[str, str], per_cent: Callable[[float], str]
) -> list[str]:
    cells = {
        "published": row.published or words["no_figure"],
        "share": words["thin"] if row.per_cent is None else per_cent(row.per_cent),
        "count": words["no_count"],
    }
    if row.count is not None:
        of = words["count_of"] if row.of is not None else "{count}"
        cells["count"] = of.replace("{count}", str(row.count)).replace("{of}", str(row.of))
    return [cells[name] for name in _names(columns)]


def _below(chart: ChartBlock) -> Iterator[str]:
    """The lines under a chart: notes of waves, who does not count, who counts as what, what others published, the source."""
    for mark, said in chart.notes:
        yield f"{mark} {plain_text(said)}"
    if chart.left_out:
        yield plain_text(chart.left_out)
    if chart.counting:
        yield chart.counting
    sentences: list[Sentence] = [chart.published_note]
    for said in [*sentences, *(reference.sentence for reference in chart.references), chart.source]:
        if said:
            yield plain_text(said)
