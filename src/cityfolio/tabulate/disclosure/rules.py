"""Which counts are too small to be shown."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DisclosureRule"]


@dataclass(frozen=True)
class DisclosureRule:
    """The smallest counts that may be shown. 0 switches a rule off; with all at 0 nothing is withheld.

    - `minimum_base`: how many units a share needs in its base.
    - `minimum_numerator`: how many units, if any, must have chosen a category.
    - `minimum_rest`: how many units, if any, must not have chosen it: "all but one" points at the one.

    A count of zero points at nobody and may be shown; where the base is too small nothing in it may.

    >>> rule = DisclosureRule(minimum_base=5, minimum_numerator=3, minimum_rest=3)
    >>> [rule.hides_count(*case) for case in ((2, 20), (0, 20), (18, 20), (10, 20), (0, 4))]
    [True, False, True, False, True]

    Raises:
        ValueError: if a minimum is negative.
    """

    minimum_base: int = 0
    minimum_numerator: int = 0
    minimum_rest: int = 0

    def __post_init__(self) -> None:
        if min(self.minimum_base, self.minimum_numerator, self.minimum_rest) < 0:
            raise ValueError(f"the smallest count that may be shown cannot be negative: {self}")

    def hides_base(self, base: int) -> bool:
        """Whether so small a base has to be withheld. Nobody at all is no secret."""
        return 0 < base < self.minimum_base

    def hides_count(self, numerator: int, base: int) -> bool:
        """Whether the share has to be withheld."""
        return (
            self.hides_base(base) or 0 < numerator < self.minimum_numerator or 0 < base - numerator < self.minimum_rest
        )
