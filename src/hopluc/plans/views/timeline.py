"""The timeline of a plan: its tasks by heading, their days as bars, a year or all of them at a time."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.plans.models import Plan
from hopluc.plans.outline import outline_of
from hopluc.plans.selectors import drafted_by, plan_seen
from hopluc.plans.timeline import STATES, parts, tasks_within, window_of, years_of
from hopluc.plans.working.states import Clock

PAGE = 40


@require_GET
@needs("see")
def timeline(request: StaffRequest, pk: int) -> HttpResponse:
    plan: Any = get_object_or_404(plan_seen(pk, viewer=request.user))
    today, years = localdate(), years_of(plan)
    window = window_of(years, request.GET.get("year", ""), today=today)
    page = Paginator(tasks_within(plan, window), PAGE).get_page(request.GET.get("page"))
    about = {
        "plan": plan,
        "tab": "timeline",
        "may_reopen": plan.state == Plan.State.ISSUED and drafted_by(plan, request.user),
        "years": years,
        "window": window,
        "now": window.at(today) if window.first <= today <= window.last else None,
        "page": page,
        "parts": parts(page, window, outline_of(plan, {}), clock=Clock.of(today)),
        "legend": STATES.items(),
    }
    return render(request, "plans/timeline.html", about)
