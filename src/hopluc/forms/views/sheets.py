"""A filing by Excel: out, back, looked at, taken over."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.downloads import sheet_sent
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.forms.filing_sheets import (
    changes_of,
    filing_sheet_apply,
    filing_sheet_look,
    filing_sheet_receive,
    filing_spec,
)
from hopluc.forms.models import ReceivedSheet
from hopluc.forms.sheets import sheet_make
from hopluc.forms.views.filings import UNPROCESSABLE, _mine, _page, _visible


@require_GET
@needs("fill in")
def download(request: StaffRequest, pk: int) -> HttpResponse:
    filing = _mine(request, pk)
    return sheet_sent(sheet_make(filing_spec(filing)), f"{filing.form.code}-{filing.pk}.xlsx")


@require_POST
@needs("fill in")
def send(request: StaffRequest, pk: int) -> HttpResponse:
    filing = _mine(request, pk)
    upload = request.FILES.get("file")
    if upload is None:
        return _page(
            request, filing, status=UNPROCESSABLE, sheet_problem=_("Choose the Excel form that you filled in.")
        )
    try:
        received = filing_sheet_receive(filing=filing, upload=upload, by=request.user)
    except Problem as problem:
        return _page(request, filing, status=UNPROCESSABLE, sheet_problem=problem)
    return redirect("forms:sheet_look", pk, received.pk)


@require_GET
@needs("fill in")
def look(request: StaffRequest, pk: int, sheet_id: int) -> HttpResponse:
    return _look(request, pk, sheet_id)


@require_POST
@needs("fill in")
def apply(request: StaffRequest, pk: int, sheet_id: int) -> HttpResponse:
    filing = _mine(request, pk)
    received = get_object_or_404(ReceivedSheet, pk=sheet_id, by=request.user)
    try:
        count = filing_sheet_apply(filing=filing, received=received, by=request.user)
    except Problem as problem:
        return _look(request, pk, sheet_id, problem=problem)
    done(request, ngettext("%(n)s value was taken over.", "%(n)s values were taken over.", count) % {"n": count})
    return redirect(reverse("forms:filing", args=[pk]))


def _look(request: StaffRequest, pk: int, sheet_id: int, problem: Problem | None = None) -> HttpResponse:
    filing = _mine(request, pk)
    received = get_object_or_404(ReceivedSheet, pk=sheet_id, by=request.user)
    about: dict[str, Any] = {"filing": filing, "received": received, "problem": problem}
    if received.applied_at is None:
        try:
            found = filing_sheet_look(filing=filing, received=received)
        except Problem as refused:
            about["problem"] = refused
        else:
            about |= {"found": found, "changes": changes_of(_visible(request, pk), found)}
    return render(request, "forms/sheet.html", about, status=UNPROCESSABLE if about["problem"] else 200)
