"""Additive tables: counts, and which of them add up to which others. That is all an attacker needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cityfolio.model.edition import Group

__all__ = ["AdditiveTables", "Cell", "Relation"]


@dataclass(frozen=True, order=True)
class Cell:
    """One count: of a category, or of what else `category` names, in an edition (or a part of one) and a group."""

    edition: str
    variable: str
    category: str
    group: Group


@dataclass(frozen=True)
class Relation:
    """The total is the sum of its parts."""

    total: Cell
    parts: tuple[Cell, ...]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All cells of it, the total first."""
        return (self.total, *self.parts)


@dataclass(frozen=True)
class AdditiveTables:
    """The counts that a release is made of. `unpublished` cells appear in no table but could be worked out from others;
    `fixed` ones are known to everybody and cannot be withheld, such as how many units took part; `costly` ones are withheld
    only where nothing else helps.

    Raises:
        ValueError: if a relation does not hold or names an unknown cell.
    """

    counts: Mapping[Cell, int]
    relations: tuple[Relation, ...]
    unpublished: frozenset[Cell] = field(default_factory=frozenset)
    fixed: frozenset[Cell] = field(default_factory=frozenset)
    costly: frozenset[Cell] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        for relation in self.relations:
            missing = [cell for cell in relation.cells if cell not in self.counts]
            if missing:
                raise ValueError(f"a relation names cells without a count: {missing}")
            parts = sum(self.counts[cell] for cell in relation.parts)
            if parts != self.counts[relation.total]:
                raise ValueError(f"{relation.total} is {self.counts[relation.total]}, but its parts add up to {parts}")

    @cached_property
    def relations_of(self) -> Mapping[Cell, tuple[Relation, ...]]:
        """The relations that each cell is part of."""
        found: dict[Cell, list[Relation]] = {}
        for relation in self.relations:
            for cell in relation.cells:
                found.setdefault(cell, []).append(relation)
        return {cell: tuple(relations) for cell, relations in found.items()}

    def hidden_with(self, suppressed: Iterable[Cell]) -> frozenset[Cell]:
        """All cells that a reader does not see."""
        return self.unpublished | frozenset(suppressed)
