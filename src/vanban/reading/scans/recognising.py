"""Text recognition with Tesseract: a picture of a page in, its lines of words and its rules out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # before the library is loaded: its threads only slow each other down

from PIL import Image, ImageOps
from tesserocr import OEM, PSM, RIL, PyResultIterator, PyTessBaseAPI, iterate_level

from vanban.reading.page.geometry import Box, Rule, Word
from vanban.reading.pdf.grid import Grid, find_grids
from vanban.reading.scans.ruled import rules_of
from vanban.reading.scans.seeing import Seen, SeenLine
from vanban.reading.scans.straight import inked, set_straight
from vanban.reading.scans.weight import Pixels, Weights

MODEL, LANGUAGE = Path(__file__).parent / "model", "vie"
BLANK = 0.0003  # of a page that is dark: specks of dust
GOOD = 0.8  # how sure of its words the engine is on a page that stands upright
NOISE = 0.5  # lines that it is less sure of are stains, stamps and handwriting
SIZE = 1.06  # letter size in terms of the height that the engine gives a line
ALIKE = (0.85, 1.45)  # times the usual height: sizes are one, for marks above capitals make a line seem higher
SMALLEST = 8  # pixels of a cell in which a number can stand
WIDE = 0.4  # of the page: no table of tasks is narrower
EDGE = 2.5  # points round the middle of a rule in which it may be drawn
FRAME, PAPER = 10, 255
POINTS = 72


@dataclass(slots=True)
class _Line:
    """A line as the engine gives it, in pixels."""

    foot: float
    height: float
    words: list[tuple[str, Pixels, float]] = field(default_factory=list)  # with how sure it is of each

    @property
    def sure(self) -> float:
        return mean(sure for *_, sure in self.words)

    def moved(self, x: int, y: int) -> _Line:
        words = [(text, (a + x, b + y, c + x, d + y), sure) for text, (a, b, c, d), sure in self.words]
        return _Line(self.foot + y, self.height, words)


class Recogniser:
    """The engine with its model, for the pages of one document."""

    def __init__(self) -> None:
        self._engine = PyTessBaseAPI(path=str(MODEL), lang=LANGUAGE, oem=OEM.LSTM_ONLY, psm=PSM.AUTO)
        self._headlong = False  # the pages so far were upside down

    def close(self) -> None:
        """Give back what the engine holds."""
        self._engine.End()

    def see(self, grey: bytes, size: tuple[int, int], dpi: float) -> Seen:
        """A page as grey pixels, one byte each, row by row from the top."""
        page = Image.frombytes("L", size, grey)
        if min(size) < SMALLEST or inked(page) < BLANK:
            return Seen(page.width * POINTS / dpi, page.height * POINTS / dpi, (), ())
        page = set_straight(page)
        seen = self._seen(_turned(page) if self._headlong else page, dpi)
        if seen.sure < GOOD:
            other = self._seen(page if self._headlong else _turned(page), dpi)
            if other.sure > seen.sure:
                self._headlong = not self._headlong
                return other
        return seen

    def _seen(self, page: Image.Image, dpi: float) -> Seen:
        points = POINTS / dpi
        rules = rules_of(page, dpi)
        tables, others = _tables(rules, page.width * points)
        rest = page.copy() if tables else page
        for table in tables:
            rest.paste(PAPER, _pixels(table.box, points, -EDGE))
        found = self._recognised(rest, PSM.AUTO, dpi)
        for box in (_pixels(cell, points, EDGE) for table in tables for cell in table.cells()):
            found += self._cell(page, box, dpi)
        lines = _placed(found, Weights(page), points)
        return Seen(
            page.width * points,
            page.height * points,
            tuple(lines),
            tuple(rule for rule in rules if not any(_inside(rule, box) for box in others)),
        )

    def _cell(self, page: Image.Image, box: Pixels, dpi: float) -> list[_Line]:
        """What stands in a cell of a table: by itself, or words would run on into the next cell."""
        left, top, right, foot = box
        if min(right - left, foot - top) < SMALLEST:
            return []
        cell = page.crop(box)
        if inked(cell) < BLANK:
            return []
        framed = ImageOps.expand(cell, FRAME, PAPER)  # the engine wants white round the letters
        return [line.moved(left - FRAME, top - FRAME) for line in self._recognised(framed, PSM.SINGLE_BLOCK, dpi)]

    def _recognised(self, picture: Image.Image, mode: int, dpi: float) -> list[_Line]:
        self._engine.SetPageSegMode(mode)
        self._engine.SetImage(picture)
        self._engine.SetSourceResolution(round(dpi))
        self._engine.Recognize()
        return _lines(self._engine.GetIterator())


def _tables(rules: list[Rule], width: float) -> tuple[list[Grid], list[Box]]:
    """The tables of a page, and where other boxes stand: stamps of offices that received it."""
    grids = find_grids(rules)
    wide = [grid for grid in grids if grid.box.right - grid.box.left > WIDE * width]
    return wide, [grid.box for grid in grids if grid not in wide]


def _inside(rule: Rule, box: Box) -> bool:
    level, upright = (rule.start, rule.end), (rule.at, rule.at)
    xs, ys = (upright, level) if rule.upright else (level, upright)
    return (
        box.left - EDGE <= xs[0]
        and xs[1] <= box.right + EDGE
        and box.top - EDGE <= ys[0]
        and ys[1] <= box.bottom + EDGE
    )


def _pixels(box: Box, points: float, edge: float) -> Pixels:
    """A box in points as pixels, its edges so many points further in."""
    sides = (box.left + edge, box.top + edge, box.right - edge, box.bottom - edge)
    left, top, right, foot = (max(0, round(side / points)) for side in sides)
    return left, top, right, foot


def _turned(page: Image.Image) -> Image.Image:
    return page.transpose(Image.Transpose.ROTATE_180)


def _lines(found: PyResultIterator | None) -> list[_Line]:
    lines: list[_Line] = []
    for at in iterate_level(found, RIL.WORD) if found else ():
        if at.Empty(RIL.WORD):
            continue
        if at.IsAtBeginningOf(RIL.TEXTLINE):
            lines.append(_Line(_foot(at), at.RowAttributes()["row_height"]))
        text, sure = at.GetUTF8Text(RIL.WORD).strip(), at.Confidence(RIL.WORD) / 100
        if text:
            lines[-1].words.append((text, at.BoundingBox(RIL.WORD), sure))
    return [line for line in lines if line.words and line.sure > NOISE]


def _foot(at: PyResultIterator) -> float:
    """The height of the base line in its middle."""
    (_, left), (_, right) = at.Baseline(RIL.TEXTLINE)
    return float(left + right) / 2


def _placed(lines: list[_Line], weights: Weights, points: float) -> Iterator[SeenLine]:
    """The lines in points, with sizes that agree and heavy ones marked."""
    if not lines:
        return
    usual = median(line.height for line in lines for _ in line.words)
    weights.learn(box for line in lines for _, box, _ in line.words)
    for line in lines:
        height = usual if ALIKE[0] * usual < line.height < ALIKE[1] * usual else line.height
        bold = weights.is_bold([box for _, box, _ in line.words])
        words = _words(line, round(SIZE * height * points), bold, points)
        yield SeenLine(tuple(words), line.sure)


def _words(line: _Line, size: float, bold: bool, points: float) -> Iterable[Word]:
    for text, (left, top, right, _), _ in line.words:
        yield Word(text, left * points, right * points, top * points, line.foot * points, size, bold)
