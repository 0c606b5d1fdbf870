"""anonymity.json: how many responses are alike in what somebody may know of them from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic_core import to_json

if TYPE_CHECKING:
    from cityfolio.publish.dataset import Dataset
    from cityfolio.tabulate.disclosure.likeness import Likeness

__all__ = ["anonymity_in_words", "anonymity_json"]


def anonymity_json(dataset: Dataset) -> bytes:
    """The report for machines: by wave, and for all waves of a unit taken together."""
    content = {
        "format": 1,
        "title": dataset.title,
        "quasi_identifiers": dataset.quasi_identifiers,
        "waves": [
            {
                "waves": found.waves,
                "responses": found.responses,
                "kinds": found.kinds,
                "k": found.smallest,
                "unique": found.unique,
                "l": found.diversity,
            }
            for found in dataset.likeness
        ],
    }
    return to_json(content, indent=1) + b"\n"


def anonymity_in_words(dataset: Dataset) -> Iterator[str]:
    """The report for people, sentence by sentence; nothing where nothing is declared."""
    if not dataset.likeness:
        return
    yield f"Responses are alike if these are: {', '.join(dataset.quasi_identifiers)}."
    yield from (_line(found) for found in dataset.likeness)


def _line(found: Likeness) -> str:
    if len(found.waves) > 1:
        what = f"Units with all their responses ({', '.join(found.waves)})"
    else:
        what = f"Responses of {found.waves[0]}"
    line = f"{what}: {found.responses}, of which {found.unique} are like no other; the fewest alike are {found.smallest} (k)"
    diverse = ", ".join(f"{name} {number}" for name, number in found.diversity.items())
    return f"{line}; different answers among those alike, at least (l): {diverse}." if diverse else f"{line}."
