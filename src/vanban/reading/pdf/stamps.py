"""What was put on top of a page when it was signed: the number and the day that the clerk filled in, and stamps.

Programs that sign draw the number, the day and the signer's stamp as fields over the page. Number and day belong to the
text (`Số: 11/TB-UBND`), the stamp does not.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from vanban.reading.page.geometry import Box, Turn, Word

FILLED = re.compile(
    r"\d{1,5}|\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?|(?:ngày\s+)?\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"
)
MOST = 200  # fields on a page
SIGNATURE = "Sig"
LONGEST = 32  # letters of the name of a field's type


def put_down(page: pdfium.PdfPage) -> bool:
    """Make what lies on top of the page part of it; whether there was anything. The page must be opened again."""
    kinds = {raw.FPDFAnnot_GetSubtype(field) for field in _fields(page)}
    if kinds.isdisjoint((raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)):
        return False
    return bool(raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS)


def signatures(page: pdfium.PdfPage, turn: Turn) -> list[Box]:
    """Where signatures are drawn."""
    boxes = []
    rect = raw.FS_RECTF()
    for field in _fields(page):
        if _type(field) == SIGNATURE and raw.FPDFAnnot_GetRect(field, rect):
            (x0, y0), (x1, y1) = turn(rect.left, rect.bottom), turn(rect.right, rect.top)
            boxes.append(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return boxes


def filled_in(before: Iterable[Word], after: Iterable[Word], signed: Iterable[Box]) -> list[Word]:
    """The words that a page has gained, without those of stamps: numbers and days in a field of their own stay."""
    known = {(word.text, round(word.left), round(word.foot)) for word in before}
    gained = [word for word in after if (word.text, round(word.left), round(word.foot)) not in known]
    for box in signed:
        inside = [word for word in gained if box.holds(word)]
        if inside and not FILLED.fullmatch(" ".join(word.text for word in inside)):
            gained = [word for word in gained if not box.holds(word)]
    return gained


def _fields(page: pdfium.PdfPage) -> Iterator[raw.FPDF_ANNOTATION]:
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), MOST)):
        field = raw.FPDFPage_GetAnnot(page.raw, index)
        if field:
            try:
                yield field
            finally:
                raw.FPDFPage_CloseAnnot(field)


def _type(field: raw.FPDF_ANNOTATION) -> str:
    buffer = (ctypes.c_ushort * LONGEST)()
    raw.FPDFAnnot_GetStringValue(field, b"FT", buffer, ctypes.sizeof(buffer))
    return bytes(buffer).decode("utf-16-le", "replace").split("\0")[0]
