"""A drawing as a Windows metafile (EMF), which Word and LibreOffice show in sharp lines: the same drawing gives the same bytes.

Records by [MS-EMF]; nothing in them depends on the machine, so words are placed by the widths of Times New Roman.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from struct import pack

from vanban.writing.drawing import GREYS, POINT, Area, Drawing, Line, Ring, Words
from vanban.writing.widths import REGULAR, advance

HEADER, POLYLINE, SET_WINDOW_EXTENT, SET_WINDOW_ORIGIN, SET_VIEWPORT_EXTENT, SET_VIEWPORT_ORIGIN = 1, 87, 9, 10, 11, 12
END, SET_MAP_MODE, SET_BACKGROUND, SET_FILL, SET_ALIGN, SET_COLOUR = 14, 17, 18, 19, 22, 24
SELECT, PEN, BRUSH, FONT, TEXT, POLYPOLYGON = 37, 38, 39, 82, 84, 91
FREELY, TRANSPARENT, EVEN_ODD, BASELINE, COMPATIBLE = 8, 1, 1, 24, 1
HUNDREDTHS = 10.0  # of a millimetre in a dot
ALIGN = {"left": 0, "right": 2, "center": 6}
SIGNATURE, VERSION = 0x464D4520, 0x10000
EDGE, HAIR = 1, 2  # handles
FIRST = 3  # handle of the first brush; those of fonts follow
EDGE_WIDTH, HAIR_WIDTH = 3, 2  # tenths of a millimetre
FACE = "Times New Roman"


def emf(drawing: Drawing) -> bytes:
    records = list(_Records(drawing).all())
    size, handles = sum(map(len, records)) + 108, 1 + max(FIRST, FIRST + len(GREYS) + len(_sizes(drawing)))
    return b"".join([_header(drawing, size, len(records) + 1, handles), *records])


def _header(drawing: Drawing, size: int, count: int, handles: int) -> bytes:
    """A device whose dots are tenths of a millimetre: bounds in dots, frame in hundredths."""
    across, down = drawing.width, drawing.height
    bounds = pack("<8i", 0, 0, across, down, 0, 0, across * 10, down * 10)
    about = pack("<4I2H3I", SIGNATURE, VERSION, size, count, handles, 0, 0, 0, 0)
    device = pack("<4i3I2i", 2100, 2970, 210, 297, 0, 0, 0, 210_000, 297_000)
    return pack("<2I", HEADER, 108) + bounds + about + device


def _sizes(drawing: Drawing) -> list[float]:
    return sorted({mark.size for mark in drawing.marks if isinstance(mark, Words)})


class _Records:
    """The records of a drawing, in order."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._brushes = {tone: FIRST + at for at, tone in enumerate(GREYS)}
        self._fonts = {size: FIRST + len(GREYS) + at for at, size in enumerate(_sizes(drawing))}
        self._now: dict[int, int] = {}  # what is selected, by kind of record

    def all(self) -> Iterator[bytes]:
        yield from self._prepared()
        for mark in self._drawing.marks:
            match mark:
                case Area():
                    yield from self._area(mark)
                case Line():
                    yield from self._chosen(PEN, HAIR)
                    yield _line(mark.points)
                case Words():
                    yield from self._words(mark)
        yield _record(END, pack("<3I", 0, 16, 20))

    def _prepared(self) -> Iterator[bytes]:
        across, down = self._drawing.width, self._drawing.height
        yield _record(SET_MAP_MODE, pack("<I", FREELY))
        for kind, numbers in (
            (SET_WINDOW_ORIGIN, (0, 0)),
            (SET_WINDOW_EXTENT, (across, down)),
            (SET_VIEWPORT_ORIGIN, (0, 0)),
            (SET_VIEWPORT_EXTENT, (across, down)),
        ):
            yield _record(kind, pack("<2i", *numbers))
        yield _record(SET_BACKGROUND, pack("<I", TRANSPARENT))
        yield _record(SET_FILL, pack("<I", EVEN_ODD))
        yield _record(PEN, pack("<2I2iI", EDGE, 0, EDGE_WIDTH, 0, _grey(70)))
        yield _record(PEN, pack("<2I2iI", HAIR, 0, HAIR_WIDTH, 0, _grey(40)))
        for tone, handle in self._brushes.items():
            yield _record(BRUSH, pack("<4I", handle, 0, _grey(GREYS[tone]), 0))
        for size, handle in self._fonts.items():
            yield _record(FONT, pack("<I", handle) + _font(size))

    def _chosen(self, kind: int, value: int) -> Iterator[bytes]:
        """Select a pen, brush or font, or set alignment or colour, where it is not so already."""
        if self._now.get(kind) != value:
            self._now[kind] = value
            yield _record(kind if kind in (SET_ALIGN, SET_COLOUR) else SELECT, pack("<I", value))

    def _area(self, area: Area) -> Iterator[bytes]:
        yield from self._chosen(PEN, EDGE)
        yield from self._chosen(BRUSH, self._brushes[area.tone])
        counts = [len(ring) // 2 for ring in area.rings]
        numbers = [number for ring in area.rings for number in ring]
        about = pack(f"<4i2I{len(counts)}I", *_bounds(numbers), len(counts), sum(counts), *counts)
        yield _record(POLYPOLYGON, about + pack(f"<{len(numbers)}h", *numbers))

    def _words(self, words: Words) -> Iterator[bytes]:
        yield from self._chosen(FONT, self._fonts[words.size])
        yield from self._chosen(SET_ALIGN, BASELINE | ALIGN[words.align])
        yield from self._chosen(SET_COLOUR, _grey(255 if words.light else 0))
        letters = words.text.encode("utf-16-le")
        apart = _apart(words)
        padded = letters + bytes(-len(letters) % 4)
        count = len(letters) // 2
        apart += [0] * (count - len(apart))  # letters outside of the basic plane take two
        about = pack("<4iI2f", 0, 0, 0, 0, COMPATIBLE, HUNDREDTHS, HUNDREDTHS) + pack(
            "<2i3I", words.x, words.y, count, 76, 0
        )
        yield _record(TEXT, about + pack("<4iI", 0, 0, 0, 0, 76 + len(padded)) + padded + pack(f"<{count}I", *apart))


def _apart(words: Words) -> list[int]:
    """From each letter to the next: rounded where they stand, so that no error adds up."""
    ends = list(accumulate(advance(letter, words.size, REGULAR) * 10 for letter in words.text))
    return [round(end) - round(start) for start, end in zip([0.0, *ends], ends, strict=False)]


def _line(points: Ring) -> bytes:
    return _record(POLYLINE, pack("<4iI", *_bounds(points), len(points) // 2) + pack(f"<{len(points)}h", *points))


def _record(kind: int, data: bytes) -> bytes:
    data += bytes(-len(data) % 4)
    return pack("<2I", kind, len(data) + 8) + data


def _bounds(numbers: Ring | list[int]) -> tuple[int, int, int, int]:
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


def _grey(level: int) -> int:
    return level | level << 8 | level << 16


def _font(size: float) -> bytes:
    """A LogFont with nothing around it."""
    face = FACE.encode("utf-16-le")
    return (
        pack("<5i8B", -round(size * POINT), 0, 0, 0, 400, 0, 0, 0, 1, 0, 0, 0, 0)
        + face
        + bytes(64 - len(face))
        + bytes(228)
    )
