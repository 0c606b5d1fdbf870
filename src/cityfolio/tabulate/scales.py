"""Scales and grids: top box, bottom box and mean score of ordered categories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.tabulate.base import base_of, count_wave

if TYPE_CHECKING:
    from cityfolio.model.edition import Group
    from cityfolio.model.variable import Variable
    from cityfolio.tabulate.base import WavePatterns

__all__ = ["BOTTOM_BOX", "MEAN_SCORE", "TOP_BOX", "Scale", "scale_facts", "scale_of"]

TOP_BOX = "share_top_box"
BOTTOM_BOX = "share_bottom_box"
MEAN_SCORE = "mean_score"


@dataclass(frozen=True)
class Scale:
    """The scores of the categories of a single choice, lowest to highest, and how many of them make a box.

    A category without a score ("it varies") is an answer like any other for shares and boxes, but has no place in a mean.

    >>> Scale({"low": Fraction(1), "some": Fraction(2), "high": Fraction(3)}, boxes=1).top
    ('high',)

    Raises:
        ValueError: if two categories have the same score, or the boxes at both ends would overlap.
    """

    scores: Mapping[str, Fraction]
    boxes: int = 2

    def __post_init__(self) -> None:
        if len(set(self.scores.values())) < len(self.scores):
            raise ValueError(f"each category of a scale has a score of its own, not {dict(self.scores)}")
        if not 1 <= self.boxes <= len(self.scores) // 2:
            raise ValueError(
                f"{self.boxes} boxes at each end of {len(self.scores)} categories overlap, or there are none"
            )

    @property
    def in_order(self) -> tuple[str, ...]:
        """The categories from the lowest score to the highest."""
        return tuple(sorted(self.scores, key=lambda code: self.scores[code]))

    @property
    def top(self) -> tuple[str, ...]:
        """The categories of the top box."""
        return self.in_order[-self.boxes :]

    @property
    def bottom(self) -> tuple[str, ...]:
        """The categories of the bottom box."""
        return self.in_order[: self.boxes]


def scale_of(variable: Variable) -> Scale | None:
    """The scale that a variable declares by the scores of its categories, or None where fewer than two have one.

    Without a declared number, a box is one category, or two from four scored categories on.
    """
    scores = {c.code: Fraction(repr(c.score)) for c in variable.categories if c.score is not None}
    if len(scores) < 2:
        return None
    return Scale(scores, variable.boxes or (2 if len(scores) > 3 else 1))


def scale_facts(variable: Variable, scale: Scale, edition: str, group: Group, patterns: WavePatterns) -> Iterator[Fact]:
    """The top box, the bottom box and the mean score of a single choice, each with its base.

    Only waves that offered every scored category count: a mean over a shorter scale is another measure.

    Raises:
        KeyError: if the variable has no such category.
    """
    whole = [wave for wave in patterns if all(variable.offers(code, wave) for code in scale.scores)]
    waves = {wave: count_wave(counts) for wave, counts in patterns.items()}
    offered_whole = replace(variable.by_code[scale.in_order[0]], waves=tuple(whole))
    base = base_of(offered_whole, variable, waves)
    if base.is_empty:
        return
    times = _times(variable, scale, {wave: patterns[wave] for wave in whole})
    for measure, codes in ((TOP_BOX, scale.top), (BOTTOM_BOX, scale.bottom)):
        numerator = sum(times[code] for code in codes)
        yield Fact(FactKey(edition, variable.id, "", group, measure), numerator, base, numerator / base.counted)
    scored = sum(times.values())
    if scored:
        score = sum((scale.scores[code] * number for code, number in times.items()), Fraction(0)) / scored
        key = FactKey(edition, variable.id, "", group, MEAN_SCORE)
        yield Fact(key, None, Base(scored, base.excluded), float(score))


def _times(variable: Variable, scale: Scale, patterns: WavePatterns) -> dict[str, int]:
    return {
        code: sum(
            number
            for counts in patterns.values()
            for pattern, number in counts.items()
            if pattern >= 0 and pattern & variable.bits[code]
        )
        for code in scale.scores
    }
