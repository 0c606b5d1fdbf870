"""Which version a release is: what the numbers, instruments and crosswalks say since the one before, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from cityfolio.publish.release.renaming import moved_since, with_ids_of
from cityfolio.publish.release.state import AppliedCorrection, ReleaseState
from cityfolio.publish.release.versions import Level

__all__ = ["REASONS", "Judgement", "Reason", "judged", "new_corrections"]

REASONS: Mapping[str, tuple[Level, str]] = {
    "variable-gone": (Level.MAJOR, "A question is gone: {names}."),
    "category-gone": (Level.MAJOR, "An answer of a question is gone: {names}."),
    "kind-changed": (Level.MAJOR, "A question is answered in another way than before: {names}."),
    "unit-gone": (Level.MAJOR, "A unit is gone from the list: {names}."),
    "id-moved": (Level.MAJOR, "An id is another now, and addresses with the old one lead on: {names}."),
    "comparison-broken": (Level.MAJOR, "What could be compared between waves is now a break: {names}."),
    "fact-gone": (Level.MAJOR, "{number} ids of facts are gone."),
    "wave-added": (Level.MINOR, "A wave is new: {names}."),
    "variable-added": (Level.MINOR, "A question is new: {names}."),
    "category-added": (Level.MINOR, "An answer of a question is new: {names}."),
    "unit-added": (Level.MINOR, "A unit is new on the list: {names}."),
    "response-added": (Level.MINOR, "A response is new: {names}."),
    "response-gone": (Level.MINOR, "A response is gone: {names}."),
    "answer-corrected": (Level.MINOR, "Answers of a response were corrected, as corrections.csv says: {names}."),
    "answer-changed": (Level.MINOR, "Answers of a response are others than before: {names}."),
    "comparison-changed": (Level.MINOR, "The crosswalks say something else: {names}."),
    "question-changed": (Level.MINOR, "What is on record about a question changed (words, waves, universe): {names}."),
    "fact-added": (Level.MINOR, "{number} facts are new."),
    "fact-changed": (Level.MINOR, "{number} facts have other numbers than before."),
    "texts": (Level.PATCH, "No number and no answer changed; texts, descriptions or the software did."),
}
_SHOWN = 5


@dataclass(frozen=True)
class Reason:
    """One thing that is not as it was, with the names that it concerns."""

    code: str
    names: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """How far it takes the version."""
        return REASONS[self.code][0]

    @property
    def words(self) -> str:
        """The reason in a sentence; of many names the first few and how many there are.

        >>> Reason("wave-added", ("2026",)).words
        'A wave is new: 2026.'
        """
        names = ", ".join(self.names[:_SHOWN])
        more = len(self.names) - _SHOWN
        said = REASONS[self.code][1].replace("{number}", str(len(self.names)))
        return said.replace("{names}", f"{names} and {more} more" if more > 0 else names)


@dataclass(frozen=True)
class Judgement:
    """How far a release is from the one before, and why."""

    reasons: tuple[Reason, ...]

    @property
    def level(self) -> Level:
        """The furthest that any reason takes the version."""
        return max(reason.level for reason in self.reasons)


def judged(before: ReleaseState, after: ReleaseState) -> Judgement:
    """What is not as it was, the most far-reaching first; at least that texts changed."""
    named = {code: tuple(sorted(names)) for code, names in _found(with_ids_of(after, before), after)}
    named["id-moved"] = tuple(sorted(f"{one.old} (now {one.new})" for one in moved_since(before, after)))
    return Judgement(tuple(Reason(c, named[c]) for c in REASONS if named.get(c)) or (Reason("texts"),))


def new_corrections(before: ReleaseState, after: ReleaseState) -> tuple[AppliedCorrection, ...]:
    """The corrections that the release before did not have."""
    held = set(before.corrections)
    return tuple(one for one in after.corrections if one not in held)


def _found(before: ReleaseState, after: ReleaseState) -> Iterator[tuple[str, Collection[str]]]:
    yield "variable-gone", before.variables.keys() - after.variables.keys()
    yield "variable-added", after.variables.keys() - before.variables.keys()
    yield "wave-added", set(after.waves) - set(before.waves)
    yield from _of_variables(before, after)
    yield "unit-gone", before.units.keys() - after.units.keys()
    yield "unit-added", after.units.keys() - before.units.keys()
    gone, added = before.responses.keys() - after.responses.keys(), after.responses.keys() - before.responses.keys()
    yield "response-gone", {" ".join(key) for key in gone}
    yield "response-added", {" ".join(key) for key in added}
    both = before.responses.keys() & after.responses.keys()
    others = {key for key in both if _differs(before.responses[key], after.responses[key])}
    # A new correction of a response explains all that is another in it: routing goes by corrected answers.
    corrected = {one.response for one in new_corrections(before, after)}
    yield "answer-corrected", {" ".join(key) for key in others & corrected}
    yield "answer-changed", {" ".join(key) for key in others - corrected}
    yield from _of_crosswalks(before, after)
    yield "fact-gone", before.facts.keys() - after.facts.keys()
    yield "fact-added", after.facts.keys() - before.facts.keys()
    known = before.facts.keys() & after.facts.keys()
    yield "fact-changed", {name for name in known if before.facts[name].numbers != after.facts[name].numbers}


def _of_variables(before: ReleaseState, after: ReleaseState) -> Iterator[tuple[str, Collection[str]]]:
    pairs = {n: (before.variables[n], after.variables[n]) for n in before.variables.keys() & after.variables.keys()}
    yield "kind-changed", {name for name, (old, new) in pairs.items() if old.kind != new.kind}
    lost = {f"{n} {c}" for n, (old, new) in pairs.items() for c in set(old.categories) - set(new.categories)}
    yield "category-gone", lost
    won = {f"{n} {c}" for n, (old, new) in pairs.items() for c in set(new.categories) - set(old.categories)}
    yield "category-added", won
    yield "question-changed", {name for name, (old, new) in pairs.items() if old.described != new.described}


def _of_crosswalks(before: ReleaseState, after: ReleaseState) -> Iterator[tuple[str, Collection[str]]]:
    old = {line.subject: line for line in before.comparisons}
    new = {line.subject: line for line in after.comparisons}
    waves = set(before.waves)
    broken, changed = set(), set()
    for subject in old.keys() | new.keys():
        if not {subject[0], subject[1]} <= waves:
            continue  # a new wave brings its own lines
        was, now = old.get(subject), new.get(subject)
        name = " ".join(part for part in (subject[2], subject[3], f"{subject[0]}-{subject[1]}") if part)
        if now is not None and now.comparability == "break" and (was is None or was.comparability != "break"):
            broken.add(name)
        elif was != now:
            changed.add(name)
    yield "comparison-broken", broken
    yield "comparison-changed", changed


def _differs(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    """Whether a cell that both have is another; columns come and go with their questions."""
    return any(old[column] != new[column] for column in (old.keys() & new.keys()) - {"corrected"})
