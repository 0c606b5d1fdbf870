"""Crosswalks: what is not identical between two waves, why, and how far it may be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.instrument.comparing import instrument_differences
from cityfolio.reading.yaml import Located, Shape, read_yaml

if TYPE_CHECKING:
    from cityfolio.model.instrument import Instrument, Question
    from cityfolio.reading.text import Source

__all__ = ["Change", "Crosswalk", "load_crosswalk"]


# Whether the earlier and the later wave have what a line is about.
_HELD = {
    "added": (False, True),
    "dropped": (True, False),
    "reworded": (True, True),
    "recategorised": (True, True),
    "rerouted": (True, True),
}


class ChangeEntry(Shape):
    """One line of a crosswalk: a question, or a category of it, that is not the same in both waves."""

    variable: str
    category: str = ""
    change: Literal["reworded", "added", "dropped", "merged", "split", "moved", "recategorised", "rerouted"]
    codes: list[str] = []
    comparability: Literal["comparable", "with care", "break"] = "comparable"
    reason: str
    state: Literal["automatic", "needs confirmation", "confirmed"]


class CrosswalkFile(Shape):
    """`crosswalks/<from>-<to>.yml`: only what is not identical."""

    format: Literal["1"]
    earlier: str
    later: str
    changes: list[ChangeEntry]


@dataclass(frozen=True)
class Change:
    """A difference between two waves, for readers.

    `codes` belong to a merged category (the earlier codes it was made from) or a split one (the later codes that it became).
    """

    variable: str
    category: str
    change: str
    comparability: str
    reason: str
    state: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Crosswalk:
    """The relation between an earlier and a later wave."""

    earlier: str
    later: str
    changes: tuple[Change, ...]


def load_crosswalk(source: Source, instruments: Mapping[str, Instrument]) -> tuple[Crosswalk | None, list[Finding]]:
    """The crosswalk of a file, or None where it cannot be read; with all findings."""
    content, located, findings = read_yaml(source, CrosswalkFile)
    if content is None:
        return None, findings
    for end in ("earlier", "later"):
        wave = getattr(content, end)
        if wave not in instruments:
            facts = {"kind": "The wave", "got": wave, "suggestion": did_you_mean(wave, instruments) or ""}
            findings.append(Finding("programme.unknown-name", located.at(end), {**facts, "where": "A crosswalk"}))
    order = list(instruments)
    if not findings and order.index(content.earlier) >= order.index(content.later):
        facts = {"earlier": content.earlier, "later": content.later}
        findings.append(Finding("crosswalk.order", located.at("earlier"), facts))
    if findings:
        return None, findings
    pair = (instruments[content.earlier], instruments[content.later])
    for position, entry in enumerate(content.changes):
        findings += _findings(entry, pair, located, position)
    findings += _unmentioned(content, pair, source.name)
    changes = tuple(
        Change(e.variable, e.category, e.change, e.comparability, e.reason, e.state, tuple(e.codes))
        for e in content.changes
    )
    return Crosswalk(content.earlier, content.later, changes), findings


def _unmentioned(content: CrosswalkFile, pair: tuple[Instrument, Instrument], name: str) -> list[Finding]:
    """Differences that a person would have to judge, and about whose question or category no line says anything."""
    said = {(e.variable, code) for e in content.changes for code in (e.category, *e.codes)}
    return [
        Finding("crosswalk.unmentioned", Place(name), {"got": found.name, "reason": found.reason})
        for found in instrument_differences(*pair)
        if found.needs_confirmation and (found.variable, found.category) not in said
    ]


def _findings(
    entry: ChangeEntry, pair: tuple[Instrument, Instrument], located: Located, position: int
) -> list[Finding]:
    at = located.at("changes", position)
    known = {variable for instrument in pair for variable in instrument.questions}
    waves = " or ".join(instrument.wave for instrument in pair)
    if entry.variable not in known:
        hint = did_you_mean(entry.variable, known) or ""
        facts = {"got": entry.variable, "kind": "variable", "where": waves, "suggestion": hint}
        return [Finding("crosswalk.unknown-code", at, facts)]
    questions = [instrument.questions.get(entry.variable) for instrument in pair]
    codes = {code for question in questions if question for code in question.by_code}
    unknown = [code for code in (entry.category, *entry.codes) if code and code not in codes]
    if unknown:
        about = {"kind": f"category of {entry.variable}", "where": waves}
        named = {code: did_you_mean(code, codes) or "" for code in unknown}
        return [
            Finding("crosswalk.unknown-code", at, {"got": code, "suggestion": hint, **about})
            for code, hint in named.items()
        ]
    name = f"{entry.variable}, {entry.category}" if entry.category else entry.variable
    findings = []
    if entry.state == "needs confirmation":
        findings.append(Finding("crosswalk.unconfirmed", at, {"got": name}))
    held = tuple(
        question is not None and (not entry.category or entry.category in question.by_code) for question in questions
    )
    expected = _HELD.get(entry.change)
    if (expected is not None and held != expected) or not _parts_fit(entry, questions):
        findings.append(Finding("crosswalk.contradicts", at, {"got": name, "change": entry.change}))
    return findings


def _parts_fit(entry: ChangeEntry, questions: list[Question | None]) -> bool:
    """Whether a merged category stands in the later wave and its codes in the earlier one; a split one the other way."""
    if not entry.codes:
        return True
    if entry.change not in ("merged", "split") or not entry.category:
        return False
    whole, parts = reversed(questions) if entry.change == "merged" else questions
    return (
        whole is not None
        and parts is not None
        and entry.category in whole.by_code
        and all(code in parts.by_code for code in entry.codes)
    )
