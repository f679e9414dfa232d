"""OpenDocument spreadsheets (ODS), read from their own parts: values, merged cells, errors of formulas."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from lxml import etree

from vanban.errors import Damaged, NotASheet, Protected
from vanban.tasksheets.cells import MOST, Cell, Merge, Most, Place, Sheet, cell_of, check_size, make_sheet
from vanban.tasksheets.packages import SheetPackage

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)|(?:Err|Lỗi):\d{3}")
UNREADABLE = (zipfile.BadZipFile, zlib.error, etree.LxmlError, EOFError, KeyError, NotImplementedError, RuntimeError)


def read_ods(data: bytes, name: str, most: Most = MOST) -> tuple[Sheet, ...]:
    """Raises NotASheet (another kind of OpenDocument file), Damaged, Protected, TooLarge."""
    try:
        package = SheetPackage(data, name)
        if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise Protected(name=name)
        sheets = tuple(_sheets(package.read("content.xml"), name, most))
    except UNREADABLE as error:
        raise Damaged(name=name, reason="its parts cannot be opened") from error
    if not sheets:
        raise NotASheet(name=name, looks="an OpenDocument file")
    return sheets


def _sheets(content: bytes, name: str, most: Most) -> Iterator[Sheet]:
    grid: dict[Place, Cell] = {}
    merges: list[Merge] = []
    row = 0
    walk = etree.iterparse(
        BytesIO(content),
        tag=(f"{TABLE}table-row", f"{TABLE}table"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    for _, element in walk:
        if element.tag == f"{TABLE}table":
            yield make_sheet(name, element.get(f"{TABLE}name", ""), grid, merges, most=most)
            grid, merges, row = {}, [], 0
        else:
            row = _row(element, row, (grid, merges), name, most)
        element.clear()


def _row(element: etree._Element, row: int, into: tuple[dict[Place, Cell], list[Merge]], name: str, most: Most) -> int:
    """Adds the cells of a row, as often as it is repeated; the number of the next row."""
    grid, merges = into
    repeated = _count(element, "number-rows-repeated")
    cells, spans = _cells(element, name, most)
    if cells:
        check_size(name, row + repeated, max(cells) + 1, most)
        for number in range(row, row + repeated):
            grid.update({Place(number, column): cell for column, cell in cells.items()})
        merges += [Merge(row, column, row + down - 1, column + right - 1) for column, down, right in spans]
    return row + repeated


def _cells(element: etree._Element, name: str, most: Most) -> tuple[dict[int, Cell], list[tuple[int, int, int]]]:
    """The cells of a row that say something, by column, and of those that are merged: column, rows, columns."""
    found: dict[int, Cell] = {}
    spans = []
    column = 0
    for each in element.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        repeated = _count(each, "number-columns-repeated")
        cell = _cell(each) if each.tag == f"{TABLE}table-cell" else Cell()
        if cell != Cell():
            check_size(name, 1, column + repeated, most)
            found.update(dict.fromkeys(range(column, column + repeated), cell))
            down, right = _count(each, "number-rows-spanned"), _count(each, "number-columns-spanned")
            if down * right > 1:
                spans.append((column, down, right))
        column += repeated
    return found, spans


def _cell(element: etree._Element) -> Cell:
    shown = "\n".join(_words(line) for line in element.iterchildren(f"{TEXT}p"))
    formula = element.get(f"{TABLE}formula") is not None
    kind = element.get(f"{OFFICE}value-type")
    if element.get(f"{CALC}value-type") == "error" or (formula and ERROR.fullmatch(shown.strip())):
        return Cell(shown, error=shown.strip())
    if formula and kind is None and not shown:
        return Cell(error="")
    day = _day(element.get(f"{OFFICE}date-value", "")) if kind == "date" else None
    return cell_of(day) if day else Cell(shown)


def _words(line: etree._Element) -> str:
    """The text of a line; runs of spaces, tabs and breaks are elements there."""
    marks = {f"{TEXT}s": " ", f"{TEXT}tab": " ", f"{TEXT}line-break": "\n"}
    return "".join(
        part.tail or "" if ends else marks.get(str(part.tag), "") + (part.text or "")
        for event, part in etree.iterwalk(line, events=("start", "end"))
        if (ends := event == "end") is False or part is not line
    )


def _day(value: str) -> date | datetime | None:
    try:
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except ValueError:
        return None


def _count(element: etree._Element, what: str) -> int:
    """How often a cell or row is repeated, or how far it spans; 1 where nothing readable is said."""
    stated = element.get(f"{TABLE}{what}", "1")
    return max(1, int(stated)) if stated.isascii() and stated.isdigit() and len(stated) < 10 else 1
