"""Drawings of areas, lines and words, before they are a picture. Lengths in tenths of a millimetre, y downwards.

Five greys and hatching tell areas apart in black and white; whoever shows a drawing decides what the tones look like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from vanban.writing.widths import REGULAR, width

Ring = tuple[int, ...]  # x, y, x, y, …
Tone = Literal[0, 1, 2, 3, 4, 5]  # white … nearly black
GREYS = {0: 255, 1: 228, 2: 194, 3: 154, 4: 110, 5: 62}
LIGHT = 4  # words on this tone and darker ones are white
POINT = 254 / 72  # tenths of a millimetre in a point


@dataclass(frozen=True, slots=True)
class Area:
    """Rings, holes among them (even-odd), with a thin edge; `name` is said by pages that can."""

    rings: tuple[Ring, ...]
    tone: Tone
    name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    points: Ring


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; y is its foot, `size` in points."""

    x: int
    y: int
    text: str
    size: float
    align: Literal["left", "center", "right"] = "left"
    light: bool = False  # white, on a dark area


Mark = Area | Line | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    marks: tuple[Mark, ...]


def box(left: int, top: int, across: int, down: int) -> Ring:
    return (left, top, left + across, top, left + across, top + down, left, top + down)


def hatched(rings: Sequence[Ring], step: int = 14) -> Iterator[Line]:
    """Slanting lines within rings, `step` apart along x.

    >>> [line.points for line in hatched([box(0, 0, 20, 10)])]
    [(4, 10, 14, 0), (18, 10, 20, 8)]
    """
    edges = [edge for ring in rings for edge in _edges(ring)]
    sums = [x + y for edge in edges for x, y in (edge[:2], edge[2:])]
    first = ceil(min(sums, default=0) / step) * step
    for level in range(first or step, max(sums, default=0), step):
        found = sorted(at for edge in edges if (at := _crossed(edge, level)) is not None)
        for start, end in zip(found[::2], found[1::2], strict=False):
            if end - start > 1:
                yield Line((round(start), level - round(start), round(end), level - round(end)))


def _edges(ring: Ring) -> Iterator[tuple[int, int, int, int]]:
    points = list(zip(ring[::2], ring[1::2], strict=True))
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        yield x1, y1, x2, y2


def _crossed(edge: tuple[int, int, int, int], level: int) -> float | None:
    """The x at which an edge meets the line x + y = level."""
    x1, y1, x2, y2 = edge
    before, after = x1 + y1 - level, x2 + y2 - level
    return x1 + (x2 - x1) * before / (before - after) if (before > 0) != (after > 0) else None


def broken(text: str, room: float, size: float) -> list[str]:
    """Words in lines no wider than `room`, a word that is wider alone aside.

    >>> broken("Tổng số hợp tác xã", 200, 10)
    ['Tổng số hợp', 'tác xã']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measured(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def measured(text: str, size: float) -> float:
    """How wide words are in tenths of a millimetre."""
    return width(text, size, REGULAR) * 10


def roomiest(rings: Iterable[Ring]) -> tuple[int, int, int]:
    """The middle of the widest stretch, halfway between top and bottom of the largest ring, and how wide it is there: (x, y, width)."""
    ring = max(rings, key=_extent)
    heights = ring[1::2]
    level = (min(heights) + max(heights)) / 2
    found = sorted(
        x1 + (level - y1) / (y2 - y1) * (x2 - x1) for x1, y1, x2, y2 in _edges(ring) if (y1 > level) != (y2 > level)
    )
    stretches = [(end - start, (start + end) / 2) for start, end in zip(found[::2], found[1::2], strict=False)]
    wide, middle = max(stretches, default=(0.0, float(ring[0])))
    return round(middle), round(level), round(wide)


def _extent(ring: Ring) -> int:
    return (max(ring[::2]) - min(ring[::2])) * (max(ring[1::2]) - min(ring[1::2]))
