"""A line of values by year beside its path, as points of an SVG; drawn by the page, coloured by the style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 76, 40, 16, 36  # room for words
STEPS = (1, 2, 5)
LINES = 4  # at most, across
YEARS = 7  # at most, named below


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    year: int
    value: Fraction


@dataclass(frozen=True, slots=True)
class Chart:
    """Places in a box of WIDTH × HEIGHT."""

    values: tuple[Dot, ...]
    path: tuple[Dot, ...]
    lines: tuple[tuple[float, Fraction], ...]  # height and value of the lines across
    years: tuple[tuple[float, int], ...]

    @property
    def value_points(self) -> str:
        return _points(self.values)

    @property
    def path_points(self) -> str:
        return _points(self.path)


def chart(values: Mapping[int, Fraction], path: Mapping[int, Fraction]) -> Chart | None:
    """None where there is nothing to compare."""
    if len({*values, *path}) < 2:
        return None
    years = sorted({*values, *path})
    top, step = scale(max([*values.values(), *path.values(), Fraction(1)]))
    bottom = min([*values.values(), *path.values(), Fraction()])

    def x(year: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (year - years[0]) / (years[-1] - years[0]), 1)

    def y(value: Fraction) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float((value - bottom) / (top - bottom)), 1)

    def dots(found: Mapping[int, Fraction]) -> tuple[Dot, ...]:
        return tuple(Dot(x(year), y(found[year]), year, found[year]) for year in sorted(found))

    across = tuple((y(step * turn), step * turn) for turn in range(int(top / step) + 1))
    every = -(-(years[-1] - years[0] + 1) // YEARS)
    return Chart(
        dots(values), dots(path), across, tuple((x(year), year) for year in range(years[0], years[-1] + 1, every))
    )


def scale(highest: Fraction) -> tuple[Fraction, Fraction]:
    """The end of the axis, and the step between its lines: 1, 2 or 5 of a power of ten.

    >>> [int(part) for part in scale(Fraction(857))]
    [1000, 500]
    """
    power = Fraction(1)
    while power * 10 <= highest:
        power *= 10
    while power > highest:
        power /= 10
    step = next(
        step for size in (power / 10, power, power * 10) for turn in STEPS if highest / (step := size * turn) <= LINES
    )
    return step * -(-highest // step), step


def _points(dots: tuple[Dot, ...]) -> str:
    return " ".join(f"{dot.x},{dot.y}" for dot in dots)
