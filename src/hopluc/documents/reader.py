"""What the bounded process does: files in, what vanban finds in them out, all plain JSON. No Django here.

`read_files({"files": [{path, name}]})` and `open_sheet`, `read_sheet` (the same files, a mapping) give `{"problem": {code, about}}`
where a file cannot be read.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from vanban import analyse, combine, read
from vanban.contract import as_json
from vanban.errors import DocumentError
from vanban.headings import headings
from vanban.layout import layout
from vanban.messages import sentence
from vanban.reading import lay_anew
from vanban.tasksheets import Mapping, best_sheet, guess, open_workbook, read_rows
from vanban.tasksheets.cells import Sheet, Workbook

Json = dict[str, Any]
Report = Callable[[str, int, int], None]
PACE = 0.3  # seconds between two reports of pages
ROWS_ABOVE = 4  # the header, shown with it
ROWS_SHOWN, CELL_SHOWN = 15, 120  # rows of a sheet, and characters of a cell, to see which column is what


def read_files(request: Json, report: Report) -> Json:
    """Read the files of one document and find what they order."""
    files = request["files"]
    try:
        parts = []
        pages = _paced(report)
        for turn, file in enumerate(files):
            report("read", turn, len(files) + 1)
            parts.append(lay_anew(read(file["path"], name=file["name"], report=pages)))
    except DocumentError as error:
        return _problem(error)
    report("find", len(files), len(files) + 1)
    document = combine(parts) if len(parts) > 1 else parts[0]
    analysis = analyse(document)
    found = as_json(analysis)
    return {**found, "layout": layout(document), "headings": headings(analysis)}


def _paced(report: Report) -> Callable[[int, int], None]:
    """Reports pages, a few a second at most: pages with text are read faster than anybody could follow."""
    last = time.monotonic()

    def page(done: int, pages: int) -> None:
        nonlocal last
        if time.monotonic() - last > PACE:
            last = time.monotonic()
            report("pages", done, pages)

    return page


def open_sheet(request: Json, report: Report) -> Json:
    """Open a task sheet: its sheets by name, and of the likeliest one which column is what, with rows around its header.

    `sheet` and `header` (first and last row, counted from 1, as is `first` of the rows shown) are what somebody chose,
    where they did.
    """
    report("read", 0, 1)
    try:
        workbook = _workbook(request)
    except DocumentError as error:
        return _problem(error)
    sheet = _sheet(workbook, request.get("sheet"))
    header = request.get("header")
    mapping = guess(sheet, (header[0], header[1]) if header else None)
    first = max(0, mapping.header[0] - ROWS_ABOVE) if mapping.header else 0
    return {
        "mapping": mapping.as_json(),
        "sheets": [each.name for each in workbook.sheets],
        "first": first + 1,
        "preview": [[cell.text[:CELL_SHOWN] for cell in row] for row in sheet.rows[first : first + ROWS_SHOWN]],
    }


def read_sheet(request: Json, report: Report) -> Json:
    """Read the rows of a task sheet by the columns that somebody confirmed."""
    report("find", 0, 1)
    mapping = Mapping.from_json(request["mapping"])
    issued_on = date.fromisoformat(request["issued_on"]) if request.get("issued_on") else None
    try:
        workbook = _workbook(request)
    except DocumentError as error:
        return _problem(error)
    sheet = _sheet(workbook, mapping.sheet)
    reading = read_rows(sheet, mapping, issued_on=issued_on, issuer=request.get("issuer", ""))
    return {**reading.as_json(), "source": {"kind": workbook.kind, "pages": None}}


def _workbook(request: Json) -> Workbook:
    file = request["files"][0]
    return open_workbook(Path(file["path"]).read_bytes(), file["name"])


def _sheet(workbook: Workbook, name: str | None) -> Sheet:
    """The sheet of this name; without one, the likeliest."""
    named = next((sheet for sheet in workbook.sheets if sheet.name == name), None)
    return named or workbook.sheets[best_sheet(workbook)]


def _problem(error: DocumentError) -> Json:
    return {"problem": {"code": error.code, "vi": sentence(error).partition(": ")[2], "en": str(error)}}
