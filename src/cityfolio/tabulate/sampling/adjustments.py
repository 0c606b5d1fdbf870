"""What was done to the weights after sampling, and what that leaves of the sampling error.

Each adjustment turns a linearised variable into its residual, since error that the known totals remove is no
error any more (Deville and Särndal 1992).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from cityfolio.tabulate.sampling.arrays import Codes, Floats, sums_by

__all__ = ["Adjustment", "Calibrated", "PostStratified", "Raked"]

RAKING_PASSES = 10  # R's survey package goes ten times round the margins; the same number gives the same residuals


class Adjustment(Protocol):
    """Something that leaves residuals."""

    def residuals(self, linearised: Floats) -> Floats:
        """What is left of the weighted linearised variables, shape (records, k)."""


def _per_weight(linearised: Floats, weights: Floats) -> Floats:
    return linearised / np.where(weights == 0, 1.0, weights)[:, None]


@dataclass(frozen=True, eq=False)
class PostStratified:
    """Post-stratified: `cells` are codes per record, `weights` the weights afterwards."""

    cells: Codes
    weights: Floats

    def residuals(self, linearised: Floats) -> Floats:
        """Deviations from the weighted mean of the cell."""
        totals = sums_by(self.cells, np.ones((len(self.cells), 1)) * self.weights[:, None])
        # linearised variables carry the weight already, so their plain sums are weighted sums
        means = sums_by(self.cells, linearised) / np.where(totals == 0, 1.0, totals)
        residuals: Floats = linearised - means[self.cells] * self.weights[:, None]
        return residuals


@dataclass(frozen=True, eq=False)
class Raked:
    """Raked: for each margin the codes per record and the weights after the last fit to that margin."""

    margins: tuple[tuple[Codes, Floats], ...]

    def residuals(self, linearised: Floats) -> Floats:
        """Deviations from the margins' means, round and round, as R's survey package takes them (means
        unweighted).
        """
        for _ in range(RAKING_PASSES):
            for codes, weights in self.margins:
                sizes = np.bincount(codes)[:, None]
                means = sums_by(codes, _per_weight(linearised, weights)) / np.maximum(sizes, 1)
                linearised = linearised - means[codes] * weights[:, None]
        return linearised


@dataclass(frozen=True, eq=False)
class Calibrated:
    """Calibrated to totals: an orthonormal basis of the weighted auxiliary variables, shape (records, p), and
    a scale.
    """

    basis: Floats
    scale: Floats

    def residuals(self, linearised: Floats) -> Floats:
        """Residuals of the regression on the auxiliary variables."""
        plain = _per_weight(linearised, self.scale)
        residuals: Floats = (plain - self.basis @ (self.basis.T @ plain)) * self.scale[:, None]
        return residuals
