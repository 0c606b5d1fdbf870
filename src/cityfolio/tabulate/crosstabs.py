"""Crosstabs of two choices: cells with row, column and total shares, and a test only where chance was at work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from cityfolio.harmonise.editions import answer_of
from cityfolio.model.edition import Group
from cityfolio.model.fact import Base, Fact, FactKey
from cityfolio.tabulate.moves import mask_of

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers
    from cityfolio.model.edition import Edition
    from cityfolio.model.variable import Variable

__all__ = ["ChiSquare", "Crosstab", "Drawn", "NoTest", "PairPatterns", "association", "pair_patterns"]

PairPatterns: TypeAlias = Mapping[str, Mapping[tuple[int, int], int]]
"""For each wave, how many units show each pair of patterns of two variables."""


def pair_patterns(
    answers: CodedAnswers, edition: Edition, row: str, column: str
) -> dict[str, dict[tuple[int, int], int]]:
    """The pairs of patterns in the latest responses of an edition: both answers of a unit are from one wave."""
    pairs: dict[str, dict[tuple[int, int], int]] = {}
    for unit in answers.by_unit:
        response = answers.latest(unit, edition.waves)
        if response is None:
            continue
        one, other = (answer_of(response, name, answers.variables[name].waves).pattern for name in (row, column))
        counts = pairs.setdefault(response.wave, {})
        counts[one, other] = counts.get((one, other), 0) + 1
    return pairs


@dataclass(frozen=True)
class Crosstab:
    """Two choices set against each other. The row is a single choice, so that its categories do not overlap.

    A unit counts in a cell's shares only if its wave offered both categories and it answered both questions.

    Raises:
        ValueError: if the row variable is no single choice.
    """

    row: Variable
    column: Variable
    pairs: PairPatterns

    def __post_init__(self) -> None:
        if not self.row.kind.takes_one:
            raise ValueError(f"the rows of a crosstab are a single choice; {self.row.id} is {self.row.kind.value}")

    def count(self, row: str, column: str) -> int:
        """How many units chose both categories."""
        return self._counted(row, column, mask_of(self.row, [row]), mask_of(self.column, [column]))

    def facts(self, edition: str) -> Iterator[Fact]:
        """For each cell the share of its row, of its column and of all units, where that base is not empty."""
        for row in self.row.by_code:
            for column in self.column.by_code:
                number = self.count(row, column)
                bases = {
                    "share_of_row": self._counted(row, column, mask_of(self.row, [row]), None),
                    "share_of_column": self._counted(row, column, None, mask_of(self.column, [column])),
                    "share_of_total": self._counted(row, column, None, None),
                }
                for measure, base in bases.items():
                    if base:
                        key = FactKey(edition, self.column.id, column, Group(self.row.id, row), measure)
                        yield Fact(key, number, Base(base), number / base)

    def _counted(self, row: str, column: str, row_bit: int | None, column_bit: int | None) -> int:
        return sum(
            number
            for wave, pairs in self.pairs.items()
            if wave in self.row.by_code[row].waves and wave in self.column.by_code[column].waves
            for (one, other), number in pairs.items()
            if one >= 0 and other >= 0 and _has(one, row_bit) and _has(other, column_bit)
        )


def _has(pattern: int, bit: int | None) -> bool:
    return bit is None or bool(pattern & bit)


class Drawn(Enum):
    """How the units came into the data."""

    WHOLE_LIST = "whole_list"
    SIMPLE_RANDOM_SAMPLE = "simple_random_sample"


class NoTest(Enum):
    """Why there is no test of association.

    `WHOLE_LIST`: all units of a fixed list were asked. A p-value answers "could drawing other units have produced this?", and
    no other units exist; those that stayed silent were not drawn by chance either.
    """

    WHOLE_LIST = "whole_list"
    TOO_FEW_CATEGORIES = "too_few_categories"
    NOT_EXCLUSIVE = "not_exclusive"


@dataclass(frozen=True)
class ChiSquare:
    """Pearson's test of independence. Below 5 expected in a cell (Cochran 1954) the p-value is rough."""

    statistic: float
    degrees_of_freedom: int
    p_value: float
    smallest_expected: float


def association(table: Crosstab, drawn: Drawn) -> ChiSquare | NoTest:
    """Whether rows and columns go together more than a simple random sample would show by chance.

    For stratified, clustered or weighted samples use `tabulate.sampling.association` (Rao and Scott) instead.
    """
    if drawn is Drawn.WHOLE_LIST:
        return NoTest.WHOLE_LIST
    if not table.column.kind.takes_one:
        return NoTest.NOT_EXCLUSIVE
    cells = {(r, c): table.count(r, c) for r in table.row.by_code for c in table.column.by_code}
    rows = {r: n for r in table.row.by_code if (n := sum(cells[r, c] for c in table.column.by_code))}
    columns = {c: n for c in table.column.by_code if (n := sum(cells[r, c] for r in table.row.by_code))}
    if len(rows) < 2 or len(columns) < 2:
        return NoTest.TOO_FEW_CATEGORIES
    return _pearson(cells, rows, columns)


def _pearson(cells: Mapping[tuple[str, str], int], rows: Mapping[str, int], columns: Mapping[str, int]) -> ChiSquare:
    from cityfolio.tabulate.sampling.quantile_functions import chi_square_tail

    everybody = sum(rows.values())
    expected = {(r, c): rows[r] * columns[c] / everybody for r in rows for c in columns}
    statistic = sum((cells[cell] - wanted) ** 2 / wanted for cell, wanted in expected.items())
    freedom = (len(rows) - 1) * (len(columns) - 1)
    return ChiSquare(statistic, freedom, chi_square_tail(statistic, freedom), min(expected.values()))
