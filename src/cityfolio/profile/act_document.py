"""Recommendations as a page, and those that apply to one unit as a block of its profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cityfolio.narrative.sentence import text
from cityfolio.profile.acting_documents import ActDocument, CardDocument, JoinDocument, TagGroup
from cityfolio.profile.conditions_in_words import condition_in_words, reasons_in_words
from cityfolio.profile.document import RecommendationsBlock, RecommendedItem

if TYPE_CHECKING:
    from cityfolio.model.answer import Response
    from cityfolio.model.variable import Variable
    from cityfolio.narrative.composing import Speaker
    from cityfolio.profile.join_text import JoinText
    from cityfolio.profile.recommendations import ActPlan, Recommendation, Tag

__all__ = ["act_document", "join_document", "recommended"]


def act_document(
    plan: ActPlan | None, cards: Sequence[Recommendation], variables: Mapping[str, Variable], speaker: Speaker
) -> ActDocument | None:
    """The page of recommendations, each in the section of its first tag; None where there is no recommendation."""
    if plan is None or not cards:
        return None
    titles = {tag.id: tag.title for tag in plan.tags.values()}
    made = {card.id: _card(card, titles, variables, speaker) for card in cards}
    families = [(family.title, tuple(_groups(family.tags, cards, made))) for family in plan.families]
    return ActDocument(
        title=plan.title,
        lead=plan.lead,
        introduction=plan.introduction,
        families=tuple((title, groups) for title, groups in families if groups),
        untagged=tuple(made[card.id] for card in cards if not card.tags),
    )


def _groups(
    tags: Sequence[Tag], cards: Sequence[Recommendation], made: Mapping[str, CardDocument]
) -> Iterator[TagGroup]:
    """The tags that cards have, each with its cards."""
    for tag in tags:
        own = tuple(made[card.id] for card in cards if card.tags[:1] == (tag.id,))
        also = tuple((card.id, card.title) for card in cards if tag.id in card.tags[1:])
        if own or also:
            yield TagGroup(tag.id, tag.title, own, also)


def join_document(join: JoinText | None) -> JoinDocument | None:
    """The page about joining, if there is a text for it."""
    if join is None:
        return None
    return JoinDocument(join.title, join.lead, join.html, join.language, join.contact, join.closes)


def recommended(
    block: str,
    title: str,
    most: int,
    cards: Sequence[Recommendation],
    response: Response,
    variables: Mapping[str, Variable],
    speaker: Speaker,
) -> RecommendationsBlock | None:
    """The recommendations that apply to a unit, each with the answers that led to it; None where there is none.

    Those that look at more answers fit more closely and come first; else the order is that of their names.
    """
    fitting = [card for card in cards if card.when.wanted and card.when.holds_for(response.answers, variables)]
    fitting.sort(key=lambda card: (-len(card.when.wanted), card.id))
    items = []
    for card in fitting[:most]:
        reasons = text(
            speaker.grammar.semicolon.join(reasons_in_words(card.when, response.answers, variables, speaker))
        )
        because = speaker.phrase("recommendation.because", reasons=reasons, wave=text(response.wave)) or ()
        items.append(RecommendedItem(card.id, card.title, card.summary, because, card.language))
    return RecommendationsBlock(block, title, tuple(items)) if items else None


def _card(
    card: Recommendation, titles: Mapping[str, str], variables: Mapping[str, Variable], speaker: Speaker
) -> CardDocument:
    return CardDocument(
        id=card.id,
        title=card.title,
        summary=card.summary,
        html=card.html,
        language=card.language,
        tags=tuple((tag, titles[tag]) for tag in card.tags),
        variables=tuple((name, variables[name].label) for name in card.variables),
        applies=condition_in_words(card.when, variables, speaker),
        sources=card.sources,
    )
