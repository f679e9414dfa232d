"""Tables of tasks of many kinds, made by chance from a seed, each with the rows that a reader must find in it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tests.vanban.reading_files import Bar, Mark, Stroke, Text, para, pdf, table, word

WORDS = """rà soát đánh giá tổng kết xây dựng ban hành kế hoạch chương trình đề án hỗ trợ phát triển kinh tế tập thể hợp tác
xã thành viên liên hiệp vốn vay đất đai thị trường sản phẩm nông nghiệp tuyên truyền tập huấn cán bộ quản lý báo cáo kiểm tra
giám sát chuyển đổi số cơ sở dữ liệu ngân sách địa phương giai đoạn""".split()
BODIES = [
    "Sở Tài chính",
    "Sở Công Thương",
    "Sở Nội vụ",
    "UBND các xã, phường",
    "Liên minh Hợp tác xã tỉnh",
    "Công an tỉnh",
]
TIMES = ["Quý II/2026", "2026-2030", "Hằng năm", "Trước 30/6/2027", "Tháng 9/2026"]
HEADS = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
EDGES = [70.0, 100.0, 290.0, 380.0, 470.0, 545.0]
SIZE, PITCH, TOP, BOTTOM = 11.0, 14.0, 90.0, 760.0
WIDE = 0.5  # of the size: every letter

Row = list[str]


@dataclass(frozen=True, slots=True)
class Made:
    """A file with one table, and what its rows say."""

    kind: str
    format: str
    data: bytes
    wanted: list[Row]
    rows: list[Row] = field(default_factory=list)  # as they were given to the maker
    pages: list[list[Mark]] = field(default_factory=list)


def sentence(dice: random.Random, letters: int) -> str:
    """A text of about so many letters; it begins with a capital and ends with a full stop."""
    text = dice.choice(WORDS).capitalize()
    while len(text) < letters - 6:
        text += " " + dice.choice(WORDS)
    return text + "."


def tasks(dice: random.Random, count: int | None = None, columns: int = 5) -> list[Row]:
    """The header and so many numbered tasks."""
    count = count or dice.randint(3, 9)
    rows = [
        [
            str(number),
            sentence(dice, dice.randint(30, 140)),
            dice.choice(BODIES),
            dice.choice([*BODIES, ""]),
            dice.choice(TIMES),
        ]
        for number in range(1, count + 1)
    ]
    return [row[:columns] for row in [HEADS, *rows]]


# DOCX


def docx_plain(dice: random.Random) -> Made:
    rows = tasks(dice)
    return Made("plain", "docx", word(table(*rows)), rows, rows)


def docx_merged_down(dice: random.Random) -> Made:
    """One office for two or three tasks: its cell is merged with those below."""
    rows = tasks(dice)
    drawn = [list(row) for row in rows]
    restart = f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{para(rows[1][2])}'
    body = table(*_marked(drawn, 1, 2, "@"), *[[*row[:2], "^", *row[3:]] for row in drawn[2:4]], *drawn[4:])
    wanted = [*rows[:2], *[[*row[:2], rows[1][2], *row[3:]] for row in rows[2:4]], *rows[4:]]
    return Made("merged down", "docx", word(body.replace(para("@"), restart)), wanted)


def docx_merged_across(dice: random.Random) -> Made:
    """Headings of parts over all columns but the first, and edges that somebody dragged."""
    rows = tasks(dice)
    heading = ["I", sentence(dice, 30).upper(), "", "", ""]
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="5"/></w:tcPr>{para(heading[1])}</w:tc>'
    spans = (1, 2, 1, 1, 1)
    cells = (
        "".join(
            f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{para(text)}</w:tc>'
            for span, text in zip(spans, row, strict=True)
        )
        for row in rows
    )
    head, *others = [f"<w:tr>{row}</w:tr>" for row in cells]
    part = f"<w:tr><w:tc>{para('I')}</w:tc>{wide}</w:tr>"
    return Made(
        "merged across", "docx", word(f"<w:tbl>{head}{part}{''.join(others)}</w:tbl>"), [rows[0], heading, *rows[1:]]
    )


def docx_lists(dice: random.Random) -> Made:
    """Several paragraphs in a cell, and a table within."""
    rows = tasks(dice)
    inside = [[*row] for row in rows]
    wanted = [[*row] for row in rows]
    for given, shown in zip(inside[1:], wanted[1:], strict=True):
        more = sentence(dice, 40)
        given[1] = f"{para(given[1])}{para('- ' + more)}{table(['a', 'b'])}{para('')}"
        shown[1] = f"{shown[1]} - {more} a b"
    return Made("several paragraphs", "docx", word(table(*inside)), wanted)


def docx_broken(dice: random.Random) -> Made:
    """Cut in two by hand: the header stands again, and the last row goes on in the second part."""
    rows = tasks(dice, 6)
    first, second = _torn(rows[3][1])
    upper = [*rows[:3], [rows[3][0], first, *rows[3][2:]]]
    lower = [rows[0], ["", second, "", "", ""], *rows[4:]]
    return Made("broken in two", "docx", word(table(*upper) + para("") + table(*lower)), rows)


def docx_controls(dice: random.Random) -> Made:
    """Rows and cells in content controls; one row inserted and one struck out with changes tracked."""
    rows = tasks(dice, 5)
    body = table(*rows)
    parts = body.removeprefix("<w:tbl>").removesuffix("</w:tbl>").replace("</w:tr>", "</w:tr>\n").split("\n")[:-1]
    parts[2] = f"<w:sdt><w:sdtContent>{parts[2]}</w:sdtContent></w:sdt>"
    parts[3] = parts[3].replace("<w:tr>", "<w:tr><w:trPr><w:ins/></w:trPr>")
    parts[4] = parts[4].replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    return Made("controls and changes", "docx", word(f"<w:tbl>{''.join(parts)}</w:tbl>"), rows[:4] + rows[5:])


# PDF


def wrapped(text: str, width: float) -> list[str]:
    """Lines of a cell so wide, in points."""
    lines: list[str] = []
    for piece in text.split():
        if lines and (len(lines[-1]) + 1 + len(piece)) * WIDE * SIZE <= width:
            lines[-1] += " " + piece
        else:
            lines.append(piece)
    return lines


@dataclass(frozen=True, slots=True)
class Style:
    """How a table is drawn."""

    mark: type = Stroke
    level: bool = True
    upright: bool = True
    cellwise: bool = False  # borders drawn one cell at a time
    gap: float = 6.0  # points between rows
    repeats: bool = False  # the header stands on each page again
    top: float = TOP


def drawn(rows: Sequence[Row], style: Style) -> list[list[Mark]]:
    """Pages with these rows; a row stands on one page as a whole."""
    pages: list[list[Mark]] = []
    foot = BOTTOM
    for at, row in enumerate(rows):
        cells = _wrapped(row)
        height = PITCH * max(map(len, cells)) + style.gap
        if not pages or foot + height > BOTTOM:
            if pages:
                pages[-1] += _rules(style, foot)
            pages.append([])
            foot = style.top
            if at and style.repeats:
                foot = _row(pages[-1], _wrapped(rows[0]), foot, style)
        foot = _row(pages[-1], cells, foot, style)
    pages[-1] += _rules(style, foot)
    return pages


def _wrapped(row: Row) -> list[list[str]]:
    return [wrapped(text, right - left - 10) for text, (left, right) in zip(row, pairwise(EDGES), strict=True)]


def _row(page: list[Mark], cells: Sequence[Sequence[str]], foot: float, style: Style) -> float:
    """Where the next row begins."""
    below = foot + PITCH * max(map(len, cells)) + style.gap
    if style.level:
        page += _pieces(style, foot)
    if style.upright:
        page += [style.mark(x, foot, x, below) for x in EDGES]
    for lines, left in zip(cells, EDGES, strict=False):
        page += [Text(left + 4, foot + PITCH * (at + 1) - 2, line, size=SIZE) for at, line in enumerate(lines)]
    return below


def _rules(style: Style, foot: float) -> list[Mark]:
    return _pieces(style, foot) if style.level else []


def _pieces(style: Style, foot: float) -> list[Mark]:
    if style.cellwise:
        return [style.mark(left, foot, right - 1, foot) for left, right in pairwise(EDGES)]
    return [style.mark(EDGES[0], foot, EDGES[-1], foot)]


def _pdf(kind: str, style: Style, count: tuple[int, int] = (4, 9)) -> Callable[[random.Random], Made]:
    def make(dice: random.Random) -> Made:
        rows = tasks(dice, dice.randint(*count))
        pages = drawn(rows, style)
        return Made(kind, "pdf", pdf(_beside(pages, dice)), rows, rows, pages)

    return make


def pdf_torn(dice: random.Random) -> Made:
    """A row that goes on on the next page, below the header again."""
    rows = tasks(dice, 8)
    first, second = _torn(rows[4][1])
    upper = [*rows[:4], [rows[4][0], first, *rows[4][2:]]]
    lower = [rows[0], ["", second, "", "", ""], *rows[5:]]
    pages = [*drawn(upper, Style()), *drawn(lower, Style())]
    return Made("torn row", "pdf", pdf(_beside(pages, dice)), rows)


def pdf_merged(dice: random.Random) -> Made:
    """One office beside several tasks, and a heading over all columns."""
    rows = tasks(dice, 5)
    short = [[row[0], sentence(dice, 25), *row[2:]] for row in rows[1:]]
    shown = [rows[0], ["I", sentence(dice, 40).upper(), "", "", ""], *short]
    covered = shown[2][2] = "Sở Nội vụ"
    for row in shown[3:5]:
        row[2] = ""
    [page] = drawn(shown, Style())
    tops = sorted({mark.y0 for mark in page if isinstance(mark, Stroke) and mark.y0 == mark.y1})
    kept = [mark for mark in page if not _crossed(mark, tops)]
    for at in (tops[3], tops[4]):
        kept += [Stroke(EDGES[0], at, EDGES[2], at), Stroke(EDGES[3], at, EDGES[-1], at)]
    wanted = [*shown[:3], *[[*row[:2], covered, *row[3:]] for row in shown[3:5]], *shown[5:]]
    return Made("merged cells", "pdf", pdf(_beside([kept], dice)), wanted)


def _crossed(mark: Mark, tops: Sequence[float]) -> bool:
    """A rule through a merged cell."""
    if not isinstance(mark, Stroke):
        return False
    if mark.y0 == mark.y1:
        return mark.y0 in (tops[3], tops[4])
    return mark.y0 == tops[1] and mark.x0 in EDGES[2:-1]


def _beside(pages: Sequence[list[Mark]], dice: random.Random) -> list[list[Mark]]:
    """The pages with a number, and text before and after the table."""
    numbered = [[Text(300, 50, str(at)), *page] for at, page in enumerate(pages, start=1)]
    first = [Text(70, 70, sentence(dice, 70))]
    numbered[0] = [*first, *numbered[0]]
    numbered[-1] = [*numbered[-1], Text(70, 800, sentence(dice, 70))]
    return numbered


def _torn(text: str) -> tuple[str, str]:
    words = text.split()
    return " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])


def _marked(rows: list[Row], row: int, column: int, sign: str) -> list[Row]:
    """The rows up to this one, the text of one cell in its place a sign."""
    changed = [list(each) for each in rows[: row + 1]]
    changed[row][column] = sign
    return changed


Maker = Callable[[random.Random], Made]
DOCX: dict[str, Maker] = {
    "plain": docx_plain,
    "merged down": docx_merged_down,
    "merged across": docx_merged_across,
    "several paragraphs": docx_lists,
    "broken in two": docx_broken,
    "controls and changes": docx_controls,
}
PDF: dict[str, Maker] = {
    "rules": _pdf("rules", Style()),
    "bars": _pdf("bars", Style(mark=Bar)),
    "cell by cell": _pdf("cell by cell", Style(cellwise=True)),
    "several pages": _pdf("several pages", Style(repeats=True), (20, 30)),
    "torn row": pdf_torn,
    "merged cells": pdf_merged,
    "level rules only": _pdf("level rules only", Style(upright=False)),
    "no rules": _pdf("no rules", Style(level=False, upright=False, gap=10)),
    "no rules, several pages": _pdf("no rules", Style(level=False, upright=False, gap=10, repeats=True), (20, 30)),
}
