"""The audit across releases: what the tables of several releases of one question, taken together, give away.

A release cannot be taken back, so what was published once is known for ever. Tables of a later one add equations about
partly the same responses: where one city was added, two tables differ by its answer. All releases are one crowd here. A response
that is the same in several releases is one; one that was changed, or changed its groups, is taken as another, whose change
a reader is supposed to know of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from cityfolio.harmonise.editions import Held
from cityfolio.model.edition import Edition
from cityfolio.tabulate.disclosure.crowd import Column, Crowd, crowd_of
from cityfolio.tabulate.disclosure.exchanges import Exchange, ranges
from cityfolio.tabulate.disclosure.items import NUMBER, Item, items_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.optimize import LinearConstraint

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
    """An answer (`""` of a number), and how many small counts of it were found that follow now and did not before."""

    answer: str
    number: int


def exposed_across(
    variable: Variable, earlier: Sequence[Tables], later: Tables, rule: DisclosureRule, most: int = 1
) -> list[Exposed]:
    """The small counts that the later release gives away together with the earlier ones, and that these alone do not.

    Of each answer `most` of them are looked for: one is too many, and to look takes time.

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
    systems: dict[tuple[bytes, ...], _System] = {}
    for item in items:
        if not variable.kind.takes_one:
            systems.clear()
        targets = _targets(variable, crowd, item, rule)
        audit = _Audit(variable, crowd, items, item, rule, systems)
        before = {answer: mask & old for answer, mask in shown.items()}
        exposed = (
            target
            for target in audit.open_to_all(targets, shown)
            if audit.gives_away(target, shown) and not audit.gives_away(target, before)
        )
        number = sum(1 for _ in islice(exposed, most))
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
    systems: dict[tuple[bytes, ...], _System]

    def open_to_all(self, targets: Bools, shown: Mapping[str, Bools]) -> Bools:
        """The targets whose count no exchange hides."""
        return np.asarray(targets[self._exchanges(targets, shown) < 1], dtype=np.bool_)

    def gives_away(self, target: Bools, shown: Mapping[str, Bools]) -> bool:
        """Whether the count of the target can only be the true one."""
        if not len(self.open_to_all(target[None, :], shown)):
            return False
        # Numbers have no whole counts to be audited; of answers the exact audit is asked where no exchange hides them.
        return self.item.answer == NUMBER or self._possible(target, shown) < 1

    def _exchanges(self, targets: Bools, shown: Mapping[str, Bools]) -> Counts:
        # Of a question with one answer every count tells something about all answers.
        alone = not self.variable.kind.takes_one
        mask = shown[self.item.answer] if alone else np.logical_or.reduce(list(shown.values()))
        waves = sorted(set(self.crowd.waves))
        kinds = np.array([0 if alone else waves.index(wave) for wave in self.crowd.waves], dtype=np.int64)
        ones = np.ones(len(self.crowd.columns), dtype=np.float64)
        enough = self.rule.minimum_base if self.item.answer == NUMBER else 0
        exchange = Exchange(self.crowd.member, self.item.chosen, self.item.answered, ones, kinds, enough)
        return ranges(exchange, mask, targets)

    def _possible(self, target: Bools, shown: Mapping[str, Bools]) -> int:
        """How many further counts are possible: all answers of a question with one are looked at together."""
        joint = self.variable.kind.takes_one and self.item.answer in self.variable.by_code
        parts = [item for item in self.items if item.answer in self.variable.by_code] if joint else [self.item]
        told = tuple(shown[part.answer].tobytes() for part in parts)
        if told not in self.systems:
            self.systems[told] = _system(self.crowd, parts, shown, exhaustive=not self.variable.own_words)
        aim = np.zeros((len(parts), len(target)), dtype=np.float64)
        aim[parts.index(self.item)] = target
        return self.systems[told].width(aim.ravel())


@dataclass(frozen=True, eq=False)
class _System:
    """Everything told as equations about how many of each class gave each answer, and the most that can have."""

    equations: Sequence[LinearConstraint]
    most: NDArray[np.float64]

    def width(self, aim: NDArray[np.float64]) -> int:
        """How far the largest possible count is from the smallest.

        Raises:
            RuntimeError: if the solver gives none: the true counts are always a solution, so it has failed.
        """
        from scipy.optimize import Bounds, milp

        ends = []
        for sign in (1, -1):
            found = milp(
                sign * aim,
                integrality=np.ones(len(self.most)),
                bounds=Bounds(0, self.most),
                constraints=self.equations,
            )
            if not found.success:
                raise RuntimeError(f"the audit across releases could not be computed: {found.message}")
            ends.append(round(float(found.fun)))
        return -ends[1] - ends[0]


def _system(crowd: Crowd, parts: Sequence[Item], shown: Mapping[str, Bools], *, exhaustive: bool) -> _System:
    """The equations of the counts that are shown. Of several `parts` a response is one; with `exhaustive` one of them."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import block_diag, csr_array, eye_array, hstack

    blocks, known = [], []
    for part in parts:
        asked = np.isin(crowd.waves, part.waves)
        members = (crowd.member[:, shown[part.answer]] & asked[:, None]).T
        blocks.append(csr_array(members, dtype=np.float64))
        known.append(members @ part.chosen)
    told = np.concatenate(known)
    equations = [LinearConstraint(block_diag(blocks, format="csr"), told, told)]
    if len(parts) > 1:
        answered = np.max([part.answered for part in parts], axis=0)
        together = hstack([eye_array(len(answered))] * len(parts), format="csr")
        equations.append(LinearConstraint(together, answered if exhaustive else 0, answered))
    return _System(equations, np.concatenate([part.answered for part in parts]).astype(np.float64))
