"""A province's communes on paper: outlines in tenths of a millimetre, north up, the two archipelagos in frames beside the mainland.

From the outlines that ship with the program (`static/units/geo`); a value of it can be kept as JSON and read again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from hopluc.units.outlines import GEO

Json = Any
Place = tuple[float, float]  # east and north in degrees
Ring = tuple[int, ...]  # x, y, x, y, …
WIDTH, HEIGHT = 1600, 1500  # at most
MARGIN = 10
APART = 4  # points of a line that are nearer than this are one
DOT = 5  # half of an islet too small to have a shape
FRAME, CAPTION, GAP = 420, 50, 30
EAST, SOUTH = 110.3, 9.5  # degrees: beyond these lie the two archipelagos and nothing else


def _hoang_sa(place: Place) -> bool:
    return place[0] > EAST and place[1] > 14


def _truong_sa(place: Place) -> bool:
    return (place[0] > EAST and place[1] <= 14) or (place[0] > 109 and place[1] < SOUTH)


def _mainland(place: Place) -> bool:
    return not (_hoang_sa(place) or _truong_sa(place))


ISLANDS = (("Hoàng Sa", _hoang_sa, 380), ("Trường Sa", _truong_sa, 460))  # heights of their frames


@dataclass(frozen=True, slots=True)
class Frame:
    """Where islands are drawn that lie far off."""

    name: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Land:
    """Rings by the key of a commune, holes among them (even-odd)."""

    width: int
    height: int
    outlines: Mapping[str, tuple[Ring, ...]]
    frames: tuple[Frame, ...] = ()

    @cached_property
    def kept(self) -> Json:
        """As JSON; made once: one land serves every report of its province."""
        outlines = {key: ";".join(" ".join(map(str, ring)) for ring in rings) for key, rings in self.outlines.items()}
        frames = [[each.name, each.x, each.y, each.width, each.height] for each in self.frames]
        return {"size": [self.width, self.height], "outlines": outlines, "frames": frames}

    @classmethod
    def read(cls, kept: Json) -> Land:
        outlines = {
            key: tuple(tuple(map(int, ring.split())) for ring in rings.split(";"))
            for key, rings in kept["outlines"].items()
        }
        width, height = kept["size"]
        return cls(width, height, outlines, tuple(Frame(*each) for each in kept["frames"]))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A commune's polygons as rings of numbered arcs, or the place of one that has no outline."""

    key: str
    polygons: list[list[list[int]]]
    point: Place | None = None


@lru_cache(40)
def land_of(province: str) -> Land | None:
    """The communes of a province of today (its code); None where there are no outlines."""
    path = GEO / f"communes-{province}.json"
    if not path.is_file():
        return None
    return _Drawn(json.loads(path.read_text(encoding="utf-8"))).land()


class _Drawn:
    """One file being drawn."""

    def __init__(self, topology: Json) -> None:
        (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
        self._place: Callable[[Sequence[float]], Place] = lambda at: (at[0] * kx + x0, at[1] * ky + y0)
        self._arcs = [[self._place(at) for at in _summed(steps)] for steps in topology["arcs"]]
        self._shapes = [self._shape(each) for each in topology["objects"]["units"]["geometries"]]
        self._outlines: dict[str, list[Ring]] = {}

    def _shape(self, geometry: Json) -> _Shape:
        key, kind = geometry["properties"]["key"], geometry["type"]
        if kind == "Point":
            return _Shape(key, [], self._place(geometry["coordinates"]))
        return _Shape(key, [geometry["arcs"]] if kind == "Polygon" else geometry["arcs"])

    def land(self) -> Land:
        islands = [each for each in ISLANDS if self._some(each[1])]
        beside = FRAME + GAP if islands else 0
        width, height = self._draw(_mainland, (0, 0, WIDTH - beside, HEIGHT))
        frames, y = [], 0
        for name, keep, tall in islands:
            frame = Frame(name, width + GAP, y, FRAME, tall)
            self._draw(keep, (frame.x + GAP, y + CAPTION, FRAME - 2 * GAP, tall - CAPTION - GAP), middle=True)
            frames.append(frame)
            y += tall + GAP
        found = {key: tuple(rings) for key, rings in self._outlines.items()}
        return Land(width + beside, max(height, y), found, tuple(frames))

    def _some(self, keep: Callable[[Place], bool]) -> bool:
        return any(True for shape in self._shapes for _each in self._kept(shape, keep))

    def _kept(self, shape: _Shape, keep: Callable[[Place], bool]) -> Iterator[list[list[int]]]:
        """The polygons of a shape that lie there."""
        yield from (rings for rings in shape.polygons if keep(self._points(rings[0][0])[0]))

    def _points(self, arc: int) -> list[Place]:
        return self._arcs[arc] if arc >= 0 else self._arcs[~arc][::-1]

    def _draw(
        self, keep: Callable[[Place], bool], box: tuple[int, int, int, int], *, middle: bool = False
    ) -> tuple[int, int]:
        """Draw what lies there into a box (left, top, width, height); gives the width and height that it takes of it."""
        polygons = [(shape.key, rings) for shape in self._shapes for rings in self._kept(shape, keep)]
        dots = [(shape.key, shape.point) for shape in self._shapes if shape.point and keep(shape.point)]
        arcs = {arc if arc >= 0 else ~arc for _key, rings in polygons for ring in rings for arc in ring}
        view = _View.of([at for arc in arcs for at in self._arcs[arc]] + [at for _key, at in dots], box, middle=middle)
        lines = {arc: _thinned([view.at(place) for place in self._arcs[arc]]) for arc in arcs}
        for key, rings in polygons:
            self._outlines.setdefault(key, []).extend(_ring(lines, ring) for ring in rings)
        for key, at in dots:
            self._outlines.setdefault(key, []).append(_dot(view.at(at)))
        return view.width, view.height


@dataclass(frozen=True, slots=True)
class _View:
    """True to scale on the middle latitude."""

    west: float
    north: float
    narrowed: float  # a degree east is shorter than a degree north
    scale: float
    left: float
    top: float
    width: int
    height: int

    @classmethod
    def of(cls, places: Sequence[Place], box: tuple[int, int, int, int], *, middle: bool) -> _View:
        west, east = min(x for x, _y in places), max(x for x, _y in places)
        south, north = min(y for _x, y in places), max(y for _x, y in places)
        narrowed = math.cos(math.radians((south + north) / 2))
        across, down = (east - west) * narrowed or 1e-9, north - south or 1e-9
        left, top, width, height = box
        scale = min((width - 2 * MARGIN) / across, (height - 2 * MARGIN) / down)
        wide, tall = across * scale + 2 * MARGIN, down * scale + 2 * MARGIN
        if middle:
            left, top = left + round((width - wide) / 2), top + round((height - tall) / 2)
        return cls(west, north, narrowed, scale, left + MARGIN, top + MARGIN, math.ceil(wide), math.ceil(tall))

    def at(self, place: Place) -> tuple[int, int]:
        x = self.left + (place[0] - self.west) * self.narrowed * self.scale
        return round(x), round(self.top + (self.north - place[1]) * self.scale)


def _summed(steps: Iterable[Sequence[int]]) -> Iterator[tuple[int, int]]:
    x = y = 0
    for dx, dy in steps:
        x, y = x + dx, y + dy
        yield x, y


def _thinned(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without points that nobody can tell apart; both ends stay, where other lines meet."""
    kept = [points[0]]
    for x, y in points[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= APART:
            kept.append((x, y))
    return [*kept, points[-1]]


def _ring(lines: Mapping[int, Sequence[tuple[int, int]]], arcs: Sequence[int]) -> Ring:
    points: list[tuple[int, int]] = []
    for arc in arcs:
        line = lines[arc] if arc >= 0 else lines[~arc][::-1]
        points += [at for at in line if not points or at != points[-1]]
    if points[0] == points[-1]:
        points.pop()
    return (
        tuple(number for at in points for number in at) if len(points) > 2 else _dot(points[0] if points else line[0])
    )


def _dot(at: tuple[int, int]) -> Ring:
    x, y = at
    return (x - DOT, y, x, y - DOT, x + DOT, y, x, y + DOT)
