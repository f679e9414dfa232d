"""My work by Excel: the form of an agency out, back, looked at, taken over."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import agencies, needs
from hopluc.core.downloads import sheet_sent
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.forms.models import ReceivedSheet
from hopluc.forms.services import sheet_make
from hopluc.plans.desk.workbook import (
    FORM,
    agencies_due,
    work_sheet_apply,
    work_sheet_look,
    work_sheet_receive,
    work_spec,
)
from hopluc.plans.views.forms import UNPROCESSABLE
from hopluc.units.models import Agency

Json = dict[str, Any]


@require_http_methods(["GET", "POST"])
@needs("answer")
def workbooks(request: StaffRequest) -> HttpResponse:
    """The forms of one's agencies to download; posted: one that was filled in."""
    today, problem = localdate(), None
    if request.method == "POST":
        try:
            return redirect("work:workbook", _received(request).pk)
        except Problem as refused:
            problem = str(refused)
        except KeyError:
            problem = _("Choose the Excel form that you filled in.")
    about = {"agencies": agencies_due(request.user, today=today), "problem": problem}
    return render(request, "plans/desk/workbooks.html", about, status=UNPROCESSABLE if problem else 200)


def _received(request: StaffRequest) -> ReceivedSheet:
    upload = request.FILES["file"]
    assert not isinstance(upload, list)
    return work_sheet_receive(upload=upload, by=request.user)


@require_GET
@needs("answer")
def download(request: StaffRequest, agency: int) -> HttpResponse:
    asked = get_object_or_404(Agency.objects.filter(pk__in=agencies(request.user, "answer")), pk=agency)
    today = localdate()
    return sheet_sent(sheet_make(work_spec(asked, today=today)), f"cong-viec-{asked.pk}-{today:%Y%m%d}.xlsx")


@require_http_methods(["GET", "POST"])
@needs("answer")
def look(request: StaffRequest, pk: int) -> HttpResponse:
    """What a form that came back would change; posted: all of it is taken over."""
    received = get_object_or_404(ReceivedSheet, pk=pk, by=request.user, identity__form=FORM)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            count = work_sheet_apply(received=received, by=request.user)
        except Problem as refused:
            problem = refused
        else:
            said = ngettext("%(n)s item was answered.", "%(n)s items were answered.", count)
            done(request, said % {"n": count})
            return redirect("work:mine")
    about = _about(request, received, problem)
    return render(request, "plans/desk/workbook.html", about, status=UNPROCESSABLE if about["problem"] else 200)


def _about(request: StaffRequest, received: ReceivedSheet, problem: Problem | None) -> Json:
    about: Json = {"received": received, "problem": problem, "agency": received.identity["agency_name"]}
    if received.applied_at:
        return about
    try:
        looked = work_sheet_look(received=received, by=request.user)
    except Problem as refused:
        return {**about, "problem": refused}
    issues = getattr(problem, "issues", None) or looked.found.issues
    return {**about, "looked": looked, "issues": issues, "again": looked.again}
