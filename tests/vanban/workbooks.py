"""Workbooks made in memory, and a sheet read in one step."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook

from vanban.tasksheets import SheetReading, best_sheet, guess, open_workbook, read_rows

HEAD = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian thực hiện")
Formula = tuple[str, str]  # as written, and the value that is kept of it


def xlsx(
    rows: Sequence[Sequence[object]], merges: Iterable[str] = (), *, before: Sequence[Sequence[object]] = ()
) -> bytes:
    """A workbook with the sheet “Kế hoạch”; `merges` as `A1:B2`; `before`: a sheet that stands before it."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        look = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, lines in (("Bìa", before), ("Kế hoạch", rows)):
            if lines:
                page = book.add_worksheet(name)
                for row, cells in enumerate(lines):
                    for column, value in enumerate(cells):
                        write(page, row, column, value, look)
        for merge in merges:
            first = merge.split(":")[0]
            row, column = int(first[1:]) - 1, ord(first[0]) - ord("A")
            page.merge_range(merge, rows[row][column])
    return out.getvalue()


def write(page, row, column, value, look):
    if isinstance(value, date):
        page.write_datetime(row, column, value, look)
    elif isinstance(value, tuple):
        page.write_formula(row, column, value[0], None, value[1])
    elif value is not None:
        page.write(row, column, value)


def reading(data: bytes, name: str = "ke-hoach.xlsx", **settings: object) -> SheetReading:
    """The best sheet of a workbook, read as its columns are guessed."""
    book = open_workbook(data, name)
    sheet = book.sheets[best_sheet(book)]
    return read_rows(sheet, guess(sheet), **settings)


def codes(found: SheetReading) -> list[tuple[str, str]]:
    return [(issue.address, issue.code) for issue in found.issues]
