"""The documents of the pages Outcomes, How to act and Add your city. No HTML but that of editors, made safe."""

from __future__ import annotations

from dataclasses import dataclass

from cityfolio.narrative.sentence import Sentence

__all__ = [
    "ActDocument",
    "CardDocument",
    "FigureRow",
    "IndicatorDocument",
    "IndicatorRow",
    "IndicatorTable",
    "JoinDocument",
    "OutcomesDocument",
    "PairDocument",
    "SampleDocument",
    "Spread",
    "TagGroup",
]


@dataclass(frozen=True)
class Spread:
    """Where the quartiles, the median and the ends of a row lie on the scale of its table, from 0 to 1."""

    smallest: float
    first_quartile: float
    median: float
    third_quartile: float
    largest: float


@dataclass(frozen=True)
class IndicatorRow:
    """One group of answers: how many units have a figure, and what the figures come to.

    Where they are too few to be described, only their number is given. `everybody` marks the row of all units.
    """

    label: str
    number: Sentence
    mean: Sentence = ()
    median: Sentence = ()
    quartiles: Sentence = ()
    spread: Spread | None = None
    everybody: bool = False


@dataclass(frozen=True)
class IndicatorTable:
    """An indicator by the answers to one question. `variable` has a page; `id` is the place on this one."""

    id: str
    variable: str
    title: str
    rows: tuple[IndicatorRow, ...]
    left_out: Sentence


@dataclass(frozen=True)
class IndicatorDocument:
    """An indicator: what it is, where it comes from, and its tables."""

    id: str
    title: str
    about: Sentence
    note: str
    source: str
    url: str
    licence: str
    tables: tuple[IndicatorTable, ...]


@dataclass(frozen=True)
class FigureRow:
    """A published figure of one group; the bar is as long as the figure is of the scale's end."""

    label: str
    value: Sentence
    length: float


@dataclass(frozen=True)
class PairDocument:
    """Published figures of groups of one sample, side by side."""

    id: str
    title: str
    subtitle: Sentence
    rows: tuple[FigureRow, ...]
    note: str
    url: str


@dataclass(frozen=True)
class SampleDocument:
    """One sample with its pairs. Figures of two samples are never compared."""

    id: str
    title: str
    about: str
    pairs: tuple[PairDocument, ...]


@dataclass(frozen=True)
class OutcomesDocument:
    """The page about outcomes. Groups of answers under `thin_base` units with a figure are not described."""

    title: str
    lead: str
    introduction: tuple[str, ...]
    indicators: tuple[IndicatorDocument, ...]
    samples: tuple[SampleDocument, ...]
    thin_base: int


@dataclass(frozen=True)
class CardDocument:
    """A recommendation in full. `tags` and `variables` are (id, title) pairs, `applies` is the condition in words."""

    id: str
    title: str
    summary: str
    html: str
    language: str
    tags: tuple[tuple[str, str], ...]
    variables: tuple[tuple[str, str], ...]
    applies: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TagGroup:
    """The cards of one tag: those that stand in its section, and (id, title) of those that stand in another one."""

    id: str
    title: str
    cards: tuple[CardDocument, ...]
    also: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ActDocument:
    """The page of recommendations by families of tags (title, tags); a card without a tag stands in `untagged`."""

    title: str
    lead: str
    introduction: tuple[str, ...]
    families: tuple[tuple[str, tuple[TagGroup, ...]], ...]
    untagged: tuple[CardDocument, ...]


@dataclass(frozen=True)
class JoinDocument:
    """Who may join and how."""

    title: str
    lead: str
    html: str
    language: str
    contact: str
    closes: str
