"""The responses of one wave: a table as received becomes coded answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.findings import Finding, Place, any_blocks
from cityfolio.formatting import did_you_mean
from cityfolio.intake.coding import Coder, MissingTokens
from cityfolio.intake.corrections import correct
from cityfolio.model.answer import Answer, Response
from cityfolio.model.missing import Missing
from cityfolio.reading.parquet import read_parquet_table
from cityfolio.reading.table import Row, Table, column_findings, read_table

if TYPE_CHECKING:
    from cityfolio.intake.corrections import WantedCorrection
    from cityfolio.model.correction import Correction
    from cityfolio.model.instrument import Instrument, Question
    from cityfolio.model.unit import Unit
    from cityfolio.model.variable import Variable
    from cityfolio.reading.text import Source

__all__ = ["Context", "read_corrected_responses"]

NewCells: TypeAlias = Mapping[str, tuple[str, Place]]
"""The corrected cells of a row by column, with the places that say so."""


@dataclass(frozen=True)
class Context:
    """What the answers of a wave are read against. `units` is None where their list cannot be read: then ids are not judged."""

    instrument: Instrument
    variables: Mapping[str, Variable]
    units: Mapping[str, Unit] | None
    missing: MissingTokens


def read_corrected_responses(
    source: Source, context: Context, wanted: Iterable[WantedCorrection]
) -> tuple[list[Response], tuple[Correction, ...], list[Finding]]:
    """The coded responses of the instrument's wave with these corrections, those that were applied, and all findings."""
    read = read_parquet_table if source.path.suffix == ".parquet" else read_table
    table, findings = read(source)
    if table is None:
        return [], (), findings
    questions = context.instrument.questions
    required = ["unit", *questions]
    known = [*required, *(f"{q.variable}_other" for q in questions.values() if q.own_words)]
    wave = context.instrument.wave
    findings += column_findings(table, required, known, f"The instrument of {wave} asks it.")
    if "unit" not in table.columns:
        return [], (), findings
    corrected = correct(wanted, {row["unit"]: row.cells for row in reversed(table.rows)}, context.missing)
    by_unit: dict[str, dict[str, tuple[str, Place]]] = {}
    for (unit, column), cell in corrected.cells.items():
        by_unit.setdefault(unit, {})[column] = cell
    responses, more = _responses(table, context, by_unit)
    if not table.rows and not any_blocks(findings):
        more.append(Finding("intake.no-responses", Place(table.name)))
    findings += [*corrected.findings, *more]
    return sorted(responses, key=lambda r: r.unit), corrected.applied, findings


def _responses(
    table: Table, context: Context, corrected: Mapping[str, NewCells]
) -> tuple[list[Response], list[Finding]]:
    wave = context.instrument.wave
    coders = [
        Coder(question, context.variables[question.variable], wave, context.missing)
        for question in context.instrument.questions.values()
    ]
    responses: list[Response] = []
    findings: list[Finding] = []
    lines: dict[str, int] = {}
    for row in table.rows:
        unit = row["unit"]
        at = Place(table.name, row.line, "unit")
        if not unit:
            findings.append(Finding("intake.no-unit", at))
        elif context.units is not None and unit not in context.units:
            hint = did_you_mean(unit, context.units) or ""
            findings.append(Finding("intake.unknown-unit", at, {"got": unit, "suggestion": hint}))
        elif unit in lines:
            findings.append(Finding("intake.doubled-unit", at, {"got": unit, "first": str(lines[unit])}))
        lines.setdefault(unit, row.line)
        if not any(row.cells.values()):
            continue
        answers, more = _answers(table.name, row, coders, corrected.get(unit, {}))
        answers = _in_words(answers, context.instrument)
        findings += more
        not_asked = {v: Answer.without(Missing.NOT_ASKED) for v in context.variables if v not in answers}
        responses.append(Response(unit, wave, {**answers, **not_asked}, row.line))
    return responses, findings


def _answers(file: str, row: Row, coders: list[Coder], corrected: NewCells) -> tuple[dict[str, Answer], list[Finding]]:
    """The answers of a row, with the cells that corrections give it."""
    if corrected:
        row = Row(row.line, {**row.cells, **{column: cell for column, (cell, _) in corrected.items()}})
    answers: dict[str, Answer] = {}
    findings: list[Finding] = []
    for coder in coders:
        variable = coder.question.variable
        own = row[f"{variable}_other"] if coder.question.own_words else ""
        at = _place(file, row, variable, corrected)
        answer, more = coder.code(row[variable], own, at)
        past = _routed_past(coder.question, answers)
        if past:
            if answer.missing is None:
                got = "; ".join(part for part in (row[variable], own) if part)
                facts = {"variable": variable, "got": got, "reason": past}
                more = [*more, Finding("review.answer-past-routing", at, facts)]
            answer = Answer.without(Missing.ROUTED_PAST)
        answers[variable] = answer
        findings += more
    return answers, findings


def _in_words(answers: Mapping[str, Answer], instrument: Instrument) -> dict[str, Answer]:
    """The answers, where those to numbers that were given in words alone say so.

    Who was routed past a number was not asked for words either.
    """
    said = {
        number: Answer.without(Missing.IN_WORDS)
        for number, texts in instrument.put_into_words.items()
        if answers[number].missing not in (None, Missing.ROUTED_PAST)
        and any(answers[text].missing is None for text in texts)
    }
    return {**answers, **said}


def _place(file: str, row: Row, variable: str, corrected: NewCells) -> Place:
    """Where the answer is to be mended: in the file of corrections, if that is what gave it."""
    for column in (variable, f"{variable}_other"):
        if column in corrected:
            return corrected[column][1]
    return Place(file, row.line, variable)


def _routed_past(question: Question, answers: Mapping[str, Answer]) -> str:
    """The recorded answer that routes past the question, in words, or nothing."""
    for routing in question.routed_past_by:
        given = set(answers[routing.variable].codes) if routing.variable in answers else set()
        for code in routing.codes:
            if code in given:
                return f"{routing.variable} = {code}"
    return ""
