"""What a release would give away together with those before it: a release cannot be taken back, so all of them are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cityfolio.build.facts import groups_in_tables
from cityfolio.build.programme import Programme, load_programme
from cityfolio.build.releasing.kept_inputs import restore
from cityfolio.errors import NotAProgramme, ProgrammeBlocked
from cityfolio.findings import Finding, Place
from cityfolio.harmonise.editions import Held, held_answers
from cityfolio.model.answer import Answer
from cityfolio.model.edition import Group
from cityfolio.model.fact import FactKey
from cityfolio.model.ranking import rank_at, ranks_pattern
from cityfolio.model.variable import Kind, Variable
from cityfolio.tabulate.disclosure.across import Tables, exposed_across
from cityfolio.tabulate.shares import OWN_WORDS, SHARE

if TYPE_CHECKING:
    from cityfolio.build.releasing.frozen import FrozenRelease
    from cityfolio.build.releasing.making import Candidate
    from cityfolio.publish.release.state import ReleaseState
    from cityfolio.tabulate.disclosure.crowd import Column

__all__ = ["disclosure_findings"]

_NAME = "releases.yml"
_OF_NUMBERS = ("sum", "mean", "median", "first_quartile", "third_quartile")


def disclosure_findings(folder: Path, candidate: Candidate, releases: Sequence[FrozenRelease]) -> list[Finding]:
    """What is withheld in the candidate and was shown before, and what can be worked out from all releases together."""
    secret = [v for v in candidate.programme.answers.variables.values() if v.confidential]
    if not secret or not releases or not candidate.programme.manifest.disclosure.is_active:
        return []
    findings = [f for release in releases for f in _shown_before(candidate, release, secret)]
    with TemporaryDirectory(prefix="cityfolio-release-") as temporary:
        earlier: list[tuple[FrozenRelease, Programme]] = []
        for release in releases:
            programme = _restored(folder, release, Path(temporary) / release.manifest.version)
            if programme is None:
                version = release.manifest.version
                findings.append(Finding("release.unaudited", Place(_NAME), {"version": version}))
            else:
                earlier.append((release, programme))
        for variable in secret:
            findings += _exposed(candidate, earlier, variable)
    return findings


def _shown_before(candidate: Candidate, release: FrozenRelease, secret: Sequence[Variable]) -> Iterator[Finding]:
    """What cannot be made good any more, but should be known."""
    before, after = release.state, candidate.state
    version = release.manifest.version
    names = {variable.id for variable in secret}
    public = sorted(names & set(next(iter(before.responses.values()), {})))
    if public:
        yield Finding("release.answers-shown", Place(_NAME), {"version": version, "variables": ", ".join(public)})
    shown = sorted(
        name
        for name, fact in after.facts.items()
        if fact.withheld and fact.variable in names and name in before.facts and before.facts[name].numbers[0]
    )
    if shown:
        facts = {"version": version, "number": str(len(shown)), "example": shown[0]}
        yield Finding("release.shown-before", Place(_NAME), facts)


def _restored(folder: Path, release: FrozenRelease, into: Path) -> Programme | None:
    into.mkdir()
    if restore(folder, release.manifest.inputs, into):
        return None
    try:
        return load_programme(into)
    except (ProgrammeBlocked, NotAProgramme):
        return None


def _exposed(
    candidate: Candidate, earlier: Sequence[tuple[FrozenRelease, Programme]], variable: Variable
) -> Iterator[Finding]:
    asked = [(release, programme) for release, programme in earlier if _is_alike(programme, variable)]
    before = [_tables(r.manifest.version, programme, r.state, variable) for r, programme in asked]
    now = _tables("now", candidate.programme, candidate.state, variable)
    found = exposed_across(variable, before, now, candidate.programme.manifest.disclosure)
    if found:
        labels = [variable.by_code[one.answer].label if one.answer in variable.by_code else "" for one in found]
        facts = {
            "variable": variable.id,
            "answers": ", ".join(label for label in labels if label) or variable.label,
            "versions": ", ".join(release.manifest.version for release, _ in asked),
        }
        yield Finding("release.discloses", Place(_NAME), facts)


def _is_alike(programme: Programme, variable: Variable) -> bool:
    """Whether a release asked the question, in the same way of answering."""
    held = programme.answers.variables.get(variable.id)
    return held is not None and held.kind is variable.kind


def _tables(name: str, programme: Programme, state: ReleaseState, variable: Variable) -> Tables:
    then = programme.answers.variables[variable.id]
    held = {
        edition: {unit: Held(o.wave, _as_now(o.answer, then, variable)) for unit, o in found.items()}
        for edition in programme.manifest.editions.values()
        for found in (held_answers(programme.answers, edition, variable.id),)
    }

    def groups_of(unit: str, wave: str) -> tuple[Group, ...]:
        return groups_in_tables(programme, unit, wave)

    def shows(answer: str, column: Column) -> bool:
        return any(_number(state, key) for key in _keys(answer, column, variable))

    return Tables(name, held, groups_of, shows)


def _keys(answer: str, column: Column, variable: Variable) -> Iterator[str]:
    """The ids of the facts that tell the count of an answer in a column."""
    if not variable.kind.is_choice:
        for measure in _OF_NUMBERS:
            yield FactKey(column.edition, variable.id, "", column.group, measure).id
    elif answer == OWN_WORDS:
        yield FactKey(column.edition, variable.id, "", column.group, OWN_WORDS).id
    else:
        yield FactKey(column.edition, variable.id, answer, column.group, SHARE).id


def _number(state: ReleaseState, key: str) -> bool:
    fact = state.facts.get(key)
    return fact is not None and not fact.withheld


def _as_now(answer: Answer, then: Variable, now: Variable) -> Answer:
    """The answer in the codebook of today, so that equal answers have equal patterns."""
    if answer.missing is not None or not now.kind.is_choice:
        return answer
    if now.kind is Kind.RANKED:
        places = {category.code: place for place, category in enumerate(then.categories)}
        number = len(then.categories)
        ranks = [rank_at(answer.pattern, places[c.code], number) if c.code in places else 0 for c in now.categories]
        return Answer(ranks_pattern([min(rank, len(ranks)) for rank in ranks]))
    own = now.own_words_bit if answer.pattern & then.own_words_bit else 0
    return Answer(sum(now.bits[code] for code in answer.codes if code in now.bits) | own)
