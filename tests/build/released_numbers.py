"""Every number that the files of a publication tell about some questions, read format by format with none of our code.

A file that names one of the questions and that no reader here knows is an error: a new format cannot slip past.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from fnmatch import fnmatch
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import polars as pl
import pyreadstat
import python_calamine

from cityfolio.site.fact_links import fact_of_link


class Told(NamedTuple):
    """What a file tells of a fact: its numerator and base, or its value (None where it does not say)."""

    file: str
    fact: str
    numerator: int | None
    base: int | None
    value: float | None = None

    @property
    def says_something(self) -> bool:
        return (self.numerator, self.base, self.value) != (None, None, None)


def told_in(site: Path, questions: Collection[str]) -> list[Told]:
    """Everything that is told about the questions, from all files."""
    found: list[Told] = []
    words = re.compile("|".join(map(re.escape, questions)).encode())
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if not path.is_file() or name.startswith("."):
            continue
        reader = next((read for pattern, read in READERS.items() if fnmatch(name, pattern)), None)
        if reader is None:
            assert not words.search(path.read_bytes()), f"{name} names a question, and nobody here can read it"
            continue
        found += [one for one in reader(name, path) if one.fact.split(".")[1] in questions]
    return [one for one in found if one.says_something]


def _whole(cell: object) -> int | None:
    return int(float(str(cell))) if cell not in (None, "") else None


def _number(cell: object) -> float | None:
    return float(str(cell)) if cell not in (None, "") else None


def _rows(name: str, rows: Iterable[dict[str, Any]]) -> Iterator[Told]:
    for row in rows:
        yield Told(name, row["fact"], _whole(row.get("numerator")), _whole(row.get("base")), _number(row.get("value")))


def _csv(name: str, path: Path) -> Iterator[Told]:
    yield from _rows(name, csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def _json_rows(name: str, path: Path) -> Iterator[Told]:
    yield from _rows(name, json.loads(path.read_bytes()))


def _parquet(name: str, path: Path) -> Iterator[Told]:
    yield from _rows(name, pl.read_parquet(path).iter_rows(named=True))


def _sqlite(name: str, path: Path) -> Iterator[Told]:
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        yield from _rows(name, (dict(row) for row in database.execute("SELECT * FROM facts")))
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = {row[1] for row in database.execute(f"PRAGMA table_info({table!r})")}
            assert not (table.startswith("responses") and columns & SECRET_COLUMNS), table


def _api(name: str, path: Path) -> Iterator[Told]:
    content = json.loads(path.read_bytes())
    yield from _rows(name, content.get("facts", []) if isinstance(content, dict) else [])


def _id(edition: str, variable: str, category: str, group: str, measure: str) -> str:
    return ".".join((edition, variable, category if category not in ("", "_T") else "_", group, measure))


def _sdmx_csv(name: str, path: Path) -> Iterator[Told]:
    for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))):
        yield _sdmx(name, row)


def _sdmx(name: str, row: dict[str, str]) -> Told:
    group, category = row["GROUP"].replace("@", ":", 1), row["CATEGORY"].rpartition("@")[2]
    fact = _id(row["EDITION"], row["VARIABLE"], category, group, row["MEASURE"])
    return Told(name, fact, _whole(row.get("NUMERATOR")), _whole(row.get("BASE")), _number(row.get("OBS_VALUE")))


def _sdmx_xml(name: str, path: Path) -> Iterator[Told]:
    series: dict[str, str] = {}
    for element in ElementTree.parse(path).iter():
        if element.tag.rpartition("}")[2] == "Series":
            series = element.attrib
        elif element.tag.rpartition("}")[2] == "Obs":
            yield _sdmx(name, series | element.attrib)


def _sdmx_json(name: str, path: Path) -> Iterator[Told]:
    data = json.loads(path.read_bytes())["data"]
    structure = data["structures"][0]
    dimensions = structure["dimensions"]["observation"]
    numbers = [one["id"] for part in ("measures", "attributes") for one in structure[part]["observation"]]
    for key, held in data["dataSets"][0]["observations"].items():
        places = [int(place) for place in key.split(":")]
        row = {d["id"]: d["values"][place]["id"] for d, place in zip(dimensions, places, strict=True)}
        yield _sdmx(name, row | dict(zip(numbers, held, strict=True)))


def _json_stat(name: str, path: Path) -> Iterator[Told]:
    cube = json.loads(path.read_bytes())
    names = [cube["dimension"][one]["category"]["index"] for one in cube["id"]]
    held: dict[str, dict[str, float]] = {}
    for place, cell in enumerate(product(*names)):
        value = cube["value"].get(str(place))
        edition, item, group, measure, part = cell
        if value is not None:
            variable, _, category = item.partition(".")
            held.setdefault(_id(edition, variable, category, group, measure), {})[part] = value
    for fact, parts in held.items():
        yield Told(name, fact, _whole(parts.get("numerator")), _whole(parts.get("base")), parts.get("value"))


def _explore(name: str, path: Path) -> Iterator[Told]:
    match = re.fullmatch(r'cityfolio\.take\("explore/([^"]+)",(.*)\);?\s*', path.read_text("utf-8"), re.DOTALL)
    assert match, name
    variable, content = match[1], json.loads(match[2])
    for view in content["views"]:
        for column in view["columns"]:
            for (code, *_), cell in zip(content["rows"], column["cells"], strict=True):
                # A cell is a number with its base, or a word on why there is none.
                number, base = cell if isinstance(cell, list) else (None, 0)
                if number is None:
                    continue
                counted = column["bases"][base][0]
                if content["number"]:
                    yield Told(name, _id(view["edition"], variable, "", column["group"], code), None, None, number)
                    continue
                category = "" if code == "own_words" else code
                measure = column["measure"] if category else code
                fact = _id(view["edition"], variable, category, column["group"], measure)
                yield Told(name, fact, _whole(number), counted)


def _chart_csv(name: str, path: Path) -> Iterator[Told]:
    for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))):
        if row.get("fact"):
            yield Told(name, row["fact"], _whole(row["numerator"]), _whole(row["base"]))


def _chart_json(name: str, path: Path) -> Iterator[Told]:
    for row in json.loads(path.read_bytes())["chart"]["rows"]:
        if row.get("fact"):
            assert row["count"] is not None or row["length"] == 0, "a bar is as long as a number that is withheld"
            yield Told(name, row["fact"], row["count"], row["of"])


def _chart_svg(name: str, path: Path) -> Iterator[Told]:
    """The counts of a picture, which has no ids, must be those of the table beside it."""
    table = path.with_suffix(".csv").read_text("utf-8")
    texts = " ".join(text for element in ElementTree.parse(path).iter() for text in (element.text or "",))
    for number, base in re.findall(r"\b(\d+) of (\d+)\b", texts):
        assert re.search(rf",{number},{base},", table), f"{name} says {number} of {base}"
    yield from ()


def _runs(name: str, path: Path) -> Iterator[Told]:
    """The runs of sentences in a document: each piece of text with the fact and the part that it tells."""

    def walk(value: object) -> Iterator[Told]:
        if isinstance(value, dict):
            if {"text", "fact", "part"} <= value.keys() and value["fact"]:
                yield from _said(name, value["fact"], value["part"], value["text"])
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)

    yield from walk(json.loads(path.read_bytes()))


def _said(name: str, fact: str, part: str, text: str) -> Iterator[Told]:
    """What a number in running text tells: a part of a fact, `3 of 8`, a percentage (which is left to the count) or a number."""
    whole = text.replace(",", "").strip()
    both = re.fullmatch(r"(\d+) of (\d+)", whole)
    if both:
        yield Told(name, fact, int(both[1]), int(both[2]))
    elif re.fullmatch(r"\d+", whole) and part in ("numerator", "base"):
        yield Told(name, fact, *((int(whole), None) if part == "numerator" else (None, int(whole))))
    elif re.search(r"\d", whole) and part in ("", "value", "share", "rank"):
        yield Told(name, fact, None, None, float(re.findall(r"\d+(?:\.\d+)?", whole)[0]))


class _Page(HTMLParser):
    """The numbers of a page with the facts that they name."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str, str]] = []
        self.said: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag not in ("br", "img", "meta", "link", "input", "hr", "path", "rect", "use"):
            fact = held.get("data-fact")
            led_to = fact_of_link(held.get("href") or "") if fact is not None or "data-fact" in held else ""
            self.open.append((tag, fact or led_to, held.get("data-part") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        fact, part = next(((f, p) for _, f, p in reversed(self.open) if f), ("", ""))
        if fact and data.strip():
            self.said.append((fact, part, data))


def _html(name: str, path: Path) -> Iterator[Told]:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    for fact, part, text in page.said:
        if fact.count(".") >= 4:
            yield from _said(name, fact, part, text)


def _ddi(name: str, path: Path) -> Iterator[Told]:
    """Frequencies stand below the name of a variable; of a confidential one there are none."""
    for element in ElementTree.parse(path).iter():
        if element.tag.rpartition("}")[2] == "var":
            named = element.get("name", "")
            assert not any(named == one or named.startswith(f"{one}_") for one in SECRET_COLUMNS), named
    yield from ()


def _columns(read: Callable[[Path], Collection[str]]) -> Callable[[str, Path], Iterator[Told]]:
    """A reader of microdata: no column may be that of a confidential question."""

    def reader(name: str, path: Path) -> Iterator[Told]:
        held = set(read(path))
        assert not {c for c in held if any(c == s or c.startswith(f"{s}_") for s in SECRET_COLUMNS)}, name
        yield from ()

    return reader


def _long(name: str, path: Path) -> Iterator[Told]:
    held = {row["variable"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))}
    assert not held & SECRET_COLUMNS, name
    yield from ()


def _no_numbers(name: str, path: Path) -> Iterator[Told]:
    """Files that name questions and say no number of them: descriptions, codebooks, searches."""
    yield from ()


def _header(path: Path) -> list[str]:
    return next(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def _keys(path: Path) -> set[str]:
    return {key for row in json.loads(path.read_bytes()) for key in row}


def _first_row(path: Path) -> list[str]:
    sheet = python_calamine.load_workbook(path).get_sheet_by_name("Responses")
    return [str(cell) for cell in sheet.to_python()[0]]


SECRET_COLUMNS = frozenset({"trust", "troubles", "bribes"})
READERS: dict[str, Callable[[str, Path], Iterator[Told]]] = {
    "data/facts.csv": _csv,
    "data/facts.json": _json_rows,
    "data/facts.parquet": _parquet,
    "data/programme.sqlite": _sqlite,
    "data/facts.json-stat.json": _json_stat,
    "data/sdmx/facts.csv": _sdmx_csv,
    "data/sdmx/facts*.xml": _sdmx_xml,
    "data/sdmx/facts.json": _sdmx_json,
    "data/sdmx/structure*.xml": _no_numbers,
    "data/ddi-codebook.xml": _ddi,
    "data/responses.csv": _columns(_header),
    "data/responses.json": _columns(_keys),
    "data/responses.parquet": _columns(lambda path: pl.read_parquet(path).columns),
    "data/responses.sav": _columns(lambda path: pyreadstat.read_sav(path, metadataonly=True)[1].column_names),
    "data/responses.dta": _columns(lambda path: pyreadstat.read_dta(path, metadataonly=True)[1].column_names),
    "data/responses.xlsx": _columns(_first_row),
    "data/responses-long.csv": _long,
    "data/codebook.*": _no_numbers,
    "api/openapi.json": _no_numbers,
    "api/v1/facts/*.json": _api,
    "api/v1/*.json": _api,
    "explore/index.html": _html,
    "explore/*.js": _explore,
    "charts/*.csv": _chart_csv,
    "charts/*.json": _chart_json,
    "charts/*.svg": _chart_svg,
    "cities/*.json": _runs,
    "search/*.js": _no_numbers,
    "*.html": _html,
}
