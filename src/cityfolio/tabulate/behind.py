"""Who is behind a number: the units of the numerator, of the base, and those left out, by reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.missing import Missing
from cityfolio.tabulate.shares import OWN_WORDS

if TYPE_CHECKING:
    from cityfolio.model.answer import Answer, CodedAnswers
    from cityfolio.model.fact import Fact
    from cityfolio.model.variable import Variable

__all__ = ["Behind", "behind"]


@dataclass(frozen=True)
class Behind:
    """The ids of the units behind a share, sorted. `choosing` are part of `counted`."""

    choosing: tuple[str, ...]
    counted: tuple[str, ...]
    left_out: Mapping[Missing, tuple[str, ...]] = field(default_factory=dict)


def behind(
    fact: Fact, edition: Edition, answers: CodedAnswers, groups: Mapping[tuple[str, str], tuple[Group, ...]]
) -> Behind:
    """The units behind a share (or own-words share) of a category, found one by one: a second way to the same number."""
    variable = answers.variables[fact.key.variable]
    choosing: list[str] = []
    counted: list[str] = []
    left_out: dict[Missing, list[str]] = {}
    for unit in sorted(answers.by_unit):
        response = answers.latest(unit, edition.waves)
        if response is None or fact.key.group not in (ALL, *groups[unit, response.wave]):
            continue
        answer = response.answers[variable.id]
        reason = _left_out(variable, fact.key.category, response.wave, answer)
        if reason is not None:
            left_out.setdefault(reason, []).append(unit)
            continue
        counted.append(unit)
        if fact.key.category in answer.codes or (fact.key.measure == OWN_WORDS and answer.own_words):
            choosing.append(unit)
    reasons = {reason: tuple(left_out[reason]) for reason in Missing if reason in left_out}
    return Behind(tuple(choosing), tuple(counted), reasons)


def _left_out(variable: Variable, code: str, wave: str, answer: Answer) -> Missing | None:
    if wave not in variable.waves:
        return Missing.NOT_ASKED
    if code and not variable.offers(code, wave):
        return Missing.NOT_OFFERED
    return answer.missing
