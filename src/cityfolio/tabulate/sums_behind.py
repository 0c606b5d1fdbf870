"""Who is behind all numbers of a variable in an edition at once: every category, every group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind
from cityfolio.tabulate.answered import ANSWERED
from cityfolio.tabulate.base_rules import BaseRule
from cityfolio.tabulate.behind import Behind
from cityfolio.tabulate.shares import OWN_WORDS, SHARE

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.variable import Category, Variable

__all__ = ["NUMBERS", "Asked", "States", "members_of", "states_of", "sums_behind"]

NUMBERS = "numbers"
"""Stands for all measures of a number variable: they have one base."""

Asked: TypeAlias = tuple[str, str, Group]
"""What is asked about: the measure (`share`, `own_words`, `answered` or `numbers`), the category, the group."""
_State: TypeAlias = "Missing | bool"
_REASONS = tuple(Missing)


class _Member(NamedTuple):
    """A unit of the edition with the answer that counts: why there is none, or what it holds."""

    unit: str
    wave: str
    missing: Missing | None
    codes: tuple[str, ...]
    has_own_words: bool


class _Marks(NamedTuple):
    """A mark for every unit: whether it gave the answer, whether it counts, and for each reason if it is why it does not."""

    gave: bytes
    counts: bytes
    left_out: tuple[tuple[Missing, bytes], ...]


@dataclass(frozen=True)
class States:
    """What each unit of an edition says to a variable, whatever groups it is counted in.

    `units` are those with a response, each with its wave; `told` holds what they say, in the same order, for each measure
    and category: that they gave the answer, that they did not, or why they do not count.
    """

    units: tuple[tuple[str, str], ...]
    told: Mapping[tuple[str, str], Sequence[_State]]

    @cached_property
    def marks(self) -> Mapping[tuple[str, str], _Marks]:
        """For each measure and category what is marked for every unit."""
        return {asked: _marks(told) for asked, told in self.told.items()}


def states_of(variable: Variable, edition: Edition, answers: CodedAnswers, units: Sequence[str]) -> States:
    """The states of all units, in the order of `units`; `answers` are those that count in the edition (`answers_for`)."""
    members = list(_members(variable, edition, answers, units))
    told: dict[tuple[str, str], Sequence[_State]] = {}
    for category in variable.categories:
        told[SHARE, category.code] = _chose(members, category)
    if variable.kind.is_choice:
        told[OWN_WORDS, ""] = [m.missing or m.has_own_words for m in members]
    if variable.kind is Kind.NUMBER:
        told[NUMBERS, ""] = [m.missing or True for m in members]
    told[ANSWERED, ""] = [_answered(m) for m in members]
    return States(tuple((member.unit, member.wave) for member in members), told)


def sums_behind(states: States, groups: Mapping[tuple[str, str], tuple[Group, ...]]) -> dict[Asked, Behind]:
    """The units behind every share of a variable, its own words, its answers and its numbers.

    `groups` are those that each response is counted in, `ALL` with them where it is asked about; who answered is told of all.
    """
    places: dict[Group, list[int]] = {}
    for place, response in enumerate(states.units):
        for group in groups.get(response, ()):
            places.setdefault(group, []).append(place)
    members = {group: [states.units[place][0] for place in held] for group, held in places.items()}
    found: dict[Asked, Behind] = {}
    for (measure, category), marks in states.marks.items():
        for group, held in places.items():
            if measure != ANSWERED or group == ALL:
                found[measure, category, group] = _behind(members[group], held, marks)
    return found


def members_of(
    edition: Edition, answers: CodedAnswers, groups: Mapping[tuple[str, str], tuple[Group, ...]], units: Iterable[str]
) -> dict[Group, tuple[str, ...]]:
    """The units with a response in the edition, by the `groups` of each response, in the order of `units`."""
    found: dict[Group, list[str]] = {}
    for unit in units:
        response = answers.latest(unit, edition.waves)
        for group in groups.get((unit, response.wave), ()) if response is not None else ():
            found.setdefault(group, []).append(unit)
    return {group: tuple(names) for group, names in found.items()}


def _members(variable: Variable, edition: Edition, answers: CodedAnswers, units: Sequence[str]) -> Iterator[_Member]:
    for unit in units:
        response = answers.latest(unit, edition.waves)
        if response is not None:
            wave, answer = response.wave, response.answers[variable.id]
            missing = answer.missing if wave in variable.waves else Missing.NOT_ASKED
            yield _Member(unit, wave, missing, answer.codes, bool(answer.own_words))


def _marks(told: Sequence[_State]) -> _Marks:
    given = {state for state in told if not isinstance(state, bool)}
    return _Marks(
        bytes(state is True for state in told),
        bytes(isinstance(state, bool) for state in told),
        tuple((reason, bytes(state is reason for state in told)) for reason in _REASONS if reason in given),
    )


def _behind(units: Sequence[str], places: Sequence[int], marks: _Marks) -> Behind:
    """The units, which are at these places, by their marks."""

    # Tens of thousands of sums are made: a mark for each place is looked up, and its unit picked, without a step of ours.
    def marked(mark: bytes) -> tuple[str, ...]:
        return tuple(compress(units, map(mark.__getitem__, places)))

    counted = marked(marks.counts)
    left_out = {}
    if len(counted) < len(places):
        left_out = {reason: held for reason, mark in marks.left_out if (held := marked(mark))}
    return Behind(marked(marks.gave), counted, left_out)


def _chose(members: Sequence[_Member], category: Category) -> list[_State]:
    """Whether each of them chose the category, or why it does not count."""
    code, waves = category.code, category.waves
    return [
        Missing.NOT_OFFERED
        if m.missing is not Missing.NOT_ASKED and m.wave not in waves
        else m.missing or code in m.codes
        for m in members
    ]


def _answered(member: _Member) -> _State:
    """As `answered_share` counts: who was asked and gave no answer stays in the base."""
    if member.missing in (None, Missing.IN_WORDS):
        return True
    return False if BaseRule.OFFERED.keeps(member.missing) else member.missing
