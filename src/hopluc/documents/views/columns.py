"""A task sheet: which column is what, and what its rows would give."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.errors import Problem
from hopluc.documents import sheets
from hopluc.documents.models import Document, Version
from hopluc.documents.presenting import language
from hopluc.documents.selectors import documents_drafted
from vanban.tasksheets.cells import letters
from vanban.tasksheets.mapping import ROLES

ISSUES = 100  # on a page
LABELS = {
    "number": _("Number"),
    "text": _("Task"),
    "lead": _("Leads"),
    "coordinate": _("Coordinates"),
    "deliverable": _("Deliverable"),
    "deadline": _("Time"),
    "start": _("Begins"),
    "end": _("Ends"),
    "topic": _("Topic"),
    "note": _("Note"),
    "ignored": _("(not read)"),
}


@require_http_methods(["GET", "POST"])
@needs("draft")
def page(request: StaffRequest, pk: int) -> HttpResponse:
    """The first rows with a choice over each column; below, once it was tried, what is wrong by cell."""
    document, version = _open(request, pk)
    if request.method == "POST":
        roles = {
            int(name.removeprefix("column-")): str(role)
            for name, role in request.POST.items()
            if name.startswith("column-") and name.removeprefix("column-").isdecimal() and role in ROLES
        }
        sheets.columns_choose(version=version, roles=roles, by=request.user)
        return redirect("documents:columns", pk)
    assert version.mapping is not None
    mapping = version.mapping["mapping"]
    first, last = mapping["header"] or (1, 1)
    trial = version.trial or {}
    issues = sorted(trial.get("issues", []), key=lambda issue: issue["level"] != "error")
    about = {
        "document": document,
        "version": version,
        "columns": [
            {
                **column,
                "letter": letters(column["index"]),
                "options": [(role, LABELS[role]) for role in ROLES],
            }
            for column in mapping["columns"]
        ],
        "header": mapping["header"] or [1, 1],
        "headed": bool(mapping["header"]),
        "sheet": mapping["sheet"],
        "rows": [
            {"number": number, "cells": cells, "heads": bool(mapping["header"]) and number in range(first, last + 1)}
            for number, cells in enumerate(version.mapping["preview"], start=version.mapping["first"])
        ],
        "issues": Paginator([{**issue, "words": issue["message"][language()]} for issue in issues], ISSUES).get_page(
            request.GET.get("page")
        ),
        "errors": sum(issue["level"] == "error" for issue in issues),
        "waiting": bool(version.mapping.get("confirmed")) and version.trial is None,
    }
    return render(request, "documents/columns.html", about)


@require_POST
@needs("draft")
def again(request: StaffRequest, pk: int) -> HttpResponse:
    """Another sheet of the workbook, or another heading row."""
    _document, version = _open(request, pk)
    assert version.mapping is not None
    sheet = request.POST.get("sheet", "")
    rows = [int(row) for row in (request.POST.get("first", ""), request.POST.get("last", "")) if row.isdecimal()]
    if sheet in version.mapping["sheets"] and len(rows) == 2 and 1 <= rows[0] <= rows[1]:
        sheets.header_choose(version=version, sheet=sheet, header=(rows[0], rows[1]), by=request.user)
        return redirect("documents:detail", pk)
    messages.error(request, _("Choose a sheet and its heading rows, first and last."))
    return redirect("documents:columns", pk)


@require_POST
@needs("draft")
def take(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the rows into the review."""
    _document, version = _open(request, pk)
    try:
        sheets.rows_take(version=version, by=request.user)
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("documents:columns", pk)
    return redirect("documents:review", pk)


def _open(request: StaffRequest, pk: int) -> tuple[Document, Version]:
    document = get_object_or_404(documents_drafted(request.user), pk=pk)
    newest = document.versions.filter(state="mapping").order_by("-number")[
        :1
    ]  # a corrected sheet may have come meanwhile
    return document, get_object_or_404(newest)
