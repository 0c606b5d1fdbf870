"""Conditions on a unit's answers, over small finite sets of states, so that cases can be proved exhaustive and exclusive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cityfolio.model.answer import Answer
from cityfolio.model.variable import Kind, Variable

__all__ = ["ANSWERED", "MISSING", "Condition", "Subject", "states_of"]

MISSING = "missing"
ANSWERED = "answered"
OWN_WORDS = "own_words"


@dataclass(frozen=True, order=True)
class Subject:
    """What a condition looks at: a variable, or whether one category of it was chosen (`variable.category`).

    >>> Subject.named("success_factors.dedicated_team")
    Subject(variable='success_factors', category='dedicated_team')
    """

    variable: str
    category: str = ""

    @classmethod
    def named(cls, name: str) -> Subject:
        """The subject that a file names."""
        variable, _, category = name.partition(".")
        return cls(variable, category)

    @property
    def name(self) -> str:
        """The name as files write it."""
        return f"{self.variable}.{self.category}" if self.category else self.variable


def states_of(subject: Subject, variable: Variable) -> tuple[str, ...]:
    """All states that the subject can be in; each answer is in exactly one.

    A single choice has its codes (and `own_words`, where an answer can be that alone), several choices are `none`, `one` or
    `many`, a number `zero`, `one` or `many`, a text `given` (`one` or `many` where it lists several names); each can be
    `missing`.
    """
    if subject.category:
        return ("chosen", "not chosen", MISSING)
    if variable.kind.takes_one:
        return (*variable.by_code, *((OWN_WORDS,) if variable.own_words else ()), MISSING)
    if variable.kind.is_choice:
        return ("none", "one", "many", MISSING)
    if variable.kind is Kind.NUMBER:
        return ("zero", "one", "many", MISSING)
    return ("one", "many", MISSING)


def state_of(subject: Subject, variable: Variable, answer: Answer | None) -> str:
    """The state that an answer puts the subject in."""
    if answer is None or answer.missing is not None:
        return MISSING
    if subject.category:
        return "chosen" if subject.category in answer.codes else "not chosen"
    if variable.kind.takes_one:
        # An answer in own words alone is an answer, and none of the categories.
        return answer.codes[0] if answer.codes else OWN_WORDS
    if variable.kind is Kind.NUMBER:
        return {0.0: "zero", 1.0: "one"}.get(answer.number or 0.0, "many")
    if variable.kind is Kind.TEXT:
        return "many" if len(answer.own_words) > 1 else "one"
    chosen = sum(not variable.by_code[code].exclusive for code in answer.codes) + len(answer.own_words)
    return ("none", "one")[chosen] if chosen < 2 else "many"


@dataclass(frozen=True)
class Condition:
    """A conjunction: each subject is in one of the states named for it.

    `answered` stands for every state but `missing`; `given` is a text's `one` or `many`.
    """

    wanted: Mapping[Subject, frozenset[str]]

    @classmethod
    def of(cls, entries: Mapping[str, list[str]]) -> Condition:
        """The condition that a file writes as `variable: state` or `variable: [state, state]`."""
        return cls({Subject.named(name): frozenset(states) for name, states in entries.items()})

    def holds(self, states: Mapping[Subject, str]) -> bool:
        """Whether the condition holds in these states."""
        return all(_is_among(states[subject], wanted) for subject, wanted in self.wanted.items())

    def holds_for(self, answers: Mapping[str, Answer], variables: Mapping[str, Variable]) -> bool:
        """Whether the condition holds for one response. A text may also be compared with its very words."""
        for subject, wanted in self.wanted.items():
            answer = answers.get(subject.variable)
            state = state_of(subject, variables[subject.variable], answer)
            words = answer.text if answer is not None else ""
            if not _is_among(state, wanted) and not (words and words in wanted):
                return False
        return True


def _is_among(state: str, wanted: frozenset[str]) -> bool:
    if state in wanted:
        return True
    return state != MISSING and (ANSWERED in wanted or "given" in wanted)
