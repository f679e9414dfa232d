"""What the bounded process does with a list: a file in, its columns or its cells out, all plain JSON. No Django here.

A cell is its text; a number is `[text]`, whose point parts no thousands; a formula without a value is `{"error": text}`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hopluc.registry.intake.columns import guess_columns, score
from vanban.errors import DocumentError
from vanban.messages import sentence
from vanban.tasksheets import open_workbook
from vanban.tasksheets.cells import Cell, Most, Sheet, Workbook

Json = dict[str, Any]
Report = Callable[[str, int, int], None]
MOST = Most(rows=50_000, columns=100, characters=60_000_000)
ROWS_ABOVE, ROWS_SHOWN, CELL_SHOWN = 4, 12, 120


def open_list(request: Json, report: Report) -> Json:
    """Its sheets by name, and of the likeliest (or `sheet`, with its `header`) which column is what, with the first rows."""
    report("read", 0, 1)
    try:
        workbook = _workbook(request)
    except DocumentError as error:
        return _problem(error)
    header = request.get("header")
    sheet, mapping = _likeliest(workbook, request.get("sheet"), (header[0], header[1]) if header else None)
    first = max(0, mapping["header"][0] - 1 - ROWS_ABOVE) if mapping["header"] else 0
    return {
        "mapping": mapping,
        "sheets": [each.name for each in workbook.sheets],
        "rows": len(sheet.rows),
        "first": first + 1,
        "preview": [[cell.text[:CELL_SHOWN] for cell in row] for row in sheet.rows[first : first + ROWS_SHOWN]],
    }


def read_list(request: Json, report: Report) -> Json:
    """The cells below the header in these columns (`indexes`), of rows that say something: `[row, cells]`."""
    report("read", 0, 1)
    gc.disable()  # the process ends with this: hundreds of thousands of cells need not be searched for cycles
    try:
        workbook = _workbook(request)
    except DocumentError as error:
        return _problem(error)
    sheet = next((each for each in workbook.sheets if each.name == request["sheet"]), workbook.sheets[0])
    return {"rows": list(_rows(sheet, request["header"][1], request["indexes"]))}


def _rows(sheet: Sheet, below: int, indexes: list[int]) -> Iterator[list[Any]]:
    for number, row in enumerate(sheet.rows[below:], below + 1):
        cells = [row[index] for index in indexes]
        if any(cell.text or cell.error is not None for cell in cells):
            yield [number, [_cell(cell) for cell in cells]]


def _cell(cell: Cell) -> Any:
    if cell.error is not None:
        return {"error": cell.error}
    return [cell.text] if cell.number else cell.text


def _workbook(request: Json) -> Workbook:
    return open_workbook(Path(request["path"]).read_bytes(), request["name"], MOST)


def _likeliest(workbook: Workbook, name: str | None, header: tuple[int, int] | None) -> tuple[Sheet, Json]:
    named = [sheet for sheet in workbook.sheets if sheet.name == name]
    shown = [sheet for sheet in workbook.sheets if not sheet.hidden] or list(workbook.sheets)
    found = [(sheet, guess_columns(sheet, header if named else None)) for sheet in named or shown]
    return max(found, key=lambda each: score(each[1]))


def _problem(error: DocumentError) -> Json:
    return {"problem": {"code": error.code, "vi": sentence(error).partition(": ")[2], "en": str(error)}}
