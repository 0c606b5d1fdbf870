"""The audit: what an attacker who sees everything published can work out about what is not.

For each hidden cell the smallest and the largest whole number that all published counts allow, by integer linear
programming over the additive relations (Fischetti and Salazar 2001, "Solving the Cell Suppression Problem"; the auditing
problem of Hundepool et al. 2012, "Statistical Disclosure Control", section 4.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cityfolio.tabulate.disclosure.systems import System, systems_of

if TYPE_CHECKING:
    from cityfolio.tabulate.disclosure.tables import AdditiveTables, Cell
    from cityfolio.tabulate.sampling.arrays import Floats

__all__ = ["Audit", "PossibleCount", "audit", "possible_count"]

# Stands for "no end". A cap can only narrow what seems possible, so the audit never calls something safe because of it.
_CAP = 10**6


@dataclass(frozen=True)
class PossibleCount:
    """The counts that a cell may have for all a reader can tell: from `low` to `high` (None: no end)."""

    low: int
    high: int | None

    def is_wide(self, protection: int) -> bool:
        """Whether at least `protection` further counts beside the true one are possible."""
        return self.high is None or self.high - self.low >= protection


@dataclass(frozen=True)
class Audit:
    """The sensitive cells that can be worked out too closely, with what is known of them. Empty: nothing leaks."""

    exposed: Mapping[Cell, PossibleCount]

    @property
    def passes(self) -> bool:
        """Whether nothing leaks."""
        return not self.exposed


def audit(tables: AdditiveTables, suppressed: Iterable[Cell], sensitive: Iterable[Cell], protection: int = 1) -> Audit:
    """Which sensitive cells a reader of all other cells can work out to fewer than `protection` + 1 possible counts."""
    hidden = tables.hidden_with(suppressed)
    systems = systems_of(tables, hidden)
    exposed = {}
    # Every solution is a whole table that could be the true one, so it speaks for many cells at once.
    seen: dict[Cell, tuple[int, int]] = {}
    for cell in sorted(sensitive):
        low, high = seen.get(cell, (0, 0))
        if high - low >= protection:
            continue
        smallest, largest = _extremes(tables, cell, hidden, systems)
        for other, count in (*smallest.items(), *largest.items()):
            low, high = seen.get(other, (tables.counts[other], tables.counts[other]))
            seen[other] = (min(low, count), max(high, count))
        if cell in smallest and largest[cell] - smallest[cell] < protection:
            exposed[cell] = PossibleCount(smallest[cell], largest[cell])
    return Audit(exposed)


def possible_count(tables: AdditiveTables, cell: Cell, hidden: frozenset[Cell]) -> PossibleCount:
    """The counts that a cell may have for a reader who sees every cell that is not hidden.

    >>> from cityfolio.model.edition import ALL, Group
    >>> from cityfolio.tabulate.disclosure.tables import AdditiveTables, Cell, Relation
    >>> everybody = Cell("2018", "goals", "yes", ALL)
    >>> north, south = (Cell("2018", "goals", "yes", Group("region", key)) for key in ("north", "south"))
    >>> tables = AdditiveTables({everybody: 9, north: 7, south: 2}, (Relation(everybody, (north, south)),))
    >>> possible_count(tables, south, frozenset({south}))
    PossibleCount(low=2, high=2)
    >>> possible_count(tables, south, frozenset({north, south}))
    PossibleCount(low=0, high=9)
    """
    smallest, largest = _extremes(tables, cell, hidden, systems_of(tables, hidden))
    if cell not in smallest:
        return PossibleCount(0, None)
    high = largest[cell]
    return PossibleCount(smallest[cell], high if high < _CAP else None)


def _extremes(
    tables: AdditiveTables, cell: Cell, hidden: frozenset[Cell], systems: Mapping[Cell, System]
) -> tuple[dict[Cell, int], dict[Cell, int]]:
    """Two tables that could be the true one: with the smallest and with the largest count that the cell can have.

    They hold the cells that hang together with it; both are empty where it hangs together with nothing and may be any count.
    """
    if cell not in hidden:
        known = {cell: tables.counts[cell]}
        return known, known
    system = systems.get(cell)
    if system is None:
        return {}, {}
    objective = np.zeros(len(system.places))
    objective[system.places[cell]] = 1
    smallest, largest = (_solution(sign * objective, system) for sign in (1, -1))
    return dict(zip(system.places, smallest, strict=True)), dict(zip(system.places, largest, strict=True))


def _solution(objective: Floats, system: System) -> list[int]:
    """The whole numbers from 0 up that solve the equations with the smallest objective.

    Raises:
        RuntimeError: if the solver gives none: the true counts are always a solution, so it has failed.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    found = milp(
        objective,
        integrality=np.ones(len(objective)),
        bounds=Bounds(0, _CAP),
        constraints=LinearConstraint(system.matrix, system.known, system.known),
    )
    if not found.success:
        raise RuntimeError(f"the audit could not be computed, so nothing may be published on it: {found.message}")
    return [round(float(value)) for value in found.x]
