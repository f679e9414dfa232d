"""Filings: the list, the page on which they are filled in and saved as one types, and what is decided on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import agencies, needs
from hopluc.core.errors import Problem
from hopluc.core.models import StoredFile
from hopluc.core.notices import done
from hopluc.core.templatetags.shown import with_query
from hopluc.forms import services
from hopluc.forms.errors import ChangedMeanwhile, NotComplete, NotYourFiling
from hopluc.forms.filing import seal, stopping
from hopluc.forms.levels import levels_of, waiting_for
from hopluc.forms.models import Filing
from hopluc.forms.presenting import Sheet, summary
from hopluc.forms.selectors import (
    FILL,
    closed_by,
    filing_visible,
    filings_counted,
    filings_deciding,
    filings_listed,
    filings_visible,
    history,
    newer_version,
    powers,
)
from hopluc.forms.templatetags.drawn_fields import table_row
from hopluc.forms.views.fields import DayForm

PAGE = 50
CONFLICT, UNPROCESSABLE = 409, 422
State = Filing.State
Json = dict[str, Any]


@require_GET
@needs("see filings")
def listing(request: StaffRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    counts = filings_counted(viewer=request.user)
    page = Paginator(filings_listed(viewer=request.user, state=state), PAGE).get_page(request.GET.get("page"))
    chips = [
        {
            "label": label,
            "url": with_query({"request": request}, state=key),
            "active": key == state,
            "count": counts[key or "all"],
        }
        for key, label in [("", _("All")), *State.choices]
    ]
    about = {"page": page, "chips": chips, "deciding": filings_deciding(request.user), "today": localdate()}
    return render(request, "forms/filings.html", about)


@require_GET
@needs("see filings")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_POST
@needs("fill in")
def save(request: StaffRequest, pk: int) -> HttpResponse:
    """One field: as one types, or by its button without scripts."""
    filing = Filing(pk=pk)  # only which: whoever writes locks and reads it anew
    path, sent = request.POST.get("path", ""), request.POST
    about: Json = {}
    try:
        about["saved"] = _save(request, filing, path, _seen(sent.get("keep") or sent.get("seen", "")))
        status = 200
    except (Filing.DoesNotExist, NotYourFiling) as strange:
        raise Http404 from strange
    except ChangedMeanwhile as stale:
        about["stale"], status = stale, CONFLICT
    except Problem as problem:
        about["problem"], status = problem, UNPROCESSABLE
    if request.htmx:
        return _note(request, pk, path, about, status)
    if status == 200:
        return redirect(f"{_url(filing)}#f-{_dom(path)}")
    return _page(request, _visible(request, pk), status=status, **about)


def _save(request: StaffRequest, filing: Filing, path: str, seen: int) -> services.Saved:
    if upload := request.FILES.get("value"):
        return services.file_attach(filing=filing, path=path, upload=upload, seen=seen, by=request.user)
    typed = request.POST.get("value", "")
    return services.value_save(filing=filing, path=path, typed=typed, seen=seen, by=request.user)


def _note(request: StaffRequest, pk: int, path: str, about: Json, status: int) -> HttpResponse:
    """What stands beside the field now, and what of the rest of the page is other than it was."""
    saved: services.Saved | None = about.get("saved")
    filing = saved.filing if saved else _visible(request, pk)
    known = saved is not None and _seen(request.POST.get("known", ""), none=-1) == saved.since
    sheet = Sheet(filing, near=path if known else "")
    cell = sheet.cell_at(path)
    if cell is None:
        return render(request, "forms/_problem.html", about, status=status)
    about |= {
        "filing": filing,
        "cell": cell,
        "elsewhere": sheet.changed(path, saved.was) if saved and known else sheet.watched(),
        "stopping": len(stopping(sheet.found)),
        "at": saved.at if saved else None,
        "seen": _seen(request.POST.get("seen", "")),
        "now": timezone.now(),
    }
    return HttpResponse(render_to_string("forms/_saved.html", about), status=status)  # nothing there is of the frame


@require_POST
@needs("fill in")
def row_add(request: StaffRequest, pk: int) -> HttpResponse:
    filing, table = _mine(request, pk), request.POST.get("table", "")
    try:
        key = services.row_add(filing=filing, table=table, by=request.user)
    except Problem as problem:
        return _refused(request, filing, problem)
    filing = _visible(request, pk)
    if not request.htmx:
        return redirect(f"{_url(filing)}#t-{table}")
    row = Sheet(filing).row(filing.schema.fields[table], key)
    return HttpResponse(table_row(Context({"request": request, "filing": filing, "fill": True}), table, row))


@require_POST
@needs("fill in")
def row_remove(request: StaffRequest, pk: int) -> HttpResponse:
    filing = _mine(request, pk)
    table, _dot, row = request.POST.get("row", "").partition(".")
    try:
        services.row_remove(filing=filing, table=table, row=row, by=request.user)
    except Problem as problem:
        return _refused(request, filing, problem)
    done(request, _("The row was taken away."), undo=f"{reverse('forms:row_restore', args=[pk])}?row={table}.{row}")
    return redirect(f"{_url(filing)}#t-{table}")


@require_POST
@needs("fill in")
def row_restore(request: StaffRequest, pk: int) -> HttpResponse:
    filing = _mine(request, pk)
    table, _dot, row = request.GET.get("row", "").partition(".")
    return _act(
        request,
        filing,
        lambda: services.row_restore(filing=filing, table=table, row=row, by=request.user),
        _("The row is back."),
    )


@require_POST
@needs("fill in")
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    filing = Filing(pk=pk)
    try:
        services.filing_submit(filing=filing, by=request.user)
    except (Filing.DoesNotExist, NotYourFiling) as strange:
        raise Http404 from strange
    except NotComplete as refused:
        filing = _visible(request, pk)
        return _page(request, filing, status=UNPROCESSABLE, missing=summary(filing, refused.faults), problem=refused)
    except Problem as problem:
        return _refused(request, filing, problem)
    done(request, _("Handed in."))
    return redirect(_url(filing))


@require_POST
@needs("fill in")
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    filing = _mine(request, pk)
    return _act(request, filing, lambda: services.filing_withdraw(filing=filing, by=request.user), _("Taken back."))


@require_POST
@needs("see filings")
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    filing, seen = _visible(request, pk), request.POST.get("seen", "")
    return _act(
        request, filing, lambda: services.filing_approve(filing=filing, seen=seen, by=request.user), _("Approved.")
    )


@require_POST
@needs("see filings")
def send_back(request: StaffRequest, pk: int) -> HttpResponse:
    filing, reason = _visible(request, pk), request.POST.get("reason", "")
    return _act(
        request, filing, lambda: services.filing_return(filing=filing, reason=reason, by=request.user), _("Returned.")
    )


@require_POST
@needs("see filings")
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    filing = _visible(request, pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, filing, status=UNPROCESSABLE, reopen_form=form)
    given = form.cleaned_data
    return _act(
        request,
        filing,
        lambda: services.filing_reopen(filing=filing, until=given["until"], reason=given["reason"], by=request.user),
        _("Reopened."),
    )


@require_GET
@needs("see filings")
def file(request: StaffRequest, pk: int, path: str) -> FileResponse:
    """A file that was given as a value."""
    value = _visible(request, pk).values.get(path)
    if not isinstance(value, dict):
        raise Http404
    stored = get_object_or_404(StoredFile, pk=value["id"])
    return FileResponse(stored.data.open("rb"), as_attachment=True, filename=value["name"])


def _visible(request: StaffRequest, pk: int) -> Filing:
    if filing := filing_visible(request.user, pk):
        return filing
    raise Http404


def _mine(request: StaffRequest, pk: int) -> Filing:
    return get_object_or_404(filings_visible(request.user).filter(agency__in=agencies(request.user, FILL)), pk=pk)


def _url(filing: Filing) -> str:
    return reverse("forms:filing", args=[filing.pk])


def _dom(path: str) -> str:
    return path.replace(".", "-").replace("#", "-")


def _seen(text: str, *, none: int = 0) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else none


def _act(request: StaffRequest, filing: Filing, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except Problem as problem:
        return _refused(request, filing, problem)
    done(request, words)
    return redirect(_url(filing))


def _refused(request: StaffRequest, filing: Filing, problem: Problem) -> HttpResponse:
    return _page(request, _visible(request, filing.pk), status=CONFLICT, problem=problem)


def _page(request: StaffRequest, filing: Filing, *, status: int = 200, **about: Any) -> HttpResponse:
    sheet = Sheet(filing)
    closed = closed_by(filing)
    mine = powers(filing, request.user, today=localdate(), closed=closed is not None)
    shown = {
        "filing": filing,
        "parts": sheet.parts(),
        "stopping": len(stopping(sheet.found)),
        "powers": mine,
        "fill": mine.fill,
        "waiting": waiting_for(filing),
        "levels": levels_of(filing),
        "seal": seal(filing)[0] if mine.decide else "",
        "history": history(filing),
        "reopen_form": DayForm() if mine.reopen else None,
        "today": localdate(),
        "closed": closed,
        "newer": newer_version(filing) if mine.fill else None,
    }
    return render(request, "forms/filing.html", {**shown, **about}, status=status)
