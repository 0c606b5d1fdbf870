"""The document of one unit: sections of blocks, no HTML. Pages, files and the API are made from it alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from cityfolio.narrative.sentence import Sentence
from cityfolio.profile.comparing_blocks import (
    ChangeRow,
    ChangesBlock,
    Peer,
    PeersBlock,
    PlaceBlock,
    Practice,
    PracticeUnit,
)

__all__ = [
    "AnswersBlock",
    "Block",
    "ChangeRow",
    "ChangesBlock",
    "ChartBlock",
    "ChartRow",
    "CorrectionBlock",
    "EarlierBlock",
    "EditorialBlock",
    "GroupLink",
    "HeadItem",
    "Item",
    "MissingBlock",
    "NoteBlock",
    "Peer",
    "PeersBlock",
    "PlaceBlock",
    "Practice",
    "PracticeUnit",
    "ProfileDocument",
    "RankRow",
    "RankingBlock",
    "RecommendationsBlock",
    "RecommendedItem",
    "Reference",
    "Section",
    "SentenceBlock",
]


@dataclass(frozen=True)
class Item:
    """One answer of the unit: a category (with its help text) or words of its own."""

    label: str
    code: str = ""
    help: str = ""
    own_words: bool = False


@dataclass(frozen=True)
class Reference:
    """A figure published elsewhere, in words, with its source."""

    sentence: Sentence
    url: str


@dataclass(frozen=True)
class SentenceBlock:
    """One sentence, whole, about answers of `wave`, and the published figures about the same answer."""

    id: str
    sentence: Sentence
    references: tuple[Reference, ...] = ()
    wave: str = ""
    kind: str = "sentence"


@dataclass(frozen=True)
class AnswersBlock:
    """The unit's own answers to one question, in its own order."""

    variable: str
    title: str
    wave: str
    items: tuple[Item, ...]
    kind: str = "answers"


@dataclass(frozen=True)
class MissingBlock:
    """A sentence that says which variables have no answer and why (the reason is a `Missing` value)."""

    variables: tuple[str, ...]
    reason: str
    sentence: Sentence
    wave: str = ""
    kind: str = "missing"


@dataclass(frozen=True)
class EarlierBlock:
    """The answer of an earlier wave, shown with its date and outside the comparison."""

    variable: str
    title: str
    wave: str
    lead: Sentence
    items: tuple[Item, ...]
    kind: str = "earlier"


@dataclass(frozen=True)
class NoteBlock:
    """A remark on the answers above it, for instance two answers that seem to contradict each other."""

    id: str
    sentence: Sentence
    wave: str = ""
    kind: str = "note"


@dataclass(frozen=True)
class CorrectionBlock:
    """That the answer above it was corrected after it was given: on which day, and why.

    `title` is the question. The reason is empty where the answer names a person.
    """

    variable: str
    title: str
    wave: str
    date: str
    reason: str
    kind: str = "correction"


@dataclass(frozen=True)
class EditorialBlock:
    """Text written by an editor, as sanitised HTML, with its source and date."""

    slot: str
    title: str
    html: str
    language: str
    source: str
    url: str
    date: str
    kind: str = "editorial"


@dataclass(frozen=True)
class ChartRow:
    """One category in a chart of all units.

    `count`, `of` and `per_cent` are those of fact `fact` (`per_cent` is None where the base is too thin for one);
    `published` and `published_fact` hold the number that was published elsewhere for the same category and edition, as it is
    read; `published_number` is the number itself, `published_unit` says of what: `per_cent` or `count`.
    `length` is the length of the bar, from 0 to 1. `mark` points to a wave note. `withheld` is the word that stands in place
    of a number that protects single answers.
    """

    code: str
    label: str
    chosen: bool
    count: int | None
    of: int | None
    per_cent: int | None
    fact: str
    length: float
    mark: str = ""
    published: str = ""
    published_fact: str = ""
    withheld: str = ""
    published_number: int | float | None = None
    published_unit: str = ""


@dataclass(frozen=True)
class ChartBlock:
    """All units' answers to one question; the unit's own are marked.

    `leads` says whose numbers the bars show: `responses`, or `published` where our own base is thinner than the plan
    allows. `subtitle` says of whom is counted, `left_out` who is not and why, `notes` what the waves did not
    offer alike. `published_note` says where published numbers in the rows come from, of whom, and what their bars are
    measured by; `withheld` why numbers are withheld, if any are; `counting` what is counted as which answer.
    Without rows, only `thin` is to be said: the base is too small to show anything, or one answer alone is on record.
    """

    variable: str
    title: str
    subtitle: Sentence
    leads: str
    thin: Sentence | None
    rows: tuple[ChartRow, ...]
    left_out: Sentence | None
    notes: tuple[tuple[str, Sentence], ...] = ()
    references: tuple[Reference, ...] = ()
    source: Sentence = ()
    published_note: Sentence = ()
    published_url: str = ""
    withheld: Sentence | None = None
    counting: str = ""
    kind: str = "chart"


@dataclass(frozen=True)
class RankRow:
    """One category in the ranking of all units: our rank with its count and base, and the published rank."""

    code: str
    label: str
    chosen: bool
    rank: int | None
    rank_fact: str
    count: int | None
    of: int | None
    share_fact: str
    published_rank: int | None
    published_fact: str


@dataclass(frozen=True)
class RankingBlock:
    """The ranking of categories among all units, said to be that of all."""

    variable: str
    title: str
    subtitle: Sentence
    rows: tuple[RankRow, ...]
    notes: tuple[Sentence, ...] = ()
    kind: str = "ranking"


@dataclass(frozen=True)
class RecommendedItem:
    """A recommendation that applies to the unit: its id on the page of recommendations, and the answers that led to it."""

    id: str
    title: str
    summary: str
    because: Sentence
    language: str = ""


@dataclass(frozen=True)
class RecommendationsBlock:
    """The recommendations that apply to the unit's answers, a few of them."""

    id: str
    title: str
    items: tuple[RecommendedItem, ...]
    kind: str = "recommendations"


Block: TypeAlias = (
    SentenceBlock
    | AnswersBlock
    | MissingBlock
    | EarlierBlock
    | NoteBlock
    | CorrectionBlock
    | EditorialBlock
    | ChartBlock
    | RankingBlock
    | RecommendationsBlock
    | PeersBlock
    | ChangesBlock
    | PlaceBlock
)


@dataclass(frozen=True)
class Section:
    """A part of the page under one heading."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class HeadItem:
    """One plain fact of the page's head, dated by its wave, with its corrections. `personal` items name a person."""

    id: str
    sentence: Sentence
    wave: str
    personal: bool = False
    corrections: tuple[CorrectionBlock, ...] = ()


@dataclass(frozen=True)
class GroupLink:
    """A group that the unit is in: its id, the name of its folder below `groups/`, the title of its kind, its label."""

    group: str
    address: str
    kind: str
    label: str


@dataclass(frozen=True)
class ProfileDocument:
    """Everything that the page of one unit says."""

    unit: str
    name: str
    country: str
    edition: str
    wave: str
    waves: tuple[str, ...]
    comparison: Sentence
    source_url: str
    head: tuple[HeadItem, ...] = ()
    in_short: tuple[Sentence, ...] = ()
    sections: tuple[Section, ...] = field(default=())
    groups: tuple[GroupLink, ...] = ()
