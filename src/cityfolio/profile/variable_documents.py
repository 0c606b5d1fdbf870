"""The document of a question: all units, all editions, who chose what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from cityfolio.harmonise.availability import wave_notes
from cityfolio.model.answer import Answer, CodedAnswers, Response
from cityfolio.model.edition import Edition
from cityfolio.model.fact import Base, Fact
from cityfolio.model.instrument import Instrument
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Category, Kind, Variable
from cityfolio.narrative.composing import Speaker, join
from cityfolio.narrative.counting import counting_of
from cityfolio.narrative.sentence import Run, Sentence, plain_text, text
from cityfolio.profile.charts import left_out
from cityfolio.profile.document import Reference
from cityfolio.profile.keeping import Kept, answers_to
from cityfolio.profile.programme_documents import (
    CategoryColumn,
    ShareCell,
    ShareRow,
    UnitAnswer,
    VariableDocument,
    VariableEdition,
)
from cityfolio.profile.variable_changes import WavePair, variable_changes
from cityfolio.tabulate.answered import ANSWERED
from cityfolio.tabulate.shares import OWN_WORDS
from cityfolio.tabulate.unit_facts import ANSWER, unit_group

__all__ = ["VariableBuilder"]


@dataclass(frozen=True)
class VariableBuilder:
    """Builds the documents of questions; `edition` is the one whose units are listed, `pairs` the changes between waves.

    `kept` are documents of an earlier build.
    """

    answers: CodedAnswers
    instruments: Mapping[str, Instrument]
    editions: Mapping[str, Edition]
    edition: Edition
    speaker: Speaker
    reasons: Mapping[Missing, str]
    pairs: Mapping[str, tuple[WavePair, ...]] = field(default_factory=dict)
    kept: Kept = field(default_factory=lambda: Kept(remembers=False))

    def document(self, variable: Variable) -> VariableDocument:
        """The document of one variable. Categories, and who chose them, are there for choices only."""
        made_from = (answers_to(self.answers, variable.id), self.pairs.get(variable.id))
        return self.kept.reading(("variable", variable.id), made_from, partial(self._document, variable))

    def _document(self, variable: Variable) -> VariableDocument:
        editions = self._series(variable)
        questions = [(w, self.instruments[w].questions[variable.id]) for w in variable.waves]
        return VariableDocument(
            variable=variable.id,
            label=variable.label,
            wordings=tuple((wave, question.wording) for wave, question in questions if question.wording),
            help=questions[-1][1].help,
            universe=variable.universe,
            editions=tuple(self._edition(variable, edition) for edition in editions),
            rows=(
                *(self._row(variable, category, editions) for category in variable.categories),
                *self._own_words(variable, editions),
            ),
            notes=tuple(self._notes(variable)),
            chosen_by=tuple(self._chosen_by(variable, category) for category in variable.categories)
            if not variable.confidential
            else (),
            answers=tuple(self._answers(variable)) if not variable.confidential else (),
            counting=counting_of(variable, self.speaker),
            changes=variable_changes(variable, self.pairs.get(variable.id, ()), self.speaker),
        )

    def _series(self, variable: Variable) -> list[Edition]:
        """The editions from the first to the last wave that asked: one in between that did not ask stands there as a gap."""
        waves = list(self.answers.waves)
        asked = [waves.index(wave) for wave in variable.waves]
        spanned = set(waves[min(asked) : max(asked) + 1])
        return [edition for edition in self.editions.values() if spanned & set(edition.waves)]

    def _edition(self, variable: Variable, edition: Edition) -> VariableEdition:
        if not set(edition.waves) & set(variable.waves):
            return VariableEdition(edition.id, edition.title, self.speaker.phrase("variable.not_asked") or (), None)
        if not variable.kind.is_choice:
            return self._answered(variable, edition)
        shares = self._shares(variable, edition)
        if not shares:
            is_withheld = any(f is not None and f.withheld for f in self._facts(variable, edition))
            base = self.speaker.phrase("variable.withheld" if is_withheld else "variable.nobody") or ()
            return VariableEdition(edition.id, edition.title, base, None)
        widest, narrowest = max(shares, key=_counted), min(shares, key=_counted)
        names = self.speaker.fact_names(widest)
        phrase = "variable.base"
        if _counted(narrowest) < _counted(widest):
            names["smallest"] = self.speaker.number(_counted(narrowest), narrowest.id, "base")
            phrase = "variable.base_range"
        base = self.speaker.phrase(phrase, **names) or ()
        return VariableEdition(edition.id, edition.title, base, left_out(widest, self.speaker))

    def _answered(self, variable: Variable, edition: Edition) -> VariableEdition:
        fact = self.speaker.store.find(edition.id, variable.id, "", ANSWERED)
        if fact is None:
            return VariableEdition(edition.id, edition.title, self.speaker.phrase("variable.nobody") or (), None)
        if fact.withheld:
            return VariableEdition(edition.id, edition.title, self.speaker.phrase("variable.withheld") or (), None)
        base = self.speaker.phrase("variable.answered", **self.speaker.fact_names(fact)) or ()
        said = (base, self._summary(variable, edition))
        sentence = join(
            [part for part in said if part], ["", self.speaker.grammar.semicolon, ""] if said[1] else ["", ""]
        )
        return VariableEdition(edition.id, edition.title, sentence, left_out(fact, self.speaker))

    def _summary(self, variable: Variable, edition: Edition) -> Sentence:
        """The middle and the ends of the numbers given, where the variable is one to be summarised."""
        names: dict[str, Sentence] = {}
        for measure in ("median", "smallest", "largest"):
            fact = self.speaker.store.find(edition.id, variable.id, "", measure)
            if fact is None or fact.value is None:
                return ()
            names[measure] = self.speaker.number(fact.value, fact.id, "value")
            if fact.base is not None:  # who answered in words gave no number: all three stand on the same base
                names["base"] = self.speaker.number(fact.base.counted, fact.id, "base")
        return self.speaker.phrase("variable.numbers", **names) or ()

    def _row(self, variable: Variable, category: Category, editions: Sequence[Edition]) -> ShareRow:
        cells = tuple(self._cell(variable, category, edition) for edition in editions)
        published = [
            Reference(said, fact.url)
            for fact in self.speaker.store.published_about(variable.id)
            if fact.key.category == category.code and (said := self.speaker.published(fact, self.editions))
        ]
        return ShareRow(category.code, category.label, category.help, cells, tuple(published))

    def _own_words(self, variable: Variable, editions: Sequence[Edition]) -> Iterator[ShareRow]:
        """The row of those that answered in their own words, where a unit of some edition did."""
        facts = [self.speaker.store.find(edition.id, variable.id, "", OWN_WORDS) for edition in editions]
        label = self.speaker.phrase("chart.own_words")
        if label is not None and any(fact is not None for fact in facts):
            nobody = plain_text(self.speaker.phrase("variable.nobody") or ())
            cells = (ShareCell("", None, None, None, nobody) if f is None else self._shown(f) for f in facts)
            yield ShareRow(OWN_WORDS, plain_text(label), "", tuple(cells), ())

    def _cell(self, variable: Variable, category: Category, edition: Edition) -> ShareCell:
        fact = self.speaker.store.find(edition.id, variable.id, category.code)
        if fact is None or (fact.base is None and not fact.withheld):
            asked, offered = (set(edition.waves) & set(waves) for waves in (variable.waves, category.waves))
            why = "not_asked" if not asked else "nobody" if offered else "not_offered"
            absent = self.speaker.phrase(f"variable.{why}") or ()
            return ShareCell("", None, None, None, plain_text(absent))
        return self._shown(fact)

    def _shown(self, fact: Fact) -> ShareCell:
        if fact.withheld or fact.base is None:
            return ShareCell(fact.id, None, None, None, plain_text(self.speaker.phrase("variable.withheld") or ()))
        of = fact.base.counted
        per_cent = fact.per_cent if of >= self.speaker.thin_base else None
        return ShareCell(fact.id, fact.numerator, of, per_cent)

    def _shares(self, variable: Variable, edition: Edition) -> list[Fact]:
        return [fact for fact in self._facts(variable, edition) if fact is not None and not fact.withheld]

    def _facts(self, variable: Variable, edition: Edition) -> list[Fact | None]:
        return [self.speaker.store.find(edition.id, variable.id, c.code) for c in variable.categories]

    def _notes(self, variable: Variable) -> list[Sentence]:
        pooled = Edition("", tuple(self.answers.waves))
        found = []
        for note in wave_notes(variable, pooled):
            offered = self.speaker.listed(note.offered)
            said = self.speaker.phrase("variable.note", label=text(note.category.label), offered=offered)
            found += [said] if said else []
        return found

    def _chosen_by(self, variable: Variable, category: Category) -> CategoryColumn:
        chose = []
        for unit in self.answers.by_unit:
            response = self.answers.latest(unit, self.edition.waves)
            if response is not None and category.code in response.answers[variable.id].codes:
                chose.append((unit, self.answers.units[unit].display_name, response.wave))
        chose.sort(key=lambda entry: (entry[1].casefold(), entry[0]))
        return CategoryColumn(category.code, category.label, tuple(chose))

    def _answers(self, variable: Variable) -> list[UnitAnswer]:
        found = []
        for unit, responses in self.answers.by_unit.items():
            latest = self.answers.latest(unit, self.edition.waves)
            if latest is not None:
                found += [self._answer(variable, response, latest) for response in responses.values()]
        return sorted(found, key=lambda a: (a.name.casefold(), a.unit, a.wave))

    def _answer(self, variable: Variable, response: Response, latest: Response) -> UnitAnswer:
        answer = response.answers[variable.id]
        return UnitAnswer(
            unit=response.unit,
            name=self.answers.units[response.unit].display_name,
            wave=response.wave,
            labels=_labels(variable, answer),
            own_words=answer.own_words if variable.kind.is_choice else (),
            missing=self.reasons[answer.missing] if answer.missing is not None else "",
            counts=response is latest,
            number=self._number(variable, response),
        )

    def _number(self, variable: Variable, response: Response) -> Sentence:
        fact = self.speaker.store.find(response.wave, variable.id, "", ANSWER, unit_group(response.unit))
        if fact is None or fact.value is None:
            return ()
        return (Run(self.speaker.given(variable, fact.value), fact.id, "value"),)


def _counted(fact: Fact) -> int:
    return (fact.base or Base(0)).counted


def _labels(variable: Variable, answer: Answer) -> tuple[str, ...]:
    if variable.kind is Kind.TEXT:
        return (answer.text,) if answer.text else ()
    return tuple(variable.by_code[code].label for code in answer.codes)
