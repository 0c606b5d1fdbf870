"""How much room the lines of a sheet get, so that it ends on a page that is worth turning to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["END", "ROOMS", "LaidOut", "best_of"]

END = "end"
"""The id of what stands last on a sheet that may be given more or less room; other sheets are printed as they are."""

ROOMS = tuple(
    f":root {{ --line: {line}; --size: {size}; --leading: {leading}; --apart: {apart} }}"
    for line, size, leading, apart in (
        ("1.5mm", "8.5pt", "1.34", "4.5mm"),
        (".8mm", "8pt", "1.3", "4mm"),
        (".35mm", "7.5pt", "1.26", "3.2mm"),
    )
)
"""Styles that give the lines of a sheet room, the most first: rows and size of comparisons, lines and sections of profiles."""
_MOST_PAGES = 4
_WORTH_A_PAGE = 0.4


@dataclass(frozen=True)
class LaidOut:
    """A sheet that was laid out: its pages, how far down the last one it ends (1 is the foot), and what can be written."""

    pages: int
    filled: float
    document: Any

    @property
    def reads_well(self) -> bool:
        """Whether it has few pages and ends on one that is not nearly empty; a single page may be as short as it is."""
        return self.pages == 1 or (self.pages <= _MOST_PAGES and self.filled >= _WORTH_A_PAGE)


def best_of(sheets: Iterable[Callable[[], LaidOut]]) -> LaidOut:
    """The first that reads well. Where none does: one of few pages before one of many, then the one with the fullest last page.

    >>> best_of([lambda: LaidOut(2, 0.1, "roomy"), lambda: LaidOut(1, 0.9, "tight")]).document
    'tight'
    >>> best_of([lambda: LaidOut(5, 0.8, "roomy"), lambda: LaidOut(4, 0.2, "less"), lambda: LaidOut(4, 0.1, "tight")]).document
    'less'
    """
    found = []
    for lay_out in sheets:
        found.append(lay_out())
        if found[-1].reads_well:
            return found[-1]
    return min(found, key=lambda sheet: (max(sheet.pages, _MOST_PAGES), -sheet.filled))
