"""Variances by Taylor linearisation: spread of unit totals within strata, stage by stage.

For linearised variables z (weighted, zero outside the domain) the covariance is, per stage and stratum h with
n_h units of N_h, (1 - n_h / N_h) * n_h / (n_h - 1) * sum of (t_i - mean t)(t_i - mean t)', where t_i are unit
totals of z. Inner stages count times the sampling fractions of the stages around them (Särndal, Swensson and
Wretman 1992, chapters 4 and 5). Without population sizes the first stage carries all of it.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from cityfolio.tabulate.sampling.arrays import Codes, Flags, Floats, sums_by
from cityfolio.tabulate.sampling.design import Design, LonelyRule, Stage

__all__ = ["LonelyStratumError", "covariance"]

T = TypeVar("T", Codes, Floats)

CERTAIN = 1e-7  # a stratum with less than this left unsampled counts as taken whole


class LonelyStratumError(ValueError):
    """A stratum with one sampled unit: its spread cannot be seen."""

    def __init__(self, stage: int, stratum: int) -> None:
        self.stage = stage
        self.stratum = stratum
        super().__init__(
            f"stratum {stratum} has one sampled unit at stage {stage}, so its variance is unknown: "
            "join it with a similar stratum, give its population size if it was taken whole, or choose a "
            "rule for lonely strata"
        )


def covariance(design: Design, linearised: Floats, domain: Flags) -> Floats:
    """The covariance, shape (k, k), of totals of `linearised`, shape (records, k), which is zero outside the
    domain.

    Raises:
        LonelyStratumError: if a stratum of the domain has one sampled unit of several and the design's rule
            is "fail".

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> design = declare(3)
    >>> covariance(design, np.array([[-1.0], [0.0], [1.0]]) / 3, design.everyone).round(6).tolist()
    [[0.333333]]
    """
    for adjustment in design.adjustments:
        linearised = adjustment.residuals(linearised)
    inside = np.ones(design.size, dtype=np.bool_) if design.adjustments else domain
    result = np.zeros((linearised.shape[1], linearised.shape[1]))
    outer = np.ones(design.size)
    for number, stage in enumerate(design.stages if design.has_populations else design.stages[:1], start=1):
        result = result + _of_stage(stage, linearised, outer, inside, (number, design.lonely))
        outer = outer * stage.fraction
    return result


def _of_stage(stage: Stage, linearised: Floats, outer: Floats, inside: Flags, at: tuple[int, LonelyRule]) -> Floats:
    number, lonely = at
    totals = sums_by(stage.units, linearised)
    stratum_of = _first_of(stage.units, stage.strata)
    strata = int(stage.strata.max()) + 1
    sampled = _first_of(stage.strata, stage.sampled)
    left = 1 - sampled / _first_of(stage.strata, stage.population)
    left = np.where(left < CERTAIN, 0.0, left)
    touched = np.bincount(stage.strata[inside], minlength=strata) > 0
    alone = (sampled == 1) & (left > 0) & touched
    if lonely == "fail" and np.any(alone):
        raise LonelyStratumError(number, int(np.flatnonzero(alone)[0]))
    scale = left * np.where(sampled > 1, sampled / np.maximum(sampled - 1, 1), 1.0) * _first_of(stage.strata, outer)
    means = sums_by(stratum_of, totals) / sampled[:, None]
    if lonely == "adjust":
        means[alone] = 0.0  # a lonely unit is measured from the grand mean, which is 0 for linearised variables
    deviations = (totals - means[stratum_of]) * np.sqrt(scale)[stratum_of, None]
    if lonely == "average" and np.any(alone):
        deviations = deviations * np.sqrt(touched.sum() / max(touched.sum() - alone.sum(), 1))
    spread: Floats = deviations.T @ deviations
    return spread


def _first_of(codes: Codes, values: T) -> T:
    """The value of each code, where all its records hold the same."""
    first = np.empty(int(codes.max()) + 1, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return values[first]
