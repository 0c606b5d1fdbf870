"""The units like one, with the reasons, and what they do that this one does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING

from cityfolio.harmonise.breaks import sides_of_breaks
from cityfolio.narrative.composing import Speaker, compose
from cityfolio.narrative.sentence import Sentence, text
from cityfolio.profile.comparing_blocks import Peer, PeersBlock, Practice, PracticeUnit
from cityfolio.profile.keeping import Kept
from cityfolio.profile.likeness import CHOSEN, Likenesses
from cityfolio.tabulate.benchmarks import peers_of
from cityfolio.tabulate.features import features_of
from cityfolio.tabulate.nearest import Nearest
from cityfolio.tabulate.neighbours import neighbours

if TYPE_CHECKING:
    from cityfolio.model.answer import Answer, CodedAnswers
    from cityfolio.model.edition import Edition
    from cityfolio.model.variable import Category, Variable
    from cityfolio.profile.editorial import Editorial
    from cityfolio.profile.plan import Plan
    from cityfolio.tabulate.neighbours import Neighbour

__all__ = ["PeerFinder", "PeerRule"]


@dataclass(frozen=True)
class PeerRule:
    """How a plan asks for peers: compared by which variables, how many, of the same value of `same`, and practices."""

    compare_by: tuple[str, ...]
    practices: tuple[str, ...] = ()
    most: int = 5
    same: str = ""
    factor: Fraction = Fraction(3, 2)


@dataclass(frozen=True)
class PeerFinder:
    """Makes the block of one rule for any unit of the edition. `editorials` are texts by unit and slot."""

    answers: CodedAnswers
    edition: Edition
    plan: Plan
    speaker: Speaker
    editorials: Mapping[str, Mapping[str, Editorial]]
    rule: PeerRule
    country_attribute: str = "country"
    kept: Kept = field(default_factory=lambda: Kept(remembers=False), compare=False, repr=False)
    # A profile and a comparison ask for the same units.
    _alike: dict[str, Sequence[tuple[Neighbour, Sentence]]] = field(default_factory=dict, compare=False, repr=False)
    # A unit is a peer of many.
    _written: dict[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict, compare=False, repr=False)

    def block(self, unit: str, block_id: str, title: str) -> PeersBlock | None:
        """The block: peers that have something in common with the unit; a sentence alone where too little is known."""
        peers = self._with_reasons(unit)
        shown = tuple(self._peer(near, reasons) for near, reasons in peers[: self.rule.most])
        lead = self._lead(unit, "peers.lead" if shown else "peers.none")
        if not lead:
            return None
        found = self._practices(unit, [near.unit for near, _ in peers]) if shown else ()
        return PeersBlock(block_id, title, lead, shown, tuple(found))

    def shown(self, unit: str) -> list[Neighbour]:
        """The peers that the block shows."""
        return [near for near, _ in self._with_reasons(unit)[: self.rule.most]]

    def _with_reasons(self, unit: str) -> Sequence[tuple[Neighbour, Sentence]]:
        if unit not in self._alike:
            could_be = self._could_be(unit)
            those = [unit, *could_be]
            made_from = (self._nearest.told_of(those), [self._wave(one) for one in those], self._likenesses.rests_on)
            self._alike[unit] = self.kept.listed(
                ("alike", self.rule, unit), made_from, partial(self._found, unit, could_be)
            )
        return self._alike[unit]

    def _found(self, unit: str, could_be: Iterable[str]) -> Iterator[tuple[Neighbour, Sentence]]:
        for near in neighbours(unit, could_be, self._nearest.features, self._wanted):
            reasons = self._likenesses.reasons(unit, near)
            if reasons:
                yield near, reasons

    def _wave(self, unit: str) -> str:
        response = self.answers.latest(unit, self.edition.waves)
        return response.wave if response is not None else ""

    def country_of(self, unit: str) -> str:
        """What stands beside the unit's name."""
        return self.answers.units[unit].shown(self.country_attribute)

    @property
    def _wanted(self) -> int:
        """Twice as many units as are shown: some may share nothing, and practices look a little further."""
        return 2 * self.rule.most

    def _could_be(self, unit: str) -> list[str]:
        candidates = sorted(peers_of(self.answers.units, unit, self.rule.same) & self._in_edition)
        return self._nearest.could_be(unit, candidates, self._wanted)

    @cached_property
    def _in_edition(self) -> frozenset[str]:
        waves = self.edition.waves
        return frozenset(unit for unit in self.answers.by_unit if self.answers.latest(unit, waves) is not None)

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(features_of(self.answers, self.edition, self.rule.compare_by))

    @cached_property
    def _likenesses(self) -> Likenesses:
        return Likenesses(self.answers, self.edition, self.speaker, self.rule.compare_by, self.rule.factor)

    def _lead(self, unit: str, phrase: str) -> Sentence:
        grammar = self.speaker.grammar
        labels = [grammar.in_text(self.answers.variables[name].label) for name in self.rule.compare_by]
        names = {
            "unit": text(grammar.name(self.answers.units[unit].display_name)),
            "labels": self.speaker.listed(labels),
        }
        return self.speaker.phrase(phrase, **names) or ()

    def _peer(self, near: Neighbour, reasons: Sentence) -> Peer:
        unit = self.answers.units[near.unit]
        return Peer(unit.id, unit.display_name, unit.shown(self.country_attribute), reasons)

    def _practices(self, unit: str, like: list[str]) -> list[Practice]:
        """For each variable the answer that most of the units like this one gave, and this one did not."""
        found = []
        written = [self.editorials.get(name) for name in like]
        for name in self.rule.practices:
            variable = self.answers.variables[name]
            said = [self._answer(one, name) for one in (unit, *like)]
            make = partial(self._practice, variable, unit, like)
            practice = self.kept.reading(("practice", self.rule, name, unit), (like, said, written), make)
            found += [practice] if practice else []
        return found

    def _answer(self, unit: str, variable: str) -> tuple[str, Answer | None] | None:
        """What a unit said to a question, and in which wave."""
        response = self.answers.latest(unit, self.edition.waves)
        return (response.wave, response.answers.get(variable)) if response is not None else None

    def _practice(self, variable: Variable, unit: str, like: list[str]) -> Practice | None:
        response = self.answers.latest(unit, self.edition.waves)
        answer = response.answers.get(variable.id) if response is not None else None
        if response is None or answer is None or answer.missing is not None:
            return None
        open_to = [
            category
            for category in variable.categories
            if not category.exclusive and response.wave in category.waves and category.code not in answer.codes
        ]
        sides = sides_of_breaks(variable, self.edition)
        # What the question asked differently from this unit's wave is no example to it.
        alike = [name for name in like if sides.get(self._wave(name)) == sides.get(response.wave)]
        doing = {category.code: self._doing(variable, category, alike) for category in open_to}
        best = max(open_to, key=lambda category: len(doing[category.code]), default=None)
        if best is None or not doing[best.code]:
            return None
        said = self._said(variable, best, unit)
        return Practice(variable.id, best.code, said, doing[best.code][: self.rule.most]) if said else None

    def _doing(self, variable: Variable, category: Category, like: list[str]) -> tuple[PracticeUnit, ...]:
        found = []
        for name in like:
            response = self.answers.latest(name, self.edition.waves)
            answer = response.answers.get(variable.id) if response is not None else None
            if response is not None and answer is not None and category.code in answer.codes:
                shown = self.answers.units[name].display_name
                found.append(
                    PracticeUnit(name, shown, response.wave, *self._evidence(name, variable.id, category.code))
                )
        return tuple(found)

    def _evidence(self, unit: str, *subjects: str) -> tuple[str, str]:
        """Where an editor tells more about a unit: a text on the very subject, else the first text of its page."""
        if unit not in self._written:
            self._written[unit] = self._slots_of(unit)
        slots = self._written[unit]
        fitting = next((slots[subject] for subject in subjects if subject in slots), None)
        return fitting or next(iter(slots.values()), ("", ""))

    def _slots_of(self, unit: str) -> Mapping[str, tuple[str, str]]:
        """The section, and its title, of each text that an editor wrote about a unit."""
        written = self.editorials.get(unit, {})
        return {
            block.id: (section.id, block.title or section.title)
            for section in self.plan.sections
            for block in section.blocks
            if block.kind == "editorial" and block.id in written
        }

    def _said(self, variable: Variable, category: Category, unit: str) -> Sentence | None:
        fact = self.speaker.store.find(self.edition.id, variable.id, category.code)
        patterns = self.speaker.wording.practices.get(variable.id, {})
        names = {
            "unit": text(self.speaker.grammar.name(self.answers.units[unit].display_name)),
            "label": text(self.speaker.label(category)),
            "question": text(variable.label),
            "words": self.speaker.in_words(fact),
        }
        pattern = patterns.get(category.code) or patterns.get(CHOSEN)
        if pattern is not None and not pattern.language:
            return compose(pattern, names.get)
        return self.speaker.phrase("peers.practice", **{name: said for name, said in names.items() if said})
