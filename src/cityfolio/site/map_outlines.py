"""The outlines that come with the package: coarse ones for the page itself, fine ones for who looks nearer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["World", "coarse_world", "fine_world"]


@dataclass(frozen=True)
class World:
    """The land as one path and the borders between countries as another, on a grid whose step is `grid` of the map."""

    land: str
    borders: str
    grid: int


@cache
def fine_world() -> World:
    """All points of the outlines. Units stand on a finer grid: here no line moves by more than 2 of 10,000.

    >>> fine_world().land[:1], fine_world().borders[:1]
    ('m', 'm')
    """
    return _world("fine")


@cache
def coarse_world() -> World:
    """Without what is smaller than a point of a phone's screen, and hardly larger on a desk: a quarter of the characters.

    >>> len(coarse_world().land) < len(fine_world().land) / 3
    True
    """
    return _world("coarse")


def _world(name: str) -> World:
    text = (files("cityfolio.site") / "outlines" / f"{name}.txt").read_text("utf-8")
    said = dict(line.split(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return World(said["land"], said["borders"], int(said["grid"]))
