"""JSON: a list of records, one for each response, read record by record."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TextIO, TypeAlias

from cityfolio.findings import Finding, Place
from cityfolio.intake.importing.columns import Column, Filling, blank
from cityfolio.intake.importing.received import How, Received, checked_header, unreadable
from cityfolio.intake.importing.words import words

if TYPE_CHECKING:
    from cityfolio.reading.text import Source

__all__ = ["read_records"]

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Record: TypeAlias = dict[str, Json]

_CHUNK = 1 << 16
_ROWS = 5_000
_LISTS = ("results", "responses")
_NO_LIST = "it is no list of records, one for each response"


def read_records(source: Source, how: How) -> Received:
    """The table of a JSON file: a list of records, alone or as "results" or "responses"; or a record on each line.

    Raises:
        UnreadableError: if it holds anything else.
    """
    with source.path.open("rb") as raw:
        marked = raw.read(4).startswith(codecs.BOM_UTF8)
    try:
        with source.path.open(encoding=how.encoding or ("utf-8-sig" if marked else "utf-8")) as text:
            return _table(source, _unwrapped(_Text(text).records()))
    except (ValueError, RecursionError, LookupError) as trouble:
        raise unreadable(source, str(trouble)) from trouble


class _Text:
    """A text of which only a part is held at a time."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._held = ""
        self._at = 0
        self._decoder = json.JSONDecoder()

    def records(self) -> Iterator[Record]:
        """The records, whichever way they are listed."""
        first = self._seen()
        if first == "[":
            yield from self._list()
        elif first == "{":
            yield from self._object()
        else:
            raise ValueError(_NO_LIST)
        if self._seen():
            raise ValueError("it goes on after its end")

    def _object(self) -> Iterator[Record]:
        """The list that an object holds, or the object as the first of many, a line each."""
        self._at += 1
        record: Record = {}
        while self._seen() != "}":
            key = self._value()
            self._take(":")
            if key in _LISTS and self._seen() == "[":
                yield from self._list()
                record = {}
                key = ""
            else:
                record[str(key)] = self._value()
            if self._seen() == ",":
                self._at += 1
            elif self._seen() != "}":
                raise ValueError("an object does not end")
            if not key:
                yield from self._rest_of_object()
                return
        self._at += 1
        yield record
        while self._seen():
            yield _record(self._value())

    def _rest_of_object(self) -> Iterator[Record]:
        while self._seen() != "}":
            self._value()
            self._take(":")
            self._value()
            if self._seen() == ",":
                self._at += 1
        self._at += 1
        return iter(())

    def _list(self) -> Iterator[Record]:
        self._at += 1
        while self._seen() != "]":
            yield _record(self._value())
            if self._seen() == ",":
                self._at += 1
            elif self._seen() != "]":
                raise ValueError("a list does not end")
        self._at += 1

    def _take(self, wanted: str) -> None:
        if self._seen() != wanted:
            raise ValueError(f'"{wanted}" is missing')
        self._at += 1

    def _seen(self) -> str:
        """The next letter that says anything, or nothing at the end."""
        while True:
            while self._at < len(self._held):
                if not self._held[self._at].isspace():
                    return self._held[self._at]
                self._at += 1
            if not self._more():
                return ""

    def _value(self) -> Json:
        """The next value, with as much of the text as it takes."""
        self._seen()
        while True:
            try:
                value: Json
                value, end = self._decoder.raw_decode(self._held, self._at)
            except ValueError:
                if not self._more():
                    raise
                continue
            # A number at the end of what is held may go on in what is not.
            length = end - self._at
            if end < len(self._held) or not self._more():
                self._at += length
                return value

    def _more(self) -> bool:
        rest = self._held[self._at :]
        chunk = self._text.read(max(_CHUNK, len(rest)))
        self._held, self._at = rest + chunk, 0
        return bool(chunk)


def _record(value: Json) -> Record:
    if not isinstance(value, dict):
        raise ValueError(_NO_LIST)  # noqa: TRY004 - the file is wrong, not its reader
    return value


def _unwrapped(records: Iterator[Record]) -> Iterator[Record]:
    """The records without their number around them, as LimeSurvey has written them: {"1": {...}}, {"2": {...}}."""
    for record in records:
        only = next(iter(record.items())) if len(record) == 1 else ("", None)
        yield only[1] if only[0].isdecimal() and isinstance(only[1], dict) else record


def _table(source: Source, records: Iterable[Record]) -> Received:
    fillings: dict[str, Filling] = {}
    repeats: dict[str, int] = {}
    height = 0
    rest = iter(records)
    while some := list(islice(rest, _ROWS)):
        flat = []
        for number, record in enumerate(some, start=height):
            flat.append(dict(_flat(record, "", repeats, number)))
        for key in dict.fromkeys(chain.from_iterable(flat)):
            if key not in fillings:
                fillings[key] = Filling().add([""] * height)
        for key, filling in fillings.items():
            filling.add(record.get(key, "") for record in flat)
        height += len(some)
    if not height:
        raise ValueError("it holds no records")
    header = checked_header(source, list(fillings))
    columns: dict[str, Column] = {
        name: filling.column() for name, filling in zip(header, fillings.values(), strict=True) if name
    }
    columns |= {name: blank(height) for name in repeats if name not in columns}
    findings = [
        Finding("import.repeat-group", Place(source.name, row + 2, name), {"got": name})
        for name, row in repeats.items()
    ]
    return Received(source.name, columns, height, findings=findings)


def _flat(record: Record, before: str, repeats: dict[str, int], row: int) -> Iterator[tuple[str, str]]:
    """The values of a record; groups become a/b, as in the files of the same programs. Groups that repeat are only noted."""
    for key, value in record.items():
        # KoboToolbox writes the path of a group into the keys of those below it.
        name = key if key.startswith(before) else before + key
        if isinstance(value, dict):
            yield from _flat(value, f"{name}/", repeats, row)
        elif not isinstance(value, list):
            yield name, words(value)
        elif any(isinstance(one, dict | list) for one in value):
            if not name.startswith("_"):
                repeats.setdefault(name, row)
        else:
            yield name, " ".join(words(one) for one in value)
