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
    guessed = _guessed(workbook, request.get("sheet"), (header[0], header[1]) if header else None)
    sheet, mapping = guessed[0]
    first = max(0, mapping["header"][0] - 1 - ROWS_ABOVE) if mapping["header"] else 0
    return {
        "mapping": mapping,
        "sheets": [each.name for each in workbook.sheets],
        "others": [other.name for other, found in guessed[1:] if _is_list(other, found)],
        "rows": len(sheet.rows),
        "first": first + 1,
        "preview": [[cell.text[:CELL_SHOWN] for cell in row] for row in sheet.rows[first : first + ROWS_SHOWN]],
    }


Guessed = tuple[Sheet, Json]


def _guessed(workbook: Workbook, name: str | None, header: tuple[int, int] | None) -> list[Guessed]:
    """The sheet that is asked for first, else the likeliest that has rows."""
    named = [sheet for sheet in workbook.sheets if sheet.name == name]
    shown = [sheet for sheet in workbook.sheets if not sheet.hidden] or list(workbook.sheets)
    rest = [(sheet, guess_columns(sheet)) for sheet in shown if sheet not in named]
    if named:
        return [(named[0], guess_columns(named[0], header)), *rest]
    best = max(rest, key=lambda each: (_has_rows(*each), score(each[1])))
    return [best, *(each for each in rest if each is not best)]


def _has_rows(sheet: Sheet, mapping: Json) -> bool:
    return bool(score(mapping)) and len(sheet.rows) > mapping["header"][1]


def _is_list(sheet: Sheet, mapping: Json) -> bool:
    return _has_rows(sheet, mapping) and bool({"name", "code"} & {each["role"] for each in mapping["columns"]})
