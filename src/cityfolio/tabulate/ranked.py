"""Ranked answers: first choices, the k best, mean ranks, with ties, from patterns that hold a rank per category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.model.ranking import rank_at, ranks_pattern
from cityfolio.tabulate.base import WavePatterns, base_of, count_wave

if TYPE_CHECKING:
    from cityfolio.model.edition import Group
    from cityfolio.model.variable import Category, Variable

__all__ = ["FIRST", "MEAN_RANK", "RANKED", "first_and_top", "mean_ranks", "ranking_pattern", "ranks_of"]

FIRST = "share_first"
RANKED = "share_ranked"
MEAN_RANK = "mean_rank"


def ranking_pattern(variable: Variable, ranks: Mapping[str, int]) -> int:
    """The response pattern of a ranking: a few bits per category hold its rank, 0 for "not ranked".

    `ranks` starts at 1; categories may share a rank. Ranks are as the unit gave them ("1, 2, 2, 4" or "1, 2, 2, 3").

    >>> from cityfolio.model.variable import Category, Kind, Variable
    >>> codes = tuple(Category(code, code, ("2018",)) for code in ("roads", "rents", "rain"))
    >>> goals = Variable("goals", Kind.RANKED, "Goals", ("2018",), codes)
    >>> pattern = ranking_pattern(goals, {"rain": 1, "roads": 2})
    >>> pattern, ranks_of(goals, pattern)
    (18, {'roads': 2, 'rain': 1})

    Raises:
        ValueError: if a rank is below 1 or above the number of categories.
        KeyError: if the variable has no such category.
    """
    places = {category.code: place for place, category in enumerate(variable.categories)}
    held = [0] * len(places)
    for code, rank in ranks.items():
        if rank < 1:
            raise ValueError(f"{code}: a rank from 1 to {len(places)} was wanted, not {rank}")
        held[places[code]] = rank
    return ranks_pattern(held)


def ranks_of(variable: Variable, pattern: int) -> dict[str, int]:
    """The rank of each category that was ranked.

    Raises:
        ValueError: if the pattern is a missing reason.
    """
    if pattern < 0:
        raise ValueError(f"{pattern} is a missing reason, not a ranking")
    number = len(variable.categories)
    ranks = {category.code: rank_at(pattern, place, number) for place, category in enumerate(variable.categories)}
    return {code: rank for code, rank in ranks.items() if rank}


def first_and_top(
    variable: Variable, edition: str, group: Group, patterns: WavePatterns, top: int = 3
) -> Iterator[Fact]:
    """For each category the share that ranked it first, among the `top` best, and at all; of those who could rank it.

    Two categories that share the first rank are both a first choice, so the shares may add up to more than 1.
    """
    for category, ranks, base in _by_category(variable, patterns):
        if base.is_empty:
            continue
        for measure, worst in ((FIRST, 1), (f"share_top_{top}", top), (RANKED, len(variable.categories))):
            numerator = sum(number for rank, number in ranks.items() if rank <= worst)
            key = FactKey(edition, variable.id, category.code, group, measure)
            yield Fact(key, numerator, base, numerator / base.counted)


def mean_ranks(variable: Variable, edition: str, group: Group, patterns: WavePatterns) -> Iterator[Fact]:
    """The mean rank of each category among the units that ranked it; low is good.

    Units that answered without ranking the category are not in this base: a mean rank stands beside the share that ranked
    it at all, or a category that one unit put first would beat one that all put second.
    """
    for category, ranks, base in _by_category(variable, patterns):
        ranking = sum(ranks.values())
        if ranking:
            value = Fraction(sum(rank * number for rank, number in ranks.items()), ranking)
            key = FactKey(edition, variable.id, category.code, group, MEAN_RANK)
            yield Fact(key, None, Base(ranking, base.excluded), float(value))


def _by_category(variable: Variable, patterns: WavePatterns) -> Iterator[tuple[Category, dict[int, int], Base]]:
    waves = {wave: count_wave(counts) for wave, counts in patterns.items()}
    for category in variable.categories:
        ranks: dict[int, int] = {}
        for wave, counts in patterns.items():
            for pattern, number in counts.items() if wave in category.waves else ():
                rank = ranks_of(variable, pattern).get(category.code, 0) if pattern >= 0 else 0
                if rank:
                    ranks[rank] = ranks.get(rank, 0) + number
        yield category, ranks, base_of(category, variable, waves)
