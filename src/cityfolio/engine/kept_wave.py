"""The counts of one wave, kept where they were counted before, counted where not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from cityfolio.engine.duck_counting import Columns, WaveCounter, superseded
from cityfolio.engine.keeping import KeptCounts, key_of
from cityfolio.engine.tally import Tally

if TYPE_CHECKING:
    from cityfolio.engine.duck_session import LazySession
    from cityfolio.engine.store import StoredWave

__all__ = ["KeptWave"]

MANY_KINDS = 6


@dataclass(frozen=True)
class KeptWave:
    """One wave of an edition, of which `later` are the later waves: a later response of a unit replaces this
    one's.
    """

    kept: KeptCounts
    duck: LazySession
    wave: StoredWave
    later: tuple[StoredWave, ...]
    panel: tuple[StoredWave, ...] = ()

    def pair(self, variables: tuple[str, str], kinds: tuple[str, ...]) -> Tally:
        """The tally of two variables together: the words of the one, then those of the other."""
        one, other = (Columns.of(self.wave.by_id.get(v), numbers=False) for v in variables)
        columns, replacing = Columns((*one.key, *other.key)), self.replacing()
        # Two variables of the same name are one: a column is named once.
        columns = Columns(tuple(dict.fromkeys(columns.key)))
        tally = self._kept(replacing, columns, kinds, "")
        if tally is None:
            tally = next(iter(self._counter(replacing, kinds, "").tallies([columns])))
            self.kept.put(self._key(replacing, columns, kinds, ""), tally)
        return tally

    def _counter(self, replacing: tuple[StoredWave, ...], kinds: tuple[str, ...], weight: str) -> WaveCounter:
        memory = self.duck.limits.memory
        return WaveCounter(self.duck.connection, self.wave, replacing, kinds, weight, memory, self.panel)

    def tallies(
        self, variables: Sequence[str], kinds: tuple[str, ...], weight: str, *, numbers: bool
    ) -> dict[str, Tally]:
        """The tally of each variable in the cells of these kinds of groups.

        A variable that the wave did not ask has one line per cell, with no pattern.
        """
        found: dict[str, Tally] = {}
        absent: dict[Columns, str] = {}
        replacing = self.replacing()
        wanted = {v: Columns.of(self.wave.by_id.get(v), numbers=numbers) for v in variables}
        for variable, columns in wanted.items():
            tally = self._kept(replacing, columns, kinds, weight)
            if tally is None:
                absent[columns] = variable
            else:
                found[variable] = tally
        if absent:
            counter = self._counter(replacing, kinds, weight)
            counted = dict(zip(absent, counter.tallies(list(absent)), strict=True))
            for columns, tally in counted.items():
                self.kept.put(self._key(replacing, columns, kinds, weight), tally)
            found |= {v: counted[columns] for v, columns in wanted.items() if columns in counted}
        return {variable: found[variable] for variable in variables}

    def _kept(
        self, replacing: tuple[StoredWave, ...], columns: Columns, kinds: tuple[str, ...], weight: str
    ) -> Tally | None:
        """The tally, if it or one of finer cells or with a weight is kept."""
        for finer in self._finer(kinds):
            for with_weight in [weight] if weight else ["", *self.wave.weights]:
                tally = self.kept.get(self._key(replacing, columns, finer, with_weight))
                if tally is not None:
                    rolled = tally.over(kinds)
                    return rolled if weight == with_weight else _unweighted(rolled)
        return None

    def _finer(self, kinds: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The kinds themselves, then with further kinds of the wave, fewest first."""
        others = [kind for kind in self.wave.keys if kind not in kinds]
        sizes = range(len(others) + 1) if len(others) <= MANY_KINDS else (0, len(others))
        for size in sizes:
            for further in combinations(others, size):
                yield (*kinds, *further)

    def replacing(self) -> tuple[StoredWave, ...]:
        """The later waves, if any response of this wave is replaced by them; a trend without panel replaces
        none.
        """
        if not self.later:
            return ()
        key = key_of("superseded", self.wave.fingerprint, [wave.fingerprint for wave in self.later])
        kept = self.kept.get(key)
        if kept is None:
            number = np.array([superseded(self.duck.connection, self.wave, self.later)])
            nothing = np.zeros((1, 0), dtype=np.int64)
            kept = Tally((), nothing, nothing, number, number.astype(np.float64), number.astype(np.float64))
            self.kept.put(key, kept)
        return self.later if kept.number.sum() else ()

    def _key(self, replacing: tuple[StoredWave, ...], columns: Columns, kinds: tuple[str, ...], weight: str) -> str:
        later = [wave.fingerprint for wave in replacing]
        panel = [["panel", *(wave.fingerprint for wave in self.panel)]] if self.panel else []
        return key_of("tally", self.wave.fingerprint, later, columns.key, sorted(kinds), weight, *panel)


def _unweighted(tally: Tally) -> Tally:
    ones = tally.number.astype(np.float64)
    return Tally(tally.kinds, tally.groups, tally.patterns, tally.number, ones, ones)
