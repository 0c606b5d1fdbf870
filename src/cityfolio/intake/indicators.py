"""External indicators of a programme: a table of figures by unit, and beside it what they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.intake.coding import thousands_findings
from cityfolio.model.identifiers import is_identifier
from cityfolio.model.indicator import Indicator
from cityfolio.reading.table import Table, column_findings, read_table
from cityfolio.reading.yaml import Shape, read_yaml

if TYPE_CHECKING:
    from cityfolio.model.unit import Unit
    from cityfolio.reading.text import Source

__all__ = ["IndicatorFile", "read_indicator"]

_COLUMNS = ("unit", "value")
_OF_THOUSANDS = 3  # digits behind a point that may stand before thousands
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")


class IndicatorFile(Shape):
    """`indicators/<id>.yml`: what the figures of `indicators/<id>.csv` are."""

    format: Literal["1"]
    label: str
    source: str
    year: str
    measure: str
    url: str = ""
    licence: str = ""
    note: str = ""
    polarity: Literal["none", "higher", "lower"] = "none"
    decimals: int = Field(default=0, ge=0, le=6)


def read_indicator(
    described: Source, figures: Source, units: Mapping[str, Unit] | None
) -> tuple[Indicator | None, list[Finding]]:
    """The indicator of two files, or None where they cannot be used; with all findings.

    An empty cell is a figure that is not on record; it is left out and never a zero. `units` is None where their list cannot
    be read: then ids are not judged.
    """
    name = PurePath(figures.name).stem
    content, _, findings = read_yaml(described, IndicatorFile)
    if not is_identifier(name):
        findings.append(Finding("programme.unsafe-id", Place(figures.name), {"got": name}))
    table, more = read_table(figures)
    findings += more
    if table is None:
        return None, findings
    values, more = _values(table, units, may_be_thousands=content is not None and content.decimals < _OF_THOUSANDS)
    findings += more
    if content is None:
        return None, findings
    return Indicator(id=name, values=values, **content.model_dump(exclude={"format"})), findings


def _values(
    table: Table, units: Mapping[str, Unit] | None, *, may_be_thousands: bool
) -> tuple[dict[str, float], list[Finding]]:
    findings = column_findings(table, _COLUMNS, _COLUMNS, "An indicator is one figure for each unit.")
    if any(finding.blocks for finding in findings):
        return {}, findings
    values: dict[str, float] = {}
    first: dict[str, int] = {}
    for row in table.rows:
        unit, cell = row["unit"], row["value"]
        at = Place(table.name, row.line, "unit")
        if not unit:
            findings.append(Finding("intake.no-unit", at))
        elif units is not None and unit not in units:
            facts = {"got": unit, "suggestion": did_you_mean(unit, units) or ""}
            findings.append(Finding("intake.unknown-unit", at, facts))
        elif unit in first:
            findings.append(Finding("intake.doubled-unit", at, {"got": unit, "first": str(first[unit])}))
        elif cell and _NUMBER.fullmatch(cell) is None:
            where = Place(table.name, row.line, "value")
            findings.append(Finding("intake.no-number", where, {"got": cell, "variable": "The column value"}))
        elif cell:
            values[unit] = float(cell)
            if may_be_thousands:
                findings += thousands_findings(cell, Place(table.name, row.line, "value"))
        first.setdefault(unit, row.line)
    return dict(sorted(values.items())), findings
