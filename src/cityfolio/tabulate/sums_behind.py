"""Who is behind all numbers of a variable in an edition at once: every category, every group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind
from cityfolio.tabulate.answered import ANSWERED
from cityfolio.tabulate.base_rules import BaseRule
from cityfolio.tabulate.behind import Behind
from cityfolio.tabulate.shares import OWN_WORDS, SHARE

if TYPE_CHECKING:
    from cityfolio.model.answer import Answer, CodedAnswers
    from cityfolio.model.variable import Variable

__all__ = ["NUMBERS", "Asked", "members_of", "sums_behind"]

NUMBERS = "numbers"
"""Stands for all measures of a number variable: they have one base."""

Asked: TypeAlias = tuple[str, str, Group]
"""What is asked about: the measure (`share`, `own_words`, `answered` or `numbers`), the category, the group."""
_State: TypeAlias = "Missing | bool"
_Member: TypeAlias = "tuple[str, str, Answer, tuple[Group, ...]]"


def sums_behind(
    variable: Variable,
    edition: Edition,
    answers: CodedAnswers,
    groups: Mapping[tuple[str, str], tuple[Group, ...]],
    units: Sequence[str],
) -> dict[Asked, Behind]:
    """The units behind every share of a variable, its own words, its answers and its numbers, in the order of `units`.

    `answers` are those that count in the edition (`answers_for`).
    """
    members = list(_members(variable.id, edition, answers, groups, units))
    found: dict[Asked, Behind] = {}
    for category in variable.categories:
        _put(found, SHARE, category.code, members, _choosing(variable, category.code))
    if variable.kind.is_choice:
        _put(found, OWN_WORDS, "", members, _in_own_words(variable))
    if variable.kind is Kind.NUMBER:
        _put(found, NUMBERS, "", members, _answering(variable))
    everybody = [(unit, wave, answer, (ALL,)) for unit, wave, answer, _ in members]
    _put(found, ANSWERED, "", everybody, _answering_when_asked(variable))
    return found


def members_of(
    edition: Edition, answers: CodedAnswers, groups: Mapping[tuple[str, str], tuple[Group, ...]], units: Iterable[str]
) -> dict[Group, tuple[str, ...]]:
    """The units with a response in the edition, by group, in the order of `units`."""
    found: dict[Group, list[str]] = {}
    for unit in units:
        response = answers.latest(unit, edition.waves)
        for group in (ALL, *groups[unit, response.wave]) if response is not None else ():
            found.setdefault(group, []).append(unit)
    return {group: tuple(names) for group, names in found.items()}


def _members(
    variable: str,
    edition: Edition,
    answers: CodedAnswers,
    groups: Mapping[tuple[str, str], tuple[Group, ...]],
    units: Sequence[str],
) -> Iterable[_Member]:
    for unit in units:
        response = answers.latest(unit, edition.waves)
        if response is not None:
            yield unit, response.wave, response.answers[variable], (ALL, *groups[unit, response.wave])


def _put(
    found: dict[Asked, Behind],
    measure: str,
    category: str,
    members: Iterable[_Member],
    state_of: Callable[[str, Answer], _State],
) -> None:
    sums: dict[Group, tuple[list[str], list[str], dict[Missing, list[str]]]] = {}
    for unit, wave, answer, groups in members:
        state = state_of(wave, answer)
        for group in groups:
            choosing, counted, left_out = sums.setdefault(group, ([], [], {}))
            if isinstance(state, Missing):
                left_out.setdefault(state, []).append(unit)
                continue
            counted.append(unit)
            if state:
                choosing.append(unit)
    for group, (choosing, counted, left_out) in sums.items():
        reasons = {reason: tuple(left_out[reason]) for reason in Missing if reason in left_out}
        found[measure, category, group] = Behind(tuple(choosing), tuple(counted), reasons)


def _choosing(variable: Variable, code: str) -> Callable[[str, Answer], _State]:
    def state(wave: str, answer: Answer) -> _State:
        if wave not in variable.waves:
            return Missing.NOT_ASKED
        if not variable.offers(code, wave):
            return Missing.NOT_OFFERED
        return answer.missing or code in answer.codes

    return state


def _in_own_words(variable: Variable) -> Callable[[str, Answer], _State]:
    def state(wave: str, answer: Answer) -> _State:
        if wave not in variable.waves:
            return Missing.NOT_ASKED
        return answer.missing or bool(answer.own_words)

    return state


def _answering(variable: Variable) -> Callable[[str, Answer], _State]:
    def state(wave: str, answer: Answer) -> _State:
        return Missing.NOT_ASKED if wave not in variable.waves else answer.missing or True

    return state


def _answering_when_asked(variable: Variable) -> Callable[[str, Answer], _State]:
    """As `answered_share` counts: who was asked and gave no answer stays in the base."""

    def state(wave: str, answer: Answer) -> _State:
        reason = Missing.NOT_ASKED if wave not in variable.waves else answer.missing
        if reason is None:
            return True
        stays = BaseRule.OFFERED.keeps(reason)
        return False if stays else reason

    return state
