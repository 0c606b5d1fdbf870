"""The audit across releases: what the tables of several releases of one question, taken together, give away.

A release cannot be taken back, so what was published once is known for ever. Tables of a later one add equations about
partly the same responses: where one city was added, two tables differ by its answer. All releases are one crowd here. A response
that is the same in several releases is one; one that was changed, or changed its groups, is taken as another, whose change
a reader is supposed to know of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cityfolio.harmonise.editions import Held
from cityfolio.model.edition import Edition
from cityfolio.tabulate.disclosure.crowd import Column, Crowd, crowd_of
from cityfolio.tabulate.disclosure.exchanges import Exchange, ranges
from cityfolio.tabulate.disclosure.items import NUMBER, Item, items_of

if TYPE_CHECKING:
    from cityfolio.model.edition import Group
    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.disclosure.crowd import Bools, Counts
    from cityfolio.tabulate.disclosure.rules import DisclosureRule

__all__ = ["Exposed", "Tables", "exposed_across"]

_SHOWS = Callable[[str, Column], bool]


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of one release: the answers that count in its editions, their groups, and what it shows of them.

    `shows` says of an answer (`""` of a number) and a column whether the release publishes it.
    """

    name: str
    held: Mapping[Edition, Mapping[str, Held]]
    groups_of: Callable[[str, str], tuple[Group, ...]]
    shows: _SHOWS


@dataclass(frozen=True)
class Exposed:
    """An answer (`""` of a number), and how many small counts of it can be worked out that could not be before."""

    answer: str
    number: int


def exposed_across(variable: Variable, earlier: Sequence[Tables], later: Tables, rule: DisclosureRule) -> list[Exposed]:
    """The small counts that the later release gives away together with the earlier ones, and that these alone do not.

    >>> from cityfolio.model.answer import Answer
    >>> from cityfolio.model.variable import Category, Kind, Variable
    >>> from cityfolio.tabulate.disclosure.rules import DisclosureRule
    >>> risky = Variable("risky", Kind.SINGLE, "Risk", ("2020",), tuple(Category(c, c, ("2020",)) for c in ("yes", "no")))
    >>> said = {f"city{n}": Held("2020", Answer(1 if n < 5 else 2)) for n in range(11)}
    >>> everybody, before = Edition("2020", ("2020",)), {u: h for u, h in said.items() if u != "city0"}
    >>> first, second = (Tables(n, {everybody: h}, lambda u, w: (), lambda a, c: True) for n, h in (("1", before), ("2", said)))
    >>> exposed_across(risky, [first], second, DisclosureRule(minimum_numerator=3))
    [Exposed(answer='yes', number=1)]
    """
    if not rule.is_active or not earlier:
        return []
    crowd = _together([*earlier, later])
    if not crowd.columns:
        return []
    names = {tables.name: tables for tables in (*earlier, later)}
    items = items_of(variable, crowd)
    shown = {item.answer: _published(crowd, names, item.answer) for item in items}
    old = np.array([not column.edition.startswith(f"{later.name}/") for column in crowd.columns], dtype=np.bool_)
    found = []
    for item in items:
        targets = _targets(variable, crowd, item, rule)
        audit = _Audit(variable, crowd, items, item, rule)
        now = [target for target in targets if audit.gives_away(target, shown)]
        before = {answer: mask & old for answer, mask in shown.items()}
        number = sum(not audit.gives_away(target, before) for target in now)
        found += [Exposed(item.answer, number)] if number else []
    return found


def _together(releases: Iterable[Tables]) -> Crowd:
    """One crowd of all releases: their editions under the name of the release, and equal responses as one."""
    known: dict[tuple[str, str], list[tuple[tuple[int, float | None], tuple[Group, ...]]]] = {}
    groups: dict[tuple[str, str], tuple[Group, ...]] = {}
    editions: dict[Edition, dict[str, Held]] = {}
    for tables in releases:
        for edition, held in tables.held.items():
            fresh = editions.setdefault(Edition(f"{tables.name}/{edition.id}", edition.waves), {})
            for unit, one in held.items():
                said = ((one.answer.pattern, one.answer.number), tables.groups_of(unit, one.wave))
                versions = known.setdefault((unit, one.wave), [])
                if said not in versions:
                    versions.append(said)
                name = f"{unit}@{versions.index(said)}"
                groups[name, one.wave] = said[1]
                fresh[name] = one
    return crowd_of(editions, lambda unit, wave: groups[unit, wave])


def _published(crowd: Crowd, releases: Mapping[str, Tables], answer: str) -> Bools:
    def shows(column: Column) -> bool:
        release, _, edition = column.edition.partition("/")
        return releases[release].shows(answer, Column(edition, column.group))

    return np.array([shows(column) for column in crowd.columns], dtype=np.bool_)


def _targets(variable: Variable, crowd: Crowd, item: Item, rule: DisclosureRule) -> Bools:
    everything = np.vstack([crowd.member.T, crowd.parts])
    if variable.kind.is_choice:
        return np.unique(item.sensitive(rule, everything), axis=0)
    small = np.array([rule.hides_base(base) for _, base in item.counts(everything.T)], dtype=np.bool_)
    return np.unique(everything[small], axis=0)


@dataclass(frozen=True, eq=False)
class _Audit:
    """What is known of one answer where certain counts are shown."""

    variable: Variable
    crowd: Crowd
    items: Sequence[Item]
    item: Item
    rule: DisclosureRule

    def gives_away(self, target: Bools, shown: Mapping[str, Bools]) -> bool:
        """Whether the count of the target can only be the true one."""
        if self._is_hidden_by_exchange(target, shown):
            return False
        if self.item.answer == NUMBER:
            return True
        return self._possible(target, shown) < 1

    def _is_hidden_by_exchange(self, target: Bools, shown: Mapping[str, Bools]) -> bool:
        # Of a question with one answer every count tells something about all answers.
        alone = not self.variable.kind.takes_one
        mask = shown[self.item.answer] if alone else np.logical_or.reduce(list(shown.values()))
        waves = sorted(set(self.crowd.waves))
        kinds = np.array([0 if alone else waves.index(wave) for wave in self.crowd.waves], dtype=np.int64)
        ones = np.ones(len(self.crowd.columns), dtype=np.float64)
        enough = self.rule.minimum_base if self.item.answer == NUMBER else 0
        exchange = Exchange(self.crowd.member, self.item.chosen, self.item.answered, ones, kinds, enough)
        return bool(ranges(exchange, mask, target[None, :])[0] >= 1)

    def _possible(self, target: Bools, shown: Mapping[str, Bools]) -> int:
        """How many further counts are possible: all answers of a question with one are looked at together.

        Raises:
            RuntimeError: if the solver gives none: the true counts are always a solution, so it has failed.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        joint = self.variable.kind.takes_one
        parts = [item for item in self.items if item.answer in self.variable.by_code] if joint else [self.item]
        if self.item not in parts:
            parts = [self.item]
        answered = np.max([part.answered for part in parts], axis=0)
        classes = len(answered)
        rows, known = [], []
        for place, part in enumerate(parts):
            for column in np.flatnonzero(shown[part.answer]):
                member = self.crowd.member[:, column] & np.isin(self.crowd.waves, part.waves)
                rows.append(_spread(member, place, len(parts)))
                known.append(int(part.chosen[member].sum()))
        free = _rest(self.items, parts, self.variable)
        limits = [_one_class(number, classes, len(parts)) for number in range(classes)] if len(parts) > 1 else []
        constraints = [LinearConstraint(np.array(rows), known, known)] if rows else []
        if limits:
            # Where own words stand alone beside the categories, fewer may have chosen one.
            constraints.append(LinearConstraint(np.array(limits), np.zeros(classes) if free else answered, answered))
        most = np.concatenate([part.answered for part in parts]).astype(np.float64)
        aim = _spread(target, parts.index(self.item), len(parts))
        ends = []
        for sign in (1, -1):
            found = milp(sign * aim, integrality=np.ones(len(most)), bounds=Bounds(0, most), constraints=constraints)
            if not found.success:
                raise RuntimeError(f"the audit across releases could not be computed: {found.message}")
            ends.append(sign * round(float(found.fun)))
        return ends[1] - ends[0]


def _spread(member: Bools, place: int, parts: int) -> Counts:
    """A row of coefficients: those of one answer, nothing of the others."""
    row = np.zeros(parts * len(member), dtype=np.int64)
    row[place * len(member) : (place + 1) * len(member)] = member
    return row


def _one_class(number: int, classes: int, parts: int) -> Counts:
    row = np.zeros(parts * classes, dtype=np.int64)
    row[number::classes] = 1
    return row


def _rest(items: Sequence[Item], parts: Sequence[Item], variable: Variable) -> bool:
    return variable.own_words and len(items) > len(parts)
