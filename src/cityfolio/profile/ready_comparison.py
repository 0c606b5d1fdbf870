"""Comparisons that need no script: each unit beside those most like it and its groups, and any choice for paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from cityfolio.formatting import whole_per_cent
from cityfolio.profile.keeping import Kept
from cityfolio.profile.programme_documents import ShareCell

if TYPE_CHECKING:
    from cityfolio.profile.comparison import (
        ComparedAnswer,
        ComparedCategory,
        ComparedGroup,
        CompareDocument,
        ComparedUnit,
        ComparedVariable,
    )

__all__ = [
    "ReadyComparison",
    "ReadyRow",
    "ReadySection",
    "ReadyTable",
    "chosen_comparison",
    "comparable",
    "ready_comparisons",
]

_GROUP = "groups/"


_NO_SHARE = ShareCell("", None, None, None)


@dataclass(frozen=True)
class ReadyRow:
    """A category: what each unit said (`yes`, `no`, `not_offered`, or nothing), whether all say the same, each group's share."""

    label: str
    said: tuple[str, ...]
    verdict: str
    shares: tuple[ShareCell, ...]


@dataclass(frozen=True)
class ReadyTable:
    """A question: for each unit why it has no answer (or nothing), and the categories that one of the units chose.

    `notes` say what of it cannot be compared: nobody is said to agree or to differ there.
    """

    variable: str
    title: str
    missing: tuple[str, ...]
    own_words: tuple[str, ...]
    rows: tuple[ReadyRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadySection:
    """A section of the page plan."""

    title: str
    tables: tuple[ReadyTable, ...]


@dataclass(frozen=True)
class ReadyComparison:
    """A unit (the first of `units`, which are (id, name, wave)) beside others and groups (address, label, kind)."""

    units: tuple[tuple[str, str, str], ...]
    groups: tuple[tuple[str, str, str], ...]
    sections: tuple[ReadySection, ...]

    @property
    def unit(self) -> str:
        """The unit that the page is about."""
        return self.units[0][0]


def ready_comparisons(document: CompareDocument) -> Iterator[ReadyComparison]:
    """One comparison for each unit, with up to five units like it."""
    units = {unit.unit: unit for unit in document.units}
    groups = {group.address: group for group in document.groups}
    cell = _Cells(document)
    for unit in document.units:
        columns = [unit, *(units[other] for other in unit.like if other in units)]
        beside = [groups[address] for address in unit.groups if address in groups]
        make = partial(_comparison, document, columns, beside, cell, document.kept)
        yield document.kept.made(("ready", unit.unit), (columns, beside, document.sections), make)


def comparable(document: CompareDocument) -> dict[str, str]:
    """What can be chosen, as the address of the comparison names it, with its name: a unit by its id, a group by its folder."""
    units = {unit.unit: unit.name for unit in document.units}
    return units | {f"{_GROUP}{group.address}": group.label for group in document.groups}


def chosen_comparison(document: CompareDocument, chosen: Sequence[str]) -> ReadyComparison:
    """The units and groups that were chosen (see `comparable`): units first, and every answer that one of them gave."""
    units = {unit.unit: unit for unit in document.units}
    groups = {f"{_GROUP}{group.address}": group for group in document.groups}
    beside = [groups[one] for one in chosen if one in groups]
    theirs = {
        (variable, code) for group in beside for variable, held in group.shares for code, count, _ in held if count
    }
    columns = [units[one] for one in chosen if one in units]
    return _comparison(document, columns, beside, _Cells(document), Kept(remembers=False), frozenset(theirs))


@dataclass(frozen=True)
class _Cells:
    """The shares of groups, each made once: a group stands beside all units in it."""

    document: CompareDocument
    _of: dict[str, dict[str, dict[str, ShareCell]]] = field(default_factory=dict)

    def of(self, group: ComparedGroup, variable: str) -> Mapping[str, ShareCell]:
        """The cells of a group for a question, by code."""
        if group.address not in self._of:
            start = f"{self.document.edition}."
            self._of[group.address] = {
                name: {
                    code: _cell(count, of, f"{start}{name}.{code}.{group.group}.share", self.document.thin_base)
                    for code, count, of in held
                }
                for name, held in group.shares
            }
        return self._of[group.address].get(variable, {})


def _comparison(
    document: CompareDocument,
    columns: list[ComparedUnit],
    groups: list[ComparedGroup],
    cells: _Cells,
    kept: Kept,
    also: frozenset[tuple[str, str]] = frozenset(),
) -> ReadyComparison:
    """`also` are answers (variable, code) that are shown though no unit gave them."""
    answers = [dict(column.answers) for column in columns]
    waves = [column.wave for column in columns]
    # Two groups are alike in a question by their numbers there, which are quicker to hold together than cells.
    numbers = [dict(group.shares) for group in groups]
    beside = [(group.address, group.waves) for group in groups]
    sections = []
    for section in document.sections:
        tables = []
        for variable in section.variables:
            said = [held[variable.variable] for held in answers]
            made_from = (variable, waves, said, beside, [held.get(variable.variable) for held in numbers])
            make = partial(_table, variable, waves, said, groups, cells, also)
            table = kept.made(("ready", columns[0].unit if columns else "", variable.variable), made_from, make)
            if table is not None:
                tables.append(table)
        if tables:
            sections.append(ReadySection(section.title, tuple(tables)))
    return ReadyComparison(
        tuple((column.unit, column.name, column.wave) for column in columns),
        tuple((group.address, group.label, group.kind) for group in groups),
        tuple(sections),
    )


def _table(
    variable: ComparedVariable,
    waves: list[str],
    said: list[ComparedAnswer],
    groups: list[ComparedGroup],
    cells: _Cells,
    also: frozenset[tuple[str, str]],
) -> ReadyTable | None:
    """The question as units of these waves answered it, beside the shares of groups; None where there is nothing to show."""
    given = {code for answer in said for code in answer.codes}
    answering = list(zip(waves, said, strict=True))
    shares = [cells.of(group, variable.variable) for group in groups]
    rows = tuple(
        _row(variable, category, answering, shares)
        for category in variable.categories
        if category.code in given or (variable.variable, category.code) in also
    )
    own = tuple("; ".join(answer.own_words) for answer in said)
    if not rows and not any(own):
        return None
    counted = {wave for wave, answer in answering if not answer.missing}.union(*(group.waves for group in groups))
    notes = tuple(one.said for one in variable.breaks if one.parts(counted))
    missing = tuple(answer.missing for answer in said)
    return ReadyTable(variable.variable, variable.title, missing, own, rows, notes)


def _row(
    variable: ComparedVariable,
    category: ComparedCategory,
    columns: list[tuple[str, ComparedAnswer]],
    shares: list[Mapping[str, ShareCell]],
) -> ReadyRow:
    said = tuple(_said(category, wave, answer) for wave, answer in columns)
    answering = [(wave, one) for (wave, _), one in zip(columns, said, strict=True) if one in ("yes", "no")]
    parted = any(one.concerns(category.code) and one.parts([w for w, _ in answering]) for one in variable.breaks)
    verdict = "" if parted or len(answering) < 2 else "same" if len({one for _, one in answering}) == 1 else "different"
    cells = tuple(held.get(category.code, _NO_SHARE) for held in shares)
    return ReadyRow(category.label, said, verdict, cells)


def _said(category: ComparedCategory, wave: str, answer: ComparedAnswer) -> str:
    if answer.missing:
        return ""
    if category.waves and wave not in category.waves:
        return "not_offered"
    return "yes" if category.code in answer.codes else "no"


def _cell(count: int, of: int, fact: str, thin_base: int) -> ShareCell:
    per_cent = whole_per_cent(count, of) if of >= thin_base else None
    return ShareCell(fact, count, of, per_cent)
