"""Rules drawn on a page: strokes and thin filled boxes, level or upright, from which tables are made."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from vanban.reading.page.geometry import Rule, Turn

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

SAME: Matrix = (1, 0, 0, 1, 0, 0)
THIN = 3.0  # points: a filled box this thin is a rule
LEAN = 1.0  # points that a rule may lean
SHORT = 4.0  # shorter ones are dots and ticks
MOST_RULES = 4000  # more make a drawing or a map, no table
MOST_OBJECTS = 100_000
DEPTH = 5
COVERS = 0.5  # of the page


def read_drawing(page: pdfium.PdfPage, turn: Turn, area: float) -> tuple[list[Rule], bool]:
    """The rules of a page, and whether a picture covers most of it."""
    rules: list[Rule] = []
    pictured = False
    for item, matrix in _objects(page.raw):
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
            pictured = pictured or _area(_matrix(item, matrix)) > COVERS * area
        elif len(rules) <= MOST_RULES:
            rules.extend(_rules(item, _matrix(item, matrix), turn))
    return rules if len(rules) <= MOST_RULES else [], pictured


def _objects(page: raw.FPDF_PAGE) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, Matrix]]:
    """Paths and pictures with the matrix of the forms that they stand in."""
    count = min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS)
    forms = [(raw.FPDFPage_GetObject(page, index), SAME, 0) for index in range(count)]
    seen = 0
    while forms and seen < MOST_OBJECTS:
        item, matrix, depth = forms.pop()
        seen += 1
        kind = raw.FPDFPageObj_GetType(item)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield item, matrix
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            inner, count = _matrix(item, matrix), min(raw.FPDFFormObj_CountObjects(item), MOST_OBJECTS)
            forms.extend((raw.FPDFFormObj_GetObject(item, index), inner, depth + 1) for index in range(count))


def _rules(path: raw.FPDF_PAGEOBJECT, matrix: Matrix, turn: Turn) -> Iterator[Rule]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke):
        return
    for points in _outlines(path):
        placed = [turn(*_apply(matrix, point)) for point in points]
        if stroke.value:
            for (x0, y0), (x1, y1) in pairwise(placed):
                yield from _rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), LEAN)
        elif fill.value and len(placed) > 1:
            xs, ys = [x for x, _ in placed], [y for _, y in placed]
            yield from _rule(min(xs), min(ys), max(xs), max(ys), THIN)


def _rule(left: float, top: float, right: float, bottom: float, thick: float) -> Iterator[Rule]:
    if bottom - top <= thick and right - left > SHORT:
        yield Rule(False, (top + bottom) / 2, left, right)
    elif right - left <= thick and bottom - top > SHORT:
        yield Rule(True, (left + right) / 2, top, bottom)


def _outlines(path: raw.FPDF_PAGEOBJECT) -> Iterator[list[Point]]:
    """The corners of each part of a path; parts with curves have none that matter here."""
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(path), MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _matrix(item: raw.FPDF_PAGEOBJECT, outer: Matrix) -> Matrix:
    """The matrix of an object, and then that of what it stands in."""
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return outer
    a, b, c, d, e, f = outer
    return (
        found.a * a + found.b * c,
        found.a * b + found.b * d,
        found.c * a + found.d * c,
        found.c * b + found.d * d,
        found.e * a + found.f * c + e,
        found.e * b + found.f * d + f,
    )


def _apply(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _area(matrix: Matrix) -> float:
    a, b, c, d, _, _ = matrix
    return abs(a * d - b * c)
