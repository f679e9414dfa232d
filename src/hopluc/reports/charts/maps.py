"""A figure of each commune as greys on the map of a province, with the numbers of a table's lines where there is room. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import cast

from django.utils.translation import gettext as _

from hopluc.indicators.numbers import shown
from hopluc.indicators.steps import Amount, classes, tone
from hopluc.reports.charts.mapped import Spot
from hopluc.units.land import Frame, Land
from vanban.writing.drawing import LIGHT, Area, Drawing, Line, Mark, Ring, Tone, Words, box, hatched, measured, roomiest

SIZE, NUMBER = 10.0, 6.5  # points: words, and numbers within communes
LEADING, FOOT = 48, 34
SWATCH, BESIDE = 70, 16
COLUMN = 520  # of the legend
TALL = 24  # a number with the room around it
STEP = 18  # of hatching where nothing is known


def map_of(land: Land, spots: Sequence[Spot], *, unknown: str, width: int) -> Drawing:
    """`spots` in the order of the table's lines; `unknown` says in the legend that there is no figure."""
    edges = classes(spot.value for spot in spots if spot.value is not None)
    shift = max(0, (width - land.width) // 2)
    marks: list[Mark] = []
    for number, spot in enumerate(spots, 1):
        marks += _commune([_moved(ring, shift) for ring in land.outlines.get(spot.key, ())], number, spot, edges)
    for frame in land.frames:
        marks += _frame(frame, shift)
    marks.sort(key=lambda mark: isinstance(mark, Words))  # numbers above all areas
    y = land.height + BESIDE
    drawn = list(_legend(y, edges, spots, unknown, width))
    return Drawing(width, y + LEADING * -(-len(_entries(edges, spots, unknown)) // _columns(width)), (*marks, *drawn))


def _moved(ring: Ring, shift: int) -> Ring:
    return tuple(number + shift if at % 2 == 0 else number for at, number in enumerate(ring))


def _commune(rings: list[Ring], number: int, spot: Spot, edges: Sequence[Amount]) -> Iterator[Mark]:
    if not rings:
        return
    said = _tone(spot.value, edges)
    yield Area(tuple(rings), said, f"{number}. {spot.name}")
    if spot.value is None:
        yield from hatched(rings, STEP)
    x, y, wide = roomiest(rings)
    tall = max(max(ring[1::2]) - min(ring[1::2]) for ring in rings)
    if wide > measured(str(number), NUMBER) + 6 and tall > TALL and spot.value is not None:
        yield Words(x, y + 8, str(number), NUMBER, "center", light=said >= LIGHT)


def _tone(value: Fraction | None, edges: Sequence[Amount]) -> Tone:
    return 0 if value is None else cast("Tone", tone(value, edges) - 1)


def _frame(frame: Frame, shift: int) -> Iterator[Mark]:
    x, y = frame.x + shift, frame.y
    edge = box(x, y, frame.width, frame.height)
    yield Line((*edge, x, y))
    yield Words(x + frame.width // 2, y + FOOT + 6, frame.name, SIZE, "center")


def _entries(edges: Sequence[Amount], spots: Sequence[Spot], unknown: str) -> list[tuple[Tone, str, bool]]:
    """Tone, words and whether it is hatched; only what the map has."""
    there = {_tone(spot.value, edges) for spot in spots if spot.value is not None}
    found: list[tuple[Tone, str, bool]] = [(said, words, False) for said, words in _classes(edges) if said in there]
    if any(spot.value is None for spot in spots):
        found.append((0, unknown, True))
    return found


def _classes(edges: Sequence[Amount]) -> Iterator[tuple[Tone, str]]:
    """Each class in words."""
    yield 0, "0"
    for turn, edge in enumerate(edges):
        ends = {"low": shown(edges[turn - 1], 0) if turn else "", "high": shown(edge, 0)}
        yield cast("Tone", turn + 1), _("over %(low)s to %(high)s") % ends if turn else _("up to %(high)s") % ends


def _columns(width: int) -> int:
    return max(1, width // COLUMN)


def _legend(y: int, edges: Sequence[Amount], spots: Sequence[Spot], unknown: str, width: int) -> Iterator[Mark]:
    for at, (said, words, lined) in enumerate(_entries(edges, spots, unknown)):
        left, top = at % _columns(width) * COLUMN, y + at // _columns(width) * LEADING
        swatch = box(left, top + 6, SWATCH, LEADING - 16)
        yield Area((swatch,), said)
        if lined:
            yield from hatched([swatch], STEP)
        yield Words(left + SWATCH + BESIDE, top + FOOT, words, SIZE)
