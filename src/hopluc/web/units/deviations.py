"""What an administrator enters about the agencies of the own province: new ones, ends, successors, days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.models import User
from hopluc.accounts.rights import needs, realm
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.units import services
from hopluc.units.kinds import kind
from hopluc.units.models import Agency, Unit
from hopluc.units.selectors import agencies_named
from hopluc.units.tree import around
from hopluc.web.units.forms import AddForm, EndForm, HandOverForm, MoveForm

SUGGESTIONS = 20


@require_http_methods(["GET", "POST"])
@needs("administer")
def agency_add(request: StaffRequest, key: str) -> HttpResponse:
    """An agency of a unit that the shipped data do not know."""
    unit = get_object_or_404(Unit.objects.select_related("parent__parent"), key=key)
    if not _own(request.user, (around(unit) or [unit])[0].pk):
        raise Http404
    form = AddForm(_sent(request), unit=unit)
    made: list[Agency] = []
    if _served(form, request, lambda about: made.append(_add(unit, **about))):
        done(request, _("The agency is entered."))
        return redirect("units:agency", made[0].pk)
    about: dict[str, Any] = {
        "unit": unit,
        "title": _("Add an agency of %(unit)s") % {"unit": unit.full_name},
        "sentence": _("For what your province has and the list does not. Everyone who looks up the unit sees it."),
        "action": _("Add the agency"),
        "back": reverse("units:unit", args=[key]),
    }
    return _form(request, form, **about)


def _add(unit: Unit, *, kind: str, name: str, on: date) -> Agency:
    services_body = kind or services.body_named(services.TYPED + name)
    return services.agency_add(unit=unit, body=services_body, name=name or _usual(kind, unit), on=on)


def _usual(key: str, unit: Unit) -> str:
    return kind(key).named(unit.kind, unit.name)


@require_http_methods(["GET", "POST"])
@needs("administer")
def agency_end(request: StaffRequest, pk: int) -> HttpResponse:
    agency = _agency(request, pk)
    form = EndForm(_sent(request))
    if _served(form, request, lambda about: services.agency_end(agency=agency, **about)):
        done(request, _("The end is entered."))
        return redirect("units:agency", pk)
    about = {
        "title": _("End %(agency)s") % {"agency": agency},
        "sentence": _("Nobody takes over. If somebody does, hand its work over instead."),
        "action": _("End the agency"),
    }
    return _form(request, form, agency, **about)


@require_http_methods(["GET", "POST"])
@needs("administer")
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """A successor, of all its work or of one field."""
    agency = _agency(request, pk)
    form = HandOverForm(_sent(request), among=_near(request.user, agency), source=str(pk))
    if _served(form, request, lambda about: services.succession_add(source=agency, **about)):
        done(request, _("The successor is entered."))
        return redirect("units:agency", pk)
    about = {
        "title": _("Hand over the work of %(agency)s") % {"agency": agency},
        "sentence": _("Tasks given to it are shown with the successor from that day."),
        "action": _("Enter the successor"),
    }
    return _form(request, form, agency, **about)


@require_http_methods(["GET", "POST"])
@needs("administer")
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """Another day for what was handed over on one."""
    agency = _agency(request, pk)
    days = sorted(set(agency.successors.values_list("on", flat=True)))
    form = MoveForm(_sent(request), days=days, initial={"to": date_format(days[0])} if days else {})
    if _served(form, request, lambda about: _move(agency, **about)):
        done(request, _("The day is changed."))
        return redirect("units:agency", pk)
    about = {
        "title": _("Another day for %(agency)s") % {"agency": agency},
        "sentence": _(
            "Provinces merged their agencies on days of their own. All that went over on the day moves with it."
        ),
        "action": _("Change the day"),
    }
    return _form(request, form, agency, **about)


def _move(agency: Agency, *, day: str, to: date, basis: str) -> None:
    services.succession_move(source=agency, on=date.fromisoformat(day), to=to, basis=basis)


@require_GET
@needs("administer")
def choose(request: StaffRequest) -> JsonResponse:
    """Agencies that may follow one, for what was typed of a name."""
    typed = request.GET.get("of", "")
    agency = _agencies(request.user).filter(pk=int(typed) if typed.isdecimal() and len(typed) < 10 else 0).first()
    among = _near(request.user, agency) if agency else Agency.objects.none()
    found = agencies_named(request.GET.get("q", ""), among=among)[:SUGGESTIONS]
    return JsonResponse({"results": [{"value": one.pk, "text": one.name, "note": _time(one)} for one in found]})


def _time(agency: Agency) -> str:
    return _("since %(day)s") % {"day": date_format(agency.validity.lower)}


def _near(viewer: User, agency: Agency) -> QuerySet[Agency]:
    """The other agencies of the provinces that the viewer administers, those that end no earlier."""
    later = Q(validity__endswith=None) | Q(validity__endswith__gt=agency.validity.lower)
    return _agencies(viewer).filter(later).exclude(pk=agency.pk)


def _agencies(viewer: User) -> QuerySet[Agency]:
    own = realm(viewer, "administer")
    return Agency.objects.all() if own.everywhere else Agency.objects.filter(province__in=own.provinces)


def _own(viewer: User, province: int) -> bool:
    own = realm(viewer, "administer")
    return own.everywhere or province in own.provinces


def _agency(request: StaffRequest, pk: int) -> Agency:
    return get_object_or_404(_agencies(request.user).select_related("unit"), pk=pk)


def _sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _served(form: Form, request: StaffRequest, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether a form was sent and its act done; what the service refuses stands above the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error.messages)
    except Problem as problem:
        form.add_error(None, str(problem))
    return form.is_valid()


def _form(request: StaffRequest, form: Form, this: Agency | None = None, **about: Any) -> HttpResponse:
    about |= {"form": form, "today": localdate()}
    if this:
        about |= {"this": this, "back": reverse("units:agency", args=[this.pk])}
    return render(request, "web/units/form.html", about, status=422 if form.is_bound else 200)
