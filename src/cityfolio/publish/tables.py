"""Released tables: what a row and a column mean, once, for every file format that is made from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from cityfolio.formatting import plain_number

__all__ = ["Cell", "Column", "ColumnKind", "ReleasedTable", "cell_text"]

Cell: TypeAlias = "str | int | float | None"


class ColumnKind(Enum):
    """What the cells of a column are. An empty cell is None in all of them."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """A column: its name in files, its label, what it holds, and the codes it may hold with their labels.

    Cells of a column with a `separator` may hold several codes.
    """

    name: str
    label: str
    kind: ColumnKind = ColumnKind.TEXT
    description: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    separator: str = ""


@dataclass(frozen=True)
class ReleasedTable:
    """A table: its name, what one row is, its columns, which of them name a row, and the rows in their order.

    `refers` says which columns name a row of another table: (columns, table, columns there).
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    key: tuple[str, ...] = ()
    refers: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def cells(self, name: str) -> list[Cell]:
        """The cells of one column, in the order of the rows."""
        place = self.names.index(name)
        return [row[place] for row in self.rows]


def cell_text(cell: Cell) -> str:
    """A cell as text files write it: numbers in the shortest form that reads back equal, nothing where there is none.

    >>> cell_text(None), cell_text(2019.0), cell_text(44), cell_text("Busan")
    ('', '2019', '44', 'Busan')
    """
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else plain_number(cell)
