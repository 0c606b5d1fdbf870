"""A file of answers as another program wrote it: columns of text, with whatever the file says about its values."""

from __future__ import annotations

import codecs
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import polars as pl

from cityfolio.findings import Finding, Place
from cityfolio.reading.table import separator_of, shape_findings
from cityfolio.reading.text import Source, refused

__all__ = ["FORMS", "Received", "read_received"]

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_MOST_UNPACKED = 1_000_000_000  # bytes; a workbook of a million cells unpacks to a tenth of this
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Received:
    """The table of a file: its columns as text (nothing is ""), value labels and user-missing values by column."""

    name: str
    frame: pl.DataFrame
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)


class _UnreadableError(Exception):
    """The file cannot be read as what its name says; the findings say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(str(findings))
        self.findings = findings


def _unreadable(source: Source, problem: str) -> _UnreadableError:
    facts = {"form": source.path.suffix.removeprefix(".").upper(), "problem": problem}
    return _UnreadableError([Finding("import.unreadable", Place(source.name), facts)])


def read_received(source: Source, encoding: str = "") -> tuple[Received | None, list[Finding]]:
    """The table in a file of any form that is known by its ending, or None with a finding that says why there is none."""
    trouble = refused(source)
    if trouble is not None:
        return None, [trouble]
    if not source.path.stat().st_size:
        return None, [Finding("file.empty", Place(source.name))]
    try:
        received = FORMS[source.path.suffix.casefold()](source, encoding)
    except _UnreadableError as trouble_inside:
        return None, trouble_inside.findings
    return received, []


def _table(source: Source, header: list[str], rows: list[list[str]]) -> Received:
    columns = [cell.strip() for cell in header]
    doubled = sorted({c for c in columns if c and columns.count(c) > 1})
    if doubled:
        raise _UnreadableError(
            [Finding("table.doubled-column", Place(source.name, 1, c), {"column": c}) for c in doubled]
        )
    kept = [place for place, column in enumerate(columns) if column]
    series = [
        pl.Series(columns[place], [row[place].strip() if place < len(row) else "" for row in rows], pl.String)
        for place in kept
    ]
    return Received(source.name, pl.DataFrame(series))


def _csv(source: Source, encoding: str) -> Received:
    raw = source.path.read_bytes()
    marked = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), "")
    try:
        text = raw.decode(marked or encoding or "utf-8")
    except (UnicodeDecodeError, LookupError) as trouble:
        raise _unreadable(source, f"its letters are not in {marked or encoding or 'UTF-8'} ({trouble})") from trouble
    if "\x00" in text:
        raise _unreadable(source, "it holds null characters, as no text does")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = separator_of(text)
    findings = shape_findings(source.name, text, separator)
    if findings:
        raise _UnreadableError(findings)
    try:
        frame = pl.read_csv(text.encode("utf-8"), separator=separator, infer_schema=False, has_header=False)
    except pl.exceptions.PolarsError as trouble:
        raise _unreadable(source, str(trouble).split("\n", 1)[0]) from trouble
    frame = frame.with_columns(pl.all().fill_null("").str.strip_chars())
    header = list(frame.row(0))
    doubled = sorted({c for c in header if header.count(c) > 1})
    if doubled:
        raise _UnreadableError(
            [Finding("table.doubled-column", Place(source.name, 1, c), {"column": c}) for c in doubled]
        )
    frame = frame.slice(1)
    frame.columns = header
    return Received(source.name, frame)


def _workbook(source: Source, _: str) -> Received:
    import python_calamine

    try:
        with zipfile.ZipFile(source.path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile as trouble:
        raise _unreadable(source, "it is no workbook") from trouble
    if unpacked > _MOST_UNPACKED:
        raise _unreadable(source, f"it unpacks to {unpacked:,} bytes, far more than answers take")
    try:
        sheet = python_calamine.load_workbook(source.path).get_sheet_by_index(0)
        rows = [[_words(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
    except (python_calamine.CalamineError, ValueError, OSError) as trouble:
        raise _unreadable(source, str(trouble)) from trouble
    if not rows:
        raise _unreadable(source, "its first sheet is empty")
    return _table(source, rows[0], [row for row in rows[1:] if any(row)])


def _parquet(source: Source, _: str) -> Received:
    try:
        frame = pl.read_parquet(source.path, glob=False)
        frame = frame.select(pl.all().cast(pl.String).fill_null("").str.strip_chars())
    except (pl.exceptions.PolarsError, OSError) as trouble:
        raise _unreadable(source, str(trouble).split("\n", 1)[0]) from trouble
    return Received(source.name, frame)


def _json(source: Source, _: str) -> Received:
    try:
        content: Json = json.loads(source.path.read_bytes())
    except (ValueError, RecursionError) as trouble:
        raise _unreadable(source, str(trouble)) from trouble
    found = content.get("results", content.get("responses")) if isinstance(content, dict) else content
    if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
        raise _unreadable(source, "it is no list of records, one for each response")
    records = [dict(_flat(record, "")) for record in found if isinstance(record, dict)]
    header = list(dict.fromkeys(key for record in records for key in record))
    return _table(source, header, [[record.get(key, "") for key in header] for record in records])


def _flat(record: dict[str, Json], before: str) -> list[tuple[str, str]]:
    """The values of a record; groups become a/b, as in the files of the same programs."""
    flat: list[tuple[str, str]] = []
    for key, value in record.items():
        if isinstance(value, dict):
            flat += _flat(value, f"{before}{key}/")
        elif isinstance(value, list):
            flat.append((before + key, " ".join(_words(v) for v in value if not isinstance(v, (dict, list)))))
        else:
            flat.append((before + key, _words(value)))
    return flat


def _words(value: object) -> str:
    """A value as people write it: 3 for 3.0, nothing for nothing."""
    if value is None or value != value:  # noqa: PLR0124 - a number that is no number
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _labelled(read: str) -> Callable[[Source, str], Received]:
    def reading(source: Source, encoding: str) -> Received:
        import pyreadstat

        try:
            columns, meta = getattr(pyreadstat, read)(
                source.path, user_missing=True, output_format="dict", encoding=encoding or None
            )
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OSError) as trouble:
            raise _unreadable(source, str(trouble)) from trouble
        words = {name: [_words(value) for value in values] for name, values in columns.items()}
        labels = {
            name: {_words(value): label for value, label in values.items()}
            for name, values in meta.variable_value_labels.items()
        }
        missing = {name: frozenset(_words(v) for v in values) for name, values in meta.missing_user_values.items()}
        for name, ranges in meta.missing_ranges.items():
            missing[name] = frozenset(v for v in set(words[name]) | set(labels.get(name, ())) if _within(v, ranges))
        frame = pl.DataFrame([pl.Series(name, values, pl.String) for name, values in words.items()])
        return Received(source.name, frame, labels, missing)

    return reading


def _within(value: str, ranges: list[dict[str, float | str]]) -> bool:
    for ends in ranges:
        low, high = ends["lo"], ends["hi"]
        if _words(low) == value:
            return True
        try:
            if float(low) <= float(value) <= float(high):
                return True
        except ValueError:
            continue
    return False


FORMS: Mapping[str, Callable[[Source, str], Received]] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".xlsx": _workbook,
    ".ods": _workbook,
    ".parquet": _parquet,
    ".json": _json,
    ".sav": _labelled("read_sav"),
    ".dta": _labelled("read_dta"),
}
"""How each form of file is read, by the ending of its name."""
