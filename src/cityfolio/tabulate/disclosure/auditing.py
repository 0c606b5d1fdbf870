"""The audit: what an attacker who sees everything published can work out about what is not.

The smallest and the largest whole number that all published counts allow, by integer linear programming (Fischetti and
Salazar 2001, "Solving the Cell Suppression Problem"; the auditing problem of Hundepool et al. 2012, "Statistical Disclosure
Control", section 4.3). It is exact, and takes a thousand times as long as looking for exchanges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cityfolio.tabulate.disclosure.crowd import Bools
    from cityfolio.tabulate.disclosure.exchanges import Exchange

__all__ = ["PossibleCount", "possible_count"]


@dataclass(frozen=True)
class PossibleCount:
    """The counts that something may have for all a reader can tell: from `low` to `high`.

    >>> PossibleCount(2, 2).is_wide(1), PossibleCount(2, 4).is_wide(1)
    (False, True)
    """

    low: int
    high: int

    def is_wide(self, protection: int) -> bool:
        """Whether at least `protection` further counts beside the true one are possible."""
        return self.high - self.low >= protection


def possible_count(exchange: Exchange, published: Bools, target: Bools) -> PossibleCount:
    """The counts that the target may have for a reader who sees the published columns, and how many could be counted.

    >>> from cityfolio.tabulate.disclosure.exchanges import Exchange
    >>> exchange = Exchange(np.array([[True, True], [True, False]]), np.array([2, 7]), np.array([5, 9]), np.ones(2), np.zeros(2))
    >>> south = np.array([True, False])
    >>> possible_count(exchange, np.array([True, False]), south), possible_count(exchange, np.array([True, True]), south)
    (PossibleCount(low=0, high=5), PossibleCount(low=2, high=2))
    """
    low, high = (_extreme(exchange, published, target, sign) for sign in (1, -1))
    return PossibleCount(low, high)


def _extreme(exchange: Exchange, published: Bools, target: Bools, sign: int) -> int:
    """The smallest (sign 1) or largest (sign -1) count of the target.

    Raises:
        RuntimeError: if the solver gives none: the true counts are always a solution, so it has failed.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    matrix = exchange.member[:, published].T.astype(np.float64)
    known = matrix @ exchange.holds
    found = milp(
        sign * target,
        integrality=np.ones(len(target)),
        bounds=Bounds(0, exchange.may),
        constraints=LinearConstraint(matrix, known, known),
    )
    if not found.success:
        raise RuntimeError(f"the audit could not be computed, so nothing may be published on it: {found.message}")
    return sign * round(float(found.fun))
