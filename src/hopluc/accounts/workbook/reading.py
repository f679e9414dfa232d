"""What the bounded process does with a workbook that was sent: its rows as plain JSON. No Django here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hopluc.accounts.workbook.columns import FORMS, MARK, MARK_TITLE, Row, SheetForm, SheetRows
from vanban.errors import DocumentError
from vanban.lexicon import fold
from vanban.messages import sentence
from vanban.tasksheets import open_workbook
from vanban.tasksheets.cells import Cell, Sheet, clean, letters

Json = dict[str, Any]
SEARCHED = 10  # rows at the top of a sheet among which the headings are looked for


def read_workbook(request: Json, report: Callable[[str, int, int], None]) -> Json:
    """The sheets of a workbook by their keys; `{"problem": …}` where it cannot be read or is another workbook."""
    report("read", 0, 1)
    try:
        book = open_workbook(Path(request["path"]).read_bytes(), request["name"])
    except DocumentError as error:
        return {"problem": {"code": error.code, "vi": sentence(error).partition(": ")[2], "en": str(error)}}
    named = {_same(sheet.name): sheet for sheet in book.sheets}
    found: Json = {}
    for form in FORMS:
        if sheet := named.get(_same(form.name)):
            read = read_sheet(sheet, form)
            if read is None:
                return {"problem": {"sheet": form.name, "columns": [each.title for each in form.columns if each.must]}}
            found[form.key] = read
    return found or {"problem": {"sheets": [form.name for form in FORMS]}}


def read_sheet(sheet: Sheet, form: SheetForm) -> Json | None:
    """The rows below the headings; None where a heading that must be there is missing."""
    titles = {_same(each.title): each.key for each in form.columns} | {_same(MARK_TITLE): MARK}
    must = {each.key for each in form.columns if each.must}
    for top, heads in enumerate(sheet.rows[:SEARCHED]):
        columns = {titles[_same(cell.text)]: at for at, cell in enumerate(heads) if _same(cell.text) in titles}
        if must <= columns.keys():
            below = list(enumerate(sheet.rows[top + 1 :], top + 2))
            return {
                "letters": {key: letters(at) for key, at in columns.items()},
                "rows": [[number, cells] for number, row in below if (cells := _cells(row, columns))],
                "broken": [
                    [number, key, row[at].error]
                    for number, row in below
                    for key, at in columns.items()
                    if row[at].error is not None
                ],
            }
    return None


def rows_of(read: Json, form: SheetForm) -> SheetRows:
    """The rows of a sheet again, from what `read_workbook` gave."""
    sheet = read.get(form.key)
    if sheet is None:
        return SheetRows(form)
    rows = tuple(Row(number, cells) for number, cells in sheet["rows"])
    return SheetRows(form, rows, sheet["letters"], tuple(tuple(each) for each in sheet["broken"]))


def _cells(row: tuple[Cell, ...], columns: dict[str, int]) -> dict[str, str]:
    """What the cells of a row say; a row with nothing but its hidden mark is empty."""
    cells = {key: text for key, at in columns.items() if (text := clean(row[at].text))}
    return cells if cells.keys() - {MARK} else {}


def _same(text: str) -> str:
    return " ".join(fold(clean(text)).split())
