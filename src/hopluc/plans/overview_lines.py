"""The lines of the overview as a page shows them: each number with the address of its rows, each line with its bar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from django.urls import reverse
from django.utils.functional import Promise

from hopluc.plans.working.overview import TITLES, By, Measure, Row, View

COLUMNS = (Measure.IN_TIME, Measure.DONE_LATE, Measure.TO_CONFIRM, Measure.OPEN, Measure.OVERDUE)
BESIDE = (Measure.STALE, Measure.UNASSIGNED)
BAR = 1000  # units of a bar's width


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar."""

    measure: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Number:
    """A count with the address of its rows."""

    measure: str
    title: str | Promise
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table, drawn."""

    row: Row
    address: str  # the same table within this line
    numbers: list[Number]
    bar: list[Piece]


def line(view: View, row: Row) -> Line:
    within = view.within(view.by, row.key)
    then = replace(within, by=By.PLAN if view.by == By.AGENCY else By.AGENCY)
    return Line(row, then.query, numbers(within, row, (Measure.ALL, *COLUMNS, *BESIDE)), _bar(row))


def numbers(view: View, row: Row, measures: Iterable[Measure]) -> list[Number]:
    query = view.query
    return [Number(each.value, TITLES[each], row.counts[each], f"{_rows_of(each)}?{query}") for each in measures]


@cache
def _rows_of(measure: Measure) -> str:
    """The address of the rows of a measure: a table has hundreds of them."""
    return reverse("overview:rows", args=[measure.value])


def _bar(row: Row) -> list[Piece]:
    pieces, start = [], 0
    for measure in COLUMNS:
        width = round(BAR * row.counts[measure] / row.total) if row.total else 0
        if width:
            pieces.append(Piece(measure.value, start, width))
        start += width
    return pieces
