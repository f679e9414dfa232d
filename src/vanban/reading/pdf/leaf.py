"""A page in reading order: its lines, its two-column blocks and its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vanban.reading.building import EMPTY, RawRow
from vanban.reading.joining import is_furniture
from vanban.reading.legacy import CodePage
from vanban.reading.page.columns import regions
from vanban.reading.page.geometry import Line, Rule, Word, line_of
from vanban.reading.page.loose import Carried, find_loose
from vanban.reading.pdf.grid import cell_of, fill, find_grids
from vanban.reading.pdf.page import Sheet
from vanban.reading.scans.seeing import Seen

FEW = 40  # letters on a page that a picture covers: a stamp, not its text


@dataclass(frozen=True, slots=True)
class Columns:
    """A letterhead or signature: lines of the left side, then of the right."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table, or the part of one that stands on this page."""

    rows: tuple[RawRow, ...]
    xs: tuple[float, ...]
    carried: Carried | None = None  # of a table without upright rules, whose edges are guessed


Item = Line | Columns | Rows


@dataclass(slots=True)
class Leaf:
    number: int
    width: float
    height: float
    items: list[Item]
    rules: list[Rule]  # those that are no part of a table
    picture: bool  # a picture of a page, with no text to speak of
    repaired: list[CodePage]  # for each line that was in an old code page

    noted: bool = False  # footnotes were taken out of it

    @property
    def lines(self) -> list[Line]:
        return [item for item in self.items if isinstance(item, Line)]

    @property
    def carried(self) -> Carried | None:
        """What the next page must know of a table without upright rules that this one ends with."""
        last = next((item for item in reversed(self.items) if not is_number(item)), None)
        return last.carried if isinstance(last, Rows) else None

    def keep(self, lines: list[Line]) -> None:
        """Only these of its lines."""
        kept = set(map(id, lines))
        self.items = [item for item in self.items if not isinstance(item, Line) or id(item) in kept]


def is_number(item: Item) -> bool:
    return isinstance(item, Line) and is_furniture(item.text)


def leaf_of(sheet: Sheet, number: int, carried: Carried | None = None) -> Leaf:
    """`carried` comes from the page before."""
    letters = sum(len(word.text) for word in sheet.words)
    placed = sorted(_items(sheet, number, carried), key=lambda pair: pair[0])
    rules = [rule for rule in sheet.rules if not rule.upright]
    bare = letters == 0 or (sheet.pictured and letters < FEW)
    return Leaf(number, sheet.width, sheet.height, [item for _, item in placed], rules, bare, sheet.repaired)


def leaf_of_picture(seen: Seen, number: int, carried: Carried | None = None) -> Leaf:
    """A page that was recognised."""
    return leaf_of(Sheet(seen.width, seen.height, seen.words, list(seen.rules), False, []), number, carried)


def _items(sheet: Sheet, number: int, carried: Carried | None) -> Iterator[tuple[float, Item]]:
    """What stands on a page, each with its height."""
    words: list[Word] = sheet.words
    for grid in find_grids(sheet.rules):
        inside = [word for word in words if grid.box.holds(word)]
        if inside:
            words = [word for word in words if not grid.box.holds(word)]
            yield grid.ys[0], Rows(tuple(fill(grid, inside, number)), grid.xs)
    for table in find_loose(words, sheet.rules, sheet.height, carried):
        words = [word for word in words if id(word) not in table.words]
        rows = (RawRow(tuple(cell_of(cell) if cell else EMPTY for cell in row), number) for row in table.rows)
        yield table.top, Rows(tuple(rows), table.xs, Carried(table.xs, table.head))
    for region in regions(words):
        lines = [line_of(row, number) for column in region.columns for row in column]
        if len(region.columns) > 1:
            yield region.top, Columns(tuple(lines))
        else:
            yield from ((line.top, line) for line in lines)
