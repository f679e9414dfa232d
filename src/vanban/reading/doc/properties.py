"""Properties of letters, paragraphs and rows: changes to a default, kept in pages of 512 bytes beside the text.

Source: [MS-DOC] 2.6 (single property modifiers), 2.9.33 and 2.9.174 (formatted disk pages).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

PAGE = 512
SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes of an operand by the upper three bits of its code
LONG_OPERANDS = {0xD608, 0xD606}  # their length takes two bytes and counts one of itself
BOLD, CAPITALS, HIDDEN, DELETED, INSERTED = 0x0835, 0x083B, 0x083C, 0x0800, 0x0801
FONT, CHARACTER_STYLE = 0x4A4F, 0x4A30
IN_TABLE, ENDS_ROW, DEPTH, LEVEL, LIST = 0x2416, 0x2417, 0x6649, 0x260A, 0x460B
ROW = 0xD608

Changes = dict[int, bytes]


def changes(data: bytes) -> Changes:
    """The operand of each change by its code; what is cut off at the end is left out.

    >>> changes(bytes.fromhex("350801 0b4603"))
    {2101: b'\\x01'}
    """
    found: Changes = {}
    at = 0
    while at + 2 < len(data):
        (code,) = struct.unpack_from("<H", data, at)
        at += 2
        size = SIZES.get(code >> 13)
        if size is None:
            size, wide = (data[at] + (data[at + 1] << 8) - 1, 2) if code in LONG_OPERANDS else (data[at], 1)
            at += wide
        if size < 0 or at + size > len(data):
            break
        found[code] = data[at : at + size]
        at += size
    return found


@dataclass(frozen=True, slots=True)
class Formatting:
    """What holds from one place of the file to the next: a paragraph's style and changes, or those of letters."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    changed: list[Changes] = field(default_factory=list)

    def at(self, place: int) -> tuple[int, Changes]:
        """Style and changes that hold at a place in the file."""
        index = bisect_right(self.starts, place) - 1
        if index < 0 or place >= self.ends[index]:
            return 0, {}
        return self.styles[index], self.changed[index]

    def until(self, place: int) -> int:
        """Where what holds at a place ends."""
        index = bisect_right(self.starts, place) - 1
        if index >= 0 and place < self.ends[index]:
            return self.ends[index]
        return self.starts[index + 1] if index + 1 < len(self.starts) else 1 << 32


def read_formatting(document: bytes, table: bytes, *, paragraphs: bool) -> Formatting:
    """From the pages that a table of places names. Raises struct.error, IndexError, ValueError."""
    count = (len(table) - 4) // 8
    if count > len(document) // PAGE:
        raise ValueError("more pages of properties than the file has")
    pages = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count > 0 else ()
    held: dict[int, tuple[int, int, Changes]] = {}
    for page in pages:
        at = (page & 0x3FFFFF) * PAGE
        for start, end, style, changed in _page(document[at : at + PAGE], paragraphs):
            held[start] = (end, style, changed)
    starts = sorted(held)
    rows = [held[start] for start in starts]
    return Formatting(starts, [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])


def _page(page: bytes, paragraphs: bool) -> Iterator[tuple[int, int, int, Changes]]:
    if len(page) < PAGE:
        raise ValueError("a page of properties is cut off")
    count = page[-1]
    places = struct.unpack_from(f"<{count + 1}I", page)
    step = 13 if paragraphs else 1
    for index in range(count):
        offset = 2 * page[4 * (count + 1) + step * index]
        style, data = _paragraph(page, offset) if paragraphs else (0, page[offset + 1 : offset + 1 + page[offset]])
        yield places[index], places[index + 1], style, changes(data) if offset else {}


def _paragraph(page: bytes, offset: int) -> tuple[int, bytes]:
    if not offset:
        return 0, b""
    start, size = (offset + 1, 2 * page[offset] - 1) if page[offset] else (offset + 2, 2 * page[offset + 1])
    return struct.unpack_from("<H", page, start)[0], page[start + 2 : start + size]
