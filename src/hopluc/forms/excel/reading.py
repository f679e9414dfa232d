"""What the bounded process does with an Excel form that came back: its cells as plain JSON. No Django here.

A cell is `[kind, text]`: n a number with a point, s words, d a day as 2026-11-21, b true or false, e a formula's error.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from vanban.errors import DocumentError
from vanban.messages import sentence
from vanban.tasksheets import open_workbook
from vanban.tasksheets.cells import Sheet, Value

Json = dict[str, Any]
HIDDEN = "hl-form"


def read_workbook(request: Json, report: Callable[[str, int, int], None]) -> Json:
    """The cells of every sheet, and the lines of the hidden one; `{"problem": …}` where the file cannot be read."""
    report("read", 0, 1)
    data = Path(request["path"]).read_bytes()
    try:
        book = open_workbook(data, request["name"])
    except DocumentError as error:
        return {"problem": {"code": error.code, "vi": sentence(error).partition(": ")[2], "en": str(error)}}
    if book.kind == "csv":
        return {"hidden": [], "pages": []}
    hidden = next((sheet for sheet in book.sheets if sheet.name == HIDDEN), None)
    lines = [row[0].text for row in hidden.rows] if hidden else []
    with CalamineWorkbook.from_filelike(BytesIO(data)) as typed:
        pages = [_page(sheet, typed) for sheet in book.sheets if not sheet.name.startswith("hl-")]
    return {"hidden": lines, "pages": pages}


def _page(sheet: Sheet, typed: CalamineWorkbook) -> Json:
    """The cells that say something, as `[row, column, kind, text]` counted from 0."""
    values = typed.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    cells = []
    for at, row in enumerate(sheet.rows):
        for place, cell in enumerate(row):
            value: Value = values[at][place] if at < len(values) and place < len(values[at]) else ""
            if cell.error is not None:
                cells.append([at, place, "e", cell.error])
            elif cell.text or value not in ("", None):
                cells.append([at, place, *_typed(value if value != "" else cell.text)])
    return {"name": sheet.name, "cells": cells}


def _typed(value: Value) -> tuple[str, str]:
    match value:
        case bool():
            return "b", "true" if value else "false"
        case datetime():
            return "d", value.date().isoformat()
        case date():
            return "d", value.isoformat()
        case float() if value.is_integer() and abs(value) < 10**15:
            return "n", f"{value:.0f}"
        case int() | float():
            return "n", f"{value:.15g}"
        case time() | timedelta():
            return "s", str(value)
    return "s", value
