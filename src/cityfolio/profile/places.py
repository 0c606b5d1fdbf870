"""The place of a unit's number among those of the others, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cityfolio.model.missing import Missing
from cityfolio.narrative.sentence import text
from cityfolio.profile.comparing_blocks import PlaceBlock
from cityfolio.tabulate.benchmarks import standing
from cityfolio.tabulate.places import MIDDLE, PLACE, TIED
from cityfolio.tabulate.unit_facts import ANSWER, unit_group

if TYPE_CHECKING:
    from cityfolio.model.fact import Fact
    from cityfolio.model.variable import Variable
    from cityfolio.profile.scope import Scope

__all__ = ["PlaceRule", "place_block"]


@dataclass(frozen=True)
class PlaceRule:
    """How a plan asks for a place: up to which difference two numbers are similar, among units of the same `same`."""

    within: Fraction = Fraction(0)
    same: str = ""


def place_block(variable: Variable, title: str, rule: PlaceRule, scope: Scope) -> PlaceBlock | None:
    """The block, or None where the unit said nothing of it or all others gave no number.

    Whoever answered in words has no place, and a place says how many did: their numbers may be higher.

    Where so few gave one that the base is thin, the middle of the others is not set against it.
    """
    speaker, group = scope.speaker, unit_group(scope.unit.id)
    answer = scope.response.answers.get(variable.id)
    if answer is not None and answer.missing is Missing.IN_WORDS:
        unplaced = speaker.phrase("place.none", unit=text(speaker.grammar.subject(scope.unit.display_name)))
        return PlaceBlock(variable.id, title, (unplaced,), scope.response.wave) if unplaced else None
    own = speaker.store.find(scope.response.wave, variable.id, "", ANSWER, group)
    place, tied, middle = (
        speaker.store.find(scope.edition.id, variable.id, rule.same, measure, group)
        for measure in (PLACE, TIED, MIDDLE)
    )
    if own is None or place is None or tied is None or middle is None or place.base is None:
        return None
    names = {
        "unit": text(speaker.grammar.subject(scope.unit.display_name)),
        "value": speaker.number(own.value or 0, own.id, "value"),
        "place": speaker.number(place.value or 0, place.id, "value"),
        "base": speaker.number(place.base.counted, place.id, "base"),
        "tied": speaker.number(tied.value or 0, tied.id, "value"),
        "median": speaker.number(middle.value or 0, middle.id, "value"),
        "others": speaker.number(place.base.counted - 1, middle.id, "base"),
        "within": text(speaker.grammar.number(float(rule.within))),
    }
    said = [speaker.phrase("place.tied" if tied.value else "place.alone", **names)]
    if place.base.counted >= speaker.thin_base:
        stands = standing(_exact(own), _exact(middle), rule.within)
        said.append(speaker.phrase(f"place.{stands.value}", **names))
    in_words = place.base.left_out(Missing.IN_WORDS)
    if in_words:
        number = speaker.number(in_words, place.id, Missing.IN_WORDS.value)
        said.append(speaker.phrase("place.in_words", number=number))
    sentences = tuple(sentence for sentence in said if sentence)
    return PlaceBlock(variable.id, title, sentences, scope.response.wave) if sentences else None


def _exact(fact: Fact) -> Fraction:
    return Fraction(repr(fact.value or 0.0))
