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

__all__ = ["BINS", "PIECE_BITS", "add_numbers", "add_pattern"]

PIECE_BITS = 6
BINS = 72  # 64 values of a piece, 7 missing reasons, and one to make it even

Patterns: TypeAlias = NDArray[np.signedinteger]


def _add_pattern(cells: NDArray[np.int32], patterns: Patterns, weights: Floats, tables: Floats) -> None:
    """Add rows to `tables`, shape (pieces, cells, BINS, 4)."""
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


def _add_numbers(cells: NDArray[np.int32], numbers: Floats, weights: Floats, sums: Floats) -> None:
    """Add rows to `sums`, shape (cells, 8): n, w, w^2, wx, wx^2, w^2 x, w^2 x^2. NaN is no number."""
    for row in range(len(numbers)):
        number = numbers[row]
        if number == number:  # noqa: PLR0124 - NaN is not equal to itself
            weight = weights[row]
            line = sums[cells[row]]
            weighted = weight * number
            line[0] += 1.0
            line[1] += weight
            line[2] += weight * weight
            line[3] += weighted
            line[4] += weighted * number
            line[5] += weight * weighted
            line[6] += weighted * weighted


def _compiled(function: Callable[..., None]) -> Callable[..., None]:
    """The function compiled, from the cache on disk where one can be written."""
    try:
        return njit(nogil=True, cache=True)(function)
    except RuntimeError:  # no folder that a cache could be written to
        return njit(nogil=True)(function)


add_pattern: Callable[[NDArray[np.int32], Patterns, Floats, Floats], None] = _compiled(_add_pattern)
add_numbers: Callable[[NDArray[np.int32], Floats, Floats, Floats], None] = _compiled(_add_numbers)
