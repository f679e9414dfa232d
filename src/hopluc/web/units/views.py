"""Units, a unit, an agency: open to look up; an agency to whoever is signed in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import administers, needs
from hopluc.accounts.selectors import may_meet, posts_of
from hopluc.core.folding import words
from hopluc.plans.selectors import tasks_of_agencies
from hopluc.registry.territories import standing_of
from hopluc.units import tree
from hopluc.units.ancestry import ancestry_of
from hopluc.units.holders import Paths
from hopluc.units.models import Agency, Unit
from hopluc.units.selectors import agencies_counted, agencies_found, agencies_of
from hopluc.web.units import presenting
from hopluc.web.units.days import Asked, asked, stops
from hopluc.web.units.line import drawn

PAGE, FOUND = 50, 12
AGENCIES = ("agencies", "former")  # of a unit, as `?show=` asks for them
LONGEST = 200  # characters of a search


class LookUp(HttpRequest):
    """For the types of views; never made."""

    htmx: HtmxDetails


@require_GET
@needs("look up")
@vary_on_headers("HX-Request")
def units(request: LookUp) -> HttpResponse:
    """The provinces of a day, as a map and as a list; or what a search found."""
    today = localdate()
    when = asked(request.GET.get("on", ""), today=today)
    typed = request.GET.get("q", "").strip()[:LONGEST]
    if words(typed):
        return render(request, "web/units/found.html", {"typed_here": typed, **_found(typed, today)})
    atlas = tree.atlas()
    rows = presenting.province_rows(atlas.on(when.day))
    about = {
        "when": when,
        "rows": rows,
        "totals": _totals(rows),
        "map": presenting.country_map(rows, when.day),
        "stops": stops(atlas.events, day=when.day, today=today),
        "merged": when.day >= presenting.MERGED,
    }
    return render(request, "web/units/_day.html" if request.htmx else "web/units/list.html", about)


def _totals(rows: list[presenting.ProvinceRow]) -> dict[str, int]:
    return {
        "provinces": len(rows),
        "districts": sum(row.province.districts for row in rows),
        "communes": sum(row.province.communes for row in rows),
    }


def _found(typed: str, today: date) -> dict[str, Any]:
    """The first few units and agencies; one kind page by page stands in the search over everything."""
    places, agencies = tree.units_named(typed, on=today), agencies_found(typed, on=today)
    return {
        "units_found": presenting.unit_hits(places[:FOUND], today=today),
        "units_count": places.count(),
        "agencies_found": presenting.agency_hits(agencies[:FOUND], today=today),
        "agencies_count": agencies.count(),
    }


@require_GET
@needs("look up")
def unit(request: LookUp, key: str) -> HttpResponse:
    """A province, a district or a commune: facts, map, what it was made of and became, what lies in it, its agencies."""
    found = get_object_or_404(Unit.objects.select_related("parent__parent"), key=key)
    today = localdate()
    when = _within(found, asked(request.GET.get("on", ""), today=today), today)
    shows = request.GET.get("show", "")
    made_of, became = tree.relatives(found)
    about = {
        "unit": found,
        "when": when,
        "above": tree.around(found),
        "former": list(found.former_names.order_by("validity")),
        "made_of": made_of,
        "became": became,
        "unknowns": presenting.unknowns(key),
        "maps": presenting.unit_map(found, today),
        "economy": _economy(found, today),
        "ended": presenting.last_day(found.validity.upper) if found.validity.upper else None,
        "administers": request.user.is_authenticated and administers(request.user, _province(found).pk),
        **_shown(request, found, when.day, shows),
    }
    return render(request, "web/units/unit.html", about)


def _economy(found: Unit, today: date) -> dict[str, int]:
    """Organisations there today, of a unit in force."""
    if found.validity.upper and found.validity.upper <= today:
        return {}
    standing, _partly = standing_of(found, today=today)
    return {kind: standing.of("organisations", kind) for kind in ("htx", "tht")}


def _within(found: Unit, when: Asked, today: date) -> Asked:
    """A day on which the unit was: the one asked for, or its last."""
    if when.day in found.validity:
        return when
    end = found.validity.upper
    day = min(presenting.last_day(end), today) if end and when.day >= end else found.validity.lower
    if when.day == today and not when.problem:
        return Asked(day)  # nobody asked for another
    sentence = _("%(unit)s was not in force on %(day)s. Shown is %(shown)s.")
    about = {"unit": found.full_name, "day": date_format(when.day), "shown": date_format(day)}
    return Asked(day, sentence % about)


def _province(found: Unit) -> Unit:
    return _province(found.parent) if found.parent else found


def _shown(request: HttpRequest, found: Unit, day: date, shows: str) -> dict[str, Any]:
    """Its communes or its agencies, page by page, with the tabs that choose."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    if found.tier == "commune" and shows != "former":
        shows = "agencies"
    districts = list(tree.districts_of(found, day)) if found.tier == "province" else []
    communes = tree.communes_of(found, day, typed)
    listed: QuerySet[Any]
    if shows in AGENCIES:
        listed = agencies_of(found, on=day, former=shows == "former")
    else:
        listed = tree.with_relatives(communes, ended=found.validity.upper is not None)
    page = _page(request, listed)
    count = communes.count() if shows in AGENCIES else page.paginator.count
    return {
        "shows": shows or "communes",
        "districts": districts,
        "typed_here": typed,
        "page": page,
        "counts": {"communes": None if found.tier == "commune" else count, **agencies_counted(found, on=day)},
    }


def _page(request: HttpRequest, rows: QuerySet[Any], size: int = PAGE) -> Page:
    return Paginator(rows, size).get_page(request.GET.get("page"))


@require_GET
@needs("see")
def agency(request: StaffRequest, pk: int) -> HttpResponse:
    """An agency: facts, its line of time, its people, the tasks that it holds."""
    found = get_object_or_404(
        Agency.objects.select_related("body", "unit", "province", "parent", "seat").defer("words"), pk=pk
    )
    today = localdate()
    ancestry = ancestry_of(found)
    over = bool(found.validity.upper and found.validity.upper <= today)
    tasks = tasks_of_agencies(set() if over else ancestry.before, viewer=request.user)
    people = posts_of(found, viewer=request.user, on=today)
    shows = request.GET.get("show", "")
    about: dict[str, Any] = {
        "this": found,
        "today": today,
        "ended": presenting.last_day(found.validity.upper) if found.validity.upper else None,
        "over": over,
        "now": _now(found, today) if over else [],
        "aliases": found.aliases.splitlines(),
        "may_meet": may_meet(request.user, found),
        "administers": administers(request.user, found.province_id),
        "counts": {"tasks": tasks.count(), "people": people.count()},
        "shows": shows if shows in ("tasks", "people") else "line",
    }
    if about["shows"] == "line":
        about |= {"ancestry": ancestry, "drawing": drawn(ancestry, today=today) if ancestry.links else None}
    else:
        about["page"] = _page(request, tasks if shows == "tasks" else people, 20)
    return render(request, "web/units/agency.html", about)


def _now(found: Agency, today: date) -> list[Agency]:
    """Who holds its work now, where no field says otherwise."""
    return [holding.agency for holding in Paths([found.pk], on=today).of(found.pk) if holding.agency]
