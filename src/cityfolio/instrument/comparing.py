"""Instruments of two waves side by side: what was added, dropped, reworded, recategorised, moved, re-routed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cityfolio.formatting import join_list, plain_number
from cityfolio.instrument.comparing_categories import category_differences
from cityfolio.instrument.differences import Difference
from cityfolio.instrument.likeness import alike, nearest, same_words

if TYPE_CHECKING:
    from cityfolio.model.instrument import Instrument, Question

__all__ = ["instrument_differences"]

_UNLIKE = 0.5


def instrument_differences(earlier: Instrument, later: Instrument) -> list[Difference]:
    """All differences, in the order of the later instrument; what only the earlier one has comes last.

    Identity is the variable and the code. Where words say otherwise (a variable that asks what another one asked, a code
    with another one's label), that is a difference for a person to judge, never one that is settled here.

    >>> from cityfolio.model.instrument import Choice, Instrument, Question, Section
    >>> from cityfolio.model.variable import Kind
    >>> def wave(name, *labels):
    ...     choices = tuple(Choice(label.lower(), label) for label in labels)
    ...     return Instrument(name, name, (Section("s", "S", (Question("areas", Kind.MULTIPLE, "Areas", choices=choices),)),))
    >>> [(d.category, d.change, d.state) for d in instrument_differences(wave("2018", "Roads"), wave("2020", "Roads", "Rail"))]
    [('rail', 'added', 'automatic')]
    """
    return list(_Comparison(earlier, later).differences())


@dataclass(frozen=True)
class _Comparison:
    earlier: Instrument
    later: Instrument

    def differences(self) -> Iterator[Difference]:
        before, after = self.earlier.questions, self.later.questions
        for variable, question in after.items():
            if variable in before:
                yield from self._asked_twice(before[variable], question)
            else:
                yield self._added(question)
        for variable, question in before.items():
            if variable not in after:
                yield self._dropped(question)

    @cached_property
    def waves(self) -> Mapping[str, str]:
        return {"earlier": self.earlier.wave, "later": self.later.wave}

    def _difference(self, variable: str, code: str, **facts: str) -> Difference:
        return Difference(variable, "", code, {**self.waves, **facts})

    def _added(self, question: Question) -> Difference:
        gone = {v: _said(q) for v, q in self.earlier.questions.items() if v not in self.later.questions}
        other = nearest(_said(question), gone)
        if other:
            return self._difference(question.variable, "question.renamed", other=other, before=gone[other])
        return self._difference(question.variable, "question.added")

    def _dropped(self, question: Question) -> Difference:
        new = {v: _said(q) for v, q in self.later.questions.items() if v not in self.earlier.questions}
        other = nearest(_said(question), new)
        if other:
            return self._difference(question.variable, "question.succeeded", other=other, after=new[other])
        return self._difference(question.variable, "question.dropped")

    def _asked_twice(self, one: Question, other: Question) -> Iterator[Difference]:
        yield from self._words(one, other)
        yield from self._answering(one, other)
        yield from self._place(one, other)
        if one.kind.is_choice and other.kind.is_choice:
            yield from category_differences(one, other, self.waves)

    def _words(self, one: Question, other: Question) -> Iterator[Difference]:
        before, after = _said(one), _said(other)
        if not same_words(before, after):
            yield self._asking(one, before, after)
            return
        if before != after:
            yield self._difference(one.variable, "question.spelling", before=before, after=after)
        if not same_words(one.label, other.label):
            yield self._difference(one.variable, "question.reworded", before=one.label, after=other.label)
        elif one.label != other.label and before == after:
            yield self._difference(one.variable, "question.spelling", before=one.label, after=other.label)
        if not same_words(one.help, other.help):
            yield self._difference(one.variable, "question.help", before=one.help, after=other.help)

    def _asking(self, one: Question, before: str, after: str) -> Difference:
        likeness = alike(before, after)
        others = {v: _said(q) for v, q in self.earlier.questions.items() if v != one.variable}
        taken = nearest(after, others)
        if taken and alike(others[taken], after) > likeness:
            return self._difference(one.variable, "question.taken-over", other=taken, before=before, after=after)
        code = "question.reworded" if likeness >= _UNLIKE else "question.rewritten"
        return self._difference(one.variable, code, before=before, after=after)

    def _answering(self, one: Question, other: Question) -> Iterator[Difference]:
        variable = one.variable
        if one.kind is not other.kind:
            yield self._difference(variable, "question.kind", before=one.kind.value, after=other.kind.value)
        if one.cap != other.cap:
            yield self._difference(variable, "question.cap", before=_up_to(one), after=_up_to(other))
        if one.own_words != other.own_words:
            wave = self.earlier.wave if one.own_words else self.later.wave
            yield self._difference(variable, "question.own-words", wave=wave)
        if (one.lowest, one.highest) != (other.lowest, other.highest):
            yield self._difference(variable, "question.range", before=_range(one), after=_range(other))

    def _place(self, one: Question, other: Question) -> Iterator[Difference]:
        if set(one.routed_past_by) != set(other.routed_past_by) or not same_words(one.universe, other.universe):
            yield self._difference(one.variable, "question.rerouted", before=_asked(one), after=_asked(other))
        if one.variable in self.moved:
            yield self._difference(one.variable, "question.moved")

    @cached_property
    def moved(self) -> frozenset[str]:
        """The questions in another section, and those that left the order of the others."""
        sections = [_sections(self.earlier), _sections(self.later)]
        both = [variable for variable in self.later.questions if variable in self.earlier.questions]
        elsewhere = {v for v in both if not set(sections[0][v]) & set(sections[1][v])}
        place = {variable: place for place, variable in enumerate(self.earlier.questions)}
        stayed = _longest_rise([place[v] for v in both if v not in elsewhere])
        return frozenset(elsewhere | {v for v in both if v not in elsewhere and place[v] not in stayed})


def _said(question: Question) -> str:
    return question.wording or question.label


def _sections(instrument: Instrument) -> dict[str, tuple[str, str]]:
    """The section of each question, by its id and by its title: one of them may be renamed."""
    return {q.variable: (f"id:{s.id}", f"title:{s.title}") for s in instrument.sections for q in s.questions}


def _up_to(question: Question) -> str:
    return str(question.cap) if question.cap is not None else "any number of"


def _range(question: Question) -> str:
    ends = [f"from {plain_number(question.lowest)}" if question.lowest is not None else ""]
    ends.append(f"to {plain_number(question.highest)}" if question.highest is not None else "")
    return "numbers " + " ".join(end for end in ends if end) if any(ends) else "any number"


def _asked(question: Question) -> str:
    past = join_list(
        [f"{r.variable} {join_list(list(r.codes), last=' or ')}" for r in question.routed_past_by], last=" or "
    )
    universe = question.universe.rstrip(".") or "all"
    return f'"{universe}" (not with {past})' if past else f'"{universe}"'


def _longest_rise(places: Sequence[int]) -> set[int]:
    """A longest rising part of `places` (all different): what can be taken not to have moved.

    >>> sorted(_longest_rise([3, 0, 1, 2]))
    [0, 1, 2]
    """
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        position = bisect_left(ends, place)
        before[place] = ends[position - 1] if position else None
        ends[position : position + 1] = [place]
    rise: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        rise.add(last)
        last = before[last]
    return rise
