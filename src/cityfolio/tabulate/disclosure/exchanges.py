"""Exchanges: which answers could be those of others without anything published being different."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cityfolio.tabulate.disclosure.crowd import Bools, Counts

__all__ = ["Exchange", "ranges", "together"]


@dataclass(frozen=True, eq=False)
class Exchange:
    """What may be exchanged: in each class of responses, how many `hold` an answer, of those that `may` hold it.

    `member` says in which columns a class counts, `costs` what withholding each column costs, and `kinds` tells apart classes
    whose answers cannot be exchanged. With `enough`, all answers are taken as different (numbers), and so many responses have
    to be indistinguishable.
    """

    member: Bools
    holds: Counts
    may: Counts
    costs: NDArray[np.float64]
    kinds: Counts
    enough: int = 0


def together(exchange: Exchange, published: Bools) -> Counts:
    """For each class of responses the set of those that the published columns do not tell apart from it, as a number."""
    keyed = np.packbits(exchange.member & published, axis=1)
    keyed = np.hstack([keyed, exchange.kinds.astype(">u4").view(np.uint8).reshape(len(keyed), 4)])
    rows = np.ascontiguousarray(keyed).view(np.dtype((np.void, keyed.shape[1]))).ravel()
    return np.unique(rows, return_inverse=True)[1].astype(np.int64)


def ranges(exchange: Exchange, published: Bools, targets: Bools) -> Counts:
    """How many further counts exchanges could give each target (targets by classes): 0 means that it can be worked out.

    >>> exchange = Exchange(np.array([[True, False], [False, True]]), np.array([2, 7]), np.array([5, 9]), np.ones(2), np.zeros(2))
    >>> targets = np.array([[True, False]])
    >>> ranges(exchange, np.array([False, True]), targets), ranges(exchange, np.array([True, True]), targets)
    (array([5]), array([0]))
    """
    sets = together(exchange, published)
    number = int(sets.max(initial=-1)) + 1
    inside = np.zeros((number, len(targets)), dtype=np.int64)
    np.add.at(inside, sets, targets.T * exchange.may[:, None])
    may = np.bincount(sets, exchange.may)[:, None]
    holds = np.bincount(sets, exchange.holds)[:, None]
    # What is counted in no published column is free to be anything.
    free = np.bincount(sets, (exchange.member & published).any(axis=1))[:, None] == 0
    width = np.minimum(holds, inside) - np.maximum(0, holds - (may - inside))
    if exchange.enough:
        width = np.where((inside < may) & (may >= exchange.enough), inside, 0)
    width = np.where(free, inside, width)
    return np.asarray(width.sum(axis=0), dtype=np.int64)
