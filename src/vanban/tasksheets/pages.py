"""A sheet as text: one line a row, cells parted by tabs, with the place of each cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban.bodies import mentions
from vanban.tasksheets.cells import Place, Sheet, clean
from vanban.tasksheets.mapping import Json
from vanban.values import Passage

NOTHING = re.compile(r"[\W_]*|không(?: có)?|[xX]", re.I)  # how a cell says that it holds nothing: `-`, `…`, `Không`


@dataclass(frozen=True, slots=True)
class Page:
    """`content`, and where each cell of the sheet stands in it; a merged cell stands there once, at its first place."""

    sheet: Sheet
    content: str
    starts: tuple[tuple[int, ...], ...]

    def passage(self, place: Place) -> Passage:
        """The words of a cell; of a covered one those of the cell that covers it."""
        merge = self.sheet.origins.get(place)
        row, column = (merge.top, merge.left) if merge else place
        return Passage.plain(clean(self.sheet.rows[row][column].text), self.starts[row][column])

    def bodies(self, place: Place) -> Passage:
        """The same of a cell that names bodies: lines that each name one are parted, as by a semicolon.

        Only the sign differs from the content, so that every letter keeps its place.
        """
        passage = self.passage(place)
        lines = [line for each in self.sheet.rows[place.row][place.column].text.splitlines() if (line := clean(each))]
        if len(lines) < 2 or not all(mentions(line) for line in lines) or " ".join(lines) != passage.text:
            return passage
        return Passage(";".join(lines), passage.starts, passage.ends)

    def layout(self) -> list[Json]:
        """The sheet as one table: rows of cells with their spans; `rows` and `columns` of a merged cell, given once."""
        return [{"table": [self._row(row) for row in range(len(self.sheet.rows))]}]

    def _row(self, row: int) -> list[Json]:
        cells: list[Json] = []
        for column, start in enumerate(self.starts[row]):
            place = Place(row, column)
            if self.sheet.covered(place):
                continue
            cell: Json = {"span": [start, start + len(clean(self.sheet.rows[row][column].text))]}
            if merge := self.sheet.origins.get(place):
                size = {"rows": merge.bottom - merge.top + 1, "columns": merge.right - merge.left + 1}
                cell |= {side: count for side, count in size.items() if count > 1}
            cells.append(cell)
        return cells


def lay_out(sheet: Sheet) -> Page:
    """The content of a sheet: all its rows, those above the header too."""
    parts: list[str] = []
    starts: list[tuple[int, ...]] = []
    at = 0
    for number, row in enumerate(sheet.rows):
        words = ["" if sheet.covered(Place(number, column)) else clean(cell.text) for column, cell in enumerate(row)]
        places = []
        for each in words:
            places.append(at)
            at += len(each) + 1
        starts.append(tuple(places))
        parts.append("\t".join(words) + "\n")
    return Page(sheet, "".join(parts), tuple(starts))


def is_nothing(text: str) -> bool:
    """
    >>> [is_nothing(text) for text in ("", " - ", "Không", "Sở A")]
    [True, True, True, False]
    """
    return bool(NOTHING.fullmatch(text.strip()))
