"""Shares of the pages of a site, for processes that render at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

__all__ = ["WHOLE", "Share"]

Held = TypeVar("Held")


@dataclass(frozen=True)
class Share:
    """One of several shares: of any pages every so-manieth, so that no share holds all pages of a large kind.

    >>> [list(Share(number, 3).of("abcdefg")) for number in range(3)]
    [['a', 'd', 'g'], ['b', 'e'], ['c', 'f']]
    """

    number: int
    shares: int

    @property
    def is_first(self) -> bool:
        """Whether it is the share that files beside the pages go with."""
        return self.number == 0

    def of(self, pages: Iterable[Held]) -> Iterator[Held]:
        """The pages that are part of this share, in their order."""
        return islice(pages, self.number, None, self.shares)


WHOLE = Share(0, 1)
