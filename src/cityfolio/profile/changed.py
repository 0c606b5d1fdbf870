"""What a unit that answered twice answered then and now, and what cannot be compared because the questionnaires differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.harmonise.comparability import Comparability, DerivedNote
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind
from cityfolio.narrative.composing import Speaker, join
from cityfolio.narrative.sentence import Run, Sentence, text
from cityfolio.profile.comparing_blocks import ChangeRow, ChangesBlock
from cityfolio.tabulate.unit_facts import ANSWER, unit_group

if TYPE_CHECKING:
    from cityfolio.model.answer import Answer, Response
    from cityfolio.model.variable import Variable

__all__ = ["Comparing", "WhatChanged", "notes_said"]

Comparing: TypeAlias = Callable[[str, str, str, str], Comparability]
"""How far a category of a variable may be compared between an earlier and a later wave."""


def notes_said(notes: Sequence[DerivedNote], labels: Sequence[str], speaker: Speaker) -> Sentence:
    """What differs between two questionnaires, in words: each kind of difference once, with the labels it concerns."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for note, label in zip(notes, labels, strict=True):
        held = grouped.setdefault((note.kind.value, note.earlier, note.later), [])
        held += [label] if label not in held else []
    said = []
    for (kind, earlier, later), concerned in grouped.items():
        names = {"labels": speaker.listed(concerned), "earlier": text(earlier), "later": text(later)}
        sentence = speaker.phrase(f"note.{kind}", **names)
        said += [sentence] if sentence else []
    return join(said, ["", *[" "] * (len(said) - 1), ""]) if said else ()


@dataclass(frozen=True)
class WhatChanged:
    """Makes the block of a unit's change. `comparing` knows how far categories may be compared."""

    variables: Mapping[str, Variable]
    speaker: Speaker
    comparing: Comparing
    reasons: Mapping[Missing, str]

    def block(
        self, before: Response, now: Response, shown: Sequence[str], block_id: str, title: str
    ) -> ChangesBlock | None:
        """The block about the variables `shown`, in their order; None where no question has an answer in both waves."""
        rows = [row for name in shown for row in self._row(self.variables[name], before, now)]
        if not any(row.then and row.now and row.verdict != "one_sided" for row in rows):
            return None
        names = {"earlier": text(before.wave), "later": text(now.wave)}
        lead = self.speaker.phrase("change.lead", **names) or ()
        return ChangesBlock(block_id, title, before.wave, now.wave, lead, tuple(rows))

    def _row(self, variable: Variable, before: Response, now: Response) -> Iterator[ChangeRow]:
        if variable.kind is Kind.TEXT or variable.personal or not variable.released:
            return
        answers = [response.answers.get(variable.id) for response in (before, now)]
        if all(answer is None or answer.missing is not None for answer in answers):
            return
        then, after = (self._said(variable, r, a) for r, a in zip((before, now), answers, strict=True))
        verdict, note = self._verdict(variable, before, now)
        said = self.speaker.phrase(f"change.{verdict}") or ()
        yield ChangeRow(variable.id, variable.label, then, after, verdict, said, note)

    def _said(self, variable: Variable, response: Response, answer: Answer | None) -> tuple[Sentence, ...]:
        """The answer of one wave, or why there is none."""
        reason = answer.missing if answer is not None else Missing.NOT_ASKED
        if answer is None or reason is not None:
            return (text(self.reasons[reason or Missing.NOT_ASKED]),)
        if variable.kind is Kind.NUMBER:
            fact = self.speaker.store.find(response.wave, variable.id, "", ANSWER, unit_group(response.unit))
            said = self.speaker.given(variable, answer.number or 0.0)
            return ((Run(said, fact.id if fact else "", "value"),),)
        labels = [variable.by_code[code].label for code in answer.codes]
        quoted = [self.speaker.grammar.quoted(words) for words in answer.own_words]
        return tuple(text(words) for words in (*labels, *quoted))

    def _verdict(self, variable: Variable, before: Response, now: Response) -> tuple[str, Sentence]:
        one, two = before.answers.get(variable.id), now.answers.get(variable.id)
        if one is None or two is None or one.missing is not None or two.missing is not None:
            return "one_sided", ()
        if variable.kind is Kind.NUMBER:
            return ("same" if one.number == two.number else "changed"), ()
        return self._compared(variable, one, two, (before.wave, now.wave))

    def _compared(self, variable: Variable, one: Answer, two: Answer, waves: tuple[str, str]) -> tuple[str, Sentence]:
        """Whether two answers are the same as far as the waves' categories may be compared, with what differs."""
        given = (frozenset(one.codes), frozenset(two.codes))
        found = {category.code: self.comparing(variable.id, category.code, *waves) for category in variable.categories}
        # A category that a crosswalk made out of several is the same answer as any of them.
        kept = {c: how for c, how in found.items() if how.earlier_codes & given[0] or how.later_codes & given[1]}
        open_codes = (given[0] - _covered(kept, 0)) | (given[1] - _covered(kept, 1))
        noted = [
            (note, variable.by_code[c].label) for c in found if c in kept or c in open_codes for note in found[c].notes
        ]
        note = notes_said([note for note, _ in noted], [label for _, label in noted], self.speaker)
        differs = any(
            bool(how.earlier_codes & given[0]) != bool(how.later_codes & given[1]) for how in kept.values()
        ) or set(one.own_words) != set(two.own_words)
        if variable.kind is Kind.RANKED and not open_codes:
            differs = differs or one.codes != two.codes
        if differs:
            return "changed", note
        return ("not_comparable" if open_codes else "same"), note


def _covered(kept: Mapping[str, Comparability], wave: int) -> frozenset[str]:
    """The codes of a wave that some comparable category stands for."""
    sides = ((how.earlier_codes, how.later_codes)[wave] for how in kept.values())
    return frozenset(code for codes in sides for code in codes)
