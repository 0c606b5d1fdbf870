"""What number variables come to in each group of an edition, from the numbers themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cityfolio.model.edition import ALL, Edition, Group
from cityfolio.model.fact import FactKey
from cityfolio.tabulate.base import answered_base, count_wave
from cityfolio.tabulate.numbers import exact, number_facts

if TYPE_CHECKING:
    from fractions import Fraction

    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.fact import Fact
    from cityfolio.model.variable import Variable

__all__ = ["number_variable_facts"]


def number_variable_facts(
    variable: Variable, edition: Edition, answers: CodedAnswers, groups: Mapping[tuple[str, str], tuple[Group, ...]]
) -> Iterator[Fact]:
    """Sum, mean, median, quartiles, smallest and largest by group; each unit once, with its latest response."""
    numbers: dict[Group, list[float]] = {}
    patterns: dict[Group, dict[str, dict[int, int]]] = {}
    for unit in answers.by_unit:
        response = answers.latest(unit, edition.waves)
        if response is None:
            continue
        answer = response.answers[variable.id]
        for group in (ALL, *groups[unit, response.wave]):
            counts = patterns.setdefault(group, {}).setdefault(response.wave, {})
            counts[answer.pattern] = counts.get(answer.pattern, 0) + 1
            if answer.number is not None:
                numbers.setdefault(group, []).append(answer.number)
    for group, given in sorted(numbers.items()):
        base = answered_base(variable, {wave: count_wave(counts) for wave, counts in patterns[group].items()})
        key = FactKey(edition.id, variable.id, "", group, "mean")
        yield from number_facts(key, _exactly(given), base)


def _exactly(numbers: Sequence[float]) -> dict[Fraction, int]:
    """How often each number was given, in ascending order; as fractions only once each."""
    return {exact(number): often for number, often in sorted(Counter(numbers).items())}
