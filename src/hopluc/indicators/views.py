"""Indicators, the years of one, the rows of a year, a figure entered."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import may, needs
from hopluc.core.downloads import sheet_sent
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.indicators import presenting, selectors, services
from hopluc.indicators.chart import chart
from hopluc.indicators.forms import ValueForm
from hopluc.indicators.models import Breakdown, Indicator, Value
from hopluc.indicators.periods import period_of, period_words
from hopluc.indicators.series import Point, Series
from hopluc.indicators.sheets import values_sheet
from hopluc.units.models import Unit
from vanban.sheets import as_csv, workbook

PAGE, SUGGESTIONS, LONGEST = 50, 20, 200
UNPROCESSABLE = 422
HOLDS = ("values", "aims")
Json = dict[str, Any]


@require_GET
@needs("see")
@vary_on_headers("HX-Request", "HX-Target")
def indicator_list(request: StaffRequest) -> HttpResponse:
    about = _asked(request)
    found = selectors.indicators_listed(
        viewer=request.user, typed=about["typed_here"], group=about["group"], holds=about["holds"]
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    unit = about["unit"]
    points = selectors.values_of(page, unit, today=localdate(), viewer=request.user) if unit else {}
    aims = Counter(each.indicator_id for each in selectors.aims_seen(viewer=request.user))
    about |= {"page": page, "rows": presenting.list_rows(page, unit, points, aims), "chips": _chips(request, about)}
    swaps = request.htmx and request.htmx.target == "indicators" and not request.htmx.history_restore_request
    return render(request, "indicators/_list.html" if swaps else "indicators/list.html", about)


def _asked(request: StaffRequest) -> Json:
    """What the address of the list asks for."""
    group, holds = request.GET.get("group", ""), request.GET.get("holds", "")
    return {
        "typed_here": request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST],
        "group": group if group in Indicator.Group.values else "",
        "holds": holds if holds in HOLDS else "",
        **_places(request),
    }


def _places(request: StaffRequest) -> Json:
    """The unit whose figures are shown, and the provinces to choose from."""
    provinces = list(selectors.provinces_seen(request.user))
    key = request.GET.get("unit", "")
    unit = next((one for one in provinces if one.key == key), None) if key else next(iter(provinces), None)
    if key and unit is None:
        unit = Unit.objects.filter(key=key).select_related("parent__parent").first()
        if unit is None or services.province_of(unit) not in provinces:
            raise Http404
    return {"unit": unit, "provinces": provinces}


def _chips(request: StaffRequest, about: Json) -> Json:
    words = {"viewer": request.user, "typed": about["typed_here"]}
    counts = selectors.groups_counted(selectors.indicators_listed(**words, holds=about["holds"]))
    groups: list[tuple[str, Any, int]] = [("", _("All"), sum(counts.values()))]
    groups += [(key, label, counts[key]) for key, label in Indicator.Group.choices if key in counts]
    holds = [("", _("With or without figures")), ("values", _("With figures")), ("aims", _("With targets of plans"))]
    return {
        "groups": [
            {"key": key, "label": label, "count": n, "active": key == about["group"]} for key, label, n in groups
        ],
        "holds": [{"key": key, "label": label, "active": key == about["holds"]} for key, label in holds],
    }


@require_GET
@needs("see")
def choose(request: StaffRequest) -> JsonResponse:
    """Indicators to choose from, for what was typed of a code or name."""
    typed = request.GET.get("q", "").replace("\x00", "")[:LONGEST]
    found = selectors.indicators_listed(viewer=request.user, typed=typed)[:SUGGESTIONS]
    return JsonResponse({"results": [{"value": str(one.pk), "text": str(one), "note": one.measure} for one in found]})


@require_GET
@needs("see")
def indicator(request: StaffRequest, pk: int) -> HttpResponse:
    found, places = _indicator(request, pk), _places(request)
    return render(request, "indicators/indicator.html", _page(request, found, places, _series(request, found, places)))


@require_GET
@needs("see")
@vary_on_headers("HX-Request", "HX-Target")
def year(request: StaffRequest, pk: int, year: int) -> HttpResponse:
    """The rows that a year's figure comes from, beside the page."""
    found, places = _indicator(request, pk), _places(request)
    series = _series(request, found, places)
    opened = _opened(request, found, places["unit"], series, year)
    if request.htmx and request.htmx.target == "panel" and not request.htmx.history_restore_request:
        return render(request, "indicators/_year.html", opened)
    return render(
        request,
        "indicators/indicator.html",
        {**_page(request, found, places, series), **opened, "opened": "indicators/_year.html"},
    )


def _indicator(request: StaffRequest, pk: int) -> Indicator:
    return get_object_or_404(selectors.indicators_visible(request.user), pk=pk)


def _series(request: StaffRequest, found: Indicator, places: Json) -> Series | None:
    unit = places["unit"]
    return selectors.series_of([found], unit, today=localdate(), viewer=request.user) if unit else None


def _page(request: StaffRequest, found: Indicator, places: Json, series: Series | None) -> Json:
    unit = places["unit"]
    points = series.points(found) if series else {}
    names = presenting.units_named(points.values())
    figures = {year: point.figure for year, point in points.items() if point.figure is not None}
    return {
        **places,
        "indicator": found,
        "definitions": found.definitions.order_by("-validity"),
        "rows": presenting.point_rows(points, found, unit, names) if unit else [],
        "chart": chart(figures, {}),
        "aims": _aims(request, found, unit, points),
        "drafts": selectors.drafts_of(found, viewer=request.user)[:PAGE],
        "breakdowns": [str(Breakdown(key).label) for key in found.breakdowns],
        "may_enter": may(request.user, "enter figures"),
    }


def _aims(
    request: StaffRequest, found: Indicator, unit: Unit | None, points: dict[int, Point]
) -> list[presenting.AimCard]:
    """The aims of plans that the viewer sees, each on the territory of its own unit."""
    cards = []
    for sought in selectors.aims_seen(viewer=request.user, indicator=found):
        place = sought.aim.unit
        known = points if place is None or place == unit else None
        if known is None and place:
            known = selectors.values_of([found], place, today=localdate(), viewer=request.user)[found.pk]
        cards.append(presenting.aim_card(sought, selectors.path_of(sought.aim, known or {}), unit))
    return cards


def _opened(request: StaffRequest, found: Indicator, unit: Unit | None, series: Series | None, year: int) -> Json:
    point = series.point(found, year) if series else None
    names = presenting.units_named([point]) if point else {}
    return {
        "indicator": found,
        "unit": unit,
        "year": str(year),  # no thousands to part
        "point": presenting.point_row(point, found, unit, names) if point and unit else None,
        "values": [(row, presenting.amount(row.figure, row.indicator)) for row in point.rows] if point else [],
        "earlier": _earlier(found, unit, year, request),
        "close_url": presenting.indicator_url(found, unit),
    }


def _earlier(found: Indicator, unit: Unit | None, year: int, request: StaffRequest) -> list[tuple[Value, str, str]]:
    """What else was said of the unit itself in the year: other periods, and what was corrected since."""
    seen = selectors.provinces_seen(request.user)
    rows = Value.objects.filter(indicator=found, unit=unit, released=True, province__in=seen.values("pk"))
    rows = rows.filter(period__startswith__year=year).select_related("by").order_by("-at", "-pk")
    whole = period_of(year)
    return [
        (row, presenting.amount(row.figure, found), period_words(row.period))
        for row in rows
        if not row.current or row.period != whole
    ]


@require_http_methods(["GET", "POST"])
@needs("enter figures")
def enter(request: StaffRequest, pk: int) -> HttpResponse:
    found = _indicator(request, pk)
    form = ValueForm(
        request.POST if request.method == "POST" else None, initial=_initial(request), indicator=found, by=request.user
    )
    if form.is_bound and form.is_valid() and (value := _entered(form, found, request)):
        done(request, _("Saved: %(figure)s.") % {"figure": presenting.amount(value.figure, found)})
        return redirect(presenting.indicator_url(found, value.unit))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "indicators/enter.html", {"form": form, "indicator": found}, status=status)


def _initial(request: StaffRequest) -> Json:
    unit = Unit.objects.filter(key=request.GET.get("unit", "")).first()
    year = request.GET.get("year", "")
    return {"unit": unit.pk if unit else None, "year": int(year) if year.isdecimal() else localdate().year - 1}


def _entered(form: ValueForm, found: Indicator, request: StaffRequest) -> Value | None:
    about = form.cleaned_data
    names = ("source", "reason", "figure", "numerator", "denominator")
    said = services.Said(**{name: about[name] for name in names if name in about})
    try:
        return services.value_enter(
            indicator=found,
            unit=about["unit"],
            period=period_of(about["year"], about["part"]),
            said=said,
            by=request.user,
            release=about["release"],
        )
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


@require_POST
@needs("enter figures")
def release(request: StaffRequest, pk: int) -> HttpResponse:
    drafts: QuerySet[Value] = selectors.values_visible(request.user).filter(released=False)
    draft = get_object_or_404(drafts.select_related("indicator", "unit", "province"), pk=pk)
    services.value_release(value=draft, by=request.user)
    done(request, _("Released. Everyone of the province sees the figure now."))
    return redirect(presenting.indicator_url(draft.indicator, draft.unit))


@require_GET
@needs("see")
def download(request: StaffRequest, ending: str) -> HttpResponse:
    """The list as it is narrowed, with a column for each year; in Vietnamese whatever the language of the page."""
    about = _asked(request)
    found = list(
        selectors.indicators_listed(
            viewer=request.user, typed=about["typed_here"], group=about["group"], holds=about["holds"]
        )
    )
    unit = about["unit"]
    points = selectors.values_of(found, unit, today=localdate(), viewer=request.user) if unit else {}
    with override("vi"):
        sheet = values_sheet(found, points)
    place = unit.full_name if unit else ""
    data = as_csv(sheet) if ending == "csv" else workbook([sheet], caption=place, title="Số liệu các chỉ tiêu")
    return sheet_sent(data, f"chi-tieu.{ending}")
