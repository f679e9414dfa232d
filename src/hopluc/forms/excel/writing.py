"""Spec → the Excel form: locked but for what is asked, choices to drop down, typed dates and numbers, a hidden identity.

In Vietnamese whatever the language of the page: it goes to offices. The same spec gives the same bytes.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hopluc.forms.excel.signing import number, pack
from hopluc.forms.excel.spec import SheetColumn, SheetPage, SheetRow, SheetSpec, identity, shown
from hopluc.forms.schema.definition import Field
from hopluc.forms.schema.values import show
from vanban.sheets import CREATED, EARLIEST, FONT

Json = Any
HIDDEN, LISTS = "hl-form", "hl-list"  # sheets
CHUNK = 30_000  # characters of a cell
PRECISE = 15  # digits that a spreadsheet keeps of a number
LISTED = 255  # characters of choices that a cell holds itself
FORMATS = {
    "whole": "#,##0", "money": "#,##0", "decimal": "#,##0.######", "percent": "0.######%", "date": "dd/mm/yyyy",
}  # fmt: skip
GUIDE = "Chỉ điền vào ô nền vàng. Không đổi tên trang, không chép sang tệp khác. Điền xong, lưu lại và gửi ở trang đã tải về."
YES, NO = "Có", "Không"
KEYS_TITLE = "Mã dòng"
TOP = 3  # lines above guide and headings


def write(spec: SheetSpec) -> bytes:
    """The form as an XLSX file."""
    out = BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, {"in_memory": True, "default_format_properties": FONT, **safe}) as made:
        made.set_properties({"title": spec.title, "created": CREATED})
        text, signature = pack(identity(spec))
        writer = _Writer(made, spec, number(signature))
        for page in spec.pages:
            writer.page(page)
        writer.hidden(text, signature)
    return out.getvalue()


class _Writer:
    def __init__(self, made: Workbook, spec: SheetSpec, called: str) -> None:
        self.made, self.spec, self.called = made, spec, called
        self.formats: dict[tuple[str, bool], Format] = {}
        self.pages = {page.key: made.add_worksheet(page.name) for page in spec.pages}
        self.lists = made.add_worksheet(LISTS)
        self.listed: dict[tuple[str, ...], str] = {}
        self.title = made.add_format({**FONT, "bold": True, "font_size": 14})
        self.quiet = made.add_format({**FONT, "font_color": "#44546A"})
        self.heading = made.add_format(
            {**FONT, "bold": True, "border": 1, "bg_color": "#E7EDF5", "text_wrap": True, "valign": "vcenter"}
        )

    def page(self, page: SheetPage) -> None:
        sheet = self.pages[page.key]
        guide = (GUIDE, *self.spec.guide)
        keys = TOP + len(guide) - 1  # the hidden line that says which column is which
        sheet.write_string(0, 1, self.spec.title, self.title)
        sheet.write_string(1, 1, f"{self.spec.agency_name} · {self.spec.period} · Mã biểu {self.called}", self.quiet)
        for at, line in enumerate(guide, 2):
            sheet.write_string(at, 1, line, self.quiet)
        sheet.set_column(0, 0, 10, None, {"hidden": True})
        sheet.set_row(keys, None, None, {"hidden": True})
        sheet.write_string(keys, 0, page.key, self.quiet)
        sheet.write_string(keys + 1, 0, KEYS_TITLE, self.heading)
        for at, column in enumerate(page.columns, 1):
            self.head(sheet, keys, at, column)
        first = keys + 2
        for at, row in enumerate((*page.rows, *[None] * page.spare), first):
            self.row(sheet, at, page, row)
        sheet.freeze_panes(first, 2)
        sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(keys + 1)

    def head(self, sheet: Worksheet, keys: int, at: int, column: SheetColumn) -> None:
        sheet.set_column(at, at, column.width)
        sheet.write_string(keys, at, column.key, self.quiet)
        sheet.write_string(keys + 1, at, title(column.field), self.heading)
        if column.field.help.vi:
            sheet.write_comment(keys + 1, at, column.field.help.vi, {"x_scale": 2})

    def row(self, sheet: Worksheet, at: int, page: SheetPage, row: SheetRow | None) -> None:
        if row:
            sheet.write_string(at, 0, row.key, self.quiet)
        for place, column in enumerate(page.columns, 1):
            field = page.field(column, row)
            look = self.look(field.kind, locked=column.locked)
            if column.locked:
                sheet.write_string(at, place, shown(page, column, row) if row else "", look)
                continue
            self.cell(sheet, at, place, field, row.cells.get(column.key) if row else None, look)
            self.validate(sheet, at, place, field)

    def cell(self, sheet: Worksheet, at: int, place: int, field: Field, value: Json, look: Format) -> None:
        if value is None or value == "":
            sheet.write_blank(at, place, None, look)
        elif field.kind == "date" and int(value[:4]) >= EARLIEST:
            sheet.write_datetime(at, place, date.fromisoformat(value), look)
        elif field.numeric and len(Decimal(value).as_tuple().digits) <= PRECISE:
            exact = Decimal(value) / 100 if field.kind == "percent" else Decimal(value)
            sheet.write_number(at, place, float(exact), look)
        elif field.kind == "yes_no":
            sheet.write_string(at, place, YES if value else NO, look)
        elif field.kind == "choice":
            sheet.write_string(at, place, next((c.label.vi for c in field.choices if c.key == value), str(value)), look)
        else:
            sheet.write_string(at, place, show(field, value) if field.numeric else str(value), look)

    def validate(self, sheet: Worksheet, at: int, place: int, field: Field) -> None:
        """A list to choose from is strict; a bound only warns: what is read back says more than Excel can."""
        names = tuple(choice.label.vi for choice in field.choices) if field.kind == "choice" else ()
        if field.kind == "yes_no":
            names = (YES, NO)
        if names:
            sheet.data_validation(at, place, at, place, {
                "validate": "list", "source": self.source(names), "error_title": "Chọn trong danh sách",
                "error_message": "Hãy chọn một mục trong danh sách.",
            })  # fmt: skip

    def source(self, names: tuple[str, ...]) -> str | list[str]:
        if len(",".join(names)) <= LISTED and not any("," in name for name in names):
            return list(names)
        if names not in self.listed:
            at = len(self.listed)
            self.lists.write_column(0, at, names)
            letter = chr(ord("A") + at % 26) if at < 26 else chr(ord("A") + at // 26 - 1) + chr(ord("A") + at % 26)
            self.listed[names] = f"='{LISTS}'!${letter}$1:${letter}${len(names)}"
        return self.listed[names]

    def look(self, kind: str, *, locked: bool) -> Format:
        key = (kind, locked)
        if key not in self.formats:
            about = {
                **FONT,
                "border": 1,
                "valign": "top",
                "text_wrap": kind in ("text", "long_text", "choice"),
                "locked": locked,
            }
            about["num_format"] = "@" if locked else FORMATS.get(kind, "@" if "text" in kind else "General")
            self.formats[key] = self.made.add_format(about if locked else {**about, "bg_color": "#FFF9DB"})
        return self.formats[key]

    def hidden(self, text: str, signature: str) -> None:
        self.lists.very_hidden()
        sheet = self.made.add_worksheet(HIDDEN)
        sheet.write_string(0, 0, signature)
        for at in range(0, len(text), CHUNK):
            sheet.write_string(1 + at // CHUNK, 0, text[at : at + CHUNK])
        sheet.protect("")
        sheet.very_hidden()


def title(field: Field) -> str:
    """The heading of a column, with its unit and a mark where it must be filled in."""
    unit = f" ({field.unit.vi})" if field.unit.vi else ""
    return f"{field.label.vi}{unit}{' *' if field.required else ''}"
