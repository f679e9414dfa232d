"""Bytes of a spreadsheet → `Workbook`: XLSX, XLS, ODS and text with separators, told apart by content."""

from __future__ import annotations

from collections.abc import Sequence

from vanban.errors import Damaged, DocumentError, Empty, NotASheet, UnknownKind
from vanban.reading.limits import check_file
from vanban.reading.sniff import OLE, sniff
from vanban.tasksheets.cells import MOST, Cell, Most, Sheet, Value, Workbook
from vanban.tasksheets.excel import read_xls, read_xlsx, xlsx_values
from vanban.tasksheets.opendocument import read_ods

FORMATS = {
    "an Excel workbook": ("xlsx", read_xlsx),
    "an Excel 97–2003 workbook": ("xls", read_xls),
    "an OpenDocument file": ("ods", read_ods),
}
PACKED = (".xlsx", ".ods")


def open_workbook(data: bytes, name: str, most: Most = MOST) -> Workbook:
    """The sheets of a workbook, cells as a person sees them; `name` is what messages call the file.

    Formulas count by the value that the file keeps. Raises DocumentError: NotASheet, Damaged, Protected, Empty, TooLarge,
    UnknownEncoding.
    """
    looks = _looks(data, name)
    sheets: tuple[Sheet, ...]
    if looks is None:
        from vanban.tasksheets.delimited import read_delimited  # noqa: PLC0415  workbooks need nothing of it

        kind, sheets = "csv", (read_delimited(data, name, most),)
    elif looks in FORMATS:
        kind, reader = FORMATS[looks]
        sheets = reader(data, name, most)
    else:
        raise NotASheet(name=name, looks=looks)
    if not any(sheet.rows for sheet in sheets):
        raise Empty(name=name)
    return Workbook(name, kind, sheets)


def open_values(data: bytes, name: str, sheet: str, most: Most = MOST) -> Sequence[Sequence[Value | Cell]]:
    """The rows of one sheet (of the first, where none is called so), for who reads a long list that was opened before.

    Of an Excel workbook nothing is made into a cell that is none in the file (`cell_of` does that) and characters are not
    counted; else as `open_workbook`, and raises the same.
    """
    if _looks(data, name) == "an Excel workbook":
        return xlsx_values(data, name, sheet, most)
    sheets = open_workbook(data, name, most).sheets
    return next((each for each in sheets if each.name == sheet), sheets[0]).rows


def _looks(data: bytes, name: str) -> str | None:
    """What kind of file it is, in the words of messages; None for text. Raises Damaged, Protected, Empty, TooLarge."""
    check_file(name, len(data))
    if not data.strip():
        raise Empty(name=name)
    try:
        kind = sniff(data, name)
    except UnknownKind as error:
        return _told(error, data, name)
    return (
        {"pdf": "a PDF document", "docx": "a Word document", "doc": "a Word document", "picture": "a picture"}[kind]
        if kind
        else None
    )


def _told(error: DocumentError, data: bytes, name: str) -> str:
    looks = str(error.places["looks"])
    lower = name.lower()
    if (looks == "a damaged archive" and (b"xl/" in data or lower.endswith(PACKED))) or (
        looks not in FORMATS and data.startswith(OLE) and lower.endswith(".xls")
    ):
        raise Damaged(name=name, reason="its end is missing") from error
    return looks
