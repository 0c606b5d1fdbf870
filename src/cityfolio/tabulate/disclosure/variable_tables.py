"""The additive tables that a choice variable is published in: groups, categories, bases, and editions within each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cityfolio.model.edition import ALL, Group
from cityfolio.model.variable import Kind
from cityfolio.tabulate.disclosure.tables import AdditiveTables, Cell, Relation

if TYPE_CHECKING:
    from cityfolio.model.edition import Edition
    from cityfolio.model.variable import Category, Variable
    from cityfolio.tabulate.disclosure.rules import DisclosureRule
    from cityfolio.tabulate.groups import GroupPatterns

__all__ = ["OWN_WORDS_CELL", "base_cell", "sensitive_cells", "variable_tables"]

OWN_WORDS_CELL = "=own_words"
_BASE, _REST, _ELSE = "=base", "=rest", "=else"
"""Names that no category can have: what is counted beside categories."""


def base_cell(edition: str, variable: str, waves: Iterable[str], group: Group) -> Cell:
    """The base of the categories that these waves offered."""
    return Cell(edition, variable, f"{_BASE}@{'+'.join(waves)}", group)


def variable_tables(
    variable: Variable, editions: Mapping[Edition, GroupPatterns], waves: tuple[str, ...]
) -> AdditiveTables:
    """All counts of a choice variable in the editions published, with everything that adds up.

    Groups of one kind add up to all units (with those in no group, which are not published), chosen and not chosen to the
    base, categories of a single choice to the base of each wave, waves to editions, and one edition to another as far as they
    share units: the pooled count less that of the later wave is the count of the units that answered earlier only.
    `waves` are all waves in order.
    """
    building = _Building(variable, waves)
    for edition, patterns in editions.items():
        for group, by_wave in _with_remainders(patterns).items():
            building.add(edition, group, by_wave)
        building.add_group_relations(edition.id, patterns)
    building.add_nested()
    return AdditiveTables(building.counts, tuple(building.relations), frozenset(building.unpublished))


def sensitive_cells(tables: AdditiveTables, rule: DisclosureRule) -> frozenset[Cell]:
    """The counts that the rule hides, published or only to be worked out: choices, those who did not choose, bases."""
    found = set()
    for relation in tables.relations:
        if relation.total.category.startswith(_BASE) and any(_is_rest(part) for part in relation.parts):
            chosen, rest = relation.parts
            base = tables.counts[relation.total]
            if rule.hides_base(base):
                found |= set(relation.cells)
            if 0 < tables.counts[chosen] < rule.minimum_numerator:
                found.add(chosen)
            if 0 < tables.counts[rest] < rule.minimum_rest:
                found |= {rest}
    return frozenset(found)


def _is_rest(cell: Cell) -> bool:
    return cell.category.startswith(_REST)


def _with_remainders(patterns: GroupPatterns) -> GroupPatterns:
    """The groups, and for each kind those that belong to no group of it, under the key ""."""
    kinds = {group.kind for group in patterns if group != ALL}
    found: GroupPatterns = dict(patterns)
    for kind in sorted(kinds):
        left = {wave: dict(counts) for wave, counts in patterns[ALL].items()}
        for group, by_wave in patterns.items():
            if group.kind == kind:
                for wave, counts in by_wave.items():
                    for pattern, number in counts.items():
                        left[wave][pattern] -= number
        found[Group(f"{kind}=none")] = left
    return found


@dataclass
class _Building:
    """Counts and relations as they are collected; the only thing here that changes, and it does not leave the module."""

    variable: Variable
    waves: tuple[str, ...]
    counts: dict[Cell, int] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    unpublished: set[Cell] = field(default_factory=set)
    atoms: dict[tuple[str, frozenset[str]], set[tuple[str, Group]]] = field(default_factory=dict)

    def add(self, edition: Edition, group: Group, by_wave: Mapping[str, Mapping[int, int]]) -> None:
        """The cells of one group in one edition, as sums over its waves, and their relations."""
        seen: set[str] = set()
        for category in self.variable.categories:
            offered = [wave for wave in category.waves if wave in edition.waves]
            if offered:
                self._add_category(edition, group, category, offered, by_wave)
        if self.variable.own_words:
            bit = self.variable.own_words_bit
            number = sum(_choosing(by_wave.get(w, {}), bit) for w in edition.waves if w in self.variable.waves)
            self._count(Cell(edition.id, self.variable.id, OWN_WORDS_CELL, group), number, group)
        for wave in edition.waves:
            if wave in self.variable.waves and wave not in seen:
                self._add_wave(edition, wave, group, by_wave.get(wave, {}))

    def _add_category(
        self,
        edition: Edition,
        group: Group,
        category: Category,
        offered: list[str],
        by_wave: Mapping[str, Mapping[int, int]],
    ) -> None:
        bit = self.variable.bits[category.code]
        chosen = Cell(edition.id, self.variable.id, category.code, group)
        base = base_cell(edition.id, self.variable.id, offered, group)
        rest = Cell(edition.id, self.variable.id, f"{_REST}:{category.code}", group)
        number = sum(_choosing(by_wave.get(wave, {}), bit) for wave in offered)
        whole = sum(_answering(by_wave.get(wave, {})) for wave in offered)
        self._count(chosen, number, group)
        self._count(base, whole, group)
        self._count(rest, whole - number, group, unpublished=True)
        self.relations.append(Relation(base, (chosen, rest)))
        for total, name in ((chosen, category.code), (base, _BASE)):
            parts = tuple(Cell(self._atom(edition, wave), self.variable.id, name, group) for wave in offered)
            relation = Relation(total, parts)
            if relation not in self.relations:
                self.relations.append(relation)

    def _add_wave(self, edition: Edition, wave: str, group: Group, patterns: Mapping[int, int]) -> None:
        """The atoms of one wave: what its units that answered in no later wave of the edition said."""
        atom = self._atom(edition, wave)
        later = frozenset(self._later(edition, wave))
        offered = [c for c in self.variable.categories if wave in c.waves]
        codes = [c.code for c in offered]
        base = Cell(atom, self.variable.id, _BASE, group)
        self._count(base, _answering(patterns), group, unpublished=True)
        parts = []
        for code in codes:
            parts.append(Cell(atom, self.variable.id, code, group))
            self._count(parts[-1], _choosing(patterns, self.variable.bits[code]), group, unpublished=True)
        if self.variable.kind is Kind.SINGLE and (atom, group) not in self.atoms.get((wave, later), set()):
            other = Cell(atom, self.variable.id, _ELSE, group)
            number = self.counts[base] - sum(self.counts[part] for part in parts)
            self._count(other, number, group, unpublished=True)
            self.relations.append(Relation(base, (*parts, other)))
        self.atoms.setdefault((wave, later), set()).add((atom, group))

    def add_group_relations(self, edition: str, patterns: GroupPatterns) -> None:
        """For every count among all units: the sum over the groups of each kind."""
        kinds = sorted({group.kind for group in patterns if group != ALL})
        everywhere = [cell for cell in self.counts if cell.group == ALL and cell.edition == edition]
        for kind in kinds:
            groups = [group for group in patterns if group.kind == kind] + [Group(f"{kind}=none")]
            for total in everywhere:
                parts = tuple(Cell(total.edition, total.variable, total.category, group) for group in groups)
                self.relations.append(Relation(total, parts))

    def add_nested(self) -> None:
        """For units of one wave in two editions: all of them are those not seen later, and those seen again."""
        for (wave, fewer), places in sorted(self.atoms.items(), key=lambda item: (item[0][0], sorted(item[0][1]))):
            for (other_wave, more), others in self.atoms.items():
                if wave != other_wave or not fewer < more:
                    continue
                wide, narrow = next(iter(places))[0], next(iter(others))[0]
                for cell in [c for c in self.counts if c.edition == wide]:
                    inner = Cell(narrow, cell.variable, cell.category, cell.group)
                    if inner in self.counts:
                        again = Cell(f"{wide}<{narrow}", cell.variable, cell.category, cell.group)
                        self._count(again, self.counts[cell] - self.counts[inner], cell.group, unpublished=True)
                        self.relations.append(Relation(cell, (inner, again)))

    def _count(self, cell: Cell, number: int, group: Group, *, unpublished: bool = False) -> None:
        self.counts[cell] = number
        if unpublished or group.kind.endswith("=none"):
            self.unpublished.add(cell)

    def _later(self, edition: Edition, wave: str) -> list[str]:
        return [w for w in self.waves[self.waves.index(wave) + 1 :] if w in edition.waves]

    def _atom(self, edition: Edition, wave: str) -> str:
        """The name of the units of one wave that have no response in a later wave of the edition."""
        later = self._later(edition, wave)
        return f"={wave}" + (f"-without-{'+'.join(later)}" if later else "")


def _choosing(patterns: Mapping[int, int], bit: int) -> int:
    return sum(number for pattern, number in patterns.items() if pattern >= 0 and pattern & bit)


def _answering(patterns: Mapping[int, int]) -> int:
    return sum(number for pattern, number in patterns.items() if pattern >= 0)
