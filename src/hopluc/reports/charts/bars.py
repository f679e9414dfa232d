"""Bars of one or more columns for each row of a table, lying, with their figures at their ends. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vanban.writing.drawing import Area, Drawing, Line, Mark, Tone, Words, box, broken, hatched, measured

SIZE = 10.0  # points
LEADING, FOOT = 44, 33  # tenths of a millimetre: from line to line, from the top of a line to its foot
BAR, BETWEEN, APART = 36, 6, 26
SWATCH = 50
NUMBER_AT = 12  # right of the end of a bar
LOOKS: tuple[tuple[Tone, bool], ...] = ((2, False), (0, True), (5, False), (3, False))  # tone, whether hatched
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Bar:
    value: Fraction | None
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of a row, one for each column."""

    name: str
    bars: tuple[Bar, ...]


def bars(columns: Sequence[str], groups: Sequence[Group], *, width: int) -> Drawing:
    marks: list[Mark] = []
    y = 0
    for at, name in enumerate(columns):
        marks += [*_area(box(0, y + 4, SWATCH, LEADING - 12), at, ""), Words(SWATCH + 14, y + FOOT, name, SIZE)]
        y += LEADING
    axis = _Axis.of(groups, width)
    for group in groups:
        y += APART
        for line in broken(group.name, width, SIZE):
            marks.append(Words(0, y + FOOT, line, SIZE))
            y += LEADING
        top = y
        for at, bar in enumerate(group.bars):
            marks += _bar(bar, at, y, axis, f"{group.name}, {columns[at]}: {bar.text or NOTHING}")
            y += BAR + BETWEEN
        marks.append(Line((axis.zero, top - BETWEEN, axis.zero, y)))
    return Drawing(width, y + BETWEEN, tuple(marks))


@dataclass(frozen=True, slots=True)
class _Axis:
    zero: int
    unit: Fraction  # tenths of a millimetre for 1

    @classmethod
    def of(cls, groups: Sequence[Group], width: int) -> _Axis:
        found = [bar for group in groups for bar in group.bars]
        values = [bar.value for bar in found if bar.value is not None]
        least, most = min([*values, Fraction()]), max([*values, Fraction()])
        room = width - NUMBER_AT - 4 - max(measured(bar.text or NOTHING, SIZE) for bar in found)
        unit = Fraction(int(room)) / ((most - least) or 1)
        return cls(round(-least * unit), unit)


def _bar(bar: Bar, at: int, y: int, axis: _Axis, name: str) -> Iterator[Mark]:
    end = axis.zero
    if bar.value:
        across = round(bar.value * axis.unit) or 1
        left, end = min(axis.zero, axis.zero + across), max(axis.zero, axis.zero + across)
        yield from _area(box(left, y, end - left, BAR), at, name)
    yield Words(end + NUMBER_AT, y + FOOT - 3, bar.text or NOTHING, SIZE)


def _area(ring: tuple[int, ...], at: int, name: str) -> Iterator[Mark]:
    tone, lined = LOOKS[at % len(LOOKS)]
    yield Area((ring,), tone, name)
    if lined:
        yield from hatched([ring])
