"""The units on the list: units.csv."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place
from cityfolio.model.identifiers import is_unit_identifier
from cityfolio.model.unit import Unit
from cityfolio.reading.table import Row, column_findings, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cityfolio.reading.text import Source

__all__ = ["read_units", "same_names_findings", "told_apart"]

_LIMITS = {"lat": 90.0, "lon": 180.0}


def read_units(source: Source) -> tuple[dict[str, Unit], list[Finding]]:
    """The units by id, in the order of their ids, with all findings. Every column is an attribute."""
    table, findings = read_table(source)
    if table is None:
        return {}, findings
    need = "Each unit needs a stable id and a name."
    findings += column_findings(table, ["unit", "name"], None, need)
    if "unit" not in table.columns:
        return {}, findings
    units: dict[str, Unit] = {}
    lines: dict[str, int] = {}
    for row in table.rows:
        at = Place(table.name, row.line, "unit")
        unit_id = row["unit"]
        if not unit_id:
            findings.append(Finding("intake.no-unit", at))
            continue
        # File names of some systems do not tell capitals apart, so neither do ids.
        if unit_id.casefold() in lines:
            facts = {"got": unit_id, "first": str(lines[unit_id.casefold()])}
            findings.append(Finding("intake.doubled-unit", at, facts))
        elif not is_unit_identifier(unit_id):
            findings.append(Finding("programme.unsafe-id", at, {"got": unit_id}))
        else:
            lines[unit_id.casefold()] = row.line
            units[unit_id] = _unit(row)
            findings += _coordinate_findings(table.name, row)
            if not row["name"] and "name" in table.columns:
                findings.append(Finding("intake.no-name", Place(table.name, row.line, "name"), {"got": unit_id}))
    return dict(sorted(units.items())), findings


def told_apart(units: Mapping[str, Unit], column: str, labels: Mapping[str, str] | None = None) -> dict[str, Unit]:
    """The units, where those that share their display name have their value of the column behind it, by its label if it has one.

    >>> towns = [Unit("a", "Springfield", "Springfield", {"state": "Ohio"}), Unit("b", "Springfield", "Springfield", {})]
    >>> [unit.display_name for unit in told_apart({town.id: town for town in towns}, "state").values()]
    ['Springfield, Ohio', 'Springfield']
    >>> [unit.display_name for unit in told_apart({t.id: t for t in towns}, "state", {"Ohio": "in the Midwest"}).values()]
    ['Springfield, in the Midwest', 'Springfield']
    """
    named = Counter(unit.display_name.casefold() for unit in units.values())

    def apart(unit: Unit) -> str:
        key = unit.attribute(column) if named[unit.display_name.casefold()] > 1 else ""
        return (labels or {}).get(key, key)

    return {
        name: replace(unit, display_name=f"{unit.display_name}, {more}") if (more := apart(unit)) else unit
        for name, unit in units.items()
    }


def same_names_findings(units: Mapping[str, Unit]) -> list[Finding]:
    """Findings about units that readers cannot tell apart, by the names that pages show.

    >>> towns = [Unit("a", "Springfield", "Springfield", {}), Unit("b", "Springfield", "Springfield", {})]
    >>> [str(finding.facts["got"]) for finding in same_names_findings({town.id: town for town in towns})]
    ['b']
    """
    findings = []
    first: dict[str, str] = {}
    for unit in units.values():
        name = unit.display_name.casefold()
        if name in first:
            facts = {"got": unit.id, "other": first[name], "name": unit.display_name}
            findings.append(Finding("intake.same-name", Place("units.csv"), facts))
        first.setdefault(name, unit.id)
    return findings


def _unit(row: Row) -> Unit:
    name = row["name"] or row["unit"]
    return Unit(row["unit"], name, row["display_name"] or name, dict(row.cells))


def _coordinate_findings(file: str, row: Row) -> list[Finding]:
    if not (row["lat"] and row["lon"]):
        return [Finding("intake.no-coordinates", Place(file, row.line, "lat"), {"got": row["unit"]})]
    findings = []
    for column, limit in _LIMITS.items():
        try:
            inside = abs(float(row[column])) <= limit
        except ValueError:
            inside = False
        if not inside:
            findings.append(Finding("intake.bad-coordinates", Place(file, row.line, column), {"got": row[column]}))
    return findings
