"""Response patterns of rankings: a few bits per category hold its rank, 0 for "not ranked"."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["rank_at", "rank_bits", "ranks_pattern"]


def ranks_pattern(ranks: Sequence[int]) -> int:
    """The pattern of the ranks of all categories in their order; 1 is the first choice, 0 stands for "not ranked".

    >>> ranks_pattern([2, 0, 1]), [rank_at(18, place, 3) for place in range(3)]
    (18, [2, 0, 1])

    Raises:
        ValueError: if a rank is below 0 or above the number of categories.
    """
    width, pattern = _width(len(ranks)), 0
    for place, rank in enumerate(ranks):
        if not 0 <= rank <= len(ranks):
            raise ValueError(f"a rank from 0 to {len(ranks)} was wanted, not {rank}")
        pattern |= rank << (width * place)
    return pattern


def rank_at(pattern: int, place: int, categories: int) -> int:
    """The rank of the category at `place`, 0 if it was not ranked or there is no answer."""
    if pattern < 0:
        return 0
    width = _width(categories)
    return (pattern >> (width * place)) & ((1 << width) - 1)


def rank_bits(place: int, categories: int) -> int:
    """The bits that hold the rank of the category at `place`: a ranking that has any of them ranked it at all.

    >>> rank_bits(1, 3)
    12
    """
    width = _width(categories)
    return ((1 << width) - 1) << (width * place)


def _width(categories: int) -> int:
    return max(1, categories.bit_length())
