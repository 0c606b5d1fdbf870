"""Share words ("more than half") by published thresholds; never shown without the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

__all__ = ["Quantity", "open_share", "share_words"]


@dataclass(frozen=True)
class Quantity:
    """Words for the shares from `low` (included, unless `above` says otherwise) up to `high` (not included, unless it is 1)."""

    words: str
    low: Fraction
    high: Fraction

    def holds(self, numerator: int, base: int) -> bool:
        """Whether the words stand for this share, compared exactly. A band of no width stands for exactly that share."""
        over_low = numerator * self.low.denominator - self.low.numerator * base
        under_high = self.high.numerator * base - numerator * self.high.denominator
        return over_low == under_high == 0 if self.low == self.high else over_low >= 0 < under_high


def share_words(numerator: int, base: int, quantities: Sequence[Quantity]) -> str | None:
    """The first words whose band holds the exact share, or None where no words fit.

    >>> half = Quantity("half", Fraction(1, 2), Fraction(1, 2))
    >>> most = Quantity("more than half", Fraction(1, 2), Fraction(1))
    >>> share_words(43, 86, [half, most]), share_words(44, 86, [half, most]), share_words(1, 86, [half, most])
    ('half', 'more than half', None)
    """
    return next((quantity.words for quantity in quantities if quantity.holds(numerator, base)), None)


def open_share(quantities: Sequence[Quantity]) -> Fraction | None:
    """A share from 0 to 1 that no words stand for, the smallest that is found; None where all have words.

    >>> half = Quantity("up to half", Fraction(0), Fraction(1, 2))
    >>> open_share([half]), open_share([half, Quantity("half and more", Fraction(1, 2), Fraction(2))])
    (Fraction(1, 2), None)
    """
    ends = {Fraction(0), Fraction(1), *(end for one in quantities for end in (one.low, one.high) if 0 <= end <= 1)}
    tried = sorted({*ends, *((low + high) / 2 for low, high in pairwise(sorted(ends)))})
    return next((share for share in tried if share_words(share.numerator, share.denominator, quantities) is None), None)
