"""Findings: trouble in somebody's data or files, as values. All are collected and shown at once.

A finding holds a code and facts; the catalogue holds the words: what was found, why it cannot be right, what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cityfolio.catalogue import CATALOGUE, Rule, Severity

__all__ = ["CATALOGUE", "FEW", "Finding", "Place", "Rule", "Severity", "any_blocks", "in_order"]


FEW = 12
"""Up to how many names a finding lists what is known in place of the one that is not."""


@dataclass(frozen=True)
class Place:
    """Where: a file of the programme folder, its line (1 is the first), and a column: a name in tables, a number in text."""

    file: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        """The place as people say it.

        >>> str(Place("responses/2020.csv", 14, "approach"))
        'responses/2020.csv, line 14, column approach'
        """
        line = f", line {self.line}" if self.line else ""
        return f"{self.file}{line}{f', column {self.column}' if self.column else ''}"


@dataclass(frozen=True)
class Finding:
    """One problem in one place.

    >>> facts = {"got": "buzan-kor", "suggestion": "busan-kor"}
    >>> finding = Finding("intake.unknown-unit", Place("responses/2020.csv", 3, "unit"), facts)
    >>> finding.blocks, finding.found
    (True, '"buzan-kor" is no unit of units.csv (did you mean "busan-kor"?).')
    >>> finding.why, finding.do
    ('Answers can only stand for a unit on the list.', 'Correct the id, or add the unit to units.csv.')
    """

    code: str
    at: Place
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def rule(self) -> Rule:
        """The kind of finding in the catalogue."""
        return CATALOGUE[self.code]

    @property
    def blocks(self) -> bool:
        """Whether nothing may be published before it is mended."""
        return self.rule.severity is Severity.BLOCKS

    @property
    def found(self) -> str:
        """What was found."""
        return self.saying(self.rule.found)

    @property
    def why(self) -> str:
        """Why it cannot be right, or what it means."""
        return self.saying(self.rule.why)

    @property
    def do(self) -> str:
        """What to do."""
        return self.saying(self.rule.do)

    @property
    def message(self) -> str:
        """Found, why and what to do in one line."""
        return f"{self.found} {self.why} {self.do}"

    def as_record(self) -> dict[str, str | int]:
        """The finding for machines."""
        return {
            "code": self.code,
            "severity": self.rule.severity.value,
            "file": self.at.file,
            "line": self.at.line,
            "column": self.at.column,
            "found": self.found,
            "why": self.why,
            "do": self.do,
        }

    def saying(self, sentence: str) -> str:
        """A sentence with the facts of the finding filled in."""
        suggestion = self.facts.get("suggestion")
        hint = f' (did you mean "{suggestion}"?)' if suggestion else ""
        known = self.facts.get("known")
        facts = {**self.facts, "hint": hint, "choice": f" It can be one of these: {known}." if known else ""}
        # One pass: a brace inside somebody's data is text, not a name to be filled in.
        return re.sub(r"\{(\w+)\}", lambda name: facts.get(name[1], name[0]), sentence)


def any_blocks(findings: Iterable[Finding]) -> bool:
    """Whether at least one of them blocks."""
    return any(finding.blocks for finding in findings)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings as people read them: what blocks first, then by file, line and column; each once."""
    severities = list(Severity)

    def position(finding: Finding) -> tuple[int, str, int, str, str, str]:
        at = finding.at
        return (
            severities.index(finding.rule.severity),
            at.file,
            at.line,
            at.column,
            finding.code,
            finding.message,
        )

    return sorted({position(f): f for f in findings}.values(), key=position)
