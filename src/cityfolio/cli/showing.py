"""How findings look in a terminal, and for machines."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from typing import TextIO

from cityfolio.findings import Finding, Severity

__all__ = ["findings_json", "show_findings", "summary"]

_WIDTH = 100


def findings_json(findings: Sequence[Finding]) -> str:
    """The findings as JSON: a list of records, and how many there are of each severity."""
    counts = {severity.value: sum(f.rule.severity is severity for f in findings) for severity in Severity}
    return json.dumps({"findings": [f.as_record() for f in findings], **counts}, ensure_ascii=False, indent=1)


def show_findings(findings: Sequence[Finding], stream: TextIO) -> None:
    """Write all findings, what blocks first, and their number."""
    for finding in findings:
        stream.write(f"{finding.rule.severity.value:<6}  {finding.code}  {finding.at}\n")
        stream.write(textwrap.indent(textwrap.fill(finding.message, _WIDTH - 8), " " * 8) + "\n")
    stream.write(summary(findings) + "\n")


def summary(findings: Sequence[Finding]) -> str:
    """How many findings there are of each severity.

    >>> summary([])
    'No findings.'
    """
    if not findings:
        return "No findings."
    counts = [(severity, sum(f.rule.severity is severity for f in findings)) for severity in Severity]
    words = {Severity.BLOCKS: "block", Severity.ASKS: "ask", Severity.TELLS: "tell"}
    said = ", ".join(f"{number} {words[severity]}" for severity, number in counts if number)
    return f"{len(findings)} findings: {said}."
