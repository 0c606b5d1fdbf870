"""The page plan: which sections and blocks a profile has, and which answers lead to which sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from cityfolio.findings import Finding
from cityfolio.model.condition import Subject
from cityfolio.model.variable import Variable
from cityfolio.narrative.cases import Cases
from cityfolio.profile.peers import PeerRule
from cityfolio.profile.places import PlaceRule
from cityfolio.profile.plan_file import BlockEntry, PlanFile, cases_of, id_of
from cityfolio.profile.plan_findings import case_findings, name_findings, repeated_findings
from cityfolio.reading.yaml import Located, read_yaml

if TYPE_CHECKING:
    from cityfolio.reading.text import Source

__all__ = ["Plan", "PlanBlock", "PlanSection", "load_plan"]


@dataclass(frozen=True)
class PlanBlock:
    """A block of the plan, with its cases where it speaks."""

    kind: str
    id: str
    variable: str
    title: str
    cases: Cases | None
    earlier: tuple[str, ...]
    stands_in: tuple[str, ...] = ()
    most: int = 3
    peers: PeerRule | None = None
    place: PlaceRule | None = None

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that the block speaks of, each once."""
        looked_at = [subject.variable for subject in self.cases.subjects] if self.cases else []
        return tuple(dict.fromkeys([*([self.variable] if self.variable else []), *self.earlier, *looked_at]))


@dataclass(frozen=True)
class PlanSection:
    """A section of the plan."""

    id: str
    title: str
    blocks: tuple[PlanBlock, ...]


@dataclass(frozen=True)
class Plan:
    """The page plan of a programme."""

    thin_base: int
    head: tuple[PlanBlock, ...]
    in_short: tuple[str, ...]
    in_short_most: int
    sections: tuple[PlanSection, ...]
    headlines: tuple[Subject, ...] = ()
    map_filters: tuple[str, ...] = ()
    explore_by: tuple[str, ...] = ()

    @cached_property
    def in_charts_alone(self) -> frozenset[str]:
        """The variables that charts show and no other block speaks of."""
        blocks = [*self.head, *(block for section in self.sections for block in section.blocks)]
        told = {name for block in blocks if block.kind != "chart" for name in (*block.variables, *block.stands_in)}
        return frozenset(block.variable for block in blocks if block.kind == "chart") - told

    @property
    def cases(self) -> dict[str, Cases]:
        """The cases of all blocks that speak, by block."""
        blocks = [*self.head, *(block for section in self.sections for block in section.blocks)]
        return {block.id: block.cases for block in blocks if block.cases is not None}


def load_plan(
    source: Source, variables: Mapping[str, Variable], kinds: Iterable[str] = ()
) -> tuple[Plan | None, Located, list[Finding]]:
    """The plan of a file, or None where it cannot be used; with its places and all findings. `kinds` are those of groups."""
    content, located, findings = read_yaml(source, PlanFile)
    if content is None:
        return None, located, findings
    findings += name_findings(content, variables, kinds, located)
    if any(finding.blocks for finding in findings):
        return None, located, findings
    findings += case_findings(content, variables, located)
    head = tuple(_block(entry, variables) for entry in content.head)
    sections = tuple(
        PlanSection(section.id, section.title, tuple(_block(entry, variables) for entry in section.blocks))
        for section in content.sections
    )
    plan = Plan(
        thin_base=content.thin_base,
        head=head,
        in_short=tuple(content.in_short.variables),
        in_short_most=content.in_short.most,
        sections=sections,
        headlines=tuple(Subject.named(name) for name in content.headlines),
        map_filters=tuple(content.map.filters),
        explore_by=tuple(content.explore.by),
    )
    return plan, located, [*findings, *repeated_findings(content, located)]


def _block(entry: BlockEntry, variables: Mapping[str, Variable]) -> PlanBlock:
    title = entry.title or (variables[entry.variable].label if entry.variable else "")
    cases = cases_of(entry, variables)
    peers = place = None
    if entry.kind == "peers":
        compared, practices = tuple(dict.fromkeys(entry.compare_by)), tuple(dict.fromkeys(entry.practices))
        peers = PeerRule(compared, practices, entry.number, entry.same, Fraction(entry.factor))
    elif entry.kind == "place":
        place = PlaceRule(Fraction(entry.within), entry.same)
    earlier, stands_in = tuple(entry.earlier), tuple(entry.stands_in)
    return PlanBlock(
        entry.kind, id_of(entry), entry.variable, title, cases, earlier, stands_in, entry.most, peers, place
    )
