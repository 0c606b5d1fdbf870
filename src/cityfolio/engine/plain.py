"""The engine for small programmes: counting in plain Python costs less than connecting to anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cityfolio.engine.counting import Cell, JointCounts, PatternCounts
from cityfolio.model.edition import EditionRule

if TYPE_CHECKING:
    from cityfolio.model.answer import CodedAnswers, Response
    from cityfolio.model.edition import Edition, Group

__all__ = ["PlainEngine"]


@dataclass(frozen=True)
class PlainEngine:
    """Counts the patterns of coded answers in memory.

    `groups` gives the groups of each response by unit and wave: at most one of each kind.
    """

    answers: CodedAnswers
    groups: Mapping[tuple[str, str], tuple[Group, ...]]

    def count(self, edition: Edition, variables: Sequence[str], kinds: Sequence[str]) -> dict[str, PatternCounts]:
        """The pattern counts of each variable in the cells of these kinds of groups."""
        counts: dict[str, dict[Cell, dict[int, int]]] = {variable: {} for variable in variables}
        for response in self._responses(edition):
            cell = self._cell(response.unit, response.wave, kinds)
            for variable, cells in counts.items():
                patterns = cells.setdefault(cell, {})
                pattern = response.answers[variable].pattern
                patterns[pattern] = patterns.get(pattern, 0) + 1
        return {variable: PatternCounts(variable, tuple(kinds), cells) for variable, cells in counts.items()}

    def cross(self, edition: Edition, variables: tuple[str, str], kinds: Sequence[str]) -> JointCounts:
        """The counts of each pair of patterns in the cells of these kinds of groups."""
        one, other = variables
        cells: dict[Cell, dict[tuple[int, int], int]] = {}
        for response in self._responses(edition):
            pairs = cells.setdefault(self._cell(response.unit, response.wave, kinds), {})
            pair = (response.answers[one].pattern, response.answers[other].pattern)
            pairs[pair] = pairs.get(pair, 0) + 1
        return JointCounts(variables, tuple(kinds), cells)

    def _responses(self, edition: Edition) -> Iterator[Response]:
        """The response of each unit that counts in the edition."""
        wanted = set(edition.waves) if edition.rule is EditionRule.MATCHED_PANEL else set()
        for unit, by_wave in self.answers.by_unit.items():
            response = self.answers.latest(unit, edition.waves)
            if response is not None and wanted <= set(by_wave):
                yield response

    def _cell(self, unit: str, wave: str, kinds: Sequence[str]) -> Cell:
        keys = {group.kind: group.key for group in self.groups[unit, wave]}
        return (wave, *(keys.get(kind, "") for kind in kinds))
