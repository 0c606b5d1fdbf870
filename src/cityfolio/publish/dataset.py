"""What a release publishes: everything that its files are made from, with nothing that is not released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.correction import Correction
    from cityfolio.model.edition import Edition, Group
    from cityfolio.model.instrument import Instrument
    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.disclosure.likeness import Likeness
    from cityfolio.tabulate.facts import FactStore

__all__ = ["Dataset", "Translation"]


@dataclass(frozen=True)
class Translation:
    """The labels of a dataset in one more language, where they are translated."""

    language: str
    title: str
    summary: str
    unit_one: str
    unit_many: str
    variables: Mapping[str, Variable]
    instruments: Mapping[str, Instrument]
    meanings: Mapping[str, str]


@dataclass(frozen=True)
class Dataset:
    """A programme's data as published: one version, one date, and the words that describe it.

    `date` is the day of the release (ISO 8601); formats that stamp a time carry it. `site_url` is where the site stands,
    closed by a slash, or empty where that is not known; addresses in descriptions are then relative.
    """

    id: str
    title: str
    summary: str
    language: str
    version: str
    date: str
    licence: str
    contact: str
    notice: str
    site_url: str
    sources: tuple[tuple[str, str], ...]
    unit_one: str
    unit_many: str
    answers: CodedAnswers
    instruments: Mapping[str, Instrument]
    editions: Mapping[str, Edition]
    facts: FactStore
    group_labels: Mapping[Group, str]
    meanings: Mapping[str, str]
    publisher: str = ""
    translations: tuple[Translation, ...] = field(default=())
    likeness: tuple[Likeness, ...] = ()
    quasi_identifiers: tuple[str, ...] = ()

    @property
    def variables(self) -> Mapping[str, Variable]:
        """The variables whose answers are released, by id."""
        return {name: variable for name, variable in self.answers.variables.items() if variable.released}

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections of released answers."""
        return tuple(one for one in self.answers.corrections if one.variable in self.variables)

    def address(self, path: str) -> str:
        """The address of a file or page of the site."""
        return f"{self.site_url}{path}"
