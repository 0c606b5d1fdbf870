"""The page plan as `profile.yml` writes it: its shape, and what an entry of it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from pydantic import Field, field_validator

from cityfolio.model.condition import MISSING, Condition, Subject, states_of
from cityfolio.model.variable import Variable
from cityfolio.narrative.cases import REST, Cases
from cityfolio.reading.yaml import Shape
from cityfolio.review.edits import one_or_many

__all__ = ["BlockEntry", "PlanFile", "cases_of", "entries_of", "id_of"]


class BlockEntry(Shape):
    """One block. A `sentence` has cases; without any, it has one for each category (or none, one, many) of its variable.

    Where the variable has no answer, a line says so, unless one of those that `stands_in` for it has one. `peers` are found by
    the answers to `compare_by`, among units with the same value in the column `same`; a number is similar to one up to `factor`
    times as large, and in a `place` to one that is `within` so much.
    """

    kind: Literal[
        "sentence", "answers", "chart", "ranking", "editorial", "note", "recommendations", "peers", "changes", "place"
    ]
    id: str = ""
    variable: str = ""
    title: str = ""
    cases: dict[str, dict[str, list[str]]] = {}
    silent: list[str] = []
    earlier: list[str] = []
    stands_in: list[str] = []
    most: int = Field(default=3, ge=1, le=3)
    compare_by: list[str] = []
    practices: list[str] = []
    number: int = Field(default=5, ge=1)
    same: str = ""
    factor: Decimal = Field(default=Decimal("1.5"), ge=1)
    within: Decimal = Field(default=Decimal(0), ge=0)

    @field_validator("cases", mode="before")
    @classmethod
    def _states(cls, value: object) -> object:
        return {case: one_or_many(when) for case, when in value.items()} if isinstance(value, dict) else value


class SectionEntry(Shape):
    """One section of the page."""

    id: str
    title: str
    blocks: list[BlockEntry]


class InShortEntry(Shape):
    """The sentences that carry the page: chosen among these variables, the rarest answers first, then a common one."""

    variables: list[str] = []
    most: int = 4


class MapEntry(Shape):
    """The map page: the kinds of groups and the choices whose filters stand above the map."""

    filters: list[str] = []


class ExploreEntry(Shape):
    """The explore page: the single choices that answers can be grouped by. None given: all of them."""

    by: list[str] = []


class PlanFile(Shape):
    """`profile.yml`."""

    format: Literal["1"]
    thin_base: int = Field(default=10, ge=0)
    head: list[BlockEntry] = []
    in_short: InShortEntry = InShortEntry()
    headlines: list[str] = []
    map: MapEntry = MapEntry()
    explore: ExploreEntry = ExploreEntry()
    sections: list[SectionEntry]


def entries_of(content: PlanFile) -> Iterator[tuple[tuple[str | int, ...], BlockEntry]]:
    """Every block of the plan with its path in the file, those of the head first."""
    for h, entry in enumerate(content.head):
        yield ("head", h), entry
    for s, section in enumerate(content.sections):
        for b, entry in enumerate(section.blocks):
            yield ("sections", s, "blocks", b), entry


def cases_of(entry: BlockEntry, variables: Mapping[str, Variable]) -> Cases | None:
    """The cases of a block that speaks; without any of its own, one for each state of its variable."""
    if entry.kind not in ("sentence", "note"):
        return None
    written = dict(entry.cases)
    if not written and entry.variable:
        variable = variables[entry.variable]
        states = [state for state in states_of(Subject(variable.id), variable) if state != MISSING]
        written = {state: {entry.variable: [state]} for state in states if state not in entry.silent}
        silent = {REST} if entry.silent else set()
    else:
        silent = set(entry.silent)
    conditions = {case: Condition.of(when) for case, when in written.items()}
    return Cases(id_of(entry), conditions, frozenset(silent), entry.variable)


def id_of(entry: BlockEntry) -> str:
    """What the block is called, also where the plan leaves that out."""
    if entry.id or not entry.variable:
        return entry.id or (entry.kind if entry.kind in ("recommendations", "peers", "changes") else "")
    return entry.variable if entry.kind == "sentence" else f"{entry.variable}_{entry.kind}"
