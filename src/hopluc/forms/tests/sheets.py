"""Workbooks as offices send them back: made by the program, then edited cell by cell and saved by another one."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from xlsxwriter import Workbook

from hopluc.forms.excel import writing
from hopluc.forms.excel.reading import read_workbook
from hopluc.forms.excel.spec import SheetSpec, identity
from hopluc.forms.excel.writing import HIDDEN, write
from vanban.tasksheets.cells import place_of

Json = Any


def cells_of(data: bytes, name: str = "bieu.xlsx") -> Json:
    """What the bounded process reads, here and now."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return read_workbook({"path": str(path), "name": name}, lambda *_step: None)


def filled(blank: SheetSpec, full: SheetSpec) -> bytes:
    """The form of `blank`, in which somebody wrote what `full` holds."""
    with mock.patch.object(writing, "identity", return_value=identity(blank)):
        return write(full)


def edited(data: bytes, edits: Json) -> bytes:
    """Saved by another program after some edits: see cases/sheets.yaml."""
    read = cells_of(data)
    pages = {
        page["name"]: {(row, column): (kind, text) for row, column, kind, text in page["cells"]}
        for page in read["pages"]
    }
    hidden = list(read["hidden"])
    for verb, about in edits.items():
        EDITS[verb](pages, hidden, about)
    return saved(pages, hidden)


def saved(pages: dict[str, dict], hidden: list[str]) -> bytes:
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as made:
        for name, cells in pages.items():
            sheet = made.add_worksheet(name)
            for (row, column), (kind, text) in cells.items():
                if kind == "f":
                    sheet.write_formula(row, column, text[0], None, text[1])
                elif kind == "n":
                    sheet.write_number(row, column, float(text))
                elif kind == "b":
                    sheet.write_boolean(row, column, text == "true")
                else:
                    sheet.write_string(row, column, text)
        if hidden:
            sheet = made.add_worksheet(HIDDEN)
            sheet.write_column(0, 0, hidden)
    return out.getvalue()


def _place(address: str) -> tuple[str, tuple[int, int]]:
    sheet, _mark, cell = address.rpartition("!")
    found = place_of(cell)
    return sheet, (found.row, found.column)


def _type(pages, _hidden, about: Json) -> None:
    for address, value in about.items():
        sheet, place = _place(address)
        kind = "b" if isinstance(value, bool) else "n" if isinstance(value, int | float) else "s"
        pages[sheet][place] = (kind, str(value).lower() if kind == "b" else str(value))


def _formula(pages, _hidden, about: Json) -> None:
    for address, (formula, value) in about.items():
        sheet, place = _place(address)
        pages[sheet][place] = ("f", (formula, value))


def _swap_columns(pages, _hidden, about: Json) -> None:
    for sheet, (one, other) in about.items():
        first, second = (place_of(f"{letter}1").column for letter in (one, other))
        turned = {first: second, second: first}
        pages[sheet] = {(row, turned.get(column, column)): cell for (row, column), cell in pages[sheet].items()}


def _insert_column(pages, _hidden, about: Json) -> None:
    for sheet, letter in about.items():
        at = place_of(f"{letter}1").column
        pages[sheet] = {(row, column + (column >= at)): cell for (row, column), cell in pages[sheet].items()}


def _insert_row(pages, _hidden, about: Json) -> None:
    for sheet, number in about.items():
        pages[sheet] = {(row + (row >= number - 1), column): cell for (row, column), cell in pages[sheet].items()}


def _drop_column(pages, _hidden, about: Json) -> None:
    for sheet, letter in about.items():
        gone = place_of(f"{letter}1").column
        pages[sheet] = {place: cell for place, cell in pages[sheet].items() if place[1] != gone}


def _drop_row(pages, _hidden, about: Json) -> None:
    for sheet, number in about.items():
        pages[sheet] = {place: cell for place, cell in pages[sheet].items() if place[0] != number - 1}


def _copy_row(pages, _hidden, about: Json) -> None:
    for sheet, (source, target) in about.items():
        for (row, column), cell in list(pages[sheet].items()):
            if row == source - 1:
                pages[sheet][target - 1, column] = cell


def _rename(pages, _hidden, about: Json) -> None:
    for old, new in about.items():
        pages[new] = pages.pop(old)


def _add_sheet(pages, _hidden, about: Iterable[str]) -> None:
    for name in about:
        pages[name] = {(0, 0): ("s", "ghi chú")}


def _drop_sheet(pages, _hidden, about: str) -> None:
    pages.pop(about)


def _drop_mark(_pages, hidden, _about: Json) -> None:
    hidden.clear()


def _forge(_pages, hidden, about: Json) -> None:
    hidden[1] = hidden[1].replace(*about)


EDITS = {
    "type": _type, "formula": _formula, "swap_columns": _swap_columns, "insert_column": _insert_column, "insert_row": _insert_row,
    "drop_column": _drop_column, "drop_row": _drop_row, "copy_row": _copy_row, "rename": _rename, "add_sheet": _add_sheet,
    "drop_sheet": _drop_sheet, "drop_mark": _drop_mark, "forge": _forge,
}  # fmt: skip


def upload(data: bytes, name: str = "bieu.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)
