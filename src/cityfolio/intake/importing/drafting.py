"""A first mapping from what a file holds: what is certain is written down, what is likely waits for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from cityfolio.intake.importing.mapping import MappingFile, Reason, UnitColumn, VariableColumns
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from cityfolio.intake.importing.received import Received
    from cityfolio.model.instrument import Instrument, Question
    from cityfolio.model.unit import Unit

__all__ = ["draft_mapping"]

_OF_THE_SYSTEM = re.compile(
    r"(?:.*/)?(?:_.*|id|submitdate|lastpage|startlanguage|seed|token|startdate|datestamp|ipaddr|refurl|start|end|today|"
    r"deviceid|username|KEY|SubmissionDate|SubmitterID|SubmitterName|Status|ReviewState|DeviceID|Edits|FormVersion|"
    r"(?:meta[/-])?instanceID|(?:meta[/-])?instanceName|interviewtime|groupTime.*|.*Time)",
)
_REASONS: Mapping[str, Reason] = {
    "refused": "refused",
    "refusal": "refused",
    "dontknow": "dont_know",
    "donotknow": "dont_know",
    "noanswer": "unanswered",
    "unanswered": "unanswered",
    "notonrecord": "not_on_record",
}
_IN_BRACKETS = re.compile(r"(?P<question>.*?)\s*\[(?P<part>[^\[\]]*)\]")


def draft_mapping(received: Received, instrument: Instrument, units: Mapping[str, Unit]) -> MappingFile | None:
    """The mapping that follows from names and labels, or None where no column says whose answers they are."""
    unit = _unit_column(received, units)
    if unit is None:
        return None
    columns = [column for column in received.frame.columns if column != unit.column]
    variables, used = [], {unit.column}
    for question in instrument.questions.values():
        found = _of_question(question, columns, received)
        if found is not None:
            variables.append(found)
            used |= {found.column, found.other, *found.columns.values(), *found.ranks}
            used |= set(_parts(found.column, columns).values()) if found.column else set()
    ignored = [c for c in columns if c not in used and _OF_THE_SYSTEM.fullmatch(c)]
    of_joined = [c for c in columns if c in used and c not in _read(variables)]
    return MappingFile(unit=unit, variables=variables, ignored=[*ignored, *of_joined])


def _read(variables: Iterable[VariableColumns]) -> set[str]:
    return {c for v in variables for c in (v.column, v.other, *v.columns.values(), *v.ranks)}


def _plain(word: str) -> str:
    return re.sub(r"[\W_]+", "", word.casefold())


def _unit_column(received: Received, units: Mapping[str, Unit]) -> UnitColumn | None:
    names: dict[str, list[str]] = {}
    for unit in units.values():
        for name in {unit.name.casefold(), unit.display_name.casefold(), unit.id.casefold()}:
            names.setdefault(name, []).append(unit.id)
    best: tuple[int, str, dict[str, str]] = (0, "unit" if "unit" in received.frame.columns else "", {})
    for column in received.frame.columns:
        labels = received.labels.get(column, {})
        words = [word for word in received.frame[column].unique(maintain_order=True).to_list() if word]
        meant = {word: names.get((labels.get(word) or word).casefold(), []) for word in words}
        hits = sum(len(ids) == 1 for ids in meant.values())
        if (hits * 2 > len(words) or column == "unit") and (hits, column == "unit") > (best[0], best[1] == "unit"):
            best = (hits, column, {word: ids[0] for word, ids in meant.items() if len(ids) == 1 and ids[0] != word})
    return UnitColumn(column=best[1], values=best[2]) if best[1] else None


def _names(question: Question) -> set[str]:
    return {_plain(name) for name in (question.variable, question.label, question.wording) if _plain(name)}


def _is_of(column: str, question: Question) -> bool:
    """Whether a column is named as the question: by its variable, label or words, below any groups, with or without a code."""
    last = column.rsplit("/", 1)[-1]
    shown = {column, last, last.rsplit("-", 1)[-1], last.partition(". ")[0], last.partition(". ")[2]}
    return bool({_plain(name) for name in shown} & _names(question))


def _of_question(question: Question, columns: list[str], received: Received) -> VariableColumns | None:
    variable = question.variable
    whole = [column for column in columns if _is_of(column, question)]
    parts = _parts_of_question(question, columns)
    other = _own_words(question, columns, parts) if question.own_words else ""
    if len(whole) == 1:
        entry = VariableColumns(variable=variable, column=whole[0], other=other)
        return _with_values(entry, question, received)
    parts = {part: column for part, column in parts.items() if column != other}
    if question.kind is Kind.RANKED and parts and all(part.isdecimal() for part in parts):
        entry = VariableColumns(variable=variable, ranks=[parts[part] for part in sorted(parts, key=int)])
        return _with_values(entry, question, received)
    if question.kind is not Kind.MULTIPLE or not parts or whole:
        return None
    return _by_category(question, parts, other)


def _by_category(question: Question, parts: Mapping[str, str], other: str) -> VariableColumns | None:
    meant = {_plain(choice.code): choice.code for choice in question.choices}
    meant |= {_plain(choice.label): choice.code for choice in question.choices}
    columns = {meant[_plain(part)]: column for part, column in parts.items() if _plain(part) in meant}
    if len(columns) == len(question.choices):
        return VariableColumns(variable=question.variable, columns=columns, other=other)
    if not columns and len(parts) == len(question.choices):
        # Only the order speaks for it, so a person has to look.
        by_place = {choice.code: column for choice, column in zip(question.choices, parts.values(), strict=True)}
        return VariableColumns(variable=question.variable, columns=by_place, other=other, state="needs confirmation")
    return VariableColumns(variable=question.variable, columns=columns, other=other) if columns else None


def _parts(parent: str, columns: list[str]) -> dict[str, str]:
    """The columns that split the answers of one column, by what they are named below it."""
    return {c[len(parent) + 1 :]: c for c in columns if c.startswith(f"{parent}/")}


def _parts_of_question(question: Question, columns: list[str]) -> dict[str, str]:
    parts = {}
    for column in columns:
        match = _IN_BRACKETS.fullmatch(column)
        before, part = (match["question"], match["part"]) if match else ("", "")
        if not match and "/" in column:
            before, _, part = column.rpartition("/")
        if not before and column.startswith(f"{question.variable}_"):
            before, part = question.variable, column[len(question.variable) + 1 :]
        if before and part and _is_of(before, question):
            parts[part] = column
    return parts


def _own_words(question: Question, columns: list[str], parts: Mapping[str, str]) -> str:
    offered = {_plain(choice.code) for choice in question.choices}
    if "other" in offered:
        return ""
    named = [c for c in columns if _plain(c.rsplit("/", 1)[-1]) == _plain(f"{question.variable}_other")]
    return named[0] if named else parts.get("other", "")


def _with_values(entry: VariableColumns, question: Question, received: Received) -> VariableColumns:
    """The entry with the codes behind those values that are a label, by the file or by the instrument."""
    codes: dict[str, str] = {}
    missing: dict[str, Reason] = {}
    by_label = {_plain(choice.label): choice.code for choice in question.choices}
    for column in [entry.column] if entry.column else entry.ranks:
        labels = received.labels.get(column, {})
        user_missing = received.missing.get(column, frozenset())
        seen = received.frame[column].unique(maintain_order=True).to_list() if question.kind.is_choice else []
        for value in dict.fromkeys([*seen, *labels, *sorted(user_missing)]):
            label = labels.get(value, value)
            if value in user_missing or (value in labels and _plain(label) in _REASONS):
                if _plain(label) in _REASONS:
                    missing[value] = _REASONS[_plain(label)]
            elif value and value not in question.by_code and _plain(label) in by_label:
                codes[value] = by_label[_plain(label)]
            elif value and value not in question.by_code and label in question.by_code:
                codes[value] = label
    if entry.other:
        codes |= {"other": "", "-oth-": ""}
    return entry.model_copy(update={"codes": codes, "missing": missing})
