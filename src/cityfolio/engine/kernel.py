"""The inner loops of summing, compiled by numba where it is installed (the extra `kernel`).

A pattern is cut into pieces of six bits, and each piece counted in a table of its own: 64 bins and one for
each missing reason, per cell. Sums per category are marginals, so the pieces lose nothing, and the tables
stay in the processor's cache, whatever the number of categories; a bin takes 32 bytes: n, w, w^2 and one left
empty.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cityfolio.engine.tally import Floats

__all__ = ["BINS", "PIECE_BITS", "add"]

PIECE_BITS = 6
BINS = 72  # 64 values of a piece, 7 missing reasons, and one to make it even

Cells: TypeAlias = NDArray[np.int32]
Patterns: TypeAlias = NDArray[np.signedinteger]


def _add(cells: Cells, patterns: Patterns, numbers: Floats, weights: Floats, tables: Floats, sums: Floats) -> None:
    """Add rows to `tables`, shape (pieces, cells, BINS, 4), and their numbers to `sums`, shape (cells, 8).

    `numbers` is empty for choices, and means something where the pattern is 0; its sums are n, w, w^2, wx, wx^2, w^2 x, w^2 x^2.
    Both in one function, because each compiled function costs a tenth of a second to load.
    """
    pieces = tables.shape[0]
    for row in range(len(patterns)):
        pattern = np.int64(patterns[row])
        cell = cells[row]
        weight = weights[row]
        square = weight * weight
        # A missing reason goes into a bin of its own in the first piece; bin 0 of the others counts for nothing.
        first = 63 - pattern if pattern < 0 else pattern & 63
        tables[0, cell, first, 0] += 1.0
        tables[0, cell, first, 1] += weight
        tables[0, cell, first, 2] += square
        rest = 0 if pattern < 0 else pattern >> 6
        for piece in range(1, pieces):
            value = rest & 63
            tables[piece, cell, value, 0] += 1.0
            tables[piece, cell, value, 1] += weight
            tables[piece, cell, value, 2] += square
            rest >>= 6
    for row in range(len(numbers)):
        if patterns[row] == 0:
            number = numbers[row]
            cell = cells[row]
            weight = weights[row]
            weighted = weight * number
            sums[cell, 0] += 1.0
            sums[cell, 1] += weight
            sums[cell, 2] += weight * weight
            sums[cell, 3] += weighted
            sums[cell, 4] += weighted * number
            sums[cell, 5] += weight * weighted
            sums[cell, 6] += weighted * weighted


def _compiled(function: Callable[..., None]) -> Callable[..., None]:
    """The function compiled, from the cache on disk where one can be written."""
    try:
        return njit(nogil=True, cache=True)(function)
    except RuntimeError:  # no folder that a cache could be written to
        return njit(nogil=True)(function)


add: Callable[[Cells, Patterns, Floats, Floats, Floats, Floats], None] = _compiled(_add)
