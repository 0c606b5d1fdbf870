"""Numbers: sums, means and quantiles, exact, from how often each number was given."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import ceil, lcm
from operator import mul
from typing import Generic, TypeAlias, TypeVar

from cityfolio.model.fact import Base, Fact, FactKey

__all__ = ["NumberTimes", "QuantileRule", "exact", "mean", "median", "number_facts", "quantile", "tally", "total"]

NumberTimes: TypeAlias = Mapping[Fraction, int] | Mapping[int, int]
"""How many units gave each number."""

_Number = TypeVar("_Number", int, Fraction)


# Up to here a float that is a whole number is written as that number.
_WHOLE = 10**15
_HALF = Fraction(1, 2)


class QuantileRule(Enum):
    """Which of the definitions of Hyndman and Fan (1996, "Sample Quantiles in Statistical Packages").

    - `INVERSE` (their type 1; `qrule="math"` of R's survey package): the smallest number that at least a share p does not exceed.
    - `AVERAGING` (type 2; `"school"`): the same, but the mean of two neighbours where exactly a share p is reached.
    - `LINEAR` (type 7; the default of R, NumPy and spreadsheets): by straight lines between the numbers in order.
    """

    INVERSE = 1
    AVERAGING = 2
    LINEAR = 7


@lru_cache(maxsize=10_000)  # a unit gives its number to every group it belongs to
def exact(number: float) -> Fraction:
    """The decimal number that was written: 0.1 is a tenth, not the binary number next to it.

    >>> exact(0.1)
    Fraction(1, 10)
    """
    whole = int(number)
    return Fraction(whole) if whole == number and abs(whole) < _WHOLE else Fraction(repr(float(number)))


def tally(numbers: Iterable[Fraction]) -> dict[Fraction, int]:
    """How often each number stands there, in ascending order.

    >>> tally([Fraction(3), Fraction(1), Fraction(3)])
    {Fraction(1, 1): 1, Fraction(3, 1): 2}
    """
    times: dict[Fraction, int] = {}
    for number in sorted(numbers):
        times[number] = times.get(number, 0) + 1
    return times


def total(times: NumberTimes) -> Fraction:
    """The sum of all numbers; 0 where there is none.

    >>> total({Fraction(1): 1, Fraction(3): 2})
    Fraction(7, 1)
    """
    return Fraction(sum(number * often for number, often in times.items()))


def mean(times: NumberTimes) -> Fraction | None:
    """The mean, or None where nobody gave a number.

    >>> mean({Fraction(1): 1, Fraction(3): 2}), mean({})
    (Fraction(7, 3), None)
    """
    base = sum(times.values())
    return total(times) / base if base else None


def median(times: NumberTimes) -> Fraction | None:
    """The median (types 2 and 7 agree on it), or None where nobody gave a number.

    >>> median({Fraction(1): 1, Fraction(2): 1})
    Fraction(3, 2)
    """
    return quantile(times, _HALF)


def quantile(times: NumberTimes, p: Fraction, rule: QuantileRule = QuantileRule.LINEAR) -> Fraction | None:
    """The p-quantile, or None where nobody gave a number.

    >>> one_to_four = tally(map(Fraction, (1, 2, 3, 4)))
    >>> [str(quantile(one_to_four, Fraction(1, 4), rule)) for rule in QuantileRule]
    ['1', '3/2', '7/4']

    Raises:
        ValueError: if p lies outside 0 to 1.
    """
    if not 0 <= p <= 1:
        raise ValueError(f"a quantile needs 0 <= p <= 1, not {p}")
    ordered = _Ordered({Fraction(number): often for number, often in times.items()})
    base = ordered.base
    if not base:
        return None
    if rule is QuantileRule.LINEAR:
        below, above, part = ordered.around(p)
        return below + Fraction(part, p.denominator) * (above - below)
    at = base * p
    found = ordered.at(max(1, ceil(at)))
    if rule is QuantileRule.AVERAGING and at == ceil(at) and 0 < at < base:
        return (found + ordered.at(ceil(at) + 1)) / 2
    return found


class _Ordered(Generic[_Number]):
    """Numbers in ascending order, each with how often it was given and how many are not above it."""

    def __init__(self, times: Mapping[_Number, int]) -> None:
        self.numbers: list[_Number] = sorted(number for number, often in times.items() if often)
        self.often = [times[number] for number in self.numbers]
        self.up_to = [*accumulate(self.often)]
        self.base = self.up_to[-1] if self.up_to else 0

    def at(self, position: int) -> _Number:
        """The number at a position (from 1) when all are put in order."""
        return self.numbers[bisect_left(self.up_to, position)]

    def around(self, p: Fraction) -> tuple[_Number, _Number, int]:
        """The two numbers that the p-quantile of type 7 lies between, and how far past the first, in parts of p's denominator."""
        before, part = divmod((self.base - 1) * p.numerator, p.denominator)
        below = self.at(before + 1)
        return below, self.at(before + 2) if part else below, part


def number_facts(
    key: FactKey,
    times: NumberTimes,
    excluded: Base,
    quantiles: Sequence[tuple[str, Fraction]] = (
        ("first_quartile", Fraction(1, 4)),
        ("third_quartile", Fraction(3, 4)),
    ),
) -> Iterator[Fact]:
    """What a number variable comes to in one group: count, sum, mean, median, quantiles (type 7), smallest and largest.

    `excluded` is the base with those left out; its count must be that of the numbers. Only the count of nobody is a fact
    (nobody gave a number, so there is no sum, and no sum of 0). The measure of `key` is replaced.

    Raises:
        ValueError: if the base does not count the numbers.
    """
    base = sum(times.values())
    if excluded.counted != base:
        raise ValueError(f"{key.id}: the base counts {excluded.counted} units, but {base} gave a number")
    if not base:
        return
    # Over one denominator all arithmetic is that of whole numbers, and the quotient of two of those is rounded once.
    scale = lcm(*(number.denominator for number in times))
    ordered = _Ordered({number.numerator * (scale // number.denominator): often for number, often in times.items()})
    whole = ordered.numbers
    all_of_them = sum(map(mul, whole, ordered.often))
    values = [
        ("sum", all_of_them / scale),
        ("mean", all_of_them / (base * scale)),
        ("median", _between(ordered, _HALF, scale)),
        ("smallest", whole[0] / scale),
        ("largest", whole[-1] / scale),
        *((name, _between(ordered, p, scale)) for name, p in quantiles),
    ]
    edition, variable, category, group, _, source = key
    for measure, value in values:
        yield Fact(FactKey(edition, variable, category, group, measure, source), None, excluded, value)


def _between(ordered: _Ordered[int], p: Fraction, scale: int) -> float:
    below, above, part = ordered.around(p)
    return (below * p.denominator + part * (above - below)) / (p.denominator * scale)
