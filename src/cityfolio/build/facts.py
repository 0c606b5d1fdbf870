"""All facts of a programme: every edition, single units, published figures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from cityfolio.build.changing import beside_others_facts
from cityfolio.build.collecting import collected_rarely
from cityfolio.build.crosstab_facts import crosstab_facts
from cityfolio.build.peer_groups import peer_facts, peers_of_unit
from cityfolio.engine.plain import PlainEngine
from cityfolio.harmonise.editions import answers_for, held_answers, matched_units
from cityfolio.model.edition import ALL, Edition, EditionRule, Group
from cityfolio.model.variable import Kind
from cityfolio.profile.keeping import Kept
from cityfolio.tabulate.facts import FactStore, counted_facts, edition_facts, participation_facts
from cityfolio.tabulate.indicators import indicator_facts
from cityfolio.tabulate.number_variables import number_variable_facts
from cityfolio.tabulate.unit_facts import unit_facts

if TYPE_CHECKING:
    from cityfolio.build.programme import Programme
    from cityfolio.model.fact import Fact
    from cityfolio.tabulate.disclosure.withholding import Withheld

__all__ = ["all_facts", "groups_in_tables", "withheld_by_variable"]


def all_facts(programme: Programme, kept: Kept | None = None) -> FactStore:
    """The facts of all editions, of single units, and the published figures, in a fixed order.

    Those that are `kept` from an earlier build and come from the same counts are taken from there.
    """
    kept = kept or Kept(remembers=False)
    kept.begin((programme.manifest, programme.instruments, programme.crosswalks))
    with collected_rarely():
        facts = _facts(programme, kept)
        rule = programme.manifest.disclosure
        variables = programme.answers.variables
        if not rule.is_active:
            return FactStore.of(facts)
        from cityfolio.tabulate.disclosure.releasing import released  # as below

        return FactStore.of(released(facts, variables, withheld_by_variable(programme), rule))


def withheld_by_variable(programme: Programme) -> dict[str, Withheld]:
    """What is withheld of each question whose single answers are not released."""
    # Most programmes withhold nothing, and numpy, which this needs, is a tenth of what a build loads before it begins.
    from cityfolio.tabulate.disclosure.crowd import crowd_of
    from cityfolio.tabulate.disclosure.withholding import withheld_from

    rule = programme.manifest.disclosure
    found: dict[str, Withheld] = {}
    for variable in programme.answers.variables.values():
        if variable.confidential:
            editions = programme.manifest.editions.values()
            held = {edition: held_answers(programme.answers, edition, variable.id) for edition in editions}
            crowd = crowd_of(held, lambda unit, wave: groups_in_tables(programme, unit, wave))
            found[variable.id] = withheld_from(variable, crowd, rule)
    for instrument in programme.instruments.values():
        for question in instrument.questions.values():
            for routing in question.routed_past_by:
                # Routing looks back, so what silences the other question is known by now.
                if question.variable in found and routing.variable in found:
                    found[question.variable] = found[question.variable].silenced_by(found[routing.variable])
    return found


def groups_in_tables(programme: Programme, unit: str, wave: str) -> tuple[Group, ...]:
    """The groups that a response is counted in: those of each kind, and saved peer groups."""
    return (*programme.groups[unit, wave], *peers_of_unit(programme.peer_groups, unit))


def _facts(programme: Programme, kept: Kept) -> Iterator[Fact]:
    kinds = [rule.kind for rule in programme.manifest.rules]
    for edition in programme.manifest.editions.values():
        members = _members(programme, edition)
        distinct = {kind: sum(group.kind == kind for group in members) for kind in kinds}
        yield from participation_facts(edition, members, distinct)
        yield from _edition_facts(programme, edition, kinds, kept)
        yield from crosstab_facts(programme, edition, kept)
        yield from peer_facts(programme.answers, programme.peer_groups, edition)
    for indicator in programme.acting.indicators.values():
        subjects = programme.acting.outcomes.subjects(indicator.id) if programme.acting.outcomes else ()
        for edition in programme.manifest.editions.values():
            yield from indicator_facts(indicator, edition, programme.answers.public, subjects)
    yield from unit_facts(programme.answers)
    yield from beside_others_facts(programme, kept)
    yield from programme.published


def _edition_facts(programme: Programme, edition: Edition, kinds: list[str], kept: Kept) -> Iterator[Fact]:
    variables = programme.answers.variables
    invited = programme.manifest.invited.get(edition.waves[0]) if not edition.is_pooled else None
    if edition.rule is EditionRule.LATEST_RESPONSE:
        counted = PlainEngine(programme.answers, programme.groups).count(edition, list(variables), kinds)
        for variable in variables.values():
            counts = counted[variable.id]
            make = partial(counted_facts, variable, edition, counts, invited)
            yield from kept.listed(("counted", edition.id, variable.id), counts, make)
    for variable in variables.values():
        answers = answers_for(programme.answers, edition, variable)
        if edition.rule is not EditionRule.LATEST_RESPONSE:
            # Each variable may take a unit's answer from another wave, so each is counted by itself.
            engine = PlainEngine(answers, programme.groups)
            yield from edition_facts(engine, edition, {variable.id: variable}, kinds, invited)
        if variable.kind is Kind.NUMBER and variable.summarised:
            yield from number_variable_facts(variable, edition, answers, programme.groups)


def _members(programme: Programme, edition: Edition) -> dict[Group, int]:
    """How many units take part in the edition, by group."""
    members: dict[Group, int] = {ALL: 0}
    is_panel = edition.rule is EditionRule.MATCHED_PANEL
    panel = matched_units(programme.answers, edition.waves) if is_panel else programme.answers.by_unit
    for unit in panel:
        response = programme.answers.latest(unit, edition.waves)
        if response is not None:
            for group in (ALL, *groups_in_tables(programme, unit, response.wave)):
                members[group] = members.get(group, 0) + 1
    return dict(sorted(members.items()))
