"""Saved peer groups: lists of units, named in programme.yml, that facts are made for like for any other group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cityfolio.engine.plain import PlainEngine
from cityfolio.findings import Finding
from cityfolio.formatting import did_you_mean
from cityfolio.harmonise.editions import answers_for
from cityfolio.model.edition import GroupRule
from cityfolio.model.variable import Kind
from cityfolio.tabulate.crossings import PEERS, PeerGroup
from cityfolio.tabulate.facts import edition_facts
from cityfolio.tabulate.number_variables import number_variable_facts

if TYPE_CHECKING:
    from cityfolio.build.manifest import ProgrammeFile
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.edition import Edition, Group
    from cityfolio.model.fact import Fact
    from cityfolio.model.unit import Unit
    from cityfolio.reading.yaml import Located

__all__ = ["peer_facts", "peer_findings", "peer_groups_of", "peer_rules", "peers_of_unit", "with_peers"]


def peer_groups_of(content: ProgrammeFile) -> tuple[PeerGroup, ...]:
    """The peer groups of a programme, in their order."""
    return tuple(PeerGroup(entry.id, entry.title or entry.id, frozenset(entry.units)) for entry in content.peer_groups)


def peer_findings(content: ProgrammeFile, units: Mapping[str, Unit], located: Located) -> Iterator[Finding]:
    """Findings about units of peer groups that are not on the list."""
    for position, entry in enumerate(content.peer_groups):
        for place, unit in enumerate(entry.units):
            if unit not in units:
                facts = {"kind": "The unit", "got": unit, "suggestion": did_you_mean(unit, units) or ""}
                at = located.at("peer_groups", position, "units", place)
                yield Finding("programme.unknown-name", at, {**facts, "where": "A peer group"})


def peers_of_unit(peers: tuple[PeerGroup, ...], unit: str) -> tuple[Group, ...]:
    """The peer groups of a unit; other than groups of a kind, they may overlap."""
    return tuple(peer.group for peer in peers if unit in peer.units)


def with_peers(
    groups: Mapping[tuple[str, str], tuple[Group, ...]], peers: tuple[PeerGroup, ...]
) -> Mapping[tuple[str, str], tuple[Group, ...]]:
    """The groups of each response, with the peer groups of its unit."""
    if not peers:
        return groups
    return {(unit, wave): (*held, *peers_of_unit(peers, unit)) for (unit, wave), held in groups.items()}


def peer_rules(peers: tuple[PeerGroup, ...], title: str) -> tuple[GroupRule, ...]:
    """Peer groups as a kind of group, for lists and pages; there is none where no group is saved."""
    return (GroupRule(PEERS, title),) if peers else ()


def peer_facts(answers: CodedAnswers, peers: tuple[PeerGroup, ...], edition: Edition) -> Iterator[Fact]:
    """The facts of every peer group in one edition. Groups that overlap are counted one after the other."""
    for peer in peers:
        held = {
            (unit, wave): (peer.group,) if unit in peer.units else ()
            for unit, by_wave in answers.by_unit.items()
            for wave in by_wave
        }
        for variable in answers.variables.values():
            counted = answers_for(answers, edition, variable)
            engine = PlainEngine(counted, held)
            facts = [*edition_facts(engine, edition, {variable.id: variable}, [peer.group.kind])]
            if variable.kind is Kind.NUMBER and variable.summarised:
                facts += number_variable_facts(variable, edition, counted, held)
            yield from (fact for fact in facts if fact.key.group == peer.group)
