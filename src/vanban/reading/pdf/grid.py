"""Ruled tables: from drawn rules to rows of cells.

Rules that touch form one grid. Its edges cut the plane into fields; fields without a rule between them are one cell,
so a cell merged over columns or rows comes out as it is drawn.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vanban.reading.building import EMPTY, Cell, RawRow
from vanban.reading.building import Line as CellLine
from vanban.reading.page.geometry import Box, Rule, Word, glue, lines_of

NEAR = 3.0  # points: rules this close are one, rules this far from each other touch
COVERED = 0.5  # of an edge: how much of it must be drawn to part two fields
SHIFTED = 6.0  # points that the edges of one table may differ by from page to page
MOST_RULES = 600  # after joining; more are no table that people read


@dataclass(frozen=True, slots=True)
class Grid:
    """Edges of a table, and the cell that each field belongs to (named by its first field)."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: dict[tuple[int, int], tuple[int, int]]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cells(self) -> list[Box]:
        """Where each cell stands."""
        boxes: dict[tuple[int, int], Box] = {}
        for (row, column), owner in self.owner.items():
            first = boxes.get(owner) or Box(self.xs[column], self.ys[row], 0, 0)
            boxes[owner] = Box(first.left, first.top, self.xs[column + 1], self.ys[row + 1])
        return list(boxes.values())

    def field(self, word: Word) -> tuple[int, int]:
        row = bisect_right(self.ys, (word.top + word.foot) / 2) - 1
        column = bisect_right(self.xs, (word.left + word.right) / 2) - 1
        return min(max(row, 0), len(self.ys) - 2), min(max(column, 0), len(self.xs) - 2)


def find_grids(rules: Iterable[Rule]) -> list[Grid]:
    """The tables of a page from top to bottom: at least two columns wide."""
    joined = _join([r for r in rules if not r.upright]) + _join([r for r in rules if r.upright])
    if len(joined) > MOST_RULES:
        return []
    grids = [grid for group in _touching(joined) if (grid := _grid(group))]
    outer = [g for g in grids if not any(_inside(g.box, other.box) for other in grids if other is not g)]
    return sorted(outer, key=lambda grid: grid.ys[0])


def fill(grid: Grid, words: Iterable[Word], page: int) -> list[RawRow]:
    """The rows of a table with the words that stand in it."""
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        held.setdefault(grid.owner[grid.field(word)], []).append(word)
    cells = {owner: cell_of(inside) for owner, inside in held.items()}
    rows = []
    for row in range(len(grid.ys) - 1):
        fields = [((row, column), grid.owner[row, column]) for column in range(len(grid.xs) - 1)]
        # A cell over several columns stands in the first of them, one over several rows in each of them.
        rows.append(RawRow(tuple(cells.get(o, EMPTY) if f[1] == o[1] else EMPTY for f, o in fields), page))
    return rows


def in_edges(rows: Sequence[RawRow], xs: Sequence[float], edges: Sequence[float]) -> list[RawRow]:
    """The same rows in more columns: a page shows only the edges that its rows have."""
    starts = [_nearest(edges, x) for x in xs[:-1]]
    widened = []
    for row in rows:
        cells = [EMPTY] * (len(edges) - 1)
        for at, cell in zip(starts, row.cells, strict=True):
            cells[at] = cell
        widened.append(RawRow(tuple(cells), row.page))
    return widened


def _nearest(edges: Sequence[float], x: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - x))


def all_edges(xs: Sequence[float], others: Sequence[float]) -> list[float] | None:
    """The edges of both parts of a table, None where they are not parts of one: neither has all edges of the other."""
    more, fewer = (xs, others) if len(xs) >= len(others) else (others, xs)
    if abs(more[0] - fewer[0]) > SHIFTED or abs(more[-1] - fewer[-1]) > SHIFTED:
        return None
    found = all(min(abs(edge - x) for edge in more) <= SHIFTED for x in fewer)
    return list(more) if found else None


def cell_of(words: Sequence[Word]) -> Cell:
    lines = lines_of(words)
    return Cell((CellLine(glue(line.text for line in lines), all(line.bold for line in lines)),))


def _join(rules: list[Rule]) -> list[Rule]:
    """Rules in one line that meet or overlap become one: borders are often drawn cell by cell."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.at, r.start)):
        for index in range(len(joined) - 1, max(-1, len(joined) - 60), -1):
            other = joined[index]
            if rule.at - other.at <= NEAR and rule.start <= other.end + NEAR and other.start <= rule.end + NEAR:
                joined[index] = Rule(rule.upright, other.at, min(rule.start, other.start), max(rule.end, other.end))
                break
        else:
            joined.append(rule)
    return joined


def _touching(rules: list[Rule]) -> list[list[Rule]]:
    """Groups of rules that hang together."""
    groups: list[list[Rule]] = []
    for rule in rules:
        met = [group for group in groups if any(_meet(rule, other) for other in group)]
        groups = [group for group in groups if group not in met]
        groups.append([rule, *(other for group in met for other in group)])
    return groups


def _meet(a: Rule, b: Rule) -> bool:
    if a.upright == b.upright:
        return False
    return a.start - NEAR <= b.at <= a.end + NEAR and b.start - NEAR <= a.at <= b.end + NEAR


def _grid(rules: list[Rule]) -> Grid | None:
    level, upright = [r for r in rules if not r.upright], [r for r in rules if r.upright]
    if not level or not upright:
        return None
    # Sides that are not drawn: pages cut tables, and some tables are open to the left and right.
    ys = _edges([r.at for r in level], [r.start for r in upright], [r.end for r in upright])
    xs = _edges([r.at for r in upright], [r.start for r in level], [r.end for r in level])
    if len(xs) < 3 or len(ys) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), _owners(xs, ys, level, upright))


def _edges(drawn: list[float], starts: list[float], ends: list[float]) -> list[float]:
    edges: list[float] = []
    for at in sorted([*drawn, min(starts), max(ends)]):
        if not edges or at - edges[-1] > NEAR:
            edges.append(at)
    return edges


def _owners(
    xs: list[float], ys: list[float], level: list[Rule], upright: list[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each field the first field of its cell: fields grow together where no rule is drawn between them."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            own = (row, column)
            if column and not _drawn(upright, left, top, bottom):
                own = owner[row, column - 1]
            elif row and not _drawn(level, top, left, right):
                own = owner[row - 1, column]
            owner[row, column] = own
    return owner


def _drawn(rules: list[Rule], at: float, start: float, end: float) -> bool:
    length = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= NEAR)
    return length >= COVERED * (end - start)


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer.left - NEAR <= inner.left
        and outer.top - NEAR <= inner.top
        and inner.right <= outer.right + NEAR
        and inner.bottom <= outer.bottom + NEAR
    )
