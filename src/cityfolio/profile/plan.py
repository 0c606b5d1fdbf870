"""The page plan: which sections and blocks a profile has, and which answers lead to which sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.model.condition import MISSING, Condition, Subject, states_of
from cityfolio.model.identifiers import is_identifier
from cityfolio.model.variable import Kind, Variable
from cityfolio.narrative.cases import MOST_STATES, REST, Cases, check_cases, number_of_states
from cityfolio.profile.exploring_plan import exploring_findings
from cityfolio.profile.likeness import may_be_compared_by
from cityfolio.profile.naming import unfit
from cityfolio.profile.peers import PeerRule
from cityfolio.profile.places import PlaceRule
from cityfolio.reading.yaml import Located, Shape, read_yaml
from cityfolio.review.edits import condition_findings, one_or_many

if TYPE_CHECKING:
    from cityfolio.reading.text import Source

__all__ = ["Plan", "PlanBlock", "PlanFile", "PlanSection", "load_plan"]

# What may stand in a place of the plan, in one name and in several.
_CHOICES = ("choice variable", "choices")
_NUMBERS = ("number variable", "released numbers")
_COMPARED = {
    "compare_by": ("variable to compare by", "released choices and numbers"),
    "practices": ("variable to compare by", "released choices"),
}


class BlockEntry(Shape):
    """One block. A `sentence` has cases; without any, it has one for each category (or none, one, many) of its variable.

    Where the variable has no answer, a line says so, unless one of those that `stands_in` for it has one. `peers` are found by
    the answers to `compare_by`, among units with the same value in the column `same`; a number is similar to one up to `factor`
    times as large, and in a `place` to one that is `within` so much.
    """

    kind: Literal[
        "sentence", "answers", "chart", "ranking", "editorial", "note", "recommendations", "peers", "changes", "place"
    ]
    id: str = ""
    variable: str = ""
    title: str = ""
    cases: dict[str, dict[str, list[str]]] = {}
    silent: list[str] = []
    earlier: list[str] = []
    stands_in: list[str] = []
    most: int = Field(default=3, ge=1, le=3)
    compare_by: list[str] = []
    practices: list[str] = []
    number: int = Field(default=5, ge=1)
    same: str = ""
    factor: Decimal = Field(default=Decimal("1.5"), ge=1)
    within: Decimal = Field(default=Decimal(0), ge=0)

    @field_validator("cases", mode="before")
    @classmethod
    def _states(cls, value: object) -> object:
        return {case: one_or_many(when) for case, when in value.items()} if isinstance(value, dict) else value


class SectionEntry(Shape):
    """One section of the page."""

    id: str
    title: str
    blocks: list[BlockEntry]


class InShortEntry(Shape):
    """The sentences that carry the page: chosen among these variables, the rarest answers first, then a common one."""

    variables: list[str] = []
    most: int = 4


class MapEntry(Shape):
    """The map page: the kinds of groups and the choices whose filters stand above the map."""

    filters: list[str] = []


class ExploreEntry(Shape):
    """The explore page: the single choices that answers can be grouped by. None given: all of them."""

    by: list[str] = []


class PlanFile(Shape):
    """`profile.yml`."""

    format: Literal["1"]
    thin_base: int = Field(default=10, ge=0)
    head: list[BlockEntry] = []
    in_short: InShortEntry = InShortEntry()
    headlines: list[str] = []
    map: MapEntry = MapEntry()
    explore: ExploreEntry = ExploreEntry()
    sections: list[SectionEntry]


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
    findings += _in_short_findings(content, variables, located)
    findings += _headline_findings(content, variables, located)
    findings += exploring_findings(content.map.filters, content.explore.by, variables, kinds, located)
    findings += _confidential_findings(content, variables, located)
    for path, entry in _entries(content):
        findings += _name_findings(entry, variables, located, path)
    if any(finding.blocks for finding in findings):
        return None, located, findings
    for path, entry in _entries(content):
        findings += _case_findings(entry, variables, located.at(*path))
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
    return plan, located, [*findings, *_section_findings(content, located), *_doubled(content, located)]


def _section_findings(content: PlanFile, located: Located) -> Iterator[Finding]:
    """Ids of sections become places of the page that can be linked to."""
    seen: set[str] = set()
    for position, section in enumerate(content.sections):
        at = located.at("sections", position, "id")
        if not is_identifier(section.id):
            yield Finding("programme.unsafe-id", at, {"got": section.id})
        if section.id in seen:
            yield Finding("programme.doubled-id", at, {"kind": "The section", "got": section.id})
        seen.add(section.id)


def _entries(content: PlanFile) -> Iterator[tuple[tuple[str | int, ...], BlockEntry]]:
    for h, entry in enumerate(content.head):
        yield ("head", h), entry
    for s, section in enumerate(content.sections):
        for b, entry in enumerate(section.blocks):
            yield ("sections", s, "blocks", b), entry


def _cases(entry: BlockEntry, variables: Mapping[str, Variable]) -> Cases | None:
    if entry.kind not in ("sentence", "note"):
        return None
    written = dict(entry.cases)
    if not written and entry.variable:
        variable = variables[entry.variable]
        states = [state for state in states_of(Subject(variable.id), variable) if state != MISSING]
        written = {state: {entry.variable: [state]} for state in states if state not in entry.silent}
        silent = {REST} if entry.silent else set()
    else:
        silent = set(entry.silent)
    conditions = {case: Condition.of(when) for case, when in written.items()}
    return Cases(_id(entry), conditions, frozenset(silent), entry.variable)


def _id(entry: BlockEntry) -> str:
    if entry.id or not entry.variable:
        return entry.id or (entry.kind if entry.kind in ("recommendations", "peers", "changes") else "")
    return entry.variable if entry.kind == "sentence" else f"{entry.variable}_{entry.kind}"


def _block(entry: BlockEntry, variables: Mapping[str, Variable]) -> PlanBlock:
    title = entry.title or (variables[entry.variable].label if entry.variable else "")
    cases = _cases(entry, variables)
    peers = place = None
    if entry.kind == "peers":
        compared, practices = tuple(dict.fromkeys(entry.compare_by)), tuple(dict.fromkeys(entry.practices))
        peers = PeerRule(compared, practices, entry.number, entry.same, Fraction(entry.factor))
    elif entry.kind == "place":
        place = PlaceRule(Fraction(entry.within), entry.same)
    earlier, stands_in = tuple(entry.earlier), tuple(entry.stands_in)
    return PlanBlock(entry.kind, _id(entry), entry.variable, title, cases, earlier, stands_in, entry.most, peers, place)


def _name_findings(
    entry: BlockEntry, variables: Mapping[str, Variable], located: Located, path: tuple[str | int, ...]
) -> list[Finding]:
    findings: list[Finding] = []

    def unknown(kind: str, got: str, key: str) -> None:
        facts = {
            "kind": kind,
            "got": got,
            "suggestion": did_you_mean(got, variables) or "",
            "where": "The page plan",
        }
        findings.append(Finding("programme.unknown-name", located.at(*path, key), facts))

    findings += _comparing_findings(entry, variables, located, path)
    needs_choice = entry.kind in ("answers", "chart", "ranking")
    if entry.variable and entry.variable not in variables:
        unknown("The variable", entry.variable, "variable")
    elif needs_choice and not (entry.variable and variables[entry.variable].kind.is_choice):
        choices = [name for name, variable in variables.items() if variable.kind.is_choice]
        findings.append(unfit(entry.variable, choices, variables, _CHOICES, located.at(*path, "variable")))
    for key, named in (("earlier", entry.earlier), ("stands_in", entry.stands_in)):
        for variable in named:
            if variable not in variables:
                unknown("The variable", variable, key)
    if not is_identifier(_id(entry)):
        findings.append(Finding("programme.unsafe-id", located.at(*path), {"got": _id(entry)}))
    for case, when in entry.cases.items():
        findings += condition_findings(when, variables, located, (*path, "cases", case))
    return findings


def _comparing_findings(
    entry: BlockEntry, variables: Mapping[str, Variable], located: Located, path: tuple[str | int, ...]
) -> Iterator[Finding]:
    """Findings about variables that units cannot be compared by, and a place of what is no number."""
    comparable = [name for name, variable in variables.items() if may_be_compared_by(variable)]
    named = [(key, name) for key in ("compare_by", "practices") for name in getattr(entry, key)]
    wanted = {"compare_by": comparable, "practices": [name for name in comparable if variables[name].kind.is_choice]}
    for key, name in named:
        if name not in wanted[key]:
            yield unfit(name, wanted[key], variables, _COMPARED[key], located.at(*path, key))
    if entry.kind == "peers" and not entry.compare_by:
        facts = {"problem": "The peers are compared by nothing", "where": "compare_by"}
        yield Finding("yaml.unexpected", located.at(*path), facts)
    numbers = [name for name in comparable if variables[name].kind is Kind.NUMBER]
    if entry.kind == "place" and entry.variable not in numbers:
        yield unfit(entry.variable, numbers, variables, _NUMBERS, located.at(*path, "variable"))


def _case_findings(entry: BlockEntry, variables: Mapping[str, Variable], at: Place) -> list[Finding]:
    cases = _cases(entry, variables)
    if cases is None:
        return []
    states = number_of_states(cases, variables)
    if states > MOST_STATES:
        return [Finding("plan.too-wide", at, {"block": cases.block, "states": f"{states:,}"})]
    findings = []
    for problem in check_cases(cases, variables):
        facts = {"block": cases.block, "state": problem.state or "anything is answered"}
        if problem.cases:
            findings.append(Finding("plan.case-twice", at, {**facts, "cases": " and ".join(problem.cases)}))
        else:
            findings.append(Finding("plan.case-open", at, facts))
    return findings


def _in_short_findings(content: PlanFile, variables: Mapping[str, Variable], located: Located) -> list[Finding]:
    choices = [name for name, variable in variables.items() if variable.kind.is_choice]
    return [
        unfit(name, choices, variables, _CHOICES, located.at("in_short", "variables", position))
        for position, name in enumerate(content.in_short.variables)
        if name not in choices
    ]


def _headline_findings(content: PlanFile, variables: Mapping[str, Variable], located: Located) -> list[Finding]:
    """Findings about headlines that name no category of a choice variable (`variable.category`)."""
    known = [f"{v.id}.{code}" for v in variables.values() if v.kind.is_choice for code in v.by_code]
    return [
        Finding(
            "programme.unknown-name",
            located.at("headlines", position),
            {"kind": "The answer", "got": got, "suggestion": did_you_mean(got, known) or "", "where": "A headline"},
        )
        for position, got in enumerate(content.headlines)
        if got not in known
    ]


def _confidential_findings(content: PlanFile, variables: Mapping[str, Variable], located: Located) -> Iterator[Finding]:
    """Findings about blocks that would say what one unit answered to a question whose answers are not released."""
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("in_short", "variables", place), name) for place, name in enumerate(content.in_short.variables)
    ]
    for path, entry in _entries(content):
        if entry.kind in ("sentence", "answers", "note"):
            looked_at = [Subject.named(name).variable for when in entry.cases.values() for name in when]
            named += [(path, name) for name in (entry.variable, *entry.earlier, *entry.stands_in, *looked_at)]
    for place, name in dict.fromkeys(named):
        if name in variables and variables[name].confidential:
            facts = {"where": "A block of the page plan", "variable": name}
            yield Finding("disclosure.single-answer", located.at(*place), facts)


def _doubled(content: PlanFile, located: Located) -> list[Finding]:
    findings = []
    seen: set[tuple[bool, str]] = set()
    for path, entry in _entries(content):
        # An editorial block is named after its slot, the others after their sentences: two spaces of names.
        name = (entry.kind == "editorial", _id(entry))
        if name in seen:
            facts = {"kind": "The block", "got": _id(entry)}
            findings.append(Finding("programme.doubled-id", located.at(*path), facts))
        seen.add(name)
    return findings
