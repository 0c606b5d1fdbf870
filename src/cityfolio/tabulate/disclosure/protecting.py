"""What else has to be withheld so that a count that is withheld cannot be worked out again.

The argument is one of exchange. Two responses that are counted in the same published columns can exchange their answers, and
nothing published changes; so a reader cannot tell which of them gave which. A withheld count is safe if such exchanges would
change it. Where they would not, the columns that tell its responses apart from others are withheld too, the cheapest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cityfolio.tabulate.disclosure.auditing import possible_count
from cityfolio.tabulate.disclosure.exchanges import Exchange, ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cityfolio.tabulate.disclosure.crowd import Bools, Counts

__all__ = ["withhold_more"]

_MOST_TRIED = 40
# Costs are at least 1, so anything below is the rounding of sums.
_NOTHING = 0.5


def withhold_more(exchange: Exchange, published: Bools, targets: Bools, last_resort: Bools) -> Bools:
    """The columns that may stay published so that no target can be worked out.

    Before a column of the `last_resort` (the figures of all units) is withheld, the exact audit is asked whether the target
    can really be worked out: exchanges are not the only tables a reader has to think possible.
    """
    # What is safe stays safe when more is withheld, so only what was exposed is looked at again.
    while len(targets := targets[ranges(exchange, published, targets) < 1]):
        closing = _cheapest(exchange, published, targets[0])
        is_costly = bool((closing & last_resort).any())
        if is_costly and not exchange.enough and possible_count(exchange, published, targets[0]).is_wide(1):
            targets = targets[1:]
            continue
        published = published & ~closing
    return published


def _cheapest(exchange: Exchange, published: Bools, target: Bools) -> Bools:
    """The columns whose withholding lets some of the target exchange with others, at the least cost.

    A class of the target and one outside it come together if all columns go that hold one of them only. If nobody is there to
    exchange with, all columns of a class of the target go. Of a large target only the classes that few columns hold are tried.
    """
    shown = np.flatnonzero(published)
    open_to = exchange.member[:, shown].astype(np.float64)
    costs = open_to @ exchange.costs[shown]
    inside = np.flatnonzero(target & (exchange.may > 0))
    inside = inside[np.argsort(costs[inside], kind="stable")[:_MOST_TRIED]]
    outside = np.flatnonzero(~target & (exchange.may > 0))
    closing = np.zeros_like(published)
    pair = _closest_pair(exchange, open_to * exchange.costs[shown], inside, outside)
    if pair is None:
        closing[shown] = open_to[inside[0]] > 0
    else:
        closing[shown] = open_to[pair[0]] != open_to[pair[1]]
    return closing


def _closest_pair(
    exchange: Exchange, weighed: NDArray[np.float64], inside: Counts, outside: Counts
) -> tuple[int, int] | None:
    """A class inside and one outside that can exchange answers, the least of columns apart; None if there is none.

    It has to cost less than withholding all columns of a class inside.
    """
    costs = weighed.sum(axis=1)
    shared = weighed[inside] @ (weighed[outside] > 0).T
    apart = costs[inside][:, None] + costs[outside][None, :] - 2 * shared
    holds = exchange.holds[inside][:, None] + exchange.holds[outside][None, :]
    may = exchange.may[inside][:, None] + exchange.may[outside][None, :]
    fits = (exchange.kinds[inside][:, None] == exchange.kinds[outside][None, :]) & (holds > 0)
    # Those that are together already are too few, if it is numbers that have to hide among enough others.
    fits &= apart > _NOTHING if exchange.enough else holds < may
    apart = np.where(fits, apart, np.inf)
    if not apart.size or apart.min() >= costs[inside].min():
        return None
    row, line = np.unravel_index(int(apart.argmin()), apart.shape)
    return int(inside[row]), int(outside[line])
