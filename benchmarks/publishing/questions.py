"""The same questions to both servers, and whether both give the same facts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks.publishing.servers import Server

ONE: dict[str, str] = {"variable": "has_strategy", "edition": "2018-2020", "measure": "share", "group": "all"}


def all_questions(database: Path) -> list[dict[str, str]]:
    """Every variable, edition, measure and group of which there are facts, mixed, the same each time."""
    with closing(sqlite3.connect(database)) as opened:
        # A digit of the id that differs from row to row mixes them: neither server meets them in the order of its index.
        found = opened.execute(
            'SELECT variable, edition, measure, "group" FROM facts WHERE measure = ?'
            " GROUP BY 1, 2, 3, 4 ORDER BY substr(min(fact), -9), min(fact)",
            ("share",),
        ).fetchall()
    return [dict(zip(ONE, row, strict=True)) for row in found]


def ours(question: dict[str, str]) -> str:
    """The question as an address of the API."""
    return f"/api/v1/facts?{urlencode(question)}"


def datasettes(question: dict[str, str]) -> str:
    """The question as an address of Datasette: the rows as objects, and how many there are, as the API says it."""
    asked = {f"{name}__exact": value for name, value in question.items()}
    return f"/programme/facts.json?{urlencode({**asked, '_shape': 'objects'})}"


def same_facts(cityfolio: Server, datasette: Server, questions: Sequence[dict[str, str]]) -> int:
    """To how many of the questions both give the same facts with the same numbers, and say the same number of them."""
    same = 0
    for question in questions:
        api, table = _read(cityfolio.address + ours(question)), _read(datasette.address + datasettes(question))
        # The API keeps the order of facts.csv, Datasette that of the ids.
        told, rows = (sorted(map(_numbers, found)) for found in (api["facts"], table["rows"]))
        same += told == rows and api["total"] == table["filtered_table_rows_count"]
    return same


def _read(address: str) -> dict[str, list[dict[str, object]]]:
    with urlopen(address) as answer:
        content: dict[str, list[dict[str, object]]] = json.load(answer)
        return content


def _numbers(fact: dict[str, object]) -> tuple[object, ...]:
    return tuple(fact.get(name) for name in ("fact", "value", "numerator", "base"))
