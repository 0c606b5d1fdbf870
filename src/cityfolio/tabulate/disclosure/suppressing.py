"""Complementary suppression: what else has to be withheld so that a small count cannot be worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.tabulate.disclosure.auditing import audit

if TYPE_CHECKING:
    from cityfolio.tabulate.disclosure.tables import AdditiveTables, Cell

__all__ = ["Suppression", "suppress"]

# Trying each cell again costs an audit of everything, which is too much where hundreds are withheld.
_FEW = 40


@dataclass(frozen=True)
class Suppression:
    """What is withheld: because it is small (`primary`), or to protect what is (`complementary`).

    `exposed` is empty unless the protection asked for cannot be had: then it holds what can be worked out all the same, and
    the release has to be coarser.
    """

    primary: frozenset[Cell]
    complementary: frozenset[Cell]
    exposed: frozenset[Cell] = frozenset()

    @property
    def cells(self) -> frozenset[Cell]:
        """All cells withheld."""
        return self.primary | self.complementary


def suppress(tables: AdditiveTables, sensitive: Iterable[Cell], protection: int = 1) -> Suppression:
    """The cells to withhold so that every sensitive one keeps at least `protection` + 1 possible counts.

    Greedy and deterministic: as long as the audit finds an exposed cell, the cheapest published cell of its relations joins it
    (costly ones last, a positive count before a zero, small before large, then by name). It ends when
    nothing is exposed, or when all that can be withheld is. Where few are withheld, those that turn out not to be needed are
    given back.

    >>> from cityfolio.model.edition import ALL, Group
    >>> from cityfolio.tabulate.disclosure.tables import AdditiveTables, Cell, Relation
    >>> everybody = Cell("2018", "goals", "yes", ALL)
    >>> parts = tuple(Cell("2018", "goals", "yes", Group("region", key)) for key in ("north", "south", "west"))
    >>> counts = {everybody: 18, **dict(zip(parts, (7, 2, 9), strict=True))}
    >>> found = suppress(AdditiveTables(counts, (Relation(everybody, parts),)), [parts[1]])
    >>> [cell.group.key for cell in sorted(found.complementary)]
    ['north']
    """
    secret = frozenset(sensitive)
    primary = secret - tables.unpublished
    withheld = set(primary)
    exposed = secret
    # What is safe stays safe when more is withheld, so only what was exposed is looked at again.
    while exposed := frozenset(audit(tables, withheld, exposed, protection).exposed):
        before = len(withheld)
        for cell in sorted(exposed):
            partner = _partner(tables, cell, tables.hidden_with(withheld))
            withheld |= {partner} if partner else set()
        if len(withheld) == before:
            break
    complementary = frozenset(withheld) - primary
    if not exposed and len(complementary) <= _FEW:
        complementary = _needed(tables, primary, complementary, secret, protection)
    return Suppression(primary, complementary, exposed)


def _needed(
    tables: AdditiveTables,
    primary: frozenset[Cell],
    complementary: frozenset[Cell],
    secret: frozenset[Cell],
    protection: int,
) -> frozenset[Cell]:
    """The complementary cells without those that nothing depends on any more, the most useful to a reader tried first."""
    kept = complementary
    for cell in sorted(complementary, key=lambda c: (c not in tables.costly, -tables.counts[c], c)):
        if audit(tables, primary | (kept - {cell}), secret, protection).passes:
            kept -= {cell}
    return kept


def _partner(tables: AdditiveTables, cell: Cell, hidden: frozenset[Cell]) -> Cell | None:
    """The cheapest cell to withhold beside an exposed one: from its own relations, or from the nearest further on."""
    reached, edge = {cell}, {cell}
    while edge:
        near = {other for one in edge for relation in tables.relations_of.get(one, ()) for other in relation.cells}
        candidates = near - hidden - tables.fixed
        if candidates:
            return min(candidates, key=lambda c: (c in tables.costly, tables.counts[c] == 0, tables.counts[c], c))
        edge = (near & hidden) - reached
        reached |= edge
    return None
