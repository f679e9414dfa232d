"""How the work stands: the figures, the table, the rows behind each number, the same as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import override
from django.views.decorators.http import require_GET

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.downloads import sheet_sent
from hopluc.plans.overview_lines import BESIDE, COLUMNS, line, numbers
from hopluc.plans.working.overview import (
    FEWEST,
    MEASURES,
    NAMES,
    TITLES,
    Measure,
    Overview,
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
        "figures": numbers(view, found.total, FIGURES),
        "by": NAMES[view.by],
        "columns": [TITLES[measure] for measure in (*COLUMNS, *BESIDE)],
        "legend": [(measure.value, TITLES[measure]) for measure in COLUMNS],
        "lines": [line(view, row) for row in found.rows],
        "total": numbers(view, found.total, (Measure.ALL, *COLUMNS, *BESIDE)),
        "found": found,
        "invented": found.invented,
        "fewest": FEWEST,
    }
    return render(request, "plans/overview.html", about)


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
