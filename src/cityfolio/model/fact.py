"""The fact: a number that cannot exist without its base. Everything that is shown is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from cityfolio.formatting import whole_per_cent
from cityfolio.model.edition import Group
from cityfolio.model.missing import Missing

__all__ = ["INDICATORS", "PUBLISHED", "RESPONDED", "RESPONSES", "SURVEY", "Base", "Fact", "FactKey"]

RESPONSES = "responses"
PUBLISHED = "published"
# Figures about units that others measured, described by groups of answers.
INDICATORS = "indicators"
# A published figure about the survey itself: how many units answered it.
SURVEY = "_survey"
RESPONDED = "responded"


@dataclass(frozen=True)
class Base:
    """Who counts in one number, and who was left out, by reason.

    >>> base = Base(85, {Missing.NOT_ON_RECORD: 1})
    >>> base.units, base.left_out(Missing.NOT_OFFERED), base.is_empty
    (86, 0, False)

    Raises:
        ValueError: if a count is negative.
    """

    counted: int
    excluded: Mapping[Missing, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.counted < 0 or (self.excluded and min(self.excluded.values()) < 0):
            raise ValueError(f"a base cannot hold a negative count: {self}")
        object.__setattr__(self, "excluded", {r: n for r, n in self.excluded.items() if n} if self.excluded else {})

    @property
    def is_empty(self) -> bool:
        """Whether nobody counts: then there is no share, not a share of zero."""
        return self.counted == 0

    @property
    def units(self) -> int:
        """All units, those left out included."""
        return self.counted + sum(self.excluded.values())

    def left_out(self, reason: Missing) -> int:
        """How many units were left out for this reason."""
        return self.excluded.get(reason, 0)


class FactKey(NamedTuple):
    """What a fact is about. Its id is stable as long as these names are.

    A tuple, because thousands of facts are made and looked up by their keys in a few hundredths of a second.

    >>> from cityfolio.model.edition import ALL
    >>> FactKey("2018-2020", "has_strategy", "yes", ALL, "share").id
    '2018-2020.has_strategy.yes.all.share'
    """

    edition: str
    variable: str
    category: str
    group: Group
    measure: str
    source: str = RESPONSES

    @property
    def id(self) -> str:
        """The permanent id."""
        parts = (self.edition, self.variable, self.category or "_", self.group.id, self.measure)
        text = ".".join(parts)
        return f"{PUBLISHED}.{text}" if self.source == PUBLISHED else text


@dataclass(frozen=True, init=False)
class Fact:
    """A number with everything needed to check it.

    For `share`, numerator and base are there and the value is exactly their quotient. Published figures carry
    only what their source prints: `numerator`, `base` and `value` may each be None, and a `note` says so. Where the
    source prints words in place of a number ("more than half"), `phrase` holds them, and the note begins with them.
    A fact that is `withheld`, to protect single answers, has no number; it says why.

    >>> from cityfolio.model.edition import ALL
    >>> fact = Fact(FactKey("2018-2020", "has_strategy", "yes", ALL, "share"), 44, Base(85), 44 / 85)
    >>> fact.per_cent
    52

    Raises:
        ValueError: if a share lies outside 0 to 1, or the numerator outside its base.
    """

    key: FactKey
    numerator: int | None
    base: Base | None
    value: float | None
    note: str = ""
    url: str = ""
    phrase: str = ""
    withheld: str = ""

    def __init__(
        self,
        key: FactKey,
        numerator: int | None,
        base: Base | None,
        value: float | None,
        note: str = "",
        url: str = "",
        phrase: str = "",
        withheld: str = "",
    ) -> None:
        if value is not None and not 0 <= value <= 1 and key.measure.startswith("share"):
            raise ValueError(f"{key.id}: a share of {value} lies outside 0 to 1")
        if numerator is not None and base is not None and not 0 <= numerator <= base.counted:
            raise ValueError(f"{key.id}: the numerator {numerator} lies outside its base {base.counted}")
        # Written out, because a frozen dataclass would set one field after the other in three times the time.
        held = self.__dict__
        held["key"] = key
        held["numerator"] = numerator
        held["base"] = base
        held["value"] = value
        held["note"] = note
        held["url"] = url
        held["phrase"] = phrase
        held["withheld"] = withheld

    @cached_property
    def id(self) -> str:
        """The permanent id."""
        return self.key.id

    @property
    def per_cent(self) -> int:
        """The share in whole per cent.

        Raises:
            ValueError: if the fact has no numerator and base to compute it from.
        """
        if self.numerator is None or self.base is None:
            raise ValueError(f"{self.id} has no numerator and base")
        return whole_per_cent(self.numerator, self.base.counted)
