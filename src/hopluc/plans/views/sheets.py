"""A plan's tasks, targets or duties as files, just as the page shows them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import override
from django.views.decorators.http import require_GET

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.downloads import sheet_sent
from hopluc.plans.choices import choices
from hopluc.plans.filters import Filters
from hopluc.plans.models import Plan
from hopluc.plans.outline import outline_of
from hopluc.plans.presenting import body_names
from hopluc.plans.selectors import plan_seen, tasks_filtered, tasks_tallied
from hopluc.plans.sheets import caption, duties_sheet, file_name, targets_sheet, tasks_sheet
from hopluc.plans.word import assignment
from vanban.sheets import Sheet, as_csv, workbook


@require_GET
@needs("see")
def download(request: StaffRequest, pk: int, what: str, ending: str) -> HttpResponse:
    """The sheet, in Vietnamese whatever the language of the page: it goes to offices."""
    plan = get_object_or_404(plan_seen(int(pk), viewer=request.user))
    filters = Filters.of(request.GET)
    with override("vi"):
        sheet = _sheet(plan, what, filters)
        title = _title(plan, filters) if what == "tasks" else plan.title
    data = as_csv(sheet) if ending == "csv" else workbook([sheet], caption=caption(plan), title=title)
    return sheet_sent(data, file_name(plan, ending, what))


def _sheet(plan: Plan, what: str, filters: Filters) -> Sheet:
    if what == "targets":
        return targets_sheet(plan.targets.all())
    if what == "duties":
        duties = list(plan.duties.all())
        return duties_sheet(duties, body_names(duty.value for duty in duties))
    tasks = tasks_filtered(plan, filters, outline_of(plan, {}))
    return tasks_sheet(plan, tasks, today=localdate())


def _title(plan: Plan, filters: Filters) -> str:
    """The title, and what the rows were narrowed to."""
    if not filters.narrowed:
        return plan.title
    words = choices(filters, tasks_tallied(plan), {filters.state: 0} if filters.state else {}).chosen
    return f"{plan.title} (lọc: {'; '.join([*words, *filter(None, [filters.q])]) or 'theo đề mục'})"


@require_GET
@needs("see")
def annex(request: StaffRequest, pk: int) -> HttpResponse:
    """The shown tasks as an assignment annex in Word."""
    plans = plan_seen(pk, viewer=request.user)
    plan = get_object_or_404(plans.select_related("owner__body", "owner__unit", "owner__parent"))
    with override("vi"):
        data = assignment(plan, tasks_filtered(plan, Filters.of(request.GET), outline_of(plan, {})), today=localdate())
    return sheet_sent(data, file_name(plan, "docx", "annex"))
