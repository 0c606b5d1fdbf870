"""The sums of an edition: made once per wave in its finest cells, kept beside the data, rolled up as asked."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from cityfolio.engine.duck_counting import rows_outside, superseded_rows
from cityfolio.engine.duck_session import LazySession, Limits
from cityfolio.engine.edition_waves import EditionWave, parts_of
from cityfolio.engine.keeping import KeptCounts, key_of, read_arrays, write_arrays
from cityfolio.engine.kept_wave import KeptWave
from cityfolio.engine.packing import PackedVariable
from cityfolio.engine.sums import (
    REASONS,
    AnswerSums,
    NumberSums,
    VariableSums,
    layout_of,
    packed_sums,
    rolled_up,
    unpacked_sums,
)
from cityfolio.engine.tally_sums import sums_of_tally
from cityfolio.model.missing import Missing
from cityfolio.model.variable import Kind

if TYPE_CHECKING:
    from cityfolio.engine.counting import Cell
    from cityfolio.engine.store import AnswerStore, StoredWave
    from cityfolio.engine.tally import Floats
    from cityfolio.model.edition import Edition
    from cityfolio.model.variable import Variable

__all__ = ["SummingEngine"]

MANY_CELLS = 4096
Held: TypeAlias = dict[str, dict[str, VariableSums]]


@dataclass(frozen=True)
class SummingEngine:
    """Sums per category for every variable at once, for tables over large surveys.

    Where numba is installed (the extra `kernel`) a compiled kernel reads the Parquet files; where not, or
    where there are more than 4096 cells or a pattern takes more than one column, DuckDB counts patterns
    first.
    """

    store: AnswerStore
    variables: Mapping[str, Variable]
    waves: tuple[str, ...]
    limits: Limits = field(default_factory=Limits)
    with_kernel: bool = field(default_factory=lambda: importlib.util.find_spec("numba") is not None)

    def sums(
        self, edition: Edition, variables: Sequence[str], kinds: Sequence[str], weight: str = ""
    ) -> dict[str, AnswerSums | NumberSums]:
        """The sums of each choice and number variable in the cells of these kinds of groups.

        Raises:
            ValueError: if a variable is a text, a ranking or unknown, or a wave of the edition has no such weight.
        """
        for variable in variables:
            if variable not in self.variables or self.variables[variable].kind in (Kind.TEXT, Kind.RANKED):
                raise ValueError(
                    f"{variable} is no choice or number variable of the codebook; rankings are counted, not summed"
                )
        stored = self.store.waves(self.waves)
        parts: list[_Part] = []
        with LazySession(self.limits) as duck:
            for part in parts_of(edition, self.waves, stored):
                wave = part.wave
                if weight and weight not in wave.weights:
                    raise ValueError(f"the wave {wave.wave} has no weight {weight!r}; it has {list(wave.weights)}")
                found = self._of_wave(duck, part, variables, weight)
                needed = {v if v in wave.by_id else "" for v in variables}
                some = {name: sums for name, sums in found.items() if name in needed}
                parts.append(_Part(wave, some, tuple(kinds)))
        return {variable: _joined(self.variables[variable], weight, tuple(kinds), parts) for variable in variables}

    def _of_wave(
        self, duck: LazySession, part: EditionWave, variables: Sequence[str], weight: str
    ) -> dict[str, VariableSums]:
        """The sums in the finest cells of the wave, by variable; "" holds those of all responses as "not
        asked".
        """
        wave = part.wave
        kept = KeptWave(KeptCounts(self.store.counts_folder), duck, wave, part.later, part.panel)
        replacing = kept.replacing()
        panel = [["panel", *(w.fingerprint for w in part.panel)]] if part.panel else []
        key = key_of("packed sums", wave.fingerprint, [w.fingerprint for w in replacing], weight, *panel)
        found = self._read(key)
        asked = [wave.by_id[v] for v in variables if v in wave.by_id]
        absent = [variable for variable in asked if variable.id not in found]
        everyone = any(v not in wave.by_id for v in variables) and "" not in found
        if absent or everyone:
            found = found | self._count(kept, replacing, absent, weight)
            if everyone:
                found |= {"": _not_asked(kept, weight)}
            self._write(key, found)
        return found

    def _count(
        self, kept: KeptWave, replacing: tuple[StoredWave, ...], variables: Sequence[PackedVariable], weight: str
    ) -> dict[str, VariableSums]:
        shape = [len(keys) for keys in kept.wave.keys.values()]
        fast = self.with_kernel and prod(shape) <= MANY_CELLS
        quick = [variable for variable in variables if fast and variable.words == 1]
        found: dict[str, VariableSums] = {}
        if quick:
            from cityfolio.engine.wave_sums import sum_wave

            left_out = superseded_rows(kept.duck.connection, kept.wave, replacing) if replacing else None
            if kept.panel:
                left_out = rows_outside(kept.duck.connection, kept.wave, kept.panel)
            found |= sum_wave(kept.wave, quick, weight, left_out, self.limits.threads)
        slow = [variable for variable in variables if variable.id not in found]
        if slow:
            found |= _from_tallies(kept, slow, weight, shape)
        return found

    def _read(self, key: str) -> dict[str, VariableSums]:
        if key not in self._held:
            arrays = read_arrays(self.store.counts_folder / f"{key}.npz")
            whole = {"names", "codes", "has_numbers", "sums"} <= set(arrays)
            columns = [arrays[part].tolist() for part in ("names", "codes", "has_numbers")] if whole else [[], [], []]
            layout = {name: (codes, has_numbers) for name, codes, has_numbers in zip(*columns, strict=True)}
            self._held[key] = unpacked_sums(arrays["sums"], layout) if whole else {}
        return self._held[key]

    def _write(self, key: str, found: dict[str, VariableSums]) -> None:
        self._held[key] = found
        layout = layout_of(found)
        cells = len(next(iter(found.values())).answered) if found else 0
        arrays = {
            "names": np.array(list(layout), dtype=np.str_),
            "codes": np.array([codes for codes, _ in layout.values()], dtype=np.int64),
            "has_numbers": np.array([has for _, has in layout.values()], dtype=np.bool_),
            "sums": packed_sums(found, cells),
        }
        write_arrays(self.store.counts_folder / f"{key}.npz", arrays)

    @cached_property
    def _held(self) -> Held:
        return {}


def _from_tallies(
    kept: KeptWave, variables: Sequence[PackedVariable], weight: str, shape: Sequence[int]
) -> dict[str, VariableSums]:
    kinds = tuple(kept.wave.keys)
    tallies = kept.tallies([v.id for v in variables], kinds, weight, numbers=False)
    numeric = [v.id for v in variables if v.kind is Kind.NUMBER]
    numbers = kept.tallies(numeric, kinds, weight, numbers=True) if numeric else {}
    return {v.id: sums_of_tally(v, tallies[v.id], numbers.get(v.id), shape) for v in variables}


def _not_asked(kept: KeptWave, weight: str) -> VariableSums:
    """Every response, as one that was not asked."""
    kinds = tuple(kept.wave.keys)
    shape = [len(keys) for keys in kept.wave.keys.values()]
    tally = kept.tallies([""], kinds, weight, numbers=False)[""]
    reason = np.full((len(tally.number), 1), Missing.NOT_ASKED.pattern)
    everyone = type(tally)(tally.kinds, tally.groups, reason, tally.number, tally.weight, tally.squares)
    return sums_of_tally(PackedVariable("", Kind.TEXT), everyone, None, shape)


@dataclass(frozen=True, eq=False)
class _Part:
    """What one wave adds to an edition."""

    wave: StoredWave
    sums: Mapping[str, VariableSums]
    kinds: tuple[str, ...]

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The kinds that the wave knows."""
        return tuple(kind for kind in self.kinds if kind in self.wave.keys)

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells of the wave, in the order of the rolled-up sums."""
        shape = [len(self.wave.keys[kind]) for kind in self.known]
        return [self._cell(position) for position in np.ndindex(*shape)]

    def _cell(self, position: Sequence[int]) -> Cell:
        at = dict(zip(self.known, position, strict=True))
        keys = (self.wave.keys[kind][at[kind]] if kind in at else "" for kind in self.kinds)
        return (self.wave.wave, *keys)

    @cached_property
    def rolled(self) -> dict[str, VariableSums]:
        """The sums in the cells of the kinds that were asked for."""
        all_kinds = list(self.wave.keys)
        shape = [len(keys) for keys in self.wave.keys.values()]
        axes = [all_kinds.index(kind) for kind in self.known]
        return unpacked_sums(rolled_up(packed_sums(self.sums, prod(shape)), shape, axes), layout_of(self.sums))


def _joined(variable: Variable, weight: str, kinds: tuple[str, ...], parts: Sequence[_Part]) -> AnswerSums | NumberSums:
    """The sums of all waves, in the order of today's codebook, without cells that nobody is in."""
    codes = (*variable.bits, *([""] if variable.own_words else [])) if variable.kind.is_choice else ()
    cells: list[Cell] = []
    arrays: list[tuple[Floats, ...]] = []
    for part in parts:
        sums = part.rolled.get(variable.id) or part.rolled[""]
        missing, answered = sums.missing, sums.answered
        occupied = (missing[:, :, 0].sum(axis=1) + answered[:, 0]) > 0
        chosen = np.zeros((len(answered), len(codes), 3))
        numbers = np.zeros((len(answered), 7))
        held = part.wave.by_id.get(variable.id)
        if held is not None and variable.kind.is_choice:
            places = [codes.index(code) for code in (*held.codes, *([""] if held.own_words else []))]
            chosen[:, places] = sums.chosen
        elif held is not None:
            numbers = sums.numbers
        cells += [cell for cell, is_there in zip(part.cells, occupied.tolist(), strict=True) if is_there]
        arrays.append(tuple(array[occupied] for array in (chosen, missing, answered, numbers)))
    empty = (np.zeros((0, len(codes), 3)), np.zeros((0, REASONS, 3)), np.zeros((0, 3)), np.zeros((0, 7)))
    chosen, missing, answered, numbers = (np.concatenate(a) for a in zip(*(arrays or [empty]), strict=True))
    if variable.kind is Kind.NUMBER:
        return NumberSums(variable.id, kinds, weight, tuple(cells), numbers, missing)
    return AnswerSums(variable.id, kinds, weight, tuple(cells), codes, chosen, missing, answered)
