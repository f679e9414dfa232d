"""The styles and fonts of an old Word document. Source: [MS-DOC] 2.9.271 (STSH), 2.9.286 (SttbfFfn)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.reading.doc.properties import (
    BOLD,
    CAPITALS,
    CHARACTER_STYLE,
    DELETED,
    FONT,
    HIDDEN,
    LEVEL,
    LIST,
    Changes,
    changes,
)

PARAGRAPH, NONE = 1, 0xFFF
HEADINGS = range(1, 10)  # built-in numbers of `heading 1` to `heading 9`
NAME_AT = 40  # of a font, in its entry
AS_STYLE, OPPOSITE = 0x80, 0x81


@dataclass(frozen=True, slots=True)
class Style:
    built_in: int
    base: int
    paragraph: Changes
    letters: Changes


@dataclass(frozen=True, slots=True)
class Look:
    hidden: bool
    capitals: bool
    bold: bool
    deleted: bool
    font: str | None


class Styles:
    def __init__(self, sheet: bytes, fonts: bytes) -> None:
        self._styles = dict(_styles(sheet)) if sheet else {}
        self._fonts = list(_fonts(fonts)) if fonts else []

    def chain(self, style: int) -> Iterator[Style]:
        """A style and those that it is based on, nearest first."""
        seen = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].base

    def is_heading(self, style: int) -> bool:
        return any(link.built_in in HEADINGS for link in self.chain(style))

    def numbering(self, style: int, own: Changes) -> tuple[int, int]:
        """List and level of a paragraph, list 0 for none."""
        sources = [own, *(link.paragraph for link in self.chain(style))]
        place = next((struct.unpack("<h", x[LIST])[0] for x in sources if LIST in x), 0)
        level = next((x[LEVEL][0] for x in sources if LEVEL in x), 0)
        return place, level

    def look(self, own: Changes, style: int) -> Look:
        """How letters are shown: by their own changes, else by their style, else by that of the paragraph."""
        named = struct.unpack("<H", own[CHARACTER_STYLE])[0] if CHARACTER_STYLE in own else None
        sources = [link.letters for each in (named, style) if each is not None for link in self.chain(each)]
        font = next((struct.unpack("<H", x[FONT])[0] for x in (own, *sources) if FONT in x), 0)
        hidden, capitals, bold, deleted = (_switch(own, sources, code) for code in (HIDDEN, CAPITALS, BOLD, DELETED))
        return Look(hidden, capitals, bold, deleted, self._fonts[font] if font < len(self._fonts) else None)


def _switch(own: Changes, styles: list[Changes], code: int) -> bool:
    styled = next((x[code][0] for x in styles if code in x), 0) in (1, OPPOSITE)
    said = own[code][0] if code in own else AS_STYLE
    if said in (AS_STYLE, OPPOSITE):
        return styled != (said == OPPOSITE)
    return said == 1


def _styles(sheet: bytes) -> Iterator[tuple[int, Style]]:
    """Raises struct.error for a sheet that is cut off."""
    (header, count, base_size) = struct.unpack_from("<HHH", sheet)
    at = 2 + header
    for number in range(count):
        if at + 2 > len(sheet):
            return
        (size,) = struct.unpack_from("<H", sheet, at)
        if size:
            yield number, _style(sheet[at + 2 : at + 2 + size], base_size)
        at += 2 + size


def _style(data: bytes, base_size: int) -> Style:
    built_in, kind, parts = struct.unpack_from("<HHH", data)
    (name,) = struct.unpack_from("<H", data, base_size)
    at = base_size + 2 + 2 * (name + 1)
    found: list[bytes] = []
    for _ in range(parts & 0xF):
        if at + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, at)
        found.append(data[at + 2 : at + 2 + size])
        at += 2 + size + size % 2
    if kind & 0xF == PARAGRAPH:
        paragraph, letters, *_ = *found, b"", b""
        return Style(built_in & 0xFFF, kind >> 4, changes(paragraph[2:]), changes(letters))
    return Style(built_in & 0xFFF, kind >> 4, {}, changes(found[0] if found else b""))


def _fonts(table: bytes) -> Iterator[str]:
    (count,) = struct.unpack_from("<H", table)
    at = 4
    for _ in range(count):
        if at >= len(table):
            return
        size = table[at] + 1
        name = table[at + NAME_AT : at + size].decode("utf-16-le", "replace")
        yield name.split("\0")[0]
        at += size
