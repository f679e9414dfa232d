"""Excel workbooks: values as Calamine reads them; what it does not tell (errors of formulas) from the file's own parts.

Calamine keeps a sheet as a full grid from its first cell to its last, so how far the cells of an XLSX reach is found
out before it is asked: one cell in the last corner of a sheet would otherwise fill the memory.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from vanban.errors import Damaged, Empty, Protected
from vanban.tasksheets.cells import (
    EMPTY,
    MOST,
    Cell,
    Merge,
    Most,
    Place,
    Sheet,
    Value,
    cell_of,
    check_size,
    place_of,
    sheet_of,
    spread,
)
from vanban.tasksheets.packages import SheetPackage

MAIN = "{*}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Cells in the form in which all programs write them; of any other form each element is asked for itself.
ROW = re.compile(rb'(?!\w)[^>]*?\sr="(\d{1,9})"')  # behind each `<row`
CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.S)
AT = re.compile(rb'\sr="([A-Z]{1,3}[1-9]\d{0,6})"')
VALUE = re.compile(rb"<v>([^<]+)</v>")
WIDE = re.compile(rb' r="(?:[A-Z]{3}|[B-Z][A-Z]|A[W-Z])\d')  # farther than 48 columns: asked for one by one
UNUSUAL = {  # by a sign that is rarely there, which is found much faster; with each what follows it then
    b"!": (b"--", b"[CDATA["),
    b":": (b"row", b"c ", b"c>", b"sheetData"),
    b"\t": (b'r="',),
    b"\n": (b'r="',),
    b"\r": (b'r="',),
}
MANY = 1_000_000  # such signs: what lies between them would fill memory
STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
UNREADABLE = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


@dataclass(slots=True)
class Scan:
    """What the part of a sheet says beside its values: how far they reach, and which formulas have none."""

    rows: int = 0
    columns: int = 0
    errors: dict[Place, Cell] = field(default_factory=dict)


def read_xlsx(data: bytes, name: str, most: Most = MOST) -> tuple[Sheet, ...]:
    """Raises Damaged, Protected, TooLarge."""
    try:
        scans = _scans(SheetPackage(data, name), name, most)
        return tuple(_sheets(data, name, scans, most))
    except UNREADABLE as error:
        raise Damaged(name=name, reason="its parts cannot be opened") from error


def read_xls(data: bytes, name: str, most: Most = MOST) -> tuple[Sheet, ...]:
    """Raises Damaged, Protected, TooLarge. The format keeps at most 65,536 rows of 256 cells: no grid is endless.

    What a formula came to is not told where it is an error: the cell is empty.
    """
    try:
        return tuple(_sheets(data, name, {}, most))
    except PasswordError as error:
        raise Protected(name=name) from error
    except UNREADABLE as error:
        raise Damaged(name=name, reason="its parts cannot be opened") from error


def _sheets(data: bytes, name: str, scans: dict[str, Scan], most: Most) -> Iterator[Sheet]:
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        for index, about in enumerate(book.sheets_metadata):
            if about.typ == SheetTypeEnum.WorkSheet:
                hidden = about.visible != SheetVisibleEnum.Visible
                page = book.get_sheet_by_index(index)
                yield _sheet(page, name, scans.get(about.name, Scan()), hidden=hidden, most=most)


def _sheet(page: CalamineSheet, name: str, scan: Scan, *, hidden: bool, most: Most) -> Sheet:
    check_size(name, page.total_height, page.total_width, most)
    values = page.to_python(skip_empty_area=False)
    rows = [list(map(cell_of, cells)) for cells in values]
    _put(rows, scan, EMPTY)
    return sheet_of(name, page.name, rows, _merges(page), hidden=hidden, most=most)


def _merges(page: CalamineSheet) -> list[Merge]:
    return [Merge(*first, *last) for first, last in page.merged_cell_ranges or ()]


def xlsx_values(data: bytes, name: str, sheet: str, most: Most = MOST) -> list[list[Value | Cell]]:
    """The rows of one sheet (of the first, where none is called so): values as the file keeps them, errors as cells.

    Raises Damaged, Protected, Empty, TooLarge; characters are not counted.
    """
    try:
        scans = _scans(SheetPackage(data, name), name, most)
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            pages = [about.name for about in book.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
            if not pages:
                raise Empty(name=name)
            page = book.get_sheet_by_name(sheet if sheet in pages else pages[0])
            check_size(name, page.total_height, page.total_width, most)
            rows: list[list[Any]] = page.to_python(skip_empty_area=False)
            _put(rows, scans.get(page.name, Scan()), "")
            spread(rows, _merges(page))
            return rows
    except UNREADABLE as error:
        raise Damaged(name=name, reason="its parts cannot be opened") from error


def _put(rows: list[list[Any]], scan: Scan, empty: Cell | str) -> None:
    """Cells that say only what is wrong with them may stand where no value does."""
    if not scan.errors:
        return
    width = max(len(rows[0]) if rows else 0, *(place.column + 1 for place in scan.errors))
    height = max(len(rows), *(place.row + 1 for place in scan.errors))
    for row in rows:
        row.extend([empty] * (width - len(row)))
    rows += [[empty] * width for _ in range(height - len(rows))]
    for place, cell in scan.errors.items():
        rows[place.row][place.column] = cell


def _scans(package: SheetPackage, name: str, most: Most) -> dict[str, Scan]:
    """What each sheet's part says, by the name of the sheet."""
    targets = package.relations("xl/workbook.xml")
    found = {}
    for sheet in package.root("xl/workbook.xml").iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(RELATION_ID) or sheet.get(STRICT_ID) or "", "")
        part = posixpath.normpath(posixpath.join("xl", target)) if not target.startswith("/") else target[1:]
        if "worksheets/" in part:
            found[sheet.get("name", "")] = scan(package.read(part), name, most)
    return found


def scan(part: bytes, name: str, most: Most = MOST) -> Scan:
    """Raises TooLarge as soon as a value lies too far out; cells that only have a look do not count."""
    quick = None if _is_unusual(part) else _quick(part, most)
    return quick or _thorough(part, name, most)


def _is_unusual(part: bytes) -> bool:
    if b"'" in part and b"='" in part:
        return True
    found = [(sign, forms) for sign, forms in UNUSUAL.items() if sign in part]
    return any(
        part.count(sign) > MANY or any(after.startswith(forms) for after in part.split(sign)[1:])
        for sign, forms in found
    )


def _quick(part: bytes, most: Most) -> Scan | None:
    """The same by the letters alone, twenty times as fast; None where a cell is not of the usual form, or lies far out."""
    numbers = map(ROW.match, part.split(b"<row")[1:])
    found = Scan(max((int(m[1]) for m in numbers if m), default=0))
    if found.rows > most.rows:
        return None
    if b't="e"' not in part and b"<f" not in part and not WIDE.search(part):
        return found
    for m in CELL.finditer(part):
        at = AT.search(m[1])
        place = place_of(at[1].decode()) if at else None
        if place is None or place.column >= most.columns or place.row >= most.rows:
            return None
        body = m[2] or b""
        if b't="e"' in m[1]:
            value = VALUE.search(body)
            words = value[1].decode() if value else ""
            found.errors[place] = Cell(words, error=words)
        elif b"<f" in body and not VALUE.search(body) and b't="str"' not in m[1]:
            found.errors[place] = Cell(error="")
    return found


def _thorough(part: bytes, name: str, most: Most) -> Scan:
    found = Scan()
    at = Place(-1, -1)
    for _, cell in etree.iterparse(
        BytesIO(part), tag=(f"{MAIN}c", f"{MAIN}row"), resolve_entities=False, no_network=True, huge_tree=False
    ):
        if etree.QName(cell).localname == "row":
            at = Place(_row_number(cell, at.row), -1)
            _drop(cell)
            continue
        place = place_of(cell.get("r", "")) or Place(_row_number(cell.getparent(), at.row), at.column + 1)
        at = Place(at.row, place.column)
        _note(found, place, cell, name, most)
    return found


def _row_number(row: etree._Element | None, before: int) -> int:
    stated = row.get("r", "") if row is not None else ""
    return int(stated) - 1 if stated.isascii() and stated.isdigit() else before + 1


def _note(found: Scan, place: Place, cell: etree._Element, name: str, most: Most) -> None:
    value = cell.findtext(f"{MAIN}v") or ""
    formula = cell.find(f"{MAIN}f") is not None
    if cell.get("t") == "e":
        found.errors[place] = Cell(value, error=value)
    elif formula and not value and cell.get("t") != "str":  # a formula that comes to no words keeps an empty string
        found.errors[place] = Cell(error="")
    elif not value and cell.find(f"{MAIN}is") is None:
        return
    found.rows, found.columns = max(found.rows, place.row + 1), max(found.columns, place.column + 1)
    check_size(name, found.rows, found.columns, most)


def _drop(row: etree._Element) -> None:
    row.clear()
    parent = row.getparent()
    while parent is not None and row.getprevious() is not None:
        del parent[0]
