"""The list of plans, and how a reviewed document becomes one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.models import User
from hopluc.accounts.rights import may, needs
from hopluc.core.errors import Problem
from hopluc.documents.models import Document, Version
from hopluc.documents.review import review_reopen
from hopluc.documents.selectors import documents_drafted
from hopluc.plans.asking import day_typed, number, setting_asked
from hopluc.plans.drafts import Whom, draft_of
from hopluc.plans.expansion import Setting, bodies_named, lines, setting_of
from hopluc.plans.models import Plan
from hopluc.plans.selectors import plans_counted, plans_listed
from hopluc.plans.services import plan_issue
from hopluc.units.meaning import agencies_near
from hopluc.units.models import Unit
from hopluc.units.selectors import agencies_named

PAGE, SUGGESTIONS = 50, 20
UNPROCESSABLE = 422


@require_GET
@needs("see")
def plan_list(request: StaffRequest) -> HttpResponse:
    typed = request.GET.get("q", "").replace("\x00", "")[:200]
    state = request.GET.get("state", "")
    state = state if state in Plan.State.values else ""
    page = Paginator(plans_listed(viewer=request.user, typed=typed, state=state), PAGE).get_page(
        request.GET.get("page")
    )
    about = {
        "page": page,
        "typed_here": typed,
        "chosen": state,
        "chips": _chips(request.user, state),
        "may_draft": may(request.user, "draft"),
    }
    return render(request, "plans/_list.html" if request.htmx else "plans/list.html", about)


def _chips(viewer: User, chosen: str) -> list[dict[str, Any]]:
    """The states that there are plans of, each with how many."""
    counts = plans_counted(viewer=viewer)
    now = chosen or Plan.State.ISSUED
    return [
        {"label": state.label, "count": counts.get(state, 0), "state": state.value, "active": state == now}
        for state in Plan.State
        if counts.get(state) or state == now
    ]


@require_http_methods(["GET", "POST"])
@needs("draft")
def issue(request: StaffRequest, document_id: int) -> HttpResponse:
    """What would be issued, or what still stands in its way; posted: the plan."""
    document, version = _reviewed(request.user, document_id)
    reason = request.POST.get("reason", "")
    about = {"document": document, "version": version, "reason": reason}
    try:
        setting = setting_asked(request.POST or request.GET, document, version)
    except Problem as problem:
        return _refused(request, about, problem, setting_of(document, version))
    if request.method == "GET":
        return render(request, "plans/issue.html", about | _draft(version, setting))
    try:
        plan = plan_issue(document=document, by=request.user, reason=reason, setting=setting)
    except Problem as problem:
        return _refused(request, about, problem, setting)
    count = plan.tasks.count()
    said = ngettext("%(plan)s is issued with %(n)s task.", "%(plan)s is issued with %(n)s tasks.", count)
    messages.success(request, said % {"plan": plan.name, "n": count})
    return redirect("plans:detail", plan.pk)


def _refused(request: StaffRequest, about: dict[str, Any], problem: Problem, setting: Setting) -> HttpResponse:
    about = about | {"problem": problem} | _draft(about["version"], setting)
    return render(request, "plans/issue.html", about, status=UNPROCESSABLE)


@require_GET
@needs("draft")
def agencies(request: StaffRequest) -> JsonResponse:
    """Agencies to choose from, for what was typed of a name: those of a place and of the centre on a day."""
    unit = Unit.objects.filter(pk=number(request.GET.get("unit", ""))).first()
    on = day_typed(request.GET.get("on", "")) or localdate()
    found = agencies_named(request.GET.get("q", ""), among=agencies_near(unit, on))[:SUGGESTIONS]
    return JsonResponse({"results": [{"value": str(agency.pk), "text": agency.name} for agency in found]})


@require_POST
@needs("draft")
def reopen(request: StaffRequest, document_id: int) -> HttpResponse:
    """Change the review of a plan that was issued; the plan in force stays until a new edition is issued."""
    document, _version = _reviewed(request.user, document_id)
    review_reopen(document=document, by=request.user)
    messages.info(request, _("The review is open again. The plan stays in force until you issue a new edition."))
    return redirect("documents:review", document_id)


def _reviewed(viewer: User, document_id: int) -> tuple[Document, Version]:
    document = get_object_or_404(documents_drafted(viewer).select_related("owner__unit"), pk=document_id)
    versions = (
        document.versions.filter(state=Version.State.READ).defer("content", "layout", "headings").order_by("-number")
    )
    return document, get_object_or_404(versions[:1])


def _draft(version: Version, setting: Setting) -> dict[str, Any]:
    latest = setting.before
    draft = draft_of(version, latest)
    ready = draft.ready and not version.closed_at
    return {
        "draft": draft,
        "latest": latest,
        "edition": latest.edition + 1 if latest else 1,
        "setting": setting,
        "whom": Whom.of(lines(bodies_named(version), setting)) if ready else None,
    }
