"""SPSS (.sav) and Stata (.dta) files of the answers, with variable labels, value labels and missing reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cityfolio.model.missing import Missing
from cityfolio.publish.formats.coded_columns import CodedColumn

if TYPE_CHECKING:
    import polars as pl

__all__ = ["fitting", "sav_bytes", "stata_bytes", "stata_names"]

# Where a .sav file holds the day and the time of its making, and how wide they are.
_SAV_DATE, _SAV_TIME = slice(92, 101), slice(101, 109)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Stata allows 32; the writer names each set of value labels after its variable and adds the place of the column.
_STATA_NAME = 28
_STATA_LABEL = 80
# SPSS counts bytes.
_SAV_TITLE, _SAV_LABEL, _SAV_VALUE_LABEL = 64, 256, 120
*_, _LAST = Missing


def sav_bytes(columns: Sequence[CodedColumn], title: str, meanings: dict[str, str], stamp: datetime) -> bytes:
    """The answers for SPSS. Missing reasons are negative numbers, labelled and declared as missing.

    The file says that it was made at `stamp`, so that the same release gives the same bytes.
    """
    import polars as pl
    import pyreadstat

    coded = [column for column in columns if column.numbers is not None]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "responses.sav"
        pyreadstat.write_sav(
            pl.DataFrame([_sav_series(column) for column in columns]),
            path,
            file_label=fitting(title, _SAV_TITLE),
            column_labels={column.name: fitting(column.label, _SAV_LABEL) for column in columns},
            variable_value_labels={c.name: _sav_values(c, meanings) for c in coded},
            missing_ranges={
                c.name: [{"lo": c.reason_number(_LAST), "hi": c.reason_number(Missing.NOT_ASKED)}] for c in coded
            },
            variable_measure={column.name: column.measure for column in columns},
        )
        content = bytearray(path.read_bytes())
    day = f"{stamp.day:02d} {_MONTHS[stamp.month - 1]} {stamp.year % 100:02d}"
    content[_SAV_DATE], content[_SAV_TIME] = day.encode(), f"{stamp:%H:%M:%S}".encode()
    return bytes(content)


def stata_bytes(columns: Sequence[CodedColumn], title: str, meanings: dict[str, str], stamp: datetime) -> bytes:
    """The answers for Stata 14 and later. Missing reasons are the extended missing values .a, .b ..., labelled."""
    import polars as pl
    import pyreadstat

    names = stata_names([column.name for column in columns])
    letters = {reason: chr(ord("a") + place) for place, reason in enumerate(Missing)}
    labels: dict[str, dict[int | float, str]] = {}
    missing: dict[str, list[str]] = {}
    series = []
    for column in columns:
        name = names[column.name]
        if column.numbers is None:
            series.append(pl.Series(name, column.texts, dtype=pl.String))
            continue
        cells = [letters[cell] if isinstance(cell, Missing) else cell for cell in column.numbers]
        series.append(pl.Series(name, cells, dtype=pl.Object))
        labels[name] = dict(column.values)
        # The writer also takes the letters of missing values here, which its types do not say.
        labels[name].update({letter: meanings[reason.value] for reason, letter in letters.items()})  # type: ignore[misc]
        missing[name] = list(letters.values())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "responses.dta"
        pyreadstat.write_dta(
            pl.DataFrame(series),
            path,
            file_label=title[:_STATA_LABEL],
            column_labels={names[column.name]: column.label[:_STATA_LABEL] for column in columns},
            variable_value_labels=labels,
            missing_user_values=missing,
            version=14,
        )
        content = path.read_bytes()
    made = f"{stamp.day:02d} {_MONTHS[stamp.month - 1]} {stamp.year} {stamp:%H:%M}".encode()
    return re.sub(
        rb"(<timestamp>.)[^<]{17}(</timestamp>)", lambda m: m[1] + made + m[2], content, count=1, flags=re.DOTALL
    )


def stata_names(names: Sequence[str]) -> dict[str, str]:
    """Stata's names: at most 28 characters, no hyphens, none twice; a shortened one ends in its number.

    >>> stata_names(["unit", "data_sufficient_environment_climate", "data_sufficient_environment_culture"])["unit"]
    'unit'
    >>> stata_names(["a-b", "a_b"])
    {'a-b': 'a_b', 'a_b': 'a_b_2'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = re.sub(r"\W", "_", name, flags=re.ASCII)
        plain = plain if not plain[:1].isdigit() else f"_{plain}"
        short, number = plain[:_STATA_NAME], 1
        while short in taken:
            number += 1
            short = f"{plain[: _STATA_NAME - len(str(number)) - 1]}_{number}"
        taken.add(short)
        found[name] = short
    return found


def fitting(text: str, most: int) -> str:
    """The text as far as it fits into that many bytes: whole, or up to the end of a word and a sign that more follows.

    >>> fitting("No number is made of them.", 26), fitting("No number is made of them.", 25)
    ('No number is made of them.', 'No number is made of…')
    >>> fitting("숫자로 바꾸지 않습니다", 20)
    '숫자로…'
    """
    if len(text.encode()) <= most:
        return text
    kept = text.encode()[: most - len("…".encode())].decode(errors="ignore")
    return f"{kept.rpartition(' ')[0].rstrip(' ,;:') or kept}…"


def _sav_series(column: CodedColumn) -> pl.Series:
    import polars as pl

    if column.numbers is None:
        return pl.Series(column.name, column.texts, dtype=pl.String)
    cells = [column.reason_number(cell) if isinstance(cell, Missing) else cell for cell in column.numbers]
    return pl.Series(column.name, cells, dtype=pl.Float64)


def _sav_values(column: CodedColumn, meanings: dict[str, str]) -> dict[int | float, str]:
    reasons = {column.reason_number(reason): meanings[reason.value] for reason in Missing}
    return {value: fitting(label, _SAV_VALUE_LABEL) for value, label in {**column.values, **reasons}.items()}
