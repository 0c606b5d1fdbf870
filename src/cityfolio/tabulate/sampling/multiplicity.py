"""p-values of several tests, adjusted so that the number of tests misleads nobody.

Families: Bonferroni, Holm (1979), Hochberg (1988) and Hommel (1988) bound the chance of any false finding;
Benjamini and Hochberg (1995, "BH") and Benjamini and Yekutieli (2001, "BY") the share of false ones among all
findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cityfolio.tabulate.sampling.arrays import Floats

__all__ = ["Adjustment", "adjusted"]

Adjustment = Literal["bonferroni", "holm", "hochberg", "BH", "BY", "hommel"]


def adjusted(p_values: Floats, method: Adjustment) -> Floats:
    """The p-values, shape (tests,), adjusted together, in the order given.

    >>> adjusted(np.array([0.01, 0.04, 0.03]), "holm").tolist()
    [0.03, 0.06, 0.06]

    Raises:
        ValueError: if a p-value is missing or lies outside 0 to 1.
    """
    p = np.asarray(p_values, dtype=np.float64)
    if not np.all((p >= 0) & (p <= 1)):
        raise ValueError("p-values lie between 0 and 1 and none may be missing")
    order = np.argsort(p, kind="stable")
    result = np.empty_like(p)
    result[order] = np.minimum(_METHODS[method](p[order]), 1.0)
    return result


def _bonferroni(p: Floats) -> Floats:
    return p * len(p)


def _holm(p: Floats) -> Floats:
    tests = len(p)
    return np.maximum.accumulate((tests - np.arange(tests)) * p)


def _step_up(p: Floats, factors: Floats) -> Floats:
    """Smallest of the factor times p from here on, seen from the largest p."""
    smallest: Floats = np.minimum.accumulate((factors * p)[::-1])[::-1]
    return smallest


def _hochberg(p: Floats) -> Floats:
    return _step_up(p, len(p) - np.arange(len(p), dtype=np.float64))


def _benjamini_hochberg(p: Floats) -> Floats:
    return _step_up(p, len(p) / np.arange(1, len(p) + 1))


def _benjamini_yekutieli(p: Floats) -> Floats:
    ranks = np.arange(1, len(p) + 1)
    return _step_up(p, len(p) / ranks * float(np.sum(1 / ranks)))


def _hommel(p: Floats) -> Floats:
    """The largest Simes bound over all sets of tests that hold this one."""
    tests = len(p)
    ranks = np.arange(1, tests + 1)
    result = np.full(tests, np.min(tests * p / ranks, initial=np.inf))
    for size in range(tests - 1, 1, -1):
        first, rest = np.arange(tests - size + 1), np.arange(tests - size + 1, tests)
        of_rest = np.min(size * p[rest] / np.arange(2, size + 1))
        bound = np.empty(tests)
        bound[first] = np.minimum(size * p[first], of_rest)
        bound[rest] = bound[tests - size]
        result = np.maximum(result, bound)
    return np.maximum(result, p)


_METHODS: Mapping[Adjustment, Callable[[Floats], Floats]] = {
    "bonferroni": _bonferroni,
    "holm": _holm,
    "hochberg": _hochberg,
    "BH": _benjamini_hochberg,
    "BY": _benjamini_yekutieli,
    "hommel": _hommel,
}
