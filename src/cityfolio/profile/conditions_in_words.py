"""Conditions of recommendations in words: what has to be answered, and what a unit did answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cityfolio.model.condition import Subject, state_of
from cityfolio.narrative.sentence import plain_text, text
from cityfolio.tabulate.indicators import NOT

if TYPE_CHECKING:
    from cityfolio.model.answer import Answer
    from cityfolio.model.condition import Condition
    from cityfolio.model.edition import Group
    from cityfolio.model.variable import Variable
    from cityfolio.narrative.composing import Speaker

__all__ = ["condition_in_words", "group_in_words", "reasons_in_words"]


def condition_in_words(condition: Condition, variables: Mapping[str, Variable], speaker: Speaker) -> tuple[str, ...]:
    """One line for each subject: the variable, and the states that it may be in."""
    return tuple(
        _line(subject, _in_order(subject, states, variables[subject.variable], speaker), variables, speaker)
        for subject, states in sorted(condition.wanted.items())
    )


def reasons_in_words(
    condition: Condition, answers: Mapping[str, Answer], variables: Mapping[str, Variable], speaker: Speaker
) -> tuple[str, ...]:
    """One line for each subject: the variable, and the state that the answers put it in."""
    found = []
    for subject in sorted(condition.wanted):
        variable = variables[subject.variable]
        state = state_of(subject, variable, answers.get(subject.variable))
        found.append(_line(subject, [_state(subject, state, variable, speaker)], variables, speaker))
    return tuple(found)


def group_in_words(group: Group, variable: Variable, speaker: Speaker) -> str:
    """A group of answers: the variable, and the category that was chosen or was not."""
    code = group.key.removeprefix(NOT)
    state = "chosen" if code == group.key else "not chosen"
    if variable.kind.takes_one:
        return _line(Subject(variable.id), [variable.by_code[code].label], {variable.id: variable}, speaker)
    subject = Subject(variable.id, code)
    return _line(subject, [_state(subject, state, variable, speaker)], {variable.id: variable}, speaker)


def _in_order(subject: Subject, states: frozenset[str], variable: Variable, speaker: Speaker) -> list[str]:
    codes = [code for code in variable.by_code if code in states]
    return [_state(subject, state, variable, speaker) for state in (*codes, *sorted(states - set(codes)))]


def _line(subject: Subject, states: list[str], variables: Mapping[str, Variable], speaker: Speaker) -> str:
    phrase = "condition.one" if len(states) == 1 else "condition.several"
    names = {"label": text(variables[subject.variable].label), "states": text(speaker.grammar.semicolon.join(states))}
    return plain_text(speaker.phrase(phrase, **names) or ())


def _state(subject: Subject, state: str, variable: Variable, speaker: Speaker) -> str:
    """The state of a subject: the label of a category, or a phrase for what is no category."""
    if subject.category:
        label = text(variable.by_code[subject.category].label)
        said = speaker.phrase(f"state.{state.replace(' ', '_')}", label=label)
    elif state in variable.by_code and variable.kind.takes_one:
        said = speaker.phrase("state.chosen", label=text(variable.by_code[state].label))
    else:
        said = speaker.phrase(f"state.{state}")
    return plain_text(said) if said else state
