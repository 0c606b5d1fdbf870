"""The change log of a release: every number that is another than before, by how much, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cityfolio.formatting import plain_number
from cityfolio.model.edition import ALL
from cityfolio.model.fact import PUBLISHED
from cityfolio.publish.csv_files import csv_bytes
from cityfolio.publish.release.judging import new_corrections
from cityfolio.publish.release.renaming import with_ids_of
from cityfolio.publish.release.state import AppliedCorrection, FactRow, ReleaseState

__all__ = [
    "CAUSES",
    "CHANGE_COLUMNS",
    "NumberChange",
    "changes_csv",
    "in_words",
    "markdown_cell",
    "number_changes",
]

CAUSES: Mapping[str, str] = {
    "published": "the figure that others published was replaced",
    "wave-added": "a wave is new",
    "edition-changed": "the edition takes other waves",
    "responses-added": "responses are new",
    "responses-gone": "responses are gone",
    "answers-corrected": "answers were corrected",
    "answers-changed": "answers are others than before, and no correction says why",
    "units-changed": "what is on record about units changed",
    "question-changed": "the instrument changed",
    "crosswalk-changed": "the crosswalk changed",
    "withheld": "the number is withheld now",
    "elsewhere": "rules of the programme, other questions or answers that are not released changed",
}
CHANGE_COLUMNS = (
    "fact", "kind", "numerator_before", "base_before", "value_before", "numerator", "base", "value", "difference", "why",
)  # fmt: skip
_NOTHING = ("", "", "")
_SHOWN = 3


@dataclass(frozen=True)
class NumberChange:
    """A fact that is new, gone or has other numbers, with the causes that are known, and the corrections that led to it."""

    fact: str
    kind: str
    before: tuple[str, str, str]
    after: tuple[str, str, str]
    causes: tuple[str, ...] = ()
    corrections: tuple[AppliedCorrection, ...] = ()

    @property
    def difference(self) -> float | None:
        """By how much the value moved, where both are there."""
        if not self.before[2] or not self.after[2]:
            return None
        return float(self.after[2]) - float(self.before[2])

    @property
    def why(self) -> str:
        """The causes in words; of many corrections the first few and how many there are."""
        return "; ".join(
            CAUSES[cause] + (self._corrections if cause == "answers-corrected" else "") for cause in self.causes
        )

    @property
    def _corrections(self) -> str:
        told = [f"{one.subject}, {one.date}: {_one_line(one.reason)}" for one in self.corrections[:_SHOWN]]
        more = len(self.corrections) - _SHOWN
        return f" ({'; '.join(told)}{f'; and {more} more' if more > 0 else ''})"


def number_changes(before: ReleaseState, after: ReleaseState) -> Iterator[NumberChange]:
    """The facts that changed, then the new ones, then those that are gone, each in order of their ids.

    What is withheld now is not said again, and what has another id is neither gone nor new.
    """
    before = with_ids_of(after, before)
    sought = _Causes(before, after)
    for name in sorted(before.facts.keys() & after.facts.keys()):
        old, new = before.facts[name], after.facts[name]
        if old.numbers == new.numbers:
            continue
        said = _NOTHING if new.withheld else old.numbers
        causes = sought.of(old, new)
        corrections = sought.corrections_of(new) if "answers-corrected" in causes else ()
        yield NumberChange(name, "changed", said, new.numbers, causes, corrections)
    for name in sorted(after.facts.keys() - before.facts.keys()):
        yield NumberChange(name, "new", _NOTHING, after.facts[name].numbers)
    for name in sorted(before.facts.keys() - after.facts.keys()):
        yield NumberChange(name, "gone", _NOTHING, _NOTHING)


def changes_csv(changes: Iterable[NumberChange]) -> bytes:
    """The change log as a table."""
    return csv_bytes(CHANGE_COLUMNS, (_record(change) for change in changes))


def _record(change: NumberChange) -> list[str]:
    moved = change.difference
    difference = "" if moved is None else plain_number(moved)
    return [change.fact, change.kind, *change.before, *change.after, difference, change.why]


class _Causes:
    """Finds why a fact changed: what is another, of all that its number is made from."""

    def __init__(self, before: ReleaseState, after: ReleaseState) -> None:
        self.before, self.after = before, after
        self.added = {wave for unit, wave in after.responses.keys() - before.responses.keys()}
        self.gone = {wave for unit, wave in before.responses.keys() - after.responses.keys()}
        self.new = new_corrections(before, after)
        self.corrected: dict[tuple[str, str], list[AppliedCorrection]] = {}
        self.changed: set[tuple[str, str]] = set()
        self._look_at_answers()
        shared = before.units.keys() & after.units.keys()
        self.units = any(before.units[unit] != after.units[unit] for unit in shared)
        self.crosswalk = {line.variable for line in set(before.comparisons) ^ set(after.comparisons)}

    def _look_at_answers(self) -> None:
        """Sort the released answers that are others, by wave and column, into those that corrections explain and the rest."""
        by_response: dict[tuple[str, str], list[AppliedCorrection]] = {}
        for one in self.new:
            by_response.setdefault(one.response, []).append(one)
        for key in sorted(self.before.responses.keys() & self.after.responses.keys()):
            old, new = self.before.responses[key], self.after.responses[key]
            for column in old.keys() & new.keys():
                if old[column] == new[column]:
                    continue
                # Whom a question is put to follows from other answers: their correction explains it too.
                of_response = by_response.get(key, [])
                own = [one for one in of_response if column.startswith(one.variable)] or of_response
                if own:
                    self.corrected.setdefault((key[1], column), []).extend(own)
                else:
                    self.changed.add((key[1], column))

    def corrections_of(self, fact: FactRow) -> tuple[AppliedCorrection, ...]:
        """The new corrections that led to the answers that a fact is made from."""
        waves = self._waves(fact.edition)
        found = [c for wave in waves for column in _columns(fact) for c in self.corrected.get((wave, column), ())]
        return tuple(one for one in self.new if one in set(found))

    def of(self, old: FactRow, new: FactRow) -> tuple[str, ...]:
        """The causes for one fact, at least that they lie elsewhere."""
        if new.withheld and not old.withheld:
            return ("withheld",)
        if new.source == PUBLISHED:
            return ("published",)
        return tuple(self._found(new)) or ("elsewhere",)

    def _found(self, fact: FactRow) -> Iterator[str]:
        waves = self._waves(fact.edition)
        new_waves = waves - set(self.before.waves)
        if new_waves:
            yield "wave-added"
        if self.before.editions.get(fact.edition, ()) != self.after.editions.get(fact.edition, ()):
            yield "edition-changed"
        if self.added & waves - new_waves:
            yield "responses-added"
        if self.gone & waves:
            yield "responses-gone"
        if self.corrections_of(fact):
            yield "answers-corrected"
        if any((wave, column) in self.changed for wave in waves for column in _columns(fact)):
            yield "answers-changed"
        if fact.group != ALL.id and self.units:
            yield "units-changed"
        old, new = self.before.variables.get(fact.variable), self.after.variables.get(fact.variable)
        if old is not None and new is not None and old.described != new.described:
            yield "question-changed"
        if fact.variable in self.crosswalk:
            yield "crosswalk-changed"

    def _waves(self, edition: str) -> set[str]:
        """The waves of an edition; of a change, those that its name is made of, else all."""
        found = self.after.editions.get(edition) or edition.split("-to-")
        return {wave for wave in found if wave in self.after.waves} or set(self.after.waves)


def _columns(fact: FactRow) -> tuple[str, str, str]:
    """The columns of the released answers to the question of a fact."""
    return fact.variable, f"{fact.variable}_other", f"{fact.variable}_missing"


def _one_line(words: str) -> str:
    return " ".join(words.split())


def markdown_cell(words: str) -> str:
    r"""Words in a cell of a table in Markdown, as text.

    >>> print(markdown_cell("a | b <i>"))
    a \| b &lt;i>
    """
    text = _one_line(words).replace("<", "&lt;")
    return re.sub(r"([\\|\[\]`*_])", r"\\\1", text)


def in_words(changes: Sequence[NumberChange], shown: int) -> Iterator[str]:
    """The changed numbers as lines of a table in Markdown, at most `shown` of them."""
    yield "| fact | before | now | difference | why |"
    yield "|---|---|---|---|---|"
    for change in changes[:shown]:
        moved = change.difference
        difference = "" if moved is None else plain_number(round(moved, 6))
        is_share = change.fact.rpartition(".")[2].startswith("share")
        said = [_said(numbers, is_share=is_share) for numbers in (change.before, change.after)]
        cells = (f"`{change.fact}`", *said, difference, markdown_cell(change.why))
        yield f"| {' | '.join(cells)} |"


def _said(numbers: tuple[str, str, str], *, is_share: bool) -> str:
    numerator, base, value = numbers
    if is_share and numerator and base:
        return f"{numerator} of {base}"
    return plain_number(round(float(value), 6)) if value else ""
