"""What stands on a page of a PDF: its words and its drawn rules, taken from pdfium."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from vanban.reading.legacy import SIGNS, CodePage, code_pages, to_unicode
from vanban.reading.page.geometry import Rule, Turn, Word, rows_of
from vanban.reading.pdf.drawing import read_drawing
from vanban.reading.pdf.letters import read_words
from vanban.reading.pdf.stamps import filled_in, put_down, signatures

POINTS = 72
DPI = 200  # more is slower and no surer
MOST_PIXELS = 25_000_000  # a poster is looked at with fewer dots an inch


@dataclass(frozen=True, slots=True)
class Sheet:
    """The raw material of a page."""

    width: float
    height: float
    words: list[Word]
    rules: list[Rule]
    pictured: bool  # a picture covers most of it
    repaired: list[CodePage]  # for each line that was in an old code page


def open_sheet(document: pdfium.PdfDocument, index: int) -> Sheet:
    """A page with what was filled in over it. Raises PdfiumError for one that cannot be opened or read."""
    page = document[index]
    try:
        sheet, turn = _sheet(page), _turn(page)
        signed = signatures(page, turn)
        if not put_down(page):
            return sheet
        page.close()
        page = document[index]
        return replace(sheet, words=sheet.words + filled_in(sheet.words, _words(page, turn), signed))
    finally:
        page.close()


def picture_of(document: pdfium.PdfDocument, index: int) -> tuple[bytes, tuple[int, int], float]:
    """A page as grey pixels, row by row: they, width and height, and dots an inch."""
    page = document[index]
    try:
        width, height = page.get_size()
        dpi = min(DPI, POINTS * math.sqrt(MOST_PIXELS / max(width * height, 1)))
        bitmap = page.render(scale=dpi / POINTS, grayscale=True)
        try:
            pixels, stride = bytes(bitmap.buffer), bitmap.stride
            rows = (pixels[row * stride : row * stride + bitmap.width] for row in range(bitmap.height))
            return b"".join(rows), (bitmap.width, bitmap.height), dpi
        finally:
            bitmap.close()
    finally:
        page.close()


def _sheet(page: pdfium.PdfPage) -> Sheet:
    width, height = page.get_size()
    turn = _turn(page)
    words, repaired = _modern(_words(page, turn))
    rules, pictured = read_drawing(page, turn, width * height)
    return Sheet(width, height, words, rules, pictured, repaired)


def _words(page: pdfium.PdfPage, turn: Turn) -> list[Word]:
    width, height = page.get_size()
    return [word for word in read_words(page, turn) if 0 <= word.left <= width and 0 <= word.foot <= height]


def _modern(words: list[Word]) -> tuple[list[Word], list[CodePage]]:
    """The words in Unicode, and the code page of each line that was not."""
    text = " ".join(word.text for word in words)
    if not any(pattern.search(text) for _, pattern in SIGNS):
        return words, []
    rows = rows_of(words)
    pages = code_pages([" ".join(word.text for word in row) for row in rows])
    turned = [
        word._replace(text=(to_unicode(word.text, page) if page else word.text).replace("\xad", "-"))
        for row, page in zip(rows, pages, strict=True)
        for word in row
    ]
    return turned, [page for page in pages if page]


def _turn(page: pdfium.PdfPage) -> Turn:
    """From the file's coordinates (upwards, before rotation) to ours (down from the upper left corner)."""
    left, bottom, right, top = page.get_bbox()
    turns: dict[int, Turn] = {
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return turns.get(page.get_rotation(), lambda x, y: (x - left, top - y))
