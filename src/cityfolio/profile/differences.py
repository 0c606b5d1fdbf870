"""Whether a difference between two waves is told in points: like per cent, only where no base that it rests on is thin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cityfolio.model.fact import Fact
    from cityfolio.narrative.composing import Speaker

__all__ = ["is_difference", "is_told_in_points"]

_ALL, _MATCHED = ("share_earlier", "share_later"), ("share_of_matched_later",)
_RESTS_ON = {"change_all": _ALL, "change_matched": _MATCHED}


def is_difference(fact: Fact) -> bool:
    """Whether the fact is a difference of shares, or a part of one."""
    return fact.key.measure.startswith("change_")


def is_told_in_points(fact: Fact, speaker: Speaker) -> bool:
    """Whether each share that the difference is made of has a base large enough for shares; one rule for all pages."""
    key = fact.key
    shares = (
        speaker.store.find(key.edition, key.variable, key.category, measure, key.group)
        for measure in _RESTS_ON.get(key.measure, (*_ALL, *_MATCHED))
    )
    bases = [share.base if share is not None else None for share in shares]
    return all(base is not None and base.counted >= speaker.thin_base for base in bases)
