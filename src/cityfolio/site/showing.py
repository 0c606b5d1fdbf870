"""What of a document is shown: what holds nothing is left out, so that no heading stands empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cityfolio.narrative.sentence import plain_text
from cityfolio.profile.document import (
    AnswersBlock,
    Block,
    ChartBlock,
    EarlierBlock,
    EditorialBlock,
    MissingBlock,
    NoteBlock,
    ProfileDocument,
    RankingBlock,
    Section,
    SentenceBlock,
)
from cityfolio.profile.programme_documents import DirectoryRegion

__all__ = ["ChartColumns", "chart_columns", "note_ids", "section_entries", "shown_regions", "shown_sections"]


def shown_sections(document: ProfileDocument) -> tuple[Section, ...]:
    """The sections that have something to show, each with those of its blocks that have.

    >>> empty = (Section("s", "S", ()),)
    >>> shown_sections(ProfileDocument("u", "U", "C", "e", "2020", ("2020",), (), "", sections=empty))
    ()
    """
    kept = (Section(s.id, s.title, tuple(b for b in s.blocks if _holds_something(b))) for s in document.sections)
    return tuple(section for section in kept if section.blocks)


def section_entries(sections: tuple[Section, ...]) -> list[tuple[str, str]]:
    """The anchor and title of each section, for the rail.

    >>> section_entries((Section("funding", "How innovation is funded", ()),))
    [('funding', 'How innovation is funded')]
    """
    return [(section.id, section.title) for section in sections]


def shown_regions(regions: tuple[DirectoryRegion, ...]) -> tuple[DirectoryRegion, ...]:
    """The continents that have a country with a unit.

    >>> shown_regions((DirectoryRegion("Europe", ()),))
    ()
    """
    filled = (DirectoryRegion(r.label, tuple(c for c in r.countries if c.units)) for r in regions)
    return tuple(region for region in filled if region.countries)


@dataclass(frozen=True)
class ChartColumns:
    """Which number columns a chart has, in order: published (if it leads), ours, share, published (if not)."""

    published_leads: bool
    count: bool
    share: bool
    published_follows: bool

    @property
    def layout(self) -> str:
        """The name of their layout in the style sheet; none for the usual one, count and share."""
        if self.published_leads:
            return "lead"
        if self.published_follows:
            return "follows"
        return "" if self.share else "counts"


def chart_columns(block: ChartBlock) -> ChartColumns:
    """The columns that a chart needs: none stands there without a number in any row.

    >>> from cityfolio.profile.document import ChartRow
    >>> row = ChartRow("a", "A", False, 1, 4, None, "f", 0.25)
    >>> chart_columns(ChartBlock("v", "V", (), "responses", None, (row,), None))
    ChartColumns(published_leads=False, count=True, share=False, published_follows=False)
    """
    leads = block.leads == "published"
    published = any(row.published for row in block.rows)
    return ChartColumns(
        published_leads=leads and published,
        count=any(row.count is not None for row in block.rows),
        share=any(row.per_cent is not None for row in block.rows),
        published_follows=published and not leads,
    )


def note_ids(block: ChartBlock, place: str) -> Mapping[str, str]:
    """The anchor of each footnote mark of a chart; `place` tells apart two charts of one page.

    >>> chart = ChartBlock("v", "V", (), "responses", None, (), None, notes=(("*", ()), ("†", ())))
    >>> note_ids(chart, "funding-2")
    {'*': 'funding-2-note-1', '†': 'funding-2-note-2'}
    """
    return {mark: f"{place}-note-{number}" for number, (mark, _) in enumerate(block.notes, start=1)}


def _holds_something(block: Block) -> bool:
    match block:
        case AnswersBlock():
            return bool(block.items)
        case ChartBlock() | RankingBlock():
            return bool(block.rows)
        case EditorialBlock():
            return bool(block.html.strip())
        case EarlierBlock():
            return bool(block.items) or bool(plain_text(block.lead).strip())
        case SentenceBlock() | MissingBlock() | NoteBlock():
            return bool(plain_text(block.sentence).strip())
