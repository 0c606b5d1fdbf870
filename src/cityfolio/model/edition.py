"""Editions (published selections of waves) and groups (units taken together)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

__all__ = ["ALL", "Band", "Edition", "EditionRule", "Group", "GroupRule"]

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


class EditionRule(Enum):
    """Which answer of a unit counts in an edition.

    - `LATEST_RESPONSE`: everything from the unit's latest response. Answers of one unit belong together.
    - `LATEST_ANSWER`: for each variable the latest answer, from whichever wave. Fewer gaps, but answers of different years
      stand side by side. A later *routed past* outdoes an earlier answer: it follows from what the unit said later.
    - `MATCHED_PANEL`: the latest response, of units that took part in every wave of the edition.
    """

    LATEST_RESPONSE = "latest_response"
    LATEST_ANSWER = "latest_answer"
    MATCHED_PANEL = "matched_panel"


@dataclass(frozen=True)
class Edition:
    """A published selection of waves; each unit counts once, by the rule: with its latest response unless said otherwise.

    >>> Edition("2018-2020", ("2018", "2020")).is_pooled
    True
    """

    id: str
    waves: tuple[str, ...]
    title: str = ""
    rule: EditionRule = EditionRule.LATEST_RESPONSE

    @property
    def is_pooled(self) -> bool:
        """Whether more than one wave is in it."""
        return len(self.waves) > 1


class Group(NamedTuple):
    """Units taken together: all of them, or those with one value of one attribute.

    >>> Group("continent", "EU").id, ALL.id
    ('continent:EU', 'all')
    """

    kind: str
    key: str = ""

    @property
    def id(self) -> str:
        """The id as files write it."""
        return f"{self.kind}:{self.key}" if self.key else self.kind

    @property
    def address(self) -> str:
        """The id as part of an address: a folder below `groups/`, whatever letters a key of the data has.

        >>> Group("continent", "EU").address, Group("country", "Côte d'Ivoire/..").address
        ('continent-EU', 'country-C~f4te~20d~27Ivoire~2f~2e~2e')
        """
        kind, key = (_UNSAFE.sub(lambda letter: f"~{ord(letter[0]):x}", part) for part in (self.kind, self.key))
        # A kind may hold a hyphen itself, a key as well: only the one between them stays bare in front.
        return f"{kind.replace('-', '~2d')}-{key}" if self.key else kind


ALL = Group("all")


@dataclass(frozen=True)
class Band:
    """A range of a number: from `low` (included) up to `below` (not included); None is open."""

    key: str
    label: str
    low: float | None
    below: float | None

    def holds(self, number: float) -> bool:
        """Whether the number lies in the band."""
        return (self.low is None or number >= self.low) and (self.below is None or number < self.below)


@dataclass(frozen=True)
class GroupRule:
    """How units are put into groups of one kind: by an attribute of the unit, or by bands of a number variable.

    `labels` names keys for readers; a key without a label is shown by `label_attribute` or as it is.
    """

    kind: str
    title: str
    attribute: str = ""
    label_attribute: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    variable: str = ""
    bands: tuple[Band, ...] = ()
