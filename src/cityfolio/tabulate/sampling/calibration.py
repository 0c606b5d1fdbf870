"""Weights brought to known totals of any auxiliary variables (linear calibration, generalised regression)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cityfolio.tabulate.sampling.adjustments import Calibrated

if TYPE_CHECKING:
    from cityfolio.tabulate.sampling.arrays import Floats
    from cityfolio.tabulate.sampling.design import Design

__all__ = ["calibrate"]


def calibrate(design: Design, auxiliary: Floats, totals: Floats) -> Design:
    """The design with the weights nearest to its own that give the totals, shape (p,), of `auxiliary`,
    (records, p).

    Nearest in the chi-square distance of Deville and Särndal (1992); weights may become negative.

    >>> from cityfolio.tabulate.sampling.design import declare
    >>> auxiliary = np.array([[1.0, 2.0], [1.0, 4.0], [1.0, 6.0]])
    >>> design = calibrate(declare(3), auxiliary, np.array([30.0, 126.0]))
    >>> (design.weights @ auxiliary).round(6).tolist()
    [30.0, 126.0]

    Raises:
        ValueError: if an auxiliary value is missing, or one column can be made from the others.
    """
    if np.isnan(auxiliary).any():
        raise ValueError("every record needs every auxiliary value; calibrate on columns without gaps")
    if np.linalg.matrix_rank(auxiliary) < auxiliary.shape[1]:
        raise ValueError("an auxiliary column follows from the others; leave it out")
    roots = np.sqrt(design.weights)
    basis, triangle = np.linalg.qr(auxiliary * roots[:, None])
    missing = totals - design.weights @ auxiliary
    steps = np.linalg.solve(triangle, np.linalg.solve(triangle.T, missing))
    factors = 1 + auxiliary @ steps
    return design.adjusted(Calibrated(basis, factors * roots), design.weights * factors)
