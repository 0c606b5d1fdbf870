"""A synthetic programme: any number of cities that answer the example's questionnaires in both of its waves.

Instruments, plan, wording, translations, crosswalk, recommendations, edits and published figures are the example's own
files. Cities and answers are invented: each cell is drawn with a fixed seed, as often empty and with as many choices as that
column of the example.
"""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

KEPT = (
    "programme.yml", "profile.yml", "act.yml", "outcomes.yml", "join.md", "edits.yml", "published.csv",
    "wording", "locale", "crosswalks", "instruments", "recommendations",
)  # fmt: skip
CONTINENTS = ("AF", "AS", "EU", "NA", "OC", "SA")
COUNTRIES = 48
SYLLABLES = ("ba", "cor", "del", "fen", "gri", "ham", "kal", "lo", "mar", "nis", "or", "pe", "ros", "sta", "tun", "vi")
WORDS = ("open data", "night transport", "care at home", "green roofs", "street trees", "youth council", "repair")
# A column that hardly any city of the example filled would leave its chart without a base.
LEAST_FILLED = 0.05


@dataclass(frozen=True)
class Column:
    """How a column of the example is filled: the share of filled cells, and the cells themselves."""

    name: str
    filled: float
    cells: tuple[str, ...]


def write_synthetic(example: Path, folder: Path, cities: int, seed: int = 20182020) -> None:
    """Write a programme of that many cities x the example's waves into the new folder `folder`."""
    draw = random.Random(seed)
    folder.mkdir(parents=True)
    for name in KEPT:
        if (example / name).is_dir():
            shutil.copytree(example / name, folder / name)
        elif (example / name).exists():
            shutil.copy(example / name, folder / name)
    units = list(_units(cities, draw))
    _write_csv(folder / "units.csv", list(units[0]), [list(unit.values()) for unit in units])
    for responses in sorted((example / "responses").glob("*.csv")):
        categories = _categories(example / "instruments" / f"{responses.stem}.yml")
        columns = _columns(responses)
        cells = [[unit["unit"], *(_cell(c, categories, draw) for c in columns)] for unit in units]
        _write_csv(folder / "responses" / responses.name, ["unit", *(c.name for c in columns)], cells)


def _units(cities: int, draw: random.Random) -> Iterator[dict[str, str]]:
    for number in range(1, cities + 1):
        country = number % COUNTRIES
        yield {
            "unit": f"c{number:04}-l{country:02}",
            "name": f"{_name(draw)} {number}",
            "display_name": "",
            "subdivision": "",
            "subdivision_name": "",
            "country": f"Land {country:02}",
            "country_iso3": f"L{country:02}",
            "continent": CONTINENTS[country % len(CONTINENTS)],
            "lat": f"{draw.uniform(-60, 70):.4f}",
            "lon": f"{draw.uniform(-180, 180):.4f}",
            "source_url": "",
        }


def _name(draw: random.Random) -> str:
    return "".join(draw.choice(SYLLABLES) for _ in range(3)).capitalize()


def _categories(instrument: Path) -> dict[str, dict[str, bool]]:
    """For each choice variable its codes, and whether a code excludes the others."""
    # BaseLoader leaves yes and no as they are written: they are codes here.
    content = yaml.load(instrument.read_text("utf-8"), Loader=yaml.BaseLoader)
    questions = [question for section in content["sections"] for question in section["questions"]]
    return {
        question["variable"]: {c["code"]: c.get("exclusive") == "true" for c in question["categories"]}
        for question in questions
        if "categories" in question
    }


def _columns(responses: Path) -> list[Column]:
    with responses.open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    columns = []
    for name in (name for name in records[0] if name != "unit"):
        cells = tuple(record[name] for record in records if record[name])
        columns.append(Column(name, max(len(cells) / len(records), LEAST_FILLED), cells))
    return columns


def _cell(column: Column, categories: Mapping[str, Mapping[str, bool]], draw: random.Random) -> str:
    if draw.random() >= column.filled:
        return ""
    if column.name in categories:
        return _choices(column, categories[column.name], draw)
    if column.name.endswith("_other"):
        return draw.choice(WORDS).capitalize()
    if column.name == "head_of_city" or column.name == "lead_innovation_officer":
        return f"{_name(draw)} {_name(draw)}"
    return draw.choice(column.cells) if column.cells else ""


def _choices(column: Column, codes: Mapping[str, bool], draw: random.Random) -> str:
    """As many codes as some city of the example chose, more often those that many chose."""
    answers = [cell.split() for cell in column.cells] or [[code] for code in codes]
    exclusive = [code for code, alone in codes.items() if alone]
    if exclusive and draw.random() < _share_of(exclusive[0], answers):
        return exclusive[0]
    several = [code for code, alone in codes.items() if not alone]
    weights = {code: 0.5 + sum(code in answer for answer in answers) for code in several}
    wanted = min(len(draw.choice(answers)), len(several))
    # The wanted codes with the smallest waiting times are a weighted draw without putting back.
    waits = {code: draw.expovariate(weight) for code, weight in weights.items()}
    chosen = sorted(several, key=waits.__getitem__)[:wanted]
    return " ".join(code for code in several if code in chosen)


def _share_of(code: str, answers: Sequence[Sequence[str]]) -> float:
    return sum(code in answer for answer in answers) / len(answers)


def _write_csv(path: Path, columns: Sequence[str], records: Sequence[Sequence[str]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(records)
