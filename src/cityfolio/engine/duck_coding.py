"""DuckDB SQL that codes the raw answers of a wave by its plan, in five steps.

Cells without white space around them; what each cell says (codes, a missing reason, own words); patterns;
routing; and last, which numbers were answered in words.
"""

# ruff: noqa: S608 - every name and text in the queries is quoted by cityfolio.engine.sql

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from cityfolio.engine.rank_fields import rank_parts
from cityfolio.engine.raw import WHITE_SPACE, Columns, MissingWords, QuestionPlan, RawWave
from cityfolio.engine.sql import quoted, text
from cityfolio.engine.store import group_column, key_type, weight_column
from cityfolio.errors import WrongUse
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind

__all__ = [
    "NUMBER", "answers_source", "coding_sql", "column_names", "columns_of", "keys_sql", "table_source", "trimmed",
]  # fmt: skip

NUMBER = r"-?[0-9]{1,15}(\.[0-9]{1,15})?"
_NONE = "0::BIGINT"


def coding_sql(raw: RawWave, plans: Sequence[QuestionPlan]) -> str:
    """The query that gives the coded rows of a wave, in the order of the file.

    Group columns hold the codes of the enumerations `key_type(kind)`, which have to be there.

    Raises:
        WrongUse: if the file lacks a column.
    """
    names = columns_of(raw)
    answers = [plan.id for plan in plans]
    needed = [raw.columns.unit, *raw.columns.groups.values(), *raw.columns.weights.values(), *answers]
    absent = [name for name in needed if name not in names]
    if absent:
        raise WrongUse(f"{raw.path.name} has no column {absent[0]!r}; it has {', '.join(names)}")
    query = f"SELECT {', '.join(_cells(raw.columns, plans, names))} FROM {answers_source(raw)}"
    query = f"SELECT *, {', '.join(_said(plans, raw.missing))} FROM ({query})"
    query = f"SELECT {', '.join(_coded(raw.columns, plans))} FROM ({query})"
    routed = sorted((plan for plan in plans if plan.level), key=lambda plan: plan.level)
    for _, level in groupby(routed, key=lambda plan: plan.level):
        columns = [column for plan in level for column in _routed(plan)]
        query = f"SELECT * REPLACE ({', '.join(columns)}) FROM ({query})"
    said = [_in_words(plan) for plan in plans if plan.in_words]
    return f"SELECT * REPLACE ({', '.join(said)}) FROM ({query})" if said else query


def keys_sql(raw: RawWave) -> str:
    """The query of one row that gives the list of group keys of each kind, in the order of
    `raw.columns.groups`.
    """
    lists = [f"list(DISTINCT {trimmed(column)})" for column in raw.columns.groups.values()]
    return f"SELECT {', '.join(lists)} FROM {answers_source(raw)}"


def column_names(path: Path) -> list[str]:
    """The columns of a CSV or Parquet file."""
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        return list(pq.read_schema(path).names)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [cell.strip() for cell in next(csv.reader(file), [])]


def table_source(path: Path, names: Sequence[str]) -> str:
    """The file as SQL reads it, every cell of a CSV file as text."""
    if path.suffix == ".parquet":
        return f"read_parquet({text(str(path))})"
    types = ", ".join(f"{text(name)}: 'VARCHAR'" for name in names)
    form = "header = true, delim = ',', quote = '\"', escape = '\"', strict_mode = true"
    return f"read_csv({text(str(path))}, columns = {{{types}}}, auto_detect = false, {form})"


def columns_of(raw: RawWave) -> list[str]:
    """The columns of the answers of a wave, with those that only corrections fill."""
    names = column_names(raw.path)
    return [*names, *(column for column in raw.corrected if column not in names)]


def answers_source(raw: RawWave) -> str:
    """The answers of a wave as SQL reads them, corrected cells in place of those received."""
    names = column_names(raw.path)
    source = table_source(raw.path, names)
    if not raw.corrected:
        return source
    unit = trimmed(raw.columns.unit)
    held: list[str] = []
    more: list[str] = []
    for column, cells in raw.corrected.items():
        fresh = f"MAP([{', '.join(map(text, cells))}], [{', '.join(map(text, cells.values()))}])[{unit}]"
        received = f"{quoted(column)}::VARCHAR" if column in names else "''"
        (held if column in names else more).append(f"coalesce({fresh}, {received}) AS {quoted(column)}")
    replaced = f"* REPLACE ({', '.join(held)})" if held else "*"
    return f"(SELECT {', '.join([replaced, *more])} FROM {source})"


def trimmed(column: str, further: str = "") -> str:
    """The cell of a column without white space (and characters of `further`) around it, as SQL writes it."""
    cell = f"coalesce({quoted(column)}::VARCHAR, '')"
    trimmed = f"trim({cell}, {text(further + WHITE_SPACE)})"
    if further:
        return trimmed
    # Looking at both ends is much cheaper than trimming, and most cells start and end with a visible ASCII letter.
    plain = f"left({cell}, 1) BETWEEN '!' AND '~' AND right({cell}, 1) BETWEEN '!' AND '~'"
    return f"CASE WHEN {plain} THEN {cell} ELSE {trimmed} END"


def _cells(columns: Columns, plans: Sequence[QuestionPlan], names: Sequence[str]) -> list[str]:
    """The cells without white space around them; own words only as the fact that there are some."""
    cells = [f"{trimmed(columns.unit)} AS unit"]
    cells += [f"{trimmed(column)} AS {quoted(group_column(kind))}" for kind, column in columns.groups.items()]
    cells += [f"{trimmed(column)} AS {quoted(weight_column(name))}" for name, column in columns.weights.items()]
    for plan in plans:
        cells.append(f"{trimmed(plan.id)} AS {quoted(f'c.{plan.id}')}")
        own = f"{trimmed(plan.own_column, ';')} <> ''" if plan.own_column in names else "false"
        cells.append(f"{own} AS {quoted(f'o.{plan.id}')}")
    return cells


def _said(plans: Sequence[QuestionPlan], missing: MissingWords) -> list[str]:
    """Per question the reason that its cell states (`r.`, 0 for none) and the codes found in it (`b.`, by
    word).
    """
    tokens = [f"WHEN {text(word)} THEN {reason.pattern}" for word, reason in missing.tokens.items() if word]
    said: list[str] = []
    for plan in plans:
        cell = quoted(f"c.{plan.id}")
        said.append(
            f"CASE {cell} WHEN '' THEN {missing.empty.pattern} {' '.join(tokens)} ELSE 0 END AS {quoted(f'r.{plan.id}')}"
        )
        if plan.kind is Kind.RANKED:
            said += _steps(plan, cell)
        elif plan.kind.is_choice:
            said += [f"{bits} AS {quoted(f'b.{plan.id}.{word}')}" for word, bits in enumerate(_found(plan, cell))]
    return said


def _found(plan: QuestionPlan, cell: str) -> list[str]:
    """The bits of the codes in a cell, by word."""
    words: list[list[str]] = [[] for _ in plan.variable.columns]
    for code, (word, bit) in plan.word_bits.items():
        held = (
            f"{cell} = {text(code)}" if plan.kind.takes_one else f"contains(' ' || {cell} || ' ', {text(f' {code} ')})"
        )
        words[word].append(f"CASE WHEN {held} THEN {bit}::BIGINT ELSE 0 END")
    return [" + ".join(terms) if terms else _NONE for terms in words]


def _steps(plan: QuestionPlan, cell: str) -> list[str]:
    """In which step of a ranking each code stands first (`s.`, NULL where it does not): the white space before it, counted."""
    spaced = f"(' ' || translate({cell}, {text(WHITE_SPACE)}, {text(' ' * len(WHITE_SPACE))}) || ' ')"
    steps = []
    for place, code in enumerate(plan.bits):
        at = f"strpos(replace({spaced}, '=', ' '), {text(f' {code} ')})"
        before = f"left({spaced}, {at})"
        steps.append(
            f"CASE WHEN {at} > 0 THEN length({before}) - length(replace({before}, ' ', '')) END"
            f" AS {quoted(f's.{plan.id}.{place}')}"
        )
    return steps


def _ranking(plan: QuestionPlan) -> list[str]:
    """The words of a ranking's pattern. A rank is one more than the number of codes in the steps before."""
    cell, reason = quoted(f"c.{plan.id}"), quoted(f"r.{plan.id}")
    codes = "|".join(re.escape(code) for code in plan.bits)
    step = f"({codes})(=({codes}))*"
    fits = f"regexp_full_match({cell}, {text(f'{step}([{WHITE_SPACE}]+{step})*')})"
    steps = [quoted(f"s.{plan.id}.{place}") for place in range(len(plan.bits))]
    words: list[list[str]] = [[] for _ in plan.variable.columns]
    for code, step in zip(plan.bits, steps, strict=True):
        before = " + ".join(f"coalesce(({other} < {step})::BIGINT, 0)" for other in steps)
        rank = f"CASE WHEN {step} IS NULL THEN 0::BIGINT ELSE 1::BIGINT + {before} END"
        for word, part in rank_parts(plan.variable, plan.variable.codes.index(code)).items():
            words[word].append(f"((({rank}) // {part.dropped}) & {part.kept}) * {part.shift}::BIGINT")
    bad = Missing.NOT_ON_RECORD.pattern
    return [
        f"CASE WHEN {reason} < 0 THEN {reason if place == 0 else 0} WHEN {fits} THEN {' + '.join(parts) or _NONE}"
        f" ELSE {bad if place == 0 else 0} END"
        for place, parts in enumerate(words)
    ]


def _coded(columns: Columns, plans: Sequence[QuestionPlan]) -> list[str]:
    cells = ["unit"]
    for kind in columns.groups:
        column = quoted(group_column(kind))
        cells.append(f"enum_code({column}::{quoted(key_type(kind))})::USMALLINT AS {column}")
    for name in columns.weights:
        cells.append(f"{quoted(weight_column(name))}::DOUBLE AS {quoted(weight_column(name))}")
    for plan in plans:
        words = zip(plan.variable.columns, _patterns(plan), strict=True)
        cells += [f"({word})::{plan.variable.column_type} AS {quoted(column)}" for column, word in words]
        if plan.kind is Kind.NUMBER:
            cells.append(f"{_number(plan)} AS {quoted(plan.variable.number_column)}")
    return cells


def _patterns(plan: QuestionPlan) -> list[str]:
    """The words of the pattern, routing left aside."""
    cell, own, reason = (quoted(f"{letter}.{plan.id}") for letter in "cor")
    bad = Missing.NOT_ON_RECORD.pattern
    if plan.kind is Kind.TEXT:
        return [f"CASE WHEN NOT {own} THEN {reason} ELSE 0 END"]
    if plan.kind is Kind.NUMBER:
        fits = f"regexp_full_match({cell}, {text(NUMBER)})"
        return [f"CASE WHEN {reason} < 0 AND NOT {own} THEN {reason} WHEN {fits} THEN 0 ELSE {bad} END"]
    if plan.kind is Kind.RANKED:
        return _ranking(plan)
    bits = [quoted(f"b.{plan.id}.{word}") for word in range(plan.variable.words)]
    # Each code once, single spaces between: the cheap case. Otherwise the whole cell has to be made of codes.
    count = " + ".join(f"bit_count({word})" for word in bits)
    plain = f"{count} = length({cell}) - length(replace({cell}, ' ', '')) + 1"
    even = f"regexp_replace({cell}, {text(f'[{WHITE_SPACE}]+')}, ' ', 'g')"
    uneven = _found(plan, even) if plan.kind is Kind.MULTIPLE else [_NONE for _ in bits]
    words = []
    for place, (word, slow) in enumerate(zip(bits, uneven, strict=True)):
        words_bit = _own_bit(plan, place)
        otherwise = (
            f"WHEN {_made_of_codes(plan, cell)} THEN {slow} + {words_bit} " if plan.kind is Kind.MULTIPLE else ""
        )
        words.append(
            f"CASE WHEN {reason} < 0 THEN CASE WHEN {own} THEN {words_bit} ELSE {reason if place == 0 else 0} END"
            f" WHEN {plain} THEN {word} + {words_bit} {otherwise}ELSE {bad if place == 0 else 0} END"
        )
    return words


def _made_of_codes(plan: QuestionPlan, cell: str) -> str:
    codes = "|".join(re.escape(code) for code in plan.bits)
    pattern = f"({codes})([{WHITE_SPACE}]+({codes}))*"
    return f"regexp_full_match({cell}, {text(pattern)})"


def _own_bit(plan: QuestionPlan, word: int) -> str:
    place, bit = plan.own_place
    own = quoted(f"o.{plan.id}")
    return f"CASE WHEN {own} THEN {bit}::BIGINT ELSE 0 END" if plan.own_words and place == word else _NONE


def _number(plan: QuestionPlan) -> str:
    cell, own, reason = (quoted(f"{letter}.{plan.id}") for letter in "cor")
    fits = f"regexp_full_match({cell}, {text(NUMBER)})"
    return f"CASE WHEN {fits} AND ({reason} = 0 OR {own}) THEN TRY_CAST({cell} AS DOUBLE) END"


def _in_words(plan: QuestionPlan) -> str:
    """The column of a number, with those marked who answered it in the words of a text alone."""
    column = quoted(plan.variable.columns[0])
    texts = " OR ".join(f"{quoted(f'v.{text}')} >= 0" for text in plan.in_words)
    said = f"{column} < 0 AND {column} <> {Missing.ROUTED_PAST.pattern} AND ({texts})"
    coded = f"CASE WHEN {said} THEN {Missing.IN_WORDS.pattern} ELSE {column} END"
    return f"({coded})::{plan.variable.column_type} AS {column}"


def _routed(plan: QuestionPlan) -> list[str]:
    """The columns of a routed question, with those routed past marked as such, whatever they answered."""
    past = " OR ".join(
        f"({quoted(r.router.columns[0])} >= 0 AND {quoted(column)} & {word} <> 0)"
        for r in plan.routed_past_by
        for column, word in zip(r.router.columns, r.words, strict=True)
        if word
    )
    columns: list[str] = []
    for place, column in enumerate(map(quoted, plan.variable.columns)):
        value = Missing.ROUTED_PAST.pattern if place == 0 else 0
        coded = f"CASE WHEN {past} THEN {value} ELSE {column} END"
        columns.append(f"({coded})::{plan.variable.column_type} AS {column}")
    if plan.kind is Kind.NUMBER:
        number = quoted(plan.variable.number_column)
        columns.append(f"CASE WHEN {past} THEN NULL ELSE {number} END AS {number}")
    return columns
