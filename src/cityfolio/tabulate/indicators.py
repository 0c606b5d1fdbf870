"""External indicators described by groups of answers: how many units, mean, median, quartiles. Description, never cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cityfolio.harmonise.editions import held_answers, matched_units
from cityfolio.model.condition import Subject
from cityfolio.model.edition import ALL, Edition, EditionRule, Group
from cityfolio.model.fact import INDICATORS, Base, Fact, FactKey
from cityfolio.model.missing import Missing
from cityfolio.tabulate.behind import Behind
from cityfolio.tabulate.numbers import exact, number_facts, tally

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.indicator import Indicator
    from cityfolio.model.variable import Variable

__all__ = ["DESCRIBED", "NOT", "answer_groups", "behind_indicator", "indicator_facts", "indicators_behind"]

DESCRIBED = ("mean", "median", "first_quartile", "third_quartile", "smallest", "largest")
"""The measures of an indicator. A sum of figures of units says nothing."""

NOT = "not:"
"""Stands before the code in the key of a group that did not choose it; no code holds a colon."""


def answer_groups(subject: Subject, variable: Variable) -> tuple[tuple[Group, str], ...]:
    """The groups of units that a subject tells apart, with the category each is about, in the order of the questionnaire.

    A single choice gives one group for each category; one category of several gives those that chose it and those that
    did not, which a colon keeps apart from any code.

    >>> from cityfolio.model.variable import Category, Kind, Variable
    >>> roles = Variable("roles", Kind.MULTIPLE, "Roles", ("2020",), (Category("designer", "Designer", ("2020",)),))
    >>> [group.id for group, _ in answer_groups(Subject.named("roles.designer"), roles)]
    ['roles:designer', 'roles:not:designer']
    """
    if subject.category:
        code = subject.category
        return ((Group(variable.id, code), code), (Group(variable.id, f"{NOT}{code}"), code))
    return tuple((Group(variable.id, category.code), category.code) for category in variable.categories)


def indicator_facts(
    indicator: Indicator, edition: Edition, answers: CodedAnswers, subjects: Sequence[Subject]
) -> Iterator[Fact]:
    """What the figures come to among all units of the edition, and in each group of answers.

    A unit of a group without a figure is left out as not on record. Where nobody has a figure there is no fact.
    """
    groups = [ALL, *(g for subject in subjects for g, _ in answer_groups(subject, answers.variables[subject.variable]))]
    for group in dict.fromkeys(groups):
        counted, without = _members(indicator, edition, answers, group)
        base = Base(len(counted), {Missing.NOT_ON_RECORD: len(without)})
        times = tally(exact(indicator.values[unit]) for unit in counted)
        key = FactKey(edition.id, indicator.id, "", group, "mean", INDICATORS)
        for fact in number_facts(key, times, base):
            if fact.key.measure in DESCRIBED:
                yield replace(fact, note=_note(indicator), url=indicator.url)


def behind_indicator(fact: Fact, indicator: Indicator, edition: Edition, answers: CodedAnswers) -> Behind:
    """The units whose figures a fact describes, and those of the group without one."""
    counted, without = _members(indicator, edition, answers, fact.key.group)
    return Behind((), tuple(counted), {Missing.NOT_ON_RECORD: tuple(without)} if without else {})


def indicators_behind(
    indicator: Indicator, edition: Edition, answers: CodedAnswers, facts: Iterable[Fact]
) -> dict[tuple[str, str, Group], Behind]:
    """The units behind the facts of an indicator: those with a figure in the numerator's place, by group."""
    found = {}
    for group in dict.fromkeys(fact.key.group for fact in facts if fact.key.source == INDICATORS):
        counted, without = _members(indicator, edition, answers, group)
        left = {Missing.NOT_ON_RECORD: tuple(without)} if without else {}
        found[INDICATORS, "", group] = Behind(tuple(counted), tuple(counted), left)
    return found


def _members(
    indicator: Indicator, edition: Edition, answers: CodedAnswers, group: Group
) -> tuple[list[str], list[str]]:
    """The units of a group with a figure, and those without, sorted."""
    members = sorted(_all_units(edition, answers) if group == ALL else _answering(edition, answers, group))
    return [u for u in members if u in indicator.values], [u for u in members if u not in indicator.values]


def _all_units(edition: Edition, answers: CodedAnswers) -> Iterator[str]:
    panel = edition.rule is EditionRule.MATCHED_PANEL
    for unit in matched_units(answers, edition.waves) if panel else answers.by_unit:
        if answers.latest(unit, edition.waves) is not None:
            yield unit


def _answering(edition: Edition, answers: CodedAnswers, group: Group) -> Iterator[str]:
    """The units whose answer puts them into the group. Who was not offered a category did not leave it out either."""
    variable = answers.variables[group.kind]
    code = group.key.removeprefix(NOT)
    chose = code == group.key
    for unit, held in held_answers(answers, edition, variable.id).items():
        if held.answer.missing is None and variable.offers(code, held.wave) and (code in held.answer.codes) is chose:
            yield unit


def _note(indicator: Indicator) -> str:
    return "; ".join(p for p in (f"{indicator.label}, {indicator.year}, {indicator.measure}", indicator.source) if p)
