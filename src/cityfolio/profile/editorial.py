"""Editorial texts: Markdown by an editor, made safe, with source and date."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.profile.safe_markdown import is_top_heading, markdown_parser, safe_html, unsafe_findings
from cityfolio.reading.front_matter import moved, read_headed
from cityfolio.reading.text import Source
from cityfolio.reading.yaml import Shape

if TYPE_CHECKING:
    from collections.abc import Sequence


__all__ = ["Editorial", "read_editorial"]


class SlotEntry(Shape):
    """Where a text comes from."""

    source: str = ""
    url: str = ""
    date: str = ""


class FrontMatter(Shape):
    """The head of an editorial file."""

    format: Literal["1"]
    language: str = "en"
    state: Literal["draft", "approved"] = "approved"
    slots: dict[str, SlotEntry] = {}


@dataclass(frozen=True)
class Editorial:
    """One text of one unit as sanitised HTML, made from `markdown`."""

    slot: str
    html: str
    language: str
    source: str
    url: str
    date: str
    markdown: str = ""


@dataclass(frozen=True)
class _Part:
    """The Markdown below one heading, with the line of the heading; `slot` is empty above the first one."""

    slot: str
    line: int
    markdown: str


def read_editorial(source: Source, slots: Collection[str] | None = None) -> tuple[dict[str, Editorial], list[Finding]]:
    """The approved texts of a file by slot, with all findings. Unsafe HTML is taken out and told about.

    `slots` are the editorial blocks of the page plan; without them (None), names of slots are not judged.
    """
    read, findings = read_headed(source, FrontMatter)
    if read is None:
        return {}, findings
    front = read.head
    findings += [moved(finding, read.offset) for finding in unsafe_findings(source.name, read.body)]
    if front.state != "approved":
        return {}, [*findings, Finding("editorial.draft", Place(source.name))]
    parts = _parts(read.body, read.offset + 1)
    findings += _slot_findings(source.name, parts, front, slots)
    return {part.slot: _editorial(part, front) for part in parts if part.slot}, findings


def _parts(body: str, first_line: int) -> list[_Part]:
    """The texts of a body; headings of the first level, where Markdown sees one, begin a slot each."""
    lines = body.split("\n")
    tokens = markdown_parser().parse(body)
    blank = len(body) - len(body.lstrip("\n"))
    starts = [("", blank, blank)]
    for token, content in pairwise(tokens):
        if is_top_heading(token) and token.map:
            starts.append((content.content.strip(), token.map[0], token.map[1]))
    ends = [line for _, line, _ in starts[1:]] + [len(lines)]
    parts = [
        _Part(slot, line + first_line, "\n".join(lines[begin:end]).strip("\n"))
        for (slot, line, begin), end in zip(starts, ends, strict=True)
    ]
    return [part for part in parts if part.markdown.strip()]


def _slot_findings(
    name: str, parts: Sequence[_Part], front: FrontMatter, slots: Collection[str] | None
) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for part in parts:
        at = Place(name, part.line)
        if not part.slot:
            # A comment alone would not be shown anywhere, with or without a heading.
            if safe_html(part.markdown):
                yield Finding("editorial.outside-slot", at)
            continue
        if slots is not None and part.slot not in slots:
            hint = did_you_mean(part.slot, slots) or ""
            yield Finding("editorial.unknown-slot", at, {"got": part.slot, "suggestion": hint})
            continue
        if part.slot in first:
            yield Finding("editorial.doubled-slot", at, {"got": part.slot, "first": str(first[part.slot])})
        first.setdefault(part.slot, part.line)
        entry = front.slots.get(part.slot, SlotEntry())
        lacking = [what for what, given in (("source", entry.source), ("date", entry.date)) if not given]
        if lacking:
            yield Finding("editorial.no-source", at, {"got": part.slot, "lacking": " and no ".join(lacking)})


def _editorial(part: _Part, front: FrontMatter) -> Editorial:
    entry = front.slots.get(part.slot, SlotEntry())
    return Editorial(
        part.slot,
        safe_html(part.markdown),
        front.language,
        entry.source,
        entry.url,
        entry.date,
        part.markdown.strip("\n"),
    )
