"""Raw answers of a large wave joined with the list of units: groups and weights beside the answers, by DuckDB alone."""

# ruff: noqa: S608 - every name and text in the queries is quoted by cityfolio.engine.sql

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cityfolio.engine.duck_coding import NUMBER, answers_source, column_names, columns_of, table_source, trimmed
from cityfolio.engine.raw import Columns
from cityfolio.engine.sql import quoted, text
from cityfolio.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from cityfolio.engine.raw import RawWave
    from cityfolio.model.edition import Band

__all__ = ["CARRYING", "UnitColumns", "UnitRow", "doubled_units", "join_units", "unknown_units"]

CARRYING = "carrying"
_MOST = 1000


@dataclass(frozen=True)
class UnitColumns:
    """What to put beside the answers of each response.

    `attributes` are kinds of groups by a column of the list of units, `bands` by a number that the response itself gives.
    `weight`
    is a number of the response (`weight_answer`) or a column of the list.
    """

    attributes: Mapping[str, str] = field(default_factory=dict)
    bands: Mapping[str, tuple[str, Sequence[Band]]] = field(default_factory=dict)
    weight: str = ""
    weight_answer: bool = False


@dataclass(frozen=True)
class UnitRow:
    """A unit in a row that cannot be: the line it stands in, and the line where it stood first."""

    unit: str
    line: int
    first: int = 0


def unknown_units(connection: duckdb.DuckDBPyConnection, answers: Path, units: Path) -> Iterator[UnitRow]:
    """The rows of units that are not on the list, at most a thousand of them."""
    query = (
        f"SELECT unit, line FROM ({_numbered(answers)}) WHERE unit NOT IN (SELECT unit FROM ({_numbered(units)}))"
        f" ORDER BY line LIMIT {_MOST}"
    )
    for unit, line in connection.execute(query).fetchall():
        yield UnitRow(unit, line)


def doubled_units(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[UnitRow]:
    """The rows of units that stood in an earlier row already, at most a thousand of them."""
    rows = _numbered(path)
    distinct = connection.execute(f"SELECT count(*) - count(DISTINCT lower(unit)) FROM ({rows})").fetchone()
    if distinct == (0,):
        return
    query = (
        f"SELECT unit, line, first FROM (SELECT unit, line, min(line) OVER (PARTITION BY lower(unit)) AS first FROM ({rows}))"
        f" WHERE line > first ORDER BY line LIMIT {_MOST}"
    )
    for unit, line, first in connection.execute(query).fetchall():
        yield UnitRow(unit, line, first)


def join_units(
    connection: duckdb.DuckDBPyConnection, raw: RawWave, units: Path, wanted: UnitColumns, joined: Path
) -> RawWave:
    """Write the answers with their groups and weight to the Parquet file `joined`, and say how to read it.

    A unit whose kind of group is not on record has the key "". A response without a weight carries none.

    Raises:
        WrongUse: if a file lacks a column, or a weight is no number.
    """
    names, listed = columns_of(raw), column_names(units)
    needed = dict.fromkeys(wanted.attributes.values(), units)
    needed |= {variable: raw.path for variable, _ in wanted.bands.values()}
    needed |= {wanted.weight: raw.path if wanted.weight_answer else units} if wanted.weight else {}
    for column, path in needed.items():
        held = listed if path == units else names
        if column not in held:
            raise WrongUse(f"{path.name} has no column {column!r}; it has {', '.join(held)}")
    cells = [f"a.{quoted(name)}" for name in names]
    cells += [
        f"coalesce({_of_unit(column)}, '') AS {quoted(f'group:{kind}')}" for kind, column in wanted.attributes.items()
    ]
    cells += [
        f"{_band(variable, bands)} AS {quoted(f'group:{kind}')}" for kind, (variable, bands) in wanted.bands.items()
    ]
    weights: dict[str, str] = {}
    if wanted.weight:
        cell = trimmed(wanted.weight) if wanted.weight_answer else _of_unit(wanted.weight)
        number = f"coalesce(nullif({cell}, '')::DOUBLE, 0.0)"
        cells += [f"{number} AS {quoted('weight:')}", f"({number} <> 0)::DOUBLE AS {quoted('weight:carrying')}"]
        weights = {wanted.weight: "weight:", f"{wanted.weight} {CARRYING}": "weight:carrying"}
    kept = sorted(
        {*wanted.attributes.values(), *([] if wanted.weight_answer or not wanted.weight else [wanted.weight])}
    )
    columns = "".join(f", {trimmed(column)} AS {quoted(f'u:{column}')}" for column in kept)
    on_list = f"SELECT {trimmed('unit')} AS {quoted('u:')}{columns} FROM {table_source(units, listed)}"
    query = (
        f"SELECT {', '.join(cells)} FROM {answers_source(raw)} AS a"
        f" LEFT JOIN ({on_list}) AS u ON {trimmed('unit')} = {quoted('u:')}"
    )
    connection.execute(f"COPY ({query}) TO {text(str(joined))} (FORMAT parquet, COMPRESSION lz4_raw)")
    groups = {kind: f"group:{kind}" for kind in (*wanted.attributes, *wanted.bands)}
    return replace(raw, path=joined, columns=Columns("unit", groups, weights), corrected={})


def _numbered(path: Path) -> str:
    """The units of a file with the lines they stand in."""
    names = column_names(path)
    if "unit" not in names:
        raise WrongUse(f"{path.name} has no column 'unit'; it has {', '.join(names)}")
    return f"SELECT {trimmed('unit')} AS unit, row_number() OVER () + 1 AS line FROM {table_source(path, names)}"


def _of_unit(column: str) -> str:
    return f"u.{quoted(f'u:{column}')}"


def _band(variable: str, bands: Sequence[Band]) -> str:
    """The key of the band that the number lies in, or ""."""
    cell = trimmed(variable)
    number = f"CASE WHEN regexp_full_match({cell}, {text(NUMBER)}) THEN {cell}::DOUBLE END"
    cases = []
    for band in bands:
        ends = [f"{number} >= {band.low!r}"] if band.low is not None else []
        ends += [f"{number} < {band.below!r}"] if band.below is not None else []
        cases.append(f"WHEN {' AND '.join(ends) or f'{number} IS NOT NULL'} THEN {text(band.key)}")
    return f"CASE {' '.join(cases)} ELSE '' END" if cases else "''"
