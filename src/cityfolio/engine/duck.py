"""The embedded engine: answers in Parquet, counted by DuckDB with bounded memory, counts kept beside the
data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from cityfolio.engine.counting import (
    Cell,
    JointCounts,
    NumberCounts,
    PatternCounts,
    PatternWeights,
    Weighed,
    check_numbers,
    variable_in,
)
from cityfolio.engine.duck_session import LazySession, Limits, store_raw
from cityfolio.engine.edition_waves import parts_of
from cityfolio.engine.keeping import KeptCounts
from cityfolio.engine.kept_wave import KeptWave
from cityfolio.engine.packing import PackedVariable, join_words, translate
from cityfolio.engine.tally import Tally
from cityfolio.model.missing import Missing

if TYPE_CHECKING:
    from cityfolio.engine.raw import RawWave
    from cityfolio.engine.store import AnswerStore, StoredWave
    from cityfolio.model.edition import Edition
    from cityfolio.model.variable import Variable

__all__ = ["DuckEngine"]


@dataclass(frozen=True)
class DuckEngine:
    """Counts the patterns of stored answers in DuckDB.

    `waves` are the programme's waves in order; `variables` its codebook. What was counted once is kept below
    the store's folder and never counted again while the wave's file stays the same.
    """

    store: AnswerStore
    variables: Mapping[str, Variable]
    waves: tuple[str, ...]
    limits: Limits = field(default_factory=Limits)

    def add(self, raw: RawWave) -> StoredWave:
        """Code and store the raw answers of a wave; a wave of that name that is there is replaced."""
        stored = store_raw(self.store, raw, self.variables, self.limits)
        self.__dict__.pop("stored", None)
        return stored

    @cached_property
    def stored(self) -> dict[str, StoredWave]:
        """The stored waves, in the programme's order."""
        return self.store.waves(self.waves)

    def count(self, edition: Edition, variables: Sequence[str], kinds: Sequence[str]) -> dict[str, PatternCounts]:
        """The pattern counts of each variable in the cells of these kinds of groups."""
        found: dict[str, dict[Cell, dict[int, int]]] = {variable: {} for variable in variables}
        for wave, tallies in self._tallies(edition, variables, kinds, ""):
            for variable, tally in tallies.items():
                for cell, pattern, line in self._lines(wave, variable, tally, kinds):
                    patterns = found[variable].setdefault(cell, {})
                    patterns[pattern] = patterns.get(pattern, 0) + int(tally.number[line])
        return {variable: PatternCounts(variable, tuple(kinds), cells) for variable, cells in found.items()}

    def weigh(
        self, edition: Edition, variables: Sequence[str], kinds: Sequence[str], weight: str
    ) -> dict[str, PatternWeights]:
        """The pattern counts of each variable with the sums of the weight and of its square.

        Raises:
            ValueError: if a wave of the edition has no such weight.
        """
        found: dict[str, dict[Cell, dict[int, Weighed]]] = {variable: {} for variable in variables}
        for wave, tallies in self._tallies(edition, variables, kinds, weight):
            for variable, tally in tallies.items():
                for cell, pattern, line in self._lines(wave, variable, tally, kinds):
                    patterns = found[variable].setdefault(cell, {})
                    patterns[pattern] = patterns.get(pattern, Weighed(0, 0.0, 0.0)) + _weighed(tally, line)
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
        for wave, tallies in self._tallies(edition, variables, kinds, weight, numbers=True):
            for variable, tally in tallies.items():
                if variable not in wave.by_id:
                    continue
                for line, cell in enumerate(_cells(wave, tally, kinds)):
                    found[variable].setdefault(cell, {})[float(tally.patterns[line, 0])] = _weighed(tally, line)
        return {v: NumberCounts(v, tuple(kinds), weight, cells) for v, cells in found.items()}

    def cross(self, edition: Edition, variables: tuple[str, str], kinds: Sequence[str]) -> JointCounts:
        """The counts of each pair of patterns in the cells of these kinds of groups."""
        today = tuple(self._variable(variable) for variable in variables)
        found: dict[Cell, dict[tuple[int, int], int]] = {}
        for kept in self._kept_waves(edition):
            tally = kept.pair(variables, tuple(kind for kind in dict.fromkeys(kinds) if kind in kept.wave.keys))
            held = [kept.wave.by_id.get(variable.id) for variable in today]
            for line, cell in enumerate(_cells(kept.wave, tally, kinds)):
                words = tally.patterns[line].tolist()
                first = held[0].words if held[0] else 0
                second = words if variables[0] == variables[1] else words[first:]
                pair = (_today(words[:first], held[0], today[0]), _today(second, held[1], today[1]))
                pairs = found.setdefault(cell, {})
                pairs[pair] = pairs.get(pair, 0) + int(tally.number[line])
        return JointCounts(variables, tuple(kinds), found)

    def _lines(
        self, wave: StoredWave, variable: str, tally: Tally, kinds: Sequence[str]
    ) -> Iterator[tuple[Cell, int, int]]:
        """The cell and the pattern, in the bits of today's codebook, of each line of a tally."""
        held, today = wave.by_id.get(variable), self._variable(variable)
        known: dict[tuple[int, ...], int] = {}
        words = tally.patterns.tolist()
        for line, cell in enumerate(_cells(wave, tally, kinds)):
            key = tuple(words[line])
            if key not in known:
                known[key] = translate(join_words(key), held, today) if held else Missing.NOT_ASKED.pattern
            yield cell, known[key], line

    def _tallies(
        self,
        edition: Edition,
        variables: Sequence[str],
        kinds: Sequence[str],
        weight: str,
        *,
        numbers: bool = False,
    ) -> Iterator[tuple[StoredWave, dict[str, Tally]]]:
        for variable in variables:
            self._variable(variable)
        for kept in self._kept_waves(edition):
            wave = kept.wave
            if weight and weight not in wave.weights:
                raise ValueError(f"the wave {wave.wave} has no weight {weight!r}; it has {list(wave.weights)}")
            known = tuple(kind for kind in dict.fromkeys(kinds) if kind in wave.keys)
            yield wave, kept.tallies(variables, known, weight, numbers=numbers)

    def _kept_waves(self, edition: Edition) -> Iterator[KeptWave]:
        """The waves that count in the edition, each with the others that decide which of its responses do."""
        counts = KeptCounts(self.store.counts_folder, self._held)
        with LazySession(self.limits) as duck:
            for part in parts_of(edition, self.waves, self.stored):
                yield KeptWave(counts, duck, part.wave, part.later, part.panel)

    @cached_property
    def _held(self) -> dict[str, Tally]:
        return {}

    def _variable(self, variable: str) -> Variable:
        return variable_in(self.variables, variable)


def _today(words: Sequence[int], held: PackedVariable | None, today: Variable) -> int:
    """The pattern that stands in these words, in the bits of today's codebook."""
    return translate(join_words([int(word) for word in words]), held, today) if held else Missing.NOT_ASKED.pattern


def _weighed(tally: Tally, line: int) -> Weighed:
    return Weighed(int(tally.number[line]), float(tally.weight[line]), float(tally.squares[line]))


def _cells(wave: StoredWave, tally: Tally, kinds: Sequence[str]) -> Iterator[Cell]:
    """The cell of each line; a kind of group that the wave does not know leaves its key empty."""
    keys = [wave.keys.get(kind) for kind in kinds]
    places = [tally.kinds.index(kind) if kind in tally.kinds else 0 for kind in kinds]
    known: dict[tuple[int, ...], Cell] = {}
    for line in tally.groups.tolist():
        positions = tuple(line)
        if positions not in known:
            names = [names[positions[place]] if names else "" for names, place in zip(keys, places, strict=True)]
            known[positions] = (wave.wave, *names)
        yield known[positions]
