"""What the API gives: facts, units, variables, editions and groups as plain JSON objects, the same live and as static files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from cityfolio.model.fact import PUBLISHED, Fact
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Variable
from cityfolio.publish.dataset import Dataset
from cityfolio.publish.formats.rows_json import json_rows
from cityfolio.publish.released_tables import units_table
from cityfolio.tabulate.base_rules import base_rule_of

__all__ = ["VERSION", "Resource", "Resources", "fact_resource"]

Resource: TypeAlias = "dict[str, object]"

VERSION = "v1"


def fact_resource(fact: Fact) -> Resource:
    """A fact as an object: its key, value, numerator, base, and who was left out by reason. What it has not is left out.

    >>> from cityfolio.model.edition import ALL
    >>> from cityfolio.model.fact import Base, FactKey
    >>> fact = Fact(FactKey("2020", "has_strategy", "yes", ALL, "share"), 1, Base(2, {Missing.NOT_ON_RECORD: 1}), 0.5)
    >>> fact_resource(fact)["base"], fact_resource(fact)["left_out"]
    (2, {'not_on_record': 1})
    """
    key = fact.key
    given: Resource = {
        "fact": fact.id,
        "edition": key.edition,
        "variable": key.variable,
        "category": key.category,
        "group": key.group.id,
        "measure": key.measure,
        "source": key.source,
        "value": fact.value,
        "numerator": fact.numerator,
        "base": fact.base.counted if fact.base is not None else None,
        # Whom a published figure leaves out is not on record; of an answer counted here, nobody is an answer too.
        "left_out": {r.value: n for r, n in fact.base.excluded.items()}
        if fact.base and key.source != PUBLISHED
        else None,
        "base_rule": base_rule_of(key),
        "withheld": fact.withheld,
        "note": fact.note,
        "source_url": fact.url,
    }
    return {name: part for name, part in given.items() if part not in (None, "")}


@dataclass(frozen=True)
class Resources:
    """The resources of a dataset, made when they are first asked for."""

    dataset: Dataset

    @cached_property
    def facts(self) -> Sequence[Fact]:
        """All facts, in the order of facts.csv."""
        return tuple(self.dataset.facts)

    @cached_property
    def units(self) -> Mapping[str, Resource]:
        """The units by id, each with the waves it took part in."""
        found = {}
        for row in json_rows(units_table(self.dataset)):
            unit = str(row["unit"])
            found[unit] = {**row, "waves": list(self.dataset.answers.by_unit.get(unit, {}))}
        return found

    @cached_property
    def variables(self) -> Mapping[str, Resource]:
        """The released variables by id, with their questions, categories and waves."""
        return {name: self._variable(variable) for name, variable in self.dataset.variables.items()}

    def _variable(self, variable: Variable) -> Resource:
        instruments = self.dataset.instruments
        return {
            "variable": variable.id,
            "label": variable.label,
            "kind": variable.kind.value,
            "waves": list(variable.waves),
            "questions": {wave: instruments[wave].questions[variable.id].wording for wave in variable.waves},
            "universe": variable.universe,
            "counting": variable.counting,
            "categories": [
                {"code": c.code, "label": c.label, "help": c.help, "waves": list(c.waves)} for c in variable.categories
            ],
        }

    @cached_property
    def editions(self) -> list[Resource]:
        """The editions, each with its waves and the rule by which a unit's answers count."""
        return [
            {"edition": e.id, "title": e.title, "waves": list(e.waves), "rule": e.rule.value}
            for e in self.dataset.editions.values()
        ]

    @cached_property
    def groups(self) -> list[Resource]:
        """The groups that facts are about, single units left out."""
        held = {fact.key.group: None for fact in self.facts if fact.key.group.kind != "unit"}
        return [
            {"group": group.id, "kind": group.kind, "label": self.dataset.group_labels.get(group, group.id)}
            for group in held
        ]

    def by_page(self) -> Iterator[tuple[str, str, list[Fact]]]:
        """The facts by edition and variable, in the order in which these first appear."""
        pages: dict[tuple[str, str], list[Fact]] = {}
        for fact in self.facts:
            pages.setdefault((fact.key.edition, fact.key.variable), []).append(fact)
        for (edition, variable), facts in pages.items():
            yield edition, variable, facts

    @property
    def about(self) -> Resource:
        """What the data are, and how they may be used."""
        dataset = self.dataset
        told = {
            "title": dataset.title,
            "summary": dataset.summary,
            "version": dataset.version,
            "date": dataset.date,
            "licence": dataset.licence,
            "contact": dataset.contact,
        }
        missing = {reason.value: dataset.meanings.get(reason.value, "") for reason in Missing}
        return {**{name: text for name, text in told.items() if text}, "missing": missing}
