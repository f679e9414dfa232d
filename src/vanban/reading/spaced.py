"""Text that keeps its columns by spaces, as `pdftotext -layout` writes it: tables, letterheads and signatures.

A line is taken for a line of a page with letters of one width, and read as pages of a PDF are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import overload

from vanban.reading.aligned import find_aligned
from vanban.reading.aligned.lines import Place, Spot, lines_of
from vanban.reading.joining import ends_sentence, starts_item
from vanban.reading.page.columns import NATION, Row, side_by_side
from vanban.reading.page.geometry import Word

WORK, OTHERS = (
    "nội dung|nhiệm vụ|công việc",
    "đơn vị|cơ quan|chủ trì|người|trách nhiệm|phân công|thời|tiến độ|sản phẩm|kết quả",
)
GAP, GUTTER = "(?<![ ])[ ]{2,}+", "(?<![ ])[ ]{3,}+"  # tried once in each run of spaces
COLUMNS = re.compile(  # a line that only a page with columns has
    rf"^[^\S\n]*(?:\S.*?)?{GUTTER}(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN)|^[^\S\n]*Nơi nhận\s*:?{GUTTER}\S"
    rf"|^[^\S\n]*(?:S?TT|Số TT)\.?{GAP}\S.*?{GAP}\S"
    rf"|^[^\S\n]*(?:{WORK})[^\n]{{0,40}}?{GAP}(?:{OTHERS})|^[^\S\n]*(?:{OTHERS})[^\n]{{0,40}}?{GAP}(?:{WORK})",
    re.M | re.I,
)
WORD, WIDE = re.compile(r"\S+"), re.compile(r"(?<!\s)\s{2,}+(?=\S)")
LETTER, SIZE, PITCH = (
    6.0,
    12.0,
    9.0,
)  # a space between words is half the size, two are a gap; two blank lines part nothing


@dataclass(frozen=True, slots=True)
class Laid:
    """Lines that hold a table, or two columns as lines of the left and then of the right."""

    first: int  # line, and the line behind the last
    end: int
    rows: Sequence[Sequence[Spot]]
    table: bool


def in_columns(content: str) -> bool:
    return "  " in content and bool(COLUMNS.search(content))


def find_spaced(content: str, lines: Sequence[tuple[int, str]]) -> list[Laid]:
    """What stands in columns, in rising order; `lines` are offsets in the content and texts, without page numbers."""
    if not in_columns(content):
        return []
    # Cells with one tab between them are a table that needs no columns, and ends what stands in columns above it.
    tabbed = {line for line, (_, text) in enumerate(lines) if text.strip().count("\t") > 1 and not WIDE.search(text)}
    likely = [line for line, (_, text) in enumerate(lines) if line not in tabbed and len(WIDE.findall(text)) > 1]
    found = [
        Laid(each.first, each.end, each.rows, table=True) for each in find_aligned(lines_of(content, lines), likely)
    ]
    taken = tabbed.union(*(range(laid.first, laid.end) for laid in found))
    for read, run in groupby(range(len(lines)), key=taken.__contains__):
        if not read:
            found += _columns(Rows(lines, list(run), _ends))
    return sorted(found, key=lambda laid: laid.first)


class Rows(Sequence[Row]):
    """Lines of a text as rows of words on a page, each made when it is asked for: few of a long text are looked at."""

    def __init__(
        self, texts: Sequence[tuple[int, str]], lines: Sequence[int], parted: Callable[[str], list[Place]] | None = None
    ) -> None:
        self.texts, self.lines, self.parted = texts, lines, parted or _words
        self.middle = 10 * PITCH * (len(texts) + 1)  # far from the edges of the page, where page numbers would stand
        self.made: dict[int, Row] = {}
        self.at: dict[int, tuple[int, Place]] = {}  # line and place of each word by its id

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if index not in self.made:
            self.made[index] = list(self._row(self.lines[index]))
        return self.made[index]

    def _row(self, line: int) -> Iterator[Word]:
        start, text = self.texts[line]
        foot = self.middle + PITCH * line
        for first, end in self.parted(text):
            left, right = _column(text, first), _column(text, end)
            word = Word(text[first:end], LETTER * left, LETTER * right, foot - PITCH, foot, SIZE, False)
            self.at[id(word)] = (line, (start + first, start + end))
            yield word

    def spot(self, words: Iterable[Word]) -> Spot:
        return tuple(self.at[id(word)][1] for word in words)


def _column(text: str, at: int) -> int:
    """Where a character stands in its line: a tab reaches to the next eighth column."""
    return len(text[:at].expandtabs(8)) if "\t" in text else at


def _words(text: str) -> list[Place]:
    return [m.span() for m in WORD.finditer(text)]


def _ends(text: str) -> list[Place]:
    """Of a line without a gap the first word, the last, and as one all that stands between them; else its words.

    Two columns side by side are told by gaps and by where lines begin and end.
    """
    inner = text.strip()
    words = inner.split()
    if len(words) < 4 or WIDE.search(inner) or NATION.search(inner):
        return _words(text)
    start = len(text) - len(text.lstrip())
    end = start + len(inner)
    first, last = start + len(words[0]), end - len(words[-1])
    return [(start, first), (first + 1, last - 1), (last, end)]


def _columns(rows: Rows) -> Iterator[Laid]:
    texts = [" ".join(rows.texts[line][1].split()) for line in rows.lines]
    for first, last, region in side_by_side(rows, texts):
        spots = tuple((rows.spot(row),) for column in region.columns for row in _items(column))
        yield Laid(rows.lines[first], rows.lines[last - 1] + 1, spots, table=False)


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
