"""Intervals around shares and means.

Rules at the edges, where the formulas divide by zero:

* no degrees of freedom: there is no interval (None), since nothing shows the spread;
* a share of exactly 0 or 1, unless everybody was asked: "wilson" takes the base as it is, "mean" keeps its
  zero width, all others give the exact binomial interval (Clopper and Pearson 1934) on the base;
* a standard error of zero around any other share, or in a census: the interval is the point.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, exp, log, sin, sqrt
from typing import TYPE_CHECKING, Literal, get_args

from cityfolio.tabulate.sampling.quantile_functions import beta_quantile, normal_quantile, t_quantile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cityfolio.tabulate.sampling.estimates import Estimate

__all__ = [
    "INTERVAL_KINDS",
    "Interval",
    "IntervalKind",
    "clopper_pearson",
    "effective_base",
    "interval_of_mean",
    "interval_of_share",
    "jeffreys",
    "wilson",
    "wilson_corrected",
]

IntervalKind = Literal["wilson", "logit", "beta", "mean", "asin", "xlogit"]
INTERVAL_KINDS: tuple[IntervalKind, ...] = get_args(IntervalKind)

ZERO = 1e-10  # a standard error of a share below this is rounding, not error


@dataclass(frozen=True)
class Interval:
    """Lower and upper bound at the level asked for."""

    lower: float
    upper: float


def interval_of_mean(estimate: Estimate, level: float = 0.95) -> Interval | None:
    """Estimate plus and minus t times the standard error; None without degrees of freedom.

    >>> from cityfolio.tabulate.sampling.estimates import Estimate
    >>> interval = interval_of_mean(Estimate(50.0, 2.0, 10, 11, 11))
    >>> round(interval.lower, 4), round(interval.upper, 4)
    (45.5437, 54.4563)
    """
    if estimate.degrees_of_freedom < 1:
        return None
    reach = t_quantile((1 + level) / 2, estimate.degrees_of_freedom) * estimate.standard_error
    return Interval(estimate.value - reach, estimate.value + reach)


def interval_of_share(
    estimate: Estimate, kind: IntervalKind, *, level: float = 0.95, census: bool = False
) -> Interval | None:
    """The interval of that kind around a share; None without degrees of freedom.

    >>> from cityfolio.tabulate.sampling.estimates import Estimate
    >>> interval = interval_of_share(Estimate(0.4, 0.05, 99, 100, 100), "logit")
    >>> round(interval.lower, 4), round(interval.upper, 4)
    (0.306, 0.502)
    """
    if estimate.degrees_of_freedom < 1:
        return None
    if kind == "mean":
        return interval_of_mean(estimate, level)
    if estimate.standard_error < ZERO:
        if _is_edge(estimate.value) and not census:
            edge, base = round(estimate.value), estimate.base
            return wilson(edge, base, level) if kind == "wilson" else clopper_pearson(edge * base, base, level)
        return Interval(estimate.value, estimate.value)
    return _KINDS[kind](estimate, level)


def wilson(share: float, base: float, level: float = 0.95) -> Interval:
    """The score interval of Wilson (1927) without continuity correction; `base` may be an effective one.

    >>> interval = wilson(0.4, 5)
    >>> round(interval.lower, 6), round(interval.upper, 6)
    (0.117621, 0.769276)
    """
    squared = normal_quantile((1 + level) / 2) ** 2
    middle = (share + squared / (2 * base)) / (1 + squared / base)
    reach = sqrt(squared * (share * (1 - share) / base + squared / (4 * base**2))) / (1 + squared / base)
    return Interval(
        0.0 if share == 0 else max(middle - reach, 0.0),
        1.0 if share == 1 else min(middle + reach, 1.0),
    )


def wilson_corrected(choosing: int, base: int, level: float = 0.95) -> Interval:
    """Wilson's interval with Yates' continuity correction, as prop.test in R gives it.

    >>> interval = wilson_corrected(2, 5)
    >>> round(interval.lower, 6), round(interval.upper, 6)
    (0.072584, 0.829576)
    """
    share = choosing / base
    z = normal_quantile((1 + level) / 2)
    yates = min(0.5, abs(choosing - base * 0.5))

    def bound(moved: float, sign: float) -> float:
        reach = z * sqrt(moved * (1 - moved) / base + z**2 / (4 * base**2))
        return (moved + z**2 / (2 * base) + sign * reach) / (1 + z**2 / base)

    down, up = share - yates / base, share + yates / base
    return Interval(0.0 if down <= 0 else max(bound(down, -1), 0.0), 1.0 if up >= 1 else min(bound(up, 1), 1.0))


def clopper_pearson(choosing: float, base: float, level: float = 0.95) -> Interval:
    """The exact binomial interval of Clopper and Pearson (1934).

    >>> interval = clopper_pearson(0, 5)
    >>> interval.lower, round(interval.upper, 6)
    (0.0, 0.521824)
    """
    tail = (1 - level) / 2
    return Interval(
        0.0 if choosing == 0 else beta_quantile(tail, choosing, base - choosing + 1),
        1.0 if choosing == base else beta_quantile(1 - tail, choosing + 1, base - choosing),
    )


def jeffreys(choosing: int, base: int, level: float = 0.95) -> Interval:
    """The equal-tailed interval from Jeffreys' prior, with 0 and 1 as bounds where nobody or everybody chose.

    >>> interval = jeffreys(0, 5)
    >>> interval.lower, round(interval.upper, 6)
    (0.0, 0.379377)
    """
    tail = (1 - level) / 2
    shapes = choosing + 0.5, base - choosing + 0.5
    return Interval(
        0.0 if choosing == 0 else beta_quantile(tail, *shapes),
        1.0 if choosing == base else beta_quantile(1 - tail, *shapes),
    )


def effective_base(estimate: Estimate, level: float = 0.95) -> float:
    """The base of a simple random sample with the same standard error, made smaller for few degrees of
    freedom.

    Korn and Graubard (1998): p (1 - p) / variance, times the squared ratio of the t quantiles for the records
    of the design less one and for its degrees of freedom.
    """
    upper = (1 + level) / 2
    share = estimate.value
    plain = share * (1 - share) / estimate.standard_error**2
    few = t_quantile(upper, estimate.records - 1) / t_quantile(upper, estimate.degrees_of_freedom)
    return plain * few**2


def _is_edge(share: float) -> bool:
    return share < ZERO or share > 1 - ZERO


def _logit(estimate: Estimate, level: float) -> Interval:
    """On the scale of log odds, then turned back."""
    share = estimate.value
    spread = estimate.standard_error / (share * (1 - share))
    reach = t_quantile((1 + level) / 2, estimate.degrees_of_freedom) * spread
    odds = log(share / (1 - share))
    return Interval(_inverse_logit(odds - reach), _inverse_logit(odds + reach))


def _inverse_logit(odds: float) -> float:
    return 1 / (1 + exp(-odds)) if odds > 0 else exp(odds) / (1 + exp(odds))


def _asin(estimate: Estimate, level: float) -> Interval:
    """On the scale of the arc sine of the square root, then turned back, as R does: without a stop at 0 and
    1.
    """
    share = estimate.value
    reach = t_quantile((1 + level) / 2, estimate.degrees_of_freedom) * estimate.standard_error
    reach /= 2 * sqrt(share * (1 - share))
    angle = asin(sqrt(share))
    return Interval(sin(angle - reach) ** 2, sin(angle + reach) ** 2)


def _beta(estimate: Estimate, level: float) -> Interval:
    """Korn and Graubard (1998): Clopper and Pearson on the effective base."""
    base = effective_base(estimate, level)
    return clopper_pearson(base * estimate.value, base, level)


def _wilson(estimate: Estimate, level: float) -> Interval:
    """Wilson on the effective base."""
    return wilson(estimate.value, effective_base(estimate, level), level)


_KINDS: Mapping[IntervalKind, Callable[[Estimate, float], Interval]] = {
    "wilson": _wilson,
    "logit": _logit,
    "xlogit": _logit,
    "asin": _asin,
    "beta": _beta,
}
