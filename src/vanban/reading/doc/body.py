"""Paragraphs and tables of an old Word document, in reading order, into the builder.

One sign ends a paragraph, another a cell; a row ends with a cell that its properties mark, which also tell where the
columns stand.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from vanban.reading.building import Builder, Cell, Line
from vanban.reading.doc.properties import DELETED, ENDS_ROW, IN_TABLE, INSERTED, ROW, Changes, Formatting
from vanban.reading.doc.styles import Styles
from vanban.reading.doc.text import Stretch
from vanban.reading.legacy import CodePage
from vanban.reading.numbers import Counting, List
from vanban.reading.pieces import Piece, lines, modern
from vanban.reading.placing import MOST_COLUMNS, Place, Placing

ENDS = re.compile(r"[\r\x07\x0c]")
CELL_END, FIELD, RESULT, FIELD_END = "\x07", "\x13", "\x14", "\x15"
FIELDS = re.compile(r"[\x13\x14\x15]")
SHOWN = str.maketrans(
    {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": None, **{chr(code): None for code in (1, 2, 3, 4, 5, 8)}}
)
JOINED, GOES_ON, STARTS = 0x02, 0x20, 0x40  # of a cell: merged with the one before; with that above; the first of these
EDGE, CELL_SIZE = 2, 20  # bytes of an edge and of a cell in the properties of a row
SHIFTED = 60  # twentieths of a point that edges of one column may differ by


class Body:
    def __init__(self, builder: Builder, styles: Styles, lists: Mapping[int, List], paragraphs: Formatting) -> None:
        self._builder, self._styles, self._lists, self._paragraphs = builder, styles, lists, paragraphs
        self._placing, self._counting = Placing(builder), Counting()
        self._runs: list[tuple[str, Changes]] = []  # of the open paragraph
        self._fields: list[bool] = []  # for each open field, whether its result has begun
        self._cell: list[Line] = []
        self._cells: list[Cell] = []
        self._rows: list[tuple[list[Cell], list[int], list[int]]] = []  # cells, their left edges, how they are merged
        self.tracked = False  # a change that somebody still has to accept
        self.repaired: list[CodePage] = []

    def add(self, stretch: Stretch, changes: Changes) -> None:
        """Letters that look alike; call `close` after the last."""
        at = 0
        for end in ENDS.finditer(stretch.text):
            self._letters(stretch.text[at : end.start()], changes)
            self._end(end[0], stretch.place + end.start() * stretch.width)
            at = end.end()
        self._letters(stretch.text[at:], changes)

    def close(self) -> None:
        if self._runs:
            self._builder.count("")
            self._paragraph(self._said(0), {}, 0)
        self._close_table()
        self._placing.close()

    def _letters(self, text: str, changes: Changes) -> None:
        self.tracked = self.tracked or DELETED in changes or INSERTED in changes
        shown = []
        for part in re.split(f"({FIELDS.pattern})", text):
            if part == FIELD:
                self._fields.append(False)
            elif part == RESULT and self._fields:
                self._fields[-1] = True
            elif part == FIELD_END and self._fields:
                self._fields.pop()
            elif all(self._fields) and part not in (RESULT, FIELD_END):
                shown.append(part)
        if said := "".join(shown).translate(SHOWN):
            self._runs.append((said, changes))

    def _end(self, sign: str, place: int) -> None:
        """A paragraph ends, whose properties stand at its end."""
        style, changes = self._paragraphs.at(place)
        self._builder.count("")
        if changes.get(ENDS_ROW, b"\0")[0]:
            self._runs = []
            self._end_row(changes.get(ROW, b""))
        elif changes.get(IN_TABLE, b"\0")[0]:
            self._cell += self._numbered(self._said(style), changes, style)
            if sign == CELL_END:
                self._cells.append(Cell(tuple(self._cell)))
                self._cell = []
        else:
            self._close_table()
            self._paragraph(self._said(style), changes, style)

    def _said(self, style: int) -> list[Piece]:
        pieces: list[Piece] = []
        fonts: list[str | None] = []
        heading = self._styles.is_heading(style)
        for text, changes in self._runs:
            look = self._styles.look(changes, style)
            if not (look.hidden or look.deleted):
                pieces.append((text.upper() if look.capitals else text, heading or look.bold))
                fonts.append(look.font)
        self._runs = []
        turned, page = modern(pieces, fonts)
        if page:
            self.repaired.append(page)
        return turned

    def _paragraph(self, pieces: list[Piece], changes: Changes, style: int) -> None:
        self._placing.add_lines(self._numbered(pieces, changes, style))

    def _numbered(self, pieces: list[Piece], changes: Changes, style: int) -> list[Line]:
        """The lines of a paragraph behind its number."""
        found = [line for line in lines(pieces) if line.text.strip()]
        place, level = self._styles.numbering(style, changes)
        form = self._lists.get(place)
        label = self._counting.label(str(place), form, level) if form else ""
        if found and label:
            found[0] = Line(f"{label} {found[0].text.lstrip()}", found[0].bold)
        elif label and changes.get(IN_TABLE):
            found = [Line(label)]
        return found

    def _end_row(self, row: bytes) -> None:
        edges, flags = _columns(row)
        if len(edges) < len(self._cells):  # the row's own properties are missing: one column a cell
            edges, flags = list(range(len(self._cells))), [0] * len(self._cells)
        self._rows.append((self._cells, edges, flags))
        self._cells, self._cell = [], []

    def _close_table(self) -> None:
        rows, self._rows = self._rows, []
        if self._cells:  # a table whose last row has no end
            rows.append((self._cells, list(range(len(self._cells))), [0] * len(self._cells)))
            self._cells = []
        if rows:
            grid = _grid(edge for _, edges, _ in rows for edge in edges)
            self._placing.add_table([_places(*row, grid) for row in rows])


def _columns(row: bytes) -> tuple[list[int], list[int]]:
    """The left edge of each cell, in twentieths of a point, and how it is merged."""
    count = min(row[0], MOST_COLUMNS) if row else 0
    if len(row) < 1 + EDGE * (count + 1):
        return [], []
    edges = list(struct.unpack_from(f"<{count}h", row, 1))
    cells = row[1 + EDGE * (count + 1) :]
    flags = [
        struct.unpack_from("<H", cells, at * CELL_SIZE)[0] if len(cells) >= (at + 1) * CELL_SIZE else 0
        for at in range(count)
    ]
    return edges, flags


def _grid(edges: Iterable[int]) -> list[int]:
    """The edges that any row has, those that were dragged a little as one."""
    grid: list[int] = []
    for edge in sorted(set(edges)):
        if not grid or edge - grid[-1] > SHIFTED:
            grid.append(edge)
    return grid


def _places(cells: list[Cell], edges: list[int], flags: list[int], grid: list[int]) -> list[Place]:
    """Cells at their columns, without those that are merged with the one before."""
    placed = []
    for cell, edge, flag in zip(cells, edges, flags, strict=False):
        if not flag & JOINED:
            goes_on = bool(flag & GOES_ON) and not flag & STARTS
            placed.append(Place(bisect_right(grid, edge) - 1, goes_on, cell))
    return placed
