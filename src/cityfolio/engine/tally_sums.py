"""Sums per category from tallies: how the sums are made where the compiled kernel cannot make them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cityfolio.engine.packing import WORD_BITS, PackedVariable
from cityfolio.engine.sums import REASONS, VariableSums
from cityfolio.engine.tally import Floats, Integers, Tally

__all__ = ["sums_of_tally"]


def sums_of_tally(
    variable: PackedVariable, patterns: Tally, numbers: Tally | None, shape: Sequence[int]
) -> VariableSums:
    """The sums of one variable in a cube of cells of this shape, from its counted patterns and numbers."""
    cells = int(np.prod(shape, dtype=np.int64))
    at, words = _cells(patterns, shape), patterns.patterns.astype(np.int64)
    first = words[:, 0]
    chosen = [
        _summed(patterns, at, cells, (first >= 0) & (words[:, bit // WORD_BITS] >> bit % WORD_BITS & 1 == 1))
        for bit in range(variable.width)
    ]
    missing = [_summed(patterns, at, cells, first == -1 - reason) for reason in range(REASONS)]
    return VariableSums(
        np.stack(chosen, axis=1) if chosen else np.zeros((cells, 0, 3)),
        np.stack(missing, axis=1),
        _summed(patterns, at, cells, first >= 0),
        np.zeros((0, 7)) if numbers is None else _number_sums(numbers, _cells(numbers, shape), cells),
    )


def _cells(tally: Tally, shape: Sequence[int]) -> Integers:
    cells = np.zeros(len(tally.number), dtype=np.int64)
    for axis, size in enumerate(shape):
        cells = cells * size + tally.groups[:, axis]
    return cells


def _summed(tally: Tally, cells: Integers, number: int, held: np.ndarray) -> Floats:
    sums = [
        np.bincount(cells[held], weights=s[held], minlength=number) for s in (tally.number, tally.weight, tally.squares)
    ]
    return np.stack(sums, axis=1)


def _number_sums(tally: Tally, cells: Integers, number: int) -> Floats:
    x = tally.patterns[:, 0].astype(np.float64)
    n, w, s = tally.number, tally.weight, tally.squares
    sums = [np.bincount(cells, weights=v, minlength=number) for v in (n, w, s, w * x, w * x * x, s * x, s * x * x)]
    return np.stack(sums, axis=1)
