"""What Word documents, new and old, share: tables on Word's grid, and lines that tabs part into columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from vanban.reading.building import EMPTY, Builder, Cell, Line, RawRow, places_text
from vanban.reading.joining import starts_item

TAB_STOP = re.compile(r"\s*\t\s*|\s{5,}")
MOST_COLUMNS = 64  # more than Word allows


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, with the column of Word's grid that it begins at, and whether it is merged with the one above."""

    at: int
    continues: bool
    cell: Cell


class Placing:
    """Puts paragraphs and tables into the builder; a letterhead typed with tabs is read column by column."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._placed: list[RawRow] = []  # lines that tabs part into columns

    def add_lines(self, lines: Sequence[Line]) -> None:
        """The lines of one paragraph; call `close` after the last."""
        columns = [TAB_STOP.split(line.text.strip()) for line in lines]
        if any(len(x) > 1 for x in columns) and not starts_item(lines[0].text):
            for line, texts in zip(lines, columns, strict=True):
                self._placed.append(RawRow(tuple(Cell((Line(text, line.bold),)) for text in texts)))
        else:
            self.close()
            self._builder.add_lines(lines)

    def add_table(self, rows: Sequence[Sequence[Place]]) -> None:
        self.close()
        self._builder.add_table(in_columns(rows))

    def close(self) -> None:
        """A letterhead typed with tabs ends: its columns are read one after the other, as those of a table."""
        rows, self._placed = self._placed, []
        if places_text(rows):
            self._builder.add_columns(rows)
            return
        for row in rows:
            lines = [line for cell in row.cells for line in cell.lines]
            self._builder.add_paragraph(" ".join(line.text for line in lines), bold=all(line.bold for line in lines))


def in_columns(rows: Sequence[Sequence[Place]]) -> list[RawRow]:
    """Rows in the columns of the fullest one.

    Word's grid counts every edge that any row has; rows with as many cells as the fullest have its columns however
    their edges were dragged.
    """
    stops = [place.at for place in max(rows, key=len, default=())][:MOST_COLUMNS]
    above: list[Cell] = [EMPTY] * len(stops)
    built = []
    for row in rows:
        cells = [EMPTY] * len(stops)
        for index, place in enumerate(row[:MOST_COLUMNS]):
            column = index if len(row) == len(stops) else max(0, bisect_right(stops, place.at) - 1)
            if place.continues:
                cells[column] = above[column]
            elif cells[column] is EMPTY:
                cells[column] = place.cell
            else:
                cells[column] = Cell((*cells[column].lines, *place.cell.lines))
        built.append(RawRow(tuple(cells)))
        above = cells
    return built
