"""Takes the outlines of the world map, once for each release of Natural Earth, from a TopoJSON file of its countries.

npm pack world-atlas@2.0.2
.venv/bin/python scripts/outlines/make.py package/countries-110m.json
.venv/bin/python scripts/outlines/drawing.py
"""

from __future__ import annotations

import itertools
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OUTLINES = Path(__file__).parent / "natural_earth_110m.txt"
HEAD = """\
# Outlines of land, and of borders between countries, for the world map.
# Made from Natural Earth, 1:110m Cultural Vectors, Admin 0 (naturalearthdata.com), which is in the public domain, as
# packed in TopoJSON by world-atlas 2.0.2 (ISC licence). Borders are as Natural Earth draws them; they say nothing about
# anybody's claims. Antarctica is left out. Written by scripts/outlines/make.py.
# A line is one ring of land or one stretch of border: longitude,latitude in hundredths of a degree, then steps from there.
"""
SOUTHERNMOST = -60.0  # what lies wholly south of here is Antarctica

Point = tuple[float, float]


def main(path: str) -> None:
    topology = json.loads(Path(path).read_text("utf-8"))
    arcs = list(_arcs(topology))
    (land,) = topology["objects"]["land"]["geometries"]
    rings = (ring for ring in _rings(land, arcs) if max(y for _, y in ring) > SOUTHERNMOST)
    lines = [_line("land", part) for ring in rings for part in _cut(ring)]
    uses = Counter(~a if a < 0 else a for a in _used(topology["objects"]["countries"]["geometries"]))
    lines += [_line("border", arcs[arc]) for arc, times in sorted(uses.items()) if times > 1]
    OUTLINES.write_text(HEAD + "".join(lines), "utf-8")
    print(f"{len(lines)} lines, {OUTLINES.stat().st_size:,} bytes")


def _arcs(topology: dict[str, Any]) -> Iterator[list[Point]]:
    (scale_x, scale_y), (move_x, move_y) = (topology["transform"][key] for key in ("scale", "translate"))
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        yield points


def _rings(geometry: dict[str, Any], arcs: list[list[Point]]) -> Iterator[list[Point]]:
    for polygon in geometry["arcs"]:
        for ring in polygon:
            points: list[Point] = []
            for arc in ring:
                stretch = arcs[~arc][::-1] if arc < 0 else arcs[arc]
                points += stretch[1:] if points else stretch
            yield points


def _cut(ring: list[Point]) -> Iterator[list[Point]]:
    """The ring, or its parts on both sides of the antimeridian where it crosses that."""
    turns = 0
    unwound = [ring[0]]
    for (before, _), (x, y) in itertools.pairwise(ring):
        turns += (x - before < -180) - (x - before > 180)
        unwound.append((x + 360 * turns, y))
    for shift in (-360, 0, 360):
        part = [(x + shift, y) for x, y in unwound]
        inside = [-180 <= x <= 180 for x, _ in part]
        # Beyond the edge only the points beside it are kept: they close the shape there.
        near = [any(inside[max(place - 1, 0) : place + 2]) for place in range(len(part))]
        kept = [(min(max(x, -180.0), 180.0), y) for (x, y), is_near in zip(part, near, strict=True) if is_near]
        if any(inside) and len({x for x, _ in kept}) > 1:
            yield kept


def _used(geometries: list[dict[str, Any]]) -> Iterator[int]:
    for geometry in geometries:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for polygon in polygons:
            for ring in polygon:
                yield from ring


def _line(kind: str, points: list[Point]) -> str:
    whole = [(round(x * 100), round(y * 100)) for x, y in points]
    steps = [whole[0], *((x - a, y - b) for (a, b), (x, y) in itertools.pairwise(whole))]
    return f"{kind} {' '.join(f'{x},{y}' for x, y in steps if (x, y) != (0, 0) or (x, y) == whole[0])}\n"


if __name__ == "__main__":
    main(sys.argv[1])
