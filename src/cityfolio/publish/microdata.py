"""units.csv and responses.csv: what the programme releases of its units and their answers. No names of persons."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.formatting import plain_number
from cityfolio.model.answer import Answer, CodedAnswers
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind, Variable
from cityfolio.publish.csv_files import csv_bytes

__all__ = ["response_columns", "responses_csv", "unit_columns", "units_csv"]


def unit_columns(answers: CodedAnswers) -> list[str]:
    """The columns of units.csv: those of the programme's own list."""
    first = next(iter(answers.units.values()), None)
    return list(first.attributes) if first else ["unit", "name"]


def units_csv(answers: CodedAnswers) -> bytes:
    """The units in the order of their ids."""
    columns = unit_columns(answers)
    return csv_bytes(columns, ([unit.attribute(c) for c in columns] for unit in answers.units.values()))


def response_columns(variables: Mapping[str, Variable]) -> list[str]:
    """The columns of responses.csv: unit, wave, then each released variable, with its own words and its missing reason."""
    columns = ["unit", "wave"]
    for variable in _released(variables):
        columns.append(variable.id)
        columns += [f"{variable.id}_other"] if variable.own_words else []
        columns.append(f"{variable.id}_missing")
    return columns


def responses_csv(answers: CodedAnswers) -> bytes:
    """All responses by unit and wave. Where a cell holds no codes, number or text, the reason stands beside it."""
    rows = []
    for responses in answers.by_unit.values():
        for response in responses.values():
            row = [response.unit, response.wave]
            for variable in _released(answers.variables):
                row += _cells(variable, response.answers.get(variable.id, Answer.without(Missing.NOT_ASKED)))
            rows.append(row)
    return csv_bytes(response_columns(answers.variables), rows)


def _released(variables: Mapping[str, Variable]) -> list[Variable]:
    return [variable for variable in variables.values() if variable.released]


def _cells(variable: Variable, answer: Answer) -> list[str]:
    own = ["; ".join(answer.own_words)] if variable.own_words else []
    reason = answer.missing.value if answer.missing is not None else ""
    return [_value(variable, answer), *own, reason]


def _value(variable: Variable, answer: Answer) -> str:
    if answer.missing is not None:
        return ""
    if variable.kind is Kind.NUMBER:
        return plain_number(answer.number or 0.0)
    return " ".join(answer.codes) if variable.kind.is_choice else answer.text
