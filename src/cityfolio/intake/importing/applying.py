"""Answers in a programme's own coded form, from a file and its mapping: each different value is judged once."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean, join_list
from cityfolio.intake.coding import Coder, MissingTokens
from cityfolio.intake.importing.columns import Column, blank, order_of, together
from cityfolio.intake.importing.mapping import columns_read
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from cityfolio.intake.importing.mapping import MappingFile, VariableColumns
    from cityfolio.intake.importing.received import Received
    from cityfolio.model.instrument import Instrument, Question
    from cityfolio.model.variable import Variable

__all__ = ["Coded", "Target", "apply_mapping"]

_LONGEST = 100_000
_CUT = 32_767  # letters; no cell of a workbook holds more
_MOST_NAMED = 1_000  # findings of one kind about one column
_MOST_COMPARED = 10_000  # units among which a likely one is looked for
_ODD = re.compile(r"[=@+](?=.*\S).*|#(?:REF|N/A|NAME|VALUE|DIV/0|NULL|NUM)\b.*|.*[\x00-\x08\x0b-\x1f].*", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_WITH_COMMA = re.compile(r"-?[0-9]{1,15},[0-9]{1,15}")
_REASON = "\x00"
"""Before a reason in the cell of a category, which no code holds."""


@dataclass(frozen=True)
class Target:
    """What the answers are for: the wave's instrument, the programme's variables, units and words for missing reasons."""

    instrument: Instrument
    variables: Mapping[str, Variable]
    units: pl.Series
    missing: MissingTokens
    mapping_name: str


@dataclass(frozen=True)
class Coded:
    """The columns of the answers, a row per unit in the order of their ids."""

    columns: Mapping[str, Column]
    height: int

    def rows_of(self, units: Iterable[str]) -> dict[str, dict[str, str]]:
        """The answers of these units, as far as they are there."""
        listed = self.columns["unit"]
        found = {unit: place for unit in sorted(units) if (place := listed.place_of(unit)) >= 0}
        rows = {unit: int(np.argmax(listed.places == place)) for unit, place in found.items()}
        return {
            unit: {name: column.values[int(column.places[row])] for name, column in self.columns.items()}
            for unit, row in rows.items()
        }


@dataclass
class _Applying:
    received: Received
    target: Target
    rows: np.ndarray[tuple[int], np.dtype[np.int64]] | None = None
    findings: list[Finding] = field(default_factory=list)
    said: Counter[tuple[str, str]] = field(default_factory=Counter)

    def say(self, code: str, column: str, facts: Mapping[str, str], line: int = 1) -> None:
        """A finding about a column. Of very many alike, the first are named and the rest are counted."""
        self.said[code, column] += 1
        if self.said[code, column] <= _MOST_NAMED:
            self.findings.append(Finding(code, Place(self.received.name, line, column), facts))

    def count_the_rest(self) -> None:
        """For each kind of which not all are named, how many there are."""
        for (code, column), number in self.said.items():
            if number > _MOST_NAMED:
                facts = {"number": str(number - _MOST_NAMED), "code": code}
                self.findings.append(Finding("import.and-more", Place(self.received.name, 1, column), facts))

    @property
    def height(self) -> int:
        return self.received.height if self.rows is None else len(self.rows)

    def column(self, name: str) -> Column:
        held = self.received.columns[name]
        return held if self.rows is None else held.taken(self.rows)

    def line(self, row: int) -> int:
        """The line in the file of a row that is not left out."""
        return self.received.line_of(row if self.rows is None else int(self.rows[row]))

    def recoded(
        self,
        name: str,
        code: Callable[[str, Callable[[], int]], str],
        among: Callable[[pl.Series], pl.Series] | None = None,
    ) -> Column:
        """The column with each different value put through `code`, which can ask for the line that it stands in first.

        Where values are many, only those that `among` marks are looked at one by one; it leaves out what `code` leaves as it is.
        """
        column = self.column(name)
        looked_at = range(len(column.values)) if among is None else among(column.values).arg_true().to_list()
        if among is not None and len(looked_at) == 0:
            return column
        words = column.values if among is not None else column.words

        def line_of(at: int) -> Callable[[], int]:
            return lambda: self.line(int(column.first_rows[at]))

        coded = {at: code(words[at], line_of(at)) for at in looked_at}
        if all(column.words[at] == value for at, value in coded.items()):
            return column
        return column.with_words([coded.get(at, value) for at, value in enumerate(column.words)])


def apply_mapping(received: Received, mapping: MappingFile, target: Target) -> tuple[Coded, list[Finding]]:
    """The coded answers and all findings; the answers are whole if nothing blocks."""
    work = _Applying(received, target)
    work.findings += [f for f in received.findings if f.at.column not in mapping.ignored]
    entries = {entry.variable: entry for entry in mapping.variables}
    _check_columns(work, mapping)
    if mapping.unit.column not in received.columns or not set(mapping.left_out) <= set(received.columns):
        return Coded({}, 0), work.findings
    work.rows = _kept_rows(work, mapping)
    columns = {"unit": _units(work, mapping)}
    for variable, question in target.instrument.questions.items():
        entry = entries.get(variable)
        # What is not settled about columns has its finding; nothing follows from their values.
        if entry and (entry.state == "needs confirmation" or not _columns_of(entry) <= set(received.columns)):
            entry = None
        if entry:
            _declared(work, entry)
        cells = _answers(work, entry, question) if entry else None
        columns[variable] = cells or blank(work.height)
        if question.own_words:
            own = _texts(work, entry, entry.other) if entry and entry.other else blank(work.height)
            columns[f"{variable}_other"] = own
    work.count_the_rest()
    if any(f.blocks for f in work.findings):
        return Coded({}, 0), work.findings
    order = order_of(columns["unit"])
    if order is not None:
        columns = {name: column.in_order(order) for name, column in columns.items()}
    return Coded(columns, work.height), work.findings


# ---- Columns and rows


def _columns_of(entry: VariableColumns) -> set[str]:
    return {column for column in (entry.column, entry.other, *entry.columns.values(), *entry.ranks) if column}


def _check_columns(work: _Applying, mapping: MappingFile) -> None:
    """Every column that the mapping names is there, every question has one, and every column has a place."""
    there, file = list(work.received.columns), work.target.mapping_name
    read = columns_read(mapping)
    for entry in mapping.variables:
        if entry.variable not in work.target.instrument.questions:
            hint = did_you_mean(entry.variable, work.target.instrument.questions) or ""
            facts = {"kind": "The variable", "got": entry.variable, "suggestion": hint, "where": "The mapping"}
            work.findings.append(Finding("programme.unknown-name", Place(file), facts))
        elif entry.state == "needs confirmation":
            facts = {"variable": entry.variable, "mapping": file}
            work.findings.append(Finding("import.to-confirm", Place(file), facts))
    for column in dict.fromkeys(c for c in read if c not in work.received.columns):
        facts = {"got": column, "suggestion": did_you_mean(column, there) or "", "mapping": file}
        work.say("import.no-column", column, facts)
    mapped = {entry.variable for entry in mapping.variables} | set(mapping.absent)
    placed = {*read, *mapping.ignored}
    for variable in work.target.instrument.questions:
        if variable not in mapped:
            rest = [c for c in there if c not in placed]
            question = work.target.instrument.questions[variable]
            called = (name for name in (question.wording, question.label, variable) if name)
            hint = next((near for name in called if (near := did_you_mean(name, rest))), "")
            facts = {"variable": variable, "suggestion": hint, "mapping": file}
            work.findings.append(Finding("import.unmatched-question", Place(file), facts))
    for entry in mapping.variables:
        asked = work.target.instrument.questions.get(entry.variable)
        for choice in asked.choices if asked and entry.columns and not entry.column else ():
            if choice.code not in entry.columns:
                near = did_you_mean(choice.label, [c.rpartition("[")[2].rstrip("]") for c in there if c not in placed])
                facts = {"got": choice.code, "variable": entry.variable, "suggestion": near or "", "mapping": file}
                work.findings.append(Finding("import.no-category-column", Place(file), facts))
    for column in there:
        if column not in placed:
            work.say("import.unread-column", column, {"got": column, "mapping": file})


def _kept_rows(work: _Applying, mapping: MappingFile) -> np.ndarray[tuple[int], np.dtype[np.int64]] | None:
    """The rows that the mapping does not leave out; None for all of them."""
    kept = np.ones(work.received.height, bool)
    for name, values in mapping.left_out.items():
        column = work.received.columns[name]
        for value in values:
            if column.place_of(value) < 0:
                work.say("import.left-out-nowhere", name, {"got": value, "mapping": work.target.mapping_name})
        kept &= ~column.values.is_in(values).to_numpy()[column.places]
    return None if bool(kept.all()) else np.flatnonzero(kept)


def _units(work: _Applying, mapping: MappingFile) -> Column:
    name, units, meant = mapping.unit.column, work.target.units, mapping.unit.values

    def code(value: str, line: Callable[[], int]) -> str:
        unit = meant.get(value, value)
        if unit not in listed:
            work.say("intake.unknown-unit", name, {"got": value, "suggestion": _likely(value, units)}, line())
        return unit

    def among(values: pl.Series) -> pl.Series:
        return ~values.is_in(units.implode()) | values.is_in(list(meant))

    listed = set(meant.values()) & set(units.filter(units.is_in(list(meant.values()))))
    found = work.recoded(name, code, among)
    if len(found.values) < len(found):
        times = np.bincount(found.places, minlength=len(found.values))
        for place in sorted(np.flatnonzero(times > 1).tolist(), key=found.words.__getitem__):
            first, again = np.flatnonzero(found.places == place)[:2].tolist()
            facts = {"got": found.words[place], "first": str(work.line(first))}
            work.say("intake.doubled-unit", name, facts, work.line(again))
    return found


def _likely(value: str, units: pl.Series) -> str:
    """A unit that may be meant: one that is written alike, or the same number with the zeros that spreadsheets take off."""
    if len(units) > _MOST_COMPARED:
        return ""
    ids: list[str] = units.to_list()
    if value.isdecimal():
        same = [unit for unit in ids if unit.isdecimal() and int(unit) == int(value)]
        if len(same) == 1:
            return same[0]
    return did_you_mean(value, ids) or ""


# ---- Answers


def _declared(work: _Applying, entry: VariableColumns) -> None:
    """A value that the file declares missing is no answer, though it may look like one."""
    explained = {*entry.missing, *entry.codes}
    for column in dict.fromkeys([entry.column, *entry.columns.values(), *entry.ranks]):
        for value in sorted(work.received.missing.get(column, frozenset()) - explained):
            held = work.column(column)
            if held.place_of(value) >= 0:
                facts = {"got": value, "variable": entry.variable, "mapping": work.target.mapping_name}
                work.say("import.declared-missing", column, facts, work.line(held.first_row(value)))


def _answers(work: _Applying, entry: VariableColumns, question: Question) -> Column | None:
    if entry.column and question.kind is Kind.TEXT:
        return _texts(work, entry, entry.column)
    if entry.column and question.kind is Kind.NUMBER:
        return _numbers(work, entry, question)
    if entry.column:
        whole = _choices(work, entry, question, entry.column)
        if entry.columns and not _is_unexplained(work, question):
            _compare(work, entry, whole)
        return _judged(work, entry, question, whole)
    if entry.ranks:
        parts = [_choices(work, entry, question, column) for column in entry.ranks]
        return _judged(work, entry, question, together(parts, lambda cells: " ".join(cell for cell in cells if cell)))
    if entry.columns:
        return _by_category(work, entry, question)
    return None


def _token(work: _Applying, column: str, value: str, reason: str, line: Callable[[], int]) -> str:
    """The programme's word for a missing reason."""
    missing = work.target.missing
    if missing.empty.value == reason:
        return ""
    word = next((word for word, meant in missing.tokens.items() if meant is Missing(reason)), None)
    if word is None:
        work.say("import.no-word", column, {"got": value, "reason": reason}, line())
    return word or ""


def _choices(work: _Applying, entry: VariableColumns, question: Question, column: str) -> Column:
    tokens = work.target.missing.tokens

    def one(value: str, line: Callable[[], int]) -> str:
        if value in entry.codes:
            return entry.codes[value]
        if value not in question.by_code:
            meant = {choice.label: choice.code for choice in question.choices} | {c: c for c in question.by_code}
            near = did_you_mean(value, meant)
            _unexplained(work, entry, column, value, meant[near] if near else "", line())
        return value

    def code(value: str, line: Callable[[], int]) -> str:
        if value in entry.missing:
            return _token(work, column, value, entry.missing[value], line)
        if not value or value in tokens:
            return value
        if question.kind.takes_one or entry.ranks or value in entry.codes:
            return one(value, line)
        parts = [part.strip() for part in value.split(entry.separator or " ") if part.strip()]
        return " ".join(coded for part in parts if (coded := one(part, line)))

    return work.recoded(column, code)


def _unexplained(work: _Applying, entry: VariableColumns, column: str, value: str, hint: str, line: int) -> None:
    facts = {"got": value, "variable": entry.variable, "mapping": work.target.mapping_name, "suggestion": hint}
    work.say("import.unknown-value", column, facts, line)


def _is_unexplained(work: _Applying, question: Question) -> bool:
    """Whether a value of the question is one that nothing explains: then more about it would only repeat that."""
    return any(f.code == "import.unknown-value" and f.facts["variable"] == question.variable for f in work.findings)


def _by_category(work: _Applying, entry: VariableColumns, question: Question) -> Column:
    """The categories whose columns say that they were chosen, or the reason that they give where none was."""
    parts = [_ticked(work, entry, code, column) for code, column in entry.columns.items() if column]
    if not parts:
        return blank(work.height)
    mixed: dict[str, str] = {}

    def join(cells: tuple[str, ...]) -> str:
        chosen = [cell for cell in cells if cell and not cell.startswith(_REASON)]
        reasons = list(dict.fromkeys(cell[1:] for cell in cells if cell.startswith(_REASON)))
        if not reasons:
            return " ".join(chosen)
        if not chosen and len(reasons) == 1:
            return _token(work, entry.variable, reasons[0], reasons[0], lambda: 1)
        # Kept apart from the same choice without a reason, so that its line can be told.
        cell = " ".join(chosen) + " " * (len(mixed) + 1)
        mixed[cell] = join_list(reasons)
        return cell

    cells = together(parts, join)
    for cell, reasons_said in mixed.items():
        facts = {"got": cell.strip(), "reasons": reasons_said, "variable": entry.variable}
        work.say("import.mixed-reasons", entry.variable, facts, work.line(cells.first_row(cell)))
    cells = cells.recoded(str.strip)
    cap, alone = question.cap, {choice.code for choice in question.choices if choice.exclusive}

    def needs_a_look(cell: str) -> bool:
        codes = cell.split()
        return len(codes) > 1 and ((cap is not None and len(codes) > cap) or not alone.isdisjoint(codes))

    return _judged(work, entry, question, cells, needs_a_look)


def _ticked(work: _Applying, entry: VariableColumns, category: str, column: str) -> Column:
    """The category where its own column says that it was chosen, and the reason where it gives one."""

    def code(value: str, line: Callable[[], int]) -> str:
        if value in entry.chosen:
            return category
        if value in entry.missing:
            return _REASON + entry.missing[value]
        if value and value not in entry.not_chosen:
            _unexplained(work, entry, column, value, did_you_mean(value, entry.chosen) or "", line())
        return ""

    return work.recoded(column, code)


def _compare(work: _Applying, entry: VariableColumns, whole: Column) -> None:
    """Where answers stand in one column and in one per category, a difference between them is a finding."""
    chosen, not_chosen = set(entry.chosen), set(entry.not_chosen)
    for category, column in entry.columns.items():
        if not column:
            continue
        split = work.column(column)
        held = np.array([category in value.split() for value in whole.words], bool)[whole.places]
        said_yes = np.array([value in chosen for value in split.words], bool)[split.places]
        said_no = np.array([value in not_chosen for value in split.words], bool)[split.places]
        against = np.flatnonzero((said_yes & ~held) | (said_no & held))
        if len(against):
            facts = {"got": category, "column": entry.column, "number": str(len(against)), "variable": entry.variable}
            work.say("import.disagree", column, facts, work.line(int(against[0])))


def _judged(
    work: _Applying,
    entry: VariableColumns,
    question: Question,
    cells: Column,
    needs_a_look: Callable[[str], bool] = bool,
) -> Column:
    """The coded cells, each different one read as a build will read it, so that a build finds nothing new."""
    if _is_unexplained(work, question):
        return cells
    coder = Coder(question, work.target.variables[question.variable], work.target.instrument.wave, work.target.missing)
    column = entry.column or question.variable
    for at, cell in enumerate(cells.words):
        for finding in coder.code(cell, "", Place("", 1))[1] if needs_a_look(cell) else ():
            work.say(finding.code, column, finding.facts, work.line(int(cells.first_rows[at])))
    return cells


def _numbers(work: _Applying, entry: VariableColumns, question: Question) -> Column:
    column, tokens = entry.column, work.target.missing.tokens
    coder = Coder(question, work.target.variables[question.variable], work.target.instrument.wave, work.target.missing)
    lowest = question.lowest if question.lowest is not None else -math.inf
    highest = question.highest if question.highest is not None else math.inf

    def code(value: str, line: Callable[[], int]) -> str:
        if value in entry.missing:
            return _token(work, column, value, entry.missing[value], line)
        meant = entry.codes.get(value, value)
        if entry.decimal == "," and _WITH_COMMA.fullmatch(meant):
            meant = meant.replace(",", ".")
        if not meant or meant in tokens:
            return meant
        if _NUMBER.fullmatch(meant):
            if not lowest <= float(meant) <= highest:
                for finding in coder.code(meant, "", Place("", 1))[1]:
                    work.say(finding.code, column, finding.facts, line())
        elif _WITH_COMMA.fullmatch(meant):
            facts = {"got": value, "variable": question.variable, "mapping": work.target.mapping_name}
            work.say("import.decimal-comma", column, facts, line())
        else:
            work.say("intake.no-number", column, {"got": value, "variable": question.variable}, line())
        return meant

    def among(values: pl.Series) -> pl.Series:
        plain = values.str.contains(f"^(?:{_NUMBER.pattern})$")
        number = values.set(~plain, "0").cast(pl.Float64)
        inside = (number >= lowest) & (number <= highest)
        explained = values.is_in([*entry.missing, *entry.codes])
        return ~((values == "") | (plain & inside)) | explained

    return work.recoded(column, code, among)


def _texts(work: _Applying, entry: VariableColumns, column: str) -> Column:
    is_answer = column == entry.column

    def code(value: str, line: Callable[[], int]) -> str:
        if is_answer and value in entry.missing:
            return _token(work, column, value, entry.missing[value], line)
        if len(value) > _LONGEST or len(value) == _CUT or _ODD.fullmatch(value):
            work.say("import.odd-text", column, {"got": value[:60], "length": str(len(value))}, line())
        return value

    def among(values: pl.Series) -> pl.Series:
        explained = values.is_in(list(entry.missing)) if is_answer else values.is_in([])
        return values.str.contains(r"^[=@+#]|[\x00-\x08\x0b-\x1f]") | (values.str.len_chars() >= _CUT) | explained

    return work.recoded(column, code, among)
