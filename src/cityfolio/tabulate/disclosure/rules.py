"""Which counts are too small to be shown."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COMPLEMENTARY", "MINIMUM_BASE", "MINIMUM_NUMERATOR", "MINIMUM_REST", "DisclosureRule"]

MINIMUM_BASE = "minimum_base"
MINIMUM_NUMERATOR = "minimum_numerator"
MINIMUM_REST = "minimum_rest"
COMPLEMENTARY = "complementary"
"""Why a number is withheld: too few in the base, too few who gave the answer, too few who did not; or to protect another one."""


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

    @property
    def is_active(self) -> bool:
        """Whether anything is withheld at all."""
        return max(self.minimum_base, self.minimum_numerator, self.minimum_rest) > 0

    def hides_base(self, base: int) -> bool:
        """Whether so small a base has to be withheld. Nobody at all is no secret."""
        return 0 < base < self.minimum_base

    def hides_count(self, numerator: int, base: int) -> bool:
        """Whether the share has to be withheld."""
        return bool(self.reason(numerator, base))

    def reason(self, numerator: int, base: int) -> str:
        """Why the share has to be withheld, or nothing.

        >>> DisclosureRule(minimum_base=5, minimum_numerator=3).reason(2, 20)
        'minimum_numerator'
        """
        if self.hides_base(base):
            return MINIMUM_BASE
        if 0 < numerator < self.minimum_numerator:
            return MINIMUM_NUMERATOR
        return MINIMUM_REST if 0 < base - numerator < self.minimum_rest else ""
