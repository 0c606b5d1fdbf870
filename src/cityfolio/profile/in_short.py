"""The sentences that carry a page, chosen by rule: what sets the unit apart first, what is common last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from cityfolio.findings import Finding
from cityfolio.formatting import did_you_mean
from cityfolio.narrative.composing import as_fraction, compose
from cityfolio.narrative.sentence import Sentence, foreign, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cityfolio.model.fact import Fact
    from cityfolio.model.variable import Category, Variable
    from cityfolio.narrative.patterns import Pattern
    from cityfolio.narrative.wording import Wording
    from cityfolio.profile.plan import Plan
    from cityfolio.profile.scope import Scope
    from cityfolio.reading.yaml import Located

__all__ = ["confidential_findings", "in_short", "in_short_findings"]

CHOSEN = "chosen"


@dataclass(frozen=True)
class _Candidate:
    """An answer that a sentence could be about, with the exact share of those who gave it."""

    share: Fraction
    order: int
    fact: Fact
    category: Category
    pattern: Pattern


def in_short(plan: Plan, scope: Scope) -> tuple[Sentence, ...]:
    """One sentence for each of the rarest answers, and one for the most common; only on bases that are not thin."""
    found = []
    for order, variable in enumerate(plan.in_short):
        candidate = _rarest(scope.variables[variable], order, scope)
        found += [candidate] if candidate else []
    found.sort(key=lambda candidate: (candidate.share, candidate.order))
    if len(found) > plan.in_short_most:
        found = [*found[: plan.in_short_most - 1], found[-1]]
    # The first sentence names the unit, the others speak on.
    said = (_sentence(candidate, scope, opens=place == 0) for place, candidate in enumerate(found))
    return tuple(sentence for sentence in said if sentence is not None)


def in_short_findings(wording: Wording, variables: Mapping[str, Variable], located: Located) -> list[Finding]:
    """Findings about sentences for variables that do not exist, or for answers that they do not have."""
    findings = []
    for name, patterns in wording.in_short.items():
        variable = variables.get(name)
        if variable is None:
            facts = {"kind": "The variable", "got": name, "where": "The wording"}
            facts["suggestion"] = did_you_mean(name, variables) or ""
            findings.append(Finding("programme.unknown-name", located.at("in_short", name), facts))
            continue
        known = (*variable.by_code, CHOSEN)
        for case in patterns:
            if case not in known:
                facts = {"case": case, "block": name, "suggestion": did_you_mean(case, known) or ""}
                findings.append(Finding("wording.no-case", located.at("in_short", name, case), facts))
    return findings


def confidential_findings(wording: Wording, variables: Mapping[str, Variable], located: Located) -> list[Finding]:
    """Findings about sentences that name what one unit answered to a question whose answers are not released."""
    findings = []
    for part, blocks in (("sentences", wording.sentences), ("in_short", wording.in_short)):
        for block, patterns in blocks.items():
            for case, pattern in patterns.items():
                named = {name.partition(".")[0] for name in pattern.names} | ({block} if part == "in_short" else set())
                secret = sorted(name for name in named if name in variables and variables[name].confidential)
                facts = {"where": "A sentence", "variable": secret[0] if secret else ""}
                at = located.at(part, block, case)
                findings += [Finding("disclosure.single-answer", at, facts)] if secret else []
    return findings


def _rarest(variable: Variable, order: int, scope: Scope) -> _Candidate | None:
    answer = scope.response.answers.get(variable.id)
    if answer is None or answer.missing is not None:
        return None
    found = []
    for code in answer.codes:
        fact = scope.speaker.store.find(scope.edition.id, variable.id, code)
        pattern = _pattern(variable.by_code[code], scope.speaker.wording.in_short.get(variable.id, {}))
        if pattern is not None and fact is not None and fact.base and fact.base.counted >= scope.speaker.thin_base:
            found.append(_Candidate(as_fraction(fact), order, fact, variable.by_code[code], pattern))
    return min(found, key=lambda candidate: candidate.share, default=None)


def _pattern(category: Category, patterns: Mapping[str, Pattern]) -> Pattern | None:
    return patterns.get(category.code) or (None if category.exclusive else patterns.get(CHOSEN))


def _sentence(candidate: _Candidate, scope: Scope, *, opens: bool) -> Sentence | None:
    language = candidate.pattern.language
    if language and scope.source is not None:
        own = _own(candidate, scope.source)
        said = _sentence(own, scope.source, opens=opens)
        return foreign(said, language) if said is not None else None
    speaker = scope.speaker
    names = {
        "it": scope("unit.subject") if opens else speaker.phrase("in_short.it"),
        "label": text(speaker.label(candidate.category)),
        "words": speaker.in_words(candidate.fact),
        "same.words": speaker.same_in_words(candidate.fact),
        "same": speaker.same_answer(candidate.fact, "same"),
        "like": speaker.same_answer(candidate.fact, "like"),
    }
    return compose(candidate.pattern, lambda name: names[name] if name in names else scope(name))


def _own(candidate: _Candidate, source: Scope) -> _Candidate:
    """The candidate in the language that the programme is written in."""
    key = candidate.fact.key
    pattern = replace(candidate.pattern, language="")
    return replace(candidate, category=source.variables[key.variable].by_code[key.category], pattern=pattern)
