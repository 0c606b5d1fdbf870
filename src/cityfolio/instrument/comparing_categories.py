"""The categories of a question in two waves: the code is the identity, and words that contradict it are asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cityfolio.formatting import plain_number
from cityfolio.instrument.differences import Difference
from cityfolio.instrument.likeness import alike, nearest, same_words, words_of
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from cityfolio.model.instrument import Choice, Question

__all__ = ["category_differences"]

_UNLIKE = 0.5
_ORDERED = (Kind.SCALE, Kind.RANKED)


def category_differences(one: Question, other: Question, waves: Mapping[str, str]) -> Iterator[Difference]:
    """The differences between the categories of a question in the earlier wave (`one`) and in the later (`other`)."""
    return _Categories(one, other, waves).differences()


@dataclass(frozen=True)
class _Categories:
    one: Question
    other: Question
    waves: Mapping[str, str]

    def differences(self) -> Iterator[Difference]:
        before, after = self.one.by_code, self.other.by_code
        common = [[code for code in held if code in before and code in after] for held in (before, after)]
        if common[0] != common[1]:
            code = "question.order-of-scale" if self.other.kind in _ORDERED else "question.order"
            yield Difference(self.one.variable, "", code, self.waves)
        whole = dict(self._wholes(self._new, self._gone))
        parts = dict(self._wholes(self._gone, self._new))
        for code, choice in after.items():
            if code in before:
                yield from self._offered_twice(before[code], choice)
            else:
                yield self._added(choice, whole.get(code, ()))
        for code, choice in before.items():
            if code not in after:
                yield self._dropped(choice, parts.get(code, ()))

    @property
    def _new(self) -> dict[str, str]:
        return {code: choice.label for code, choice in self.other.by_code.items() if code not in self.one.by_code}

    @property
    def _gone(self) -> dict[str, str]:
        return {code: choice.label for code, choice in self.one.by_code.items() if code not in self.other.by_code}

    def _difference(self, choice: Choice, code: str, **facts: str) -> Difference:
        return Difference(self.one.variable, choice.code, code, {**self.waves, **facts})

    def _wholes(self, wide: Mapping[str, str], narrow: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Categories whose label holds all the words of at least two of the others: those others may be its parts."""
        for code, label in wide.items():
            words = words_of(label)
            parts = tuple(c for c, held in narrow.items() if words_of(held) and words_of(held) < words)
            if len(parts) > 1:
                yield code, parts

    def _added(self, choice: Choice, parts: tuple[str, ...]) -> Difference:
        earlier = {code: held.label for code, held in self.one.by_code.items()}
        equal = [code for code, label in earlier.items() if same_words(label, choice.label)]
        other = equal[0] if equal else nearest(choice.label, self._gone)
        if other:
            found = self._difference(choice, "category.recoded", other=other, before=earlier[other])
            return replace(found, codes=(other,))
        if parts:
            found = self._difference(choice, "category.merged", before=", ".join(earlier[c] for c in parts))
            return replace(found, codes=parts)
        return self._difference(choice, "category.added")

    def _dropped(self, choice: Choice, parts: tuple[str, ...]) -> Difference:
        if parts:
            after = ", ".join(self._new[code] for code in parts)
            return replace(self._difference(choice, "category.split", after=after), codes=parts)
        return self._difference(choice, "category.dropped")

    def _offered_twice(self, one: Choice, other: Choice) -> Iterator[Difference]:
        facts = {"before": one.label, "after": other.label}
        if same_words(one.label, other.label):
            if one.label != other.label:
                yield self._difference(one, "category.spelling", **facts)
            if not same_words(one.help, other.help):
                yield self._difference(one, "category.help", before=one.help, after=other.help)
        else:
            yield self._relabelled(one, other)
        if one.score != other.score:
            yield self._difference(one, "category.score", before=_score(one), after=_score(other))
        if one.exclusive != other.exclusive:
            wave = self.waves["earlier"] if one.exclusive else self.waves["later"]
            yield self._difference(one, "category.exclusive", wave=wave)

    def _relabelled(self, one: Choice, other: Choice) -> Difference:
        facts = {"before": one.label, "after": other.label}
        had = [c.code for c in self.one.choices if c.code != one.code and same_words(c.label, other.label)]
        if had:
            return self._difference(one, "category.taken-over", other=had[0], **facts)
        holds = words_of(one.label) and words_of(other.label)
        within = holds and (
            words_of(one.label) <= words_of(other.label) or words_of(other.label) <= words_of(one.label)
        )
        if within or alike(one.label, other.label) >= _UNLIKE:
            return self._difference(one, "category.reworded", **facts)
        return self._difference(one, "category.replaced", **facts)


def _score(choice: Choice) -> str:
    return "for nothing" if choice.score is None else plain_number(choice.score)
