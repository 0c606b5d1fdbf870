"""Markdown files with a head: YAML between two lines of `---`, then the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Generic

from cityfolio.findings import Finding, Place
from cityfolio.reading.text import Source, read_text
from cityfolio.reading.yaml import Located, ShapeT, parse_yaml

__all__ = ["Headed", "moved", "read_headed"]

_HEADED = re.compile(r"---\n(.*?)\n---[ \t]*(?:\n|\Z)(.*)", re.DOTALL)


@dataclass(frozen=True)
class Headed(Generic[ShapeT]):
    """A text and its head. `offset` is the number of lines above the text, `located` the places in the head."""

    head: ShapeT
    body: str
    offset: int
    located: Located


def read_headed(source: Source, shape: type[ShapeT]) -> tuple[Headed[ShapeT] | None, list[Finding]]:
    """The head in its shape and the text below it, or None where the head cannot be used; with all findings."""
    text, findings = read_text(source)
    if text is None:
        return None, findings
    match = _HEADED.fullmatch(text)
    if match is None and any(field.is_required() for field in shape.model_fields.values()):
        return None, [*findings, Finding("file.no-head", Place(source.name, 1))]
    head, body = (match[1], match[2]) if match else ("", text)
    content, located, more = parse_yaml(source.name, head or "{}", shape)
    findings += [moved(finding, 1) for finding in more]
    if content is None:
        return None, findings
    places = {path: (line + 1, column) for path, (line, column) in located.places.items()}
    return Headed(content, body, text.count("\n") - body.count("\n"), Located(source.name, places)), findings


def moved(finding: Finding, lines: int) -> Finding:
    """The finding that many lines further down.

    >>> moved(Finding("file.empty", Place("a.md", 2)), 3).at.line
    5
    """
    at = finding.at
    return Finding(finding.code, Place(at.file, at.line + lines if at.line else 0, at.column), finding.facts)
