"""Weights brought to known population counts of cells (post-stratification)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cityfolio.tabulate.sampling.adjustments import PostStratified
from cityfolio.tabulate.sampling.arrays import Codes, Floats, coded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cityfolio.tabulate.sampling.design import Design

__all__ = ["Cell", "PopulationMismatchError", "fitted", "poststratify", "targets"]

Cell = tuple[str, ...]


class PopulationMismatchError(ValueError):
    """Cells of the sample and of the population are not the same."""

    def __init__(self, only_sample: Sequence[Cell], only_population: Sequence[Cell]) -> None:
        self.only_sample = tuple(only_sample)
        self.only_population = tuple(only_population)
        super().__init__(f"only in the sample: {self.only_sample}; only in the population: {self.only_population}")


def poststratify(design: Design, cells: Sequence[Cell], population: Mapping[Cell, float]) -> Design:
    """The design with weights that add up to the population count in each cell; `cells` has one entry per
    record.

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> design = poststratify(declare(3), [("a",), ("a",), ("b",)], {("a",): 10, ("b",): 3})
    >>> design.weights.tolist()
    [5.0, 5.0, 3.0]

    Raises:
        PopulationMismatchError: if a cell of one is not in the other.
    """
    codes, counts = targets(design, cells, population)
    weights = fitted(design.weights, codes, counts)
    return design.adjusted(PostStratified(codes, weights), weights)


def targets(design: Design, cells: Sequence[Cell], population: Mapping[Cell, float]) -> tuple[Codes, Floats]:
    """Codes per record and the population count of each code, shape (cells,).

    Raises:
        PopulationMismatchError: if a cell of one is not in the other; empty cells of the population need no
            sample.
    """
    codes, names = coded(["\x1f".join(cell) for cell in cells])
    sampled = [tuple(name.split("\x1f")) for name in names]
    sums = np.bincount(codes, weights=design.weights, minlength=len(sampled))
    held = {cell for cell, weight in zip(sampled, sums, strict=True) if weight > 0}
    known = {cell for cell, count in population.items() if count > 0}
    if held != known:
        raise PopulationMismatchError(sorted(held - known), sorted(known - held))
    return codes, np.array([float(population.get(cell, 0.0)) for cell in sampled])


def fitted(weights: Floats, codes: Codes, counts: Floats) -> Floats:
    """The weights times what brings each cell's sum to its count."""
    sums = np.bincount(codes, weights=weights, minlength=len(counts))
    factors = counts / np.where(sums == 0, 1.0, sums)
    result: Floats = weights * factors[codes]
    return result
