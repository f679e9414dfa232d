"""Text that keeps its columns by spaces, as `pdftotext -layout` writes it: tables, letterheads and signatures.

A line is taken for a line of a page with letters of one width, and read as pages of a PDF are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vanban.reading.joining import ends_sentence, starts_item
from vanban.reading.page.columns import regions
from vanban.reading.page.geometry import Word
from vanban.reading.page.loose import find_loose

COLUMNS = re.compile(  # a line that only a page with columns has
    r"^[^\S\n]*(?:\S.*?)?[ ]{3,}(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN)|^[^\S\n]*Nơi nhận\s*:?[ ]{3,}\S"
    r"|^[^\S\n]*(?:S?TT|Số TT)\.?[ ]{2,}\S.*?[ ]{2,}\S",
    re.M | re.I,
)
WORD = re.compile(r"\S+")
LETTER, SIZE, PITCH = (
    6.0,
    12.0,
    9.0,
)  # a space between words is half the size, two are a gap; two blank lines part nothing

Place = tuple[int, int]  # where something begins and ends in the content
Spot = tuple[Place, ...]  # the words of a line or cell


@dataclass(frozen=True, slots=True)
class Laid:
    """Lines that hold a table, or two columns as lines of the left and then of the right."""

    first: int  # line, and the line behind the last
    end: int
    rows: tuple[tuple[Spot, ...], ...]
    table: bool


def in_columns(content: str) -> bool:
    return "  " in content and bool(COLUMNS.search(content))


def find_spaced(content: str, lines: Sequence[tuple[int, str]]) -> list[Laid]:
    """What stands in columns, in rising order; `lines` are offsets in the content and texts, without page numbers."""
    if not in_columns(content):
        return []
    middle = 10 * PITCH * (len(lines) + 1)  # far from the edges of the page, where page numbers would stand
    words: list[Word] = []
    at: dict[int, tuple[int, Place]] = {}  # line and place of each word by its id
    for index, (start, text) in enumerate(lines):
        foot = middle + PITCH * index
        for m in WORD.finditer(text.expandtabs(8) if "\t" in text else text):
            word = Word(m[0], LETTER * m.start(), LETTER * m.end(), foot - PITCH, foot, SIZE, False)
            words.append(word)
            at[id(word)] = (index, (start + m.start(), start + m.end()))
    found = list(_tables(words, 2 * middle, at))
    taken = {line for laid in found for line in range(laid.first, laid.end)}
    rest = [word for word in words if at[id(word)][0] not in taken]
    return sorted([*found, *_columns(rest, at)], key=lambda laid: laid.first)


def _tables(words: Sequence[Word], height: float, at: dict[int, tuple[int, Place]]) -> Iterator[Laid]:
    for table in find_loose(words, (), height, tight=True):
        lines = [at[word][0] for word in table.words]
        rows = tuple(tuple(_spot(cell, at) for cell in row) for row in table.rows)
        yield Laid(min(lines), max(lines) + 1, rows, table=True)


def _columns(words: Sequence[Word], at: dict[int, tuple[int, Place]]) -> Iterator[Laid]:
    for region in regions(words):
        if len(region.columns) > 1:
            lines = [at[id(word)][0] for column in region.columns for row in column for word in row]
            rows = tuple((_spot(row, at),) for column in region.columns for row in _items(column))
            yield Laid(min(lines), max(lines) + 1, rows, table=False)


def _items(column: Iterable[Sequence[Word]]) -> list[list[Word]]:
    """The lines of a column; an item of *Nơi nhận* that runs over several lines is one."""
    items: list[list[Word]] = []
    for row in column:
        before = " ".join(word.text for word in items[-1]) if items else ""
        if starts_item(before) and not ends_sentence(before) and not starts_item(" ".join(w.text for w in row)):
            items[-1].extend(row)
        else:
            items.append(list(row))
    return items


def _spot(words: Iterable[Word], at: dict[int, tuple[int, Place]]) -> Spot:
    return tuple(at[id(word)][1] for word in words)
