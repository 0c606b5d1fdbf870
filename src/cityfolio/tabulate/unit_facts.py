"""What one unit said in numbers: its own figures are facts too, with a base of that one unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cityfolio.model.edition import Group
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from cityfolio.model.answer import Answer, CodedAnswers
    from cityfolio.model.variable import Variable

__all__ = ["ANSWER", "CHOSEN", "unit_facts", "unit_group"]

ANSWER = "answer"
CHOSEN = "chosen"

_ONE = Base(1)


def unit_group(unit: str) -> Group:
    """The group that holds one unit alone."""
    return Group("unit", unit)


def unit_facts(answers: CodedAnswers) -> Iterator[Fact]:
    """For each response, the numbers given, and how many answers each multiple choice holds (own words included)."""
    for response in answers.responses:
        for variable_id, answer in response.answers.items():
            fact = _fact(answers.variables[variable_id], response.unit, response.wave, answer)
            if fact is not None:
                yield fact


def _fact(variable: Variable, unit: str, wave: str, answer: Answer) -> Fact | None:
    if answer.missing is not None or not variable.released:
        return None
    if variable.kind is Kind.NUMBER and answer.number is not None:
        key = FactKey(wave, variable.id, "", unit_group(unit), ANSWER)
        return Fact(key, None, _ONE, answer.number)
    if variable.kind in (Kind.MULTIPLE, Kind.RANKED):
        listed = sum(not variable.by_code[code].exclusive for code in answer.codes)
        key = FactKey(wave, variable.id, "", unit_group(unit), CHOSEN)
        return Fact(key, None, _ONE, float(listed + len(answer.own_words)))
    return None
