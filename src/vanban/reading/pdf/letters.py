"""Letters of a page → words, each with its box, size and weight."""

from __future__ import annotations

import ctypes
import math
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import is_normalized, normalize

import pypdfium2 as pdfium
from pypdfium2 import raw

from vanban.reading.page.geometry import Turn, Word

GAP = 0.5  # of the letter size: a wider gap parts words where no space was written
DROP = 0.5  # of the letter size: so far up or down it is another line
SMALLER, RAISED = 0.8, 0.15  # of the size of the letters before: digits so set are the mark of a footnote
UNIT = re.compile(r"(?:^|[\d(/.,])(?:k|c|d|m)?m$")  # m2 and km2 keep theirs
LEAN = 0.1  # radians: text that leans more is a watermark or a stamp
BOLD = re.compile(rb"bold|black|heavy|demi", re.I)
HEAVY = 600
NAME_LENGTH = 96
UTF16 = f"utf-16-{sys.byteorder[0]}e"  # as the machine has it
MOST_LETTERS = 200_000  # on one page
LINE = re.compile(r"[^\r\n]+")
WORD = re.compile(r"[^\s\0\ud800-\udfff]+")
HYPHEN = re.compile("[\x02\ufffe]")  # what pdfium gives for soft ones


@dataclass(frozen=True, slots=True)
class _Style:
    """What all letters share that were drawn in one go."""

    size: float
    named: float  # as the file names it, before scaling
    top: float
    foot: float
    bold: bool
    upright: bool  # reads from left to right on the page as it is shown


@dataclass(slots=True)
class _Open:
    """A word being put together from letters."""

    style: _Style
    letters: list[str]
    left: float
    right: float
    top: float
    foot: float

    def closed(self) -> Word:
        text, style = "".join(self.letters), self.style
        return Word(text, self.left, self.right, self.top, self.foot, style.size, style.bold)


class _Letters:
    """Pdfium's answers on single letters."""

    def __init__(self, text: raw.FPDF_TEXTPAGE, turn: Turn) -> None:
        self._text, self._turn = text, turn
        self._rect, self._flags = raw.FS_RECTF(), ctypes.c_int()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._font = ctypes.create_string_buffer(NAME_LENGTH)
        origin = turn(0, 0)[0]
        # How far to the right a place is, from the file's two coordinates: asked for each word, so not by `turn`.
        self._level = turn(1, 0)[0] - origin, turn(0, 1)[0] - origin, origin
        self._styles: dict[int | None, _Style] = {}

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, right and foot; the foot is the base line, which is the same for all fonts of a line."""
        rect, x, y = self._rect, self._x, self._y
        raw.FPDFText_GetLooseCharBox(self._text, index, rect)
        raw.FPDFText_GetCharOrigin(self._text, index, x, y)
        x0, y0 = self._turn(rect.left, rect.bottom)
        x1, y1 = self._turn(rect.right, rect.top)
        return min(x0, x1), min(y0, y1), max(x0, x1), self._turn(x.value, y.value)[1]

    def sides(self, first: int, last: int) -> tuple[float, float]:
        """Left and right of letters of one style."""
        rect, (along, across, origin) = self._rect, self._level
        raw.FPDFText_GetLooseCharBox(self._text, first, rect)
        left, right = along * rect.left + across * rect.bottom, along * rect.right + across * rect.top
        if last > first:
            raw.FPDFText_GetLooseCharBox(self._text, last, rect)
            right = along * rect.right + across * rect.top
        left, right = left + origin, right + origin
        return (left, right) if left <= right else (right, left)

    def styles(self, places: Sequence[int]) -> list[_Style]:
        """The style at each place, in rising order. What was drawn in one go stands together: few are asked."""
        first, last = self.style(places[0]), self.style(places[-1])
        if first is last or len(places) == 2:
            return [first] * (len(places) - 1) + [last]
        middle = len(places) // 2
        return self.styles(places[:middle]) + self.styles(places[middle:])

    def style(self, index: int) -> _Style:
        drawn = ctypes.c_void_p.from_buffer(raw.FPDFText_GetTextObject(self._text, index)).value
        known = self._styles.get(drawn)
        if known is None:
            known = self._styles[drawn] = self._style(index)
        return known

    def _style(self, index: int) -> _Style:
        named = raw.FPDFText_GetFontSize(self._text, index)
        _, top, _, foot = self.box(index)
        return _Style(named * self._scale(index), named, top, foot, self._bold(index), self._upright(index))

    def _scale(self, index: int) -> float:
        """How much larger letters are drawn than the size that the file names."""
        matrix = raw.FS_MATRIX()
        if not raw.FPDFText_GetMatrix(self._text, index, matrix):
            return 1.0
        return math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0

    def _bold(self, index: int) -> bool:
        if raw.FPDFText_GetFontWeight(self._text, index) >= HEAVY:
            return True
        length = raw.FPDFText_GetFontInfo(self._text, index, self._font, NAME_LENGTH, self._flags)
        return bool(BOLD.search(self._font.raw[: min(length, NAME_LENGTH)]))

    def _upright(self, index: int) -> bool:
        angle = raw.FPDFText_GetCharAngle(self._text, index)
        x0, y0 = self._turn(0, 0)
        x1, y1 = self._turn(math.cos(angle), -math.sin(angle))  # pdfium counts clockwise
        return abs(math.atan2(y1 - y0, x1 - x0)) < LEAN


def read_words(page: pdfium.PdfPage, turn: Turn) -> list[Word]:
    """The words of a page in the order of the file."""
    text = page.get_textpage()
    try:
        found, letters = _text(text.raw), _Letters(text.raw, turn)
        words: list[Word] = []
        for first, end, style, last in _spans(found, letters):
            if style is not last:
                words.extend(_parted(letters, found, first, end))
            elif style.upright:  # one word as a rule: a look at either end says where it stands
                left, right = letters.sides(first, end - 1)
                words.append(Word(found[first:end], left, right, style.top, style.foot, style.size, style.bold))
        return words if _is_composed(found) else [word._replace(text=_composed(word.text)) for word in words]
    finally:
        text.close()


def _spans(text: str, letters: _Letters) -> Iterator[tuple[int, int, _Style, _Style]]:
    """What stands between two spaces, line by line, with the styles of its first and last letter."""
    for line in LINE.finditer(text):
        spans = [m.span() for m in WORD.finditer(text, *line.span())]
        if spans:
            styles = letters.styles([place for first, end in spans for place in (first, end - 1)])
            for (first, end), style, last in zip(spans, styles[::2], styles[1::2], strict=True):
                yield first, end, style, last


def _text(text: raw.FPDF_TEXTPAGE) -> str:
    """The letters of a page, each at its index."""
    count = min(raw.FPDFText_CountChars(text), MOST_LETTERS)
    buffer = (ctypes.c_ushort * (count + 1))()
    if count > 0 and raw.FPDFText_GetText(text, 0, count, buffer) == count + 1:
        found = bytes(buffer)[:-2].decode(UTF16, "surrogatepass")
        return found if len(found) == count else "".join(map(chr, buffer[:count]))
    # Pdfium leaves some letters out of longer texts; asked for one by one they are all there.
    return "".join(_letter(raw.FPDFText_GetUnicode(text, index)) for index in range(count))


def _letter(code: int) -> str:
    return chr(code) if code <= 0xFFFF else "\0"


def _parted(letters: _Letters, text: str, first: int, end: int) -> Iterator[Word]:
    """Letters of several fonts or sizes: a word, words without a space between them, or the mark of a footnote."""
    parts: list[_Open] = []
    for index in range(first, end):
        left, top, right, foot = letters.box(index)
        style = letters.style(index)
        word = parts[-1] if parts else None
        if word and _is_footnote_mark(word, text[index], style.named, foot):
            continue
        if word is None or not _joins(word, left, foot):
            word = _Open(style, [], left, right, top, foot)
            parts.append(word)
        word.letters.append(text[index])
        word.right, word.top = max(word.right, right), min(word.top, top)
    return (word.closed() for word in parts if word.style.upright)


def _is_composed(letters: str) -> bool:
    return is_normalized("NFC", letters) and not HYPHEN.search(letters)


def _composed(letters: str) -> str:
    return normalize("NFC", HYPHEN.sub("-", letters))


def _joins(word: _Open, left: float, foot: float) -> bool:
    return (
        abs(foot - word.foot) < DROP * word.style.size and -word.style.size < left - word.right < GAP * word.style.size
    )


def _is_footnote_mark(word: _Open, letter: str, size: float, foot: float) -> bool:
    raised = size < SMALLER * word.style.named and word.foot - foot > RAISED * word.style.size
    return raised and letter.isdigit() and not UNIT.search("".join(word.letters[-3:]))
