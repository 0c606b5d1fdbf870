"""Change between waves for the site: its facts, and how far answers of two waves may be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.build.comparing import changes, comparability_of
from cityfolio.build.crosstab_facts import grouping_variables
from cityfolio.harmonise.grouping import groups_by_kind
from cityfolio.model.edition import ALL, Edition, EditionRule
from cityfolio.model.fact import Fact, FactKey
from cityfolio.narrative.particles import fit_particles
from cityfolio.profile.keeping import answers_to
from cityfolio.profile.variable_changes import WavePair
from cityfolio.tabulate.changes import WaveChange, change_between, matched_facts
from cityfolio.tabulate.crossings import by_answer
from cityfolio.tabulate.moves import (
    State,
    groups_of_units,
    joint_by_group,
    mask_of,
    patterns_of_units,
    units_by_move,
)
from cityfolio.tabulate.panel_facts import change_edition, panel_facts
from cityfolio.tabulate.places import gaps_in, numbers_in, place_facts

if TYPE_CHECKING:
    from cityfolio.build.programme import Programme
    from cityfolio.harmonise.comparability import Comparability
    from cityfolio.model.edition import Group
    from cityfolio.model.variable import Variable
    from cityfolio.profile.changed import Comparing
    from cityfolio.profile.keeping import Kept

__all__ = [
    "Moved",
    "beside_others_facts",
    "change_editions",
    "comparing",
    "groups_of_panels",
    "moved_units",
    "wave_pairs",
]

Moved: TypeAlias = "dict[tuple[str, str, str], Mapping[tuple[State, State], tuple[str, ...]]]"
"""The units behind changes, by edition, variable and category."""


def wave_pairs(programme: Programme, variable: Variable) -> tuple[WavePair, ...]:
    """The change of a choice variable from each wave that asked it to the next."""
    if not variable.kind.is_choice or variable.personal or not variable.released:
        return ()
    return tuple(
        WavePair(one, two, tuple((c.category, c.label, c.change) for c in changes(programme, variable, one, two)))
        for one, two in pairwise(variable.waves)
    )


def beside_others_facts(programme: Programme, kept: Kept) -> Iterator[Fact]:
    """The facts of all changes, and of the places that the plan asks for; changes that are `kept` are not made again."""
    behind = by_answer(programme.answers, programme.groups, grouping_variables(programme))
    grouped = {
        edition: {kind: kept.same(("panel", edition, kind), held) for kind, held in groups_by_kind(groups).items()}
        for edition, groups in groups_of_panels(programme, behind).items()
    }
    units = list(programme.answers.units)
    for variable in programme.answers.variables.values():
        told = kept.same(("told", variable.id), (answers_to(programme.answers, variable.id), units))
        for pair in kept.made(("pairs", variable.id), told, partial(wave_pairs, programme, variable)):
            edition = change_edition(pair.earlier, pair.later)
            for code, _, change in pair.categories:
                if isinstance(change, WaveChange):
                    yield from panel_facts(change, FactKey(edition, variable.id, code, ALL, ""))
            for kind, groups in grouped[edition].items():
                # What all respondents said is no change of a group.
                if kind != variable.id:
                    make = partial(_facts_of_groups, programme, variable, pair, groups)
                    yield from kept.listed(("change", edition, variable.id, kind), (told, groups), make)
    yield from _place_facts(programme)


def _facts_of_groups(
    programme: Programme, variable: Variable, pair: WavePair, groups: Mapping[str, tuple[Group, ...]]
) -> Iterator[Fact]:
    """The change within each of these groups that has units in the panel."""
    edition, waves = change_edition(pair.earlier, pair.later), (pair.earlier, pair.later)
    shown = [code for code, _, change in pair.categories if isinstance(change, WaveChange)]
    comparable = {code: comparability_of(programme, variable, code, *waves) for code in shown}
    for group, patterns in joint_by_group(programme.answers, variable.id, waves, groups).items():
        for code, comparability in comparable.items():
            change = change_between(variable, patterns, comparability)
            if isinstance(change, WaveChange):
                yield from matched_facts(change, FactKey(edition, variable.id, code, group, ""))


def groups_of_panels(
    programme: Programme, groups: Mapping[tuple[str, str], tuple[Group, ...]]
) -> dict[str, dict[str, tuple[Group, ...]]]:
    """For each change edition the groups of every unit: those of its later response, one list for both waves."""
    pairs = {pair for variable in programme.answers.variables.values() for pair in pairwise(variable.waves)}
    return {change_edition(*pair): groups_of_units(groups, pair) for pair in sorted(pairs)}


def moved_units(programme: Programme, variable: Variable, pairs: Sequence[WavePair]) -> Moved:
    """Who is behind each change of a variable that is shown (its `wave_pairs`)."""
    found: Moved = {}
    answers = programme.answers
    for pair in pairs:
        waves = (pair.earlier, pair.later)
        patterns = list(patterns_of_units(answers, variable.id, waves))
        for code, _, change in pair.categories:
            if isinstance(change, WaveChange):
                comparable = comparability_of(programme, variable, code, *waves)
                masks = (mask_of(variable, comparable.earlier_codes), mask_of(variable, comparable.later_codes))
                found[change_edition(*waves), variable.id, code] = units_by_move(patterns, masks)
    return found


def _place_facts(programme: Programme) -> Iterator[Fact]:
    blocks = [block for section in programme.plan.sections for block in section.blocks]
    asked = dict.fromkeys((block.variable, block.place.same) for block in blocks if block.place is not None)
    for name, same in asked:
        variable = programme.answers.variables[name]
        types = {unit.id: unit.attribute(same) for unit in programme.answers.units.values()} if same else {}
        for edition in programme.manifest.editions.values():
            if edition.rule is EditionRule.LATEST_RESPONSE:
                numbers = numbers_in(programme.answers, variable, edition)
                gaps = gaps_in(programme.answers, variable, edition)
                yield from place_facts(variable, edition, numbers, gaps, types, same)


def change_editions(programme: Programme, title: str) -> dict[str, Edition]:
    """The editions that facts about changes carry, with a title made of `title`, which names {earlier} and {later}."""
    found = {}
    for variable in programme.answers.variables.values():
        for earlier, later in pairwise(variable.waves):
            name = change_edition(earlier, later)
            said = title.replace("{earlier}", earlier).replace("{later}", later)
            found[name] = Edition(name, (), fit_particles(said))
    return found


def comparing(programme: Programme) -> Comparing:
    """How far a category of a variable may be compared between two waves; each question is answered once."""

    @cache
    def compare(variable: str, category: str, earlier: str, later: str) -> Comparability:
        return comparability_of(programme, programme.answers.variables[variable], category, earlier, later)

    return compare
