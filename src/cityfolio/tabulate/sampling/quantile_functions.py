"""Quantiles and tails of the distributions that intervals and tests need; scipy is loaded at the first call
only.
"""

from __future__ import annotations

from functools import cache

__all__ = ["beta_quantile", "chi_square_tail", "f_tail", "normal_quantile", "t_quantile", "t_tails"]


@cache
def normal_quantile(probability: float) -> float:
    """Quantile of the standard normal distribution.

    >>> round(normal_quantile(0.975), 6)
    1.959964
    """
    from scipy.special import ndtri

    return float(ndtri(probability))


@cache
def t_quantile(probability: float, degrees_of_freedom: float) -> float:
    """Quantile of Student's t distribution.

    >>> round(t_quantile(0.975, 10), 6)
    2.228139
    """
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, probability))


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Quantile of the beta distribution.

    >>> round(beta_quantile(0.5, 2, 2), 6)
    0.5
    """
    from scipy.special import betaincinv

    return float(betaincinv(a, b, probability))


def chi_square_tail(statistic: float, degrees_of_freedom: float) -> float:
    """How likely a chi-square variable is above the statistic.

    >>> round(chi_square_tail(3.841459, 1), 6)
    0.05
    """
    from scipy.special import chdtrc

    return float(chdtrc(degrees_of_freedom, statistic))


def f_tail(statistic: float, numerator: float, denominator: float) -> float:
    """How likely an F variable is above the statistic.

    >>> round(f_tail(4.0, 1, 10), 6)
    0.073388
    """
    from scipy.special import fdtrc

    return float(fdtrc(numerator, denominator, statistic))


def t_tails(statistic: float, degrees_of_freedom: float) -> float:
    """How likely Student's t is as far from zero as the statistic, on either side.

    >>> round(t_tails(-2.228139, 10), 6)
    0.05
    """
    from scipy.special import stdtr

    return 2 * float(stdtr(degrees_of_freedom, -abs(statistic)))
