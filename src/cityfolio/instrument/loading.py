"""Instruments from their YAML files, with findings where they cannot be right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import FiniteFloat

from cityfolio.findings import Finding
from cityfolio.formatting import did_you_mean
from cityfolio.model.identifiers import is_identifier
from cityfolio.model.instrument import Choice, Instrument, Question, Routing, Section
from cityfolio.model.variable import Kind
from cityfolio.reading.yaml import Located, Shape, read_yaml

if TYPE_CHECKING:
    from cityfolio.reading.text import Source

__all__ = ["InstrumentFile", "load_instrument", "load_parsed"]


class CategoryEntry(Shape):
    """One category of a question."""

    code: str
    label: str
    help: str = ""
    exclusive: bool = False
    score: float | None = None
    in_text: str = ""


class UniverseEntry(Shape):
    """Whom the question is for, in words, and which recorded answers route past it."""

    text: str
    routed_past_by: dict[str, list[str]] = {}


class RowEntry(Shape):
    """One row of a grid."""

    code: str
    label: str


class QuestionEntry(Shape):
    """One question. `variable` names the column in the wave's responses.

    A `grid` asks the same scale of each of its rows: every row is a variable of its own, `<variable>_<row>`.
    """

    variable: str
    kind: Literal["single", "multiple", "ranked", "scale", "grid", "number", "text"]
    label: str
    question: str = ""
    help: str = ""
    evidence: str = ""
    counting: str = ""
    categories: list[CategoryEntry] = []
    rows: list[RowEntry] = []
    boxes: int = 0
    summarised: bool = True
    describes: str = ""
    translated: bool = False
    cap: int | None = None
    other: bool = False
    universe: UniverseEntry | None = None
    lowest: FiniteFloat | None = None
    highest: FiniteFloat | None = None
    separator: str = ""
    released: bool = True
    personal: bool = False


class SectionEntry(Shape):
    """One section of the questionnaire."""

    id: str
    title: str
    questions: list[QuestionEntry]


class InstrumentFile(Shape):
    """`instruments/<wave>.yml`: the questionnaire as fielded in that wave."""

    format: Literal["1"]
    title: str
    note: str = ""
    sections: list[SectionEntry]


def load_instrument(wave: str, source: Source) -> tuple[Instrument | None, list[Finding]]:
    """The instrument of a wave, or None where its file cannot be read; with all findings."""
    content, located, findings = read_yaml(source, InstrumentFile)
    if content is None:
        return None, findings
    instrument, more = load_parsed(wave, content, located)
    return instrument, findings + more


def load_parsed(wave: str, content: InstrumentFile, located: Located) -> tuple[Instrument, list[Finding]]:
    """The instrument of a wave from a file that has been read, with findings where it cannot be right."""
    findings = _findings(content, located)
    sections = tuple(
        Section(section.id, section.title, tuple(_question(row) for entry in section.questions for row in _rows(entry)))
        for section in content.sections
    )
    return Instrument(wave, content.title, sections, content.note), findings


def _rows(entry: QuestionEntry) -> list[QuestionEntry]:
    """The question itself, or a scale for each row of a grid."""
    if entry.kind != "grid":
        return [entry]
    return [
        entry.model_copy(
            update={
                "kind": "scale",
                "variable": f"{entry.variable}_{row.code}",
                "label": f"{entry.label}: {row.label}",
                "rows": [],
            }
        )
        for row in entry.rows
    ]


def _question(entry: QuestionEntry) -> Question:
    universe = entry.universe
    return Question(
        variable=entry.variable,
        kind=Kind(entry.kind),
        label=entry.label,
        wording=entry.question,
        help=entry.help,
        evidence=entry.evidence,
        counting=entry.counting,
        choices=tuple(Choice(c.code, c.label, c.help, c.exclusive, c.score, c.in_text) for c in entry.categories),
        cap=entry.cap,
        # A ranking has no place for words that nobody else could rank.
        own_words=entry.other and entry.kind != "ranked",
        boxes=entry.boxes,
        summarised=entry.summarised,
        describes=entry.describes,
        translated=entry.translated and entry.kind == "text" and not entry.personal,
        universe=universe.text if universe else "",
        routed_past_by=tuple(Routing(v, tuple(codes)) for v, codes in universe.routed_past_by.items())
        if universe
        else (),
        lowest=entry.lowest,
        highest=entry.highest,
        separator=entry.separator,
        released=entry.released and not entry.personal,
        personal=entry.personal,
    )


def _findings(content: InstrumentFile, located: Located) -> list[Finding]:
    findings: list[Finding] = []
    earlier: dict[str, QuestionEntry] = {}
    for path, entry in _places(content):
        if entry.variable in earlier:
            facts = {"kind": "The variable", "got": entry.variable}
            findings.append(Finding("programme.doubled-id", located.at(*path, "variable"), facts))
        findings += _question_findings(entry, located, path)
        findings += _routing_findings(entry, earlier, located, path)
        if entry.describes and entry.describes not in earlier:
            hint = did_you_mean(entry.describes, earlier) or ""
            facts = {"kind": "The variable", "got": entry.describes, "suggestion": hint}
            where = {"where": "A text looks back at what it describes: it"}
            findings.append(Finding("programme.unknown-name", located.at(*path, "describes"), {**facts, **where}))
        earlier.setdefault(entry.variable, entry)
    return findings


def _places(content: InstrumentFile) -> Iterator[tuple[tuple[str | int, ...], QuestionEntry]]:
    """Every question (of a grid, every row) with its place in the file."""
    for s, section in enumerate(content.sections):
        for q, entry in enumerate(section.questions):
            # A grid without rows is judged as it stands: nobody could answer it.
            for row in _rows(entry) or [entry]:
                yield ("sections", s, "questions", q), row


def _question_findings(entry: QuestionEntry, located: Located, path: tuple[str | int, ...]) -> list[Finding]:
    findings: list[Finding] = []
    if not is_identifier(entry.variable):
        findings.append(Finding("programme.unsafe-id", located.at(*path, "variable"), {"got": entry.variable}))
    if entry.kind == "grid" or (Kind(entry.kind).is_choice and not entry.categories):
        findings.append(Finding("instrument.no-categories", located.at(*path), {"variable": entry.variable}))
    codes = [category.code for category in entry.categories]
    for c, code in enumerate(codes):
        at = located.at(*path, "categories", c, "code")
        if not is_identifier(code):
            findings.append(Finding("programme.unsafe-id", at, {"got": code}))
        if code in codes[:c]:
            facts = {"kind": f"The category of {entry.variable}", "got": code}
            findings.append(Finding("programme.doubled-id", at, facts))
    return findings


def _routing_findings(
    entry: QuestionEntry, earlier: dict[str, QuestionEntry], located: Located, path: tuple[str | int, ...]
) -> list[Finding]:
    findings: list[Finding] = []
    for variable, codes in (entry.universe.routed_past_by if entry.universe else {}).items():
        at = located.at(*path, "universe", "routed_past_by", variable)
        where = {"where": "The routing of a question looks back: it"}
        if variable not in earlier:
            hint = did_you_mean(variable, earlier) or ""
            facts = {"kind": "The variable", "got": variable, "suggestion": hint, **where}
            findings.append(Finding("programme.unknown-name", at, facts))
            continue
        offered = [category.code for category in earlier[variable].categories]
        for code in codes:
            if code not in offered:
                hint = did_you_mean(code, offered) or ""
                facts = {"kind": f"The category of {variable}", "got": code, "suggestion": hint, **where}
                findings.append(Finding("programme.unknown-name", at, facts))
    return findings
