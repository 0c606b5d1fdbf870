"""Answers in a programme's own coded form, from a file and its mapping: each different value is judged once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.intake.coding import Coder, MissingTokens
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from cityfolio.intake.importing.mapping import MappingFile, VariableColumns
    from cityfolio.intake.importing.received import Received
    from cityfolio.model.instrument import Instrument, Question
    from cityfolio.model.unit import Unit
    from cityfolio.model.variable import Variable

__all__ = ["Target", "apply_mapping"]

_LONGEST = 100_000
_ODD = re.compile(r"[=@+](?=.*\S).*|#(?:REF|N/A|NAME|VALUE|DIV/0|NULL|NUM)\b.*|.*[\x00-\x08\x0b-\x1f].*", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")


@dataclass(frozen=True)
class Target:
    """What the answers are for: the wave's instrument, the programme's variables, units and words for missing reasons."""

    instrument: Instrument
    variables: Mapping[str, Variable]
    units: Mapping[str, Unit]
    missing: MissingTokens
    mapping_name: str


@dataclass
class _Applying:
    received: Received
    target: Target
    findings: list[Finding] = field(default_factory=list)

    def say(self, code: str, column: str, facts: Mapping[str, str], line: int = 1) -> None:
        self.findings.append(Finding(code, Place(self.received.name, line, column), facts))

    def line_of(self, column: str, value: str) -> int:
        """The line of a CSV file with the same rows in which the value stands first."""
        return int((self.received.frame[column] == value).arg_max() or 0) + 2

    def recoded(self, column: str, code: Callable[[str], str]) -> pl.Series:
        """The column with each different value put through `code`."""
        held = self.received.frame[column]
        values = held.unique(maintain_order=True)
        coded = pl.Series([code(value) for value in values.to_list()], dtype=pl.String)
        return held.replace_strict(values, coded, return_dtype=pl.String)


def apply_mapping(received: Received, mapping: MappingFile, target: Target) -> tuple[pl.DataFrame, list[Finding]]:
    """The coded answers, a row per unit in the order of their ids, and all findings; they are whole if nothing blocks."""
    work = _Applying(received, target)
    entries = {entry.variable: entry for entry in mapping.variables}
    _check_columns(work, mapping)
    if mapping.unit.column not in received.frame.columns or any(f.blocks for f in work.findings):
        return pl.DataFrame(), work.findings
    columns = [_units(work, mapping).alias("unit")]
    for variable, question in target.instrument.questions.items():
        entry = entries.get(variable)
        cells = _answers(work, entry, question) if entry else None
        empty = pl.Series([""] * received.frame.height, dtype=pl.String)
        columns.append((empty if cells is None else cells).alias(variable))
        if question.own_words:
            own = _texts(work, entry.other) if entry and entry.other else empty
            columns.append(own.alias(f"{variable}_other"))
    return pl.DataFrame(columns).sort("unit", maintain_order=True), work.findings


def _check_columns(work: _Applying, mapping: MappingFile) -> None:
    """Every column that the mapping names is there, every question has one, and every column has a place."""
    there, file = work.received.frame.columns, work.target.mapping_name
    read = [mapping.unit.column]
    for entry in mapping.variables:
        if entry.variable not in work.target.instrument.questions:
            hint = did_you_mean(entry.variable, work.target.instrument.questions) or ""
            facts = {"kind": "The variable", "got": entry.variable, "suggestion": hint, "where": "The mapping"}
            work.findings.append(Finding("programme.unknown-name", Place(file), facts))
        elif entry.state == "needs confirmation":
            facts = {"variable": entry.variable, "mapping": file}
            work.findings.append(Finding("import.to-confirm", Place(file), facts))
        read += [c for c in (entry.column, entry.other, *entry.columns.values(), *entry.ranks) if c]
    for column in dict.fromkeys(c for c in read if c not in there):
        facts = {"got": column, "suggestion": did_you_mean(column, there) or "", "mapping": file}
        work.say("import.no-column", column, facts)
    mapped = {entry.variable for entry in mapping.variables} | set(mapping.absent)
    for variable in work.target.instrument.questions:
        if variable not in mapped:
            rest = [c for c in there if c not in read and c not in mapping.ignored]
            facts = {"variable": variable, "suggestion": did_you_mean(variable, rest) or "", "mapping": file}
            work.findings.append(Finding("import.unmatched-question", Place(file), facts))
    for column in there:
        if column not in read and column not in mapping.ignored:
            work.say("import.unread-column", column, {"got": column, "mapping": file})


def _units(work: _Applying, mapping: MappingFile) -> pl.Series:
    column, units = mapping.unit.column, work.target.units

    def code(value: str) -> str:
        unit = mapping.unit.values.get(value, value)
        if unit not in units:
            hint = did_you_mean(value, units) or ""
            work.say("intake.unknown-unit", column, {"got": value, "suggestion": hint}, work.line_of(column, value))
        return unit

    found = work.recoded(column, code)
    for unit in sorted(found.filter(found.is_duplicated()).unique().to_list()):
        first, again = (found == unit).arg_true().head(2).to_list()
        work.say("intake.doubled-unit", column, {"got": unit, "first": str(first + 2)}, again + 2)
    return found


def _answers(work: _Applying, entry: VariableColumns, question: Question) -> pl.Series | None:
    if entry.column and question.kind in (Kind.TEXT, Kind.NUMBER):
        return _plain_answers(work, entry, question)
    if entry.column:
        return _judged(work, entry, question, _choices(work, entry, question, entry.column))
    several = list(entry.columns.values()) or entry.ranks
    if not several:
        return None
    if entry.ranks:
        parts = [_choices(work, entry, question, column) for column in entry.ranks]
    else:
        parts = [_ticked(work, entry, code, column) for code, column in entry.columns.items()]
    joined = pl.DataFrame([part.alias(str(place)) for place, part in enumerate(parts)]).select(
        pl.concat_str(pl.all(), separator=" ").str.replace_all(" +", " ").str.strip_chars()
    )
    return _judged(work, entry, question, joined.to_series())


def _token(work: _Applying, column: str, value: str, reason: str) -> str:
    """The programme's word for a missing reason."""
    missing = work.target.missing
    if missing.empty.value == reason:
        return ""
    word = next((word for word, meant in missing.tokens.items() if meant is Missing(reason)), None)
    if word is None:
        work.say("import.no-word", column, {"got": value, "reason": reason}, work.line_of(column, value))
    return word or ""


def _choices(work: _Applying, entry: VariableColumns, question: Question, column: str) -> pl.Series:
    tokens = work.target.missing.tokens

    def one(value: str, whole: str) -> str:
        if value in entry.codes:
            return entry.codes[value]
        if value not in question.by_code:
            meant = {choice.label: choice.code for choice in question.choices} | {c: c for c in question.by_code}
            near = did_you_mean(value, meant)
            hint = meant[near] if near else ""
            facts = {"got": value, "variable": question.variable, "mapping": work.target.mapping_name}
            work.say("import.unknown-value", column, {**facts, "suggestion": hint}, work.line_of(column, whole))
        return value

    def code(value: str) -> str:
        if value in entry.missing:
            return _token(work, column, value, entry.missing[value])
        if not value or value in tokens:
            return value
        if question.kind.takes_one or entry.ranks or value in entry.codes:
            return one(value, value)
        parts = [part.strip() for part in value.split(entry.separator) if part.strip()]
        return " ".join(coded for part in parts if (coded := one(part, value)))

    return work.recoded(column, code)


def _ticked(work: _Applying, entry: VariableColumns, category: str, column: str) -> pl.Series:
    """The category where its own column says that it was chosen."""
    not_chosen = {"", "0", "N", "No", "FALSE", "False", "false", "Not selected"}

    def code(value: str) -> str:
        if value in entry.chosen:
            return category
        if value not in not_chosen and value not in entry.missing:
            facts = {"got": value, "variable": entry.variable, "mapping": work.target.mapping_name}
            hint = did_you_mean(value, entry.chosen) or ""
            work.say("import.unknown-value", column, {**facts, "suggestion": hint}, work.line_of(column, value))
        return ""

    return work.recoded(column, code)


def _judged(work: _Applying, entry: VariableColumns, question: Question, cells: pl.Series) -> pl.Series:
    """The coded cells, each different one read as a build will read it, so that a build finds nothing new."""
    variable = work.target.variables[question.variable]
    coder = Coder(question, variable, work.target.instrument.wave, work.target.missing)
    already = any(f.code == "import.unknown-value" and f.facts["variable"] == question.variable for f in work.findings)
    for cell in [] if already else cells.unique(maintain_order=True).to_list():
        line = int((cells == cell).arg_max() or 0) + 2
        at = Place(work.received.name, line, entry.column or question.variable)
        work.findings += coder.code(cell, "", at)[1]
    return cells


def _plain_answers(work: _Applying, entry: VariableColumns, question: Question) -> pl.Series:
    column = entry.column
    if question.kind is Kind.TEXT:
        return _texts(work, column)

    def code(value: str) -> str:
        if value in entry.missing:
            return _token(work, column, value, entry.missing[value])
        value_meant = entry.codes.get(value, value)
        if value_meant and value_meant not in work.target.missing.tokens and not _NUMBER.fullmatch(value_meant):
            facts = {"got": value, "variable": question.variable}
            work.say("intake.no-number", column, facts, work.line_of(column, value))
        return value_meant

    return work.recoded(column, code)


def _texts(work: _Applying, column: str) -> pl.Series:
    def code(value: str) -> str:
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > _LONGEST or _ODD.fullmatch(text):
            facts = {"got": text[:60], "length": str(len(text))}
            work.say("import.odd-text", column, facts, work.line_of(column, value))
        return text

    return work.recoded(column, code)
