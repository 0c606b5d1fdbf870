"""What two units that are alike have in common, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from cityfolio.findings import Finding
from cityfolio.formatting import did_you_mean
from cityfolio.model.variable import Kind
from cityfolio.narrative.composing import Speaker, as_fraction, compose, join
from cityfolio.narrative.sentence import Sentence, text
from cityfolio.tabulate.features import may_be_compared_by
from cityfolio.tabulate.unit_facts import ANSWER, unit_group

if TYPE_CHECKING:
    from cityfolio.model.answer import Answer, CodedAnswers
    from cityfolio.model.edition import Edition
    from cityfolio.model.fact import Fact
    from cityfolio.model.variable import Category, Variable
    from cityfolio.narrative.patterns import Pattern
    from cityfolio.narrative.wording import Wording
    from cityfolio.reading.yaml import Located
    from cityfolio.tabulate.neighbours import Neighbour

__all__ = ["CHOSEN", "SIMILAR", "Likenesses", "peer_wording_findings"]

CHOSEN = "chosen"
SIMILAR = "similar"
_MOST_SHARED = 2


@dataclass(frozen=True)
class Likenesses:
    """Says what two units have in common. `factor` is how many times a number may be another one and still be similar."""

    answers: CodedAnswers
    edition: Edition
    speaker: Speaker
    order: Sequence[str]
    factor: Fraction
    most: int = 3

    def reasons(self, unit: str, found: Neighbour) -> Sentence:
        """What the two have in common, most alike first, with semicolons between; nothing where it is nothing."""
        alike = sorted(found.reasons, key=lambda reason: (reason.difference, self._places[reason.feature]))
        said = (self._reason(self.answers.variables[one.feature], unit, found.unit) for one in alike)
        kept = list(islice(filter(None, said), self.most))
        return join(kept, ["", *[self.speaker.grammar.semicolon] * (len(kept) - 1), ""]) if kept else ()

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.order)}

    @cached_property
    def rests_on(self) -> tuple[Fact, ...]:
        """The shares by which shared answers are chosen; beside the answers of the two, reasons follow from nothing else."""
        several = [name for name in self.order if not self.answers.variables[name].kind.takes_one]
        categories = [(name, category.code) for name in several for category in self.answers.variables[name].categories]
        found = (self.speaker.store.find(self.edition.id, name, code) for name, code in categories)
        return tuple(fact for fact in found if fact is not None)

    def _reason(self, variable: Variable, unit: str, other: str) -> Sentence | None:
        one, two = self._answer(variable, unit), self._answer(variable, other)
        if one is None or two is None:
            return None
        if variable.kind is Kind.NUMBER:
            return self._similar(variable, unit, other)
        shared = [variable.by_code[code] for code in one.codes if code in two.codes]
        if not shared:
            return None
        if len(shared) == 1 and (variable.kind.takes_one or shared[0].exclusive):
            return self._same(variable, shared[0])
        return self._shared(variable, [category for category in shared if not category.exclusive])

    def _answer(self, variable: Variable, unit: str) -> Answer | None:
        response = self.answers.latest(unit, self.edition.waves)
        answer = response.answers.get(variable.id) if response is not None else None
        return answer if answer is not None and answer.missing is None else None

    def _same(self, variable: Variable, category: Category) -> Sentence | None:
        patterns = self.speaker.wording.likeness.get(variable.id, {})
        names = {"label": text(self.speaker.label(category)), "question": text(variable.label)}
        pattern = patterns.get(category.code) or (None if category.exclusive else patterns.get(CHOSEN))
        return self._worded(pattern, "peers.same", names)

    def _shared(self, variable: Variable, shared: list[Category]) -> Sentence | None:
        """What both chose of several, the two rarest among all: they say most about the two, and are the same in any language."""
        ranked = sorted(shared, key=lambda category: (self._rarity(variable, category), category.code))[:_MOST_SHARED]
        labels = [self.speaker.label(category) for category in ranked]
        joints, plain = (self.speaker.grammar.running_list(one) for one in (labels, ["a"] * len(labels)))
        if joints != plain:
            # Two lists in one line, each with semicolons, are hard to read: quotation marks keep the answers apart instead.
            # To leave one out would make the reasons of two languages differ, as their labels do.
            labels, joints = [self.speaker.grammar.quoted(label) for label in labels], plain
        names = {
            "label": text(labels[0]),
            "labels": join([text(label) for label in labels], joints),
            "question": text(variable.label),
        }
        pattern = self.speaker.wording.likeness.get(variable.id, {}).get(CHOSEN)
        return self._worded(pattern, "peers.shared", names)

    def _worded(self, pattern: Pattern | None, phrase: str, names: dict[str, Sentence]) -> Sentence | None:
        """The programme's words, or the product's where it has none or nobody has translated them: a list has one language."""
        if pattern is None or pattern.language:
            return self.speaker.phrase(phrase, **names)
        return compose(pattern, names.get)

    def _rarity(self, variable: Variable, category: Category) -> Fraction:
        fact = self.speaker.store.find(self.edition.id, variable.id, category.code)
        has_share = fact is not None and fact.numerator is not None and fact.base and fact.base.counted
        return as_fraction(fact) if fact is not None and has_share else Fraction(1)

    def _similar(self, variable: Variable, unit: str, other: str) -> Sentence | None:
        numbers = []
        for one in (unit, other):
            response = self.answers.latest(one, self.edition.waves)
            wave = response.wave if response is not None else ""
            fact = self.speaker.store.find(wave, variable.id, "", ANSWER, unit_group(one))
            if fact is None or fact.value is None or fact.value <= 0:
                return None
            numbers.append(fact)
        values = [Fraction(repr(fact.value)) for fact in numbers]
        if max(values) > self.factor * min(values):
            return None
        own, theirs = (self.speaker.number(fact.value or 0, fact.id, "value") for fact in numbers)
        names: dict[str, Sentence] = {"own": own, "theirs": theirs, "question": text(variable.label)}
        pattern = self.speaker.wording.likeness.get(variable.id, {}).get(SIMILAR)
        return self._worded(pattern, "peers.similar", names)


def peer_wording_findings(wording: Wording, variables: Mapping[str, Variable], located: Located) -> list[Finding]:
    """Findings about words on what units have in common, or do, for variables or answers that do not exist."""
    findings = []
    for part, written in (("likeness", wording.likeness), ("practices", wording.practices)):
        for name, patterns in written.items():
            variable = variables.get(name)
            if variable is None or not may_be_compared_by(variable):
                facts = {"kind": "The variable", "got": name, "where": "The wording"}
                facts["suggestion"] = did_you_mean(name, variables) or ""
                findings.append(Finding("programme.unknown-name", located.at(part, name), facts))
                continue
            findings += _name_findings(part, name, patterns, _names(part, variable), located)
            known = (SIMILAR,) if variable.kind is Kind.NUMBER else (*variable.by_code, CHOSEN)
            for case in patterns:
                if case not in known:
                    facts = {"case": case, "block": name, "suggestion": did_you_mean(case, known) or ""}
                    findings.append(Finding("wording.no-case", located.at(part, name, case), facts))
    return findings


def _names(part: str, variable: Variable) -> tuple[str, ...]:
    """The names that words about a variable may have in braces."""
    if part == "practices":
        return ("unit", "label", "question", "words")
    if variable.kind is Kind.NUMBER:
        return ("own", "theirs", "question")
    return ("label", "question") if variable.kind.takes_one else ("label", "labels", "question")


def _name_findings(
    part: str, variable: str, patterns: Mapping[str, Pattern], known: Sequence[str], located: Located
) -> list[Finding]:
    return [
        Finding(
            "wording.unknown-name",
            located.at(part, variable, case),
            {"got": got, "suggestion": did_you_mean(got, known) or ""},
        )
        for case, pattern in patterns.items()
        for got in pattern.names
        if got not in known
    ]
