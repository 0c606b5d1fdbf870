"""Recommendations: one Markdown file each, with tags, the answers they apply to, and sources; `act.yml` names the tags."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator

from cityfolio.findings import Finding, Place, any_blocks
from cityfolio.formatting import did_you_mean
from cityfolio.model.condition import Condition
from cityfolio.model.identifiers import is_identifier
from cityfolio.model.variable import Variable
from cityfolio.profile.safe_markdown import safe_html, unsafe_findings
from cityfolio.reading.front_matter import Headed, moved, read_headed
from cityfolio.reading.yaml import Located, Shape, read_yaml
from cityfolio.review.edits import condition_findings, one_or_many

if TYPE_CHECKING:
    from cityfolio.reading.text import Source

__all__ = ["ActPlan", "Recommendation", "Tag", "TagFamily", "load_act_plan", "read_recommendation"]


class TagEntry(Shape):
    """A tag that cards can have."""

    id: str
    title: str


class FamilyEntry(Shape):
    """Tags of one kind."""

    id: str
    title: str
    tags: list[TagEntry] = Field(min_length=1)


class ActFile(Shape):
    """`act.yml`."""

    format: Literal["1"]
    title: str = ""
    lead: str = ""
    introduction: list[str] = []
    families: list[FamilyEntry] = []


class CardSource(Shape):
    """Where a recommendation comes from."""

    title: str
    url: str = ""


class CardHead(Shape):
    """The head of a recommendation."""

    format: Literal["1"]
    title: str
    summary: str
    language: str = "en"
    state: Literal["draft", "approved"] = "approved"
    tags: list[str] = []
    variables: list[str] = []
    when: dict[str, list[str]] = {}
    sources: list[CardSource] = []

    @field_validator("when", mode="before")
    @classmethod
    def _states(cls, value: object) -> object:
        return one_or_many(value)


@dataclass(frozen=True)
class Tag:
    """A tag."""

    id: str
    title: str


@dataclass(frozen=True)
class TagFamily:
    """Tags of one kind."""

    id: str
    title: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True)
class ActPlan:
    """The plan of the page of recommendations."""

    title: str = ""
    lead: str = ""
    introduction: tuple[str, ...] = ()
    families: tuple[TagFamily, ...] = ()

    @property
    def tags(self) -> Mapping[str, Tag]:
        """All tags by id, in order."""
        return {tag.id: tag for family in self.families for tag in family.tags}


@dataclass(frozen=True)
class Recommendation:
    """One recommendation as sanitised HTML. It is shown to a unit where `when` holds; without it, to none in particular."""

    id: str
    title: str
    summary: str
    html: str
    language: str
    tags: tuple[str, ...]
    variables: tuple[str, ...]
    when: Condition
    sources: tuple[tuple[str, str], ...]
    markdown: str = ""


def load_act_plan(source: Source) -> tuple[ActPlan | None, list[Finding]]:
    """The plan of the page, or None where it cannot be used; with all findings."""
    content, located, findings = read_yaml(source, ActFile)
    if content is None:
        return None, findings
    findings += _id_findings(content, located)
    families = tuple(
        TagFamily(family.id, family.title, tuple(Tag(tag.id, tag.title) for tag in family.tags))
        for family in content.families
    )
    return ActPlan(content.title, content.lead, tuple(content.introduction), families), findings


def read_recommendation(
    source: Source, tags: Collection[str] | None, variables: Mapping[str, Variable]
) -> tuple[Recommendation | None, list[Finding]]:
    """The recommendation of a file, or None if it is a draft or cannot be used; with all findings.

    Without the tags of the programme (None), names of tags are not judged.
    """
    name = PurePath(source.name).stem
    read, findings = read_headed(source, CardHead)
    if not is_identifier(name):
        findings.append(Finding("programme.unsafe-id", Place(source.name), {"got": name}))
    if read is None:
        return None, findings
    findings += _head_findings(read, tags, variables)
    findings += [moved(finding, read.offset) for finding in unsafe_findings(source.name, read.body)]
    if read.head.state != "approved":
        return None, [*findings, Finding("editorial.draft", Place(source.name))]
    return (None if any_blocks(findings) else _recommendation(name, read)), findings


def _recommendation(name: str, read: Headed[CardHead]) -> Recommendation:
    head = read.head
    return Recommendation(
        id=name,
        title=head.title,
        summary=head.summary,
        html=safe_html(read.body),
        language=head.language,
        tags=tuple(dict.fromkeys(head.tags)),
        variables=tuple(dict.fromkeys(head.variables)),
        when=Condition.of(head.when),
        sources=tuple((source.title, source.url) for source in head.sources),
        markdown=read.body.strip("\n"),
    )


def _head_findings(
    read: Headed[CardHead], tags: Collection[str] | None, variables: Mapping[str, Variable]
) -> list[Finding]:
    findings = _unknown("The tag", read.head.tags, tags, read.located, "tags") if tags is not None else []
    findings += _unknown("The variable", read.head.variables, variables, read.located, "variables")
    return findings + condition_findings(read.head.when, variables, read.located, ("when",))


def _unknown(kind: str, names: Sequence[str], known: Iterable[str], located: Located, key: str) -> list[Finding]:
    held = list(known)
    return [
        Finding(
            "programme.unknown-name",
            located.at(key, position),
            {"kind": kind, "got": got, "suggestion": did_you_mean(got, held) or "", "where": "A recommendation"},
        )
        for position, got in enumerate(names)
        if got not in held
    ]


def _id_findings(content: ActFile, located: Located) -> list[Finding]:
    """Ids of families and tags become places of the page."""
    named: list[tuple[tuple[str | int, ...], str]] = []
    named += [(("families", f, "id"), family.id) for f, family in enumerate(content.families)]
    named += [
        (("families", f, "tags", t, "id"), tag.id)
        for f, family in enumerate(content.families)
        for t, tag in enumerate(family.tags)
    ]
    findings: list[Finding] = []
    seen: set[tuple[int, str]] = set()
    for path, name in named:
        if not is_identifier(name):
            findings.append(Finding("programme.unsafe-id", located.at(*path), {"got": name}))
        if (len(path), name) in seen:
            kind = "The tag" if len(path) > 3 else "The family of tags"
            findings.append(Finding("programme.doubled-id", located.at(*path), {"kind": kind, "got": name}))
        seen.add((len(path), name))
    return findings
