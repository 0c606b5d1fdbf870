"""How the raw answers of a wave become patterns, as a plan that every engine writes in its own language.

The rules are those of `cityfolio.intake.coding`: codes separated by white space (in a ranking from the first choice
to the last, `=` between codes that share a rank), own words beside them, words that stand for missing reasons,
routing by recorded answers only. Cells that cannot be coded count as not on
record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cityfolio.engine.packing import PackedVariable, packed, split_words
from cityfolio.model.instrument import Instrument
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from cityfolio.model.instrument import Question
    from cityfolio.model.variable import Variable

__all__ = ["WHITE_SPACE", "Columns", "MissingWords", "QuestionPlan", "RawWave", "RoutedPast", "plan_wave"]

# What Python's str.strip and str.split take as white space.
WHITE_SPACE = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B)))
WHITE_SPACE += "\u2028\u2029\u202f\u205f\u3000"


@dataclass(frozen=True)
class MissingWords:
    """How the file writes a missing reason: what an empty cell means, and which words stand for other
    reasons.
    """

    empty: Missing = Missing.NOT_ON_RECORD
    tokens: Mapping[str, Missing] = field(default_factory=dict)


@dataclass(frozen=True)
class Columns:
    """The columns of a raw file that are no answers: the unit's id, a column per kind of group, weights by
    name.
    """

    unit: str = "unit"
    groups: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RawWave:
    """The answers of one wave as received (a CSV or Parquet file) and how to read them.

    `corrected` gives cells that corrections put in place of those received: by column, then by unit.
    """

    instrument: Instrument
    path: Path
    columns: Columns = field(default_factory=Columns)
    missing: MissingWords = field(default_factory=MissingWords)
    corrected: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class RoutedPast:
    """A recorded answer that routes past a question: any of the bits of `words` in the columns of `router`."""

    router: PackedVariable
    words: tuple[int, ...]


@dataclass(frozen=True)
class QuestionPlan:
    """How the cells of one question become patterns.

    `bits` are the codes that the wave offered, with their bits in the whole codebook; of a ranking, with those of their ranks.
    `in_words` are the texts that may hold the answer to a number instead.
    """

    variable: PackedVariable
    kind: Kind
    bits: Mapping[str, int]
    own_words: bool
    routed_past_by: tuple[RoutedPast, ...]
    level: int
    in_words: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The variable, which is also the name of the raw column."""
        return self.variable.id

    @property
    def own_column(self) -> str:
        """The raw column that holds own words, if the question takes them."""
        return f"{self.id}_other" if self.own_words else ""

    @cached_property
    def word_bits(self) -> dict[str, tuple[int, int]]:
        """Where each code's bit lies: the word and the bit inside it."""
        return {code: _place(bit) for code, bit in self.bits.items()}

    @property
    def own_place(self) -> tuple[int, int]:
        """Where the bit of own words lies."""
        return _place(self.variable.own_words_bit)


def plan_wave(instrument: Instrument, variables: Mapping[str, Variable]) -> tuple[QuestionPlan, ...]:
    """The plan for each question of the instrument, in its order; a routed question stands on a higher level
    than the questions that route past it, so a level can be coded in one step.
    """
    plans: dict[str, QuestionPlan] = {}
    for question in instrument.questions.values():
        routings = tuple(
            RoutedPast(plans[routing.variable].variable, words)
            for routing in question.routed_past_by
            # Routing looks back: what has not been answered yet routes nobody past.
            if routing.variable in plans and (words := _mask(plans[routing.variable], routing.codes))
        )
        level = 1 + max((plans[r.router.id].level for r in routings), default=-1)
        plan = _plan(question, packed(variables[question.variable]), routings, level)
        plans[question.variable] = replace(plan, in_words=instrument.put_into_words.get(question.variable, ()))
    return tuple(plans.values())


def _plan(question: Question, variable: PackedVariable, routings: tuple[RoutedPast, ...], level: int) -> QuestionPlan:
    bits = {code: variable.bits[code] for code in question.by_code}
    return QuestionPlan(variable, question.kind, bits, question.own_words, routings, level)


def _mask(plan: QuestionPlan, codes: tuple[str, ...]) -> tuple[int, ...]:
    bits = sum(plan.bits[code] for code in dict.fromkeys(codes) if code in plan.bits)
    return split_words(bits, plan.variable.words) if bits else ()


def _place(bit: int) -> tuple[int, int]:
    words = split_words(bit, bit.bit_length())
    word = next(place for place, value in enumerate(words) if value)
    return word, words[word]
