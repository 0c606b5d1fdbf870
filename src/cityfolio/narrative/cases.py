"""Cases: which answer leads to which sentence. Every state of the answers leads to exactly one case."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from cityfolio.model.answer import Answer
from cityfolio.model.condition import MISSING, Condition, Subject, state_of, states_of
from cityfolio.model.variable import Variable

__all__ = ["MOST_STATES", "REST", "CaseProblem", "Cases", "case_of", "check_cases", "number_of_states"]

REST = "rest"
MOST_STATES = 200_000


@dataclass(frozen=True)
class Cases:
    """The cases of one block.

    `about` is the variable whose absence is said in a line of its own, before any case is looked at. `silent` cases need no
    sentence; the case `rest` (which can only be silent) takes the states that no other takes.
    """

    block: str
    cases: Mapping[str, Condition]
    silent: frozenset[str] = frozenset()
    about: str = ""

    @property
    def spoken(self) -> tuple[str, ...]:
        """The cases that need a sentence."""
        return tuple(case for case in self.cases if case not in self.silent)

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """What the conditions look at."""
        found = {subject for condition in self.cases.values() for subject in condition.wanted}
        return tuple(sorted(found))


@dataclass(frozen=True)
class CaseProblem:
    """A state of the answers that no case takes, or that two cases take."""

    cases: tuple[str, ...]
    state: str


def case_of(cases: Cases, answers: Mapping[str, Answer], variables: Mapping[str, Variable]) -> str | None:
    """The case that a response is in, or None where its `about` variable has no answer or only `rest` takes it."""
    about = answers.get(cases.about) if cases.about else None
    if cases.about and (about is None or about.missing is not None):
        return None
    states = {s: state_of(s, variables[s.variable], answers.get(s.variable)) for s in cases.subjects}
    return next((case for case, condition in cases.cases.items() if condition.holds(states)), None)


def number_of_states(cases: Cases, variables: Mapping[str, Variable]) -> int:
    """How many states of the answers the cases tell apart."""
    return math.prod(len(states_of(subject, variables[subject.variable])) for subject in cases.subjects)


def check_cases(cases: Cases, variables: Mapping[str, Variable]) -> Iterator[CaseProblem]:
    """The first state that no case takes, and the first that two take: tried for every state there is.

    Raises:
        ValueError: if there are more states than can be tried; see `number_of_states`.
    """
    if number_of_states(cases, variables) > MOST_STATES:
        raise ValueError(f"{cases.block} looks at too many variables at once")
    domains = [states_of(subject, variables[subject.variable]) for subject in cases.subjects]
    reported: set[tuple[str, ...]] = set()
    for combination in itertools.product(*domains):
        states = dict(zip(cases.subjects, combination, strict=True))
        if states.get(Subject(cases.about)) == MISSING:
            continue
        holding = tuple(case for case, condition in cases.cases.items() if condition.holds(states))
        is_open = not holding and REST not in cases.silent
        if (is_open or len(holding) > 1) and holding not in reported:
            reported.add(holding)
            said = ", ".join(f"{subject.name} is {state}" for subject, state in states.items())
            yield CaseProblem(holding, said)
