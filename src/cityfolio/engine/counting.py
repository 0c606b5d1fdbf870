"""The protocol of engines: group the rows and count each response pattern. Nothing else is asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from cityfolio.model.edition import Edition, EditionRule
from cityfolio.model.variable import Kind, Variable

__all__ = [
    "Cell",
    "Counting",
    "Crossing",
    "JointCounts",
    "NumberCounts",
    "PatternCounts",
    "PatternWeights",
    "Weighed",
    "Weighing",
    "check_numbers",
    "check_rule",
    "variable_in",
]

Cell: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class PatternCounts:
    """How many units of each cell show each response pattern of one variable.

    A cell is a wave followed by one group key per kind of group ("" where the unit belongs to none of that kind), so
    cells never overlap and any roll-up is a sum of them.
    """

    variable: str
    kinds: tuple[str, ...]
    cells: Mapping[Cell, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Units taken together: how many, the sum of their weights, and the sum of the squares of their weights.

    All three add up over cells, waves and machines; shares and their standard errors follow from them
    (Särndal, Swensson and Wretman 1992, section 5.5).

    >>> Weighed(2, 3.0, 5.0) + Weighed(1, 0.5, 0.25)
    Weighed(number=3, weight=3.5, squares=5.25)
    """

    number: int
    weight: float
    squares: float

    def __add__(self, other: Weighed) -> Weighed:
        """Both together."""
        return Weighed(self.number + other.number, self.weight + other.weight, self.squares + other.squares)


@dataclass(frozen=True)
class PatternWeights:
    """How many units, of what weight, of each cell show each response pattern of one variable."""

    variable: str
    kinds: tuple[str, ...]
    weight: str
    cells: Mapping[Cell, Mapping[int, Weighed]]


@dataclass(frozen=True)
class NumberCounts:
    """How many units, of what weight, of each cell gave each number. Without a weight every unit weighs 1.

    Sums, means, quantiles and bands are arithmetic over these.
    """

    variable: str
    kinds: tuple[str, ...]
    weight: str
    cells: Mapping[Cell, Mapping[float, Weighed]]


@dataclass(frozen=True)
class JointCounts:
    """How many units of each cell show each pair of response patterns of two variables: what crosstabs are made of."""

    variables: tuple[str, str]
    kinds: tuple[str, ...]
    cells: Mapping[Cell, Mapping[tuple[int, int], int]]


def variable_in(codebook: Mapping[str, Variable], name: str) -> Variable:
    """The variable of that name.

    Raises:
        ValueError: if the codebook has none.
    """
    if name not in codebook:
        raise ValueError(f"the codebook has no variable {name!r}")
    return codebook[name]


def check_numbers(codebook: Mapping[str, Variable], names: Iterable[str]) -> None:
    """Only numbers can be counted as numbers.

    Raises:
        ValueError: if one of the variables is not in the codebook, or is no number.
    """
    for name in names:
        if variable_in(codebook, name).kind is not Kind.NUMBER:
            raise ValueError(f"{name} is no number variable, so there are no numbers to count")


def check_rule(edition: Edition) -> None:
    """Engines choose one response per unit; the latest answer of each variable would take several.

    Raises:
        ValueError: if the edition takes the latest answer of each variable.
    """
    if edition.rule is EditionRule.LATEST_ANSWER:
        raise ValueError(
            f"the edition {edition.id} takes the latest answer of each variable; engines take one response"
        )


class Counting(Protocol):
    """An engine. Each unit counts once in an edition, with its latest response among the edition's waves.

    In an edition of the matched panel only the units count that responded in every wave of it.
    """

    def count(self, edition: Edition, variables: Sequence[str], kinds: Sequence[str]) -> dict[str, PatternCounts]:
        """The pattern counts of each variable in the cells of these kinds of groups."""
        ...


class Crossing(Counting, Protocol):
    """An engine that counts two variables together."""

    def cross(self, edition: Edition, variables: tuple[str, str], kinds: Sequence[str]) -> JointCounts:
        """The counts of each pair of patterns in the cells of these kinds of groups."""
        ...


class Weighing(Crossing, Protocol):
    """An engine that knows weights and numbers too."""

    def weigh(
        self, edition: Edition, variables: Sequence[str], kinds: Sequence[str], weight: str
    ) -> dict[str, PatternWeights]:
        """The pattern counts of each variable with the sums of the weight and of its square."""
        ...

    def numbers(
        self, edition: Edition, variables: Sequence[str], kinds: Sequence[str], weight: str = ""
    ) -> dict[str, NumberCounts]:
        """How often each number was given to each number variable, with the sums of the weight."""
        ...
