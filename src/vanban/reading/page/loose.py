"""Tables without upright rules: columns by the white between them, rows by level rules or by their numbers.

TT    Nhiệm vụ                      Chủ trì        Thời gian
1     Rà soát các hợp tác xã đã     Sở Tài chính   Quý II/2026
      ngừng hoạt động
2     Tổng kết                      Sở Nội vụ      Hằng năm
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vanban.reading.joining import is_furniture
from vanban.reading.page.columns import Row, narrow, phrases
from vanban.reading.page.geometry import Rule, Word, rows_of
from vanban.reading.tables import NUMBER_COLUMN, ROW_NUMBER

NEAR = 3.0  # points: edges this close are one
SPACE = 0.7  # of the letter size: a wider one may be the white between columns
EDGE = 0.12  # of the page height: page numbers and running titles stand there
ABOVE = 2  # lines of a header above its `TT`, which stands in the middle
APART = 2.5  # times the letter size: no row of a table is so far from the one above
WIDER = 1.2  # times the least distance between lines: another row begins below the header
DEEPEST = 6  # lines of a header
FEWEST = 3  # level rules of one width make a table
SHORT = 8  # letters: a row's number, or the head of the column of numbers

NUMBER_TITLE = re.compile(  # a table without rules has one, or goes on from the page before
    r"(?<!\S)[*(.]*(?:S?TT|[Ss]tt|tt|Số\s*(?:TT|tt|thứ)|No\.?|#)(?!\w)"
)

Strips = list[tuple[float, float]]
Head = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loose:
    """A table, or its part on this page: the words of each cell; `xs` are the edges between its columns."""

    top: float
    rows: tuple[tuple[tuple[Word, ...], ...], ...]
    xs: tuple[float, ...]
    words: frozenset[int]  # ids of the words in it

    @property
    def head(self) -> Head:
        """What its first row says."""
        return tuple(_text(words) for words in self.rows[0])


@dataclass(frozen=True, slots=True)
class Carried:
    """What a page hands to the next of a table that it ended with."""

    xs: tuple[float, ...]
    head: Head


def find_loose(
    words: Sequence[Word], rules: Iterable[Rule], height: float, carried: Carried | None = None
) -> list[Loose]:
    """The tables of a page from top to bottom; `carried` is told of one that the page before ended with."""
    bands = list(_banded(rules))
    if not (bands or carried or NUMBER_TITLE.search(_text(words))):
        return []
    edges = carried.xs if carried else None
    found = []
    for top, bottom, levels in bands:
        inside = rows_of(word for word in words if top < (word.top + word.foot) / 2 < bottom)
        xs = _columns(inside, levels, edges)
        if xs:
            found.append(_table(_bands(inside, levels), xs))
    taken = {each for table in found for each in table.words}
    rows = rows_of(word for word in words if id(word) not in taken)
    return sorted([*found, *_without_rules(rows, height, carried)], key=lambda table: table.top)


def _without_rules(rows: list[Row], height: float, carried: Carried | None) -> Iterator[Loose]:
    start = 0
    if carried and (part := _continued(rows, height, carried.xs)):
        yield _numbered(part, carried.xs, ())
        start = rows.index(part[-1]) + 1
    yield from headed(rows, range(start, len(rows)), height, carried, start)


def headed(
    rows: Sequence[Row],
    likely: Iterable[int],
    height: float,
    carried: Carried | None = None,
    start: int = 0,
) -> Iterator[Loose]:
    """The tables below a `TT`, from row `start` on; `likely` are the rows that may be such a header, in rising order."""
    edges, head = (carried.xs, carried.head) if carried else (None, ())
    for at in likely:
        if at < start or not _is_head(rows[at]):
            continue
        part, end, xs = _headed(rows, max(start, at - ABOVE), at, height)
        start = at + 1
        if len(part) > 1 and len(xs) > 3:
            start = end
            table = _numbered(part, edges if edges and _fits(part, edges) else xs, head)
            head = table.head
            yield table


def _is_head(row: Row) -> bool:
    """`TT`, and names of columns beside it."""
    parts = phrases(row, SPACE)
    return len(parts) > 2 and bool(NUMBER_COLUMN.fullmatch(_said(row, *parts[0]).strip(" .*")))


def _headed(rows: Sequence[Row], first: int, at: int, height: float) -> tuple[list[Row], int, tuple[float, ...]]:
    """The rows of a table whose `TT` stands in row `at`, the row behind them, and its edges."""
    free = _whites([rows[at]])
    part = [rows[at]]
    for row in reversed(rows[first:at]):
        if len(phrases(row, SPACE)) < 2 or _gap(row, part[0]) or _crosses(free, row):
            break
        part.insert(0, row)
    for end in range(at + 1, len(rows)):
        row = rows[end]
        if _is_edge(row, height) and is_furniture(_text(row)):
            break
        white = narrow(free, row, SPACE)
        section = _is_section(row, free)
        lost = len(_merged(white, free)) < len(free)
        if not section and (lost or _gap(part[-1], row) or not _opens(row, free)):
            break
        free = free if section else _merged(white, free)
        part.append(row)
    else:
        end = len(rows)
    return part, end, _edges(part, free)


def _whites(rows: Sequence[Row]) -> Strips:
    """The white between the columns of a header of one or more lines."""
    free: Strips = [(min(row[0].left for row in rows), max(row[-1].right for row in rows))]
    for row in rows:
        free = narrow(free, row, SPACE)
    return free


def _merged(white: Strips, free: Strips) -> Strips:
    """The widest that is left of each strip; a strip of which nothing is left is gone."""
    kept = []
    for start, end in free:
        parts = [(b - a, a, b) for a, b in white if start <= a and b <= end]
        if parts:
            kept.append(max(parts)[1:])
    return kept


def _crosses(free: Strips, row: Row) -> bool:
    return len(_merged(narrow(free, row, SPACE), free)) < len(free)


def _opens(row: Row, free: Strips) -> bool:
    """What stands in the column of numbers, if anything, is one."""
    middle = (free[0][0] + free[0][1]) / 2
    said = _text(word for word in row if word.left < middle)
    return not said or _is_number(said)


def _is_section(row: Row, free: Strips) -> bool:
    """A number, and a heading over all columns: `II  Tổ chức thực hiện`."""
    said = _said(row, float("-inf"), free[0][0])
    return _is_number(said) and row[0].right < free[0][1] and len(phrases(row, SPACE)) == 2


def _is_number(said: str) -> bool:
    return len(said) <= SHORT and bool(said) and bool(ROW_NUMBER.fullmatch(said))


def _gap(before: Row, row: Row) -> bool:
    return row[0].foot - before[0].foot > APART * max(row[0].size, before[0].size)


def _is_edge(row: Row, height: float) -> bool:
    return not EDGE * height < row[0].foot < (1 - EDGE) * height


def _continued(rows: Sequence[Row], height: float, xs: Sequence[float]) -> list[Row]:
    """The rows at the head of a page that go on with a table of these edges."""
    part: list[Row] = []
    for row in rows:
        if _is_edge(row, height) and is_furniture(_text(row)):
            if part:
                break
            continue
        fits = _fits([row], xs) and not (part and _gap(part[-1], row))
        if not fits and (part or not _is_edge(row, height)):
            break
        if fits:
            part.append(row)
    return part if any(len(phrases(row, SPACE)) > 1 for row in part) else []


def _fits(rows: Sequence[Row], xs: Sequence[float]) -> bool:
    """No words stand across an edge, but headings of sections."""
    free = [(x - 1, x + 1) for x in xs[1:-1]]
    return all(_keeps(row, free) for row in rows)


def _keeps(row: Row, free: Strips) -> bool:
    crossed = any(left < b and right > a for left, right in phrases(row, SPACE) for a, b in free)
    if crossed:
        return _is_section(row, free)
    said = _said(row, float("-inf"), free[0][1])
    return not said or _is_number(said) or bool(NUMBER_COLUMN.fullmatch(said.strip(" .*")))


def _edges(rows: Sequence[Row], free: Strips) -> tuple[float, ...]:
    inner = [(start + end) / 2 for start, end in free]
    return (min(row[0].left for row in rows), *inner, max(row[-1].right for row in rows))


def _numbered(rows: Sequence[Row], xs: Sequence[float], head: Head) -> Loose:
    """A table without rules: a row begins where a number stands, and where one goes on below the header.

    `head` is the header of the part before, which may stand here again.
    """
    repeated = _depth(rows, xs, head)
    steps = [row[0].foot - before[0].foot for before, row in pairwise(rows)]
    wide = WIDER * min(steps, default=0)
    groups = [[rows[0]]]
    for at, (row, step) in enumerate(zip(rows[1:], steps, strict=True), start=1):
        headed = not repeated and any(_is_head(each) for each in groups[-1])
        if at == repeated or _is_number(_said(row, float("-inf"), xs[1])) or (headed and step > wide):
            groups.append([row])
        else:
            groups[-1].append(row)
    return _table(groups, xs)


def _depth(rows: Sequence[Row], xs: Sequence[float], head: Head) -> int:
    """How many lines at the top say what that header says; 0 where they do not."""
    depths = range(1, min(len(rows), DEEPEST) + 1) if head else ()
    return next((at for at in depths if tuple(map(_text, _cells(rows[:at], xs))) == head), 0)


def _table(groups: Iterable[Sequence[Row]], xs: Sequence[float]) -> Loose:
    kept = [group for group in groups if group]
    used = [word for group in kept for row in group for word in row]
    rows = tuple(tuple(map(tuple, _cells(group, xs))) for group in kept)
    return Loose(min(word.top for word in used), rows, tuple(xs), frozenset(map(id, used)))


def _cells(rows: Sequence[Row], xs: Sequence[float]) -> list[list[Word]]:
    """The words of each cell, line by line."""
    held: list[list[Word]] = [[] for _ in xs[1:]]
    for row in rows:
        lefts = [word.left for word in row]
        for left, right in phrases(row, SPACE):
            # A heading over several columns stands in the first of them.
            at = min(max(bisect_right(xs, left + 1) - 1, 0), len(held) - 1)
            within = row[bisect_left(lefts, left) : bisect_right(lefts, right)]
            held[at].extend([word for word in within if word.right <= right])
    return held


def _banded(rules: Iterable[Rule]) -> Iterator[tuple[float, float, list[float]]]:
    """Top, bottom and level rules of each group of rules that are alike in place and length."""
    groups: list[list[Rule]] = []
    for rule in sorted((r for r in rules if not r.upright), key=lambda r: r.at):
        for group in groups:
            if abs(group[0].start - rule.start) < NEAR and abs(group[0].end - rule.end) < NEAR:
                group.append(rule)
                break
        else:
            groups.append([rule])
    for group in groups:
        levels = [rule.at for rule in group]
        if len(levels) >= FEWEST:
            yield levels[0], levels[-1], levels


def _bands(rows: Sequence[Row], levels: Sequence[float]) -> list[list[Row]]:
    bands: list[list[Row]] = [[] for _ in levels[1:]]
    for row in rows:
        bands[_band(row, levels)].append(row)
    return bands


def _band(row: Row, levels: Sequence[float]) -> int:
    at = bisect_right(levels, (row[0].top + row[0].foot) / 2) - 1
    return min(max(at, 0), len(levels) - 2)


def _columns(rows: Sequence[Row], levels: Sequence[float], carried: Sequence[float] | None) -> tuple[float, ...] | None:
    """The edges of a table in bands: the white in its first band that no row but a heading crosses."""
    if not rows:
        return None
    if carried and _fits(rows, carried):
        return tuple(carried)
    head = [row for row in rows if _band(row, levels) == _band(rows[0], levels)]
    free = _whites(head)
    for row in rows[len(head) :]:
        if not free:
            return None
        if not _is_section(row, free):
            free = _merged(narrow(free, row, SPACE), free)
    return _edges(rows, free) if len(free) > 1 else None


def _said(row: Row, left: float, right: float) -> str:
    return " ".join(word.text for word in row if left <= word.left and word.right <= right)


def _text(row: Iterable[Word]) -> str:
    return " ".join(word.text for word in row)
