"""A tally: the counts of one variable in one wave as arrays, as engines make them and as they are kept beside
the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "Integers", "Tally"]

Integers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Tally:
    """Lines of counts: in each a cell, a pattern (or a number), how many units show it, and the sums of their
    weights.

    `groups` has shape (lines, kinds) and holds positions in the wave's lists of group keys; `patterns` has
    shape (lines, words) for patterns, or (lines, 1) for numbers; `number`, `weight` and `squares` have shape
    (lines,).
    """

    kinds: tuple[str, ...]
    groups: Integers
    patterns: Integers | Floats
    number: Integers
    weight: Floats
    squares: Floats

    def over(self, kinds: Sequence[str]) -> Tally:
        """The same counts in the wider cells of fewer kinds of groups.

        >>> fine = Tally(("a", "b"), np.array([[0, 0], [0, 1]]), np.array([[1], [1]]), np.array([2, 3]),
        ...              np.array([2.0, 3.0]), np.array([2.0, 3.0]))
        >>> wide = fine.over(["a"])
        >>> wide.groups.tolist(), wide.number.tolist(), wide.weight.tolist()
        ([[0]], [5], [5.0])
        """
        if tuple(kinds) == self.kinds:
            return self
        groups = self.groups[:, [self.kinds.index(kind) for kind in kinds]]
        # The first column stands for the case that nothing else tells lines apart.
        order, starts = _runs([np.zeros(len(self.number), dtype=np.int64), *self.patterns.T, *groups.T])
        if not len(order):
            return Tally(tuple(kinds), groups, self.patterns, self.number, self.weight, self.squares)
        first = order[starts]
        return Tally(
            tuple(kinds),
            groups[first],
            self.patterns[first],
            np.add.reduceat(self.number[order], starts),
            np.add.reduceat(self.weight[order], starts),
            np.add.reduceat(self.squares[order], starts),
        )


def _runs(columns: Sequence[Integers | Floats]) -> tuple[Integers, Integers]:
    """The order that puts equal lines side by side, and where in it each run of equal lines starts."""
    order = np.lexsort(columns).astype(np.int64)
    if not len(order):
        return order, order
    differs = np.zeros(len(order), dtype=np.bool_)
    differs[0] = True
    for column in columns:
        ordered = column[order]
        differs[1:] |= ordered[1:] != ordered[:-1]
    return order, np.flatnonzero(differs).astype(np.int64)
