"""Tables of web pages whose cells each end in a pipe, on their own lines or behind the last one, and bare rows with pipes.

TT            or   TT |              or   TT | Nội dung | Chủ trì
|                  Nội dung |             1 | Xây dựng đề án | Sở A
Nội dung           Chủ trì |
|                  1 |
Chủ trì            Xây dựng đề án |
|                  Sở A |
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.reading.stacked import NUMBER_TITLE
from vanban.reading.wrapping import Line

BARE_RULE = re.compile(r"\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+")  # below the head of a table without pipes at its sides
TIGHT = re.compile(r"(?<!\s)\||\|(?!\s|$)")  # a pipe that is part of a word
BESIDE = re.compile(r"\S\s+\|\s*(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN|\S[^|]{0,30}, ngày \d)")  # in a letterhead
SHORTEST, COLUMNS = 3, 3  # rows and cells of a table without a rule
CELL_LINES = 40  # of one cell; a pipe farther away belongs to another table


def with_bare_tables(lines: list[Line]) -> list[Line]:
    """The same with the rows of tables known that have no pipes at their sides."""
    if not any("|" in line.raw for line in lines):
        return lines
    for at in [i for i, line in enumerate(lines) if i and "|" in line.raw and BARE_RULE.fullmatch(line.raw)]:
        end = next(
            (i for i in range(at, len(lines)) if "|" not in lines[i].raw or (lines[i].gap and i > at)), len(lines)
        )
        _make_rows(lines, at - 1, end)
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_bare_row(lines[end]):
            end += 1
        if _is_table(lines[at:end]):
            _make_rows(lines, at, end)
        at = max(end, at + 1)
    return lines


def _is_bare_row(line: Line) -> bool:
    inside = "|" in line.raw and not line.tabular
    return inside and line.raw.lstrip()[0] != "|" and not TIGHT.search(line.raw)


def _is_table(rows: list[Line]) -> bool:
    if len(rows) >= SHORTEST and max(line.raw.count("|") for line in rows) + 1 >= COLUMNS:
        return True
    return any(BESIDE.search(line.raw) for line in rows)


def _make_rows(lines: list[Line], at: int, end: int) -> None:
    lines[at:end] = [line._replace(piped=True, tabular=True) for line in lines[at:end]]


def units(lines: Sequence[Line]) -> list[list[Line]]:
    """Each line, or of a table whose cells end in pipes each cell, without its pipe; what follows a pipe stands apart."""
    found: list[list[Line]] = []
    gap, last, inside = False, 0, False
    for line in lines:
        text = line.raw.strip()
        ends = text.endswith("|") and text.count("|") == 1 and not line.tabular
        if text != "|" or (inside and gap):  # a cell may be empty
            kept = line._replace(raw=line.raw.rstrip().removesuffix("|"), gap=line.gap or gap) if ends or gap else line
            if inside and len(found) > last and len(found[-1]) < CELL_LINES:
                found[-1].append(kept)
            else:
                found.append([kept])
        gap = ends
        if ends and found:
            if NUMBER_TITLE.fullmatch(found[-1][-1].raw.strip()):  # here the table begins, not in the lines above
                inside, found[-1:] = True, ([each] for each in found[-1])
            last = len(found)
    return found
