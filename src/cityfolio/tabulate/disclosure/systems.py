"""The equations that published counts put on hidden ones, one system for each set of hidden cells that hang together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from cityfolio.tabulate.disclosure.tables import AdditiveTables, Cell, Relation
    from cityfolio.tabulate.sampling.arrays import Floats

__all__ = ["System", "systems_of"]


@dataclass(frozen=True, eq=False)
class System:
    """`matrix` times the hidden counts is `known`; `places` gives the column of each hidden cell.

    One row per relation: its parts less its total, over the hidden cells, is what the published ones leave.
    """

    places: Mapping[Cell, int]
    matrix: csr_array
    known: Floats


def systems_of(tables: AdditiveTables, hidden: frozenset[Cell]) -> dict[Cell, System]:
    """The system that each hidden cell belongs to. A hidden cell that no relation names is in none.

    >>> from cityfolio.model.edition import ALL, Group
    >>> from cityfolio.tabulate.disclosure.tables import AdditiveTables, Cell, Relation
    >>> everybody = Cell("2018", "goals", "yes", ALL)
    >>> north, south = (Cell("2018", "goals", "yes", Group("region", key)) for key in ("north", "south"))
    >>> tables = AdditiveTables({everybody: 9, north: 7, south: 2}, (Relation(everybody, (north, south)),))
    >>> system = systems_of(tables, frozenset({north, south}))[south]
    >>> system.matrix.toarray().tolist(), system.known.tolist()
    ([[1.0, 1.0]], [9.0])
    """
    reduced = [
        (relation, cells)
        for relation in tables.relations
        if (cells := [cell for cell in relation.cells if cell in hidden])
    ]
    leaders = _leaders([cells for _, cells in reduced])
    together: dict[Cell, list[Relation]] = {}
    for relation, cells in reduced:
        together.setdefault(_leader(leaders, cells[0]), []).append(relation)
    found: dict[Cell, System] = {}
    for relations in together.values():
        system = _system(tables, relations, hidden)
        found.update(dict.fromkeys(system.places, system))
    return found


def _leaders(chains: Sequence[Sequence[Cell]]) -> dict[Cell, Cell]:
    """For each cell another one of its set, up to a leader that is its own."""
    leaders: dict[Cell, Cell] = {}
    for cells in chains:
        for cell in cells:
            leaders.setdefault(cell, cell)
        first = _leader(leaders, cells[0])
        for cell in cells[1:]:
            leaders[_leader(leaders, cell)] = first
    return leaders


def _leader(leaders: dict[Cell, Cell], cell: Cell) -> Cell:
    while leaders[cell] != cell:
        leaders[cell] = leaders[leaders[cell]]
        cell = leaders[cell]
    return cell


def _system(tables: AdditiveTables, relations: Sequence[Relation], hidden: frozenset[Cell]) -> System:
    from scipy.sparse import coo_array

    places: dict[Cell, int] = {}
    known = np.zeros(len(relations))
    lines, columns, signs = [], [], []
    for line, relation in enumerate(relations):
        for cell in relation.cells:
            sign = -1.0 if cell == relation.total else 1.0
            if cell in hidden:
                lines.append(line)
                columns.append(places.setdefault(cell, len(places)))
                signs.append(sign)
            else:
                known[line] -= sign * tables.counts[cell]
    matrix = coo_array((signs, (lines, columns)), shape=(len(relations), len(places)))
    return System(places, matrix.tocsr(), known)
