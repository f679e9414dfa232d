"""Letterhead and signature: two columns side by side, which are read one after the other.

ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH QUẢNG NGÃI              Độc lập - Tự do - Hạnh phúc
Số: 11/TB-UBND           Quảng Ngãi, ngày 08 tháng 01 năm 2025
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vanban.reading.page.geometry import Word, rows_of

NATION = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM")
RECIPIENTS = re.compile(r"Nơi nhận", re.I)
RIGHT_ONLY = re.compile(r"Độc lập|ngày\b.{0,20}\btháng|ngày\s*/")  # lines that stand alone on the right of a letterhead
DATED = re.compile(r"ngày\b.{0,20}\btháng\b")
PHRASE = 0.9  # of the letter size: a wider space between words may be a gutter
GUTTER = 6.0  # points
ABOVE = 4  # lines above the mark that may belong to the block
BELOW = 60  # lines below it where its right side must have begun

Row = list[Word]


@dataclass(frozen=True, slots=True)
class Region:
    """Rows of words to be read together: one column, or two."""

    columns: tuple[list[Row], ...]

    @property
    def top(self) -> float:
        return min(word.top for column in self.columns for row in column for word in row)


def regions(words: Iterable[Word]) -> list[Region]:
    """The page from top to bottom, with its letterhead and signature as regions of two columns."""
    rows = rows_of(words)
    parts: list[Region] = []
    done = 0
    for first, last, region in side_by_side(rows, [_text(row) for row in rows]):
        parts += (Region((rows[done:first],)), region)
        done = last
    parts.append(Region((rows[done:],)))
    return [part for part in parts if any(part.columns)]


def side_by_side(rows: Sequence[Row], texts: Sequence[str]) -> Iterator[tuple[int, int, Region]]:
    """Letterheads and signatures: the first of their rows, the one behind the last, and the two columns.

    `texts`: what each row says, its words one space apart. What is issued with a decision may have its own letterhead.
    """
    heads = [_letterhead(rows, at) for at, text in enumerate(texts) if NATION.search(text)]
    feet = [_signature(rows, at) for at, text in enumerate(texts) if RECIPIENTS.search(text)]
    done = 0
    for begins, last, gutter in sorted(filter(None, (*heads, *feet))):
        first = max(begins, done)
        if first >= last:
            continue
        inside = _words(rows[first:last])
        left, right = [w for w in inside if w.right <= gutter], [w for w in inside if w.right > gutter]
        yield first, last, Region((rows_of(left), rows_of(right)))
        done = last


def _letterhead(rows: Sequence[Row], mark: int) -> tuple[int, int, float] | None:
    """From the top to the line with the date: first row, row after the last, and the gutter. `mark`: the row of the motto."""
    row = rows[mark]
    at = next((i for i in range(len(row)) if NATION.match(_text(row[i:]))), None)
    if at is None:  # quoted within a sentence
        return None
    free = [(row[at - 1].right if at else 0.0, row[at].left)]
    first = last = mark
    dated = False
    for index in range(mark - 1, max(-1, mark - 1 - ABOVE), -1):
        narrowed = narrow(free, rows[index])
        if not narrowed:
            break
        free, first = narrowed, index
    for index in range(mark + 1, len(rows)):
        narrowed = narrow(free, rows[index])
        text = _text(rows[index])
        if not narrowed or not (_reaches_left(rows[index], narrowed) or RIGHT_ONLY.search(text)):
            break
        if dated and text.isupper():
            break  # the type of the document, at the left edge
        free, last, dated = narrowed, index, dated or bool(DATED.search(text))
    return _span(rows, first, last + 1, free)


def _signature(rows: Sequence[Row], mark: int) -> tuple[int, int, float] | None:
    """From `Nơi nhận`, the row `mark`, and the authority that may stand higher on the right, to the end of the two columns."""
    free = [(phrases(rows[mark])[0][1], float("inf"))]
    last = mark
    sided = False  # whether something stands on the right so far
    farthest = 0.0  # where the last words of a line begin
    for index in range(mark, len(rows)):
        narrowed = narrow(free, rows[index])
        farthest = max(farthest, rows[index][-1].left)
        between = [strip for strip in narrowed if farthest >= strip[1] - 1]  # words stand to the right of it
        if not narrowed or (sided and not between) or not (sided or between or index < mark + BELOW):
            break
        free, last, sided = between or narrowed, index, bool(between)
    first = mark
    for index in range(mark - 1, max(-1, mark - 1 - ABOVE), -1):
        narrowed = narrow(free, rows[index])
        if not narrowed or _reaches_left(rows[index], narrowed) or not _text(rows[index]).isupper():
            break
        free, first = narrowed, index
    return _span(rows, first, last + 1, free)


def _span(
    rows: Sequence[Row], first: int, last: int, free: Sequence[tuple[float, float]]
) -> tuple[int, int, float] | None:
    """The rows with the widest free strip that has words on both sides."""
    words = _words(rows[first:last])
    strips = [
        (end - start, (start + end) / 2)
        for start, end in free
        if any(w.right <= start + 1 for w in words) and any(w.left >= end - 1 for w in words)
    ]
    return (first, last, max(strips)[1]) if strips else None


def narrow(free: Sequence[tuple[float, float]], row: Row, space: float = PHRASE) -> list[tuple[float, float]]:
    """What a row leaves free of the strips."""
    for start, end in phrases(row, space):
        free = [
            (low, high)
            for left, right in free
            for low, high in ((left, min(right, start)), (max(left, end), right))
            if high - low > GUTTER
        ]
    return list(dict.fromkeys(free))


def phrases(row: Row, space: float = PHRASE) -> list[tuple[float, float]]:
    """Stretches of words with common spaces between them; `space`, in letter sizes, is too wide for a common one."""
    found: list[tuple[float, float]] = []
    for word in row:
        if found and word.left - found[-1][1] < space * word.size:
            found[-1] = (found[-1][0], max(found[-1][1], word.right))
        else:
            found.append((word.left, word.right))
    return found


def _reaches_left(row: Row, free: Sequence[tuple[float, float]]) -> bool:
    return row[0].right <= free[0][1]


def _words(rows: Iterable[Row]) -> list[Word]:
    return [word for row in rows for word in row]


def _text(row: Row) -> str:
    return " ".join(word.text for word in row)
