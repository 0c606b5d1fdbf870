"""Comparisons that need no script: each unit beside those most like it and its groups, and any choice for paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cityfolio.formatting import whole_per_cent
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
        yield _comparison(document, columns, beside, cell)


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
    return _comparison(document, columns, beside, _Cells(document), frozenset(theirs))


@dataclass(frozen=True)
class _Cells:
    """The shares of groups, each made once: a group stands beside all units in it."""

    document: CompareDocument
    _of: dict[str, dict[tuple[str, str], ShareCell]] = field(default_factory=dict)

    def of(self, group: ComparedGroup) -> dict[tuple[str, str], ShareCell]:
        """The cells of a group, by variable and code."""
        if group.address not in self._of:
            self._of[group.address] = {
                (name, code): _cell(
                    count, of, f"{self.document.edition}.{name}.{code}.{group.group}.share", self.document
                )
                for name, held in group.shares
                for code, count, of in held
            }
        return self._of[group.address]


def _comparison(
    document: CompareDocument,
    columns: list[ComparedUnit],
    groups: list[ComparedGroup],
    cells: _Cells,
    also: frozenset[tuple[str, str]] = frozenset(),
) -> ReadyComparison:
    """`also` are answers (variable, code) that are shown though no unit gave them."""
    answers = [dict(column.answers) for column in columns]
    shares = [cells.of(group) for group in groups]
    theirs = [group.waves for group in groups]
    sections = []
    for section in document.sections:
        tables = []
        for variable in section.variables:
            said = [held[variable.variable] for held in answers]
            given = {code for answer in said for code in answer.codes}
            waves = {column.wave for column, answer in zip(columns, said, strict=True) if not answer.missing}
            notes = tuple(one.said for one in variable.breaks if one.parts(waves.union(*theirs)))
            rows = tuple(
                _row(variable, category, list(zip(columns, said, strict=True)), shares)
                for category in variable.categories
                if category.code in given or (variable.variable, category.code) in also
            )
            own = tuple("; ".join(answer.own_words) for answer in said)
            missing = tuple(answer.missing for answer in said)
            if rows or any(own):
                tables.append(ReadyTable(variable.variable, variable.title, missing, own, rows, notes))
        if tables:
            sections.append(ReadySection(section.title, tuple(tables)))
    return ReadyComparison(
        tuple((column.unit, column.name, column.wave) for column in columns),
        tuple((group.address, group.label, group.kind) for group in groups),
        tuple(sections),
    )


def _row(
    variable: ComparedVariable,
    category: ComparedCategory,
    columns: list[tuple[ComparedUnit, ComparedAnswer]],
    shares: list[dict[tuple[str, str], ShareCell]],
) -> ReadyRow:
    said = tuple(_said(category, column, answer) for column, answer in columns)
    answering = [(column.wave, one) for (column, _), one in zip(columns, said, strict=True) if one in ("yes", "no")]
    parted = any(one.concerns(category.code) and one.parts([w for w, _ in answering]) for one in variable.breaks)
    verdict = "" if parted or len(answering) < 2 else "same" if len({one for _, one in answering}) == 1 else "different"
    cells = tuple(held.get((variable.variable, category.code), _NO_SHARE) for held in shares)
    return ReadyRow(category.label, said, verdict, cells)


def _said(category: ComparedCategory, column: ComparedUnit, answer: ComparedAnswer) -> str:
    if answer.missing:
        return ""
    if category.waves and column.wave not in category.waves:
        return "not_offered"
    return "yes" if category.code in answer.codes else "no"


def _cell(count: int, of: int, fact: str, document: CompareDocument) -> ShareCell:
    per_cent = whole_per_cent(count, of) if of >= document.thin_base else None
    return ShareCell(fact, count, of, per_cent)
