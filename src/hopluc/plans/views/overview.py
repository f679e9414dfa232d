"""How the work stands: the figures, the table, the rows behind each number, the same as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import override
from django.views.decorators.http import require_GET

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.downloads import sheet_sent
from hopluc.plans.working.overview import (
    FEWEST,
    MEASURES,
    NAMES,
    TITLES,
    By,
    Measure,
    Overview,
    Row,
    View,
    name_of,
    occurrences,
    overview,
    years,
)
from hopluc.plans.working.states import Clock
from vanban.sheets import Column, Sheet, as_csv, workbook

PAGE = 50
FIGURES = (Measure.OVERDUE, Measure.STALE, Measure.TO_CONFIRM, Measure.IN_TIME, Measure.UNASSIGNED)
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


@require_GET
@needs("see")
def page(request: StaffRequest) -> HttpResponse:
    today = localdate()
    view, clock = View.of(request.GET, today=today), Clock.of(today)
    found = overview(request.user, view, clock=clock)
    about = {
        "view": view,
        "narrowed": name_of(request.user, view),
        "tabs": [(name, replace(view, by=by).query, by == view.by) for by, name in NAMES.items()],
        "years": [(year, replace(view, year=year).query, year == view.year) for year in years(found.plans)],
        "all_years": replace(view, year=None).query,
        "figures": [_number(view, found.total, measure) for measure in FIGURES],
        "by": NAMES[view.by],
        "columns": [TITLES[measure] for measure in (*COLUMNS, *BESIDE)],
        "legend": [(measure.value, TITLES[measure]) for measure in COLUMNS],
        "lines": [_line(view, row) for row in found.rows],
        "total": [_number(view, found.total, measure) for measure in (Measure.ALL, *COLUMNS, *BESIDE)],
        "found": found,
        "invented": found.invented,
        "fewest": FEWEST,
    }
    return render(request, "plans/overview.html", about)


def _line(view: View, row: Row) -> Line:
    within = view.within(view.by, row.key)
    then = replace(within, by=By.PLAN if view.by == By.AGENCY else By.AGENCY)
    numbers = [_number(within, row, measure) for measure in (Measure.ALL, *COLUMNS, *BESIDE)]
    return Line(row, then.query, numbers, _bar(row))


def _number(view: View, row: Row, measure: Measure) -> Number:
    return Number(measure.value, TITLES[measure], row.counts[measure], f"{_rows_of(measure)}?{view.query}")


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


@require_GET
@needs("see")
def rows(request: StaffRequest, measure: str) -> HttpResponse:
    """The rows that a number counts."""
    if measure not in MEASURES:
        raise Http404
    today = localdate()
    view, clock = View.of(request.GET, today=today), Clock.of(today)
    page = Paginator(occurrences(request.user, view, MEASURES[measure], clock=clock), PAGE).get_page(
        request.GET.get("page")
    )
    about = {
        "view": view,
        "measure": measure,
        "title": TITLES[MEASURES[measure]],
        "narrowed": name_of(request.user, view),
        "page": page,
        "invented": any(row.plan.invented for row in page),
        "today": today,
    }
    return render(request, "plans/overview_rows.html", about)


@require_GET
@needs("see")
def download(request: StaffRequest, ending: str) -> HttpResponse:
    """The table as a file, in Vietnamese whatever the language of the page."""
    today = localdate()
    view = View.of(request.GET, today=today)
    with override("vi"):
        found = overview(request.user, view, clock=Clock.of(today))
        sheet, title = _sheet(view, found), f"Tình hình thực hiện đến ngày {today:%d/%m/%Y}"
        words = [str(NAMES[view.by]), f"năm {view.year}" if view.year else "", name_of(request.user, view)]
        data = (
            as_csv(sheet) if ending == "csv" else workbook([sheet], caption=", ".join(filter(None, words)), title=title)
        )
    return sheet_sent(data, f"tong-quan-{today:%Y%m%d}.{ending}")


def _sheet(view: View, found: Overview) -> Sheet:
    measures = (Measure.ALL, *COLUMNS, *BESIDE)
    columns = (Column(str(NAMES[view.by]), 40), *(Column(str(TITLES[each]).capitalize(), 14) for each in measures))
    columns = (*columns, Column("Đúng hạn (%)", 14))
    listed: list[Any] = [*found.rows, replace(found.total, name="Cộng")]
    return Sheet(
        "Tổng quan",
        "TÌNH HÌNH THỰC HIỆN",
        columns,
        tuple(
            (row.name, *(row.counts[each] for each in measures), "" if row.share is None else round(row.share))
            for row in listed
        ),
    )
