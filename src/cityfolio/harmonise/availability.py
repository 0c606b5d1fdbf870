"""What each wave asked and offered: the notes on wave differences follow from the instruments by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cityfolio.model.edition import Edition
    from cityfolio.model.variable import Category, Variable

__all__ = ["WaveNote", "wave_notes"]


@dataclass(frozen=True)
class WaveNote:
    """A category that only some waves of an edition offered."""

    category: Category
    offered: tuple[str, ...]
    not_offered: tuple[str, ...]


def wave_notes(variable: Variable, edition: Edition) -> list[WaveNote]:
    """The categories that were not on the list in every wave of the edition that asked the question."""
    waves = tuple(wave for wave in edition.waves if wave in variable.waves)
    notes = []
    for category in variable.categories:
        offered = tuple(wave for wave in waves if wave in category.waves)
        if offered and offered != waves:
            notes.append(WaveNote(category, offered, tuple(w for w in waves if w not in offered)))
    return notes
