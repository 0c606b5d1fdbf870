"""Bounds: between which values a number lies when part of it is not known."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Interval", "Part", "possible_share"]


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both included; None is open.

    >>> Interval(Fraction(1, 4), Fraction(1, 2)).holds(Fraction(1, 3))
    True

    Raises:
        ValueError: if `low` lies above `high`.
    """

    low: Fraction | None
    high: Fraction | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"an interval cannot go from {self.low} to {self.high}")

    def holds(self, value: Fraction) -> bool:
        """Whether the value lies in it."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Part:
    """So many of so many, exactly.

    >>> Part(44, 85).share
    Fraction(44, 85)

    Raises:
        ValueError: if the base is empty or the number lies outside it.
    """

    number: int
    base: int

    def __post_init__(self) -> None:
        if self.base <= 0 or not 0 <= self.number <= self.base:
            raise ValueError(f"a part needs 0 <= number <= base and a base above 0, not {self.number} of {self.base}")

    @property
    def share(self) -> Fraction:
        """The exact share."""
        return Fraction(self.number, self.base)


def possible_share(chosen: int, answered: int, silent: int) -> Interval:
    """The share that all could come to if the silent had answered: none of them "yes", to all of them.

    These are the worst-case bounds of Manski (1989, "Anatomy of the Selection Problem"); nothing is assumed about who is silent.

    >>> bounds = possible_share(44, 85, 5)
    >>> bounds.low, bounds.high
    (Fraction(22, 45), Fraction(49, 90))

    Raises:
        ValueError: if nobody could have answered.
    """
    everybody = answered + silent
    return Interval(Part(chosen, everybody).share, Part(chosen + silent, everybody).share)
