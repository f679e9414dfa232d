"""TopoJSON as far as maps of units need it: arcs shared by neighbours, unions of units, fewer points, a coarser grid.

A line between two units is stored once, as an arc; a unit is rings of arc numbers, `~n` being arc n run backwards. A union
leaves out the arcs that two of its parts share: no geometry is computed, so no gap and no overlap can arise.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]  # degrees east, degrees north
Line = tuple[Point, ...]
Ring = tuple[int, ...]  # signed arcs
Polygon = tuple[Ring, ...]  # the outer ring, then holes


@dataclass(frozen=True)
class Shapes:
    """Units by code, each of one or more polygons over common arcs."""

    arcs: tuple[Line, ...]
    units: Mapping[str, tuple[Polygon, ...]]

    def arc(self, number: int) -> Line:
        return self.arcs[number] if number >= 0 else self.arcs[~number][::-1]

    def line(self, ring: Ring) -> Line:
        """The points of a ring, first and last the same."""
        first, *rest = map(self.arc, ring)
        return first + tuple(point for each in rest for point in each[1:])


def read(path: Path) -> Shapes:
    data = json.loads(path.read_text(encoding="utf-8"))
    (layer,) = data["objects"].values()
    (kx, ky), (x0, y0) = data["transform"]["scale"], data["transform"]["translate"]
    arcs = []
    for steps in data["arcs"]:
        summed = accumulate(steps, lambda at, step: (at[0] + step[0], at[1] + step[1]))
        arcs.append(tuple((x * kx + x0, y * ky + y0) for x, y in summed))
    return Shapes(tuple(arcs), {each["properties"]["code"]: polygons(each) for each in layer["geometries"]})


def polygons(geometry: Mapping[str, Any]) -> tuple[Polygon, ...]:
    found = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return tuple(tuple(tuple(ring) for ring in polygon) for polygon in found)


def union(shapes: Shapes, groups: Mapping[str, str]) -> Shapes:
    """The units of one group (code → group) as one unit."""
    inside: dict[str, set[int]] = defaultdict(set)
    for code, parts in shapes.units.items():
        inside[groups[code]] |= {arc for polygon in parts for ring in polygon for arc in ring}
    units = {}
    for group, arcs in inside.items():
        edge = {arc for arc in arcs if ~arc not in arcs}
        units[group] = nested(shapes, stitched(shapes, sorted(edge)))
    return Shapes(shapes.arcs, units)


def stitched(shapes: Shapes, arcs: Iterable[int]) -> list[Ring]:
    """Rings of arcs that follow each other. Raises KeyError where an arc leads nowhere."""
    starting: dict[Point, list[int]] = defaultdict(list)
    for arc in arcs:
        starting[shapes.arc(arc)[0]].append(arc)
    rings = []
    while starting:
        ring = [take(starting, next(iter(starting)))]
        home = shapes.arc(ring[0])[0]
        while (at := shapes.arc(ring[-1])[-1]) != home:
            ring.append(take(starting, at))
        rings.append(tuple(ring))
    return rings


def take(starting: dict[Point, list[int]], at: Point) -> int:
    arc = starting[at].pop()
    if not starting[at]:
        del starting[at]
    return arc


def nested(shapes: Shapes, rings: Iterable[Ring]) -> tuple[Polygon, ...]:
    """Rings as polygons: those that run clockwise (as outer rings do in TopoJSON) and the holes that lie in each."""
    lines = {ring: shapes.line(ring) for ring in rings}
    outer = sorted((ring for ring in lines if area(lines[ring]) < 0), key=lambda ring: -area(lines[ring]))
    holes: dict[Ring, list[Ring]] = defaultdict(list)
    for ring, line in lines.items():
        if area(line) > 0:
            home = next((each for each in outer if contains(lines[each], middle(line))), None)
            if home is not None:
                holes[home].append(ring)
    return tuple((ring, *holes[ring]) for ring in outer)


def middle(line: Line) -> Point:
    """A point of the ring's first step: on a hole's edge, and so within what surrounds it."""
    (x, y), (u, v) = line[:2]
    return (x + u) / 2, (y + v) / 2


def area(line: Line) -> float:
    """Area within a ring in square degrees, negative where it runs clockwise."""
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(line)) / 2


def contains(line: Line, point: Point) -> bool:
    x, y = point
    crossed = ((u + (y - v) * (s - u) / (t - v)) > x for (u, v), (s, t) in pairwise(line) if (v > y) != (t > y))
    return sum(crossed) % 2 == 1


def joined(shapes: Shapes) -> Shapes:
    """The same units over longer arcs: those that follow each other between the same neighbours become one."""
    users: dict[int, set[str]] = defaultdict(set)
    for code, parts in shapes.units.items():
        for arc in (arc for polygon in parts for ring in polygon for arc in ring):
            users[max(arc, ~arc)].add(code)
    numbers: dict[Ring, int] = {}
    arcs: list[Line] = []

    def number(run: Ring) -> int:
        back = tuple(~arc for arc in reversed(run))
        if back in numbers:
            return ~numbers[back]
        if run not in numbers:
            numbers[run] = len(arcs)
            arcs.append(shapes.line(run))
        return numbers[run]

    def neighbours(arc: int) -> tuple[str, ...]:
        return tuple(sorted(users[max(arc, ~arc)]))

    def longer(ring: Ring) -> Ring:
        start = next((n for n in range(len(ring)) if neighbours(ring[n]) != neighbours(ring[n - 1])), 0)
        return tuple(number(tuple(run)) for _, run in groupby(ring[start:] + ring[:start], key=neighbours))

    units = {
        code: tuple(tuple(longer(ring) for ring in polygon) for polygon in parts)
        for code, parts in shapes.units.items()
    }
    return Shapes(tuple(arcs), units)


def simplified(shapes: Shapes, tolerance: float) -> Shapes:
    """Leave out points that lie within `tolerance` degrees of the line without them (Ramer, Douglas and Peucker)."""
    return Shapes(tuple(thinned(arc, tolerance) for arc in shapes.arcs), shapes.units)


def thinned(line: Line, tolerance: float) -> Line:
    """An island keeps four points at least, however small."""
    found = farthest(line, tolerance)
    while line[0] == line[-1] and len(found) < min(5, len(line)):
        tolerance /= 2
        found = farthest(line, tolerance)
    return found


def farthest(line: Line, tolerance: float) -> Line:
    keep = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        between = range(first + 1, last)
        if not between:
            continue
        far = max(between, key=lambda n: distance(line[n], line[first], line[last]))
        if distance(line[far], line[first], line[last]) > tolerance or (line[first] == line[last]):
            keep.add(far)
            todo += [(first, far), (far, last)]
    return tuple(line[n] for n in sorted(keep))


def distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the stretch between two others, in degrees."""
    (x, y), (u, v), (s, t) = point, start, end
    long = (s - u) ** 2 + (t - v) ** 2
    along = min(1.0, max(0.0, ((x - u) * (s - u) + (y - v) * (t - v)) / long)) if long else 0.0
    return float(((x - u - along * (s - u)) ** 2 + (y - v - along * (t - v)) ** 2) ** 0.5)


def together(parts: Iterable[Shapes]) -> Shapes:
    """Units of several files in one; their arcs stay apart."""
    arcs: list[Line] = []
    units = {}
    for part in parts:
        shift = len(arcs)
        for code, found in part.units.items():
            units[code] = tuple(
                tuple(tuple(arc + shift if arc >= 0 else arc - shift for arc in ring) for ring in polygon)
                for polygon in found
            )
        arcs += part.arcs
    return Shapes(tuple(arcs), units)
