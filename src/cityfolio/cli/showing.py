"""How findings look in a terminal, and for machines."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from typing import TextIO

from cityfolio.findings import Finding, Severity

__all__ = ["findings_json", "show_findings", "summary", "visible"]

_WIDTH = 100
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def findings_json(findings: Sequence[Finding]) -> str:
    """The findings as JSON: a list of records, and how many there are of each severity."""
    counts = {severity.value: sum(f.rule.severity is severity for f in findings) for severity in Severity}
    return json.dumps({"findings": [f.as_record() for f in findings], **counts}, ensure_ascii=False, indent=1)


def show_findings(findings: Sequence[Finding], stream: TextIO) -> None:
    """Write all findings, what blocks first, and their number."""
    for finding in findings:
        stream.write(f"{finding.rule.severity.value:<6}  {finding.code}  {visible(str(finding.at))}\n")
        stream.write(textwrap.indent(textwrap.fill(visible(finding.message), _WIDTH - 8), " " * 8) + "\n")
    stream.write(summary(findings) + "\n")


def summary(findings: Sequence[Finding]) -> str:
    """How many findings there are of each severity.

    >>> from cityfolio.findings import Place
    >>> summary([]), summary([Finding("file.empty", Place("units.csv"))])
    ('No findings.', '1 finding: 1 block.')
    """
    if not findings:
        return "No findings."
    counts = [(severity, sum(f.rule.severity is severity for f in findings)) for severity in Severity]
    words = {Severity.BLOCKS: "block", Severity.ASKS: "ask", Severity.TELLS: "tell"}
    said = ", ".join(f"{number} {words[severity]}" for severity, number in counts if number)
    return f"{len(findings)} finding{'s' if len(findings) > 1 else ''}: {said}."


def visible(text: str) -> str:
    r"""Text out of data as a terminal may have it: characters that would steer the terminal are written out.

    >>> print(visible("Bu\x1b[31msan"))
    Bu\x1b[31msan
    """
    return _STEERING.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
