"""Tables that pages broke up are put together again; shared by all readers.

A table over ten pages arrives as ten tables, each with the header row again, and with rows cut in two. Works on
anything that has cells with text: rows of a `Document`, and the raw rows that readers build first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from vanban.lexicon import WORD
from vanban.reading.joining import is_torn, starts_item
from vanban.values import Block, Row, Table

NUMBER_COLUMN = re.compile(r"(?:TT|STT|Số\s*TT|Số\s+thứ\s+tự|No\.?|#)", re.I)
COLUMN_NUMBERS = re.compile(r"\(?(?:\d{1,2}|[A-H])\)?")
ROW_NUMBER = re.compile(r"[\dIVXLC.()\-–+*\s]*|[a-zđA-Z][.)]?")
DOCUMENT_NUMBER = re.compile(r"\d+/")  # `115/KH-UBND`: at the head of a line it looks like the marker `115/`
HEADER_DEPTH = 3


class Cell(Protocol):
    @property
    def text(self) -> str: ...


class HasCells(Protocol):
    @property
    def cells(self) -> Sequence[Cell]: ...


R = TypeVar("R", bound=HasCells)


def merge_tables(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Tables that stand next to each other and are parts of one become one, with its header rows once."""
    merged: list[Block] = []
    for block in blocks:
        before = merged[-1] if merged else None
        if isinstance(block, Table) and isinstance(before, Table) and continues(before.rows, block.rows):
            merged[-1] = Table(tuple(joined(before.rows, block.rows, _one_row)))
        else:
            merged.append(block)
    return tuple(Table(tuple(without_repeats(b.rows))) if isinstance(b, Table) else b for b in merged)


def _one_row(before: Row, after: Row) -> Row:
    cells = zip(before.cells, after.cells, strict=True)
    return Row(tuple(a if a is b else a.join(b) for a, b in cells), before.page)


def joined(before: Sequence[R], after: Sequence[R], join: Callable[[R, R], R]) -> list[R]:
    """Two parts of one table: the header stands once, a row that was cut in two is one."""
    upper = without_repeats(before)
    return join_torn_rows(without_repeats([*upper, *after]), [len(upper)], join)


def continues(before: Sequence[HasCells], after: Sequence[HasCells]) -> bool:
    """`after` is the next part of the table `before`: as wide, and its header, if it has one, is the same.

    Below a column of numbers it goes on with a number, with nothing, or with the heading of a section. Rows of
    line-oriented text may lack empty cells at their end, so that a numbered part may be narrower.
    """
    if not before or not after:
        return False
    if is_header(after[0]) or words(before[0]) == words(after[0]):
        return words(before[0]) == words(after[0])
    if is_header(before[0]):
        fits = bool(ROW_NUMBER.fullmatch(after[0].cells[0].text)) or len(words(after[0])) == 1
        return fits and 1 < width(after) <= width(before)
    return 1 < width(after) == width(before)


def without_repeats(rows: Sequence[R]) -> list[R]:
    """The rows with the header rows at the top only, however often pages repeat them."""
    heads = [words(row) for row in rows[: header_depth(rows)]]
    kept: list[R] = []
    expected = 0  # which header row a repetition goes on with
    for index, row in enumerate(rows):
        repeated = index >= len(heads) > expected and _says(row, heads[expected])
        alone = index >= len(heads) > 0 and _numbers_columns(row) and words(row) in heads
        expected = expected + 1 if repeated else 0
        if not repeated and not alone:
            kept.append(row)
    return kept


def header_depth(rows: Sequence[HasCells]) -> int:
    """How many rows at the top are headers: `TT | Nhiệm vụ | …`, its second line, `(1) | (2) | …`."""
    depth = 1 if rows and is_header(rows[0]) else 0
    for index, row in enumerate(rows[:HEADER_DEPTH]):
        if _numbers_columns(row) and index:
            depth = index + 1
    return depth


def is_header(row: HasCells) -> bool:
    """The row names columns, the column of numbers first: `TT | Nhiệm vụ | …`, `Số TT | …`."""
    first = next((cell.text for cell in row.cells if cell.text), "")
    return bool(NUMBER_COLUMN.fullmatch(first.strip(" .*")))


def join_torn_rows(rows: Sequence[R], breaks: Iterable[int], join: Callable[[R, R], R]) -> list[R]:
    """Rows that a page break cut in two become one. `breaks` are the indexes of the first row on each new page."""
    starts, joined = set(breaks), list(rows[:1])
    for index, row in enumerate(rows[1:], start=1):
        if index in starts and is_torn_row(joined[-1], row):
            joined[-1] = join(joined[-1], row)
        else:
            joined.append(row)
    return joined


def is_torn_row(before: HasCells, after: HasCells) -> bool:
    """`after` has no number of its own and goes on with the sentences of `before`.

    `14 | Cân đối, lồng ghép | Sở A` and `(nothing) | nguồn vốn từ các dự án | (nothing)` are one row.
    """
    if len(before.cells) != len(after.cells) or after.cells[0].text:
        return False
    pairs = [(b.text, a.text) for b, a in zip(before.cells, after.cells, strict=True) if a.text]
    if any(is_torn(b, a) or (b.endswith("số") and DOCUMENT_NUMBER.match(a)) for b, a in pairs):
        return True
    return len(pairs) == 1 and bool(pairs[0][0]) and not starts_item(pairs[0][1]) and pairs[0][0][-1] not in ".;:"


def words(row: HasCells) -> tuple[str, ...]:
    """What a row says, for comparing: case, spaces, marks and empty cells do not count."""
    return tuple(_said(cell.text) for cell in row.cells if cell.text)


def _says(row: HasCells, said: tuple[str, ...]) -> bool:
    """Whether the words of a row are these; most rows differ in their first cell."""
    texts = [cell.text for cell in row.cells if cell.text]
    return len(texts) == len(said) and all(_said(text) == one for text, one in zip(texts, said, strict=True))


def _said(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


def width(rows: Sequence[HasCells]) -> int:
    return max(len(row.cells) for row in rows)


def _numbers_columns(row: HasCells) -> bool:
    """`(1) | (2) | (3)` below the header."""
    return len(row.cells) > 2 and all(COLUMN_NUMBERS.fullmatch(cell.text.strip()) for cell in row.cells)
