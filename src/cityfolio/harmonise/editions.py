"""Editions by rule: which of a unit's answers stands for it where several waves are taken together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import Edition, EditionRule
from cityfolio.model.missing import Missing

if TYPE_CHECKING:
    from cityfolio.model.variable import Variable

__all__ = ["EditionRule", "Held", "answer_of", "answers_for", "held_answers", "matched_units", "wave_patterns"]


@dataclass(frozen=True)
class Held:
    """The answer that stands for a unit, and the wave it is from."""

    wave: str
    answer: Answer


def answer_of(response: Response, variable: str, asked: Iterable[str]) -> Answer:
    """The answer to a variable; without one, the reason is whether the wave asked it at all.

    >>> answer_of(Response("delft", "2018", {}), "goals", asked=("2020",)).missing
    <Missing.NOT_ASKED: 'not_asked'>
    """
    found = response.answers.get(variable)
    if found is not None:
        return found
    return Answer.without(Missing.NOT_ON_RECORD if response.wave in asked else Missing.NOT_ASKED)


def held_answers(
    answers: CodedAnswers, edition: Edition, variable: str, rule: EditionRule | None = None
) -> dict[str, Held]:
    """The answer to `variable` that stands for each unit of the edition, by `rule` or the edition's own rule.

    Units without a response are not in it.

    Raises:
        KeyError: if no wave has such a variable.
    """
    asked = answers.variables[variable].waves
    rule = rule or edition.rule
    held: dict[str, Held] = {}
    for unit, by_wave in answers.by_unit.items():
        responses = [response for wave, response in by_wave.items() if wave in edition.waves]
        if not responses or (rule is EditionRule.MATCHED_PANEL and len(responses) < len(set(edition.waves))):
            continue
        said = [Held(response.wave, answer_of(response, variable, asked)) for response in responses]
        held[unit] = _latest_answer(said) if rule is EditionRule.LATEST_ANSWER else said[-1]
    return held


def _latest_answer(said: list[Held]) -> Held:
    for wanted in (_settles, _was_asked):
        for held in reversed(said):
            if wanted(held.answer):
                return held
    return said[-1]


def _settles(answer: Answer) -> bool:
    return answer.missing in (None, Missing.ROUTED_PAST, Missing.IN_WORDS)


def _was_asked(answer: Answer) -> bool:
    return answer.missing is not Missing.NOT_ASKED


def wave_patterns(held: Mapping[str, Held]) -> dict[str, dict[int, int]]:
    """How many units show each response pattern, by the wave their answer is from.

    >>> wave_patterns({"delft": Held("2018", Answer(1)), "porto": Held("2018", Answer(1))})
    {'2018': {1: 2}}
    """
    waves: dict[str, dict[int, int]] = {}
    for one in held.values():
        patterns = waves.setdefault(one.wave, {})
        patterns[one.answer.pattern] = patterns.get(one.answer.pattern, 0) + 1
    return waves


def matched_units(answers: CodedAnswers, waves: Iterable[str]) -> frozenset[str]:
    """The units that took part in every one of the waves."""
    wanted = set(waves)
    return frozenset(unit for unit, by_wave in answers.by_unit.items() if wanted <= set(by_wave))


def answers_for(answers: CodedAnswers, edition: Edition, variable: Variable) -> CodedAnswers:
    """The answers to one variable that count in the edition, so that any engine can count them.

    Where the rule of the edition is one of engines (the latest response, the matched panel), these are the answers as they
    are, without the units that are not of the panel; otherwise one response per unit.
    """
    if edition.rule is EditionRule.LATEST_RESPONSE:
        return answers
    if edition.rule is EditionRule.MATCHED_PANEL:
        panel = matched_units(answers, edition.waves)
        responses = tuple(response for response in answers.responses if response.unit in panel)
        return replace(answers, responses=responses)
    held = held_answers(answers, edition, variable.id)
    responses = tuple(Response(unit, one.wave, {variable.id: one.answer}) for unit, one in held.items())
    return replace(answers, variables={variable.id: variable}, responses=responses)
