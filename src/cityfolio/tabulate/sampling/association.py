"""Tests whether two categorical variables go together under a design.

`rao_scott` corrects Pearson's statistic for the design (Rao and Scott 1984, second order); `wald` tests the
differences from independence by their own covariance (Koch, Freeman and Freeman 1975).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cityfolio.tabulate.sampling.arrays import Flags, Floats, coded
from cityfolio.tabulate.sampling.estimates import answering, means, totals
from cityfolio.tabulate.sampling.linearisation import covariance
from cityfolio.tabulate.sampling.quantile_functions import chi_square_tail, f_tail, t_tails

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cityfolio.tabulate.sampling.design import Design

__all__ = [
    "Difference",
    "TestResult",
    "difference",
    "rao_scott",
    "rao_scott_first_order",
    "wald",
    "wald_adjusted",
]


@dataclass(frozen=True)
class TestResult:
    """A statistic, its degrees of freedom (`denominator` None for chi-square) and its p-value."""

    __test__ = False  # no test for pytest to collect

    statistic: float
    numerator: float
    denominator: float | None
    p_value: float


@dataclass(frozen=True)
class Difference:
    """A difference of two means with its standard error and the p-value of t."""

    value: float
    standard_error: float
    degrees_of_freedom: int
    p_value: float


@dataclass(frozen=True, eq=False)
class _Crossed:
    """Cells of two variables as indicators, shape (records, rows * columns), rows running fastest."""

    indicators: Floats
    rows: int
    columns: int
    answered: Flags


def rao_scott(design: Design, rows: Sequence[str], columns: Sequence[str], domain: Flags | None = None) -> TestResult:
    """Pearson's statistic over the sum of the generalised design effects, as F (what R calls "F").

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> result = rao_scott(declare(8), list("aaaabbbb"), list("xxxyxyyy"))
    >>> round(result.statistic, 4), round(result.p_value, 4)
    (1.75, 0.2275)

    Raises:
        ValueError: if one of the variables has fewer than two categories.
    """
    cells = _cells(design, rows, columns, domain)
    effects, pearson = _design_effects(design, cells)
    trace = float(np.trace(effects))
    numerator = trace**2 / float(np.trace(effects @ effects))
    denominator = numerator * _spread(design, domain)
    statistic = pearson / trace
    return TestResult(statistic, numerator, denominator, f_tail(statistic, numerator, denominator))


def rao_scott_first_order(
    design: Design, rows: Sequence[str], columns: Sequence[str], domain: Flags | None = None
) -> TestResult:
    """Pearson's statistic for the base, with the p-value of its first-order correction (what R calls
    "Chisq").

    Raises:
        ValueError: if one of the variables has fewer than two categories.
    """
    cells = _cells(design, rows, columns, domain)
    effects, pearson = _design_effects(design, cells)
    number = len(effects)
    return TestResult(pearson, number, None, chi_square_tail(pearson / (float(np.trace(effects)) / number), number))


def wald(design: Design, rows: Sequence[str], columns: Sequence[str], domain: Flags | None = None) -> TestResult:
    """Wald's statistic as F with the design's degrees of freedom.

    Raises:
        ValueError: if a variable has fewer than two categories, or the covariance cannot be inverted.
    """
    cells = _cells(design, rows, columns, domain)
    number = (cells.rows - 1) * (cells.columns - 1)
    statistic, denominator = _wald(design, cells) / number, _spread(design, domain)
    return TestResult(statistic, number, denominator, f_tail(statistic, number, denominator))


def wald_adjusted(
    design: Design, rows: Sequence[str], columns: Sequence[str], domain: Flags | None = None
) -> TestResult:
    """Wald's statistic, made smaller for few degrees of freedom.

    Raises:
        ValueError: if a variable has fewer than two categories, or the covariance cannot be inverted.
    """
    cells = _cells(design, rows, columns, domain)
    number, spread = (cells.rows - 1) * (cells.columns - 1), _spread(design, domain)
    denominator = spread - number + 1
    statistic = _wald(design, cells) * denominator / (number * spread)
    return TestResult(statistic, number, denominator, f_tail(statistic, number, denominator))


def difference(design: Design, values: Floats, first: Flags, second: Flags) -> Difference:
    """The mean of `values` in the first domain less that in the second, with what their sampling has in
    common; tested with the degrees of freedom of the whole design.

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> older = np.array([False, False, False, True, True, True])
    >>> result = difference(declare(6), np.array([1.0, 2.0, 3.0, 4.0, 6.0, 8.0]), older, ~older)
    >>> result.value, round(result.standard_error, 6), result.degrees_of_freedom, round(result.p_value, 4)
    (4.0, 1.154701, 5, 0.018)

    Raises:
        ValueError: if nobody in one of the domains has a value, or the difference has no variance.
    """
    domains = [answering(design, values, domain) for domain in (first, second)]
    (above, moved), (below, counter) = [_linearised_mean(design, values, inside) for inside in domains]
    variance = float(covariance(design, (moved - counter)[:, None], domains[0] | domains[1])[0, 0])
    if variance <= 0:
        raise ValueError("the difference has no variance to test it against")
    degrees = _spread(design, None)
    error = float(np.sqrt(variance))
    return Difference(above - below, error, degrees, t_tails((above - below) / error, degrees))


def _linearised_mean(design: Design, values: Floats, inside: Flags) -> tuple[float, Floats]:
    if not inside.any():
        raise ValueError("a difference needs records with a weight and a value in both domains")
    weights = np.where(inside, design.weights, 0.0)
    known = np.where(inside, values, 0.0)
    average = float(weights @ known) / float(weights.sum())
    return average, weights * (known - average) / float(weights.sum())


def _spread(design: Design, domain: Flags | None) -> int:
    return design.degrees_of_freedom(design.everyone if domain is None else domain)


def _cells(design: Design, rows: Sequence[str], columns: Sequence[str], domain: Flags | None) -> _Crossed:
    answered = np.array([bool(r and c) for r, c in zip(rows, columns, strict=True)]) & design.everyone
    if domain is not None:
        answered &= domain
    inside = np.flatnonzero(answered).tolist()
    (row, names), (column, others) = coded([rows[i] for i in inside]), coded([columns[i] for i in inside])
    if min(len(names), len(others)) < 2:
        raise ValueError("a test of association needs two categories of each variable with answers")
    indicators = np.zeros((design.size, len(names) * len(others)))
    indicators[inside, column * len(names) + row] = 1.0
    return _Crossed(indicators, len(names), len(others), answered)


def _main_effects(cells: _Crossed) -> Floats:
    """Indicators of row and column per cell, shape (cells, rows + columns)."""
    row = np.tile(np.eye(cells.rows), (cells.columns, 1))
    column = np.repeat(np.eye(cells.columns), cells.rows, axis=0)
    return np.hstack([row, column])


def _design_effects(design: Design, cells: _Crossed) -> tuple[Floats, float]:
    """The matrix of generalised design effects, and Pearson's statistic on the base."""
    moments = means(design, cells.indicators, cells.answered)
    shares, base = moments.values, int(cells.answered.sum())
    effects = _main_effects(cells)
    rank = cells.rows + cells.columns - 1
    contrasts = np.linalg.svd(effects, full_matrices=True)[0][:, rank:]
    inverse = np.divide(1.0, shares, out=np.zeros_like(shares), where=shares != 0)[:, None] * contrasts
    simple = contrasts.T @ inverse / base
    result: Floats = np.linalg.solve(simple, inverse.T @ moments.covariance @ inverse)
    margins = effects.T @ shares
    expected = np.outer(margins[cells.rows :], margins[: cells.rows]).ravel()
    return result, base * float(np.sum((shares - expected) ** 2 / expected))


def _wald(design: Design, cells: _Crossed) -> float:
    counts = totals(design, cells.indicators, cells.answered).values
    whole = counts.sum()
    effects = _main_effects(cells)
    margins = effects.T @ counts
    row, column = (
        effects[:, : cells.rows] @ margins[: cells.rows],
        effects[:, cells.rows :] @ margins[cells.rows :],
    )
    in_row = cells.indicators @ effects[:, : cells.rows] @ effects[:, : cells.rows].T
    in_column = cells.indicators @ effects[:, cells.rows :] @ effects[:, cells.rows :].T
    linearised = cells.indicators - (column * in_row + row * in_column) / whole + row * column / whole**2
    linearised = np.where(cells.answered, design.weights, 0.0)[:, None] * linearised
    free = [c * cells.rows + r for c in range(1, cells.columns) for r in range(1, cells.rows)]
    apart = (counts - row * column / whole)[free]
    spread = covariance(design, linearised[:, free], cells.answered)
    if np.linalg.matrix_rank(spread) < len(free):
        raise ValueError("the covariance of the cells cannot be inverted: too few sampled units for so many cells")
    return float(apart @ np.linalg.solve(spread, apart))
