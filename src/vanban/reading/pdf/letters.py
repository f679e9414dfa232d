"""Letters of a page → words, each with its box, size and weight."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from vanban.reading.pdf.geometry import Word

Turn = Callable[[float, float], tuple[float, float]]

GAP = 0.5  # of the letter size: a wider gap parts words where no space was written
DROP = 0.5  # of the letter size: so far up or down it is another line
SMALLER, RAISED = 0.8, 0.15  # of the size of the letters before: digits so set are the mark of a footnote
UNIT = re.compile(r"(?:^|[\d(/.,])(?:k|c|d|m)?m$")  # m2 and km2 keep theirs
LEAN = 0.1  # radians: text that leans more is a watermark or a stamp
BOLD = re.compile(rb"bold|black|heavy|demi", re.I)
HEAVY = 600
NAME_LENGTH = 96
MOST_LETTERS = 200_000  # on one page


@dataclass(slots=True)
class _Open:
    """A word being put together from letters."""

    first: int
    letters: list[str] = field(default_factory=list)
    left: float = 0
    right: float = 0
    top: float = 0
    foot: float = 0
    size: float = 0
    named: float = 0  # the size as the file names it, before scaling

    def closed(self, bold: bool) -> Word:
        text = unicodedata.normalize("NFC", "".join(self.letters))
        return Word(text, self.left, self.right, self.top, self.foot, self.size, bold)


class _Letters:
    """Pdfium's answers on single letters."""

    def __init__(self, text: raw.FPDF_TEXTPAGE, turn: Turn) -> None:
        self._text, self._turn = text, turn
        self._rect, self._flags = raw.FS_RECTF(), ctypes.c_int()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._font = ctypes.create_string_buffer(NAME_LENGTH)

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, right and foot; the foot is the base line, which is the same for all fonts of a line."""
        rect, x, y = self._rect, self._x, self._y
        raw.FPDFText_GetLooseCharBox(self._text, index, rect)
        raw.FPDFText_GetCharOrigin(self._text, index, x, y)
        x0, y0 = self._turn(rect.left, rect.bottom)
        x1, y1 = self._turn(rect.right, rect.top)
        return min(x0, x1), min(y0, y1), max(x0, x1), self._turn(x.value, y.value)[1]

    def scale(self, index: int) -> float:
        """How much larger letters are drawn than the size that the file names."""
        matrix = raw.FS_MATRIX()
        if not raw.FPDFText_GetMatrix(self._text, index, matrix):
            return 1.0
        return math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0

    def bold(self, index: int) -> bool:
        if raw.FPDFText_GetFontWeight(self._text, index) >= HEAVY:
            return True
        length = raw.FPDFText_GetFontInfo(self._text, index, self._font, NAME_LENGTH, self._flags)
        return bool(BOLD.search(self._font.raw[: min(length, NAME_LENGTH)]))

    def upright(self, index: int) -> bool:
        """Reads from left to right on the page as it is shown."""
        angle = raw.FPDFText_GetCharAngle(self._text, index)
        x0, y0 = self._turn(0, 0)
        x1, y1 = self._turn(math.cos(angle), -math.sin(angle))  # pdfium counts clockwise
        return abs(math.atan2(y1 - y0, x1 - x0)) < LEAN


def read_words(page: pdfium.PdfPage, turn: Turn) -> list[Word]:
    """The words of a page in the order of the file."""
    text = page.get_textpage()
    try:
        letters = _Letters(text.raw, turn)
        return [
            word.closed(letters.bold(word.first)) for word in _words(text.raw, letters) if letters.upright(word.first)
        ]
    finally:
        text.close()


def _words(text: raw.FPDF_TEXTPAGE, letters: _Letters) -> Iterator[_Open]:
    word: _Open | None = None
    for index in range(min(raw.FPDFText_CountChars(text), MOST_LETTERS)):
        letter = _letter(raw.FPDFText_GetUnicode(text, index))
        if not letter or letter.isspace():
            if word:
                yield word
            word = None
            continue
        left, top, right, foot = letters.box(index)
        size = raw.FPDFText_GetFontSize(text, index)
        if word and _is_footnote_mark(word, letter, size, foot):
            continue
        if word and not _joins(word, left, foot):
            yield word
            word = None
        if word is None:
            word = _Open(index, [], left, right, top, foot, size * letters.scale(index), size)
        word.letters.append(letter)
        word.right, word.top = max(word.right, right), min(word.top, top)
    if word:
        yield word


def _letter(code: int) -> str:
    """Soft hyphens come from pdfium as U+0002 or U+FFFE; half of a pair and nothing are no letters."""
    if code in (0x02, 0xFFFE, 0xAD):
        return "-"
    return "" if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)


def _joins(word: _Open, left: float, foot: float) -> bool:
    return abs(foot - word.foot) < DROP * word.size and -word.size < left - word.right < GAP * word.size


def _is_footnote_mark(word: _Open, letter: str, size: float, foot: float) -> bool:
    raised = size < SMALLER * word.named and word.foot - foot > RAISED * word.size
    return raised and letter.isdigit() and not UNIT.search("".join(word.letters[-3:]))
