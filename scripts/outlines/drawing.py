"""Draws the outlines of the world map: projected, thinned, and written as the paths of an SVG.

    .venv/bin/python scripts/outlines/drawing.py

The two files that it writes are part of the package: how the land runs does not change with a programme, so no build draws it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import hypot
from pathlib import Path

from cityfolio.site.map_outlines import World
from cityfolio.site.projection import equal_earth

HERE = Path(__file__).parent
SOURCE = HERE / "natural_earth_110m.txt"
DRAWN = HERE.parents[1] / "src" / "cityfolio" / "site" / "outlines"
HEAD = """\
# Outlines of land, and of borders between countries, as paths in steps of a grid. Made from Natural Earth, 1:110m Cultural
# Vectors (naturalearthdata.com), which is in the public domain. Written by scripts/outlines/drawing.py.
"""

Point = tuple[float, float]
Step = tuple[int, int]


def main() -> None:
    for name, world in drawn().items():
        text = f"{HEAD}grid {world.grid}\nland {world.land}\nborders {world.borders}\n"
        (DRAWN / f"{name}.txt").write_text(text, "utf-8")
        print(f"{name}: {len(text):,} characters")


def drawn() -> dict[str, World]:
    """All points, where no line moves by more than 2 of 10,000; and without what is smaller than a point of a phone's screen."""
    return {"fine": _world(grid=4, off=0), "coarse": _world(grid=15, off=16)}


def _world(grid: int, off: float) -> World:
    """The outlines on a grid; points that lie off the line between their neighbours by less than `off` are left out."""
    rings: list[list[Step]] = []
    borders: list[list[Step]] = []
    for kind, points in _outlines():
        projected = [equal_earth(x / 100, y / 100) for x, y in points]
        drawn = [(round(x / grid), round(y / grid)) for x, y in _thinned(projected, off)]
        drawn = [step for step, _ in itertools.groupby(drawn)]
        if kind == "border" and len(drawn) > 1:
            borders.append(drawn)
        elif kind == "land" and len(set(drawn)) > 2:
            rings.append(drawn[:-1] if drawn[0] == drawn[-1] else drawn)
    return World(_path(rings, closing="z"), _path(_joined(borders)), grid)


def _outlines() -> Iterator[tuple[str, list[Step]]]:
    for line in SOURCE.read_text("utf-8").splitlines():
        kind, *steps = line.split(" ")
        if kind != "#":
            pairs = (step.split(",") for step in steps)
            yield kind, list(itertools.accumulate(((int(x), int(y)) for x, y in pairs), _moved))


def _moved(start: Step, step: Step) -> Step:
    return start[0] + step[0], start[1] + step[1]


def _thinned(points: Sequence[Point], off: float) -> list[Point]:
    """The line without points that hardly bend it (Douglas and Peucker, 1973)."""
    first, last = points[0], points[-1]
    distances = [_distance(point, first, last) for point in points[1:-1]]
    farthest = max(distances, default=0)
    if farthest <= off and off:
        return [first, last]
    if not off or not distances:
        return list(points)
    middle = distances.index(farthest) + 1
    return _thinned(points[: middle + 1], off)[:-1] + _thinned(points[middle:], off)


def _distance(point: Point, first: Point, last: Point) -> float:
    """How far a point lies off a line, or from the point that it begins and ends in."""
    across, down = last[0] - first[0], last[1] - first[1]
    from_x, from_y = point[0] - first[0], point[1] - first[1]
    length = hypot(across, down)
    return abs(across * from_y - down * from_x) / length if length else hypot(from_x, from_y)


def _joined(lines: Sequence[list[Step]]) -> list[list[Step]]:
    """Lines that meet, joined end to end: a new start costs more characters than a step."""
    meeting: defaultdict[Step, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        meeting[line[0]].append(number)
        meeting[line[-1]].append(number)
    used: set[int] = set()
    joined = []
    # Where an odd number of lines meets, one has to begin or end.
    for number in sorted(range(len(lines)), key=lambda one: -(len(meeting[lines[one][0]]) % 2)):
        if number not in used:
            used.add(number)
            forth = _continued(list(lines[number]), lines, meeting, used)
            joined.append(_continued(forth[::-1], lines, meeting, used))
    return joined


def _continued(
    line: list[Step], lines: Sequence[list[Step]], meeting: dict[Step, list[int]], used: set[int]
) -> list[Step]:
    while onward := [number for number in meeting[line[-1]] if number not in used]:
        used.add(onward[0])
        further = lines[onward[0]]
        line += further[1:] if further[0] == line[-1] else further[-2::-1]
    return line


def _path(lines: Sequence[list[Step]], closing: str = "") -> str:
    """A path in steps, which take the fewest characters; each line begins as near as can be to where the last one ended."""
    written = []
    left = list(lines)
    at = (0, 0)
    while left:
        nearest = min(left, key=lambda line: abs(line[0][0] - at[0]) + abs(line[0][1] - at[1]))
        left.remove(nearest)
        steps = [(x - a, y - b) for (a, b), (x, y) in itertools.pairwise([at, *nearest])]
        written.append(f"m{_spaced(steps)}{closing}")
        at = nearest[0] if closing else nearest[-1]
    return "".join(written)


def _spaced(steps: Sequence[Step]) -> str:
    """Numbers with the spaces that they need: none before a minus."""
    return " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")


if __name__ == "__main__":
    main()
