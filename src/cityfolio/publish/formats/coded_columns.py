"""Answers as statistics packages hold them: numbers with value labels, indicators for several choices, coded missing reasons."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from cityfolio.model.answer import Answer, Response
from cityfolio.model.correction import Correction
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Category, Kind, Variable
from cityfolio.publish.dataset import Dataset
from cityfolio.publish.indicators import indicator

__all__ = ["CodedColumn", "coded_columns"]

Coded: TypeAlias = "float | Missing | None"
_TICKED = {0.0: "Not chosen", 1.0: "Chosen"}


@dataclass(frozen=True)
class CodedColumn:
    """A column of numbers, missing reasons among them, or (without `numbers`) of texts; with its labels.

    `below` is what is subtracted to give a missing reason a number that no answer has: -1 for the first reason of a choice.
    `measure` is nominal, ordinal or scale.
    """

    name: str
    label: str
    numbers: tuple[Coded, ...] | None = None
    texts: tuple[str, ...] = ()
    values: Mapping[float, str] = field(default_factory=dict)
    measure: str = "nominal"
    below: float = 0.0

    def reason_number(self, reason: Missing) -> float:
        """The number that stands for a missing reason in this column."""
        return -self.below + reason.pattern


def coded_columns(dataset: Dataset) -> Iterator[CodedColumn]:
    """The columns of all released answers, in the order of the codebook; unit and wave first.

    A single choice is the place of its category (from 1); of several choices every category has an indicator, and the codes
    stand in the unit's own order in a text beside them; a ranking gives each category its rank, 0 where it was not ranked.
    """
    responses = [response for held in dataset.answers.by_unit.values() for response in held.values()]
    yield CodedColumn("unit", "Unit", texts=tuple(response.unit for response in responses))
    yield CodedColumn("wave", "Wave", texts=tuple(response.wave for response in responses))
    for variable in dataset.variables.values():
        answers = [(r, r.answers.get(variable.id, Answer.without(Missing.NOT_ASKED))) for r in responses]
        yield from _columns(variable, answers)
        if variable.own_words:
            words = tuple("; ".join(answer.own_words) for _, answer in answers)
            yield CodedColumn(f"{variable.id}_other", f"{variable.label}: own words", texts=words)
    if dataset.corrections:
        marks = [{one.variable: None for one in of} for of in (_corrections_of(r, dataset) for r in responses)]
        label = "Questions whose answer was corrected"
        yield CodedColumn("corrected", label, texts=tuple(" ".join(mark) for mark in marks))


def _corrections_of(response: Response, dataset: Dataset) -> Iterator[Correction]:
    of_response = (dataset.answers.corrected(response.unit, response.wave, name) for name in dataset.variables)
    return (one for found in of_response for one in found)


def _columns(variable: Variable, answers: list[tuple[Response, Answer]]) -> Iterator[CodedColumn]:
    if variable.kind is Kind.NUMBER:
        numbers = tuple(answer.missing or answer.number for _, answer in answers)
        yield CodedColumn(variable.id, variable.label, numbers, measure="scale", below=_below(numbers))
    elif variable.kind is Kind.TEXT:
        yield CodedColumn(variable.id, variable.label, texts=tuple(answer.text for _, answer in answers))
    elif variable.kind.takes_one:
        places = {category.code: float(place) for place, category in enumerate(variable.categories, start=1)}
        yield CodedColumn(
            variable.id,
            variable.label,
            tuple(a.missing or (places[a.codes[0]] if a.codes else None) for _, a in answers),
            values={places[category.code]: category.label for category in variable.categories},
            measure="ordinal" if variable.kind is Kind.SCALE else "nominal",
        )
    else:
        yield CodedColumn(variable.id, variable.label, texts=tuple(" ".join(a.codes) for _, a in answers))
        for category in variable.categories:
            yield _indicator(variable, category, answers)


def _indicator(variable: Variable, category: Category, answers: list[tuple[Response, Answer]]) -> CodedColumn:
    ranked = variable.kind is Kind.RANKED
    return CodedColumn(
        f"{variable.id}_{category.code}",
        f"{variable.label}: {category.label}",
        tuple(_number(indicator(variable, category, response, answer)) for response, answer in answers),
        values={} if ranked else _TICKED,
        measure="ordinal" if ranked else "nominal",
    )


def _number(held: int | Missing) -> float | Missing:
    return held if isinstance(held, Missing) else float(held)


def _below(numbers: tuple[Coded, ...]) -> float:
    lowest = min((number for number in numbers if isinstance(number, float)), default=0.0)
    return 0.0 if lowest >= 0 else 10.0 ** math.ceil(math.log10(-lowest) + 1)
