"""What of a document is shown: what holds nothing is left out, so that no heading stands empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cityfolio.narrative.sentence import plain_text
from cityfolio.profile.document import (
    AnswersBlock,
    Block,
    ChangesBlock,
    ChartBlock,
    ChartRow,
    CorrectionBlock,
    EarlierBlock,
    EditorialBlock,
    MissingBlock,
    NoteBlock,
    PeersBlock,
    PlaceBlock,
    ProfileDocument,
    RankingBlock,
    RecommendationsBlock,
    Section,
    SentenceBlock,
)
from cityfolio.profile.group_documents import GroupTable
from cityfolio.profile.programme_documents import DirectoryRegion
from cityfolio.site.fact_links import fact_target

__all__ = [
    "ChartColumns",
    "answers_of",
    "chart_columns",
    "has_bar",
    "note_ids",
    "page_behind",
    "section_entries",
    "shown_regions",
    "shown_sections",
]


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


def answers_of(wave: str, section: Section) -> str:
    """The wave to be said once, at the heading of a section: `wave`, if any of its blocks is dated by it.

    >>> answer = SentenceBlock("s", (), wave="2020")
    >>> answers_of("2020", Section("s", "S", (answer,))), answers_of("2018", Section("s", "S", (answer,)))
    ('2020', '')
    """
    return wave if wave in [_wave(block) for block in section.blocks] else ""


def shown_regions(regions: tuple[DirectoryRegion, ...]) -> tuple[DirectoryRegion, ...]:
    """The continents that have a country with a unit.

    >>> shown_regions((DirectoryRegion("Europe", ()),))
    ()
    """
    filled = (replace(r, countries=tuple(c for c in r.countries if c.units)) for r in regions)
    return tuple(region for region in filled if region.countries)


@dataclass(frozen=True)
class ChartColumns:
    """Which number columns a chart has, in order: published (if it leads), ours, share, published (if not); and bars."""

    published_leads: bool
    count: bool
    share: bool
    published_follows: bool
    bars: bool

    @property
    def layout(self) -> str:
        """The names of their layout in the style sheet; none for the usual one: count, share and bars."""
        columns = "lead" if self.published_leads else "follows" if self.published_follows else ""
        if not columns and not self.share:
            columns = "counts"
        return columns if self.bars else f"{columns} bare".lstrip()


def chart_columns(block: ChartBlock) -> ChartColumns:
    """The columns that a chart needs: none stands there without a number in any row.

    >>> from cityfolio.profile.document import ChartRow
    >>> row = ChartRow("a", "A", False, 1, 4, None, "f", 0.25)
    >>> chart_columns(ChartBlock("v", "V", (), "responses", None, (row,), None))
    ChartColumns(published_leads=False, count=True, share=False, published_follows=False, bars=False)
    """
    leads = block.leads == "published"
    published = any(row.published for row in block.rows)
    return ChartColumns(
        published_leads=leads and published,
        count=any(row.count is not None for row in block.rows),
        share=any(row.per_cent is not None for row in block.rows),
        published_follows=published and not leads,
        bars=any(has_bar(block, row) for row in block.rows),
    )


def has_bar(block: ChartBlock, row: ChartRow) -> bool:
    """Whether a row has a bar: not where the number that leads is missing or too thin for a share.

    >>> row = ChartRow("a", "A", False, 1, 4, None, "f", 0.25, published="79")
    >>> ours = ChartBlock("v", "V", (), "responses", None, (row,), None)
    >>> has_bar(ours, row), has_bar(ChartBlock("v", "V", (), "published", None, (row,), None), row)
    (False, True)
    """
    if block.leads == "published":
        return bool(row.published)
    return block.thin is None and row.per_cent is not None


def note_ids(block: ChartBlock | GroupTable, place: str) -> Mapping[str, str]:
    """The anchor of each footnote mark of a chart or table; `place` tells apart two of one page.

    >>> chart = ChartBlock("v", "V", (), "responses", None, (), None, notes=(("*", ()), ("†", ())))
    >>> note_ids(chart, "funding-2")
    {'*': 'funding-2-note-1', '†': 'funding-2-note-2'}
    """
    return {mark: f"{place}-note-{number}" for number, (mark, _) in enumerate(block.notes, start=1)}


def page_behind(block: ChartBlock | RankingBlock) -> str:
    """The page of the facts of a chart or ranking, from where all its numbers are reached; none where no row has a fact.

    >>> from cityfolio.profile.document import ChartRow
    >>> row = ChartRow("a", "A", False, 1, 4, None, "2020.areas.a.all.share", 0.25)
    >>> page_behind(ChartBlock("areas", "Areas", (), "responses", None, (row,), None))
    'facts/2020/areas/index.html'
    """
    facts = (row.fact or row.published_fact if isinstance(row, ChartRow) else row.share_fact for row in block.rows)
    return next((target.partition("#")[0] for fact in facts if (target := fact_target(fact))), "")


def _holds_something(block: Block) -> bool:
    match block:
        case AnswersBlock() | RecommendationsBlock():
            return bool(block.items)
        case ChartBlock():
            return bool(block.rows) or bool(plain_text(block.thin or ()).strip())
        case RankingBlock():
            return bool(block.rows)
        case PeersBlock() | ChangesBlock() | PlaceBlock() | CorrectionBlock():
            return True
        case EditorialBlock():
            return bool(block.html.strip())
        case EarlierBlock():
            return bool(block.items) or bool(plain_text(block.lead).strip())
        case SentenceBlock() | MissingBlock() | NoteBlock():
            return bool(plain_text(block.sentence).strip())


def _wave(block: Block) -> str:
    """The wave that a block is dated by at its section's heading. Earlier answers and charts date themselves."""
    match block:
        case AnswersBlock() | SentenceBlock() | MissingBlock() | NoteBlock() | PlaceBlock():
            return block.wave
        case ChartBlock() | RankingBlock() | EditorialBlock() | EarlierBlock() | RecommendationsBlock():
            return ""
        case PeersBlock() | ChangesBlock() | CorrectionBlock():
            return ""
