"""How units moved between two waves: joint counts of what each said before and after."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.harmonise.editions import answer_of
from cityfolio.model.missing import Missing
from cityfolio.model.ranking import rank_bits
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.edition import Group
    from cityfolio.model.variable import Variable

__all__ = [
    "JointPatterns",
    "Moves",
    "State",
    "groups_of_units",
    "joint_by_group",
    "joint_patterns",
    "mask_of",
    "members_of",
    "moves_of",
    "patterns_of_units",
    "state_of",
    "units_by_move",
]

JointPatterns: TypeAlias = Mapping[tuple[int | None, int | None], int]
"""How many units of the list show each pair of response patterns, earlier and later; None: no response in that wave."""


class State(Enum):
    """What a unit's pattern in one wave says about a category."""

    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    SILENT = "silent"
    OUTSIDE = "outside"
    ABSENT = "absent"

    # As that of `Missing`: every change asks for it dozens of times.
    __hash__ = object.__hash__

    @property
    def is_answer(self) -> bool:
        """Whether the unit said one or the other."""
        return self in (State.CHOSEN, State.NOT_CHOSEN)


Moves: TypeAlias = Mapping[tuple[State, State], int]
"""How many units went from which state in the earlier wave to which in the later one."""

_OUTSIDE = (Missing.NOT_ASKED, Missing.NOT_OFFERED, Missing.ROUTED_PAST)


def mask_of(variable: Variable, codes: Iterable[str]) -> int:
    """The bits that say that at least one of these categories was chosen, or ranked at all.

    >>> from cityfolio.model.variable import Category, Kind, Variable
    >>> codes = tuple(Category(code, code, ("2018",)) for code in "abc")
    >>> mask_of(Variable("v", Kind.MULTIPLE, "V", ("2018",), codes), "ac")
    5
    """
    if variable.kind is not Kind.RANKED:
        return sum(variable.bits[code] for code in set(codes))
    places = [place for place, category in enumerate(variable.categories) if category.code in set(codes)]
    return sum(rank_bits(place, len(variable.categories)) for place in places)


def state_of(pattern: int | None, mask: int) -> State:
    """What a pattern says about the union of the categories in `mask`. Zero is an answer: none of them.

    >>> [state_of(pattern, 0b11).value for pattern in (0b01, 0b100, 0, -7, -3, None)]
    ['chosen', 'not_chosen', 'not_chosen', 'silent', 'outside', 'absent']
    """
    if pattern is None:
        return State.ABSENT
    if pattern < 0:
        return State.OUTSIDE if Missing.of_pattern(pattern) in _OUTSIDE else State.SILENT
    return State.CHOSEN if pattern & mask else State.NOT_CHOSEN


def moves_of(joint: JointPatterns, earlier_mask: int, later_mask: int) -> dict[tuple[State, State], int]:
    """The moves of a category, from joint patterns and the bits that stand for it in each wave.

    >>> moves = moves_of({(1, 1): 5, (2, 1): 3, (None, 2): 1}, 0b01, 0b01)
    >>> moves[State.NOT_CHOSEN, State.CHOSEN], moves[State.ABSENT, State.NOT_CHOSEN]
    (3, 1)
    """
    moves: dict[tuple[State, State], int] = {}
    # Both answers put a unit into one of few moves, but there are many pairs of patterns: each is judged once.
    before = {earlier: state_of(earlier, earlier_mask) for earlier, _ in joint}
    after = {later: state_of(later, later_mask) for _, later in joint}
    for (earlier, later), number in joint.items():
        states = (before[earlier], after[later])
        moves[states] = moves.get(states, 0) + number
    return moves


def joint_patterns(
    answers: CodedAnswers, variable: str, earlier: str, later: str, units: Collection[str] | None = None
) -> dict[tuple[int | None, int | None], int]:
    """The joint patterns of a variable in two waves, over all units of the list or over `units`."""
    joint: dict[tuple[int | None, int | None], int] = {}
    for unit, pair in patterns_of_units(answers, variable, (earlier, later)):
        if units is None or unit in units:
            joint[pair] = joint.get(pair, 0) + 1
    return joint


def joint_by_group(
    answers: CodedAnswers, variable: str, waves: tuple[str, str], groups: Mapping[str, tuple[Group, ...]]
) -> dict[Group, JointPatterns]:
    """The joint patterns of a variable within each group; `groups` are those of each unit (see `groups_of_units`)."""
    found: dict[Group, dict[tuple[int | None, int | None], int]] = {}
    for unit, pair in patterns_of_units(answers, variable, waves):
        for group in groups.get(unit, ()):
            joint = found.setdefault(group, {})
            joint[pair] = joint.get(pair, 0) + 1
    return dict(sorted(found.items()))


def patterns_of_units(
    answers: CodedAnswers, variable: str, waves: tuple[str, str]
) -> Iterator[tuple[str, tuple[int | None, int | None]]]:
    """The response patterns of each unit of the list in two waves, in the order of the list."""
    asked = answers.variables[variable].waves
    for unit in answers.units:
        held = answers.by_unit.get(unit, {})
        one, other = (answer_of(held[wave], variable, asked).pattern if wave in held else None for wave in waves)
        yield unit, (one, other)


def units_by_move(
    patterns: Iterable[tuple[str, tuple[int | None, int | None]]], masks: tuple[int, int]
) -> dict[tuple[State, State], tuple[str, ...]]:
    """The units behind each move of a category, in their order: who is counted in `moves_of`, by name.

    `patterns` are those of each unit (see `patterns_of_units`), `masks` the bits that stand for the category in each wave.

    >>> moves = units_by_move([("oulu", (1, 1)), ("delft", (2, 1)), ("cork", (1, 3))], (0b01, 0b01))
    >>> moves[State.CHOSEN, State.CHOSEN], moves[State.NOT_CHOSEN, State.CHOSEN]
    (('oulu', 'cork'), ('delft',))
    """
    held = list(patterns)
    before = {earlier: state_of(earlier, masks[0]) for _, (earlier, _) in held}
    after = {later: state_of(later, masks[1]) for _, (_, later) in held}
    found: dict[tuple[State, State], list[str]] = {}
    for unit, (earlier, later) in held:
        found.setdefault((before[earlier], after[later]), []).append(unit)
    return {move: tuple(names) for move, names in found.items()}


def groups_of_units(
    groups: Mapping[tuple[str, str], tuple[Group, ...]], waves: tuple[str, str]
) -> dict[str, tuple[Group, ...]]:
    """The groups of each unit for a comparison of two waves: those of its later response, else of the earlier one."""
    earlier, later = waves
    found = {unit: held for (unit, wave), held in groups.items() if wave == earlier}
    return found | {unit: held for (unit, wave), held in groups.items() if wave == later}


def members_of(
    groups: Mapping[tuple[str, str], tuple[Group, ...]], group: Group, waves: tuple[str, str]
) -> frozenset[str]:
    """The units of a group for a comparison of two waves: one list for both, by the later response where there is one.

    A city that grew into the next band of size is a member of that band in both waves, so that today's group is never set
    against last wave's members.

    >>> from cityfolio.model.edition import Group
    >>> small, large = Group("size", "small"), Group("size", "large")
    >>> groups = {("delft", "2018"): (small,), ("delft", "2020"): (large,), ("porto", "2018"): (small,)}
    >>> sorted(members_of(groups, small, ("2018", "2020"))), sorted(members_of(groups, large, ("2018", "2020")))
    (['porto'], ['delft'])
    """
    return frozenset(unit for unit, held in groups_of_units(groups, waves).items() if group in held)
