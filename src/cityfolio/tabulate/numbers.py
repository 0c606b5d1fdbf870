"""Numbers: sums, means and quantiles, exact, from how often each number was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from math import ceil, lcm
from typing import TypeAlias

from cityfolio.model.fact import Base, Fact, FactKey

__all__ = ["NumberTimes", "QuantileRule", "exact", "mean", "median", "number_facts", "quantile", "tally", "total"]

NumberTimes: TypeAlias = Mapping[Fraction, int] | Mapping[int, int]
"""How many units gave each number."""


# Up to here a float that is a whole number is written as that number.
_WHOLE = 10**15


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
    return quantile(times, Fraction(1, 2))


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
    base = sum(times.values())
    if not base:
        return None
    if rule is QuantileRule.LINEAR:
        before, part = divmod((base - 1) * p.numerator, p.denominator)
        below, above = _in_order(times, before + 1), _in_order(times, min(before + 2, base))
        return Fraction(below) + (Fraction(part, p.denominator) * (above - below) if part and above != below else 0)
    at = base * p
    found = Fraction(_in_order(times, max(1, ceil(at))))
    if rule is QuantileRule.AVERAGING and at == ceil(at) and 0 < at < base:
        return (found + _in_order(times, ceil(at) + 1)) / 2
    return found


def _in_order(times: NumberTimes, position: int) -> Fraction | int:
    """The number at a position (from 1) when all are put in order."""
    passed = 0
    given = sorted((number, often) for number, often in times.items() if often)
    for number, often in given:
        passed += often
        if passed >= position:
            return number
    return given[-1][0]


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
    # Over one denominator all arithmetic is that of whole numbers, which is many times as fast.
    scale = lcm(*(number.denominator for number in times))
    whole = {number.numerator * (scale // number.denominator): often for number, often in times.items()}
    values: list[tuple[str, Fraction | int | None]] = [
        ("sum", total(whole)),
        ("mean", mean(whole)),
        ("median", median(whole)),
        ("smallest", min(whole)),
        ("largest", max(whole)),
        *((name, quantile(whole, p)) for name, p in quantiles),
    ]
    for measure, value in values:
        if value is not None:
            measured = FactKey(key.edition, key.variable, key.category, key.group, measure, key.source)
            yield Fact(measured, None, excluded, float(Fraction(value.numerator, value.denominator * scale)))
