"""What different things the cells of a large wave say, so that each can be judged once instead of millions of times."""

# ruff: noqa: S608 - every name and text in the queries is quoted by cityfolio.engine.sql

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.engine.duck_coding import NUMBER, answers_source, column_names, columns_of, table_source, trimmed
from cityfolio.engine.raw import WHITE_SPACE
from cityfolio.engine.sql import quoted, text
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    import duckdb

    from cityfolio.engine.raw import RawWave
    from cityfolio.model.instrument import Question

__all__ = ["DistinctCell", "cells_of", "distinct_cells"]


@dataclass(frozen=True)
class DistinctCell:
    """A cell as it stands in `rows` rows, first in `line`, with so many own words beside it."""

    cell: str
    own_words: int
    rows: int
    line: int


def distinct_cells(connection: duckdb.DuckDBPyConnection, raw: RawWave, question: Question) -> Iterator[DistinctCell]:
    """The different answers to a choice or number question, in the order of their first lines.

    Numbers that are well-formed and within the question's range say nothing wrong and are left out, as are texts.
    """
    if question.kind is Kind.TEXT:
        return
    names = columns_of(raw)
    cell, own = trimmed(question.variable), quoted(f"{question.variable}_other")
    parts = "0"
    if question.own_words and f"{question.variable}_other" in names:
        parts = f"len(regexp_extract_all(coalesce({own}::VARCHAR, ''), {text(f'[^;]*[^;{WHITE_SPACE}][^;]*')}))"
    rows = f"SELECT {cell} AS cell, {parts} AS own, row_number() OVER () + 1 AS line FROM {answers_source(raw)}"
    kept = f" WHERE {_wrong_number(question)}" if question.kind is Kind.NUMBER else ""
    query = f"SELECT cell, own, count(*), min(line) AS first FROM ({rows}){kept} GROUP BY ALL ORDER BY first, own"
    for found in connection.execute(query).fetchall():
        yield DistinctCell(*found)


def cells_of(
    connection: duckdb.DuckDBPyConnection, raw: RawWave, units: Sequence[str], columns: Sequence[str]
) -> dict[str, dict[str, str]]:
    """The cells of some units in some columns as received, by unit; a column that is not there is empty."""
    names = column_names(raw.path)
    if raw.columns.unit not in names:
        return {}
    unit = trimmed(raw.columns.unit)
    cells = [trimmed(column) if column in names else "''" for column in columns]
    wanted = ", ".join(text(one) for one in units) or "''"
    query = f"SELECT {', '.join([unit, *cells])} FROM {table_source(raw.path, names)} WHERE {unit} IN ({wanted})"
    return {held: dict(zip(columns, said, strict=True)) for held, *said in connection.execute(query).fetchall()}


def _wrong_number(question: Question) -> str:
    number = "cell::DOUBLE"
    ends = [f"{number} < {question.lowest!r}"] if question.lowest is not None else []
    ends += [f"{number} > {question.highest!r}"] if question.highest is not None else []
    fits = f"regexp_full_match(cell, {text(NUMBER)})"
    return f"CASE WHEN {fits} THEN {' OR '.join(ends) or 'false'} ELSE cell <> '' END"
