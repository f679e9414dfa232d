"""Agencies and people by Excel: the workbook to take away, what it would change when it comes back, and back again."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.models import PeopleImport
from hopluc.accounts.rights import needs
from hopluc.accounts.workbook.applying import Passwords, workbook_apply
from hopluc.accounts.workbook.exporting import book_of
from hopluc.accounts.workbook.gathering import facts_for
from hopluc.accounts.workbook.presenting import lines_of
from hopluc.accounts.workbook.receiving import checked, workbook_receive
from hopluc.accounts.workbook.undoing import import_undo
from hopluc.accounts.workbook.writing import write_workbook
from hopluc.core.downloads import XLSX, sheet_sent
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from vanban.sheets import Column, Sheet, workbook

FILE = "co-quan-va-nhan-su.xlsx"
PAGE = 100
PAST = 10  # imports that the page lists


@require_http_methods(["GET", "POST"])
@needs("administer")
def begin(request: StaffRequest) -> HttpResponseBase:
    """Take the workbook away, send it back."""
    if request.method == "POST":
        return _receive(request)
    past = PeopleImport.objects.filter(by=request.user, applied_at__isnull=False).defer("rows", "made")
    return render(request, "accounts/import.html", {"limit": settings.UPLOAD_BYTES, "past": past[:PAST]})


def _receive(request: StaffRequest) -> HttpResponseBase:
    address = reverse("accounts:import")
    upload = request.FILES.get("workbook")
    try:
        if upload is None:
            messages.error(request, _("No file was sent. Choose the workbook, then send it."))
        elif (upload.size or 0) > settings.UPLOAD_BYTES:
            messages.error(request, _("The file is too large. Send the workbook that was downloaded here."))
        else:
            address = reverse("accounts:import_preview", args=[workbook_receive(upload=upload, by=request.user).pk])
    except Problem as problem:
        messages.error(request, str(problem))
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


@require_GET
@needs("administer")
def download(request: StaffRequest) -> HttpResponse:
    """The workbook as of now, in Vietnamese whatever the language of the page: it goes to offices."""
    with override("vi"):
        data = write_workbook(book_of(facts_for(request.user)))
    return sheet_sent(data, FILE)


@require_GET
@needs("administer")
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """What would be added, changed, ended; or which cells are wrong."""
    sent = _sent(request, pk)
    if sent.applied_at:
        return render(request, "accounts/import_done.html", {"sent": sent})
    outcome, facts = checked(sent, by=request.user)
    rows: list[Any] = list(outcome.issues) or lines_of(outcome, facts)
    about = {
        "sent": sent,
        "issues": len(outcome.issues),
        "seen": outcome.fingerprint,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "counts": {verb: sum(line.verb == verb for line in rows) for verb in ("add", "change", "end")}
        if not outcome.issues
        else {},
        "accounts": sum(one.pk is None for one in outcome.people.accounts),
    }
    return render(request, "accounts/import_preview.html", about)


@require_POST
@needs("administer")
@never_cache
def apply(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Write it; temporary passwords are shown this once, and travel in the page alone."""
    sent = _sent(request, pk)
    try:
        passwords = workbook_apply(sent=sent, seen=request.POST.get("seen", ""), by=request.user)
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("accounts:import_preview", pk)
    sent.refresh_from_db()
    about = {"sent": sent, "passwords": passwords, "sheet": _passwords_sheet(passwords) if passwords else ""}
    return render(request, "accounts/import_done.html", about)


@require_POST
@needs("administer")
def undo(request: StaffRequest, pk: int) -> HttpResponseBase:
    try:
        import_undo(sent=_sent(request, pk), by=request.user)
        done(request, _("The import is undone: everything is as it was before."))
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("accounts:import")


def _sent(request: StaffRequest, pk: int) -> PeopleImport:
    return get_object_or_404(PeopleImport, pk=pk, by=request.user)


def _passwords_sheet(passwords: Passwords) -> str:
    """An Excel sheet as an address that holds it: nothing is kept from which it could be asked for again."""
    columns = (Column("Tên đăng nhập", 28), Column("Họ và tên", 34), Column("Mật khẩu tạm", 24))
    sheet = Sheet("Mật khẩu", "MẬT KHẨU TẠM", columns, tuple(passwords))
    data = workbook([sheet], caption="Đổi mật khẩu ngay khi đăng nhập lần đầu", title="")
    return f"data:{XLSX};base64,{b64encode(data).decode()}"
