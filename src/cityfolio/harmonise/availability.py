"""What each wave asked and offered: the notes on wave differences follow from the instruments by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.harmonise.breaks import breaks_within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cityfolio.model.edition import Edition
    from cityfolio.model.variable import Category, Variable

__all__ = ["WaveNote", "edition_notes", "wave_notes"]


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


def edition_notes(variable: Variable, edition: Edition) -> Iterator[str]:
    """What a reader of a table should know: categories of some waves only, and whom the question was for."""
    for note in wave_notes(variable, edition):
        yield f"{note.category.label}: offered in {' and '.join(note.offered)} only."
    if variable.universe:
        yield f"Asked of: {variable.universe}."
    if variable.counting:
        yield variable.counting
    for one in breaks_within(variable, edition):
        what = variable.by_code[one.category].label if one.category in variable.by_code else variable.label
        yield f"{what}: answers up to {one.earlier} and from {one.later} on cannot be compared."
