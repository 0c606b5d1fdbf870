"""The release before, with the ids of now: what has another id is neither gone nor new."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from cityfolio.profile.renaming import renamed
from cityfolio.profile.surroundings import Moved
from cityfolio.publish.release.state import CodedVariable, FactRow, ReleaseState

__all__ = ["moved_since", "with_ids_of"]


def moved_since(before: ReleaseState, after: ReleaseState) -> tuple[Moved, ...]:
    """The ids that changed between two releases; those that changed earlier stand in the same list."""
    held = {"unit": (before.units, after.units), "variable": (before.variables, after.variables)}
    found = []
    for one in after.moved:
        old, new = held[one.kind]
        if one.old in old and one.new not in old and one.new in new:
            found.append(one)
    return tuple(found)


def with_ids_of(after: ReleaseState, before: ReleaseState) -> ReleaseState:
    """The release before as it would have been with the ids of the one after it."""
    moved = moved_since(before, after)
    if not moved:
        return before
    units = {one.old: one.new for one in moved if one.kind == "unit"}
    variables = {one.old: one.new for one in moved if one.kind == "variable"}
    return replace(
        before,
        variables={variables.get(name, name): _described(held, variables) for name, held in before.variables.items()},
        facts={name: _fact(row, variables) for name, row in renamed(before.facts, moved).items()},
        units={units.get(name, name): _listed(row, units) for name, row in before.units.items()},
        responses={
            (units.get(unit, unit), wave): {
                _column(column, variables): _unit(column, held, units) for column, held in row.items()
            }
            for (unit, wave), row in before.responses.items()
        },
        comparisons=tuple(c._replace(variable=variables.get(c.variable, c.variable)) for c in before.comparisons),
        corrections=tuple(
            c._replace(unit=units.get(c.unit, c.unit), variable=variables.get(c.variable, c.variable))
            for c in before.corrections
        ),
    )


def _described(held: CodedVariable, variables: Mapping[str, str]) -> CodedVariable:
    try:
        entry = json.loads(held.described)
    except ValueError:
        return held
    if not isinstance(entry, dict) or entry.get("variable") not in variables:
        return held
    entry["variable"] = variables[entry["variable"]]
    return replace(held, described=json.dumps(entry, sort_keys=True, ensure_ascii=False))


def _fact(row: FactRow, variables: Mapping[str, str]) -> FactRow:
    kind, colon, key = row.group.partition(":")
    group = f"{variables.get(kind, kind)}{colon}{key}"
    return replace(row, variable=variables.get(row.variable, row.variable), group=group)


def _listed(row: Mapping[str, str], units: Mapping[str, str]) -> Mapping[str, str]:
    """A row of the list of units; its first column holds the id."""
    (first, unit), *rest = row.items()
    return {first: units.get(unit, unit), **dict(rest)}


def _column(column: str, variables: Mapping[str, str]) -> str:
    """The name of a column of answers, which may say more behind the id of its question."""
    for old, new in variables.items():
        if column in (old, f"{old}_other", f"{old}_missing", f"{old}_text"):
            return new + column.removeprefix(old)
    return column


def _unit(column: str, held: str, units: Mapping[str, str]) -> str:
    return units.get(held, held) if column == "unit" else held
