"""Rows → the Excel workbook: headings that stay in sight, choices to drop down, Vietnamese dates, a sheet of guidance."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hopluc.accounts.workbook.columns import (
    AGENCIES,
    FORMS,
    GUIDE_SHEET,
    LISTS,
    LISTS_SHEET,
    MARK,
    MARK_TITLE,
    PEOPLE,
    Cells,
    Column,
    SheetForm,
)
from hopluc.accounts.workbook.exporting import Book
from hopluc.accounts.workbook.values import read_day
from vanban.sheets import CREATED, EARLIEST, FONT
from vanban.tasksheets.cells import letters

SPARE = 1_000  # empty rows below the last that take choices too
GUIDE = (
    ("Tệp này chứa các cơ quan và nhân sự của tỉnh. Sửa hai trang “Cơ quan” và “Nhân sự”, lưu lại, rồi tải lên ở trang "
    "Người dùng, mục “Bằng Excel”."),
    ("Trước khi ghi, chương trình cho xem những gì sẽ thêm, đổi, kết thúc. Chỉ khi bấm xác nhận mới ghi, và ghi tất cả "
    "cùng một lần."),
    "Ô sai được nêu theo trang, dòng, cột. Còn một ô sai thì chưa ghi gì.",
    "Dòng không sửa giữ nguyên. Xóa một dòng không xóa gì trong chương trình: muốn kết thúc, ghi “Đến hết ngày”.",
    "Thêm cơ quan hoặc vị trí: viết vào dòng trống bên dưới. Một người giữ hai vị trí thì có hai dòng cùng tên đăng nhập.",
    "Cơ quan chia việc cho nhiều cơ quan: thêm dòng có cùng mã cơ quan, mỗi dòng một cơ quan kế thừa.",
    "Số điện thoại và thư điện tử không bao giờ được tải về. Để trống thì giữ nguyên.",
    "Cột ẩn cuối trang cho biết ai đó đã sửa dòng trong lúc này. Đừng xóa cột đó.",
    "Công thức được tính theo giá trị đã lưu trong tệp; ô báo lỗi công thức sẽ bị từ chối.",
)  # fmt: skip


def write_workbook(book: Book) -> bytes:
    """The same rows give the same bytes."""
    out = BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, {"in_memory": True, "default_format_properties": FONT, **safe}) as made:
        made.set_properties({"title": "Cơ quan và nhân sự", "created": CREATED})
        looks = _looks(made)
        for form, rows in ((AGENCIES, book.agencies), (PEOPLE, book.people)):
            _fill(made.add_worksheet(form.name), form, rows, book, looks)
        _write_lists(made.add_worksheet(LISTS_SHEET), book, looks)
        _write_guide(made.add_worksheet(GUIDE_SHEET), looks)
    return out.getvalue()


def _looks(made: Workbook) -> dict[str, Format]:
    cell = {**FONT, "valign": "top", "text_wrap": True}
    return {
        "heading": made.add_format({**cell, "bold": True, "border": 1, "bg_color": "#E7EDF5", "valign": "vcenter"}),
        "text": made.add_format({**cell, "num_format": "@"}),
        "day": made.add_format({**cell, "num_format": "dd/mm/yyyy", "align": "center"}),
        "guide": made.add_format(cell),
    }


def _fill(page: Worksheet, form: SheetForm, rows: tuple[Cells, ...], book: Book, looks: dict[str, Format]) -> None:
    for at, column in enumerate(form.columns):
        look = looks["day" if column.day else "text"]
        page.set_column(at, at, column.width, look)
        page.write_string(0, at, column.title, looks["heading"])
        page.write_comment(0, at, column.note, {"x_scale": 2})
        _validate(page, at, column, len(rows) + SPARE, book)
        for number, cells in enumerate(rows, 1):
            _write(page, number, at, cells.get(column.key, ""), column, look)
    last = len(form.columns)
    page.set_column(last, last, 20, looks["text"], {"hidden": True})
    page.write_string(0, last, MARK_TITLE, looks["heading"])
    for number, cells in enumerate(rows, 1):
        page.write_string(number, last, cells[MARK], looks["text"])
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, max(len(rows), 1), last - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write(page: Worksheet, row: int, at: int, text: str, column: Column, look: Format) -> None:
    if not text:
        return
    on = read_day(text) if column.day else None
    if on and on.year >= EARLIEST:
        page.write_datetime(row, at, on, look)
    else:
        page.write_string(row, at, text, look)


def _validate(page: Worksheet, at: int, column: Column, last: int, book: Book) -> None:
    """A list to choose from; other words get a warning only, for names and codes are understood too."""
    if not column.choices or not book.lists[column.choices]:
        return
    letter, count = letters(list(LISTS).index(column.choices)), len(book.lists[column.choices])
    source = f"='{LISTS_SHEET}'!${letter}$2:${letter}${count + 1}"
    strict = column.choices == "roles"
    rule = {
        "validate": "list",
        "source": source,
        "error_type": "stop" if strict else "warning",
        "error_title": column.title,
        "error_message": "Hãy chọn trong danh sách." if strict else "Không có trong danh sách. Vẫn giữ?",
    }
    page.data_validation(1, at, last, at, rule)


def _write_lists(page: Worksheet, book: Book, looks: dict[str, Format]) -> None:
    for at, (key, title) in enumerate(LISTS.items()):
        page.set_column(at, at, 48, looks["text"])
        page.write_string(0, at, title, looks["heading"])
        page.write_column(1, at, book.lists[key], looks["text"])
    page.freeze_panes(1, 0)


def _write_guide(page: Worksheet, looks: dict[str, Format]) -> None:
    page.set_column(0, 0, 24, looks["guide"])
    page.set_column(1, 1, 90, looks["guide"])
    lines = [("", text) for text in GUIDE]
    for form in FORMS:
        lines += [("", ""), (f"Trang “{form.name}”", ""), *((each.title, each.note) for each in form.columns)]
    for row, (title, text) in enumerate(lines):
        page.write_string(row, 0, title, looks["heading"] if title else looks["guide"])
        page.write_string(row, 1, text, looks["guide"])
