"""What compilers write and choose: passages, figures, explanations. Each answers with the page that it was made on."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.errors import Problem
from hopluc.reports import services
from hopluc.reports.models import Passage
from hopluc.reports.views.report import COMPILE, Page, acted, cell_page, gate_page, opened, text_page

CONFLICT = 409


def _to_part(page: Page, part: str) -> str:
    return reverse("reports:text", args=[page.campaign.pk]) + f"#part-{part}"


def _passage(page: Page, passage_id: int) -> Passage:
    return get_object_or_404(page.report.passages.select_related("report__campaign"), pk=passage_id)


@require_POST
@needs(COMPILE)
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """A passage more: typed, taken over from agencies (`take`: ids of filings), or computed."""
    page = opened(request, pk, writing=True)
    part, typed = request.POST.get("part", ""), request.POST.get("text", "")
    taken = [
        int(each) for each in request.POST.getlist("take") if each.isascii() and each.isdecimal() and len(each) < 18
    ]
    written = services.Written(part, typed, request.POST.get("kind") == Passage.Kind.COMPUTED, taken)
    try:
        services.passage_add(report=page.report, written=written, by=request.user)
    except Problem as problem:
        return text_page(page, status=CONFLICT, problem=problem, part_key=part)
    return acted(request, _("The passage stands in the report."), _to_part(page, part))


@require_POST
@needs(COMPILE)
def save(request: StaffRequest, pk: int, passage_id: int) -> HttpResponse:
    page = opened(request, pk, writing=True)
    passage = _passage(page, passage_id)
    seen, typed = request.POST.get("seen", ""), request.POST.get("text", "")
    if not (seen.isascii() and seen.isdecimal() and len(seen) < 9):
        raise Http404
    try:
        services.passage_save(passage=passage, text=typed, seen=int(seen), by=request.user)
    except Problem as problem:
        return text_page(page, status=CONFLICT, problem=problem, part_key=passage.part, edited=passage.pk, typed=typed)
    return acted(request, _("Saved."), _to_part(page, passage.part))


@require_POST
@needs(COMPILE)
def remove(request: StaffRequest, pk: int, passage_id: int) -> HttpResponse:
    page = opened(request, pk, writing=True)
    passage = _passage(page, passage_id)
    part = passage.part
    services.passage_remove(passage=passage, by=request.user)
    return acted(request, _("The passage was taken out."), _to_part(page, part))


@require_POST
@needs(COMPILE)
def move(request: StaffRequest, pk: int, passage_id: int) -> HttpResponse:
    page = opened(request, pk, writing=True)
    passage = _passage(page, passage_id)
    services.passage_move(passage=passage, up=request.POST.get("to") == "up", by=request.user)
    return acted(request, _("The passage was moved."), _to_part(page, passage.part))


@require_POST
@needs(COMPILE)
def pick(request: StaffRequest, pk: int, path: str) -> HttpResponse:
    """Take one statement, or a figure of one's own; without `origin` the usual one again."""
    page = opened(request, pk, writing=True)
    origin, typed, reason = (request.POST.get(name, "") for name in ("origin", "typed", "reason"))
    try:
        if origin:
            services.figure_pick(
                report=page.report, path=path, origin=origin, typed=typed, reason=reason, by=request.user
            )
        else:
            services.figure_unpick(report=page.report, path=path, by=request.user)
    except Problem as problem:
        return cell_page(page, path, status=CONFLICT, problem=problem, typed=typed, reason=reason)
    return acted(request, _("The report takes this figure now."), reverse("reports:cell", args=[pk, path]))


@require_POST
@needs(COMPILE)
def explain(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a clash stay with its reason; `reopen` takes that back."""
    page = opened(request, pk, writing=True)
    clash = request.POST.get("clash", "")[:64]
    try:
        if request.POST.get("reopen"):
            services.clash_reopen(report=page.report, clash=clash, by=request.user)
        else:
            services.clash_explain(
                report=page.report, clash=clash, reason=request.POST.get("reason", ""), by=request.user
            )
    except Problem as problem:
        return gate_page(page, status=CONFLICT, problem=problem)
    return acted(request, _("Noted."), reverse("reports:gate", args=[pk]))
