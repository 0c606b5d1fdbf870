"""Groups beyond single attributes: crossings of kinds, saved peer groups, and answers as groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.model.edition import Group

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.variable import Variable

__all__ = ["PEERS", "PeerGroup", "by_answer", "crossed"]

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
