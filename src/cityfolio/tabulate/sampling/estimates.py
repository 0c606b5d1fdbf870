"""Means, shares, totals and ratios of a domain, each with its standard error, base and degrees of freedom.

A domain is a set of records (flags per record). Records outside it stay in the design and count as zero, so
that the chance of falling into the domain is part of the error (Särndal, Swensson and Wretman 1992, section
10.3). A missing value (NaN) leaves the domain in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cityfolio.tabulate.sampling.arrays import Flags, Floats
from cityfolio.tabulate.sampling.design import Design
from cityfolio.tabulate.sampling.linearisation import covariance

ROUNDING = 1e-10  # relative differences below this are rounding, not spread

__all__ = ["Estimate", "Moments", "answering", "mean", "mean_of_each", "means", "ratio", "share", "total", "totals"]


@dataclass(frozen=True)
class Estimate:
    """An estimate, its standard error, and what an interval around it needs.

    `base` counts the records with an answer in the domain, `records` those of its design (for Korn and
    Graubard), `design_effect` sets the variance against that of a simple random sample of the same size and
    population, drawn without replacement; it is None where that has no variance.
    """

    value: float
    standard_error: float
    degrees_of_freedom: int
    base: int
    records: int
    design_effect: float | None = None


@dataclass(frozen=True, eq=False)
class Moments:
    """Several estimates from one domain: values of shape (k,) and their covariance of shape (k, k)."""

    values: Floats
    covariance: Floats


def answering(design: Design, values: Floats, domain: Flags | None = None) -> Flags:
    """The records of the domain that carry weight and have a value (in all columns of shape (records, k))."""
    known = ~np.isnan(values) if values.ndim == 1 else ~np.isnan(values).any(axis=1)
    inside: Flags = known & design.everyone & (design.everyone if domain is None else domain)
    return inside


def means(design: Design, values: Floats, domain: Flags) -> Moments:
    """Weighted means of the columns of `values`, shape (records, k), over records of the domain, none of them
    missing.

    Raises:
        ValueError: if nobody is in the domain.
    """
    weights, inside = _inside(design, values, domain)
    whole = weights.sum()
    # summed like the weights themselves, so that a share of everybody is exactly 1
    averages = np.ascontiguousarray((weights[:, None] * inside).T).sum(axis=1) / whole
    linearised = weights[:, None] * (inside - averages) / whole
    return Moments(averages, covariance(design, linearised, domain))


def totals(design: Design, values: Floats, domain: Flags) -> Moments:
    """Weighted totals of the columns of `values`, shape (records, k), over the domain.

    Raises:
        ValueError: if nobody is in the domain.
    """
    weights, inside = _inside(design, values, domain)
    linearised = weights[:, None] * inside
    return Moments(linearised.sum(axis=0), covariance(design, linearised, domain))


def mean(design: Design, values: Floats, domain: Flags | None = None) -> Estimate:
    """The mean of a domain.

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> estimate = mean(declare(4, weights=np.full(4, 10.0)), np.array([1.0, 2.0, 3.0, np.nan]))
    >>> estimate.value, round(estimate.standard_error, 6), estimate.base, estimate.degrees_of_freedom
    (2.0, 0.544331, 3, 2)

    Raises:
        ValueError: if nobody in the domain has a value.
    """
    return mean_of_each(design, values[:, None], domain)[0]


def mean_of_each(design: Design, values: Floats, domain: Flags | None = None) -> tuple[Estimate, ...]:
    """The mean of each column of `values`, shape (records, k), over the records of the domain that have all of them.

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> values = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [np.nan, np.nan]])
    >>> [round(estimate.value, 4) for estimate in mean_of_each(declare(4), values)]
    [0.3333, 0.6667]

    Raises:
        ValueError: if nobody in the domain has all values.
    """
    inside = answering(design, values, domain)
    moments = means(design, values, inside)
    variances = np.diag(moments.covariance)
    effects = _design_effects(design, values[inside], inside, variances)
    given = zip(moments.values.tolist(), variances.tolist(), effects, strict=True)
    return tuple(_estimate(design, inside, (value, variance), effect) for value, variance, effect in given)


def share(design: Design, choosing: Flags, answered: Flags, domain: Flags | None = None) -> Estimate:
    """The share of those who answered that chose a category.

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> yes = np.array([True, True, False, False])
    >>> share(declare(4), yes, np.array([True, True, True, False])).value
    0.6666666666666666

    Raises:
        ValueError: if nobody in the domain answered.
    """
    return mean(design, np.where(answered, choosing.astype(np.float64), np.nan), domain)


def total(design: Design, values: Floats, domain: Flags | None = None) -> Estimate:
    """The total of a domain in the population that the weights stand for.

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> total(declare(2, weights=np.array([10.0, 10.0])), np.array([1.0, 3.0])).value
    40.0

    Raises:
        ValueError: if nobody in the domain has a value.
    """
    inside = answering(design, values, domain)
    moments = totals(design, values[:, None], inside)
    return _estimate(design, inside, (float(moments.values[0]), float(moments.covariance[0, 0])), None)


def ratio(design: Design, numerator: Floats, denominator: Floats, domain: Flags | None = None) -> Estimate:
    """The ratio of two totals of a domain, over records that have both values.

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> ratio(declare(2), np.array([1.0, 2.0]), np.array([2.0, 4.0])).value
    0.5

    Raises:
        ValueError: if nobody in the domain has both values, or the denominators add up to zero.
    """
    both = np.stack([numerator, denominator], axis=1)
    inside = answering(design, both, domain)
    weights, values = _inside(design, both, inside)
    above, below = weights @ values
    if below == 0:
        raise ValueError("a ratio needs a denominator whose total is not 0")
    value = above / below
    linearised = weights * (values[:, 0] - value * values[:, 1]) / below
    variance = covariance(design, linearised[:, None], inside)
    return _estimate(design, inside, (float(value), float(variance[0, 0])), None)


def _inside(design: Design, values: Floats, domain: Flags) -> tuple[Floats, Floats]:
    """Weights and values with zeros outside the domain."""
    if not np.any(domain & design.everyone):
        raise ValueError("an estimate needs at least one record with a weight and a value in its domain")
    return np.where(domain, design.weights, 0.0), np.where(domain[:, None], values, 0.0)


def _estimate(design: Design, inside: Flags, moments: tuple[float, float], effect: float | None) -> Estimate:
    value, variance = moments
    return Estimate(
        value=value,
        standard_error=float(np.sqrt(max(variance, 0.0))),
        degrees_of_freedom=design.degrees_of_freedom(inside),
        base=int(inside.sum()),
        records=design.records_of(inside),
        design_effect=effect,
    )


def _design_effects(design: Design, values: Floats, inside: Flags, variances: Floats) -> list[float | None]:
    """Variances over those of a simple random sample without replacement of as many records from as many people."""
    base, weights = len(values), design.weights[inside]
    population = float(weights.sum())
    if base < 2 or population <= base * (1 + ROUNDING):
        return [None] * len(variances)
    averages = weights @ values / population
    squares = weights @ (values - averages) ** 2 / population
    simple = squares * base / (base - 1) * (population - base) / (population * base)
    varies = squares > ROUNDING**2 * averages**2
    effects = np.divide(variances, simple, out=np.zeros_like(simple), where=varies)
    return [float(effect) if known else None for effect, known in zip(effects, varies, strict=True)]
