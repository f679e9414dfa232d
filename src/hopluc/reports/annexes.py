"""The tables of a report as an Excel workbook that goes on living: worked-out columns are formulas, and its rules are checked there."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from hopluc.forms.schema.definition import Check, Field
from hopluc.forms.schema.expressions import Binary, Call, Constant, Name, Node, Unary
from hopluc.reports.compiled import Compiled
from hopluc.reports.word import tables
from vanban.sheets import CREATED, FONT

FIRST = 3  # row of the first line: title, empty, head above it
FIXED = ("TT", "Chỉ tiêu", "Đơn vị tính")
WIDTHS = (5, 60, 14)
FIGURE = 14  # characters
RULES = ("Quy tắc", "Vế trái", "Vế phải", "Chênh lệch", "Kết quả")
SIGNS = ("=", "<=", ">=", "<", ">")
MOST = 31  # letters of a sheet's name in Excel
Addresses = Mapping[str, str]


class NoFormula(ValueError):
    """Excel has no words for it here."""


def annex(compiled: Compiled) -> bytes:
    """A sheet for each table, and one for the rules of the form; in the language that is active."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "default_format_properties": FONT, "strings_to_formulas": False}) as book:
        book.set_properties({"title": compiled.campaign.title, "created": CREATED})
        looks = _looks(book)
        made = {field.key: book.add_worksheet(f"Biểu {at}") for at, field in enumerate(tables(compiled), 1)}
        addresses = _addresses({key: page.get_name() for key, page in made.items()}, compiled)
        for field in tables(compiled):
            _table(made[field.key], field, compiled, addresses, looks)
        _rules(book, compiled, addresses, looks)
    return out.getvalue()


def _looks(book: Workbook) -> dict[str, Format]:
    cell = {**FONT, "border": 1, "valign": "top", "text_wrap": True}
    return {
        "title": book.add_format({**FONT, "bold": True, "font_size": 14}),
        "head": book.add_format({**cell, "bold": True, "align": "center", "bg_color": "#E7EDF5"}),
        "text": book.add_format(cell),
        "number": book.add_format({**cell, "num_format": "#,##0.##"}),
        "whole": book.add_format({**cell, "num_format": "#,##0"}),
        "percent": book.add_format({**cell, "num_format": "#,##0.0"}),
    }


def _addresses(sheets: Mapping[str, str], compiled: Compiled) -> Addresses:
    """Where each cell of the form stands: `'Biểu 1'!D4`."""
    return {
        f"{field.key}.{row.key}.{column.key}": f"'{sheets[field.key]}'!{xl_rowcol_to_cell(FIRST + down, len(FIXED) + across)}"
        for field in tables(compiled)
        for down, row in enumerate(field.rows)
        for across, column in enumerate(_figures(field))
    }


def _figures(field: Field) -> list[Field]:
    return [column for column in field.columns if column.numeric]


def _table(page: Worksheet, field: Field, compiled: Compiled, at: Addresses, looks: Mapping[str, Format]) -> None:
    columns = _figures(field)
    page.write_string(0, 0, str(field.label), looks["title"])
    for across, name in enumerate((*FIXED, *(str(column.label) for column in columns))):
        page.set_column(across, across, (*WIDTHS, *[FIGURE] * len(columns))[across])
        page.write_string(FIRST - 1, across, name, looks["head"])
    for down, row in enumerate(field.rows, FIRST):
        page.write_number(down, 0, down - FIRST + 1, looks["text"])
        page.write_string(down, 1, str(row.label), looks["text"])
        page.write_string(down, 2, str(row.unit), looks["text"])
        for across, column in enumerate(columns, len(FIXED)):
            value = compiled.figures.value(compiled.shape.slots[f"{field.key}.{row.key}.{column.key}"])
            made = formula(column.formula, at, f"{field.key}.{row.key}.") if column.formula is not None else ""
            _figure(page, (down, across), value, made, looks.get(column.kind, looks["number"]))
    page.freeze_panes(FIRST, len(FIXED))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(FIRST - 1)


def _figure(page: Worksheet, place: tuple[int, int], value: Fraction | None, made: str, look: Format) -> None:
    """`made`: the formula of a cell that is worked out."""
    if made:
        page.write_formula(*place, f'=IFERROR({made},"")', look, "" if value is None else _number(value))
    elif value is None:
        page.write_blank(*place, None, look)
    else:
        page.write_number(*place, _number(value), look)


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _rules(book: Workbook, compiled: Compiled, at: Addresses, looks: Mapping[str, Format]) -> None:
    """What the form asks of its figures, checked as Excel has them now: what was corrected there is seen at once."""
    page = book.add_worksheet("Kiểm tra")
    for across, (name, width) in enumerate(zip(RULES, (70, 18, 18, 14, 12), strict=True)):
        page.set_column(across, across, width)
        page.write_string(0, across, name, looks["head"])
    down = 1
    for check in compiled.shape.schema.checks:
        if sides := _sides(check, at):
            left, sign, right = sides
            page.write_string(down, 0, check.text, looks["text"])
            page.write_formula(down, 1, f"={left}", looks["number"])
            page.write_formula(down, 2, f"={right}", looks["number"])
            page.write_formula(down, 3, f"=B{down + 1}-C{down + 1}", looks["number"])
            page.write_formula(down, 4, f'=IF(B{down + 1}{sign}C{down + 1},"khớp","lệch")', looks["text"])
            down += 1


def _sides(check: Check, at: Addresses) -> tuple[str, str, str] | None:
    """Of a rule that compares two sums; others stay with the program."""
    rule = check.rule
    if not (isinstance(rule, Binary) and rule.sign in SIGNS and not check.table):
        return None
    try:
        return formula(rule.left, at), rule.sign, formula(rule.right, at)
    except NoFormula:
        return None


def formula(node: Node, at: Addresses, row: str = "") -> str:
    """An expression of the form in Excel's words; names of a column's formula are of its `row`. Raises NoFormula."""
    match node:
        case Constant(value) if not isinstance(value, str):
            return f"{value:f}"
        case Name(path) if row + path in at:
            return at[row + path]
        case Unary("-", of):
            return f"-({formula(of, at, row)})"
        case Binary(sign, left, right) if sign in "+-*/":
            return f"({formula(left, at, row)}{sign}{formula(right, at, row)})"
        case Call("abs" | "round" as name, given):
            return f"{name.upper()}({','.join(formula(each, at, row) for each in given)})"
    raise NoFormula
