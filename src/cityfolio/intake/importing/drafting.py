"""A first mapping from what a file holds: what is certain is written down, what is likely waits for a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cityfolio.intake.importing.mapping import MappingFile, Reason, UnitColumn, VariableColumns
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from cityfolio.intake.importing.received import Received
    from cityfolio.intake.importing.unit_list import UnitList
    from cityfolio.model.instrument import Choice, Instrument, Question

__all__ = ["draft_mapping"]

_OF_THE_SYSTEM = re.compile(
    r"(?:.*/)?(?:_.*|id|submitdate|lastpage|startlanguage|seed|token|startdate|datestamp|ipaddr|refurl|start|end|today|"
    r"deviceid|username|KEY|SubmissionDate|SubmitterID|SubmitterName|Status|ReviewState|DeviceID|Edits|FormVersion|"
    r"(?:meta[/-])?instanceID|(?:meta[/-])?instanceName|interviewtime|groupTime.*|.*Time|"
    # What LimeSurvey calls the same above its columns where questions are written out.
    r"Response ID|Date submitted|Last page|Start language|Seed|Token|Access code|Date started|Date last action|IP address|"
    r"Referrer URL|Total time|Group time: .*|Question time: .*)",
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
_YES = frozenset({"yes", "selected", "checked", "ticked", "chosen", "quoted", "mentioned"})
_NO = frozenset({"no", "notselected", "notchecked", "unchecked", "notticked", "notchosen", "notquoted", "notmentioned"})
_RANK = re.compile(r"(?:rank(?:ing)? ?)?([0-9]{1,3})", re.IGNORECASE)
_NUMBER_WITH_COMMA = re.compile(r"-?[0-9]{1,15}(?:,[0-9]{1,15})?")
_IN_BRACKETS = re.compile(r"(?P<question>.*?)\s*\[(?P<part>[^\[\]]*)\]")


@dataclass(frozen=True)
class _Asked:
    """A question as it is asked in all languages of the programme; exports write labels in that of the respondent."""

    variable: str
    kind: Kind
    own_words: bool
    choices: tuple[Choice, ...]
    by_code: Mapping[str, Choice]
    said: tuple[Question, ...]

    @property
    def names(self) -> set[str]:
        """What a column with the whole answer may be called."""
        return {
            _plain(name)
            for question in self.said
            for name in (question.variable, question.label, question.wording)
            if _plain(name)
        }

    @cached_property
    def by_label(self) -> dict[str, str]:
        """The codes behind labels. One that stands for two of them stands for none."""
        meant: dict[str, set[str]] = {}
        for question in self.said:
            for choice in question.choices:
                meant.setdefault(_plain(choice.label), set()).add(choice.code)
        return {label: codes.copy().pop() for label, codes in meant.items() if label and len(codes) == 1}


def draft_mapping(
    received: Received, instrument: Instrument, units: UnitList, translations: Sequence[Instrument] = ()
) -> MappingFile | None:
    """The mapping that follows from names and labels of all languages, or None where no column says whose answers they are."""
    unit = _unit_column(received, units)
    if unit is None:
        return None
    columns = [column for column in received.columns if column != unit.column]
    variables, used = [], {unit.column}
    for question in instrument.questions.values():
        said = tuple(held.questions[question.variable] for held in (instrument, *translations))
        asked = _Asked(question.variable, question.kind, question.own_words, question.choices, question.by_code, said)
        found = _of_question(asked, columns, received)
        if found is not None:
            variables.append(found)
            used |= {found.column, found.other, *found.columns.values(), *found.ranks}
    # What splits the answers of a column that is read, for which no category stands: the tick beside the own words.
    split = {part for entry in variables for part in _split(entry, columns).values()} - used
    ignored = [c for c in columns if c in split or (c not in used and _OF_THE_SYSTEM.fullmatch(c))]
    return MappingFile(unit=unit, variables=variables, ignored=ignored)


def _plain(word: str) -> str:
    return re.sub(r"[\W_]+", "", word.casefold())


def _unit_column(received: Received, units: UnitList) -> UnitColumn | None:
    names = units.by_name
    best: tuple[int, str, dict[str, str]] = (0, "unit" if "unit" in received.columns else "", {})
    for column, held in received.columns.items():
        labels = received.labels.get(column, {})
        words = [word for word in held.words if word]
        meant = {word: names.get((labels.get(word) or word).casefold(), []) for word in words}
        hits = sum(len(ids) == 1 for ids in meant.values())
        if (hits * 2 > len(words) or column == "unit") and (hits, column == "unit") > (best[0], best[1] == "unit"):
            best = (hits, column, {word: ids[0] for word, ids in meant.items() if len(ids) == 1 and ids[0] != word})
    return UnitColumn(column=best[1], values=best[2]) if best[1] else None


def _is_of(column: str, asked: _Asked) -> bool:
    """Whether a column is named as the question: by its variable, label or words, below any groups, with or without a code."""
    last = column.rsplit("/", 1)[-1]
    shown = {column, last, last.rsplit("-", 1)[-1], last.partition(". ")[0], last.partition(". ")[2]}
    return bool({_plain(name) for name in shown} & asked.names)


def _of_question(asked: _Asked, columns: list[str], received: Received) -> VariableColumns | None:
    variable = asked.variable
    whole = [column for column in columns if _is_of(column, asked)]
    parts = _parts_of_question(asked, columns)
    other = _own_words(asked, columns, parts) if asked.own_words else ""
    parts = {part: column for part, column in parts.items() if column != other}
    if len(whole) == 1:
        entry = VariableColumns(variable=variable, column=whole[0], other=other)
        if asked.kind is Kind.MULTIPLE:
            # Both ways in one file have to agree, so both are read.
            entry = entry.model_copy(update={"columns": _by_name(asked, parts)})
        return _with_values(entry, asked, received)
    ranks = {int(match[1]): column for part, column in parts.items() if (match := _RANK.fullmatch(part))}
    if asked.kind is Kind.RANKED and ranks and len(ranks) == len(parts):
        entry = VariableColumns(variable=variable, ranks=[ranks[rank] for rank in sorted(ranks)])
        return _with_values(entry, asked, received)
    if asked.kind is not Kind.MULTIPLE or not parts or whole:
        return None
    found = _by_category(asked, parts, other)
    return None if found is None else _with_ticks(found, received)


def _by_name(asked: _Asked, parts: Mapping[str, str]) -> dict[str, str]:
    meant = asked.by_label | {_plain(choice.code): choice.code for choice in asked.choices}
    return {meant[_plain(part)]: column for part, column in parts.items() if _plain(part) in meant}


def _by_category(asked: _Asked, parts: Mapping[str, str], other: str) -> VariableColumns | None:
    columns = _by_name(asked, parts)
    if not columns and len(parts) == len(asked.choices):
        # Only the order speaks for it, so a person has to look.
        by_place = {choice.code: column for choice, column in zip(asked.choices, parts.values(), strict=True)}
        return VariableColumns(variable=asked.variable, columns=by_place, other=other, state="needs confirmation")
    return VariableColumns(variable=asked.variable, columns=columns, other=other) if columns else None


def _with_ticks(entry: VariableColumns, received: Received) -> VariableColumns:
    """The entry with what its columns hold for yes, for no and for a reason, by the labels in the file."""
    chosen, not_chosen, missing = list(entry.chosen), list(entry.not_chosen), dict[str, Reason]()
    for column in entry.columns.values():
        labels = received.labels.get(column, {})
        for value in dict.fromkeys([*labels, *sorted(received.missing.get(column, ()))]):
            label = _plain(labels.get(value, value))
            if label in _REASONS:
                missing[value] = _REASONS[label]
            elif label in _YES and value not in chosen:
                chosen.append(value)
            elif label in _NO and value not in not_chosen:
                not_chosen.append(value)
    return entry.model_copy(update={"chosen": chosen, "not_chosen": not_chosen, "missing": missing})


def _split(entry: VariableColumns, columns: list[str]) -> dict[str, str]:
    """The columns that split the answers of an entry, by what they are named below it."""
    parents = {entry.column} if entry.column else {column.rpartition("/")[0] for column in entry.columns.values()}
    return {c.rpartition("/")[2]: c for c in columns if "/" in c and c.rpartition("/")[0] in parents}


def _parts_of_question(asked: _Asked, columns: list[str]) -> dict[str, str]:
    parts = {}
    for column in columns:
        match = _IN_BRACKETS.fullmatch(column)
        before, part = (match["question"], match["part"]) if match else ("", "")
        if not match and "/" in column:
            before, _, part = column.rpartition("/")
        if not before and column.startswith(f"{asked.variable}_"):
            before, part = asked.variable, column[len(asked.variable) + 1 :]
        if before and part and _is_of(before, asked):
            parts[part] = column
    return parts


def _own_words(asked: _Asked, columns: list[str], parts: Mapping[str, str]) -> str:
    offered = {_plain(choice.code) for choice in asked.choices}
    if "other" in offered:
        return ""
    named = [c for c in columns if _plain(c.rsplit("/", 1)[-1]) == _plain(f"{asked.variable}_other")]
    # In brackets stand the words themselves; below a question, as KoboToolbox writes it, only a tick.
    in_brackets = [column for part, column in parts.items() if _plain(part) == "other" and column.endswith("]")]
    return (named or in_brackets or [""])[0]


def _with_values(entry: VariableColumns, asked: _Asked, received: Received) -> VariableColumns:
    """The entry with the codes behind those values that are a label, by the file or by the instrument."""
    codes: dict[str, str] = {}
    missing: dict[str, Reason] = {}
    by_label = asked.by_label
    separator = _separator(entry, asked, received) if asked.kind is Kind.MULTIPLE and entry.column else " "
    for column in [entry.column] if entry.column else entry.ranks:
        labels = received.labels.get(column, {})
        user_missing = received.missing.get(column, frozenset())
        seen = received.columns[column].words if asked.kind.is_choice else []
        if separator != " ":
            seen = [part.strip() for value in seen for part in value.split(separator)]
        for value in dict.fromkeys([*seen, *labels, *sorted(user_missing)]):
            label = labels.get(value, value)
            if value in user_missing or (value in labels and _plain(label) in _REASONS):
                if _plain(label) in _REASONS:
                    missing[value] = _REASONS[_plain(label)]
            elif value and value not in asked.by_code and _plain(label) in by_label:
                codes[value] = by_label[_plain(label)]
            elif value and value not in asked.by_code and label in asked.by_code:
                codes[value] = label
            elif value and entry.other and _plain(value) == "other":
                codes[value] = ""
    if entry.other:
        codes |= {"other": "", "-oth-": ""}
    decimal = "," if asked.kind is Kind.NUMBER and _has_decimal_commas(entry, received) else "."
    return entry.model_copy(update={"codes": codes, "missing": missing, "separator": separator, "decimal": decimal})


def _separator(entry: VariableColumns, asked: _Asked, received: Received) -> str:
    """What stands between several answers in a cell: whatever leaves only categories."""
    known = {_plain(choice.code) for choice in asked.choices} | set(asked.by_label)
    values = [value for value in received.columns[entry.column].words if value]
    if not values or all(_plain(part) in known for value in values for part in value.split()):
        return " "
    fitting = [
        separator
        for separator in (";", "|", "\n", ",")
        if any(separator in value for value in values)
        and all(_plain(part) in known | {"", "other"} for value in values for part in value.split(separator))
    ]
    return fitting[0] if len(fitting) == 1 else " "


def _has_decimal_commas(entry: VariableColumns, received: Received) -> bool:
    """Whether the numbers are written as 3,5. A comma before three digits may part thousands, so it proves nothing."""
    values = [value for value in received.columns[entry.column].words if value]
    return all(_NUMBER_WITH_COMMA.fullmatch(value) for value in values) and any(
        "," in value and len(value.partition(",")[2]) != 3 for value in values
    )
