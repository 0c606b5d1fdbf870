"""The codebook: every variable and category that any wave asked, and which waves did.

A question or category that a later wave drops stays in the codebook; nothing that was answered disappears.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cityfolio.findings import Finding, Place
from cityfolio.model.variable import Category, Variable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cityfolio.model.instrument import Instrument, Question

__all__ = ["kind_findings", "make_codebook", "released_findings"]


def make_codebook(instruments: Sequence[Instrument]) -> dict[str, Variable]:
    """The variables of all instruments (in the order of the waves), with the union of their categories.

    Labels and order are those of the latest wave that has them; what only an earlier wave had comes after.
    """
    asked: dict[str, list[tuple[str, Question]]] = {}
    for instrument in reversed(instruments):
        for question in instrument.questions.values():
            asked.setdefault(question.variable, []).append((instrument.wave, question))
    return {variable: _variable(variable, latest_first) for variable, latest_first in asked.items()}


def kind_findings(instruments: Sequence[Instrument], names: Sequence[str]) -> list[Finding]:
    """Findings where one variable is answered in two ways; `names` are the instruments' files."""
    findings: list[Finding] = []
    first: dict[str, tuple[str, Question]] = {}
    for instrument, name in zip(instruments, names, strict=True):
        for question in instrument.questions.values():
            wave, earlier = first.setdefault(question.variable, (instrument.wave, question))
            if earlier.kind is not question.kind:
                facts = {
                    "variable": question.variable,
                    "kind": question.kind.value,
                    "other": earlier.kind.value,
                }
                findings.append(Finding("instrument.kind-changed", Place(name), {**facts, "wave": wave}))
    return findings


def released_findings(instruments: Sequence[Instrument], names: Sequence[str]) -> list[Finding]:
    """Findings where what is released would tell an answer that is not; `names` are the instruments' files.

    That is so where a question is asked by such an answer, and where a text puts it into other words.
    """
    variables = make_codebook(instruments)
    findings = []
    for instrument, name in zip(instruments, names, strict=True):
        for question in instrument.questions.values():
            others = [*(routing.variable for routing in question.routed_past_by), question.describes]
            secret = [other for other in others if other in variables and variables[other].confidential]
            if secret and not variables[question.variable].confidential:
                facts = {"variable": question.variable, "other": secret[0]}
                findings.append(Finding("disclosure.routing", Place(name, column=question.variable), facts))
    return findings


def _variable(variable: str, latest_first: list[tuple[str, Question]]) -> Variable:
    latest = latest_first[0][1]
    waves = tuple(wave for wave, _ in reversed(latest_first))
    choices = {c.code: c for _, question in reversed(latest_first) for c in question.choices}
    order = dict.fromkeys(c.code for _, question in latest_first for c in question.choices)
    categories = tuple(
        Category(
            code=code,
            label=choices[code].label,
            waves=tuple(wave for wave, question in reversed(latest_first) if code in question.by_code),
            help=choices[code].help,
            exclusive=choices[code].exclusive,
            score=choices[code].score,
            in_text=choices[code].in_text,
        )
        for code in order
    )
    return Variable(
        id=variable,
        kind=latest.kind,
        label=latest.label,
        waves=waves,
        categories=categories,
        own_words=any(question.own_words for _, question in latest_first),
        released=all(question.released for _, question in latest_first),
        personal=any(question.personal for _, question in latest_first),
        universe=latest.universe,
        boxes=latest.boxes,
        summarised=latest.summarised,
        describes=latest.describes,
        translated=any(question.translated for _, question in latest_first),
        counting=latest.counting,
    )
