"""How far a category may be compared between two waves, and which codes stand for it in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cityfolio.harmonise.crosswalk import Change, Crosswalk
    from cityfolio.model.variable import Variable

__all__ = ["Comparability", "DerivedNote", "Grade", "NoteKind", "comparability", "comparability_along"]


class Grade(Enum):
    """How far two waves may be compared; the worst of several holds.

    >>> Grade.worst([Grade.COMPARABLE, Grade.WITH_CARE])
    <Grade.WITH_CARE: 'with care'>
    """

    COMPARABLE = "comparable"
    WITH_CARE = "with care"
    BREAK = "break"

    @classmethod
    def worst(cls, grades: Sequence[Grade]) -> Grade:
        """The worst of these grades; comparable if there are none."""
        order = list(cls)
        return max(grades, key=order.index, default=cls.COMPARABLE)


class NoteKind(Enum):
    """What is not the same in both waves."""

    QUESTION_ADDED = "question_added"
    QUESTION_DROPPED = "question_dropped"
    ADDED = "added"
    DROPPED = "dropped"
    REWORDED = "reworded"
    MOVED = "moved"
    RECATEGORISED = "recategorised"
    REROUTED = "rerouted"
    MERGED = "merged"
    SPLIT = "split"
    PART_OF_MERGED = "part_of_merged"
    PART_OF_SPLIT = "part_of_split"
    NOT_RECOMPUTABLE = "not_recomputable"
    WORDING = "wording"
    CAP = "cap"
    UNIVERSE = "universe"
    OWN_WORDS = "own_words"


# A line about a whole question is said of the question: its categories may well be the same words.
_OF_THE_QUESTION = {"reworded": NoteKind.WORDING, "rerouted": NoteKind.UNIVERSE}


@dataclass(frozen=True)
class DerivedNote:
    """A difference between two waves, derived from crosswalk and instruments: never typed by hand.

    `codes` are the codes that were merged, or that a category was split into; `reason` is the crosswalk's, if it gives one.
    """

    kind: NoteKind
    variable: str
    category: str
    earlier: str
    later: str
    grade: Grade
    codes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Comparability:
    """How a category of one wave relates to another wave: the codes whose union stands for it in each, and why.

    With the grade `BREAK` the codes are empty: there is nothing to compare.
    """

    grade: Grade
    earlier_codes: frozenset[str]
    later_codes: frozenset[str]
    notes: tuple[DerivedNote, ...] = ()

    @property
    def is_break(self) -> bool:
        """Whether no figure of the two waves may be set against each other."""
        return self.grade is Grade.BREAK

    @property
    def is_recomputed(self) -> bool:
        """Whether the category is a union of codes in one of the waves."""
        return self.earlier_codes != self.later_codes


def comparability(
    variable: Variable,
    category: str,
    crosswalk: Crosswalk,
    derived: Sequence[DerivedNote] = (),
) -> Comparability:
    """How far `category` may be compared between the two waves of the crosswalk.

    A merged category is recomputed in the earlier wave as the union of the codes it was made from, a split one in
    the later wave as the union of its parts: "chose at least one of them" has the same meaning then. What a part would have
    been in the wave that did not have it is unknown, so parts are a break, and so is a union that mixes an exclusive "none"
    with other categories. `derived` are notes that concern the whole question.

    >>> from cityfolio.harmonise.crosswalk import Change, Crosswalk
    >>> from cityfolio.model.variable import Category, Kind, Variable
    >>> categories = (Category("roads", "Roads", ("2018",)), Category("rail", "Rail", ("2018",)),
    ...               Category("transport", "Transport", ("2020",)))
    >>> areas = Variable("areas", Kind.MULTIPLE, "Areas", ("2018", "2020"), categories)
    >>> merged = Change("areas", "transport", "merged", "with care", "one label", "confirmed", ("roads", "rail"))
    >>> found = comparability(areas, "transport", Crosswalk("2018", "2020", (merged,)))
    >>> found.grade.value, sorted(found.earlier_codes), sorted(found.later_codes)
    ('with care', ['rail', 'roads'], ['transport'])
    >>> comparability(areas, "rail", Crosswalk("2018", "2020", (merged,))).notes[0].kind.value
    'part_of_merged'
    """
    comparing = _Comparing(variable, category, crosswalk)
    notes = [*derived, *comparing.notes()]
    earlier, later = comparing.codes()
    if not any(note.grade is Grade.BREAK for note in notes):
        notes += comparing.offering_notes(earlier, later)
    grade = Grade.worst([note.grade for note in notes])
    if grade is Grade.BREAK:
        earlier = later = frozenset()
    return Comparability(grade, earlier, later, tuple(notes))


def comparability_along(
    variable: Variable, category: str, crosswalks: Sequence[Crosswalk], derived: Sequence[DerivedNote] = ()
) -> Comparability:
    """The comparability over several waves, by the crosswalks between neighbouring ones, in order.

    The worst grade holds. A recomputed category is carried on only if one step alone recomputes it and the waves between
    have the category itself; anything else has to be declared by a crosswalk between the outer waves.

    Raises:
        ValueError: if the crosswalks do not follow each other, or there is none.
    """
    waves = [(crosswalk.earlier, crosswalk.later) for crosswalk in crosswalks]
    if not waves or any(one[1] != other[0] for one, other in pairwise(waves)):
        raise ValueError(f"crosswalks that follow each other were wanted, not {waves}")
    steps = [comparability(variable, category, crosswalk) for crosswalk in crosswalks]
    notes = [*derived, *(note for step in steps for note in step.notes)]
    recomputed = [step for step in steps if step.is_recomputed]
    ends = (waves[0][0], waves[-1][1])
    if len(recomputed) > 1 or (recomputed and not _carries(steps)):
        notes.append(DerivedNote(NoteKind.NOT_RECOMPUTABLE, variable.id, category, *ends, Grade.BREAK))
    grade = Grade.worst([note.grade for note in notes])
    if grade is Grade.BREAK:
        return Comparability(grade, frozenset(), frozenset(), tuple(notes))
    return Comparability(grade, steps[0].earlier_codes, steps[-1].later_codes, tuple(notes))


def _carries(steps: Sequence[Comparability]) -> bool:
    return all(one.later_codes == other.earlier_codes for one, other in pairwise(steps))


@dataclass(frozen=True)
class _Comparing:
    variable: Variable
    category: str
    crosswalk: Crosswalk

    def lines(self) -> list[Change]:
        """The lines of the crosswalk that concern the category or the whole question."""
        about = (self.category, "")
        lines = [line for line in self.crosswalk.changes if line.variable == self.variable.id]
        return [line for line in lines if line.category in about or self.category in line.codes]

    def codes(self) -> tuple[frozenset[str], frozenset[str]]:
        """The codes that stand for the category in the earlier and in the later wave."""
        earlier = later = frozenset({self.category})
        for line in self.lines():
            if line.category == self.category and line.change == "merged" and line.codes:
                earlier = frozenset(line.codes)
            if line.category == self.category and line.change == "split" and line.codes:
                later = frozenset(line.codes)
        return earlier, later

    def notes(self) -> list[DerivedNote]:
        return [self._note_of(line) for line in self.lines()]

    def offering_notes(self, earlier: frozenset[str], later: frozenset[str]) -> list[DerivedNote]:
        """Breaks that follow from the instruments alone: a wave that did not ask, or did not offer a code."""
        asked = self.variable.waves
        if self.crosswalk.later not in asked:
            return [self._note(NoteKind.QUESTION_DROPPED, Grade.BREAK)]
        if self.crosswalk.earlier not in asked:
            return [self._note(NoteKind.QUESTION_ADDED, Grade.BREAK)]
        if not self._offers(earlier, self.crosswalk.earlier):
            return [self._note(NoteKind.ADDED, Grade.BREAK)]
        if not self._offers(later, self.crosswalk.later):
            return [self._note(NoteKind.DROPPED, Grade.BREAK)]
        return []

    def _offers(self, codes: frozenset[str], wave: str) -> bool:
        return all(code in self.variable.by_code and self.variable.offers(code, wave) for code in codes)

    def _note_of(self, line: Change) -> DerivedNote:
        declared = Grade(line.comparability)
        if not line.category and line.change in _OF_THE_QUESTION:
            return self._note(_OF_THE_QUESTION[line.change], declared, line)
        if line.change not in ("merged", "split"):
            return self._note(NoteKind(line.change), declared, line)
        merged = line.change == "merged"
        if line.category != self.category and self.category in line.codes:
            part = NoteKind.PART_OF_MERGED if merged else NoteKind.PART_OF_SPLIT
            return self._note(part, Grade.BREAK, line)
        if line.category and (not line.codes or self._mixes_none(line)):
            return self._note(NoteKind.NOT_RECOMPUTABLE, Grade.BREAK, line)
        return self._note(NoteKind.MERGED if merged else NoteKind.SPLIT, declared, line)

    def _mixes_none(self, line: Change) -> bool:
        exclusive = {
            self.variable.by_code[c].exclusive for c in (line.category, *line.codes) if c in self.variable.by_code
        }
        return len(exclusive) > 1

    def _note(self, kind: NoteKind, grade: Grade, line: Change | None = None) -> DerivedNote:
        codes, reason = (line.codes, line.reason) if line else ((), "")
        earlier, later = self.crosswalk.earlier, self.crosswalk.later
        return DerivedNote(kind, self.variable.id, self.category, earlier, later, grade, codes, reason)
