"""Building the documents of groups from the page plan and the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from cityfolio.harmonise.grouping import group_places
from cityfolio.model.edition import ALL, Edition, Group, GroupRule
from cityfolio.model.variable import Kind
from cityfolio.narrative.composing import Speaker
from cityfolio.narrative.counting import counting_of
from cityfolio.narrative.sentence import Sentence, plain_text, text
from cityfolio.profile.charts import marks_of_waves, notes_of_waves
from cityfolio.profile.directory import headline_numbers
from cityfolio.profile.document import GroupLink
from cityfolio.profile.group_documents import (
    GroupDocument,
    GroupList,
    GroupMember,
    GroupRow,
    GroupSection,
    GroupTable,
    ListedGroup,
)
from cityfolio.profile.keeping import Kept
from cityfolio.profile.programme_documents import ShareCell
from cityfolio.tabulate.facts import PARTICIPANTS
from cityfolio.tabulate.shares import OWN_WORDS

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.fact import Fact
    from cityfolio.model.variable import Variable
    from cityfolio.profile.plan import Plan, PlanSection

__all__ = ["GroupBuilder", "shown_choices"]


def shown_choices(section: PlanSection, variables: Mapping[str, Variable]) -> dict[str, str]:
    """The choice variables of a section of the plan in order, with the title of their chart or else their label."""
    titles: dict[str, str] = {}
    for block in section.blocks:
        variable = variables.get(block.variable)
        if variable is None or not variable.kind.is_choice or variable.personal:
            continue
        titles.setdefault(variable.id, variable.label)
        if block.kind == "chart":
            titles[variable.id] = block.title
    return titles


@dataclass(frozen=True)
class GroupBuilder:
    """Builds the pages of the groups of one edition. `groups` are those of each response, by unit and wave; `kept`
    are tables of an earlier build.
    """

    answers: CodedAnswers
    groups: Mapping[tuple[str, str], tuple[Group, ...]]
    rules: tuple[GroupRule, ...]
    labels: Mapping[Group, str]
    edition: Edition
    plan: Plan
    speaker: Speaker
    kept: Kept = field(default_factory=lambda: Kept(remembers=False))

    def documents(self) -> Iterator[GroupDocument]:
        """One document for each group that a unit of the edition is in: kinds in their order, groups by their keys."""
        for group in self.members:
            yield self._document(group)

    def listed(self) -> GroupList:
        """The list of all groups."""
        kinds = []
        for rule in self.rules:
            entries = tuple(self._listed(group) for group in self.members if group.kind == rule.kind)
            if entries:
                kinds.append((rule.title, entries))
        return GroupList(tuple(kinds))

    def links(self, unit: str) -> tuple[GroupLink, ...]:
        """The groups of a unit, to be linked from its page."""
        titles = {rule.kind: rule.title for rule in self.rules}
        response = self.answers.latest(unit, self.edition.waves)
        held = self.groups.get((unit, response.wave), ()) if response is not None else ()
        found = (GroupLink(g.id, g.address, titles[g.kind], self.label(g)) for g in held if g.kind in titles)
        return tuple(found)

    @cached_property
    def members(self) -> dict[Group, tuple[GroupMember, ...]]:
        """The units of each group, by name; bands in the order of their rule, other groups by their labels."""
        found: dict[Group, list[GroupMember]] = {}
        places = group_places(self.rules, self.labels)
        for unit in self.answers.by_unit:
            response = self.answers.latest(unit, self.edition.waves)
            for group in self.groups.get((unit, response.wave), ()) if response is not None else ():
                member = GroupMember(unit, self.answers.units[unit].display_name, response.wave if response else "")
                found.setdefault(group, []).append(member)
        return {group: tuple(sorted(found[group], key=_by_name)) for group in sorted(found, key=places.__getitem__)}

    def label(self, group: Group) -> str:
        """The name of a group."""
        return self.labels.get(group) or group.key

    def _listed(self, group: Group) -> ListedGroup:
        return ListedGroup(group.address, self.label(group), self._size(group))

    def _size(self, group: Group) -> Sentence:
        fact = self.speaker.store.find(self.edition.id, PARTICIPANTS, "", "count", group)
        if fact is None or fact.value is None:
            return ()
        number = self.speaker.number(fact.value, fact.id, "value")
        return self.speaker.phrase("group.size", number=number, units=text(self.speaker.noun(int(fact.value)))) or ()

    def _document(self, group: Group) -> GroupDocument:
        rule = next(rule for rule in self.rules if rule.kind == group.kind)
        sections = (self._section(section, group) for section in self.plan.sections)
        names = {"size": self._size(group), "edition": text(self.edition.title)}
        names["all"] = self.speaker.participants(self.edition.id)
        return GroupDocument(
            group=group.id,
            address=group.address,
            kind=rule.title,
            label=self.label(group),
            lead=self.speaker.phrase("group.lead", **names) or (),
            thin=self._thin(group),
            key_numbers=tuple(headline_numbers(self.edition, self.plan.headlines, self.speaker, group)),
            members=self.members[group],
            sections=tuple(section for section in sections if section.tables or section.nobody),
        )

    def _thin(self, group: Group) -> Sentence:
        """Said once for a group whose every base is too small for shares."""
        is_thin = len(self.members[group]) < self.speaker.thin_base
        return self.speaker.phrase("group.all_thin") or () if is_thin else ()

    def _section(self, section: PlanSection, group: Group) -> GroupSection:
        tables, silent = [], []
        for name, title in shown_choices(section, self.answers.variables).items():
            make = partial(self._table, self.answers.variables[name], title, group)
            table = self.kept.reading(("group", group, section.id, name), len(self.members[group]), make)
            if table is not None:
                tables.append(table)
            else:
                silent.append(title)
        nobody = self.speaker.phrase("group.nobody", labels=self.speaker.listed(silent)) if silent else None
        return GroupSection(section.id, section.title, tuple(tables), nobody or ())

    def _table(self, variable: Variable, title: str, group: Group) -> GroupTable | None:
        """The table of a choice variable, its most frequent answers first, "none" last; those of a scale in its order."""
        facts = [self._share(variable, category.code, group) for category in variable.categories]
        widest = max((fact for fact in facts if fact is not None), key=_counted, default=None)
        if widest is None:
            return None
        of_all = [self._share(variable, category.code, ALL) for category in variable.categories]
        if max(_counted(fact) for fact in of_all if fact is not None) == 1:
            only = self.speaker.phrase("chart.only_answer", **self.speaker.fact_names(widest))
            return GroupTable(variable.id, title, base=(), thin=only or (), rows=())
        order = sorted(
            range(len(facts)),
            key=lambda place: (variable.categories[place].exclusive, _rank(variable, facts[place]), place),
        )
        ordered = [variable.categories[place] for place in order]
        marks = marks_of_waves([category.code for category in ordered], variable, self.edition)
        rows = [
            GroupRow(
                category.code, category.label, self._cell(facts[place]),
                self._cell(self._share(variable, category.code, ALL)), marks.get(category.code, ""),
            )
            for place, category in zip(order, ordered, strict=True)
        ]  # fmt: skip
        names = self.speaker.fact_names(widest)
        is_thin = _counted(widest) < self.speaker.thin_base and len(self.members[group]) >= self.speaker.thin_base
        return GroupTable(
            variable=variable.id,
            title=title,
            base=self.speaker.phrase("group.of", **names) or (),
            thin=self.speaker.phrase("group.thin", **names) or () if is_thin else (),
            rows=(*rows, *self._own_words(variable, group)),
            notes=notes_of_waves(marks, variable, self.edition, self.speaker),
            counting=counting_of(variable, self.speaker, self.edition),
        )

    def _own_words(self, variable: Variable, group: Group) -> Iterator[GroupRow]:
        """The row of those that answered in their own words, where a unit of all did."""
        here, everywhere = (
            self.speaker.store.find(self.edition.id, variable.id, "", OWN_WORDS, group=one) for one in (group, ALL)
        )
        label = self.speaker.phrase("chart.own_words")
        if everywhere is not None and label is not None:
            yield GroupRow(OWN_WORDS, plain_text(label), self._cell(here), self._cell(everywhere))

    def _share(self, variable: Variable, code: str, group: Group) -> Fact | None:
        return self.speaker.store.find(self.edition.id, variable.id, code, group=group)

    def _cell(self, fact: Fact | None) -> ShareCell:
        if fact is not None and fact.withheld:
            return ShareCell("", None, None, None, plain_text(self.speaker.phrase("chart.withheld") or ()))
        if fact is None or fact.base is None:
            return ShareCell("", None, None, None)
        of = fact.base.counted
        return ShareCell(fact.id, fact.numerator, of, fact.per_cent if of >= self.speaker.thin_base else None)


def _by_name(member: GroupMember) -> tuple[str, str]:
    return member.name.casefold(), member.unit


def _counted(fact: Fact) -> int:
    return fact.base.counted if fact.base is not None else 0


def _rank(variable: Variable, fact: Fact | None) -> float:
    """Where a row stands before its place in the questionnaire decides: answers of a scale have an order of their own."""
    return 0 if variable.kind is Kind.SCALE else -_length(fact)


def _length(fact: Fact | None) -> float:
    return fact.value if fact is not None and fact.value is not None else -1.0
