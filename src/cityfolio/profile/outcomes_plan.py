"""The plan of the outcomes page, `outcomes.yml`: figures described by answers, and pairs of published figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator

from cityfolio.findings import Finding
from cityfolio.formatting import did_you_mean
from cityfolio.model.condition import Subject
from cityfolio.model.edition import ALL
from cityfolio.model.fact import PUBLISHED, Fact, FactKey
from cityfolio.model.identifiers import is_identifier
from cityfolio.model.variable import Variable
from cityfolio.reading.yaml import Located, Shape, read_yaml

if TYPE_CHECKING:
    from cityfolio.reading.text import Source

__all__ = ["Comparison", "OutcomesPlan", "Pair", "Sample", "load_outcomes_plan"]

_MEASURES = ("mean", "share", "number")


class ComparisonEntry(Shape):
    """One indicator, described by the answers to some variables (or `variable.category`: chosen or not)."""

    indicator: str
    by: list[str] = Field(min_length=1)
    note: str = ""

    @field_validator("by", mode="before")
    @classmethod
    def _list(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value


class PairEntry(Shape):
    """Published figures about two or more groups of one sample, side by side."""

    variable: str
    categories: list[str] = Field(min_length=2)
    edition: str = ""
    title: str = ""
    note: str = ""


class SampleEntry(Shape):
    """Pairs that rest on the same units and the same score. Figures of two samples are never compared."""

    id: str
    title: str
    about: str = ""
    pairs: list[PairEntry] = Field(min_length=1)


class OutcomesFile(Shape):
    """`outcomes.yml`."""

    format: Literal["1"]
    title: str = ""
    lead: str = ""
    introduction: list[str] = []
    comparisons: list[ComparisonEntry] = []
    samples: list[SampleEntry] = []


@dataclass(frozen=True)
class Comparison:
    """An indicator and the subjects that it is described by."""

    indicator: str
    subjects: tuple[Subject, ...]
    note: str = ""


@dataclass(frozen=True)
class Pair:
    """Published facts about groups of one sample."""

    title: str
    facts: tuple[Fact, ...]
    note: str = ""


@dataclass(frozen=True)
class Sample:
    """A sample with its pairs."""

    id: str
    title: str
    about: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class OutcomesPlan:
    """The plan of the page."""

    title: str
    lead: str
    introduction: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    samples: tuple[Sample, ...]

    def subjects(self, indicator: str) -> tuple[Subject, ...]:
        """Everything that an indicator is described by, each once."""
        found = (s for comparison in self.comparisons if comparison.indicator == indicator for s in comparison.subjects)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Known:
    """What a plan of outcomes may name."""

    variables: Mapping[str, Variable]
    indicators: Collection[str]
    published: Collection[Fact]
    edition: str


def load_outcomes_plan(source: Source, known: Known) -> tuple[OutcomesPlan | None, list[Finding]]:
    """The plan of a file, or None where it cannot be used; with all findings about names that the programme does not have."""
    content, located, findings = read_yaml(source, OutcomesFile)
    if content is None:
        return None, findings
    facts = {fact.key: fact for fact in known.published}
    findings += _comparison_findings(content, located, known)
    findings += _sample_findings(content, located, known, facts)
    if any(finding.blocks for finding in findings):
        return None, findings
    plan = OutcomesPlan(
        content.title,
        content.lead,
        tuple(content.introduction),
        tuple(Comparison(c.indicator, tuple(map(Subject.named, c.by)), c.note) for c in content.comparisons),
        tuple(_sample(sample, known, facts) for sample in content.samples),
    )
    return plan, findings


def _sample(entry: SampleEntry, known: Known, facts: Mapping[FactKey, Fact]) -> Sample:
    pairs = tuple(
        Pair(pair.title, tuple(facts[_key(pair, code, known, facts)] for code in pair.categories), pair.note)
        for pair in entry.pairs
    )
    return Sample(entry.id, entry.title, entry.about, pairs)


def _key(pair: PairEntry, code: str, known: Known, facts: Mapping[FactKey, Fact]) -> FactKey:
    """The key of the published figure: of the measure that is published, a mean before a share."""
    edition = pair.edition or known.edition
    keys = [FactKey(edition, pair.variable, code, ALL, measure, PUBLISHED) for measure in _MEASURES]
    return next((key for key in keys if key in facts and facts[key].value is not None), keys[0])


def _comparison_findings(content: OutcomesFile, located: Located, known: Known) -> list[Finding]:
    subjects = [v.id for v in known.variables.values() if v.kind.takes_one]
    subjects += [f"{v.id}.{code}" for v in known.variables.values() if v.kind.is_choice for code in v.by_code]
    findings = []
    for c, entry in enumerate(content.comparisons):
        if entry.indicator not in known.indicators:
            at = ("comparisons", c, "indicator")
            findings.append(_unknown("The indicator", entry.indicator, known.indicators, located, at))
        findings += [
            _unknown("The single choice or category", name, subjects, located, ("comparisons", c, "by", b))
            for b, name in enumerate(entry.by)
            if name not in subjects
        ]
    return findings


def _sample_findings(
    content: OutcomesFile, located: Located, known: Known, facts: Mapping[FactKey, Fact]
) -> list[Finding]:
    findings = []
    published = [f"{fact.key.variable}.{fact.key.category}" for fact in known.published]
    seen: set[str] = set()
    for s, sample in enumerate(content.samples):
        at = located.at("samples", s, "id")
        if not is_identifier(sample.id):
            findings.append(Finding("programme.unsafe-id", at, {"got": sample.id}))
        if sample.id in seen:
            findings.append(Finding("programme.doubled-id", at, {"kind": "The sample", "got": sample.id}))
        seen.add(sample.id)
        for p, pair in enumerate(sample.pairs):
            for c, code in enumerate(pair.categories):
                if _key(pair, code, known, facts) not in facts:
                    path = ("samples", s, "pairs", p, "categories", c)
                    name = f"{pair.variable}.{code}"
                    findings.append(_unknown("The published figure", name, published, located, path))
    return findings


def _unknown(kind: str, got: str, names: Iterable[str], located: Located, path: tuple[str | int, ...]) -> Finding:
    hint = did_you_mean(got, names) or ""
    facts = {"kind": kind, "got": got, "suggestion": hint, "where": "The plan of the outcomes page"}
    return Finding("programme.unknown-name", located.at(*path), facts)
