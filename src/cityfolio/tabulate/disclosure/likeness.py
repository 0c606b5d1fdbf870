"""How many responses look alike in released microdata: k-anonymity and l-diversity over declared quasi-identifiers.

What somebody may know of a respondent from elsewhere (region, size, age) are its quasi-identifiers. A response hides
among those that are alike in all of them: among at least $k$ (Sweeney 2002), and what these say to a sensitive question
takes at least $l$ different values (Machanavajjhala et al. 2007).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Likeness", "likeness"]


@dataclass(frozen=True)
class Likeness:
    """How far the responses of `waves` are alike.

    `smallest` is $k$: how many are alike where the fewest are; 0 where there are none. `unique` is how many are like no
    other, `few` how many are alike with fewer than the minimum in all. `diversity` is $l$ for each sensitive question.
    """

    waves: tuple[str, ...]
    responses: int
    kinds: int
    smallest: int
    unique: int
    few: int
    diversity: Mapping[str, int] = field(default_factory=dict)


def likeness(
    waves: Sequence[str],
    known: Iterable[Sequence[str]],
    said: Mapping[str, Sequence[str]] | None = None,
    minimum: int = 0,
) -> Likeness:
    """The likeness of responses, from what is `known` of each, and what each `said` to the sensitive questions.

    >>> regions = [("north", "large"), ("north", "large"), ("south", "large"), ("north", "large")]
    >>> found = likeness(["2024"], regions, {"trust": ["full", "full", "some", "little"]}, minimum=3)
    >>> found.smallest, found.unique, found.few, found.kinds, found.diversity
    (1, 1, 1, 2, {'trust': 1})
    """
    alike: dict[tuple[str, ...], list[int]] = {}
    for place, held in enumerate(known):
        alike.setdefault(tuple(held), []).append(place)
    sizes = [len(places) for places in alike.values()]
    diversity = {
        name: min((len({answers[place] for place in places}) for places in alike.values()), default=0)
        for name, answers in (said or {}).items()
    }
    return Likeness(
        waves=tuple(waves),
        responses=sum(sizes),
        kinds=len(sizes),
        smallest=min(sizes, default=0),
        unique=sum(size == 1 for size in sizes),
        few=sum(size for size in sizes if size < minimum),
        diversity=diversity,
    )
