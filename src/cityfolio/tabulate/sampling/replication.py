"""Jackknife replicates: the estimate without one sampled unit at a time (JK1, and JKn within strata).

The variance is the sum over replicates of scale times the squared deviation from the replicates' mean; scales
are (1 - fraction) (n - 1) / n (Wolter 2007, chapter 4). Stages after the first are inside the units left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cityfolio.tabulate.sampling.arrays import Flags, Floats
from cityfolio.tabulate.sampling.estimates import Estimate
from cityfolio.tabulate.sampling.linearisation import LonelyStratumError

if TYPE_CHECKING:
    from cityfolio.tabulate.sampling.design import Design

__all__ = ["Replicates", "jackknife", "replicate_mean", "replicate_ratio", "replicate_total"]


@dataclass(frozen=True, eq=False)
class Replicates:
    """The weights, shape (records,), those of each replicate, shape (records, replicates), and scales,
    (replicates,).
    """

    weights: Floats
    replicate_weights: Floats
    scales: Floats

    def degrees_of_freedom(self, domain: Flags) -> int:
        """The rank of the replicate weights in the domain, less one."""
        return int(np.linalg.matrix_rank(self.replicate_weights[domain], rtol=1e-5)) - 1


def jackknife(design: Design) -> Replicates:
    """The jackknife of a design: one replicate per first-stage unit, none for strata taken whole.

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> replicates = jackknife(declare(3))
    >>> replicates.replicate_weights.tolist(), replicates.scales.round(4).tolist()
    ([[0.0, 1.5, 1.5], [1.5, 0.0, 1.5], [1.5, 1.5, 0.0]], [0.6667, 0.6667, 0.6667])

    Raises:
        LonelyStratumError: if a stratum has one sampled unit of several.
    """
    first = design.stages[0]
    columns, scales = [], []
    for unit in dict.fromkeys(first.units.tolist()):
        record = int(np.flatnonzero(first.units == unit)[0])
        sampled, left = float(first.sampled[record]), 1 - float(first.fraction[record])
        if left <= 0:
            continue
        if sampled == 1:
            raise LonelyStratumError(1, int(first.strata[record]))
        factors = np.where(first.strata == first.strata[record], sampled / (sampled - 1), 1.0)
        columns.append(design.weights * np.where(first.units == unit, 0.0, factors))
        scales.append(left * (sampled - 1) / sampled)
    matrix = np.stack(columns, axis=1) if columns else np.zeros((design.size, 0))
    return Replicates(design.weights, matrix, np.array(scales))


def replicate_mean(replicates: Replicates, values: Floats, domain: Flags | None = None) -> Estimate:
    """The mean of a domain with its jackknife standard error.

    Raises:
        ValueError: if nobody in the domain has a value.
    """
    return replicate_ratio(replicates, values, np.where(np.isnan(values), np.nan, 1.0), domain)


def replicate_total(replicates: Replicates, values: Floats, domain: Flags | None = None) -> Estimate:
    """The total of a domain with its jackknife standard error.

    Raises:
        ValueError: if nobody in the domain has a value.
    """
    inside = _answering(replicates, values, domain)
    known = np.where(inside, values, 0.0)
    return _estimate(replicates, float(replicates.weights @ known), known @ replicates.replicate_weights, inside)


def replicate_ratio(
    replicates: Replicates, numerator: Floats, denominator: Floats, domain: Flags | None = None
) -> Estimate:
    """The ratio of two totals of a domain with its jackknife standard error.

    Replicates in which the domain is empty are left out.

    Raises:
        ValueError: if nobody in the domain has both values.
    """
    inside = _answering(replicates, numerator + denominator, domain)
    above, below = np.where(inside, numerator, 0.0), np.where(inside, denominator, 0.0)
    tops, bottoms = above @ replicates.replicate_weights, below @ replicates.replicate_weights
    thetas = np.divide(tops, bottoms, out=np.full_like(tops, np.nan), where=bottoms != 0)
    value = float(replicates.weights @ above) / float(replicates.weights @ below)
    return _estimate(replicates, value, thetas, inside)


def _answering(replicates: Replicates, values: Floats, domain: Flags | None) -> Flags:
    inside: Flags = ~np.isnan(values) & (replicates.weights != 0)
    if domain is not None:
        inside &= domain
    if not inside.any():
        raise ValueError("an estimate needs at least one record with a weight and a value in its domain")
    return inside


def _estimate(replicates: Replicates, value: float, thetas: Floats, inside: Flags) -> Estimate:
    known = ~np.isnan(thetas)
    spread = thetas[known] - thetas[known].mean() if known.any() else thetas[known]
    return Estimate(
        value=value,
        standard_error=float(np.sqrt(replicates.scales[known] @ spread**2)),
        degrees_of_freedom=replicates.degrees_of_freedom(inside),
        base=int(inside.sum()),
        records=int(inside.sum()),
    )
