"""Weights brought to several known margins at once (raking, iterative proportional fitting; Deming and
Stephan 1940).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cityfolio.tabulate.sampling.adjustments import Raked
from cityfolio.tabulate.sampling.arrays import Codes, Floats, crossed
from cityfolio.tabulate.sampling.poststratification import Cell, fitted, targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cityfolio.tabulate.sampling.design import Design

__all__ = ["Margin", "RakingDivergedError", "rake"]


ROUNDING = 1e-14  # smaller moves than this part of the population are rounding
MET = 1e-6  # a margin counts as met within this part of the population


@dataclass(frozen=True)
class Margin:
    """One margin: the cell of each record, and the population count of each cell."""

    cells: Sequence[Cell]
    population: Mapping[Cell, float]


class RakingDivergedError(ValueError):
    """The margins were not reached; they contradict each other or the sample has no records where they need
    some.
    """


def rake(design: Design, margins: Sequence[Margin], *, rounds: int = 1000, tolerance: float = 1e-10) -> Design:
    """The design with weights that meet all margins.

    Fitting stops when no cell of the crossed margins moves by more than `tolerance` of the sum of weights in
    a round.

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> sex = Margin([("f",), ("f",), ("m",)], {("f",): 6, ("m",): 4})
    >>> age = Margin([("old",), ("young",), ("young",)], {("old",): 3, ("young",): 7})
    >>> rake(declare(3), [sex, age]).weights.round(6).tolist()
    [3.0, 3.0, 4.0]

    Raises:
        PopulationMismatchError: if cells of a margin and of the sample are not the same.
        RakingDivergedError: if the margins are not met after that many rounds.
    """
    goals = [targets(design, margin.cells, margin.population) for margin in margins]
    cells = np.zeros(design.size, dtype=np.int64)
    for codes, _ in goals:
        cells = crossed(cells, codes)
    limit = tolerance * float(design.weights.sum())
    weights = design.weights
    for _ in range(rounds):
        steps = _round(weights, goals)
        moved = np.abs(np.bincount(cells, weights=steps[-1] - weights)).max()
        weights = steps[-1]
        if moved < max(limit, ROUNDING * weights.sum()):
            break
    # standing still is not enough: margins that contradict each other stand still between their demands
    if all(_is_met(weights, *goal) for goal in goals):
        kept = tuple((codes, after) for (codes, _), after in zip(goals, steps, strict=True))
        return design.adjusted(Raked(kept), weights)
    raise RakingDivergedError(
        f"after {rounds} rounds the margins are not met; see whether they have the same total, and whether "
        "the sample has records in every combination that they need"
    )


def _round(weights: Floats, goals: Sequence[tuple[Codes, Floats]]) -> list[Floats]:
    steps = []
    for codes, counts in goals:
        weights = fitted(weights, codes, counts)
        steps.append(weights)
    return steps


def _is_met(weights: Floats, codes: Codes, counts: Floats) -> bool:
    reached = np.bincount(codes, weights=weights, minlength=len(counts))
    return bool(np.all(np.abs(reached - counts) <= MET * counts.sum()))
