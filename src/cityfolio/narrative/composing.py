"""Composing sentences: whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from cityfolio.formatting import plain_number, whole_per_cent_of
from cityfolio.model.edition import Edition
from cityfolio.model.fact import PUBLISHED, RESPONDED, SURVEY, Fact
from cityfolio.model.variable import Category, Variable
from cityfolio.narrative.grammar import Grammar
from cityfolio.narrative.particles import fit_particles
from cityfolio.narrative.patterns import Pattern
from cityfolio.narrative.quantities import share_words
from cityfolio.narrative.sentence import Run, Sentence, foreign, plain_text, text
from cityfolio.narrative.wording import Wording
from cityfolio.tabulate.facts import PARTICIPANTS, FactStore

__all__ = ["Speaker", "compose", "join"]

Names: TypeAlias = Callable[[str], Sentence | None]


def compose(pattern: Pattern, names: Names) -> Sentence | None:
    """The pattern with every name filled in, or None as soon as one has nothing to say: never a gap.

    >>> from cityfolio.narrative.patterns import parse_pattern
    >>> compose(parse_pattern("{unit} has a plan."), {"unit": text("Busan")}.get)
    (Run(text='Busan', fact='', part=''), Run(text=' has a plan.', fact='', part=''))
    >>> compose(parse_pattern("{unit} has {plans}."), {"unit": text("Busan")}.get) is None
    True
    >>> compose(parse_pattern("{unit}[은/는] 계획이 있습니다."), {"unit": text("서울")}.get)
    (Run(text='서울', fact='', part=''), Run(text='은 계획이 있습니다.', fact='', part=''))
    """
    runs: list[Run] = []
    for is_name, piece in pattern.pieces:
        said = names(piece) if is_name else text(_fitted(piece, runs) if "[" in piece else piece)
        if said is None:
            return None
        runs += said
    return tuple(runs)


def _fitted(words: str, before: Sequence[Run]) -> str:
    return fit_particles(words, plain_text(tuple(before)))


def join(sentences: Sequence[Sentence], joints: Sequence[str]) -> Sentence:
    """The sentences with `joints` before each and after the last (one more than there are sentences)."""
    runs: list[Run] = []
    for joint, sentence in zip(joints, [*sentences, ()], strict=True):
        runs += [Run(joint)] if joint else []
        runs += sentence
    return tuple(runs)


@dataclass(frozen=True)
class Speaker:
    """Puts facts into words: the wording, grammar, nouns and thresholds of one language of a programme.

    `thin_base` is the base below which only counts are given, no shares. `noun_for` gives the noun that goes with a number
    where one and many are not all the forms there are. `remarks` holds the parts of notes on published figures in the
    language. `source` speaks the language that the programme is written in, for sentences that nobody has translated.
    """

    wording: Wording
    grammar: Grammar
    store: FactStore
    unit_one: str
    unit_many: str
    thin_base: int
    noun_for: Callable[[int], str] | None = None
    remarks: Mapping[str, str] = field(default_factory=dict)
    source: Speaker | None = None
    # The same fact is named on many pages; its words are put together once.
    _names: dict[str, Mapping[str, Sentence]] = field(default_factory=dict, compare=False, repr=False)

    def noun(self, number: int) -> str:
        """The word for that many units."""
        if self.noun_for is not None:
            return self.noun_for(number)
        return self.unit_one if number == 1 else self.unit_many

    def phrase(self, name: str, **names: Sentence) -> Sentence | None:
        """One of the phrases of the wording, with these names; `units` goes with `base` or stands for many, `unit` for one."""
        pattern = self.wording.phrases.get(name)
        if pattern is None:
            return None
        said = compose(pattern, {"unit": text(self.unit_one), "units": text(self.unit_many), **names}.get)
        return foreign(said, pattern.language) if said and pattern.language else said

    def listed(self, items: Sequence[str]) -> Sentence:
        """The items as the language lists them within a sentence."""
        return join([text(item) for item in items], self.grammar.running_list(list(items)))

    def words(self, name: str, **names: Sentence) -> str:
        """The same as text alone; nothing where there is no such phrase."""
        return plain_text(self.phrase(name, **names) or ())

    def fact_names(self, fact: Fact) -> dict[str, Sentence]:
        """The names that a share gives to a phrase: numerator, base, share, quantity and the noun that fits the base."""
        if fact.id not in self._names:
            self._names[fact.id] = self._name_parts(fact)
        return dict(self._names[fact.id])

    def _name_parts(self, fact: Fact) -> dict[str, Sentence]:
        if fact.numerator is None or fact.base is None:
            return {}
        base = fact.base.counted
        names = {
            "numerator": self.number(fact.numerator, fact.id, "numerator"),
            "base": self.number(base, fact.id, "base"),
            "units": text(self.noun(base)),
        }
        if fact.base.is_empty:
            return names
        names["share"] = (Run(self.share(fact), fact.id, "share"),)
        words = share_words(fact.numerator, base, self.wording.quantities)
        return {**names, "quantity": text(self.with_nouns(words))} if words else names

    def number(self, number: float, fact: str, part: str) -> Sentence:
        """A number of a fact, as the language writes it."""
        return (Run(self.grammar.number(number), fact, part),)

    def share(self, fact: Fact) -> str:
        """The share of a fact in whole per cent, as the language writes it."""
        return self.grammar.per_cent(fact.per_cent)

    def about(self, pattern: Pattern, fact: Fact) -> Sentence | None:
        """A sentence about a share, or None where one of its names has nothing to say."""
        if pattern.language and self.source is not None:
            said = compose(pattern, self.source.fact_names(fact).get)
            return foreign(said, pattern.language) if said is not None else None
        return compose(pattern, self.fact_names(fact).get)

    def remark(self, note: str) -> str:
        """A note of a published figure, in the language where somebody has translated it."""
        return self.grammar.semicolon.join(self.remarks.get(part, part) for part in note.split("; "))

    def with_nouns(self, words: str) -> str:
        """Share words with the programme's nouns for {unit} and {units}."""
        return fit_particles(words.replace("{units}", self.unit_many).replace("{unit}", self.unit_one))

    def same_answer(self, fact: Fact | None, phrase: str) -> Sentence | None:
        """How many give the same answer, after a verb (`same`) or a negative (`like`). The base includes the unit itself."""
        if fact is None or fact.numerator is None or fact.base is None or fact.numerator == 0:
            return None
        base = fact.base.counted
        if base == 1:
            case = "alone"
        elif fact.numerator == 1:
            case = "only"
        elif fact.numerator == base:
            case = "all"
        else:
            case = "thin" if base < self.thin_base else "some"
        return self.phrase(f"{phrase}.{case}", **self.fact_names(fact))

    def in_words(self, fact: Fact | None) -> Sentence | None:
        """The share in words with its number ("more than half (44 of 85 cities, 52 %)")."""
        if fact is None or fact.numerator is None or fact.base is None:
            return None
        names = self.fact_names(fact)
        if fact.numerator == 1 and fact.base.counted > 1:
            return self.phrase("words.only", **names)
        if fact.base.counted < self.thin_base:
            return self.phrase("words.thin", **names)
        return self.phrase("words.some" if "quantity" in names else "words.plain", **names)

    def same_in_words(self, fact: Fact | None) -> Sentence | None:
        """Who gives the same answer, the share in words; or that the unit is the only one."""
        if fact is not None and fact.numerator == 1:
            return self.same_answer(fact, "same")
        words = self.in_words(fact)
        return self.phrase("words.same", words=words) if words else None

    def published(self, fact: Fact, editions: Mapping[str, Edition], *, of_survey: bool = True) -> Sentence | None:
        """A published figure in words: its value, the survey it comes from, its base or that none is printed.

        What is no answer of the survey (`of_survey` is false) is shown with the note of its source instead.
        """
        names = {
            "survey": self._survey(fact, editions) or (),
            "base_note": self._base_note(fact) or (),
            "note": text(self.remark(fact.note)),
            "phrase": text(self.remark(fact.phrase)),
        }
        if fact.base is not None:
            names["base"] = self.number(fact.base.counted, fact.id, "base")
        if fact.value is not None:
            names["value"] = (Run(published_value(fact, self.grammar), fact.id, "value"),)
        measure = {"share_phrase": "phrase"}.get(fact.key.measure, fact.key.measure)
        if measure == "count" and fact.base is not None:
            measure = "count_of"
        if not of_survey:
            measure = "elsewhere" if fact.note else "elsewhere_bare"
        return self.phrase(f"published.{measure}", **names)

    def published_together(
        self, figures: Sequence[tuple[Sentence, Fact]], editions: Mapping[str, Edition]
    ) -> Sentence | None:
        """Published figures of one survey over one base, each with what it is about, in one sentence."""
        said = []
        for label, fact in figures:
            value = (Run(published_value(fact, self.grammar), fact.id, "value"),)
            said += [self.phrase("chart.figure", label=label, value=value) or ()]
        first = figures[0][1]
        names = {"survey": self._survey(first, editions) or (), "base_note": self._base_note(first) or ()}
        figures_said = join(said, ["", *[self.grammar.semicolon] * (len(said) - 1), ""])
        return self.phrase("chart.references", figures=figures_said, **names)

    def _survey(self, fact: Fact, editions: Mapping[str, Edition]) -> Sentence | None:
        edition = fact.key.edition
        responded = self.survey_size(edition)
        title = text(editions[edition].title if edition in editions else edition)
        if responded is not None and responded.value is not None:
            number = self.number(responded.value, responded.id, "value")
            waves = self.listed(editions[edition].waves) if edition in editions else title
            return self.phrase("published.survey", number=number, edition=title, waves=waves)
        # A title says itself that it is one of a survey.
        titled = edition in editions and editions[edition].title != edition
        return title if titled else self.phrase("published.survey_unknown", edition=title)

    def given(self, variable: Variable, number: float) -> str:
        """A number that a unit gave: its thousands grouped, unless it is one to tell apart and not to add, such as a year."""
        return self.grammar.number(number) if variable.summarised else plain_number(number)

    def label(self, category: Category) -> str:
        """The label of a category inside a sentence: as its instrument words it, else by the rule of the language."""
        return category.in_text or self.grammar.in_text(category.label)

    def survey_size(self, edition: str) -> Fact | None:
        """How many units answered the whole survey, as published."""
        return self.store.find(edition, SURVEY, RESPONDED, "count", source=PUBLISHED)

    def published_note(self, fact: Fact, editions: Mapping[str, Edition], *, leads: bool) -> Sentence:
        """Where the published numbers of a chart come from, and what their bars are measured by where they lead."""
        names = {"survey": self._survey(fact, editions) or (), "base_note": self._base_note(fact) or ()}
        return self.phrase("chart.published_leads" if leads else "chart.published", **names) or ()

    def _base_note(self, fact: Fact) -> Sentence | None:
        if fact.base is None:
            return self.phrase("published.no_base")
        return self.phrase("published.base", base=self.number(fact.base.counted, fact.id, "base"))

    def participants(self, edition: str) -> Sentence:
        """The number of units in an edition."""
        fact = self.store.find(edition, PARTICIPANTS, "", "count")
        return self.number(fact.value, fact.id, "value") if fact and fact.value is not None else text("0")


def published_value(fact: Fact, grammar: Grammar) -> str:
    """A published value as it was printed: shares in per cent, all else as the number it is."""
    value = fact.value if fact.value is not None else 0.0
    if fact.key.measure in ("share", "mean"):
        return grammar.per_cent(whole_per_cent_of(value))
    return grammar.number(value)


def published_number(fact: Fact) -> tuple[int | float, str]:
    """A published value as a number, and what it is: whole `per_cent` for a share, else a `count`."""
    value = fact.value if fact.value is not None else 0.0
    if fact.key.measure in ("share", "mean"):
        return whole_per_cent_of(value), "per_cent"
    return (int(value) if value == int(value) else value), "count"


def as_fraction(fact: Fact) -> Fraction:
    """The exact share of a fact, to compare by.

    Raises:
        ValueError: if the fact has no numerator and base.
    """
    if fact.numerator is None or fact.base is None:
        raise ValueError(f"{fact.id} has no numerator and base")
    return Fraction(fact.numerator, fact.base.counted)
