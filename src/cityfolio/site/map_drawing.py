"""Where units stand on the world map and what part of it is drawn, in the whole numbers that an SVG is written with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cityfolio.profile.map_document import MapUnit
from cityfolio.site.map_outlines import coarse_world
from cityfolio.site.projection import WIDTH, equal_earth

__all__ = ["Drawn", "Frame", "coarse_world", "drawn", "frame", "place"]

_NORTHERNMOST, _SOUTHERNMOST = 84.0, -57.0
_MARGIN = 150
# About units that lie near one another: the air at each side, the step that the part moves by, and how large it may get, which
# is some 300 km from side to side. The outlines have little to show of less.
_AIR = 0.15
_STEP = 0.125
_LARGEST = 128


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


@dataclass(frozen=True)
class Drawn:
    """What a map shows: where each unit stands, the part that is drawn, and how the outlines of the world are moved there."""

    places: dict[str, tuple[int, int]]
    frame: Frame
    transform: str = ""


def drawn(units: Iterable[MapUnit]) -> Drawn:
    """The map of the units: the world, or the part of it that all of them lie in, drawn as large as the world would be.

    Units without coordinates stand nowhere.
    """
    placed = {unit.unit: equal_earth(*unit.place) for unit in units if unit.place is not None}
    part = _part(placed.values())
    if part is None:
        places = {unit: (round(x), round(y)) for unit, (x, y) in placed.items()}
        return Drawn(places, frame(places.values()))
    left, top, larger = part
    places = {unit: (round((x - left) * larger), round((y - top) * larger)) for unit, (x, y) in placed.items()}
    height = frame([]).height
    return Drawn(places, Frame(0, 0, round(WIDTH), height), f"scale({larger}) translate({-left:g} {-top:g})")


def _part(placed: Collection[tuple[float, float]]) -> tuple[float, float, int] | None:
    """The left and top of the part of the world that all units lie in, and how many times larger it is drawn; None for all.

    It is one of few, so that one more unit seldom moves the map, and with it what links to a part of it show.
    """
    if not placed:
        return None
    xs, ys = [x for x, _ in placed], [y for _, y in placed]
    high = frame([]).height / WIDTH
    needed = max(max(xs) - min(xs), (max(ys) - min(ys)) / high) * (1 + 2 * _AIR)
    larger = 1
    while larger < _LARGEST and needed <= WIDTH / (2 * larger) * (1 - _STEP):
        larger *= 2
    if larger == 1:
        return None
    width = WIDTH / larger
    step = width * _STEP
    left = round(((max(xs) + min(xs) - width) / 2) / step) * step
    top = round(((max(ys) + min(ys) - width * high) / 2) / (step * high)) * step * high
    return round(min(max(left, 0), WIDTH - width), 2), round(top, 2), larger


def frame(places: Iterable[tuple[int, int]]) -> Frame:
    """All of the map but the empty south, unless a unit stands there.

    >>> frame([]), frame([place(0, -75)]).height > frame([]).height
    (Frame(left=0, top=-2414, width=10000, height=4348), True)
    """
    heights = [y for _, y in places]
    top = min([place(0, _NORTHERNMOST)[1], *(y - _MARGIN for y in heights)])
    bottom = max([place(0, _SOUTHERNMOST)[1], *(y + _MARGIN for y in heights)])
    return Frame(0, top, round(WIDTH), bottom - top)
