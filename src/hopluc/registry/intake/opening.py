"""What the bounded process does with a list that was sent: a file in, its sheets and which column is what out, all plain JSON."""

from __future__ import annotations

from hopluc.registry.intake.guessing import guess_columns, score
from hopluc.registry.intake.reader import Json, Report, opened, problem
from vanban.errors import DocumentError
from vanban.tasksheets.cells import Sheet, Workbook

ROWS_ABOVE, ROWS_SHOWN, CELL_SHOWN = 4, 12, 120


def open_list(request: Json, report: Report) -> Json:
    """Its sheets by name, and of the likeliest (or `sheet`, with its `header`) which column is what, with the first rows."""
    report("read", 0, 1)
    try:
        workbook = opened(request)
    except DocumentError as error:
        return problem(error)
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


def _likeliest(workbook: Workbook, name: str | None, header: tuple[int, int] | None) -> tuple[Sheet, Json]:
    named = [sheet for sheet in workbook.sheets if sheet.name == name]
    shown = [sheet for sheet in workbook.sheets if not sheet.hidden] or list(workbook.sheets)
    found = [(sheet, guess_columns(sheet, header if named else None)) for sheet in named or shown]
    return max(found, key=lambda each: score(each[1]))
