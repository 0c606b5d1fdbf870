"""Corrections of answers, as a file of the programme: applied only where the old value still stands, never written into answers.

The responses stay as they were received. What a correction says is put in place of a cell between reading and coding, so
everything after it sees the same answer, and a corrected answer is judged as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date as day
from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.model.correction import Correction
from cityfolio.model.variable import Kind
from cityfolio.reading.yaml import Located, Shape, read_yaml

if TYPE_CHECKING:
    from cityfolio.intake.coding import MissingTokens
    from cityfolio.model.instrument import Instrument, Question
    from cityfolio.reading.text import Source

__all__ = ["Corrected", "CorrectionsFile", "WantedCorrection", "correct", "load_corrections"]

_CHOSEN = ("yes", "no")
Cells = Mapping[str, str]


class CorrectionEntry(Shape):
    """One correction: whose answer, what it says as received, what it shall say, why, who decided it and when."""

    wave: str
    unit: str
    variable: str
    category: str = ""
    before: str = Field(alias="from")
    after: str = Field(alias="to")
    reason: str = Field(min_length=1)
    by: str = Field(min_length=1)
    date: str

    @field_validator("before", "after", mode="before")
    @classmethod
    def _nothing(cls, value: object) -> object:
        """An empty cell is written as nothing."""
        return "" if value is None else value


class CorrectionsFile(Shape):
    """`corrections.yml`: answers that were corrected after they were given."""

    format: Literal["1"]
    corrections: list[CorrectionEntry] = []


@dataclass(frozen=True)
class WantedCorrection:
    """A correction as the file asks for it, with the place of its entry and of its new value."""

    correction: Correction
    kind: Kind
    at: Place
    to: Place


@dataclass(frozen=True)
class Corrected:
    """What corrections make of the responses of one wave.

    `cells` are the new cells by unit and column, each with the place in the file that says so; `applied` are the
    corrections that led to them. The others have a finding.
    """

    cells: Mapping[tuple[str, str], tuple[str, Place]]
    applied: tuple[Correction, ...]
    findings: tuple[Finding, ...]


def load_corrections(
    source: Source, instruments: Mapping[str, Instrument], units: Iterable[str] | None
) -> tuple[tuple[WantedCorrection, ...], list[Finding]]:
    """The corrections in the order in which they are applied (by day, then as listed), with findings about what cannot be.

    `units` is None where their list cannot be read: then ids are not judged.
    """
    content, located, findings = read_yaml(source, CorrectionsFile)
    if content is None:
        return (), findings
    known = None if units is None else list(units)
    wanted = []
    for position, entry in enumerate(content.corrections):
        path = ("corrections", position)
        problems = list(_entry_findings(entry, instruments, known, located, path))
        findings += problems
        if not problems:
            wanted.append(_wanted(entry, instruments[entry.wave], located, path))
    return tuple(sorted(wanted, key=lambda one: one.correction.date)), findings


def _wanted(
    entry: CorrectionEntry, instrument: Instrument, located: Located, path: tuple[str | int, ...]
) -> WantedCorrection:
    question, own_words = _question(entry.variable, instrument)
    kind = question.kind if question is not None else Kind.TEXT
    name = question.variable if question is not None else entry.variable
    before, after = (" ".join(text.split()) if kind.is_choice else text.strip() for text in (entry.before, entry.after))
    correction = Correction(
        entry.wave, entry.unit, name, entry.category, before, after, entry.reason, entry.date, own_words
    )
    at, to = located.at(*path), located.at(*path, "to")
    if question is not None and not question.released:
        # What is found about it is placed at the answer, as findings about its file are, so that it stays inside.
        at, to = (replace(place, column=entry.variable) for place in (at, to))
    return WantedCorrection(correction, kind, at, to)


def _question(column: str, instrument: Instrument) -> tuple[Question | None, bool]:
    """The question that a column of the responses belongs to, and whether it holds the words beside the answer."""
    if column in instrument.questions:
        return instrument.questions[column], False
    question = instrument.questions.get(column.removesuffix("_other"))
    return (question, True) if question is not None and question.own_words else (None, False)


def _entry_findings(
    entry: CorrectionEntry,
    instruments: Mapping[str, Instrument],
    units: list[str] | None,
    located: Located,
    path: tuple[str | int, ...],
) -> Iterator[Finding]:
    def unknown(kind: str, got: str, known: Iterable[str], key: str) -> Finding:
        facts = {"kind": kind, "got": got, "suggestion": did_you_mean(got, known) or "", "where": "A correction"}
        return Finding("programme.unknown-name", located.at(*path, key), facts)

    if not _is_day(entry.date):
        yield Finding("programme.no-date", located.at(*path, "date"), {"got": entry.date})
    if units is not None and entry.unit not in units:
        yield unknown("The unit", entry.unit, units, "unit")
    instrument = instruments.get(entry.wave)
    if instrument is None:
        yield unknown("The wave", entry.wave, instruments, "wave")
        return
    question, own_words = _question(entry.variable, instrument)
    if question is None:
        everything = {name for one in instruments.values() for name in one.questions}
        if entry.variable in everything:
            facts = {"variable": entry.variable, "wave": entry.wave}
            yield Finding("corrections.not-asked", located.at(*path, "variable"), facts)
        else:
            yield unknown("The variable", entry.variable, instrument.questions, "variable")
        return
    if entry.before == entry.after:
        yield Finding("corrections.same", located.at(*path, "to"), {"got": entry.after})
    if entry.category:
        yes_or_no = {entry.before, entry.after} <= set(_CHOSEN)
        if question.kind is not Kind.MULTIPLE or own_words or not yes_or_no:
            yield Finding("corrections.category", located.at(*path, "category"), {"variable": entry.variable})
        elif entry.category not in question.by_code:
            kind = f"The category of {entry.variable} in {entry.wave}"
            yield unknown(kind, entry.category, question.by_code, "category")


def _is_day(text: str) -> bool:
    try:
        return day.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def correct(wanted: Iterable[WantedCorrection], rows: Mapping[str, Cells], missing: MissingTokens) -> Corrected:
    """The new cells of the units' responses in one wave, from the cells as received.

    Each correction looks at the cell as the corrections before it left it, and is applied only if what it starts from
    stands there.
    """
    cells: dict[tuple[str, str], tuple[str, Place]] = {}
    before: dict[tuple[str, str], list[WantedCorrection]] = {}
    applied: list[Correction] = []
    findings: list[Finding] = []
    for one in wanted:
        asked = one.correction
        if asked.unit not in rows:
            findings.append(Finding("corrections.no-response", one.at, {"unit": asked.unit, "wave": asked.wave}))
            continue
        key = (asked.unit, asked.column)
        held = cells[key][0] if key in cells else rows[asked.unit].get(asked.column, "").strip()
        same = [o.at for o in before.get(key, []) if asked.category in ("", o.correction.category or asked.category)]
        before.setdefault(key, []).append(one)
        fresh, said = _put(one, held, is_answer=missing.reason(held) is None)
        if fresh is not None:
            cells[key] = (fresh, one.to)
            applied.append(asked)
        code = _code(one, said, is_applied=fresh is not None, is_first=not same)
        if code:
            findings.append(Finding(code, one.at, _facts(asked, said, same[-1] if same else one.at)))
    return Corrected(cells, tuple(applied), tuple(findings))


def _code(one: WantedCorrection, said: str, *, is_applied: bool, is_first: bool) -> str:
    """What there is to tell about a correction, if anything."""
    if is_applied:
        return "" if is_first else "corrections.chain"
    if not is_first:
        return "corrections.conflict"
    return "corrections.done" if _is_same(one, said, one.correction.after) else "corrections.stale"


def _facts(asked: Correction, said: str, other: Place) -> dict[str, str]:
    about = {"unit": asked.unit, "wave": asked.wave, "variable": asked.subject, "line": str(other.line)}
    return {**about, "got": said, "before": asked.before, "after": asked.after}


def _put(one: WantedCorrection, held: str, *, is_answer: bool) -> tuple[str | None, str]:
    """The cell with the correction in it, or None if the old value does not stand; and what the cell says about it."""
    asked = one.correction
    if not asked.category:
        return (asked.after if _is_same(one, held, asked.before) else None), held
    if not is_answer:
        # A category that was not chosen needs an answer that it is no part of: from no answer at all nothing follows.
        return None, held
    codes = held.split()
    said = "yes" if asked.category in codes else "no"
    if said != asked.before:
        return None, said
    kept = [code for code in codes if code != asked.category]
    fresh = [*kept, asked.category] if asked.after == "yes" else kept
    # The last category is taken back by a correction of the whole answer, which says what is left.
    return (" ".join(fresh), said) if fresh else (None, held)


def _is_same(one: WantedCorrection, held: str, text: str) -> bool:
    """Whether a cell says the same: several codes in any order."""
    if one.correction.category or one.correction.own_words or one.kind is not Kind.MULTIPLE:
        return " ".join(held.split()) == " ".join(text.split()) if one.kind.is_choice else held == text
    return sorted(set(held.split())) == sorted(set(text.split()))
