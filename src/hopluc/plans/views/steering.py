"""Steering committees and their seats."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import agencies, may, needs
from hopluc.core.notices import done
from hopluc.plans import steering
from hopluc.plans.forms import CommitteeForm, EndForm, SeatForm
from hopluc.plans.models import Committee
from hopluc.plans.views.forms import page, sent, served

PAGE = 50


@require_GET
@needs("see")
def committee_list(request: StaffRequest) -> HttpResponse:
    found = steering.committees_listed(request.user, today=localdate())
    about = {"page": Paginator(found, PAGE).get_page(request.GET.get("page")), "may_draft": may(request.user, "draft")}
    return render(request, "plans/committees.html", about)


@require_GET
@needs("see")
def committee(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(steering.committees_visible(request.user), pk=pk)
    today = localdate()
    seats = steering.seats_of(found, viewer=request.user, on=today)
    about = {
        "committee": found,
        "seats": [each for each in seats if today in each.seat.validity or found.validity.upper],
        "past": [each for each in seats if today not in each.seat.validity and not found.validity.upper],
        "history": steering.committee_history(found),
        "may_change": found.standing_id in agencies(request.user, "draft"),
    }
    return render(request, "plans/committee.html", about)


@require_http_methods(["GET", "POST"])
@needs("draft")
def create(request: StaffRequest) -> HttpResponse:
    form = CommitteeForm(sent(request), by=request.user)
    made: list[Committee] = []
    if served(form, lambda about: made.append(steering.committee_found(by=request.user, **about))):
        done(request, _("The committee is entered. Now add its seats."))
        return redirect("plans:committee", made[0].pk)
    return page(request, form, "plans/committee_form.html")


@require_http_methods(["GET", "POST"])
@needs("draft")
def change(request: StaffRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    form = CommitteeForm(sent(request), by=request.user, committee=found, initial=CommitteeForm.initial_of(found))
    if served(form, lambda about: steering.committee_change(committee=found, by=request.user, **about)):
        done(request, _("Saved."))
        return redirect("plans:committee", pk)
    return page(request, form, "plans/committee_form.html", committee=found, what="change")


@require_http_methods(["GET", "POST"])
@needs("draft")
def end(request: StaffRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    form = EndForm(sent(request), initial={"last_day": localdate()})
    if served(form, lambda about: steering.committee_end(committee=found, by=request.user, **about)):
        done(request, _("The committee ends on that day."))
        return redirect("plans:committee", pk)
    return page(request, form, "plans/committee_form.html", committee=found, what="end")


@require_http_methods(["GET", "POST"])
@needs("draft")
def seat_add(request: StaffRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    form = SeatForm(sent(request))
    if served(form, lambda about: steering.seat_add(committee=found, by=request.user, **about)):
        done(request, _("The seat is entered."))
        return redirect("plans:committee", pk)
    return page(request, form, "plans/committee_form.html", committee=found, what="seat")


@require_http_methods(["GET", "POST"])
@needs("draft")
def seat(request: StaffRequest, pk: int, seat_id: int) -> HttpResponse:
    found = _own(request, pk)
    one = get_object_or_404(found.members.select_related("committee__standing"), pk=seat_id)
    form = SeatForm(sent(request), initial=SeatForm.initial_of(one))
    if served(form, lambda about: steering.seat_change(seat=one, by=request.user, **about)):
        done(request, _("Saved."))
        return redirect("plans:committee", pk)
    return page(request, form, "plans/committee_form.html", committee=found, what="seat")


def _own(request: StaffRequest, pk: int) -> Committee:
    """A committee whose standing agency's coordinators the viewer is of."""
    kept = Committee.objects.filter(standing__in=agencies(request.user, "draft")).select_related("standing", "unit")
    return get_object_or_404(kept, pk=pk)
