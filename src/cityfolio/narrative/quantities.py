"""Share words ("more than half") by published thresholds; never shown without the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Quantity", "share_words"]


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
