"""The page about outcomes: indicators by groups of answers, and published pairs, as description with bases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.formatting import half_up
from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.fact import INDICATORS, Fact
from cityfolio.model.missing import Missing
from cityfolio.narrative.composing import published_value
from cityfolio.narrative.sentence import Run, Sentence, plain_text, text
from cityfolio.profile.acting_documents import (
    FigureRow,
    IndicatorDocument,
    IndicatorRow,
    IndicatorTable,
    OutcomesDocument,
    PairDocument,
    SampleDocument,
    Spread,
)
from cityfolio.tabulate.indicators import answer_groups

if TYPE_CHECKING:
    from cityfolio.model.condition import Subject
    from cityfolio.model.indicator import Indicator
    from cityfolio.model.variable import Variable
    from cityfolio.narrative.composing import Speaker
    from cityfolio.profile.outcomes_plan import Comparison, OutcomesPlan, Pair

__all__ = ["OutcomesMaker"]

_SPREAD = ("smallest", "first_quartile", "median", "third_quartile", "largest")


@dataclass(frozen=True)
class OutcomesMaker:
    """Makes the page of one edition. `labels` name published figures that are about no question, and their categories."""

    variables: Mapping[str, Variable]
    indicators: Mapping[str, Indicator]
    edition: Edition
    speaker: Speaker
    labels: Mapping[str, tuple[str, Mapping[str, str]]]

    def document(self, plan: OutcomesPlan | None) -> OutcomesDocument | None:
        """The page, or None where the programme has no plan for it."""
        if plan is None:
            return None
        samples = tuple(
            SampleDocument(sample.id, sample.title, sample.about, self._pairs(sample.id, sample.pairs))
            for sample in plan.samples
        )
        indicators = tuple(self._indicator(comparison) for comparison in plan.comparisons)
        return OutcomesDocument(plan.title, plan.lead, plan.introduction, indicators, samples, self.speaker.thin_base)

    def _indicator(self, comparison: Comparison) -> IndicatorDocument:
        indicator = self.indicators[comparison.indicator]
        names = {"measure": text(indicator.measure), "year": text(indicator.year)}
        return IndicatorDocument(
            id=indicator.id,
            title=indicator.label,
            about=self.speaker.phrase(f"outcomes.about_{indicator.polarity}", **names) or (),
            note=comparison.note or indicator.note,
            source=indicator.source,
            url=indicator.url,
            licence=indicator.licence,
            tables=tuple(self._table(indicator, subject) for subject in comparison.subjects),
        )

    def _table(self, indicator: Indicator, subject: Subject) -> IndicatorTable:
        variable = self.variables[subject.variable]
        groups = answer_groups(subject, variable)
        labels = [self._label(group, code, subject, variable) for group, code in groups]
        everybody = plain_text(self.speaker.phrase("outcomes.everybody") or ())
        shown = [*((group, label) for (group, _), label in zip(groups, labels, strict=True)), (ALL, everybody)]
        scale = self._scale(indicator, [group for group, _ in shown])
        category = variable.by_code.get(subject.category)
        return IndicatorTable(
            id=f"{indicator.id}-{subject.name.replace('.', '-')}",
            variable=variable.id,
            title=f"{variable.label}: {category.label}" if category else variable.label,
            rows=tuple(self._row(indicator, group, label, scale) for group, label in shown),
            left_out=self._left_out(indicator),
        )

    def _label(self, group: Group, code: str, subject: Subject, variable: Variable) -> str:
        label = variable.by_code[code].label
        if not subject.category or group.key == code:
            return label
        return plain_text(self.speaker.phrase("state.not_chosen", label=text(label)) or ())

    def _find(self, indicator: Indicator, group: Group, measure: str) -> Fact | None:
        return self.speaker.store.find(self.edition.id, indicator.id, "", measure, group, INDICATORS)

    def _scale(self, indicator: Indicator, groups: Sequence[Group]) -> tuple[float, float]:
        """One scale for all rows: from the smallest to the largest figure of any group that is described."""
        ends = [self._find(indicator, group, measure) for group in groups for measure in ("smallest", "largest")]
        values = [
            fact.value for fact in ends if fact is not None and fact.value is not None and not self._is_thin(fact)
        ]
        return (min(values), max(values)) if values else (0.0, 0.0)

    def _is_thin(self, fact: Fact) -> bool:
        return fact.base is None or fact.base.counted < self.speaker.thin_base

    def _row(self, indicator: Indicator, group: Group, label: str, scale: tuple[float, float]) -> IndicatorRow:
        mean = self._find(indicator, group, "mean")
        if mean is None or mean.base is None:
            return IndicatorRow(label, self.speaker.phrase("outcomes.nobody") or (), everybody=group == ALL)
        number = (Run(self.speaker.grammar.number(mean.base.counted), mean.id, "base"),)
        if self._is_thin(mean):
            return IndicatorRow(label, number, everybody=group == ALL)
        first, third = (self._said(indicator, group, name) for name in ("first_quartile", "third_quartile"))
        return IndicatorRow(
            label=label,
            number=number,
            mean=self._said(indicator, group, "mean"),
            median=self._said(indicator, group, "median"),
            quartiles=self.speaker.phrase("outcomes.quartiles", first=first, third=third) or (),
            spread=self._spread(indicator, group, scale),
            everybody=group == ALL,
        )

    def _said(self, indicator: Indicator, group: Group, measure: str) -> Sentence:
        fact = self._find(indicator, group, measure)
        if fact is None or fact.value is None:
            return ()
        return (Run(self.speaker.grammar.number(half_up(fact.value, indicator.decimals)), fact.id, "value"),)

    def _spread(self, indicator: Indicator, group: Group, scale: tuple[float, float]) -> Spread | None:
        low, high = scale
        found = [self._find(indicator, group, measure) for measure in _SPREAD]
        values = [fact.value for fact in found if fact is not None and fact.value is not None]
        if len(values) < len(_SPREAD) or high <= low:
            return None
        return Spread(*(round((value - low) / (high - low), 4) for value in values))

    def _left_out(self, indicator: Indicator) -> Sentence:
        fact = self._find(indicator, ALL, "mean")
        number = fact.base.left_out(Missing.NOT_ON_RECORD) if fact is not None and fact.base is not None else 0
        if fact is None or not number:
            return self.speaker.phrase("outcomes.only_answers") or ()
        names = {"number": (Run(self.speaker.grammar.number(number), fact.id, Missing.NOT_ON_RECORD.value),)}
        return self.speaker.phrase("outcomes.left_out", units=text(self.speaker.noun(number)), **names) or ()

    def _pairs(self, sample: str, pairs: Sequence[Pair]) -> tuple[PairDocument, ...]:
        return tuple(self._pair(f"{sample}-{number}", pair) for number, pair in enumerate(pairs, start=1))

    def _pair(self, place: str, pair: Pair) -> PairDocument:
        first = pair.facts[0]
        label, categories = self._names(first.key.variable)
        shares = all(0 <= (fact.value or 0) <= 1 for fact in pair.facts)
        end = 1.0 if shares else max(fact.value or 0 for fact in pair.facts)
        rows = [
            FigureRow(
                categories.get(fact.key.category, fact.key.category),
                (Run(published_value(fact, self.speaker.grammar), fact.id, "value"),),
                round((fact.value or 0) / end, 4) if end else 0.0,
            )
            for fact in pair.facts
        ]
        return PairDocument(place, pair.title or label, self._base_note(pair), tuple(rows), pair.note, first.url)

    def _base_note(self, pair: Pair) -> Sentence:
        """Whether the source prints bases: those of each group, or that there are none."""
        bases = [fact for fact in pair.facts if fact.base is not None]
        if len(bases) < len(pair.facts):
            return self.speaker.phrase("outcomes.pair") or ()
        numbers: list[Run] = []
        for fact in bases:
            counted = fact.base.counted if fact.base is not None else 0
            numbers += [
                *([Run(self.speaker.grammar.semicolon)] if numbers else []),
                Run(self.speaker.grammar.number(counted), fact.id, "base"),
            ]
        return self.speaker.phrase("outcomes.pair_with_bases", bases=tuple(numbers)) or ()

    def _names(self, name: str) -> tuple[str, Mapping[str, str]]:
        variable = self.variables.get(name)
        if variable is not None:
            return variable.label, {category.code: category.label for category in variable.categories}
        return self.labels.get(name, (name, {}))
