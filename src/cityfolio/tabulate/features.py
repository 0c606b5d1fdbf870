"""What units are compared by to find those alike: a feature for each choice or number whose answers may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.harmonise.breaks import sides_of_breaks
from cityfolio.harmonise.editions import answers_for
from cityfolio.model.variable import Kind
from cityfolio.tabulate.neighbours import Feature, Scaling
from cityfolio.tabulate.places import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cityfolio.model.answer import Answer, CodedAnswers
    from cityfolio.model.edition import Edition
    from cityfolio.model.variable import Variable

__all__ = ["features_of", "may_be_compared_by"]


def may_be_compared_by(variable: Variable) -> bool:
    """Whether units may be likened by a variable: a choice or number whose answers are released and name no person."""
    return variable.kind is not Kind.TEXT and variable.released and not variable.personal


def features_of(answers: CodedAnswers, edition: Edition, variables: Iterable[str]) -> tuple[Feature, ...]:
    """The features by which units are compared: answers that count in the edition, alone those that may be shown.

    Answers from before and after a break of a crosswalk are not compared.
    """
    wanted = (answers.variables[name] for name in variables)
    return tuple(
        _feature(variable, answers_for(answers, edition, variable), edition)
        for variable in wanted
        if may_be_compared_by(variable)
    )


def _feature(variable: Variable, answers: CodedAnswers, edition: Edition) -> Feature:
    latest = (answers.latest(unit, edition.waves) for unit in answers.by_unit)
    responses = [response for response in latest if response is not None]
    breaks = sides_of_breaks(variable, edition)
    sides = {response.unit: breaks[response.wave] for response in responses if response.wave in breaks}
    if variable.kind is Kind.NUMBER:
        # Sizes differ by factors, so units are compared by their rank among all, not by the difference.
        numbers = dict(numbers_in(answers, variable, edition))
        return Feature(variable.id, variable.id, Scaling.RANK, numbers, sides=sides)
    given = {r.unit: r.answers[variable.id] for r in responses if variable.id in r.answers}
    codes = {unit: frozenset(a.codes) for unit, a in given.items() if a.missing is None and not _only_own_words(a)}
    return Feature(variable.id, variable.id, Scaling.CHOICES, codes, sides=sides)


def _only_own_words(answer: Answer) -> bool:
    """Whether the whole answer is in own words: two such answers have nothing in common that we know of."""
    return bool(answer.own_words) and not answer.codes
