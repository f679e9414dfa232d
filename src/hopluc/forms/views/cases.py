"""Cases: the list with what is left of their days, one case, and what is done with its clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import agencies, agencies_held, may, needs
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.core.templatetags.shown import with_query
from hopluc.core.workdays import Calendar, calendar_of
from hopluc.forms.cases import (
    FILL,
    CaseRule,
    case_close,
    case_open,
    case_pause,
    case_resume,
    cases_listed,
    cases_visible,
    clock_of,
    may_work,
)
from hopluc.forms.models import Case
from hopluc.forms.views.fields import CaseForm, CloseForm, PauseForm, ResumeForm

PAGE = 50
UNPROCESSABLE = 422
OTHER = "khac"  # kind of a case that somebody opens by hand
BACK = 3  # years that a case may be old


def _calendar() -> Calendar:
    year = localdate().year
    return calendar_of(year - BACK, year + BACK)


@require_GET
@needs("see filings")
def listing(request: StaffRequest) -> HttpResponse:
    closed = request.GET.get("state") == "closed"
    page = Paginator(cases_listed(viewer=request.user, closed=closed), PAGE).get_page(request.GET.get("page"))
    calendar, today = _calendar(), localdate()
    lines = [(case, clock_of(case, calendar=calendar, today=today)) for case in page]
    chips = [
        {"label": label, "url": with_query({"request": request}, state=key), "active": closed is bool(key)}
        for key, label in (("", _("Open")), ("closed", _("Closed")))
    ]
    about = {"page": page, "lines": lines, "chips": chips, "may_open": may(request.user, FILL)}
    return render(request, "forms/cases.html", about)


@require_http_methods(["GET", "POST"])
@needs("fill in")
def create(request: StaffRequest) -> HttpResponse:
    form = CaseForm(request.POST if request.method == "POST" else None, initial={"opened_on": localdate()})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        rule = CaseRule(given["days"], given["source"])
        agency = agencies_held(request.user, FILL)[0]
        try:
            case = case_open(
                kind=OTHER, title=given["title"], agency=agency, on=given["opened_on"], rule=rule, by=request.user
            )
        except (Problem, ValidationError) as refused:
            form.add_error(None, str(refused) if isinstance(refused, Problem) else refused.messages)
        else:
            return redirect("cases:detail", case.pk)
    return render(request, "forms/case_form.html", {"form": form}, status=UNPROCESSABLE if form.is_bound else 200)


@require_GET
@needs("see filings")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    return _case(request, pk)


@require_POST
@needs("fill in")
def pause(request: StaffRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "pause_form", PauseForm(request.POST), case_pause, _("The clock stands still."))


@require_POST
@needs("fill in")
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "resume_form", ResumeForm(request.POST), case_resume, _("The clock runs again."))


@require_POST
@needs("fill in")
def close(request: StaffRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "close_form", CloseForm(request.POST), case_close, _("The case is closed."))


def _mine(request: StaffRequest, pk: int) -> Case:
    return get_object_or_404(cases_visible(request.user).filter(agency__in=agencies(request.user, FILL)), pk=pk)


def _act(request: StaffRequest, pk: int, name: str, form: Form, act: Callable[..., None], words: str) -> HttpResponse:
    case = _mine(request, pk)
    if form.is_valid():
        try:
            act(case=case, by=request.user, **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            done(request, words)
            return redirect("cases:detail", pk)
    return _case(request, pk, status=UNPROCESSABLE, **{name: form})


def _case(request: StaffRequest, pk: int, *, status: int = 200, **forms: Any) -> HttpResponse:
    case = get_object_or_404(cases_visible(request.user), pk=pk)
    clock = clock_of(case, calendar=_calendar(), today=localdate())
    today = {"on": localdate()}
    about: dict[str, Any] = {"case": case, "clock": clock, "may_work": may_work(case, request.user)}
    about |= {
        "pause_form": PauseForm(initial=today, auto_id="pause_%s"),
        "resume_form": ResumeForm(initial=today, auto_id="resume_%s"),
        "close_form": CloseForm(initial=today, auto_id="close_%s"),
    }
    return render(request, "forms/case.html", {**about, **forms}, status=status)
