"""Columns of text of any length: each different cell is held once, and for each row which of them stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import polars as pl
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Column", "Filling", "blank", "narrow", "order_of", "together"]

Places: TypeAlias = "NDArray[np.integer[Any]]"


@dataclass(frozen=True)
class Column:
    """The different cells in the order of their first rows, and the place among them of each row's cell.

    >>> column = Filling().add(["no", "yes", "no"]).column()
    >>> column.words, column.cells(), column.recoded(str.upper).cells()
    (['no', 'yes'], ['no', 'yes', 'no'], ['NO', 'YES', 'NO'])
    """

    values: pl.Series
    places: Places

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.places)

    @cached_property
    def words(self) -> list[str]:
        """The different cells as words of Python, which takes time where they are many."""
        return self.values.to_list()

    @cached_property
    def first_rows(self) -> NDArray[np.int64]:
        """The row (0 is the first) in which each different cell stands first."""
        return _first_rows(self.places, len(self.values))

    def place_of(self, value: str) -> int:
        """The place of a cell among the different ones, or -1."""
        found = self.values.index_of(value)
        return -1 if found is None else found

    def first_row(self, value: str) -> int:
        """The row in which a cell stands first."""
        return int(np.argmax(self.places == self.place_of(value)))

    def cells(self, start: int = 0, end: int | None = None) -> list[str]:
        """The cells of some rows."""
        return [self.words[place] for place in self.places[start:end].tolist()]

    def recoded(self, code: Callable[[str], str]) -> Column:
        """The column with each different cell put through `code`, once."""
        return self.with_words([code(value) for value in self.words])

    def with_words(self, coded: Sequence[str]) -> Column:
        """The column with other words for its different cells, in their order; equal ones become one."""
        known: dict[str, int] = {}
        moved = np.array([known.setdefault(value, len(known)) for value in coded], np.int32)
        words = pl.Series(list(known), dtype=pl.String)
        return Column(words, self.places if len(known) == len(self.values) else narrow(moved, len(known))[self.places])

    def taken(self, rows: NDArray[np.int64]) -> Column:
        """The cells of these rows in their order; values that stand in none of them are gone."""
        places, firsts = _by_first_row(self.places[rows])
        return Column(self.values.gather(self.places[rows[firsts]].astype(np.uint32)), places)

    def in_order(self, rows: NDArray[np.int64]) -> Column:
        """The cells in another order of the rows, only to be written."""
        return Column(self.values, self.places[rows])


class Filling:
    """A column that is being filled, cell by cell or with many cells at once."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._parts: list[Places] = []

    def add(self, cells: Iterable[str]) -> Filling:
        """Cells as they come."""
        known = self._known
        places = np.fromiter((known.setdefault(cell, len(known)) for cell in cells), np.int32)
        self._parts.append(narrow(places, len(known)))
        return self

    def add_coded(self, values: Iterable[str], places: NDArray[np.int32]) -> Filling:
        """Cells of which each different one is known by its place; `values` are in the order of their first rows."""
        known = self._known
        moved = np.array([known.setdefault(value, len(known)) for value in values], np.int32)
        self._parts.append(narrow(moved, len(known))[places])
        return self

    def column(self) -> Column:
        """The column."""
        places = np.concatenate(self._parts) if self._parts else np.zeros(0, np.uint8)
        return Column(pl.Series(list(self._known), dtype=pl.String), narrow(places, len(self._known)))


def blank(height: int) -> Column:
    """A column in which nothing stands."""
    return Column(pl.Series([""] if height else [], dtype=pl.String), np.zeros(height, np.uint8))


def together(columns: Sequence[Column], join: Callable[[tuple[str, ...]], str]) -> Column:
    """One column from several: `join` is asked once for each different combination of their cells.

    >>> twice = together([Filling().add("aab").column(), Filling().add("xxx").column()], "".join)
    >>> twice.cells(), twice.words
    (['ax', 'ax', 'bx'], ['ax', 'bx'])
    """
    keys, size = columns[0].places.astype(np.int64), len(columns[0].values)
    for column in columns[1:]:
        if size * len(column.values) >= 2**62:
            packed, firsts = _by_first_row(keys)
            keys, size = packed.astype(np.int64), len(firsts)
        keys *= len(column.values)
        keys += column.places
        size *= len(column.values)
    places, firsts = _by_first_row(keys)
    held = [[column.words[place] for place in column.places[firsts].tolist()] for column in columns]
    joined = [join(cells) for cells in zip(*held, strict=True)]
    return Column(pl.Series(range(len(joined)), dtype=pl.Int64).cast(pl.String), places).with_words(joined)


def order_of(column: Column) -> NDArray[np.int64] | None:
    """The rows in the order of their cells, equal ones as they came; None where they stand in that order already."""
    by_value = column.values.arg_sort().to_numpy()
    rank = np.empty(len(by_value), np.int64)
    rank[by_value] = np.arange(len(by_value))
    ranks = rank[column.places]
    if bool(np.all(ranks[1:] >= ranks[:-1])):
        return None
    return np.argsort(ranks, kind="stable")


def _first_rows(places: Places, number: int) -> NDArray[np.int64]:
    """The first row of each place. Where places are few, they stand near the beginning, most likely all of them."""
    begin, rows = np.unique(places[:4096], return_index=True)
    firsts = np.zeros(number, np.int64)
    if len(begin) == number:
        firsts[begin] = rows
        return firsts
    # Of several rows with the same place, the one that is written last stays: so from the end to the beginning.
    firsts[places[::-1]] = np.arange(len(places) - 1, -1, -1)
    return firsts


def _by_first_row(keys: Places) -> tuple[Places, NDArray[np.int64]]:
    """For each row the place of its key among the different ones, and the first row of each; in the order of first rows."""
    coded = pa.array(keys).dictionary_encode()
    places = coded.indices.to_numpy(zero_copy_only=False)
    number = len(coded.dictionary)
    return narrow(places, number), _first_rows(places, number)


def narrow(places: Places, number: int) -> Places:
    """The places in as few bytes as their number takes: of a hundred columns, most have few different cells."""
    wanted = np.uint8 if number <= 1 << 8 else np.uint16 if number <= 1 << 16 else np.int32
    return places.astype(wanted, copy=False)
