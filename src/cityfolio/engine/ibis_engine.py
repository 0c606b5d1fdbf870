"""The engine for what outgrows one machine: one Ibis expression per question asked, on any engine Ibis speaks
to.

Coding of raw answers, the latest response of each unit, and counting all run inside the engine; only counts
come back. The expression spreads the answers of a row over rows (one per variable) and groups once, because
engines plan one wide query badly and many small ones slowly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import ibis

from cityfolio.engine.counting import (
    Cell,
    JointCounts,
    NumberCounts,
    PatternCounts,
    PatternWeights,
    Weighed,
    check_numbers,
    check_rule,
    variable_in,
)
from cityfolio.engine.ibis_coding import RawTable, coded_table, number_name, word_name
from cityfolio.engine.ibis_counting import fetched, grouped, spread_out
from cityfolio.engine.packing import join_words, packed
from cityfolio.engine.raw import QuestionPlan, plan_wave
from cityfolio.model.edition import EditionRule
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from ibis.backends import BaseBackend
    from ibis.expr.types import Table, Value

    from cityfolio.model.edition import Edition
    from cityfolio.model.variable import Variable

__all__ = ["IbisEngine"]


@dataclass(frozen=True)
class IbisEngine:
    """Counts the patterns of raw answers where they lie. `waves` are in the programme's order."""

    backend: BaseBackend
    variables: Mapping[str, Variable]
    waves: tuple[RawTable, ...]

    def count(self, edition: Edition, variables: Sequence[str], kinds: Sequence[str]) -> dict[str, PatternCounts]:
        """The pattern counts of each variable in the cells of these kinds of groups."""
        found: dict[str, dict[Cell, dict[int, int]]] = {variable: {} for variable in variables}
        for variable, cell, pattern, one in self._patterns(edition, variables, kinds, ""):
            found[variable].setdefault(cell, {})[pattern] = one.number
        return {variable: PatternCounts(variable, tuple(kinds), cells) for variable, cells in found.items()}

    def weigh(
        self, edition: Edition, variables: Sequence[str], kinds: Sequence[str], weight: str
    ) -> dict[str, PatternWeights]:
        """The pattern counts of each variable with the sums of the weight and of its square.

        Raises:
            ValueError: if a wave of the edition has no such weight.
        """
        found: dict[str, dict[Cell, dict[int, Weighed]]] = {variable: {} for variable in variables}
        for variable, cell, pattern, one in self._patterns(edition, variables, kinds, weight):
            found[variable].setdefault(cell, {})[pattern] = one
        return {v: PatternWeights(v, tuple(kinds), weight, cells) for v, cells in found.items()}

    def numbers(
        self, edition: Edition, variables: Sequence[str], kinds: Sequence[str], weight: str = ""
    ) -> dict[str, NumberCounts]:
        """How often each number was given to each number variable, with the sums of the weight.

        Raises:
            ValueError: if a variable is no number, or a wave of the edition has no such weight.
        """
        check_numbers(self.variables, variables)
        found: dict[str, dict[Cell, dict[float, Weighed]]] = {variable: {} for variable in variables}
        rows = self._latest(edition, variables, kinds, weight)
        if rows is not None and variables:
            spread = spread_out(
                rows, {"number": [rows[number_name(n)] for n in range(len(variables))]}, self.backend.name
            )
            for variable, cell, key, one in self._lines(
                spread.filter(spread.number.notnull()), ("number",), variables, kinds, weight
            ):
                found[variable].setdefault(cell, {})[float(key[0])] = one
        return {v: NumberCounts(v, tuple(kinds), weight, cells) for v, cells in found.items()}

    def cross(self, edition: Edition, variables: tuple[str, str], kinds: Sequence[str]) -> JointCounts:
        """The counts of each pair of patterns in the cells of these kinds of groups."""
        found: dict[Cell, dict[tuple[int, int], int]] = {}
        rows = self._latest(edition, variables, kinds, "")
        if rows is not None:
            words = self._words(variables)
            key = tuple(word_name(n, w) for n in range(2) for w in range(words))
            pairs = grouped(rows.mutate(question=ibis.literal(0)), key, kinds, "")
            for _, cell, line, one in self._fetched(pairs, key, variables, kinds, ""):
                held = [int(word) for word in line]
                found.setdefault(cell, {})[join_words(held[:words]), join_words(held[words:])] = one.number
        return JointCounts(variables, tuple(kinds), found)

    def expression(
        self, edition: Edition, variables: Sequence[str], kinds: Sequence[str], weight: str = ""
    ) -> Table | None:
        """The expression that counts, to read or to compile; None if no wave of the edition is there."""
        rows = self._latest(edition, variables, kinds, weight)
        if rows is None or not variables:
            return None
        words = self._words(variables)
        arrays = {f"word{w}": [rows[word_name(n, w)] for n in range(len(variables))] for w in range(words)}
        return grouped(spread_out(rows, arrays, self.backend.name), tuple(arrays), kinds, weight)

    def _patterns(
        self, edition: Edition, variables: Sequence[str], kinds: Sequence[str], weight: str
    ) -> Iterator[tuple[str, Cell, int, Weighed]]:
        expression = self.expression(edition, variables, kinds, weight)
        if expression is not None:
            words = tuple(f"word{w}" for w in range(self._words(variables)))
            for variable, cell, key, one in self._fetched(expression, words, variables, kinds, weight):
                yield variable, cell, join_words([int(word) for word in key]), one

    def _lines(
        self, spread: Table, key: tuple[str, ...], variables: Sequence[str], kinds: Sequence[str], weight: str
    ) -> Iterator[tuple[str, Cell, tuple[float, ...], Weighed]]:
        return self._fetched(grouped(spread, key, kinds, weight), key, variables, kinds, weight)

    def _fetched(
        self, counts: Table, key: tuple[str, ...], variables: Sequence[str], kinds: Sequence[str], weight: str
    ) -> Iterator[tuple[str, Cell, tuple[float, ...], Weighed]]:
        """The lines that came back from the engine."""
        columns = fetched(self.backend, counts).to_pydict()
        names = [raw.instrument.wave for raw in self.waves]
        weights = columns["weight"] if weight else columns["number_of"]
        squares = columns["squares"] if weight else columns["number_of"]
        for line, question in enumerate(columns["question"]):
            groups = (columns[f"g{n}"][line] for n in range(len(kinds)))
            cell = (names[columns["wave"][line]], *groups)
            one = Weighed(int(columns["number_of"][line]), float(weights[line]), float(squares[line]))
            yield variables[question], cell, tuple(columns[name][line] for name in key), one

    def _latest(self, edition: Edition, variables: Sequence[str], kinds: Sequence[str], weight: str) -> Table | None:
        """The latest response of each unit among the edition's waves."""
        for variable in variables:
            self._variable(variable)
        check_rule(edition)
        places = [n for n, raw in enumerate(self.waves) if raw.instrument.wave in edition.waves]
        is_panel = edition.rule is EditionRule.MATCHED_PANEL
        if not places or (is_panel and len(places) < len(set(edition.waves))):
            return None
        tables = [self._wave(place, variables, kinds, weight) for place in places]
        rows = ibis.union(*tables) if len(tables) > 1 else tables[0]
        if len(tables) > 1:
            rows = rows.mutate(turn=ibis.row_number().over(group_by="unit", order_by=ibis.desc("wave")))
            responses = rows.count().over(group_by="unit") if is_panel else ibis.literal(len(tables))
            rows = rows.mutate(responses=responses)
            rows = rows.filter(rows.turn == 0, rows.responses == len(tables)).drop("turn", "responses")
        return rows

    def _wave(self, place: int, variables: Sequence[str], kinds: Sequence[str], weight: str) -> Table:
        """The coded rows of a wave, with the same columns in every wave."""
        raw, plans = self.waves[place], self._plans[place]
        names = {plan.id: n for n, plan in enumerate(plans)}
        asked = [plans[names[variable]] for variable in variables if variable in names]
        needed = [plan for plan in plans if plan.id in _with_what_decides(asked, plans)]
        coded = coded_table(raw, needed)
        at = {plan.id: n for n, plan in enumerate(needed)}
        groups, weights = list(raw.columns.groups), list(raw.columns.weights)
        if weight and weight not in weights:
            raise ValueError(f"the wave {raw.instrument.wave} has no weight {weight!r}; it has {weights}")
        chosen: dict[str, Value] = {"unit": coded.unit, "wave": ibis.literal(place, type="int64")}
        for n, kind in enumerate(kinds):
            chosen[f"g{n}"] = coded[f"g{groups.index(kind)}"] if kind in groups else ibis.literal("")
        if weight:
            chosen["w"] = coded[f"w{weights.index(weight)}"]
        for n, variable in enumerate(variables):
            chosen |= self._columns(coded, n, at.get(variable), variable, self._words(variables))
        return coded.select(**chosen)

    def _columns(self, coded: Table, to: int, place: int | None, variable: str, words: int) -> dict[str, Value]:
        """The columns of a variable under the place that it has in the edition; constants where it was not
        asked.
        """
        is_number = self._variable(variable).kind is Kind.NUMBER
        if place is None:
            constants = {word_name(to, w): Missing.NOT_ASKED.pattern if w == 0 else 0 for w in range(words)}
            found: dict[str, Value] = {n: ibis.literal(v, type="int64") for n, v in constants.items()}
            return found | ({number_name(to): ibis.null("float64")} if is_number else {})
        held = packed(self._variable(variable)).words
        found = {
            word_name(to, w): coded[word_name(place, w)] if w < held else ibis.literal(0, type="int64")
            for w in range(words)
        }
        return found | ({number_name(to): coded[number_name(place)]} if is_number else {})

    def _words(self, variables: Sequence[str]) -> int:
        return max((packed(self._variable(variable)).words for variable in variables), default=1)

    @cached_property
    def _plans(self) -> tuple[tuple[QuestionPlan, ...], ...]:
        return tuple(plan_wave(raw.instrument, self.variables) for raw in self.waves)

    def _variable(self, variable: str) -> Variable:
        return variable_in(self.variables, variable)


def _with_what_decides(asked: Sequence[QuestionPlan], plans: Sequence[QuestionPlan]) -> set[str]:
    """The questions asked for, all whose answers route past them, and the texts in which they may be answered."""
    by_id = {plan.id: plan for plan in plans}
    needed: set[str] = set()
    waiting = [plan.id for plan in asked]
    while waiting:
        variable = waiting.pop()
        if variable not in needed:
            needed.add(variable)
            waiting += [*(routed.router.id for routed in by_id[variable].routed_past_by), *by_id[variable].in_words]
    return needed
