"""The task sheet that offices type by hand (bảng phân công nhiệm vụ): rows, delimited text, an Excel workbook."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from io import BytesIO, StringIO
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from vanban import wording
from vanban.values import Analysis, Duty, Span, Target, Task

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | date
FORMULA = ("=", "+", "-", "@")
LONGEST = 32_767  # characters in a cell of Excel
LINE, TALLEST = 15.75, 409.0  # points: a line of 12-point text, the tallest row of Excel
FILLED = 1.15  # letters that a character of column width holds
EARLIEST = 1900  # year, of Excel's calendar
FONT = {"font_name": "Times New Roman", "font_size": 12}
CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # the same input gives the same bytes, whenever it is written


class Column(NamedTuple):
    title: str
    width: int  # in characters
    essential: bool = True  # shown in a narrow terminal too


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its heading, its columns, and rows of as many cells."""

    name: str
    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


TASKS = (
    Column("TT", 5),
    Column("Nhiệm vụ", 52),
    Column("Cơ quan chủ trì", 24),
    Column("Cơ quan phối hợp", 24),
    Column("Sản phẩm", 18, essential=False),
    Column("Thời hạn", 18),
    Column("Hạn", 12, essential=False),
    Column("Lĩnh vực", 16, essential=False),
    Column("Địa chỉ trong văn bản", 14, essential=False),
    Column("Cần xem lại", 22),
)
TARGETS = (
    Column("TT", 5),
    Column("Chỉ tiêu", 40),
    Column("Đối tượng", 20),
    Column("Mức phải đạt", 24),
    Column("Thời gian, phạm vi", 22),
    Column("Trích văn bản", 50),
    Column("Địa chỉ trong văn bản", 14, essential=False),
    Column("Cần xem lại", 22),
)
DUTIES = (
    Column("TT", 5),
    Column("Cơ quan báo cáo", 32),
    Column("Nơi nhận báo cáo", 32),
    Column("Gửi qua", 24),
    Column("Kỳ báo cáo", 16),
    Column("Hạn gửi", 20),
    Column("Trích văn bản", 50),
    Column("Địa chỉ trong văn bản", 14, essential=False),
    Column("Cần xem lại", 22),
)


def sheets(analysis: Analysis) -> list[Sheet]:
    """The task sheet, and one for targets and one for reporting duties where there are any."""
    source, agencies = analysis.document.content, wording.agencies(analysis)
    tasks = tuple(task_row(*pair, agencies) for pair in enumerate(analysis.tasks, 1))
    targets = tuple(target_row(*pair, source) for pair in enumerate(analysis.targets, 1))
    duties = tuple(duty_row(*pair, source, agencies) for pair in enumerate(analysis.duties, 1))
    made = [Sheet("Nhiệm vụ", "BẢNG PHÂN CÔNG NHIỆM VỤ", TASKS, tasks)]
    made += [Sheet("Chỉ tiêu", "CÁC CHỈ TIÊU", TARGETS, targets)] if targets else []
    made += [Sheet("Báo cáo", "CHẾ ĐỘ BÁO CÁO", DUTIES, duties)] if duties else []
    return made


def task_row(count: int, task: Task, agencies: Mapping[str, str]) -> tuple[Cell, ...]:
    deadline = task.deadline
    return (
        count,
        task.text,
        wording.names(task.lead, agencies),
        wording.names(task.coordinate, agencies),
        task.deliverable or "",
        wording.capital(wording.spell(deadline)) if deadline else "",
        (deadline and deadline.end) or "",
        wording.TOPICS.get(task.topic, task.topic),
        task.at,
        wording.capital("; ".join(wording.doubts(task))),
    )


def target_row(count: int, target: Target, source: str) -> tuple[Cell, ...]:
    return (
        count,
        wording.capital(target.indicator),
        wording.capital(target.subject),
        wording.level(target),
        wording.horizon(target),
        _quote(source, target.span),
        target.at,
        wording.unsure(target.confidence),
    )


def duty_row(count: int, duty: Duty, source: str, agencies: Mapping[str, str]) -> tuple[Cell, ...]:
    return (
        count,
        wording.names(duty.sender, agencies),
        wording.names(duty.to, agencies),
        wording.names(duty.via, agencies),
        wording.capital(wording.frequency(duty)),
        wording.capital(wording.due(duty)),
        _quote(source, duty.span),
        duty.at,
        wording.unsure(duty.confidence),
    )


def as_tsv(sheet: Sheet) -> str:
    """Tab-separated lines with a header line; what a spreadsheet would take for a formula gets an apostrophe before it."""
    lines = [[title for title, *_ in sheet.columns], *([_flat(cell) for cell in row] for row in sheet.rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def as_csv(sheet: Sheet) -> bytes:
    """Comma-separated lines as Excel opens them by a double click under Vietnamese and English settings, UTF-8 with its mark;
    what a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(title for title, *_ in sheet.columns)
    writer.writerows(map(_flat, row) for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def as_words(cell: Cell) -> str:
    """A cell as a person reads it."""
    return wording.day(cell) if isinstance(cell, date) else str(cell)


def as_xlsx(analysis: Analysis) -> bytes:
    """The sheets as an Excel workbook, ready to print on A4 landscape."""
    header = analysis.header
    return workbook(sheets(analysis), caption=wording.caption(header), title=header.title or "")


def workbook(made: Sequence[Sheet], *, caption: str, title: str) -> bytes:
    """These sheets as an Excel workbook, each headed by what document it is of."""
    out = BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    xlsxwriter = import_module("xlsxwriter")  # loading it takes longer than reading a directive
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_format_properties": FONT, **safe}) as book:
        book.set_properties({"title": title, "created": CREATED})
        styles = _styles(book)
        for sheet in made:
            _fill(book.add_worksheet(sheet.name), sheet, caption, title, styles)
    return out.getvalue()


def _styles(book: Workbook) -> dict[str, Format]:
    cell = {**FONT, "border": 1, "valign": "top", "text_wrap": True}
    middle = {**FONT, "align": "center", "valign": "vcenter", "text_wrap": True}
    looks = {
        "heading": {**middle, "bold": True, "font_size": 14},
        "caption": {**middle, "bold": True},
        "title": {**middle, "italic": True},
        "column": {**middle, "bold": True, "border": 1, "bg_color": "#E7EDF5"},
        "str": cell,
        "int": {**cell, "align": "center"},
        "date": {**cell, "align": "center", "num_format": "dd/mm/yyyy"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _fill(page: Worksheet, sheet: Sheet, caption: str, title: str, styles: dict[str, Format]) -> None:
    last = len(sheet.columns) - 1
    top = {"heading": sheet.heading, "caption": caption, "title": title}
    width = sum(each.width for each in sheet.columns)
    for row, (style, text) in enumerate(top.items()):
        if last:  # a range of one cell is none
            page.merge_range(row, 0, row, last, "", styles[style])
        page.write_string(row, 0, _fit(text), styles[style])
        page.set_row(row, 20 * (1 + len(text) // width))  # rows of merged cells do not grow by themselves
    first = len(top) + 1
    for column, (name, width, _) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(first, column, name, styles["column"])
    page.set_row(first, 2 * LINE + 2)
    for row, cells in enumerate(sheet.rows, first + 1):
        page.set_row(row, _height(cells, sheet.columns))
        for column, cell in enumerate(cells):
            _write(page, row, column, cell, styles)
    page.autofilter(first, 0, first + len(sheet.rows), last)
    _lay_out(page, first)


def _height(cells: Sequence[Cell], columns: Sequence[Column]) -> float:
    """Points that the longest cell needs when wrapped: not every program grows rows by itself."""
    lines = max(ceil(len(as_words(cell)) / (each.width * FILLED)) for cell, each in zip(cells, columns, strict=True))
    return min(LINE * max(lines, 1) + 2, TALLEST)


def _write(page: Worksheet, row: int, column: int, cell: Cell, styles: dict[str, Format]) -> None:
    if isinstance(cell, int):
        page.write_number(row, column, cell, styles["int"])
    elif isinstance(cell, date) and cell.year >= EARLIEST:
        page.write_datetime(row, column, cell, styles["date"])
    else:
        page.write_string(row, column, _fit(as_words(cell)), styles["str"])


def _lay_out(page: Worksheet, header_row: int) -> None:
    """A4 landscape, all columns on one page's width, the header row on every page and always in sight."""
    page.freeze_panes(header_row + 1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.repeat_rows(header_row)
    page.set_footer('&C&"Times New Roman,Regular"&11Trang &P/&N')


def _fit(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _flat(cell: Cell) -> str:
    text = re.sub(r"\s+", " ", as_words(cell)).strip()
    return f"'{text}" if text.startswith(FORMULA) else text


def _quote(source: str, span: Span) -> str:
    return re.sub(r"\s+", " ", source[slice(*span)]).strip()
