"""What a release held, read from its own files: the part of it that versions and change logs compare."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypedDict

from cityfolio.profile.surroundings import Moved

__all__ = [
    "OPTIONAL_FILES", "STATE_FILES", "AppliedCorrection", "CodedVariable", "Comparison", "FactRow", "ReleaseState", "state_of",
]  # fmt: skip

STATE_FILES = ("codebook.json", "facts.csv", "units.csv", "responses.csv")
OPTIONAL_FILES = ("corrections.csv",)
"""Files that a release has only where there is something to say in them."""


class Comparison(NamedTuple):
    """One line of a crosswalk: how far a question or a category of it may be compared between two waves."""

    earlier: str
    later: str
    variable: str
    category: str
    change: str
    comparability: str

    @property
    def subject(self) -> tuple[str, str, str, str]:
        """What the line is about."""
        return self[:4]


class AppliedCorrection(NamedTuple):
    """A row of corrections.csv: a released answer that was corrected."""

    unit: str
    wave: str
    variable: str
    part: str
    category: str
    before: str
    after: str
    date: str
    reason: str

    @property
    def response(self) -> tuple[str, str]:
        """The unit and wave of the response."""
        return self.unit, self.wave

    @property
    def subject(self) -> str:
        """Whose answer to what, in which wave."""
        part = "own words" if self.part else ""
        return " ".join(word for word in (self.unit, self.wave, self.variable, self.category, part) if word)


class _Entry(TypedDict):
    """A variable of codebook.json, as far as it is read."""

    variable: str
    kind: str
    waves: list[str]
    categories: list[dict[str, str]]


@dataclass(frozen=True)
class CodedVariable:
    """A variable as codebook.json describes it; `described` is all that it says."""

    kind: str
    waves: tuple[str, ...]
    categories: tuple[str, ...]
    described: str


@dataclass(frozen=True)
class FactRow:
    """A row of facts.csv."""

    edition: str
    variable: str
    group: str
    source: str
    withheld: str
    numbers: tuple[str, str, str]

    @property
    def value(self) -> float | None:
        """The number, where there is one."""
        return float(self.numbers[2]) if self.numbers[2] else None


@dataclass(frozen=True)
class ReleaseState:
    """Variables, facts, units and released answers by their ids, the lines of the crosswalks, and corrections.

    `moved` are the ids that changed, as far as the programme lists them.
    """

    variables: Mapping[str, CodedVariable]
    facts: Mapping[str, FactRow]
    units: Mapping[str, Mapping[str, str]]
    responses: Mapping[tuple[str, str], Mapping[str, str]]
    comparisons: tuple[Comparison, ...] = ()
    editions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    corrections: tuple[AppliedCorrection, ...] = ()
    moved: tuple[Moved, ...] = ()

    @cached_property
    def waves(self) -> tuple[str, ...]:
        """All waves, in order of their ids."""
        return tuple(sorted({wave for variable in self.variables.values() for wave in variable.waves}))


def state_of(
    files: Mapping[str, bytes], comparisons: tuple[Comparison, ...], editions: Mapping[str, tuple[str, ...]]
) -> ReleaseState:
    """The state that the files of data/ hold (`STATE_FILES`, and `OPTIONAL_FILES` where they are).

    Raises:
        ValueError: if a file is not what a release writes.
        KeyError: if a column or key is missing.
    """
    codebook = json.loads(files["codebook.json"])
    responses = _rows(files["responses.csv"])
    corrections = _rows(files["corrections.csv"]) if "corrections.csv" in files else []
    return ReleaseState(
        {entry["variable"]: _variable(entry) for entry in codebook["variables"]},
        {row["fact"]: _fact(row) for row in _rows(files["facts.csv"])},
        {next(iter(row.values())): row for row in _rows(files["units.csv"])},
        {(row["unit"], row["wave"]): row for row in responses},
        comparisons,
        editions,
        tuple(AppliedCorrection(*(row[n] for n in AppliedCorrection._fields)) for row in corrections),
    )


def _variable(entry: _Entry) -> CodedVariable:
    described = json.dumps(entry, sort_keys=True, ensure_ascii=False)
    return CodedVariable(
        kind=entry["kind"],
        waves=tuple(entry["waves"]),
        categories=tuple(category["code"] for category in entry["categories"]),
        described=described,
    )


def _fact(row: Mapping[str, str]) -> FactRow:
    numbers = (row["numerator"], row["base"], row["value"])
    return FactRow(row["edition"], row["variable"], row["group"], row["source"], row["withheld"], numbers)


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
