"""Figures that were published elsewhere: references beside our own facts, never mixed into our bases."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cityfolio.findings import FEW, Finding, Place
from cityfolio.formatting import did_you_mean, plain_number
from cityfolio.model.edition import ALL, Edition
from cityfolio.model.fact import PUBLISHED, RESPONDED, SURVEY, Base, Fact, FactKey
from cityfolio.model.identifiers import is_identifier
from cityfolio.reading.product_catalogues import message
from cityfolio.reading.table import Row, column_findings, read_table

if TYPE_CHECKING:
    from cityfolio.model.variable import Variable
    from cityfolio.reading.text import Source

__all__ = ["NOT_PRINTED", "read_published"]

NOT_PRINTED = (message("numerator not printed"), message("base not printed"))
_COLUMNS = ("edition", "variable", "category", "measure", "value", "base", "note", "source_url")
_PER_CENT = ("share", "mean")
_PHRASE = "share_phrase"
_COUNT, _RANK, _NUMBER_ITSELF = "count", "rank", "number"
_MEASURES = (_COUNT, *_PER_CENT, _PHRASE, _RANK, _NUMBER_ITSELF)
# Means of which none is larger look like marks out of ten, and not like per cent.
_LARGEST_MARK = 10
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")


def read_published(
    source: Source, editions: Sequence[Edition], variables: Mapping[str, Variable], labelled: Collection[str] = ()
) -> tuple[list[Fact], list[Finding]]:
    """The published figures as facts, sorted by their ids, with all findings.

    Shares and means are per cent in the file and 0 to 1 in the facts; a `number` stays as it is. Where
    the source prints no numerator or base, the fact has none and its note says so, once. What is left
    out of a base is not on record. `labelled` are the variables beside those of the instruments that have a label.
    """
    table, findings = read_table(source)
    if table is None:
        return [], findings
    findings += column_findings(table, _COLUMNS, None, "Published figures need it.")
    facts: dict[str, tuple[Fact, int]] = {}
    for row in table.rows:
        problems = _name_findings(table.name, row, editions, variables) + _number_findings(table.name, row)
        if problems:
            findings += problems
            continue
        fact = _fact(row)
        if fact.id in facts:
            about = {"got": fact.id, "first": str(facts[fact.id][1])}
            findings.append(Finding("intake.doubled-figure", Place(table.name, row.line), about))
        facts.setdefault(fact.id, (fact, row.line))
    findings += _over_survey(table.name, facts.values())
    findings += _misread_means(table.name, facts.values(), variables)
    findings += _misread_shares(table.name, facts.values())
    findings += _unlabelled(table.name, facts.values(), variables, labelled)
    return [fact for _, (fact, _) in sorted(facts.items())], findings


def _over_survey(file: str, held: Iterable[tuple[Fact, int]]) -> Iterator[Finding]:
    """Findings about figures of more units than answered their survey, where its size is published too."""
    figures = list(held)
    sizes = {
        fact.key.edition: fact.numerator
        for fact, _ in figures
        if (fact.key.variable, fact.key.category, fact.key.measure) == (SURVEY, RESPONDED, _COUNT)
    }
    for fact, line in figures:
        size = sizes.get(fact.key.edition)
        for column, units in (("base", fact.base.counted if fact.base else None), ("value", fact.numerator)):
            if size is not None and units is not None and units > size:
                facts = {"got": str(units), "size": str(size), "edition": fact.key.edition}
                yield Finding("intake.base-over-survey", Place(file, line, column), facts)


def _misread_means(file: str, held: Iterable[tuple[Fact, int]], variables: Mapping[str, Variable]) -> Iterator[Finding]:
    """Findings about means that are hardly per cent: of a question for numbers, too large, or all of them small."""
    means: dict[str, list[tuple[Fact, int]]] = {}
    for fact, line in held:
        if fact.key.measure == "mean":
            means.setdefault(fact.key.variable, []).append((fact, line))
    for name, figures in means.items():
        values = [round((fact.value or 0) * 100, 6) for fact, _ in figures]
        is_number = name in variables and not variables[name].kind.is_choice
        if is_number or max(values) > 100 or max(values) <= _LARGEST_MARK:
            got = plain_number(values[0])
            yield Finding("intake.mean-as-share", Place(file, figures[0][1], "measure"), {"got": got, "variable": name})


def _misread_shares(file: str, held: Iterable[tuple[Fact, int]]) -> Iterator[Finding]:
    """A finding about shares that are all fractions of one: in the file they are per cent."""
    shares = [(fact, line) for fact, line in held if fact.key.measure == "share" and fact.value]
    if shares and all((fact.value or 0) * 100 <= 1 for fact, _ in shares):
        fact, line = shares[0]
        facts = {"got": plain_number(round((fact.value or 0) * 100, 6)), "variable": fact.key.variable}
        yield Finding("intake.fraction-as-share", Place(file, line, "value"), facts)


def _unlabelled(
    file: str, held: Iterable[tuple[Fact, int]], variables: Mapping[str, Variable], labelled: Collection[str]
) -> Iterator[Finding]:
    """Findings about figures of no question that nobody has given a label, each variable once."""
    said: set[str] = set()
    for fact, line in held:
        name = fact.key.variable
        if name in said or name.startswith("_") or name in variables or name in labelled:
            continue
        said.add(name)
        facts = {"got": name, "suggestion": did_you_mean(name, [*variables, *labelled]) or ""}
        yield Finding("intake.unlabelled-figure", Place(file, line, "variable"), facts)


def _fact(row: Row) -> Fact:
    measure = row["measure"]
    key = FactKey(row["edition"], row["variable"], row["category"], ALL, measure, PUBLISHED)
    base = Base(int(float(row["base"]))) if row["base"] else None
    if measure == _PHRASE:
        value, numerator, phrase = None, None, row["value"].replace("_", " ")
    else:
        number = float(row["value"])
        value, phrase = (number / 100 if measure in _PER_CENT else number), ""
        numerator = int(number) if measure == _COUNT else None
    missing = [] if measure == _RANK else _not_printed(numerator, base)
    if measure == _NUMBER_ITSELF:
        missing = [words for words in missing if words != NOT_PRINTED[0]]  # what is no share has none
    added = [words for words in missing if words not in row["note"]]
    note = "; ".join(part for part in (phrase, row["note"], *added) if part)
    return Fact(key, numerator, base, value, note, row["source_url"], phrase)


def _not_printed(numerator: int | None, base: Base | None) -> list[str]:
    return [words for words, printed in zip(NOT_PRINTED, (numerator, base), strict=True) if printed is None]


def _name_findings(
    file: str, row: Row, editions: Sequence[Edition], variables: Mapping[str, Variable]
) -> list[Finding]:
    findings: list[Finding] = []

    def unknown(column: str, kind: str, known: Sequence[str]) -> None:
        hint = did_you_mean(row[column], known) or ""
        facts = {"kind": kind, "got": row[column], "suggestion": hint, "where": "A published figure"}
        facts["known"] = ", ".join(known) if len(known) <= FEW else ""
        findings.append(Finding("programme.unknown-name", Place(file, row.line, column), facts))

    ids = [edition.id for edition in editions]
    if row["edition"] not in ids:
        unknown("edition", "The edition", ids)
    variable = variables.get(row["variable"])
    # A figure about a question that is not on record here is welcome; a category of a known question must exist.
    if variable is not None and variable.kind.is_choice and row["category"] not in variable.by_code:
        unknown("category", f"The category of {variable.id}", list(variable.by_code))
    if row["measure"] not in _MEASURES:
        unknown("measure", "The measure", _MEASURES)
    for column in ("variable", "category"):
        text = row[column].lstrip("_")
        if not is_identifier(text) and not (column == "category" and not text):
            findings.append(Finding("programme.unsafe-id", Place(file, row.line, column), {"got": row[column]}))
    return findings


def _number_findings(file: str, row: Row) -> list[Finding]:
    columns = [c for c in ("value", "base") if row[c] and not (c == "value" and row["measure"] == _PHRASE)]
    findings = [finding for column in columns for finding in _cell_findings(file, row, column)]
    if not row["value"]:
        findings.append(Finding("intake.no-number", Place(file, row.line, "value"), {"got": "", "variable": "value"}))
    if findings:
        return findings
    at = Place(file, row.line, "value")
    if row["measure"] == "share" and float(row["value"]) > 100:
        findings.append(Finding("intake.impossible-figure", at, {"got": row["value"], "problem": "it is over 100 %"}))
    if row["measure"] == _COUNT and row["base"] and float(row["value"]) > float(row["base"]):
        problem = f"it is more than its base of {row['base']}"
        findings.append(Finding("intake.impossible-figure", at, {"got": row["value"], "problem": problem}))
    return findings


def _cell_findings(file: str, row: Row, column: str) -> Iterator[Finding]:
    cell, at = row[column], Place(file, row.line, column)
    counts_units = column == "base" or row["measure"] == _COUNT
    if _NUMBER.fullmatch(cell.removeprefix("-")) is None:
        yield Finding("intake.no-number", at, {"got": cell, "variable": f"The column {column}"})
    elif float(cell) < 0:
        yield Finding("intake.impossible-figure", at, {"got": cell, "problem": "it is below zero"})
    elif counts_units and not float(cell).is_integer():
        yield Finding("intake.impossible-figure", at, {"got": cell, "problem": "units are counted in whole numbers"})
