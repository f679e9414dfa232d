"""Lists of organisations by Excel: send one, say which column is what, look at each row, take over, undo; and the same way back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.downloads import sheet_sent
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.registry import selectors
from hopluc.registry.forms import ListForm
from hopluc.registry.intake import staging
from hopluc.registry.intake.columns import SCALES, ListColumn, columns_from, is_money, roles
from hopluc.registry.intake.layout import layout_sheet, whole_layout
from hopluc.registry.intake.presenting import chips, role_choices, row_lines
from hopluc.registry.intake.taking import import_take, rows_ready
from hopluc.registry.intake.undoing import import_undo
from hopluc.registry.models import ImportRow, ListImport, Organisation
from vanban.sheets import workbook
from vanban.tasksheets.cells import letters

PAGE, PAST = 50, 20
KINDS = "XLSX, XLS, ODS, CSV"
ACCEPT = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv"
UNPROCESSABLE = 422
Json = dict[str, Any]


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def lists(request: StaffRequest) -> HttpResponseBase:
    """Send a list; those that were sent."""
    form = ListForm(request.POST if request.method == "POST" else None, initial={"since": localdate()})
    if request.method == "POST" and form.is_valid():
        address = _receive(request, form)
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    past = _own(request).select_related("by").defer("mapping")[:PAST]
    about = {"form": form, "past": past, "limit": settings.UPLOAD_BYTES, "kinds": KINDS, "accept": ACCEPT}
    return render(request, "registry/imports.html", about, status=UNPROCESSABLE if form.is_bound else 200)


def _receive(request: StaffRequest, form: ListForm) -> str:
    try:
        sent = staging.list_receive(upload=request.FILES.get("list"), by=request.user, **form.cleaned_data)
    except Problem as problem:
        messages.error(request, str(problem))
        return reverse("registry:imports")
    return reverse("registry:import", args=[sent.pk])


@require_GET
@needs("keep registry")
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """How far it is; which column is what; or each row beside the registry."""
    sent = _sent(request, pk)
    asked = "columns" in request.GET and sent.state in ("checked", "undone", "failed") and _has_columns(sent)
    if sent.state == ListImport.State.MAPPING or asked:
        return render(request, "registry/import_columns.html", _columns_about(sent))
    if sent.state in ("checked", "undone"):
        return render(request, "registry/import_rows.html", _rows_about(request, sent))
    return render(request, "registry/import_wait.html", _status_about(sent))


@require_GET
@needs("keep registry")
def status(request: StaffRequest, pk: int) -> HttpResponse:
    """Asked for while it is worked on; once that is over the whole page comes anew."""
    sent = _sent(request, pk)
    response = render(request, "registry/_import_status.html", _status_about(sent))
    if sent.state not in staging.AT_WORK:
        response["HX-Refresh"] = "true"
    return response


def _status_about(sent: ListImport) -> Json:
    return {"sent": sent, "problem": _problem(sent), "has_columns": _has_columns(sent)}


def _has_columns(sent: ListImport) -> bool:
    return "mapping" in (sent.mapping or {})


def _problem(sent: ListImport) -> str:
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    return str(sent.problem[language]) if sent.problem else ""


def _columns_about(sent: ListImport) -> Json:
    assert sent.mapping is not None
    mapping = sent.mapping["mapping"]
    first, last = mapping["header"] or (1, 1)
    preview = enumerate(sent.mapping["preview"], start=sent.mapping["first"])
    return {
        "sent": sent,
        "columns": [
            {"column": one, "letters": letters(one.index), "money": is_money(one.role)} for one in columns_from(mapping)
        ],
        "groups": role_choices(),
        "scales": SCALES.items(),
        "header": mapping["header"] or [1, 1],
        "sheet": mapping["sheet"],
        "rows": [
            {"number": number, "cells": cells, "heads": bool(mapping["header"]) and first <= number <= last}
            for number, cells in preview
        ],
    }


def _rows_about(request: StaffRequest, sent: ListImport) -> Json:
    assert sent.mapping is not None
    state = request.GET.get("state", "")
    counts = staging.rows_counted(sent)
    page = Paginator(_narrowed(sent, state), PAGE).get_page(request.GET.get("page"))
    return {
        "sent": sent,
        "counts": counts,
        "ready": rows_ready(sent).count() if sent.state == "checked" else 0,
        "chips": list(chips(counts, state)),
        "page": page,
        "lines": row_lines(list(page.object_list), columns_from(sent.mapping["mapping"])),
    }


def _narrowed(sent: ListImport, state: str) -> Any:
    rows = ImportRow.objects.filter(list_import=sent).order_by("number")
    if state == "skipped":
        return rows.filter(decision="skip").exclude(state="taken")
    if state == "warned":
        return rows.filter(warned=True)
    if state in ImportRow.State.values:
        found = rows.filter(state=state)
        return found if state == "taken" else found.exclude(decision="skip")
    return rows


@require_POST
@needs("keep registry")
def columns(request: StaffRequest, pk: int) -> HttpResponse:
    """Which column is what, as somebody confirmed it."""
    sent = _sent(request, pk)
    if sent.mapping is None or not _has_columns(sent):
        return redirect("registry:import", pk)
    chosen = [_chosen(one, request) for one in columns_from(sent.mapping["mapping"])]
    typed = request.POST.get("year", "")
    year = int(typed) if typed.isdecimal() and 2000 <= int(typed[:4]) <= localdate().year else sent.since.year - 1
    try:
        staging.columns_choose(sent=sent, columns=chosen, year=year, by=request.user)
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect(f"{reverse('registry:import', args=[pk])}?columns=1")
    return redirect("registry:import", pk)


def _chosen(one: ListColumn, request: StaffRequest) -> ListColumn:
    role = request.POST.get(f"column-{one.index}", one.role)
    scale = request.POST.get(f"scale-{one.index}", "")
    return ListColumn(
        one.index,
        one.name,
        role if role in roles() else one.role,
        1.0,
        int(scale) if scale.isdecimal() and int(scale) in SCALES else one.scale,
        one.year,
    )


@require_POST
@needs("keep registry")
def again(request: StaffRequest, pk: int) -> HttpResponse:
    """Another sheet of the workbook, or other heading rows."""
    sent = _sent(request, pk)
    sheet = request.POST.get("sheet", "")
    rows = [int(row) for row in (request.POST.get("first", ""), request.POST.get("last", "")) if row.isdecimal()]
    if sent.mapping and sheet in sent.mapping.get("sheets", ()) and len(rows) == 2 and 1 <= rows[0] <= rows[1]:
        try:
            staging.header_choose(sent=sent, sheet=sheet, header=(rows[0], rows[1]), by=request.user)
        except Problem as problem:
            messages.error(request, str(problem))
    else:
        messages.error(request, _("Choose a sheet and its heading rows, first and last."))
    return redirect("registry:import", pk)


@require_POST
@needs("keep registry")
def decide(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """What somebody says of one row; answered with the row alone to htmx."""
    sent = _sent(request, pk)
    row = get_object_or_404(ImportRow.objects.select_related("list_import"), list_import=sent, number=number)
    try:
        row = staging.row_decide(row=row, decision=request.POST.get("decision", ""), by=request.user)
    except Problem as problem:
        messages.error(request, str(problem))
    if request.htmx and sent.mapping:
        (line,) = row_lines([row], columns_from(sent.mapping["mapping"]))
        return render(request, "registry/_import_row.html", {"sent": sent, "line": line})
    return redirect("registry:import", pk)


@require_POST
@needs("keep registry")
def take(request: StaffRequest, pk: int) -> HttpResponse:
    """All rows that are ready; the rest wait."""
    try:
        import_take(sent=_sent(request, pk), by=request.user)
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("registry:import", pk)


@require_POST
@needs("keep registry")
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        import_undo(sent=_sent(request, pk), by=request.user)
        done(request, _("The import is being undone."))
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("registry:import", pk)


@require_GET
@needs("keep registry")
def export(request: StaffRequest, pk: int) -> HttpResponse:
    """The organisations of a list as the registry has them now, in the columns of the list."""
    sent = _sent(request, pk)
    if not sent.mapping or "mapping" not in sent.mapping:
        return redirect("registry:import", pk)
    ids = sent.rows.exclude(organisation=None).values("organisation")
    found = Organisation.objects.filter(pk__in=ids, ended_on=None)
    return _sheet(columns_from(sent.mapping["mapping"]), found, sent.name, "danh-sach.xlsx")


@require_GET
@needs("keep registry")
def layout(request: StaffRequest) -> HttpResponse:
    """All that one keeps, in every column that a list can have: to edit in Excel and send back."""
    scope = selectors.scope_of(request.user, "keep registry")
    found = selectors.organisations_within(scope)
    return _sheet(whole_layout(year=localdate().year - 1), found, _("Registry"), "to-chuc.xlsx")


def _sheet(columns: list[ListColumn], found: Any, caption: str, name: str) -> HttpResponse:
    """In Vietnamese whatever the language of the page: it goes to offices."""
    rows = found.select_related("unit", "province").defer("words", "unit__words", "province__words")
    with override("vi"):
        sheet = layout_sheet(columns, rows.order_by("sort_key", "pk"), since=localdate())
        return sheet_sent(workbook([sheet], caption=caption, title=sheet.heading), name)


def _own(request: StaffRequest) -> Any:
    return staging.lists_seen(request.user)


def _sent(request: StaffRequest, pk: int) -> ListImport:
    found: ListImport = get_object_or_404(_own(request).select_related("owner", "by", "batch"), pk=pk)
    return found
