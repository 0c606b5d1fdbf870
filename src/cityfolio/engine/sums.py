"""Sums per category: what shares, weighted shares and their standard errors are made of, as arrays.

The last axis of every array holds three sums over units: how many, of their weights, of the squares of their
weights. All of them add up over cells, waves and machines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cityfolio.engine.counting import Cell
from cityfolio.engine.tally import Floats
from cityfolio.model.missing import Missing

__all__ = [
    "REASONS",
    "AnswerSums",
    "NumberSums",
    "VariableSums",
    "layout_of",
    "packed_sums",
    "rolled_up",
    "unpacked_sums",
]

REASONS = len(Missing)


@dataclass(frozen=True, eq=False)
class AnswerSums:
    """The sums of one choice variable.

    Shapes: `chosen` (cells, codes, 3), `missing` (cells, reasons in the order of `Missing`, 3), `answered`
    (cells, 3). `codes` are the categories of the codebook in order, then "" for own words where the variable
    takes them. Whether a category was offered in a cell's wave is for the codebook to say: its sums are 0
    where it was not.
    """

    variable: str
    kinds: tuple[str, ...]
    weight: str
    cells: tuple[Cell, ...]
    codes: tuple[str, ...]
    chosen: Floats
    missing: Floats
    answered: Floats


@dataclass(frozen=True, eq=False)
class NumberSums:
    """The sums of one number variable over the units that gave a number x: shape (cells, 7).

    They are n, sum w, sum w^2, sum wx, sum wx^2, sum w^2 x, sum w^2 x^2: mean, variance and the linearised
    standard error of the mean follow from them. `missing` is as in `AnswerSums`.
    """

    variable: str
    kinds: tuple[str, ...]
    weight: str
    cells: tuple[Cell, ...]
    sums: Floats
    missing: Floats


@dataclass(frozen=True, eq=False)
class VariableSums:
    """The sums of one variable in one wave, in the cells of all its kinds of groups.

    Shapes: `chosen` (cells, codes and own words, 3), `missing` (cells, reasons, 3), `answered` (cells, 3),
    `numbers` (cells, 7), the last with no line for choices.
    """

    chosen: Floats
    missing: Floats
    answered: Floats
    numbers: Floats


def packed_sums(found: Mapping[str, VariableSums], cells: int) -> Floats:
    """The sums of several variables side by side, a line per cell: one array is read and rolled up faster than hundreds."""
    arrays = [a.reshape(cells, -1) for s in found.values() for a in (s.chosen, s.missing, s.answered, *_numbers_of(s))]
    return np.concatenate(arrays, axis=1) if arrays else np.zeros((cells, 0))


def _numbers_of(sums: VariableSums) -> tuple[Floats, ...]:
    return (sums.numbers,) if len(sums.numbers) else ()


def unpacked_sums(flat: Floats, layout: Mapping[str, tuple[int, bool]]) -> dict[str, VariableSums]:
    """What `packed_sums` put side by side; `layout` says how many codes each variable has, and whether it has numbers.

    >>> one = VariableSums(np.ones((2, 4, 3)), np.ones((2, 7, 3)), np.ones((2, 3)), np.zeros((0, 7)))
    >>> again = unpacked_sums(packed_sums({"v": one}, 2), {"v": (4, False)})["v"]
    >>> again.chosen.shape, again.numbers.shape
    ((2, 4, 3), (0, 7))
    """
    found: dict[str, VariableSums] = {}
    cells, at = len(flat), 0
    for name, (codes, has_numbers) in layout.items():
        ends = [at + codes * 3, at + codes * 3 + REASONS * 3, at + codes * 3 + REASONS * 3 + 3]
        found[name] = VariableSums(
            flat[:, at : ends[0]].reshape(cells, codes, 3),
            flat[:, ends[0] : ends[1]].reshape(cells, REASONS, 3),
            flat[:, ends[1] : ends[2]],
            flat[:, ends[2] : ends[2] + 7] if has_numbers else np.zeros((0, 7)),
        )
        at = ends[2] + (7 if has_numbers else 0)
    return found


def layout_of(found: Mapping[str, VariableSums]) -> dict[str, tuple[int, bool]]:
    """How `packed_sums` puts these side by side."""
    return {name: (sums.chosen.shape[1], bool(len(sums.numbers))) for name, sums in found.items()}


def rolled_up(sums: Floats, shape: Sequence[int], axes: Sequence[int]) -> Floats:
    """Sums over all cells of a cube, in the cells of the chosen axes only.

    `sums` has shape (product of `shape`, ...); the answer has shape (product of the chosen axes, ...), in the
    order in which they are given.

    >>> rolled_up(np.array([[1.0], [2.0], [3.0], [4.0]]), (2, 2), (1,)).tolist()
    [[4.0], [6.0]]
    """
    cube = sums.reshape(*shape, *sums.shape[1:])
    gone = tuple(axis for axis in range(len(shape)) if axis not in axes)
    left = [axis for axis in range(len(shape)) if axis in axes]
    summed = cube.sum(axis=gone)
    summed = np.moveaxis(summed, [left.index(axis) for axis in axes], range(len(axes)))
    rolled: Floats = summed.reshape(-1, *sums.shape[1:])
    return rolled
