"""Numbers and ranges together: totals, means and quantiles with bounds, never with a midpoint put in."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cityfolio.model.quantity import Quantity, Range
from cityfolio.tabulate.intervals import Interval
from cityfolio.tabulate.numbers import QuantileRule, quantile, tally

__all__ = ["certain_and_possible", "mean_bounds", "quantile_bounds", "total_bounds"]


def total_bounds(quantities: Sequence[Quantity]) -> Interval:
    """Between which sums the total lies; an end is open if that of any range is.

    >>> from cityfolio.model.quantity import read_quantity
    >>> total_bounds([read_quantity(text) for text in ("3", "4-6", "more than 100")])
    Interval(low=Fraction(107, 1), high=None)

    Raises:
        ValueError: if one of them is words: it would have to be left out, and the base with it.
    """
    lows, highs = _ends(quantities)
    return Interval(
        None if None in lows else sum((low for low in lows if low is not None), Fraction(0)),
        None if None in highs else sum((high for high in highs if high is not None), Fraction(0)),
    )


def mean_bounds(quantities: Sequence[Quantity]) -> Interval | None:
    """Between which values the mean lies, or None where there is no amount.

    Raises:
        ValueError: if one of them is words.
    """
    if not quantities:
        return None
    total, base = total_bounds(quantities), len(quantities)
    return Interval(None if total.low is None else total.low / base, None if total.high is None else total.high / base)


def quantile_bounds(
    quantities: Sequence[Quantity], p: Fraction, rule: QuantileRule = QuantileRule.INVERSE
) -> Interval | None:
    """Between which values a quantile lies, or None where there is no amount.

    Quantiles never fall when an amount rises, so the ends are the quantiles of all lower and of all upper bounds. An open end
    matters only if the quantile itself falls on it: the median of 1, 2 and "over 100" is 2.

    >>> from cityfolio.model.quantity import read_quantity
    >>> quantile_bounds([read_quantity(text) for text in ("1", "2", "over 100")], Fraction(1, 2))
    Interval(low=Fraction(2, 1), high=Fraction(2, 1))

    Raises:
        ValueError: if one of them is words, or p lies outside 0 to 1.
    """
    if not quantities:
        return None
    lows, highs = _ends(quantities)
    return Interval(_open_quantile(lows, p, rule, -1), _open_quantile(highs, p, rule, 1))


def certain_and_possible(
    quantities: Sequence[Quantity], low: Fraction | None, below: Fraction | None
) -> tuple[int, int]:
    """How many amounts surely lie in a band (from `low`, below `below`), and how many may.

    >>> from cityfolio.model.quantity import read_quantity
    >>> amounts = [read_quantity(text) for text in ("3", "4-6", "over 25", "over 5")]
    >>> certain_and_possible(amounts, Fraction(5), None)
    (2, 3)

    Raises:
        ValueError: if one of them is words.
    """
    ranges = [_as_range(quantity) for quantity in quantities]
    return sum(_surely(one, low, below) for one in ranges), sum(_may(one, low, below) for one in ranges)


def _as_range(quantity: Quantity) -> tuple[Fraction | None, Fraction | None, bool, bool]:
    if isinstance(quantity, Range):
        return quantity.low, quantity.high, quantity.low_included, quantity.high_included
    if isinstance(quantity, str):
        raise ValueError(f'"{quantity}" states no amount: leave it out, and count it among those without one')  # noqa: TRY004
    return quantity, quantity, True, True


def _surely(
    one: tuple[Fraction | None, Fraction | None, bool, bool], low: Fraction | None, below: Fraction | None
) -> bool:
    lowest, highest, _, top_included = one
    from_low = low is None or (lowest is not None and lowest >= low)
    to_below = below is None or (highest is not None and (highest < below or (highest == below and not top_included)))
    return from_low and to_below


def _may(
    one: tuple[Fraction | None, Fraction | None, bool, bool], low: Fraction | None, below: Fraction | None
) -> bool:
    lowest, highest, _, top_included = one
    reaches = low is None or highest is None or highest > low or (highest == low and top_included)
    starts = below is None or lowest is None or lowest < below
    return reaches and starts


def _ends(quantities: Sequence[Quantity]) -> tuple[list[Fraction | None], list[Fraction | None]]:
    ranges = [_as_range(quantity) for quantity in quantities]
    return [one[0] for one in ranges], [one[1] for one in ranges]


def _open_quantile(ends: list[Fraction | None], p: Fraction, rule: QuantileRule, sign: int) -> Fraction | None:
    """The quantile where None is beyond every number, or None if it falls on an open end."""
    known = [end for end in ends if end is not None]
    beyond = sign * (max((abs(end) for end in known), default=Fraction(0)) + 1)
    numbers = tally([beyond if end is None else end for end in ends])
    found = quantile(numbers, p, rule)
    # Numbers put in for open ends stand beyond every known one, so a quantile past the known ones leans on an open end.
    limit = max(known, default=None) if sign > 0 else min(known, default=None)
    if None in ends and (limit is None or found is None or sign * (found - limit) > 0):
        return None
    return found
