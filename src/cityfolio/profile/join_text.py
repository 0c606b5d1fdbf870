"""Who may join a programme and how: `join.md`, one Markdown text with a head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cityfolio.findings import Finding, Place
from cityfolio.profile.safe_markdown import safe_html, unsafe_findings
from cityfolio.reading.front_matter import moved, read_headed
from cityfolio.reading.yaml import Shape

if TYPE_CHECKING:
    from cityfolio.reading.text import Source

__all__ = ["JoinText", "read_join_text"]


class JoinHead(Shape):
    """The head of `join.md`."""

    format: Literal["1"]
    title: str
    lead: str = ""
    language: str = "en"
    state: Literal["draft", "approved"] = "approved"
    contact: str = ""
    closes: str = ""


@dataclass(frozen=True)
class JoinText:
    """The text as sanitised HTML, with a contact of its own and the day until which one can join, where given."""

    title: str
    lead: str
    html: str
    language: str
    contact: str
    closes: str
    markdown: str = ""


def read_join_text(source: Source) -> tuple[JoinText | None, list[Finding]]:
    """The text, or None if it is a draft or cannot be used; with all findings."""
    read, findings = read_headed(source, JoinHead)
    if read is None:
        return None, findings
    head = read.head
    findings += [moved(finding, read.offset) for finding in unsafe_findings(source.name, read.body)]
    if head.state != "approved":
        return None, [*findings, Finding("editorial.draft", Place(source.name))]
    html, markdown = safe_html(read.body), read.body.strip("\n")
    return JoinText(head.title, head.lead, html, head.language, head.contact, head.closes, markdown), findings
