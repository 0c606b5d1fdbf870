"""The world map as paths: land, borders and the places of units, in the whole numbers that an SVG is written with."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cityfolio.profile.map_document import MapUnit
from cityfolio.site.projection import WIDTH, equal_earth

__all__ = ["Frame", "World", "frame", "place", "places", "world"]

_NORTHERNMOST, _SOUTHERNMOST = 84.0, -57.0
_MARGIN = 150
# Outlines are drawn on a coarser grid than units stand on: fewer digits, and no line moves by more than half a step.
_GRID = 4


@dataclass(frozen=True)
class World:
    """The land as one path and the borders between countries as another, on a grid whose step is `grid` of the map."""

    land: str
    borders: str
    grid: int = _GRID


@dataclass(frozen=True)
class Frame:
    """The part of the map that is drawn.

    >>> Frame(0, 800, 10000, 4400).view_box
    '0 800 10000 4400'
    """

    left: int
    top: int
    width: int
    height: int

    @property
    def view_box(self) -> str:
        """As the attribute of an SVG."""
        return f"{self.left} {self.top} {self.width} {self.height}"


def place(longitude: float, latitude: float) -> tuple[int, int]:
    """Where a unit stands on the map. Busan and Seoul, 325 km apart, are about 120 of 10,000 apart.

    >>> place(129.075, 35.1796), place(126.978, 37.5665)
    ((8268, -1272), (8172, -1351))
    """
    x, y = equal_earth(longitude, latitude)
    return round(x), round(y)


def places(units: Iterable[MapUnit]) -> dict[str, tuple[int, int]]:
    """Where each unit stands, by its id; units without coordinates stand nowhere."""
    return {unit.unit: place(*unit.place) for unit in units if unit.place is not None}


def frame(drawn: Iterable[tuple[int, int]]) -> Frame:
    """All of the map but the empty south, unless a unit stands there.

    >>> frame([]), frame([place(0, -75)]).height > frame([]).height
    (Frame(left=0, top=-2414, width=10000, height=4348), True)
    """
    heights = [y for _, y in drawn]
    top = min([place(0, _NORTHERNMOST)[1], *(y - _MARGIN for y in heights)])
    bottom = max([place(0, _SOUTHERNMOST)[1], *(y + _MARGIN for y in heights)])
    return Frame(0, top, round(WIDTH), bottom - top)


@cache
def world() -> World:
    """The outlines that come with the package, projected.

    >>> world().land[:1], world().borders[:1]
    ('M', 'M')
    """
    paths: dict[str, list[str]] = {"land": [], "border": []}
    for kind, points in _outlines():
        path = _path([_on_grid(place(x / 100, y / 100)) for x, y in points])
        paths[kind].append(f"{path}z" if path and kind == "land" else path)
    return World("".join(paths["land"]), "".join(paths["border"]))


def _outlines() -> Iterator[tuple[str, list[tuple[int, int]]]]:
    text = (files("cityfolio.site") / "outlines" / "natural_earth_110m.txt").read_text("utf-8")
    for line in text.splitlines():
        kind, *steps = line.split(" ")
        if kind == "#":
            continue
        pairs = (step.split(",") for step in steps)
        yield kind, list(itertools.accumulate(((int(x), int(y)) for x, y in pairs), _moved))


def _on_grid(point: tuple[int, int]) -> tuple[int, int]:
    return round(point[0] / _GRID), round(point[1] / _GRID)


def _moved(start: tuple[int, int], step: tuple[int, int]) -> tuple[int, int]:
    return start[0] + step[0], start[1] + step[1]


def _path(points: list[tuple[int, int]]) -> str:
    """A path in steps, which take the fewest characters; points that fall on each other are drawn once."""
    kept = [point for point, _ in itertools.groupby(points)]
    steps = [(x - a, y - b) for (a, b), (x, y) in itertools.pairwise(kept)]
    if not steps:
        return ""  # a letter without numbers would end the drawing
    drawn = "".join(f"{x}{y}" if y < 0 else f"{x} {y}" for x, y in _spaced(steps))
    return f"M{kept[0][0]} {kept[0][1]}l{drawn.strip()}"


def _spaced(steps: Iterable[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    for x, y in steps:
        yield (str(x) if x < 0 else f" {x}"), y
