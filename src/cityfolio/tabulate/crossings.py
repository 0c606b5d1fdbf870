"""Groups beyond single attributes: crossings of kinds, saved peer groups, and answers as groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.harmonise.editions import Held, wave_patterns
from cityfolio.model.edition import Group

if TYPE_CHECKING:
    from cityfolio.engine.counting import PatternCounts
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.groups import GroupPatterns

__all__ = ["PEERS", "PeerGroup", "by_answer", "crossed", "peer_patterns", "roll_up_crossed"]

PEERS = "peers"

Groups: TypeAlias = Mapping[tuple[str, str], tuple[Group, ...]]
"""The groups of each response, by unit and wave."""


def crossed(groups: Sequence[Group]) -> Group:
    """The group of units that belong to all of these groups, one of each kind; the order does not matter.

    >>> crossed([Group("size", "large"), Group("continent", "EU")]).id
    'continent*size:EU*large'

    Raises:
        ValueError: if two of them are of one kind: nobody belongs to both, or the kind is crossed with itself.
    """
    ordered = sorted(groups)
    kinds = [group.kind for group in ordered]
    if len(set(kinds)) < len(kinds) or not ordered:
        raise ValueError(f"groups of different kinds can be crossed, not {[group.id for group in groups]}")
    return Group("*".join(kinds), "*".join(group.key for group in ordered))


def roll_up_crossed(counts: PatternCounts, kinds: Sequence[str]) -> GroupPatterns:
    """The patterns of every crossing of these kinds, by wave. Units without a group of one of the kinds are in none.

    >>> from cityfolio.engine.counting import PatternCounts
    >>> cells = {("2018", "EU", "large"): {1: 2}, ("2018", "EU", "small"): {1: 1}, ("2018", "", "small"): {1: 7}}
    >>> rolled = roll_up_crossed(PatternCounts("v", ("continent", "size"), cells), ["continent", "size"])
    >>> {group.key: patterns for group, patterns in rolled.items()}
    {'EU*large': {'2018': {1: 2}}, 'EU*small': {'2018': {1: 1}}}

    Raises:
        ValueError: if the engine did not count one of the kinds.
    """
    places = [counts.kinds.index(kind) for kind in kinds]
    found: GroupPatterns = {}
    for (wave, *keys), patterns in sorted(counts.cells.items()):
        members = [Group(kind, keys[place]) for kind, place in zip(kinds, places, strict=True) if keys[place]]
        if len(members) < len(kinds):
            continue
        total = found.setdefault(crossed(members), {}).setdefault(wave, {})
        for pattern, number in patterns.items():
            total[pattern] = total.get(pattern, 0) + number
    return found


@dataclass(frozen=True)
class PeerGroup:
    """A saved list of units to be compared with.

    >>> PeerGroup("ports", "Port cities", frozenset({"busan-kor", "porto-prt"})).group.id
    'peers:ports'
    """

    id: str
    title: str
    units: frozenset[str]

    @property
    def group(self) -> Group:
        """The group in facts."""
        return Group(PEERS, self.id)


def peer_patterns(held: Mapping[str, Held], peers: PeerGroup) -> dict[str, dict[int, int]]:
    """The patterns of the peer group's units by wave. Peers that are not in the edition are simply not there.

    >>> from cityfolio.model.answer import Answer
    >>> held = {"delft": Held("2018", Answer(1)), "porto": Held("2018", Answer(2))}
    >>> peer_patterns(held, PeerGroup("ports", "Ports", frozenset({"porto", "genoa"})))
    {'2018': {2: 1}}
    """
    return wave_patterns({unit: one for unit, one in held.items() if unit in peers.units})


def by_answer(
    answers: CodedAnswers, groups: Groups, variables: Iterable[Variable]
) -> dict[tuple[str, str], tuple[Group, ...]]:
    """The groups of each response with, added, those that its own answers to single choices put it in.

    Give the result to an engine, and every share by the answers to another question comes like that by continent.

    Raises:
        ValueError: if one of the variables is no single choice: groups of one kind do not overlap.
    """
    chosen = list(variables)
    for variable in chosen:
        if not variable.kind.takes_one:
            raise ValueError(f"{variable.id} is {variable.kind.value}; only answers to a single choice make groups")
    found = {}
    for response in answers.responses:
        added = (
            Group(variable.id, answer.codes[0])
            for variable in chosen
            if (answer := response.answers.get(variable.id)) is not None and answer.codes
        )
        place = (response.unit, response.wave)
        found[place] = (*groups.get(place, ()), *added)
    return found
