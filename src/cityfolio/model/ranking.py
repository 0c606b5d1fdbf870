"""Response patterns of rankings: a few bits per category hold its rank, 0 for "not ranked"."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["rank_at", "rank_bits", "rank_width", "ranks_pattern"]


def ranks_pattern(ranks: Sequence[int]) -> int:
    """The pattern of the ranks of all categories in their order; 1 is the first choice, 0 stands for "not ranked".

    >>> ranks_pattern([2, 0, 1]), [rank_at(18, place, 3) for place in range(3)]
    (18, [2, 0, 1])

    Raises:
        ValueError: if a rank is below 0 or above the number of categories.
    """
    width, pattern = rank_width(len(ranks)), 0
    for place, rank in enumerate(ranks):
        if not 0 <= rank <= len(ranks):
            raise ValueError(f"a rank from 0 to {len(ranks)} was wanted, not {rank}")
        pattern |= rank << (width * place)
    return pattern


def rank_at(pattern: int, place: int, categories: int) -> int:
    """The rank of the category at `place`, 0 if it was not ranked or there is no answer."""
    if pattern < 0:
        return 0
    width = rank_width(categories)
    return (pattern >> (width * place)) & ((1 << width) - 1)


def rank_bits(place: int, categories: int) -> int:
    """The bits that hold the rank of the category at `place`: a ranking that has any of them ranked it at all.

    >>> rank_bits(1, 3)
    12
    """
    width = rank_width(categories)
    return ((1 << width) - 1) << (width * place)


def rank_width(categories: int) -> int:
    """How many bits the rank of one of so many categories takes.

    >>> rank_width(3), rank_width(4)
    (2, 3)
    """
    return max(1, categories.bit_length())
