"""The units that answers may stand for: their ids and names, of as many as there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from cityfolio.intake.importing.delimited import read_delimited
from cityfolio.intake.importing.received import How, UnreadableError
from cityfolio.intake.units import read_units

if TYPE_CHECKING:
    from cityfolio.findings import Finding
    from cityfolio.reading.text import Source

__all__ = ["UnitList", "read_unit_list"]

_LARGE = 1_000_000  # bytes


@dataclass(frozen=True)
class UnitList:
    """The ids, and how to list each with its names, which only a first draft asks for."""

    ids: pl.Series
    listed: Callable[[], Iterable[tuple[str, str, str]]]

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """The ids that a name stands for, whatever its capitals."""
        names: dict[str, list[str]] = {}
        for unit, name, display_name in self.listed():
            for word in {name.casefold(), display_name.casefold(), unit.casefold()}:
                names.setdefault(word, []).append(unit)
        return names


def read_unit_list(source: Source, *, with_names: bool) -> tuple[UnitList, list[Finding]]:
    """The units of units.csv, and what is wrong with the list.

    Of a large list only ids and names are read, and looked at no further than answers need it; a check says the rest.
    """
    if source.path.is_file() and source.path.stat().st_size >= _LARGE:
        try:
            held = read_delimited(source, How(only=None if with_names else frozenset({"unit"})))
        except UnreadableError:
            held = None
        if (
            held is not None
            and {"unit", "name"} <= set(held.columns)
            and len(held.columns["unit"].values) == held.height
        ):
            ids, names = held.columns["unit"], held.columns["name"]
            shown = held.columns.get("display_name", names)

            def listed() -> Iterable[tuple[str, str, str]]:
                return (
                    (i, n or i, d or n or i) for i, n, d in zip(ids.cells(), names.cells(), shown.cells(), strict=True)
                )

            return UnitList(ids.values, listed), []
    units, findings = read_units(source)
    return UnitList(
        pl.Series(list(units), dtype=pl.String), lambda: ((u.id, u.name, u.display_name) for u in units.values())
    ), findings
