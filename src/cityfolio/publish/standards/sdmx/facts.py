"""The facts of a dataset as one SDMX dataflow: its identity, codelists, and each observation's key and attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple, TypeAlias

from cityfolio.formatting import plain_number, xml_text
from cityfolio.model.fact import PUBLISHED, Fact
from cityfolio.model.missing import Missing
from cityfolio.publish.dataset import Dataset

__all__ = [
    "ATTRIBUTES",
    "DIMENSIONS",
    "UNDATED",
    "Observation",
    "SdmxFacts",
    "concept_name",
    "sdmx_code",
]

DIMENSIONS = ("EDITION", "VARIABLE", "CATEGORY", "GROUP", "MEASURE", "SOURCE")
_REASONS = tuple(Missing)
ATTRIBUTES = ("NUMERATOR", "BASE", *(reason.value.upper() for reason in _REASONS), "NOTE")
# Messages must say when they were prepared; without a release date this day stands for "not stated".
UNDATED = "1980-01-01"

Named: TypeAlias = Callable[[Fact], tuple[str, str]]

_NAMES = {
    "EDITION": "Edition",
    "VARIABLE": "Variable",
    "CATEGORY": "Category",
    "GROUP": "Group of units",
    "MEASURE": "Measure",
    "SOURCE": "Source",
    "OBS_VALUE": "Value",
    "NUMERATOR": "Units that gave the answer",
    "BASE": "Units that count",
    "NOTE": "Remark",
}
_WHOLE = "_T"


class Observation(NamedTuple):
    """A fact as SDMX holds it: the codes of its dimensions, its value unrounded, and its attributes, each in their order."""

    place: tuple[str, ...]
    value: str
    attributes: tuple[str, ...]


@cache  # hundreds of thousands of observations, a few thousand codes
def sdmx_code(text: str) -> str:
    """The text as an SDMX identifier: a colon becomes `@`, any other character that is not allowed `$` and its code.

    >>> sdmx_code("continent:EU"), sdmx_code("country:New Zealand")
    ('continent@EU', 'country@New$20Zealand')
    """
    return re.sub(r"[^A-Za-z0-9_-]", lambda m: "@" if m[0] == ":" else f"${ord(m[0]):02X}", text)


@dataclass(frozen=True)
class SdmxFacts:
    """The facts of a dataset that have a value, as one SDMX dataflow."""

    dataset: Dataset

    @cached_property
    def facts(self) -> list[Fact]:
        """The facts in their order; a figure that is printed in words only has no observation."""
        return [fact for fact in self.dataset.facts if fact.value is not None]

    @cached_property
    def observations(self) -> list[Observation]:
        """The facts, once for all messages."""
        return [Observation(_place(fact), plain_number(fact.value or 0), _attributes(fact)) for fact in self.facts]

    @property
    def agency(self) -> str:
        """The agency's id, made from that of the programme."""
        return re.sub(r"[^A-Z0-9]", "_", self.dataset.id.upper()).lstrip("_0123456789") or "PROGRAMME"

    @property
    def version(self) -> str:
        """The version of the structure, in three parts."""
        return self.dataset.version if re.fullmatch(r"\d+\.\d+\.\d+", self.dataset.version) else "1.0.0"

    @property
    def urn(self) -> str:
        """The address of the dataflow."""
        return f"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={self.agency}:FACTS({self.version})"

    @cached_property
    def codelists(self) -> Mapping[str, Mapping[str, str]]:
        """The codes of each dimension with their names, in the order in which facts use them."""
        return {
            "EDITION": dict(self._codes(lambda f: (f.key.edition, self._edition(f)))),
            "VARIABLE": dict(self._codes(lambda f: (f.key.variable, self._variable(f)))),
            "CATEGORY": dict(self._categories()),
            "GROUP": dict(
                self._codes(lambda f: (f.key.group.id, self.dataset.group_labels.get(f.key.group, f.key.group.id)))
            ),
            "MEASURE": dict(self._codes(lambda f: (f.key.measure, f.key.measure.replace("_", " ")))),
            "SOURCE": dict(self._codes(lambda f: (f.key.source, f.key.source))),
        }

    def _codes(self, named: Named) -> Iterator[tuple[str, str]]:
        for fact in self.facts:
            code, name = named(fact)
            yield sdmx_code(code), name or code

    def _categories(self) -> Iterator[tuple[str, str]]:
        for fact in self.facts:
            variable = self.dataset.answers.variables.get(fact.key.variable)
            category = variable.by_code.get(fact.key.category) if variable else None
            yield _category(fact), category.label if category else fact.key.category or "Whole variable"

    def _edition(self, fact: Fact) -> str:
        edition = self.dataset.editions.get(fact.key.edition)
        return edition.title if edition else fact.key.edition

    def _variable(self, fact: Fact) -> str:
        variable = self.dataset.answers.variables.get(fact.key.variable)
        return variable.label if variable else fact.key.variable


def _category(fact: Fact) -> str:
    return sdmx_code(f"{fact.key.variable}:{fact.key.category}") if fact.key.category else _WHOLE


def _place(fact: Fact) -> tuple[str, ...]:
    key = fact.key
    last = (sdmx_code(key.group.id), sdmx_code(key.measure), sdmx_code(key.source))
    return (sdmx_code(key.edition), sdmx_code(key.variable), _category(fact), *last)


def _attributes(fact: Fact) -> tuple[str, ...]:
    """What the fact's number is made of."""
    base = fact.base
    # Whom a published figure leaves out is not on record: that is empty, not 0.
    if base is None or fact.key.source == PUBLISHED:
        left_out: tuple[str, ...] = ("",) * len(_REASONS)
    else:
        left_out = tuple(str(base.excluded.get(reason, 0)) for reason in _REASONS)
    numerator = "" if fact.numerator is None else str(fact.numerator)
    return (numerator, "" if base is None else str(base.counted), *left_out, xml_text(fact.note))


def concept_name(name: str) -> str:
    """What a dimension, measure or attribute is called."""
    return _NAMES.get(name, name.replace("_", " ").capitalize())
