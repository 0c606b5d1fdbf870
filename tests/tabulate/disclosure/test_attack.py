"""An attacker who knows the questionnaire and sees every fact that is released, but none of our code.

The unknowns are whole histories (what a unit said in each wave, and its region): how many units have each. Every fact released
is an equation about them. A withheld count leaks if all solutions in whole numbers agree on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import given, settings
from scipy.optimize import Bounds, LinearConstraint, milp

from cityfolio.engine.plain import PlainEngine
from cityfolio.harmonise.editions import held_answers
from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.fact import Fact
from cityfolio.model.variable import Kind, Variable
from cityfolio.tabulate.disclosure.crowd import crowd_of
from cityfolio.tabulate.disclosure.releasing import released
from cityfolio.tabulate.disclosure.rules import DisclosureRule
from cityfolio.tabulate.disclosure.withholding import Withheld, withheld_from
from cityfolio.tabulate.groups import GroupPatterns, roll_up
from cityfolio.tabulate.rankings import rank_facts
from cityfolio.tabulate.shares import category_shares
from tests.tabulate.surveys import FIRST, POOLED, SECOND, WAVES, MadeUp, surveys

EDITIONS = (FIRST, SECOND, POOLED)
RULE = DisclosureRule(minimum_base=3, minimum_numerator=2, minimum_rest=2)

History = tuple[int | None, int | None, str]
"""The pattern in 2018 and in 2020 (None: no response; -1: no answer), and the region."""


def patterns_by_edition(made: MadeUp) -> dict[Edition, GroupPatterns]:
    engine = PlainEngine(made.answers, made.groups)
    variable = made.variable.id
    return {edition: roll_up(engine.count(edition, [variable], ["region"])[variable]) for edition in EDITIONS}


def facts_of(made: MadeUp) -> list[Fact]:
    facts = []
    for edition, groups in patterns_by_edition(made).items():
        for group, patterns in groups.items():
            shares = list(category_shares(made.variable, edition.id, group, patterns))
            facts += [*shares, *rank_facts(shares)]
    return facts


def histories(variable: Variable) -> list[History]:
    def said(wave: str) -> list[int | None]:
        bits = [variable.bits[c.code] for c in variable.categories if wave in c.waves]
        if variable.kind is Kind.SINGLE:
            return [None, -1, *bits]
        return [None, -1, *(sum(chosen) for chosen in product(*((0, bit) for bit in bits)))] if bits else [None, -1]

    pairs = product(said("2018"), said("2020"), ("north", "south"))
    return [history for history in pairs if history[:2] != (None, None)]


def latest(history: History, edition: Edition) -> tuple[str, int] | None:
    for wave, pattern in reversed(list(zip(WAVES, history[:2], strict=True))):
        if wave in edition.waves and pattern is not None:
            return wave, pattern
    return None


def equations(made: MadeUp, known: list[History], facts: list[Fact]) -> Iterator[tuple[list[float], int]]:
    """What the released facts, and the public list of who took part, say about the histories."""
    for edition in EDITIONS:
        for group in (ALL, Group("region", "north"), Group("region", "south")):
            for wave in WAVES:
                took_part = [
                    unit
                    for unit in made.answers.by_unit
                    if (response := made.answers.latest(unit, edition.waves)) is not None
                    and response.wave == wave
                    and (group == ALL or group in made.groups[unit, wave])
                ]
                yield (
                    [float(in_group(h, group) and (latest(h, edition) or ("",))[0] == wave) for h in known],
                    len(took_part),
                )
    for fact in facts:
        if fact.key.measure == "share" and fact.numerator is not None and fact.base is not None:
            yield counting(made.variable, known, fact, chosen=True), fact.numerator
            yield counting(made.variable, known, fact, chosen=False), fact.base.counted


def in_group(history: History, group: Group) -> bool:
    return group == ALL or group.key == history[2]


def counting(variable: Variable, known: list[History], fact: Fact, *, chosen: bool) -> list[float]:
    edition = next(edition for edition in EDITIONS if edition.id == fact.key.edition)
    category = variable.by_code[fact.key.category]

    def counts(history: History) -> bool:
        held = latest(history, edition)
        if held is None or not in_group(history, fact.key.group) or held[0] not in category.waves or held[1] < 0:
            return False
        return bool(held[1] & variable.bits[category.code]) if chosen else True

    return [float(counts(history)) for history in known]


def possible(target: list[float], rows: list[tuple[list[float], int]]) -> tuple[int, int]:
    distinct = sorted({(tuple(row), value) for row, value in rows})
    matrix, right = np.array([row for row, _ in distinct]), np.array([value for _, value in distinct])
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * np.array(target),
            integrality=np.ones(len(target)),
            bounds=Bounds(0, np.inf),
            constraints=LinearConstraint(matrix, right, right),
        )
        assert found.success, found.message
        ends.append(sign * round(found.fun))
    return ends[0], ends[1]


def withheld_in(made: MadeUp, rule: DisclosureRule = RULE) -> Withheld:
    held = {edition: held_answers(made.answers, edition, made.variable.id) for edition in EDITIONS}
    return withheld_from(made.variable, crowd_of(held, lambda unit, wave: made.groups[unit, wave]), rule)


def withheld_facts(made: MadeUp) -> tuple[list[Fact], list[Fact]]:
    before = facts_of(made)
    name = made.variable.id
    return before, list(released(before, {name: made.variable}, {name: withheld_in(made)}, RULE))


@settings(max_examples=30, deadline=None)
@given(surveys(most_units=10))
def test_no_withheld_count_can_be_worked_out_from_everything_released(made: MadeUp) -> None:
    before, after = withheld_facts(made)
    known = histories(made.variable)
    rows = list(equations(made, known, after))
    for fact in before:
        assert fact.numerator is not None
        assert fact.base is not None
        # A zero points at nobody, and a zero of a larger group makes those of its parts certain.
        if fact.key.measure == "share" and fact.numerator and RULE.hides_count(fact.numerator, fact.base.counted):
            low, high = possible(counting(made.variable, known, fact, chosen=True), rows)
            assert low < high, f"{fact.id} can only be {low}"


@settings(max_examples=25, deadline=None)
@given(surveys(most_units=10))
def test_what_only_the_difference_of_two_editions_would_show_does_not_leak_either(made: MadeUp) -> None:
    _, after = withheld_facts(made)
    known = histories(made.variable)
    rows = list(equations(made, known, after))
    for category in made.variable.categories:
        for region in (None, "north", "south"):
            bit = made.variable.bits[category.code]
            only_earlier = [
                float(h[0] is not None and h[0] > 0 and h[1] is None and bool(h[0] & bit) and region in (None, h[2]))
                for h in known
            ]
            true = sum(
                category.code in by_wave["2018"].answers["goals"].codes
                for unit, by_wave in made.answers.by_unit.items()
                if set(by_wave) == {"2018"} and region in (None, made.groups[unit, "2018"][0].key)
            )
            if 0 < true < RULE.minimum_numerator:
                low, high = possible(only_earlier, rows)
                assert low < high, f"{category.code}, {region}: only {low} units can have answered in 2018 alone"


@given(surveys())
def test_nothing_is_withheld_without_a_rule(made: MadeUp) -> None:
    assert not withheld_in(made, DisclosureRule()).columns
