"""A workbook as a person sees it: sheets of cells, with merged cells filled in all the places that they cover."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import product, starmap
from typing import Any, NamedTuple

from vanban.errors import TooLarge
from vanban.reading.joining import SYMBOL, UNSEEN, spaced
from vanban.reading.limits import LINE, PAGE_CHARACTERS, PAGES

Value = bool | int | float | str | date | datetime | time | timedelta


class Most(NamedTuple):
    """How much of a sheet is read: rows, columns, and characters, where each cell counts as `LINE` more."""

    rows: int = 20_000
    columns: int = 100
    characters: int = PAGES * PAGE_CHARACTERS  # as much as of any other document


MOST = Most()


class Cell(NamedTuple):
    """What a cell shows, line ends kept; `day` where it holds a date; `error` what a formula came to (`#REF!`);
    `number` where it holds one: then a point in the text parts no thousands.

    A formula that the file keeps no value of is an error without words.
    """

    text: str = ""
    day: date | None = None
    error: str | None = None
    number: bool = False


EMPTY = Cell()


class Place(NamedTuple):
    """Row and column of a cell, counted from 0."""

    row: int
    column: int

    @property
    def address(self) -> str:
        """The cell as spreadsheets call it: `C5`."""
        return f"{letters(self.column)}{self.row + 1}"


class Merge(NamedTuple):
    """Cells merged into one, edges included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet from its cell A1 on; all rows are equally wide."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @cached_property
    def origins(self) -> Mapping[Place, Merge]:
        """The merge that each covered place belongs to, its own first place included."""
        return {place: merge for merge in self.merges for place in places(merge)}

    def covered(self, place: Place) -> bool:
        """Another cell stands over this one."""
        merge = self.origins.get(place)
        return merge is not None and (merge.top, merge.left) != place


@dataclass(frozen=True, slots=True)
class Workbook:
    name: str
    kind: str  # xlsx, xls, ods, csv
    sheets: tuple[Sheet, ...]


def make_sheet(
    book: str,
    name: str,
    grid: Mapping[Place, Cell],
    merges: Iterable[Merge] = (),
    *,
    hidden: bool = False,
    most: Most = MOST,
) -> Sheet:
    """A sheet of the cells that say something. Raises TooLarge."""
    height = max((place.row for place in grid), default=-1) + 1
    width = max((place.column for place in grid), default=-1) + 1
    check_size(book, height, width, most)
    rows = [[EMPTY] * width for _ in range(height)]
    for place, cell in grid.items():
        rows[place.row][place.column] = cell
    return sheet_of(book, name, rows, merges, hidden=hidden, most=most)


def sheet_of(
    book: str, name: str, rows: list[list[Cell]], merges: Iterable[Merge] = (), *, hidden: bool, most: Most
) -> Sheet:
    """A sheet of equally wide rows, cut after the last row and column that say something. Raises TooLarge."""
    while rows and not any(cell is not EMPTY for cell in rows[-1]):
        rows.pop()
    width = max((_filled(row) for row in rows), default=0)
    if rows and width < len(rows[0]):
        rows = [row[:width] for row in rows]
    height = len(rows)
    check_size(book, height, width, most)
    size = sum(len(cell.text) + LINE for row in rows for cell in row if cell is not EMPTY)
    if size > most.characters:
        raise TooLarge(name=book, size=f"{size:,} characters", limit=f"{most.characters:,} characters")
    kept = spread(rows, merges)
    return Sheet(name, tuple(map(tuple, rows)), kept, hidden)


def spread(rows: list[list[Any]], merges: Iterable[Merge]) -> tuple[Merge, ...]:
    """Put what merged cells say in all the places that they cover; gives those that count."""
    kept = _apart(_within(merges, len(rows), len(rows[0]) if rows else 0))
    for top, left, bottom, right in kept:
        for row in range(top, bottom + 1):
            rows[row][left : right + 1] = [rows[top][left]] * (right + 1 - left)
    return kept


def _filled(row: Sequence[Cell]) -> int:
    return next((at for at in range(len(row), 0, -1) if row[at - 1] is not EMPTY), 0)


def check_size(book: str, rows: int, columns: int, most: Most = MOST) -> None:
    """Raises TooLarge for more rows or columns than are read."""
    if rows > most.rows:
        raise TooLarge(name=book, size=f"{rows:,} rows", limit=f"{most.rows:,} rows")
    if columns > most.columns:
        raise TooLarge(name=book, size=f"{columns:,} columns", limit=f"{most.columns:,} columns")


def _within(merges: Iterable[Merge], height: int, width: int) -> list[Merge]:
    """The merges cut to the sheet, without those of a single cell."""
    cut = (Merge(m.top, m.left, min(m.bottom, height - 1), min(m.right, width - 1)) for m in merges)
    return [m for m in cut if m.top <= m.bottom and m.left <= m.right and (m.top, m.left) != (m.bottom, m.right)]


def _apart(merges: Sequence[Merge]) -> tuple[Merge, ...]:
    """Merges overlap in damaged files only: there the first one counts."""
    taken: set[Place] = set()
    kept = []
    for merge in merges:
        if not any(place in taken for place in places(merge)):
            taken.update(places(merge))
            kept.append(merge)
    return tuple(kept)


def places(merge: Merge) -> Iterator[Place]:
    """All places that a merged cell covers, the first one included."""
    return starmap(Place, product(range(merge.top, merge.bottom + 1), range(merge.left, merge.right + 1)))


@lru_cache(maxsize=100_000, typed=True)  # in a list of ten thousand rows most values come again
def cell_of(value: Value | Cell) -> Cell:
    """A value of a spreadsheet as it is shown there; a cell is one already.

    >>> [cell_of(v).text for v in (3.0, 1.1, True, date(2025, 6, 30), datetime(2025, 6, 30, 17, 0), "a")]
    ['3', '1.1', 'TRUE', '30/06/2025', '30/06/2025 17:00', 'a']
    """
    match value:
        case "":
            return EMPTY
        case str():
            return Cell(value)
        case Cell():
            return value
        case bool():
            return Cell("TRUE" if value else "FALSE")
        case datetime():
            return Cell(f"{value:%d/%m/}{value.year}{_clock(value.time())}", value.date())
        case date():
            return Cell(f"{value:%d/%m/}{value.year}", value)
        case float() if value.is_integer():
            return Cell(f"{value:.0f}", number=True)
        case float():
            return Cell(f"{value:.15g}", number=True)
        case int():
            return Cell(str(value), number=True)
        case time():
            return Cell(f"{value:%H:%M}")
    return Cell(str(value))


def _clock(value: time) -> str:
    return f" {value:%H:%M}" if value > time() else ""


def clean(text: str) -> str:
    """A cell's words on one line: NFC, single spaces, nothing that cannot be seen.

    >>> clean("Sở\\x00 Tài\\tchính\\n")
    'Sở Tài chính'
    """
    return " ".join(unicodedata.normalize("NFC", SYMBOL.sub(" ", UNSEEN.sub("", spaced(text)))).split())


def letters(column: int) -> str:
    """
    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def place_of(address: str) -> Place | None:
    """
    >>> place_of("AB12"), place_of("12")
    (Place(row=11, column=27), None)
    """
    if not (m := re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", address)):
        return None
    column = 0
    for letter in m[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return Place(int(m[2]) - 1, column - 1)
