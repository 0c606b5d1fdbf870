"""The additive tables that a choice variable is published in: groups, categories, bases, and editions within each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cityfolio.model.edition import ALL, Group
from cityfolio.tabulate.disclosure.tables import AdditiveTables, Cell, Relation
from cityfolio.tabulate.moves import mask_of

if TYPE_CHECKING:
    from cityfolio.model.edition import Edition
    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.disclosure.rules import DisclosureRule
    from cityfolio.tabulate.groups import GroupPatterns

__all__ = ["OWN_WORDS_CELL", "base_cell", "sensitive_cells", "variable_tables"]

OWN_WORDS_CELL = "=own_words"
_BASE, _REST, _ONLY_WORDS, _BESIDE, _NO_GROUP = "=base", "=rest", "=only_words", "=words_beside", "=none"
_UNITS, _MISSING = "=units", "=missing"
"""Names that no category and no kind can have: what is counted beside categories, and who is in no group."""


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
    building.add_group_relations()
    building.add_nested()
    building.name_once()
    # Who took part is public: it is the list of profile pages, and every fact says who was left out.
    known = frozenset(cell for cell in building.counts if cell.category == _UNITS) - building.unpublished
    # Readers need bases and the figures of all units most, so they are withheld last.
    costly = frozenset(c for c in building.counts if c.category.startswith(_BASE) or c.group == ALL)
    unpublished = frozenset(building.unpublished)
    return AdditiveTables(building.counts, tuple(building.relations), unpublished, known, costly)


def sensitive_cells(tables: AdditiveTables, rule: DisclosureRule) -> frozenset[Cell]:
    """The counts that the rule hides, whether published or only to be worked out from what is.

    Zeros are not among them, since the questionnaire alone can make a zero certain; where a base is hidden, its zero shares are
    not released either.
    """
    found = set()
    small_bases = set()
    for cell, count in tables.counts.items():
        if cell.category in (_UNITS, _MISSING):
            continue
        if cell.category.startswith(_BASE):
            if rule.hides_base(count):
                small_bases.add((cell.edition, cell.group))
                found.add(cell)
        elif 0 < count < (rule.minimum_rest if cell.category.startswith(_REST) else rule.minimum_numerator):
            found.add(cell)
    for relation in tables.relations:
        if relation.total in found and (relation.total.edition, relation.total.group) in small_bases:
            answers = {part for part in relation.parts if _is_in_base(relation.total, part)}
            found |= {part for part in answers if tables.counts[part]}
    return frozenset(found)


def _is_in_base(base: Cell, part: Cell) -> bool:
    """Whether the part is an answer within that base: then a base too small hides it."""
    within = (part.edition, part.group) == (base.edition, base.group)
    return within and base.category.startswith(_BASE) and not part.category.startswith(_BASE)


def _with_remainders(patterns: GroupPatterns) -> GroupPatterns:
    """The groups, and for each kind the units that belong to no group of it, if there are any.

    An empty remainder is left out: everybody knows that each city has a continent, and the audit must know it too.
    """
    kinds = {group.kind for group in patterns if group != ALL}
    found: GroupPatterns = dict(patterns)
    for kind in sorted(kinds):
        left = {wave: dict(counts) for wave, counts in patterns[ALL].items()}
        for group, by_wave in patterns.items():
            if group.kind == kind:
                for wave, counts in by_wave.items():
                    for pattern, number in counts.items():
                        left[wave][pattern] -= number
        if any(number for counts in left.values() for number in counts.values()):
            found[Group(f"{kind}{_NO_GROUP}")] = left
    return found


@dataclass
class _Building:
    """Counts and relations as they are collected; the only thing here that changes, and it does not leave the module."""

    variable: Variable
    waves: tuple[str, ...]
    counts: dict[Cell, int] = field(default_factory=dict)
    relations: dict[Relation, None] = field(default_factory=dict)
    unpublished: set[Cell] = field(default_factory=set)
    atoms: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def add(self, edition: Edition, group: Group, by_wave: Mapping[str, Mapping[int, int]]) -> None:
        """The cells of one group in one edition, as sums over its waves, and their relations."""
        for code, bit, offering in self._counted():
            offered = [wave for wave in offering if wave in edition.waves]
            if offered:
                patterns = {wave: by_wave.get(wave, {}) for wave in offered}
                self._add_category(edition, group, (code, bit), patterns)
        for wave in edition.waves:
            if wave in self.variable.waves:
                self._add_wave(self._atom(edition, wave), wave, group, by_wave.get(wave, {}))

    def _counted(self) -> list[tuple[str, int, tuple[str, ...]]]:
        """What is counted: categories, and own words where there are any; each with its bits and the waves that offered it."""
        variable = self.variable
        found = [(c.code, mask_of(variable, [c.code]), c.waves) for c in variable.categories]
        return found + ([(OWN_WORDS_CELL, variable.own_words_bit, variable.waves)] if variable.own_words else [])

    def _add_category(
        self, edition: Edition, group: Group, counted: tuple[str, int], patterns: Mapping[str, Mapping[int, int]]
    ) -> None:
        code, bit = counted
        chosen = Cell(edition.id, self.variable.id, code, group)
        base = base_cell(edition.id, self.variable.id, patterns, group)
        rest = Cell(edition.id, self.variable.id, f"{_REST}:{code}", group)
        number = sum(_choosing(counts, bit) for counts in patterns.values())
        whole = sum(_answering(counts) for counts in patterns.values())
        self._count(chosen, number)
        self._count(base, whole)
        if self._has_choice(patterns):
            self._count(rest, whole - number, unpublished=True)
        self.relations[Relation(base, (chosen, rest) if rest in self.counts else (chosen,))] = None
        for total, name in ((chosen, code), (base, _BASE)):
            parts = tuple(Cell(self._atom(edition, wave), self.variable.id, name, group) for wave in patterns)
            self.relations[Relation(total, parts)] = None

    def _has_choice(self, waves: Iterable[str]) -> bool:
        """Whether one could answer without the category: who answers a question with one choice has chosen it."""
        return not self.variable.kind.takes_one or any(
            sum(wave in offering for _, _, offering in self._counted()) > 1 for wave in waves
        )

    def _add_wave(self, atom: str, wave: str, group: Group, patterns: Mapping[int, int]) -> None:
        """What the units of one wave that answered in no later wave of an edition said."""
        base = Cell(atom, self.variable.id, _BASE, group)
        units, missing = (Cell(atom, self.variable.id, name, group) for name in (_UNITS, _MISSING))
        self._count(base, _answering(patterns), unpublished=True)
        self._count(units, sum(patterns.values()))
        self._count(missing, self.counts[units] - self.counts[base], unpublished=True)
        self.relations[Relation(units, (base, missing))] = None
        parts = {}
        for code, bit, offering in self._counted():
            if wave in offering:
                parts[code] = Cell(atom, self.variable.id, code, group)
                self._count(parts[code], _choosing(patterns, bit), unpublished=True)
        if self.variable.kind.takes_one:
            self._add_partition(base, parts)

    def _add_partition(self, base: Cell, parts: Mapping[str, Cell]) -> None:
        """The answers to a single choice: one category each, or own words alone."""
        categories = [cell for code, cell in parts.items() if code != OWN_WORDS_CELL]
        alone = self.counts[base] - sum(self.counts[cell] for cell in categories)
        if OWN_WORDS_CELL not in parts:
            self.relations[Relation(base, tuple(categories))] = None
            return
        words = parts[OWN_WORDS_CELL]
        only, beside = (Cell(base.edition, base.variable, name, base.group) for name in (_ONLY_WORDS, _BESIDE))
        self._count(only, alone, unpublished=True)
        self._count(beside, self.counts[words] - alone, unpublished=True)
        self.relations[Relation(base, (*categories, only))] = None
        self.relations[Relation(words, (only, beside))] = None

    def add_group_relations(self) -> None:
        """For every count among all units: the sum over the groups of each kind."""
        alike: dict[tuple[str, str], dict[str, list[Cell]]] = {}
        for cell in self.counts:
            kind = cell.group.kind.removesuffix(_NO_GROUP)
            alike.setdefault((cell.edition, cell.category), {}).setdefault(kind, []).append(cell)
        for by_kind in alike.values():
            for total in by_kind.pop(ALL.kind, []):
                for parts in by_kind.values():
                    self.relations[Relation(total, tuple(parts))] = None

    def add_nested(self) -> None:
        """For units of one wave in two editions: all of them are those not seen later, and those seen again."""
        for wide, (wave, fewer) in sorted(self.atoms.items()):
            for narrow, (same_wave, more) in sorted(self.atoms.items()):
                if wave == same_wave and fewer < more:
                    for cell in [cell for cell in self.counts if cell.edition == wide]:
                        self._nest(cell, narrow)

    def name_once(self) -> None:
        """Gives what is the same one name: in an edition of one wave, what is counted in the wave is that of the edition.

        Otherwise one small count would look like two, and each would take further cells with it.
        """
        names: dict[Cell, Cell] = {}
        for relation in self.relations:
            total = relation.total
            if len(relation.parts) == 1 and total.edition not in self.atoms:
                names.update(
                    {part: total for part in relation.parts if part.edition in self.atoms and part not in names}
                )
        renamed = (
            Relation(names.get(r.total, r.total), tuple(names.get(part, part) for part in r.parts))
            for r in self.relations
        )
        self.relations = dict.fromkeys(r for r in renamed if r.parts != (r.total,))
        self.counts = {cell: count for cell, count in self.counts.items() if cell not in names}
        self.unpublished -= names.keys()

    def _nest(self, cell: Cell, narrow: str) -> None:
        inner = Cell(narrow, cell.variable, cell.category, cell.group)
        again = Cell(f"{cell.edition}, not {narrow}", cell.variable, cell.category, cell.group)
        if inner not in self.counts:
            self._count(inner, 0, unpublished=True)
        self._count(again, self.counts[cell] - self.counts[inner], unpublished=True)
        self.relations[Relation(cell, (inner, again))] = None

    def _count(self, cell: Cell, number: int, *, unpublished: bool = False) -> None:
        self.counts[cell] = number
        if unpublished or cell.group.kind.endswith(_NO_GROUP):
            self.unpublished.add(cell)

    def _atom(self, edition: Edition, wave: str) -> str:
        """The name of the units of one wave that have no response in a later wave of the edition."""
        later = [w for w in self.waves[self.waves.index(wave) + 1 :] if w in edition.waves]
        name = f"={wave}" + (f" without {'+'.join(later)}" if later else "")
        self.atoms[name] = (wave, frozenset(later))
        return name


def _choosing(patterns: Mapping[int, int], bit: int) -> int:
    return sum(number for pattern, number in patterns.items() if pattern >= 0 and pattern & bit)


def _answering(patterns: Mapping[int, int]) -> int:
    return sum(number for pattern, number in patterns.items() if pattern >= 0)
