"""Who is counted where: the responses behind all tables of one question, taken together where no table tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cityfolio.model.edition import ALL, Group

if TYPE_CHECKING:
    from cityfolio.harmonise.editions import Held
    from cityfolio.model.edition import Edition

__all__ = ["Bools", "Column", "Counts", "Crowd", "GroupsOf", "crowd_of"]

Bools: TypeAlias = NDArray[np.bool_]
Counts: TypeAlias = NDArray[np.int64]
GroupsOf: TypeAlias = Callable[[str, str], tuple[Group, ...]]
"""The groups of a unit's response in a wave."""


@dataclass(frozen=True, order=True)
class Column:
    """One column of the tables of a question: a group of an edition."""

    edition: str
    group: Group


@dataclass(frozen=True, eq=False)
class Crowd:
    """The responses to one question in classes: those of one class are of one wave and counted in the same columns.

    `member` (classes by columns) says which; `patterns` how many responses of the class show each response pattern. Nothing
    that is published tells the responses of one class apart.
    """

    columns: tuple[Column, ...]
    member: Bools
    waves: tuple[str, ...]
    patterns: tuple[Mapping[int, int], ...]

    @cached_property
    def places(self) -> Mapping[Column, int]:
        """The place of each column."""
        return {column: place for place, column in enumerate(self.columns)}

    @cached_property
    def of_all(self) -> Bools:
        """Which columns are those of all units."""
        return np.fromiter((column.group == ALL for column in self.columns), np.bool_)

    def counting(self, counts: Callable[[int], bool], waves: tuple[str, ...]) -> Counts:
        """How many responses of each class, in these waves, have a pattern that counts."""
        found = (
            sum(number for pattern, number in patterns.items() if counts(pattern)) if wave in waves else 0
            for wave, patterns in zip(self.waves, self.patterns, strict=True)
        )
        return np.fromiter(found, dtype=np.int64, count=len(self.waves))

    @cached_property
    def parts(self) -> Bools:
        """What else can be worked out from the columns by subtraction (parts by classes), besides the columns themselves.

        Of two editions those counted in one but not in the other, and in both; of an edition those of each wave; of a kind of
        groups those in no group of it.
        """
        found = [part for part in self._differences() if part.any()]
        distinct = {part.tobytes(): part for part in found}
        for column in self.member.T:
            distinct.pop(column.tobytes(), None)
        return np.array(list(distinct.values()), dtype=np.bool_).reshape(len(distinct), len(self.waves))

    def _differences(self) -> list[Bools]:
        by_group: dict[Group, list[Bools]] = {}
        by_kind: dict[tuple[str, str], list[Bools]] = {}
        for column, held in zip(self.columns, self.member.T, strict=True):
            by_group.setdefault(column.group, []).append(held)
            by_kind.setdefault((column.edition, column.group.kind), []).append(held)
        names = np.array(self.waves)
        found = [held & (names == wave) for held in self.member.T for wave in sorted(set(self.waves))]
        for columns in by_group.values():
            for one, other in combinations(columns, 2):
                found += [one & ~other, other & ~one, one & other]
        for (edition, kind), columns in by_kind.items():
            if kind != ALL.kind:
                (everybody,) = by_kind[edition, ALL.kind]
                found.append(everybody & ~np.logical_or.reduce(columns))
        return found


def crowd_of(editions: Mapping[Edition, Mapping[str, Held]], groups_of: GroupsOf) -> Crowd:
    """The crowd behind a question whose answers, unit by unit, count in these editions.

    >>> from cityfolio.harmonise.editions import Held
    >>> from cityfolio.model.answer import Answer
    >>> from cityfolio.model.edition import Edition
    >>> held = {"delft": Held("2018", Answer(1)), "porto": Held("2018", Answer(2)), "genoa": Held("2018", Answer(2))}
    >>> crowd = crowd_of({Edition("2018", ("2018",)): held}, lambda unit, wave: (Group("coast", str(unit != "delft")),))
    >>> [column.group.id for column in crowd.columns], crowd.member.tolist(), crowd.patterns
    (['all', 'coast:False', 'coast:True'], [[True, True, False], [True, False, True]], ({1: 1}, {2: 2}))
    """
    where: dict[tuple[str, str], list[Column]] = {}
    said: dict[tuple[str, str], int] = {}
    for edition, held in editions.items():
        for unit, one in held.items():
            columns = [Column(edition.id, group) for group in (ALL, *groups_of(unit, one.wave))]
            where.setdefault((unit, one.wave), []).extend(columns)
            said[unit, one.wave] = one.answer.pattern
    columns = sorted({column for found in where.values() for column in found})
    places = {column: place for place, column in enumerate(columns)}
    classes: dict[tuple[str, tuple[int, ...]], dict[int, int]] = {}
    for (unit, wave), found in where.items():
        patterns = classes.setdefault((wave, tuple(sorted(places[column] for column in found))), {})
        patterns[said[unit, wave]] = patterns.get(said[unit, wave], 0) + 1
    ordered = sorted(classes)
    member = np.zeros((len(ordered), len(columns)), dtype=np.bool_)
    for row, (_, held_in) in enumerate(ordered):
        member[row, list(held_in)] = True
    return Crowd(tuple(columns), member, tuple(w for w, _ in ordered), tuple(classes[key] for key in ordered))
