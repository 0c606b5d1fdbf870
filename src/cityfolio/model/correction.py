"""Corrections: what an answer said when it was given, what it says now, and why."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Correction"]


@dataclass(frozen=True, order=True)
class Correction:
    """One answer that was changed after it was given. The received answer is kept; who decided it is not kept here.

    `before` and `after` are what the cell of the response said and says; with a `category` of a question with several answers,
    whether it was chosen (`yes` or `no`). With `own_words` it is the words beside the answer that were changed.

    >>> Correction("2024", "alder-aa", "measures", "planting", "yes", "no", "Counted twice", "2026-05-20").subject
    'measures planting'
    """

    wave: str
    unit: str
    variable: str
    category: str
    before: str
    after: str
    reason: str
    date: str
    own_words: bool = False

    @property
    def column(self) -> str:
        """The column of the responses that holds the answer."""
        return f"{self.variable}_other" if self.own_words else self.variable

    @property
    def subject(self) -> str:
        """What was corrected: the column, and the category if it was one alone."""
        return f"{self.column} {self.category}".rstrip()
