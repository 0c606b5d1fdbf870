"""The texts of the pages Outcomes, How to act and Add your city in another language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.build.acting import Acting
from cityfolio.profile.outcomes_plan import OutcomesPlan, Pair, Sample
from cityfolio.profile.recommendations import ActPlan, Recommendation, Tag, TagFamily
from cityfolio.profile.safe_markdown import safe_html

if TYPE_CHECKING:
    from cityfolio.model.indicator import Indicator
    from cityfolio.profile.join_text import JoinText

__all__ = ["translated_acting"]

Find: TypeAlias = Callable[[str, str], str | None]
"""Gives the translation of a text that stands in a context, or None where there is none."""


def translated_acting(acting: Acting, language: str, find: Find) -> Acting:
    """The texts in `language`; what has no translation stays as it is. A Markdown text is translated whole."""
    walk = _Walk(language, find)
    return replace(
        acting,
        indicators={name: walk.indicator(indicator) for name, indicator in acting.indicators.items()},
        outcomes=walk.outcomes(acting.outcomes) if acting.outcomes else None,
        act=walk.act(acting.act) if acting.act else None,
        recommendations=tuple(walk.recommendation(card) for card in acting.recommendations),
        join=walk.join(acting.join) if acting.join else None,
    )


@dataclass(frozen=True)
class _Walk:
    language: str
    find: Find

    def __call__(self, context: str, words: str) -> str:
        return (self.find(context, words) or words) if words.strip() else words

    def _each(self, context: str, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self(f"{context}.{place}", said) for place, said in enumerate(words, start=1))

    def indicator(self, indicator: Indicator) -> Indicator:
        context = f"indicator.{indicator.id}"
        return replace(
            indicator,
            label=self(f"{context}.label", indicator.label),
            source=self(f"{context}.source", indicator.source),
            year=self(f"{context}.year", indicator.year),
            measure=self(f"{context}.measure", indicator.measure),
            note=self(f"{context}.note", indicator.note),
            licence=self(f"{context}.licence", indicator.licence),
        )

    def outcomes(self, plan: OutcomesPlan) -> OutcomesPlan:
        return replace(
            plan,
            title=self("outcomes.title", plan.title),
            lead=self("outcomes.lead", plan.lead),
            introduction=self._each("outcomes.introduction", plan.introduction),
            comparisons=tuple(
                replace(comparison, note=self(f"outcomes.{comparison.indicator}.note", comparison.note))
                for comparison in plan.comparisons
            ),
            samples=tuple(self._sample(sample) for sample in plan.samples),
        )

    def _sample(self, sample: Sample) -> Sample:
        context = f"outcomes.sample.{sample.id}"

        def pair(place: int, held: Pair) -> Pair:
            note = self(f"{context}.{place}.note", held.note)
            return replace(held, title=self(f"{context}.{place}.title", held.title), note=note)

        return Sample(
            sample.id,
            self(f"{context}.title", sample.title),
            self(f"{context}.about", sample.about),
            tuple(pair(place, held) for place, held in enumerate(sample.pairs, start=1)),
        )

    def act(self, plan: ActPlan) -> ActPlan:
        families = tuple(
            TagFamily(
                family.id,
                self(f"act.family.{family.id}", family.title),
                tuple(Tag(tag.id, self(f"act.tag.{tag.id}", tag.title)) for tag in family.tags),
            )
            for family in plan.families
        )
        introduction = self._each("act.introduction", plan.introduction)
        return ActPlan(self("act.title", plan.title), self("act.lead", plan.lead), introduction, families)

    def recommendation(self, card: Recommendation) -> Recommendation:
        """A card whose text is translated is one of the language; one that is not keeps its title in its own language too."""
        if card.language == self.language:
            return card
        context = f"recommendation.{card.id}"
        sources = tuple((self(f"{context}.source.{n}", title), url) for n, (title, url) in enumerate(card.sources, 1))
        title, summary = self(f"{context}.title", card.title), self(f"{context}.summary", card.summary)
        said = self.find(f"{context}.text", card.markdown)
        if said is None:
            return replace(card, sources=sources)
        return replace(
            card,
            title=title,
            summary=summary,
            sources=sources,
            markdown=said,
            html=safe_html(said),
            language=self.language,
        )

    def join(self, join: JoinText) -> JoinText:
        if join.language == self.language:
            return join
        title, lead = self("join.title", join.title), self("join.lead", join.lead)
        closes, said = self("join.closes", join.closes), self.find("join.text", join.markdown)
        if said is None:
            return join
        return replace(
            join, title=title, lead=lead, closes=closes, markdown=said, html=safe_html(said), language=self.language
        )
