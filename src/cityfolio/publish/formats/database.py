"""SQLite: all released tables in one file, with keys and references."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

from cityfolio.publish.tables import ColumnKind, ReleasedTable

__all__ = ["sqlite_bytes"]

_TYPES = {ColumnKind.TEXT: "TEXT", ColumnKind.WHOLE: "INTEGER", ColumnKind.NUMBER: "REAL"}


def sqlite_bytes(tables: Sequence[ReleasedTable], about: Sequence[tuple[str, str]]) -> bytes:
    """A SQLite database of the tables, and a table `about` of (name, text) pairs. The same tables give the same bytes.

    >>> sqlite_bytes([], [("title", "Survey")])[:15]
    b'SQLite format 3'
    """
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, text TEXT NOT NULL)")
        database.executemany("INSERT INTO about VALUES (?, ?)", about)
        for table in tables:
            database.execute(_definition(table, {t.name for t in tables}))
            marks = ", ".join("?" * len(table.columns))
            # Names of tables and columns are quoted; the cells go in as parameters.
            database.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", table.rows)  # noqa: S608
        if any(table.name == "facts" for table in tables):
            database.execute("CREATE INDEX facts_about ON facts (variable, edition, measure)")
        database.commit()
        return database.serialize()


def _definition(table: ReleasedTable, known: set[str]) -> str:
    parts = [f"{_quoted(column.name)} {_TYPES[column.kind]}" for column in table.columns]
    if table.key:
        parts.append(f"PRIMARY KEY ({_listed(table.key)})")
    for columns, other, there in table.refers:
        if other in known:
            parts.append(f"FOREIGN KEY ({_listed(columns)}) REFERENCES {_quoted(other)} ({_listed(there)})")
    return f"CREATE TABLE {_quoted(table.name)} ({', '.join(parts)})"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
