"""Tables whose cells stand one a line, as text copied from a web page has them.

TT / Nội dung / Chủ trì / Phối hợp / Thời gian        each on a line of its own,
1 / Xây dựng đề án … / Sở A / Sở B / Quý IV/2021      and so on, row by row
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

NUMBER_TITLE = re.compile(r"(?:Số\s+)?(?:TT|STT|thứ tự)\.?", re.I)
TASK_TITLE = re.compile(r"(?:nội dung|nhiệm vụ|công việc|tên|danh mục|hoạt động|hạng mục|giải pháp)(?!\w)", re.I)
ROW_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,2}|[IVX]{1,5}|[A-HĐ])\.?\)?")
OPENS_BLOCK = re.compile(r"(?:[IVX]{1,5}\s*[.\-]|\d{1,2}\.|[a-zđ]\)|Nơi nhận|PHỤ LỤC|Điều\s+\d+)\s*\S", re.I)
WIDTH = range(3, 9)
TITLE = 45  # characters of a column's name
LONGEST = 800  # letters of a task
REACH = 16  # lines within which the next row must begin


def find_stacked(lines: Sequence[str]) -> Iterator[tuple[int, int, list[list[slice]]]]:
    """Each stacked table: its first line, the line behind it, and its rows; a cell is a slice of lines.

    >>> lines = ["TT", "Nội dung", "Chủ trì", "1", "Xây dựng đề án", "Sở A", "2", "Tổng kết", "Sở B", "V. KẾT LUẬN"]
    >>> [(start, end, len(rows)) for start, end, rows in find_stacked(lines)]
    [(0, 9, 3)]
    """
    at = 0
    while at < len(lines):
        width = _width(lines, at)
        rows = list(_rows(lines, at + width, width)) if width else []
        if not rows:
            at += 1
            continue
        end = max(cell.stop for cell in rows[-1])
        yield at, end, [[slice(i, i + 1) for i in range(at, at + width)], *rows]
        at = end


def _width(lines: Sequence[str], at: int) -> int:
    """How many column names stand from line `at` on, before the first row's number; 0 if none do."""
    if not NUMBER_TITLE.fullmatch(lines[at].strip(" *")) or at + 1 >= len(lines):
        return 0
    if not TASK_TITLE.match(lines[at + 1].strip(" *")):
        return 0
    for width in WIDTH:
        if at + width >= len(lines) or len(lines[at + width - 1]) > TITLE:
            return 0
        if ROW_NUMBER.fullmatch(lines[at + width].strip(" *")):
            return width
    return 0


def _rows(lines: Sequence[str], at: int, width: int) -> Iterator[list[slice]]:
    while at < len(lines) and ROW_NUMBER.fullmatch(lines[at].strip(" *")):
        end = _row_end(lines, at + 1, width)
        if _is_unnumbered(lines, at + width, width):
            end = at + width
        extra = max(0, end - at - width)  # a task of several paragraphs
        starts = [at, at + 1, *range(at + 2 + extra, end)]
        yield [slice(a, b) for a, b in zip(starts, [*starts[1:], end], strict=True) if a < end]
        at = end
        while _is_unnumbered(lines, at, width):
            yield [slice(i, i + 1) for i in range(at, at + width)]
            at += width


def _is_unnumbered(lines: Sequence[str], at: int, width: int) -> bool:
    """A row begins whose number is empty; only where cells end in pipes are there empty ones."""
    row = lines[at : at + width]
    return len(row) == width and not row[0].strip() and 0 < len(row[1].strip()) < LONGEST


def _row_end(lines: Sequence[str], at: int, width: int) -> int:
    """Where the next row begins; of the last row, behind as many lines as there are columns."""
    for end in range(at, min(at + REACH, len(lines))):
        if ROW_NUMBER.fullmatch(lines[end].strip(" *")) or NUMBER_TITLE.fullmatch(lines[end].strip(" *")):
            return end  # the head may come again on the next page
        if OPENS_BLOCK.match(lines[end].strip(" *")) and end > at:
            return end
    return min(at + width - 1, len(lines))
