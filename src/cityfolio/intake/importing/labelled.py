"""SPSS and Stata files: a part at a time, with value labels and the values that are declared missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cityfolio.intake.importing.columns import Column, Filling
from cityfolio.intake.importing.received import How, Received, unreadable
from cityfolio.intake.importing.words import words

if TYPE_CHECKING:
    from cityfolio.reading.text import Source

__all__ = ["labelled"]

_ROWS = 100_000


def labelled(read: str) -> Callable[[Source, How], Received]:
    """A reader of files that pyreadstat reads by the function of this name."""

    def reading(source: Source, how: How) -> Received:
        import pyreadstat

        one_part = getattr(pyreadstat, read)
        fillings: dict[str, Filling] = {}
        height = 0
        try:
            while True:
                columns, meta = one_part(
                    source.path,
                    user_missing=True,
                    output_format="dict",
                    encoding=how.encoding or None,
                    row_offset=height,
                    row_limit=_ROWS,
                )
                for name, cells in columns.items():
                    fillings.setdefault(name, Filling()).add(map(words, cells))
                number = len(next(iter(columns.values()), ()))
                height += number
                if number < _ROWS:
                    break
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OSError) as trouble:
            raise unreadable(source, str(trouble)) from trouble
        held = {name: filling.column() for name, filling in fillings.items()}
        labels = {
            name: {words(value): label for value, label in values.items()}
            for name, values in meta.variable_value_labels.items()
        }
        return Received(source.name, held, height, labels, _user_missing(held, labels, meta))

    return reading


def _user_missing(
    held: Mapping[str, Column], labels: Mapping[str, Mapping[str, str]], meta: Any
) -> dict[str, frozenset[str]]:
    """The values of each column that its file declares missing: those that occur, and those that have a label."""
    missing = {name: frozenset(words(value) for value in values) for name, values in meta.missing_user_values.items()}
    for name, ranges in meta.missing_ranges.items():
        known = [*held[name].words, *labels.get(name, ())]
        missing[name] = frozenset(value for value in known if value and _within(value, ranges))
    return missing


def _within(value: str, ranges: Iterable[Mapping[str, float | str]]) -> bool:
    for ends in ranges:
        low, high = ends["lo"], ends["hi"]
        if words(low) == value:
            return True
        try:
            if float(low) <= float(value) <= float(high):
                return True
        except ValueError:
            continue
    return False
