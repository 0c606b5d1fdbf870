"""Where the rank of each category lies in the words of a ranking's pattern, for the engines that write patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.engine.packing import WORD_BITS
from cityfolio.model.ranking import rank_width

if TYPE_CHECKING:
    from cityfolio.engine.packing import PackedVariable

__all__ = ["RankPart", "rank_parts"]


@dataclass(frozen=True)
class RankPart:
    """A part of a rank in one word: `((rank // dropped) & kept) * shift` is what it adds to the word."""

    dropped: int
    kept: int
    shift: int


def rank_parts(variable: PackedVariable, place: int) -> dict[int, RankPart]:
    """The parts of the rank of the category at `place`, by word: one, or two where it lies across two words.

    >>> from cityfolio.engine.packing import PackedVariable
    >>> from cityfolio.model.variable import Kind
    >>> rank_parts(PackedVariable("v", Kind.RANKED, tuple("abc")), 1)
    {0: RankPart(dropped=1, kept=3, shift=4)}
    """
    width = rank_width(len(variable.codes))
    word, offset = divmod(width * place, WORD_BITS)
    below = min(width, WORD_BITS - offset)
    parts = {word: RankPart(1, (1 << below) - 1, 1 << offset)}
    if below < width:
        parts[word + 1] = RankPart(1 << below, (1 << (width - below)) - 1, 1)
    return parts
