"""Quantiles of a domain, with the interval of Woodruff (1952): bounds of the share below, read off the values
again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cityfolio.tabulate.sampling.arrays import Flags, Floats
from cityfolio.tabulate.sampling.design import Design
from cityfolio.tabulate.sampling.estimates import answering, mean
from cityfolio.tabulate.sampling.intervals import interval_of_mean
from cityfolio.tabulate.sampling.quantile_functions import t_quantile

__all__ = ["Quantile", "quantile"]


@dataclass(frozen=True)
class Quantile:
    """A quantile with its bounds; a bound is None where the interval of the share leaves 0 to 1.

    The standard error is the width of the interval over twice the t quantile, None without both bounds.
    """

    value: float
    lower: float | None
    upper: float | None
    standard_error: float | None
    degrees_of_freedom: int
    base: int


def quantile(
    design: Design, values: Floats, probability: float, domain: Flags | None = None, *, level: float = 0.95
) -> Quantile:
    """The smallest value that at least that share of the weight does not exceed.

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> result = quantile(declare(9), np.arange(1.0, 10.0), 0.5)
    >>> result.value, result.lower, result.upper
    (5.0, 2.0, 9.0)

    Raises:
        ValueError: if nobody in the domain has a value, or the probability lies outside 0 to 1.
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"a quantile needs a probability between 0 and 1, not {probability}")
    inside = answering(design, values, domain)
    if not inside.any():
        raise ValueError("a quantile needs at least one record with a weight and a value in its domain")
    known, weights = values[inside], design.weights[inside]
    value = _read_off(known, weights, probability)
    below = mean(design, np.where(inside, (values <= value).astype(np.float64), np.nan), inside)
    interval = interval_of_mean(below, level)
    lower = upper = error = None
    if interval is not None:
        lower = None if interval.lower < 0 else _read_off(known, weights, interval.lower)
        upper = None if interval.upper > 1 else _read_off(known, weights, interval.upper)
    if lower is not None and upper is not None:
        error = (upper - lower) / (2 * t_quantile((1 + level) / 2, below.degrees_of_freedom))
    return Quantile(value, lower, upper, error, below.degrees_of_freedom, below.base)


def _read_off(values: Floats, weights: Floats, probability: float) -> float:
    order = np.argsort(values, kind="stable")
    # long sums, so that a share that is met exactly is seen to be met
    heaped = np.cumsum(weights[order].astype(np.longdouble)).astype(np.float64)
    whole = heaped[-1]
    reached = int(np.count_nonzero(heaped <= probability * whole))
    met = reached > 0 and probability == heaped[reached - 1] / whole
    return float(values[order][min(reached - met, len(values) - 1)])
