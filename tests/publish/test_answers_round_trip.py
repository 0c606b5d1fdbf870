"""Answers that go out come back: from each file that holds them, every answer is the one that was coded, in all its parts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeAlias

import polars as pl
import pytest

from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind, Variable
from cityfolio.publish.dataset import Dataset

from ..programmes import rows_of

Key: TypeAlias = "tuple[str, str, str]"
Row: TypeAlias = "dict[str, object]"


class Said(NamedTuple):
    """What a unit said: codes in its own order, a number, a text, words of its own, or why it said nothing."""

    codes: tuple[str, ...] = ()
    number: float | None = None
    text: str = ""
    own_words: tuple[str, ...] = ()
    missing: Missing | None = None


def coded(dataset: Dataset) -> dict[Key, Said]:
    """The answers as they were coded: by unit, wave and variable."""
    found = {}
    for held in dataset.answers.by_unit.values():
        for response in held.values():
            for name, variable in dataset.variables.items():
                answer = response.answers.get(name)
                # Beside a number the answer also keeps how it was spelt; what comes out is the number.
                text = answer.text if answer is not None and variable.kind is Kind.TEXT else ""
                found[response.unit, response.wave, name] = (
                    Said(missing=Missing.NOT_ASKED)
                    if answer is None
                    else Said(answer.codes, answer.number, text, answer.own_words, answer.missing)
                )
    return found


def parts(cell: object, separator: str) -> tuple[str, ...]:
    """The parts of a cell: a list of them, or a text in which they stand."""
    if isinstance(cell, list):
        return tuple(cell)
    return tuple(str(cell).split(separator)) if cell else ()


def in_a_column(row: Row, variable: Variable) -> Said:
    """The answer in the columns of one variable."""
    missing, said = row.get(f"{variable.id}_missing"), row.get(variable.id)
    if missing:
        return Said(missing=Missing(missing))
    if variable.kind is Kind.NUMBER:
        return Said(number=float(str(said)))
    if variable.kind is Kind.TEXT:
        return Said(text=str(said))
    return Said(codes=parts(said, " "), own_words=parts(row.get(f"{variable.id}_other"), "; "))


def wide(rows: Iterable[Row], dataset: Dataset) -> dict[Key, Said]:
    return {
        (str(row["unit"]), str(row["wave"]), name): in_a_column(row, variable)
        for row in rows
        for name, variable in dataset.variables.items()
    }


def from_csv(published: Path, dataset: Dataset) -> dict[Key, Said]:
    return wide(map(dict[str, object], rows_of(published / "responses.csv")), dataset)


def from_json(published: Path, dataset: Dataset) -> dict[Key, Said]:
    return wide(json.loads((published / "responses.json").read_text("utf-8")), dataset)


def from_parquet(published: Path, dataset: Dataset) -> dict[Key, Said]:
    return wide(pl.read_parquet(published / "responses.parquet").iter_rows(named=True), dataset)


def from_long_csv(published: Path, dataset: Dataset) -> dict[Key, Said]:
    found: dict[Key, list[dict[str, str]]] = {}
    for row in rows_of(published / "responses-long.csv"):
        found.setdefault((row["unit"], row["wave"], row["variable"]), []).append(row)
    columns = list(next(iter(found.values()))[0])
    value = columns[columns.index("place") + 1 :]
    answers = {}
    for key, rows in found.items():
        told = [{name: row[name] for name in value if row[name]} for row in rows]
        missing = next((Missing(part["missing"]) for part in told if "missing" in part), None)
        answers[key] = (
            Said(missing=missing)
            if missing is not None
            else Said(
                codes=tuple(part["category"] for part in told if "category" in part),
                number=next((float(part["number"]) for part in told if "number" in part), None),
                text=next((part["text"] for part in told if "text" in part), ""),
                own_words=tuple(part["own_words"] for part in told if "own_words" in part),
            )
        )
    return answers


@pytest.mark.parametrize("read", [from_csv, from_json, from_parquet, from_long_csv])
def test_every_answer_comes_back_as_it_was_coded(
    read: Callable[[Path, Dataset], dict[Key, Said]], published: Path, dataset: Dataset
) -> None:
    back, told = read(published, dataset), coded(dataset)
    assert {key: (back.get(key), answer) for key, answer in told.items() if back.get(key) != answer} == {}
    assert back.keys() == told.keys()
