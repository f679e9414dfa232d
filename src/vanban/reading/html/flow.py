"""What a web page holds in order: paragraphs, and tables whose cells hold the same again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vanban.reading.building import EMPTY, Cell, Line, RawRow

MOST_COLUMNS = 64


@dataclass(slots=True)
class Flow:
    """What stands in the page, or in one cell: paragraphs as lines, and tables."""

    items: list[list[Line] | Grid] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        for item in self.items:
            if isinstance(item, Grid):
                for covering in item.cells():
                    yield from covering.flow.lines()
            else:
                yield from item


@dataclass(slots=True)
class Covering:
    """A cell, and how many columns and rows it covers."""

    flow: Flow
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class Grid:
    """A table as its tags give it: rows of different lengths."""

    rows: list[list[Covering]] = field(default_factory=list)

    def cells(self) -> Iterator[Covering]:
        return (covering for row in self.rows for covering in row)

    def is_frame(self) -> bool:
        """Pages used to stand in a table as a whole, other tables in its cells."""
        inner = (item for covering in self.cells() for item in covering.flow.items)
        return any(isinstance(item, Grid) for item in inner)

    def raw_rows(self) -> list[RawRow]:
        """Rows with a cell for each column.

        A cell that covers several rows is the same in each of them; of the columns that one covers, all but the first
        are empty.
        """
        above: dict[int, tuple[Cell, int]] = {}
        return [RawRow(tuple(_fill(row, above))) for row in self.rows]


def _fill(row: list[Covering], above: dict[int, tuple[Cell, int]]) -> list[Cell]:
    """One row; `above` holds, by column, cells that reach into it and for how many rows: those of the next row after."""
    cells = {at: cell for at, (cell, _) in above.items()}
    below = {at: (cell, more - 1) for at, (cell, more) in above.items() if more > 1}
    at = 0
    spare: list[Line] = []  # what stands beyond the last column that is kept
    for covering in row:
        while at in cells:
            at += 1
        if at >= MOST_COLUMNS:
            spare.extend(covering.flow.lines())
            continue
        cell = Cell(tuple(covering.flow.lines()))
        for column in range(at, min(at + covering.across, MOST_COLUMNS)):
            cells[column] = cell if column == at else EMPTY
            if covering.down > 1:
                below[column] = (cells[column], covering.down - 1)
        at += covering.across
    above.clear()
    above.update(below)
    filled = [cells.get(column, EMPTY) for column in range(max(cells, default=-1) + 1)]
    return [*filled, Cell(tuple(spare))] if spare else filled
