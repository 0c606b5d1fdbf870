"""Where units stand on the world map and what part of it is drawn, in the whole numbers that an SVG is written with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cityfolio.profile.map_document import MapUnit
from cityfolio.site.map_outlines import coarse_world
from cityfolio.site.projection import WIDTH, equal_earth

__all__ = ["Frame", "coarse_world", "frame", "place", "places"]

_NORTHERNMOST, _SOUTHERNMOST = 84.0, -57.0
_MARGIN = 150


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
