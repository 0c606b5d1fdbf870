"""What is wrong with a page plan: names that are not known, cases that do not fit, two blocks of one name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cityfolio.findings import Finding, Place
from cityfolio.formatting import did_you_mean
from cityfolio.model.condition import Subject
from cityfolio.model.identifiers import is_identifier
from cityfolio.model.variable import Kind, Variable
from cityfolio.narrative.cases import MOST_STATES, check_cases, number_of_states
from cityfolio.profile.exploring_plan import exploring_findings
from cityfolio.profile.naming import unfit
from cityfolio.profile.plan_file import BlockEntry, PlanFile, cases_of, entries_of, id_of
from cityfolio.reading.yaml import Located
from cityfolio.review.edits import condition_findings
from cityfolio.tabulate.features import may_be_compared_by

__all__ = ["case_findings", "name_findings", "repeated_findings"]

# What may stand in a place of the plan, in one name and in several.
_CHOICES = ("choice variable", "choices")
_NUMBERS = ("number variable", "released numbers")
_COMPARED = {
    "compare_by": ("variable to compare by", "released choices and numbers"),
    "practices": ("variable to compare by", "released choices"),
}


def name_findings(
    content: PlanFile, variables: Mapping[str, Variable], kinds: Iterable[str], located: Located
) -> Iterator[Finding]:
    """Findings about what the plan names. Where one of them blocks, nothing more can be asked of it."""
    yield from _in_short_findings(content, variables, located)
    yield from _headline_findings(content, variables, located)
    yield from exploring_findings(content.map.filters, content.explore.by, variables, kinds, located)
    yield from _confidential_findings(content, variables, located)
    for path, entry in entries_of(content):
        yield from _name_findings(entry, variables, located, path)


def case_findings(content: PlanFile, variables: Mapping[str, Variable], located: Located) -> Iterator[Finding]:
    """Findings about the cases of its blocks."""
    for path, entry in entries_of(content):
        yield from _case_findings(entry, variables, located.at(*path))


def repeated_findings(content: PlanFile, located: Located) -> Iterator[Finding]:
    """Findings about ids: those of sections become places of the page that can be linked to, those of blocks name sentences."""
    yield from _section_findings(content, located)
    yield from _doubled(content, located)


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
    if not is_identifier(id_of(entry)):
        findings.append(Finding("programme.unsafe-id", located.at(*path), {"got": id_of(entry)}))
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
    cases = cases_of(entry, variables)
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
    for path, entry in entries_of(content):
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
    for path, entry in entries_of(content):
        # An editorial block is named after its slot, the others after their sentences: two spaces of names.
        name = (entry.kind == "editorial", id_of(entry))
        if name in seen:
            facts = {"kind": "The block", "got": id_of(entry)}
            findings.append(Finding("programme.doubled-id", located.at(*path), facts))
        seen.add(name)
    return findings
