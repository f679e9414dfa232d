"""The letters of an old Word document: pieces of the file in reading order, with what holds for each stretch.

Source: [MS-DOC] 2.5.1 (Fib), 2.9.38 (Clx), 2.9.177 (PlcPcd).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

WORD8 = 0xA5EC
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
COUNTS, PLACES = 0x4C, 0x9A  # how many letters each part has; where the tables are
STYLES, FONTS, LETTERS, PARAGRAPHS, PIECES, FORMS, USES = 1, 15, 12, 13, 33, 73, 74
COMPRESSED, PIECE_TABLE = 0x40000000, 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters that stand together in the file, `place` being that of the first, each `width` bytes."""

    text: str
    place: int
    width: int


class Header:
    """The head of the main stream. Raises ValueError, struct.error."""

    def __init__(self, document: bytes) -> None:
        (mark,) = struct.unpack_from("<H", document)
        (flags,) = struct.unpack_from("<H", document, 10)
        if mark != WORD8:
            raise ValueError("not of Word 97 or later")
        self.encrypted = bool(flags & ENCRYPTED)
        self.table = "1Table" if flags & SECOND_TABLE else "0Table"
        body, notes, headers, _, remarks, endnotes, boxes = struct.unpack_from("<7I", document, COUNTS)
        self.body, self.notes = body, notes + endnotes
        self.boxes = (body + notes + headers + remarks + endnotes, boxes)
        self._document = document

    def part(self, table: bytes, index: int) -> bytes:
        """One of the tables; `index` is its number in the head."""
        place, size = struct.unpack_from("<II", self._document, PLACES + 8 * index)
        return table[place : place + size]

    def rest(self, table: bytes, index: int) -> bytes:
        """A table with what follows it: some count less than they hold."""
        place, size = struct.unpack_from("<II", self._document, PLACES + 8 * index)
        return table[place:] if size else b""


def stretches(document: bytes, pieces: bytes, first: int, count: int) -> Iterator[Stretch]:
    """`count` letters from letter `first` on. Raises struct.error, ValueError."""
    for start, end, place, width in _pieces(pieces):
        low, high = max(start, first), min(end, first + count)
        if low < high:
            at = place + (low - start) * width
            yield Stretch(_decoded(document[at : at + (high - low) * width], width), at, width)


def _decoded(data: bytes, width: int) -> str:
    if width == 2:
        # Letter by letter: a pair of halves must not become one letter, places would shift.
        return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])))
    return "".join(_sign(byte) for byte in data)


def _sign(byte: int) -> str:
    return chr(byte) if not 0x80 <= byte <= 0x9F else bytes([byte]).decode("cp1252", "replace")


def _pieces(clx: bytes) -> Iterator[tuple[int, int, int, int]]:
    """First letter, letter after the last, place in the file and width of each piece."""
    at = 0
    while at < len(clx) and clx[at] != PIECE_TABLE:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    (size,) = struct.unpack_from("<I", clx, at + 1)
    count = (size - 4) // 12
    if count < 1 or at + 5 + size > len(clx):
        raise ValueError("the table of pieces is cut off")
    letters = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    if list(letters) != sorted(letters):
        raise ValueError("pieces that overlap")
    for index in range(count):
        (coded,) = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * index + 2)
        place, width = (coded & ~COMPRESSED) // 2 if coded & COMPRESSED else coded, 1 if coded & COMPRESSED else 2
        yield letters[index], letters[index + 1], place, width
