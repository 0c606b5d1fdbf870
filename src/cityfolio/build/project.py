"""The Python API to one programme: facts and tables, and what is behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cityfolio.build.comparing import Benchmark, CategoryChange, benchmark, changes, units_like
from cityfolio.build.content import edition_of
from cityfolio.build.facts import all_facts
from cityfolio.build.peer_groups import peers_of_unit
from cityfolio.build.programme import Programme, load_programme
from cityfolio.engine.plain import PlainEngine
from cityfolio.errors import WrongUse
from cityfolio.formatting import did_you_mean
from cityfolio.harmonise.availability import edition_notes
from cityfolio.harmonise.editions import answers_for, held_answers
from cityfolio.harmonise.grouping import group_labels
from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.fact import INDICATORS, Fact
from cityfolio.model.variable import Kind, Variable
from cityfolio.tabulate.behind import Behind, behind
from cityfolio.tabulate.crossings import PEERS, by_answer, crossed
from cityfolio.tabulate.disclosure.releasing import withheld_fact
from cityfolio.tabulate.facts import FactStore, edition_facts
from cityfolio.tabulate.features import may_be_compared_by
from cityfolio.tabulate.indicators import behind_indicator
from cityfolio.tabulate.shares import SHARE
from cityfolio.tabulate.table import Association, Table, TableRow
from cityfolio.tabulate.unit_facts import unit_group
from cityfolio.tabulate.weighted import association, weighted_estimates

if TYPE_CHECKING:
    from cityfolio.build.manifest import Manifest
    from cityfolio.model.answer import Response
    from cityfolio.model.correction import Correction
    from cityfolio.model.indicator import Indicator
    from cityfolio.tabulate.neighbours import Neighbour

__all__ = ["Project", "choice_named", "no_such_groups", "open_project"]


def open_project(folder: str | Path) -> Project:
    """The programme in a folder, ready to be asked.

    Raises:
        NotAProgramme: if the folder has no programme.yml.
        ProgrammeBlocked: if a finding blocks; it carries all findings.
    """
    return Project(load_programme(Path(folder)))


@dataclass(frozen=True)
class Project:
    """A loaded programme. Everything it gives is a fact, or a table of facts."""

    programme: Programme

    @cached_property
    def store(self) -> FactStore:
        """All facts: every edition, single units, published figures."""
        return all_facts(self.programme)

    def fact(self, fact_id: str) -> Fact:
        """The fact of that id.

        Raises:
            WrongUse: if there is none.
        """
        found = self._by_id.get(fact_id)
        if found is None:
            near = did_you_mean(fact_id, self._by_id)
            raise WrongUse(f'There is no fact "{fact_id}".' + (f' Did you mean "{near}"?' if near else ""))
        return found

    def behind(self, fact: Fact) -> Behind | None:
        """The units behind a share or behind what an indicator comes to, or None where a fact has no single units."""
        indicator = self.indicator(fact)
        if indicator is not None:
            counted = self.programme.manifest.editions[fact.key.edition]
            return behind_indicator(fact, indicator, counted, self.programme.answers.public)
        variable = self.programme.answers.variables.get(fact.key.variable)
        edition = self.programme.manifest.editions.get(fact.key.edition)
        is_counted = fact.key.measure in (SHARE, "own_words") and fact.key.source == "responses"
        if variable is None or edition is None or not is_counted or variable.confidential or fact.withheld:
            return None
        return behind(fact, edition, answers_for(self.programme.answers, edition, variable), self.programme.groups)

    def corrections(self, fact: Fact) -> tuple[Correction, ...]:
        """The corrections of answers that the fact is made from; none where single answers are not shown."""
        programme, key = self.programme, fact.key
        edition, variable = programme.manifest.editions.get(key.edition), programme.answers.variables.get(key.variable)
        if edition is None or variable is None or variable.personal:
            return ()
        held = held_answers(programme.answers, edition, variable.id)
        return tuple(
            one
            for one in programme.answers.public.corrections
            if one.variable == variable.id
            and one.unit in held
            and one.wave == held[one.unit].wave
            and key.group in (ALL, unit_group(one.unit), *programme.groups[one.unit, one.wave])
        )

    def indicator(self, fact: Fact) -> Indicator | None:
        """The external indicator that a fact describes, if it is about one."""
        return self.programme.acting.indicators.get(fact.key.variable) if fact.key.source == INDICATORS else None

    def tabulate(
        self,
        variable: str,
        *,
        by: str | None = None,
        edition: str | None = None,
        weights: str | None = None,
        test: bool = False,
    ) -> Table:
        """The shares of a choice variable's categories: among all units, or by a kind of group or a single choice.

        `by` may also be `peers`, the saved peer groups, or several names with commas between them: their crossing.

        `weights` names a number variable or a column of units.csv; the units are then taken as a sample with these
        weights. `test` asks whether the answers go together with the groups, which means something for samples only.

        Raises:
            WrongUse: if a name is not known, or the variable is no choice.
        """
        wanted = self._choice(variable)
        chosen = edition_of(self.programme, edition)
        groups, labels = self._groups(by)
        by = next(iter(labels)).kind if by else None
        facts = [self._shown(wanted, fact) for fact in self._facts(wanted, chosen, by, groups)]
        responses = self._responses(chosen, wanted)
        estimates = {}
        found: Association | None = None
        if weights is not None:
            numbers = [self._weight(weights, response) for response in responses]
            estimates = weighted_estimates(wanted, responses, numbers, groups)
            found = association(wanted, responses, numbers, groups) if test and by else None
        elif test:
            found = Association.of_a_list()
        rows = [
            TableRow(
                fact=fact,
                group=labels.get(fact.key.group, fact.key.group.id),
                category=wanted.by_code[fact.key.category].label,
                estimate=None if fact.withheld else estimates.get((fact.key.group, fact.key.category)),
            )
            for fact in facts
        ]
        return Table(wanted.id, wanted.label, chosen.title, tuple(rows), tuple(edition_notes(wanted, chosen)), found)

    def changes(self, variable: str, earlier: str | None = None, later: str | None = None) -> list[CategoryChange]:
        """The change of each category between two waves (the first and the last that asked, unless named).

        Each is split into what units changed and what who took part changed, or refused with the reason.

        Raises:
            WrongUse: if a name is not known, fewer than two waves asked the question, or small counts of it are withheld: who
                started and stopped would tell them.
        """
        wanted = self._choice(variable)
        if wanted.confidential and self.programme.manifest.disclosure.is_active:
            message = f'Small counts of "{variable}" are withheld, and a change on the matched panel would tell them.'
            raise WrongUse(f"{message} Its shares in each wave are in the tables.")
        first, last = earlier or wanted.waves[0], later or wanted.waves[-1]
        for wave in (first, last):
            if wave not in wanted.waves:
                raise WrongUse(f'"{variable}" was not asked in "{wave}". It was asked in: {", ".join(wanted.waves)}.')
        order = self.programme.manifest.waves
        if order.index(first) >= order.index(last):
            raise WrongUse(f'"{variable}" needs an earlier and a later wave to compare, not {first} and {last}.')
        return changes(self.programme, wanted, first, last)

    def benchmark(
        self, unit: str, variable: str, *, edition: str | None = None, threshold: float = 0.0, same: str = ""
    ) -> Benchmark | None:
        """A unit's number among those of the others: position, median, and whether it is similar within the threshold.

        `same` names a column of units.csv: units with another value there are no peers. None where there is no number.

        Raises:
            WrongUse: if the unit is not known, the variable is no number, or its single answers are not shown.
        """
        self._unit(unit)
        found = self.programme.answers.variables.get(variable)
        if found is None or found.kind is not Kind.NUMBER:
            raise WrongUse(f'There is no number variable "{variable}".')
        self._check_shown(found)
        return benchmark(
            self.programme, unit, found, edition_of(self.programme, edition), Fraction(repr(threshold)), same
        )

    def units_like(
        self, unit: str, variables: Sequence[str], *, edition: str | None = None, number: int = 5, same: str = ""
    ) -> list[Neighbour]:
        """The units nearest to one in these choice and number variables, with the reasons; stable between runs.

        Raises:
            WrongUse: if the unit or a variable is not known, or single answers to one are not shown.
        """
        self._unit(unit)
        known = self.programme.answers.variables
        unknown = [name for name in variables if name not in known or known[name].kind is Kind.TEXT]
        if unknown:
            raise WrongUse(f'"{unknown[0]}" is no choice or number variable to compare by.')
        for name in variables:
            self._check_shown(known[name])
        return units_like(self.programme, unit, variables, edition_of(self.programme, edition), number, same)

    def _check_shown(self, variable: Variable) -> None:
        """Refuse what would tell single answers that are not shown."""
        if not may_be_compared_by(variable):
            why = "names persons" if variable.personal else "is answered in confidence"
            raise WrongUse(f'"{variable.id}" {why}: to set one unit against others by it would tell its answer.')

    def _unit(self, unit: str) -> None:
        if unit not in self.programme.answers.units:
            near = did_you_mean(unit, self.programme.answers.units)
            raise WrongUse(f'There is no unit "{unit}".' + (f' Did you mean "{near}"?' if near else ""))

    @cached_property
    def _by_id(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self.store}

    def _choice(self, name: str) -> Variable:
        return choice_named(self.programme.answers.variables, name)

    def _groups(self, by: str | None) -> tuple[dict[tuple[str, str], tuple[Group, ...]], dict[Group, str]]:
        """The groups of each response, by unit and wave, and their labels."""
        programme = self.programme
        if by is None:
            return dict.fromkeys(programme.groups, ()), {ALL: ALL.id}
        if by == PEERS and programme.peer_groups:
            peers = programme.peer_groups
            of_units = {(unit, wave): peers_of_unit(peers, unit) for unit, wave in programme.groups}
            return of_units, {peer.group: peer.title for peer in peers}
        if "," in by:
            return self._crossed([kind.strip() for kind in by.split(",")])
        if by in {rule.kind for rule in programme.manifest.rules}:
            held = {key: tuple(g for g in groups if g.kind == by) for key, groups in programme.groups.items()}
            labels = group_labels(programme.manifest.rules, programme.answers.units)
            return held, {group: label for group, label in labels.items() if group.kind == by}
        variable = programme.answers.variables.get(by)
        if variable is None or not variable.kind.takes_one:
            raise no_such_groups(by, programme.manifest, programme.answers.variables)
        if variable.confidential and programme.manifest.disclosure.is_active:
            raise WrongUse(f'Small counts of "{by}" are withheld, and tables by its answers would tell them.')
        labels = {Group(by, category.code): category.label for category in variable.categories}
        return by_answer(programme.answers, {}, [variable]), labels

    def _crossed(self, kinds: Sequence[str]) -> tuple[dict[tuple[str, str], tuple[Group, ...]], dict[Group, str]]:
        """The crossings of several kinds, or single choices; who is in no group of one of them is in no crossing."""
        sides = [self._groups(kind) for kind in kinds]
        labels: dict[Group, str] = {}
        held: dict[tuple[str, str], tuple[Group, ...]] = {}
        for key in self.programme.groups:
            found = [group for groups, _ in sides for group in groups[key]]
            if len({group.kind for group in found}) < len(sides) or len(found) > len(sides):
                held[key] = ()
                continue
            named = [names.get(group, group.key) for group, (_, names) in zip(found, sides, strict=True)]
            group = crossed(found)
            held[key] = (group,)
            labels[group] = " × ".join(named)
        if not labels:
            raise WrongUse(f"No unit is in a group of each of {', '.join(kinds)}, so they cannot be crossed.")
        return held, labels

    def _shown(self, variable: Variable, fact: Fact) -> Fact:
        """The fact as it may be shown: of answers given in confidence, as in the release, or withheld where it is small."""
        rule = self.programme.manifest.disclosure
        if not variable.confidential or not rule.is_active:
            return fact
        base = fact.base.counted if fact.base is not None else 0
        reason = rule.reason(fact.numerator or 0, base)
        return self.store.facts.get(fact.key) or (withheld_fact(fact, reason) if reason else fact)

    def _facts(
        self, variable: Variable, edition: Edition, by: str | None, groups: Mapping[tuple[str, str], tuple[Group, ...]]
    ) -> list[Fact]:
        if by == PEERS:
            held = (f for f in self.store if f.key.edition == edition.id and f.key.variable == variable.id)
            return sorted(
                (f for f in held if f.key.group.kind == PEERS and f.key.measure == SHARE), key=lambda f: f.key.group
            )
        engine = PlainEngine(answers_for(self.programme.answers, edition, variable), groups)
        facts = edition_facts(engine, edition, {variable.id: variable}, [by] if by else [])
        shares = [fact for fact in facts if fact.key.measure == SHARE]
        return sorted((f for f in shares if (f.key.group == ALL) == (by is None)), key=lambda f: f.key.group)

    def _responses(self, edition: Edition, variable: Variable) -> list[Response]:
        answers = answers_for(self.programme.answers, edition, variable)
        held = (answers.latest(unit, edition.waves) for unit in answers.by_unit)
        return [response for response in held if response is not None]

    def _weight(self, name: str, response: Response) -> float | None:
        answers = self.programme.answers
        variable = answers.variables.get(name)
        if variable is not None and variable.kind is Kind.NUMBER:
            return self.programme.answers.by_unit[response.unit][response.wave].answers[name].number
        cell = answers.units[response.unit].attribute(name)
        if not cell and not any(unit.attribute(name) for unit in answers.units.values()):
            raise WrongUse(f'"{name}" is no number variable and no column of units.csv to weigh by.')
        try:
            return float(cell) if cell else None
        except ValueError as error:
            raise WrongUse(f'The weight "{cell}" of {response.unit} is no number.') from error


def choice_named(variables: Mapping[str, Variable], name: str) -> Variable:
    """The choice variable of that name.

    Raises:
        WrongUse: if there is none.
    """
    choices = [variable.id for variable in variables.values() if variable.kind.is_choice]
    if name not in choices:
        near = did_you_mean(name, choices)
        raise WrongUse(f'There is no choice variable "{name}".' + (f' Did you mean "{near}"?' if near else ""))
    return variables[name]


def no_such_groups(name: str, manifest: Manifest, variables: Mapping[str, Variable]) -> WrongUse:
    """That nothing of that name makes groups, and what does."""
    known = [rule.kind for rule in manifest.rules]
    known += [v.id for v in variables.values() if v.kind.takes_one]
    return WrongUse(f'"{name}" is no kind of group and no single choice. There are: {", ".join(known)}.')
