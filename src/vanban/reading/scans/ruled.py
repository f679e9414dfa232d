"""Rules of tables found in a picture: rows and columns of pixels that are dark over a stretch longer than any letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from vanban.reading.page.geometry import Rule

INK = 190  # pixels darker than this may be part of a rule: thin ones are grey
STRETCH = 0.1  # inches
FEWEST = 3  # dark stretches one after the other: no letter is so long
FULL = 0.85  # of a stretch
THICK = 0.045  # inches: what is thicker is a shadow or a picture
WANDER = 2  # pixels up or down from stretch to stretch
MOST = 4000
WHITE, BLACK = 255, 0


@dataclass(slots=True)
class _Run:
    """A rule as it grows from stretch to stretch; pixels, `low` and `high` across it."""

    start: int
    end: int
    low: int
    high: int


def rules_of(grey: Image.Image, dpi: float) -> list[Rule]:
    """The level and upright rules of a page, in points."""
    ink = grey.point(lambda value: WHITE if value < INK else BLACK)
    turned = ink.transpose(Image.Transpose.TRANSPOSE)
    points = 72 / dpi
    return [
        Rule(upright, (run.low + run.high + 1) / 2 * points, run.start * points, run.end * points)
        for upright, picture in ((False, ink), (True, turned))
        for run in _runs(picture, dpi)
    ]


def _runs(ink: Image.Image, dpi: float) -> list[_Run]:
    """Level runs of a picture in black and white."""
    step = round(STRETCH * dpi)
    columns = ink.width // step
    if not columns:
        return []
    cells = ink.crop((0, 0, columns * step, ink.height)).resize((columns, ink.height), Image.Resampling.BOX).tobytes()
    grown: list[_Run] = []
    for column in range(columns):
        for low, high in _bands(cells, column, columns, ink.height):
            _grow(grown, column * step, (column + 1) * step, low, high)
    thick = round(THICK * dpi)
    pixels = ink.tobytes()
    runs = [run for run in grown if run.high - run.low < thick and run.end - run.start >= FEWEST * step]
    return [_stretched(run, pixels, ink.width, step) for run in runs] if len(runs) <= MOST else []


def _bands(cells: bytes, column: int, columns: int, height: int) -> Iterator[tuple[int, int]]:
    """First and last row of each group of dark cells in a column of stretches."""
    first = None
    dark = cells[column::columns]
    for row in range(height + 1):
        if row < height and dark[row] >= FULL * WHITE:
            first = row if first is None else first
        elif first is not None:
            yield first, row - 1
            first = None


def _grow(runs: list[_Run], start: int, end: int, low: int, high: int) -> None:
    for run in runs:
        if run.end == start and run.low - WANDER <= high and low <= run.high + WANDER:
            run.end, run.low, run.high = end, min(run.low, low), max(run.high, high)
            return
    runs.append(_Run(start, end, low, high))


def _stretched(run: _Run, pixels: bytes, width: int, step: int) -> _Run:
    """The run out to its very ends, which lie inside a stretch."""
    rows = range(max(0, run.low - 1), min(run.high + 2, len(pixels) // width))

    def dark(x: int) -> bool:
        return any(pixels[row * width + x] for row in rows)

    start, end = run.start, run.end
    while start > max(0, run.start - step) and dark(start - 1):
        start -= 1
    while end < min(width, run.end + step) and dark(end):
        end += 1
    return _Run(start, end, run.low, run.high)
