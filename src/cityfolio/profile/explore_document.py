"""The document of exploring: for each question its numbers in every edition, by every kind of group, as they are in the store."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING

from cityfolio.harmonise.availability import wave_notes
from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.fact import RESPONSES, Fact
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind
from cityfolio.narrative.composing import Speaker
from cityfolio.narrative.counting import counting_of
from cityfolio.narrative.sentence import plain_text, text
from cityfolio.profile.keeping import Kept
from cityfolio.profile.variable_changes import WavePair, variable_changes
from cityfolio.tabulate.panel_facts import change_edition
from cityfolio.tabulate.shares import SHARE, SHARE_WITHIN

if TYPE_CHECKING:
    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.facts import FactStore

__all__ = [
    "ExploreCell",
    "ExploreColumn",
    "ExploreDocument",
    "ExploreKind",
    "ExploreMaker",
    "ExploreQuestion",
    "ExploreView",
]

_NUMBERS = ("median", "first_quartile", "third_quartile", "mean", "smallest", "largest", "sum")
# Of a change between two waves: the units that answered both times, and everybody.
_CHANGES = ("share_of_matched_earlier", "share_of_matched_later", "share_earlier", "share_later")
_REASONS = tuple(Missing)
_TO = "-to-"


@dataclass(frozen=True)
class ExploreKind:
    """Something to group by: a kind of group, or a question. Bands and answers are `ordered`; places stand by their names."""

    kind: str
    title: str
    is_question: bool = False
    ordered: bool = False


@dataclass(frozen=True)
class ExploreCell:
    """One number: the numerator of a share or a value, and which of the column's bases it stands on; none where withheld."""

    number: float | None
    base: int


@dataclass(frozen=True)
class ExploreColumn:
    """One group (or one wave of a change): its label, its bases (counted, then left out by reason), a cell for each row."""

    group: str
    label: str
    measure: str
    bases: tuple[tuple[int, ...], ...]
    cells: tuple[ExploreCell | None, ...]


@dataclass(frozen=True)
class ExploreView:
    """The numbers of one edition by one kind of group (`by`), or of all units.

    `order` are the positions of the rows as they are shown, and `silent` the labels of the groups that have no numbers.
    """

    edition: str
    by: str
    columns: tuple[ExploreColumn, ...]
    order: tuple[int, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExploreQuestion:
    """A question with all its views. `rows` are its answers, or what its numbers come to: (code, label, in
    which waves alone it was offered, said in a sentence).

    `changes` says of each change between two waves what is not the same in both, and then what is not compared for which reason.
    """

    variable: str
    label: str
    is_number: bool
    rows: tuple[tuple[str, str, str], ...]
    universe: str
    counting: str
    views: tuple[ExploreView, ...]
    changes: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class ExploreDocument:
    """The explore page. `editions` are (id, title) pairs; changes between waves stand among them as `2018-to-2020`."""

    edition: str
    editions: tuple[tuple[str, str], ...]
    kinds: tuple[ExploreKind, ...]
    questions: tuple[ExploreQuestion, ...]
    thin_base: int

    @property
    def changes(self) -> tuple[str, ...]:
        """The ids among the editions that are changes between two waves."""
        return tuple(edition for edition, _ in self.editions if _TO in edition)


@dataclass(frozen=True)
class ExploreMaker:
    """Makes the document from the store: it computes nothing. `labels` name the groups, in their order."""

    variables: Mapping[str, Variable]
    editions: Mapping[str, Edition]
    kinds: Sequence[ExploreKind]
    labels: Mapping[Group, str]
    thin_base: int
    edition: str
    speaker: Speaker
    pairs: Mapping[str, Sequence[WavePair]]

    def document(self, store: FactStore, kept: Kept | None = None) -> ExploreDocument:
        """Every question that has a number to show: first those with answers to choose from, which most readers come for.

        Views that are `kept` from an earlier build and have the same facts are taken from there.
        """
        kept = kept or Kept()
        held: dict[str, list[Fact]] = {}
        for fact in store:
            if fact.key.source == RESPONSES and self._is_shown(fact):
                held.setdefault(fact.key.variable, []).append(fact)
        asked = (v for v in self.variables.values() if v.id in held and not v.personal)
        found = [self._question(variable, held[variable.id], kept) for variable in asked]
        found.sort(key=lambda question: question.is_number)
        shown = {view.edition for question in found for view in question.views}
        titles = {edition.id: edition.title or edition.id for edition in self.editions.values()}
        changes = sorted(edition for edition in shown if _TO in edition and edition not in titles)
        editions = [pair for pair in titles.items() if pair[0] in shown]
        editions += [(change, change.replace(_TO, "–")) for change in changes]
        return ExploreDocument(self.edition, tuple(editions), tuple(self.kinds), tuple(found), self.thin_base)

    def _is_shown(self, fact: Fact) -> bool:
        variable = self.variables.get(fact.key.variable)
        if variable is None:
            return False
        if variable.kind is Kind.NUMBER:
            return fact.key.measure in _NUMBERS
        return bool(fact.key.category) and fact.key.measure in (SHARE, SHARE_WITHIN, *_CHANGES)

    def _question(self, variable: Variable, facts: Iterable[Fact], kept: Kept) -> ExploreQuestion:
        is_number = variable.kind is Kind.NUMBER
        rows = [(name, name, "") for name in _NUMBERS] if is_number else list(self._answers(variable))
        views: dict[tuple[str, str], list[Fact]] = {}
        for fact in facts:
            by = "" if fact.key.group == ALL else fact.key.group.kind
            views.setdefault((fact.key.edition, by), []).append(fact)
        codes = [code for code, _, _ in rows]
        kinds = ["", *(kind.kind for kind in self.kinds)]
        made = []
        for (edition, by), found in sorted(views.items()):
            if by in kinds:
                # Its rows stand in the order of those of all units.
                everybody = views.get((edition, ""), found)
                make = partial(self._view, variable, edition, by, found, everybody, codes)
                made.append(kept.made(("explore", variable.id, edition, by), (found, everybody), make))
        counting = counting_of(variable, self.speaker)
        return ExploreQuestion(
            variable.id, variable.label, is_number, tuple(rows), variable.universe, counting, tuple(made),
            tuple(self._changes(variable)),
        )  # fmt: skip

    def _answers(self, variable: Variable) -> Iterator[tuple[str, str, str]]:
        noted = {note.category.code: note.offered for note in wave_notes(variable, Edition("", variable.waves))}
        for category in variable.categories:
            offered = noted.get(category.code, ())
            said = self.speaker.phrase(
                "variable.note", label=text(category.label), offered=self.speaker.listed(offered)
            )
            yield category.code, category.label, plain_text(said) if said and offered else ""

    def _changes(self, variable: Variable) -> Iterator[tuple[str, tuple[str, ...]]]:
        for change in variable_changes(variable, self.pairs.get(variable.id, ()), self.speaker):
            said = (plain_text(change.notes), *map(plain_text, change.refused))
            yield change_edition(change.earlier, change.later), said

    def _view(
        self,
        variable: Variable,
        edition: str,
        by: str,
        facts: Iterable[Fact],
        everybody: Iterable[Fact],
        codes: Sequence[str],
    ) -> ExploreView:
        found, order = _by_column(variable, facts), _order(variable, _by_column(variable, everybody))
        columns = tuple(self._columns(found, codes))
        if _TO in edition:
            # What cannot be compared has no numbers here; the notes of the change say why.
            order = tuple(row for row in order or range(len(codes)) if any(column.cells[row] for column in columns))
        return ExploreView(edition, by, columns, order, self._silent(by, found))

    def _columns(
        self, found: Mapping[tuple[Group, str], Mapping[str, Fact]], codes: Sequence[str]
    ) -> Iterator[ExploreColumn]:
        order, last = self._places, len(self._places)
        measures = ["", SHARE, SHARE_WITHIN, *_CHANGES]
        for group, measure in sorted(found, key=lambda c: (order.get(c[0], last), c[0], measures.index(c[1]))):
            facts = [found[group, measure].get(code) for code in codes]
            held = [_base(fact) if fact is not None else None for fact in facts]
            bases = tuple(dict.fromkeys(base for base in held if base is not None))
            cells = tuple(
                ExploreCell(_number(fact), bases.index(base)) if fact is not None and base is not None else None
                for fact, base in zip(facts, held, strict=True)
            )
            label = "" if group == ALL else self.labels.get(group, group.key)
            yield ExploreColumn(group.id, label, measure, bases, cells)

    @cached_property
    def _in_order(self) -> list[Group]:
        """All groups: bands and answers as they are listed, places by their names."""
        ordered = {kind.kind for kind in self.kinds if kind.ordered}
        return sorted(self.labels, key=lambda group: "" if group.kind in ordered else _alphabetical(self.labels[group]))

    @cached_property
    def _places(self) -> Mapping[Group, int]:
        """The place of each group in that order."""
        return {group: place for place, group in enumerate(self._in_order)}

    def _silent(self, by: str, found: Iterable[tuple[Group, str]]) -> tuple[str, ...]:
        shown = {group for group, _ in found}
        return tuple(self.labels[group] for group in self._in_order if group.kind == by and group not in shown)


def _by_column(variable: Variable, facts: Iterable[Fact]) -> dict[tuple[Group, str], dict[str, Fact]]:
    """The facts by their column (group and measure) and row."""
    found: dict[tuple[Group, str], dict[str, Fact]] = {}
    for fact in facts:
        key = fact.key
        row, measure = (key.measure, "") if variable.kind is Kind.NUMBER else (key.category, key.measure)
        found.setdefault((key.group, measure), {})[row] = fact
    return found


def _alphabetical(label: str) -> str:
    """What labels are sorted by: letters with accents stand with those without.

    >>> sorted(["Zambia", "Åland", "Austria"], key=_alphabetical)
    ['Åland', 'Austria', 'Zambia']
    """
    return "".join(sign for sign in unicodedata.normalize("NFKD", label).casefold() if not unicodedata.combining(sign))


def _order(variable: Variable, found: Mapping[tuple[Group, str], Mapping[str, Fact]]) -> tuple[int, ...]:
    """Rows by the share of all units (of a change: the later one), an explicit "none" last; a scale keeps its order."""
    if variable.kind in (Kind.NUMBER, Kind.SCALE):
        return ()
    facts = found.get((ALL, _CHANGES[1])) or found.get((ALL, SHARE)) or {}
    ranked = [(category.exclusive, -_share(facts.get(category.code))) for category in variable.categories]
    return tuple(sorted(range(len(ranked)), key=ranked.__getitem__))


def _share(fact: Fact | None) -> Fraction:
    if fact is None or fact.numerator is None or fact.base is None or not fact.base.counted:
        return Fraction(-1)
    return Fraction(fact.numerator, fact.base.counted)


def _base(fact: Fact) -> tuple[int, ...]:
    if fact.base is None:
        return (0,)
    return (fact.base.counted, *map(fact.base.left_out, _REASONS))


def _number(fact: Fact) -> float | None:
    return fact.numerator if fact.key.measure.startswith("share") else fact.value
