"""Organisations of a place for those who lead: how many, how they came and went, against the targets; where there are none."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import override
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from hopluc.accounts.rights import needs
from hopluc.core.downloads import sheet_sent
from hopluc.indicators.steps import classes, legend
from hopluc.registry.listing import Listing
from hopluc.registry.models import Batch
from hopluc.registry.presenting import row_of
from hopluc.registry.selectors import Scope, Sought, place_choices, place_of, provinces_kept, scope_of
from hopluc.registry.territories import (
    Commune,
    Standing,
    communes_standing,
    reach_of,
    spots,
    standing_of,
    standing_of_provinces,
    working_of,
    years_of,
)
from hopluc.units.models import Tier, Unit
from hopluc.units.outlines import communes_near
from hopluc.units.tree import atlas, called, named_then
from hopluc.web.economy import presenting
from hopluc.web.economy.aims import Counted, aim_lines
from hopluc.web.economy.sheets import spots_sheet
from hopluc.web.units.days import Asked, asked, stops
from hopluc.web.units.presenting import MERGED, Map
from vanban.sheets import as_csv, workbook

PAGE, FIRST = 50, 10
Json = dict[str, Any]


@require_GET
@needs("look up")
@vary_on_headers("HX-Request")
def overview(request: HttpRequest) -> HttpResponse:
    today = localdate()
    unit = place_of(request.GET.get("unit"), viewer=request.user, on=today)
    when = asked(request.GET.get("on", ""), today=today)
    if when.day > today:
        when = Asked(today, when.problem)
    value = request.GET.get("value", "")
    value = value if value in presenting.VALUES else "organisations"
    about: Json = {"unit": unit, "when": when, "today": today, "value": value, "ended": _ended(unit, today)}
    scope = scope_of(request.user, "see registers")
    about |= _parts(unit, when.day, value, scope, today)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "web/economy/_day.html", about)
    about |= {
        "provinces": place_choices(today),
        "stops": stops(atlas().events, day=when.day, today=today),
        "demonstration": Batch.objects.filter(kind=Batch.Kind.DEMONSTRATION).exists(),
        **_counted(request, unit, scope, today),
    }
    return render(request, "web/economy/overview.html", about)


def _ended(unit: Unit | None, today: date) -> bool:
    return bool(unit and unit.validity.upper and unit.validity.upper <= today)


def _counted(request: HttpRequest, unit: Unit | None, scope: Scope, today: date) -> Json:
    """Figures, targets and years of the place, as they are today."""
    found, partly = standing_of(unit, today=today)
    years = years_of(unit, today=today)
    whole = unit is None or (unit.tier == Tier.PROVINCE and not _ended(unit, today))
    known = Counted(found, working_of(unit) if whole else None, years[-1])
    columns, across = presenting.columns(years)
    return {
        "figures": presenting.figures(unit, found, members=_members(unit, scope, today), opens=not _ended(unit, today)),
        "partly": partly.of("organisations"),
        "working": known.working,
        "aims": aim_lines(unit, known, viewer=request.user, today=today),
        "columns": columns,
        "across": across,
        "first": _first(unit) if unit and unit.tier == Tier.COMMUNE and not _ended(unit, today) else None,
    }


def _first(commune: Unit) -> Json:
    """The first organisations of a commune, and how many there are."""
    listing = Listing(Sought(province=commune.parent, commune=commune), "name")
    return {"rows": [row_of(one, seen=False) for one in listing[:FIRST]], "count": len(listing)}


def _members(unit: Unit | None, scope: Scope, today: date) -> bool:
    """Sums of a province tell of nobody; of a commune with one cooperative they would."""
    if unit is None or unit.tier != Tier.COMMUNE:
        return True
    return not _ended(unit, today) and scope.holds(unit.pk, unit.parent_id or 0)


def _parts(unit: Unit | None, on: date, value: str, scope: Scope, today: date) -> Json:
    """The map and the list: provinces of the day, or the communes of the place, or those beside a commune."""
    if unit is None:
        return _provinces(on, value, today)
    communes = _around(unit, today)
    members = (unit.pk if unit.tier == Tier.PROVINCE else unit.parent_id) in scope.provinces
    address = presenting.place_addresses(value)
    rows = [(one.key, one.full_name, one.name, address(one.key), one.standing) for one in communes]
    value = "organisations" if value == "members" and not members else value
    listed = presenting.lines(rows, value=value, members=members, opens=True)
    about = {
        "lines": listed,
        "legend": _legend(listed),
        "values": _values(value, members=members),
        "value": value,
    }
    return about | {"maps": _maps(unit, communes, listed, value, today), "former": _former(unit, on, today, value)}


def _around(unit: Unit, today: date) -> list[Commune]:
    """Today's communes of a place; of a commune, those of its province."""
    if not _ended(unit, today):
        return communes_standing(unit if unit.tier == Tier.PROVINCE else unit.parent, today=today)
    reach = reach_of(unit, today=today)
    return communes_standing(None, today=today, ids=reach.whole | reach.partly)


def _near(unit: Unit, listed: list[presenting.Line], today: date) -> list[presenting.Line]:
    """Of a commune, itself and those that it touches."""
    if unit.tier != Tier.COMMUNE or _ended(unit, today) or not unit.parent:
        return listed
    near = communes_near(unit.parent.code).get(unit.key, set()) | {unit.key}
    return [one for one in listed if one.key in near]


def _maps(unit: Unit, communes: list[Commune], listed: list[presenting.Line], value: str, today: date) -> list[Map]:
    """Of the province of a place; of a unit that has ended, of each in which a part of it lies."""
    province = unit if unit.tier == Tier.PROVINCE else unit.parent
    if province and communes and not _ended(unit, today):
        return [presenting.province_map(province, listed, value=value)]
    keys = {one.province_key for one in communes}
    return [
        presenting.province_map(
            province,
            [line for line, one in zip(listed, communes, strict=True) if one.province_key == province.key],
            value=value,
        )
        for province in Unit.objects.filter(key__in=keys).order_by("sort_key")
    ]


def _former(unit: Unit, on: date, today: date, value: str) -> list[presenting.Line]:
    """Of a province on a past day: the provinces of that day that lay in it, with what their territory has today."""
    if unit.tier != Tier.PROVINCE or on >= unit.validity.lower:
        return []
    found, _shared = standing_of_provinces(on, today=today, within=unit)
    address = presenting.place_addresses()
    rows = [
        (one.key, called(one), one.name, address(one.key), found.get(one.key) or Standing())
        for one in _provinces_then(on).filter(Q(key__in=found) | Q(successors__target=unit)).distinct()
    ]
    return presenting.lines(rows, value=value, members=True, opens=False)


def _provinces(on: date, value: str, today: date) -> Json:
    found, shared = standing_of_provinces(on, today=today)
    address = presenting.place_addresses(value)
    rows = [
        (one.key, called(one), one.name, address(one.key), found.get(one.key) or Standing())
        for one in _provinces_then(on)
    ]
    listed = presenting.lines(rows, value=value, members=True, opens=on >= MERGED)
    return {
        "lines": listed,
        "legend": _legend(listed),
        "values": _values(value, members=True),
        "maps": [presenting.country_map(listed, value=value, on=on)],
        "shared": shared.of("organisations"),
    }


def _provinces_then(on: date) -> QuerySet[Unit]:
    """The provinces of a day, with their names of that day."""
    return named_then(Unit.objects.on(on).filter(tier=Tier.PROVINCE), on).defer("words").order_by("sort_key")


def _legend(listed: list[presenting.Line]) -> list[tuple[int, str]]:
    return legend(classes(one.amount for one in listed))


def _values(chosen: str, *, members: bool) -> list[tuple[str, str, bool]]:
    return [(key, str(words), key == chosen) for key, words in presenting.VALUES.items() if members or key != "members"]


@require_GET
@needs("look up")
def white_spots(request: HttpRequest) -> HttpResponse:
    today = localdate()
    unit = _province(request, today)
    lacking, communes = _lacking(request), communes_standing(unit, today=today)
    found = spots(communes, lacking)
    about = {
        "unit": unit,
        "lacking": lacking,
        "kinds": [(key, words, len(spots(communes, key)), key == lacking) for key, words in presenting.LACKING.items()],
        "communes": len(communes),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "provinces": place_choices(today),
        "map": presenting.spots_map(unit, communes, found, provinces_kept(today)),
    }
    return render(request, "web/economy/white_spots.html", about)


def _province(request: HttpRequest, today: date) -> Unit | None:
    unit = place_of(request.GET.get("unit"), viewer=request.user, on=today)
    if unit and (unit.tier != Tier.PROVINCE or _ended(unit, today)):
        raise Http404
    return unit


def _lacking(request: HttpRequest) -> str:
    asked_for = request.GET.get("lacking", "")
    return asked_for if asked_for in presenting.LACKING else "htx"


@require_GET
@needs("look up")
def download(request: HttpRequest, ending: str) -> HttpResponse:
    """White spots as they are narrowed; in Vietnamese whatever the language of the page."""
    today = localdate()
    unit, lacking = _province(request, today), _lacking(request)
    with override("vi"):
        sheet = spots_sheet(spots(communes_standing(unit, today=today), lacking), lacking)
        caption = unit.full_name if unit else "Cả nước"
        data = as_csv(sheet) if ending == "csv" else workbook([sheet], caption=caption, title=sheet.heading)
    return sheet_sent(data, f"xa-trang.{ending}")
