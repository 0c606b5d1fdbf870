"""Crosstabs as facts: shares of answers within the units that gave one answer to another question."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from cityfolio.engine.plain import PlainEngine
from cityfolio.model.edition import ALL, EditionRule
from cityfolio.profile.map_document import on_map
from cityfolio.tabulate.crossings import by_answer
from cityfolio.tabulate.groups import roll_up
from cityfolio.tabulate.shares import SHARE_WITHIN, category_shares

if TYPE_CHECKING:
    from cityfolio.build.programme import Programme
    from cityfolio.engine.counting import PatternCounts
    from cityfolio.model.edition import Edition
    from cityfolio.model.fact import Fact
    from cityfolio.model.variable import Variable
    from cityfolio.profile.keeping import Kept

__all__ = ["crosstab_facts", "grouping_variables"]


def grouping_variables(programme: Programme) -> list[Variable]:
    """The single choices that answers are grouped by: those of the plan, or all that are released."""
    wanted = programme.plan.explore_by
    found = [v for v in programme.answers.variables.values() if on_map(v) and v.kind.takes_one]
    return [variable for variable in found if not wanted or variable.id in wanted]


def crosstab_facts(programme: Programme, edition: Edition, kept: Kept) -> Iterator[Fact]:
    """The shares of every released choice within the units of one answer to each grouping variable.

    Both answers are those of a unit's latest response. Questions whose single answers are not released take no part, on
    neither side: a crosstab of theirs could tell what the tables by country or size withhold. What is `kept` of the same counts
    is not made again.
    """
    if edition.rule is not EditionRule.LATEST_RESPONSE:
        return
    shown = [variable for variable in programme.answers.variables.values() if on_map(variable)]
    for by in grouping_variables(programme):
        engine = PlainEngine(programme.answers, by_answer(programme.answers, {}, [by]))
        others = [variable for variable in shown if variable is not by]
        counted = engine.count(edition, [variable.id for variable in others], [by.id])
        for variable in others:
            counts = counted[variable.id]
            make = partial(_within, variable, edition, counts)
            yield from kept.listed(("within", edition.id, by.id, variable.id), counts, make)


def _within(variable: Variable, edition: Edition, counts: PatternCounts) -> Iterator[Fact]:
    for group, patterns in roll_up(counts).items():
        if group != ALL:
            yield from category_shares(variable, edition.id, group, patterns, SHARE_WITHIN)
