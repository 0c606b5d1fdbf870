"""Edits that a programme declares: answers that seem to contradict each other, to be asked about, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import field_validator

from cityfolio.findings import FEW, Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.model.condition import ANSWERED, Condition, Subject, states_of
from cityfolio.model.variable import Kind, Variable
from cityfolio.reading.yaml import Located, Shape, read_yaml

if TYPE_CHECKING:
    from cityfolio.model.answer import Response
    from cityfolio.reading.text import Source

__all__ = ["Contradiction", "States", "condition_findings", "contradictions", "load_edits"]

States = dict[str, list[str]]


class ContradictionEntry(Shape):
    """Answers that seem to contradict each other when all of them are given."""

    id: str
    when: States
    found: str
    why: str

    @field_validator("when", mode="before")
    @classmethod
    def _lists(cls, value: object) -> object:
        return one_or_many(value)


class EditsFile(Shape):
    """`edits.yml`: what a programme wants to be asked about."""

    format: Literal["1"]
    contradictions: list[ContradictionEntry] = []


@dataclass(frozen=True)
class Contradiction:
    """A declared contradiction. `found` and `why` are sentences; `found` may name the unit as {unit}."""

    id: str
    when: Condition
    found: str
    why: str
    variable: str


def one_or_many(value: object) -> object:
    """States as files write them: one word, or a list of words."""
    if not isinstance(value, dict):
        return value
    return {name: [states] if isinstance(states, str) else states for name, states in value.items()}


def load_edits(source: Source, variables: Mapping[str, Variable]) -> tuple[list[Contradiction], list[Finding]]:
    """The declared contradictions, with findings about names that the programme does not have."""
    content, located, findings = read_yaml(source, EditsFile)
    if content is None:
        return [], findings
    declared = []
    for position, entry in enumerate(content.contradictions):
        more = condition_findings(entry.when, variables, located, ("contradictions", position, "when"))
        findings += more
        if not more:
            variable = next(iter(entry.when)).partition(".")[0]
            declared.append(Contradiction(entry.id, Condition.of(entry.when), entry.found, entry.why, variable))
    return declared, findings


def condition_findings(
    when: Mapping[str, list[str]],
    variables: Mapping[str, Variable],
    located: Located,
    path: tuple[str | int, ...],
) -> list[Finding]:
    """Findings about variables, categories and states in a condition that the programme does not have."""
    findings = []

    def unknown(kind: str, got: str, known: Iterable[str], name: str) -> Finding:
        facts = {
            "kind": kind,
            "got": got,
            "suggestion": did_you_mean(got, known) or "",
            "where": "A condition",
        }
        held = [*known]
        facts["known"] = ", ".join(held) if len(held) <= FEW else ""
        return Finding("programme.unknown-name", located.at(*path, name), facts)

    for name, states in when.items():
        subject = Subject.named(name)
        variable = variables.get(subject.variable)
        if variable is None:
            findings.append(unknown("The variable", subject.variable, variables, name))
        elif subject.category and subject.category not in variable.by_code:
            findings.append(unknown(f"The category of {variable.id}", subject.category, variable.by_code, name))
        elif variable.kind is not Kind.TEXT:
            known = (*states_of(subject, variable), ANSWERED)
            findings += [unknown(f"The state of {name}", s, known, name) for s in states if s not in known]
    return findings


def _column(rule: Contradiction, variables: Mapping[str, Variable]) -> str:
    """Where the contradiction is placed: at an answer that is not released, if it looks at one, so that it stays inside."""
    looked_at = [subject.variable for subject in sorted(rule.when.wanted)]
    return next((name for name in looked_at if variables[name].confidential), rule.variable)


def contradictions(
    responses: Iterable[Response],
    declared: Iterable[Contradiction],
    variables: Mapping[str, Variable],
    files: Mapping[str, str],
) -> list[Finding]:
    """A finding for each response in which a declared contradiction holds; `files` names the file of each wave."""
    rules = list(declared)
    return [
        Finding(
            "review.contradiction",
            Place(files[response.wave], response.line, _column(rule, variables)),
            {
                "found": rule.found.replace("{unit}", response.unit),
                "why": rule.why,
                "edit": rule.id,
                "unit": response.unit,
            },
        )
        for response in responses
        for rule in rules
        if rule.when.holds_for(response.answers, variables)
    ]
