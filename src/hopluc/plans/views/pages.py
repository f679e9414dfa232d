"""The pages of one plan: tasks, targets, calendar, chain, history; each thing opens in the side panel."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import agencies, needs
from hopluc.plans import aims
from hopluc.plans import calendar as days
from hopluc.plans import history as past
from hopluc.plans.chain import chain_above, plans_below
from hopluc.plans.choices import choices
from hopluc.plans.desk.lines import lines_shown
from hopluc.plans.desk.seen import notes_shown, part_in
from hopluc.plans.desk.standing import standings_of
from hopluc.plans.filters import Filters
from hopluc.plans.holding import Holders
from hopluc.plans.links import links_of
from hopluc.plans.models import Duty, Plan, Task
from hopluc.plans.outline import Outline, outline_of
from hopluc.plans.presenting import (
    duty_lines,
    duty_opened,
    rows,
    target_lines,
    target_opened,
    task_opened,
)
from hopluc.plans.selectors import drafted_by, plan_seen, task_seen, tasks_filtered, tasks_tallied
from hopluc.plans.steering import committee_meant
from hopluc.plans.working.concerning import concerns_of
from hopluc.plans.working.selectors import lines_of
from hopluc.plans.working.states import Clock

PAGE = 50
LINES = 12  # of a task, in the panel
Json = dict[str, Any]


@require_GET
@needs("see")
@vary_on_headers("HX-Request", "HX-Target")
def tasks(request: StaffRequest, pk: int) -> HttpResponse:
    """The task table; `?print=1` gives every task of the filter on one page."""
    plan = _plan(request, pk)
    filters = Filters.of(request.GET)
    about = _tasks(request, plan, filters)
    if request.GET.get("print"):
        return render(request, "plans/print.html", about)
    if not _swaps(request, "tasks"):
        return render(request, "plans/tasks.html", about)
    response = render(request, "plans/_tasks.html", about)
    response["HX-Push-Url"] = _address(plan, about["query"], request.GET.get("page", ""))
    return response


@require_GET
@needs("see")
@vary_on_headers("HX-Request", "HX-Target")
def task(request: StaffRequest, pk: int, task_id: int) -> HttpResponse:
    """A task beside the table that it was opened from."""
    plan = _plan(request, pk)
    filters = Filters.of(request.GET)
    found: Any = get_object_or_404(task_seen(plan), pk=task_id)
    today = localdate()
    alone = _swaps(request, "panel")
    listed = {} if alone else _tasks(request, plan, filters, beside=found)
    outline = outline_of(plan, {}) if alone else listed["outline"]
    holders = listed.get("holders") or Holders([found], on=today)
    about = {
        "plan": plan,
        "task": found,
        "thing": task_opened(found, plan, outline, holders, today=today),
        "committee": committee_meant(holders.bodies(found), plan, viewer=request.user, on=today),
        "lines": past.task_history(found, plan, changed=found.changed),  # of task_seen
        "close_url": _address(plan, filters.query, request.GET.get("page", "")),
    }
    if alone:
        return render(request, "plans/_task.html", about | _working(request, found, plan, today))
    return render(request, "plans/tasks.html", {**listed, **about, "opened": "plans/_task.html"})


@require_GET
@needs("see")
def targets(request: StaffRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    return render(request, "plans/targets.html", _targets(request, plan))


@require_GET
@needs("see")
@vary_on_headers("HX-Request", "HX-Target")
def target(request: StaffRequest, pk: int, target_id: int) -> HttpResponse:
    plan = _plan(request, pk)
    found = get_object_or_404(plan.targets, pk=target_id)
    about = {"plan": plan, "thing": target_opened(found, plan), "close_url": reverse("plans:targets", args=[pk])}
    if _swaps(request, "panel"):
        return render(request, "plans/_target.html", about)
    return render(request, "plans/targets.html", {**_targets(request, plan), **about, "opened": "plans/_target.html"})


@require_GET
@needs("see")
def calendar(request: StaffRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    return render(request, "plans/calendar.html", _calendar(request, plan, list(plan.duties.all())))


@require_GET
@needs("see")
@vary_on_headers("HX-Request", "HX-Target")
def duty(request: StaffRequest, pk: int, duty_id: int) -> HttpResponse:
    plan = _plan(request, pk)
    duties = list(plan.duties.all())
    found = next((duty for duty in duties if duty.pk == duty_id), None)
    if not found:
        raise Http404
    alone = _swaps(request, "panel")
    listed = {} if alone else _calendar(request, plan, duties)
    lines = duty_lines([found], today=localdate()) if alone else [line for line, _early in listed["duties"]]
    about = {
        "plan": plan,
        "thing": duty_opened(found, plan, next(line for line in lines if line.pk == duty_id)),
        "links": links_of(plan, viewer=request.user, duty=found),
        "close_url": reverse("plans:calendar", args=[pk]),
    }
    if alone:
        return render(request, "plans/_duty.html", about)
    return render(request, "plans/calendar.html", {**listed, **about, "opened": "plans/_duty.html"})


@require_GET
@needs("see")
def chain(request: StaffRequest, pk: int) -> HttpResponse:
    """The documents above, the plans below."""
    plan = _plan(request, pk)
    links = {"above": chain_above(plan, viewer=request.user), "below": plans_below(plan, viewer=request.user)}
    return render(request, "plans/chain.html", {**_head(request, plan, "chain"), **links})


@require_GET
@needs("see")
def history(request: StaffRequest, pk: int) -> HttpResponse:
    """Editions, the review, and what changed since the plan was issued."""
    plan = _plan(request, pk)
    page = Paginator(past.tasks_changed(plan), PAGE).get_page(request.GET.get("page"))
    about = {
        "editions": past.editions(plan),
        "shares": past.review_shares(plan),
        "page": page,
        "lines": past.changes_of_tasks(list(page)),
    }
    return render(request, "plans/history.html", {**_head(request, plan, "history"), **about})


def _working(request: StaffRequest, found: Task, plan: Plan, today: date) -> Json:
    """How far each of its lines is; what may be said and done about it. Beside the table it comes on its own, after it."""
    clock = Clock.of(today)
    shown = lines_shown(lines_of(found)[: LINES + 1], clock=clock)
    follows, part = part_in(found.pk, request.user)
    return {
        "work": shown[:LINES],
        "more_lines": len(shown) > LINES,
        "notes": notes_shown(found) if follows else None,
        "may_note": part,
        "concerns": concerns_of(found),
        "may_lead": plan.state == Plan.State.ISSUED and plan.owner_id in agencies(request.user, "decide"),
    }


def _plan(request: StaffRequest, pk: int) -> Any:
    """A plan with the number of its tasks."""
    return get_object_or_404(plan_seen(pk, viewer=request.user))


def _swaps(request: StaffRequest, target: str) -> bool:
    """Whether only this part of the page is asked for; going back in the browser asks for all of it."""
    return bool(request.htmx) and request.htmx.target == target and not request.htmx.history_restore_request


def _head(request: StaffRequest, plan: Any, tab: str) -> Json:
    """What every page of a plan says at its top."""
    return {
        "plan": plan,
        "tab": tab,
        "may_reopen": plan.state == Plan.State.ISSUED and drafted_by(plan, request.user),
    }


def _tasks(request: StaffRequest, plan: Any, filters: Filters, *, beside: Task | None = None) -> Json:
    """The table; `beside` is the task that stands open next to it, whose holders are found along with those of the table."""
    tally = tasks_tallied(plan)
    outline = outline_of(plan, tally.headings)
    clock = Clock.of(localdate())
    found = tasks_filtered(plan, filters, outline, clock=clock)
    total = plan.task_count  # counted by plan_seen
    size = max(total, 1) if request.GET.get("print") else PAGE
    page = _page(found, filters, size, total, request.GET.get("page", ""))
    holders = Holders([*page, *filter(None, [beside])], on=localdate())
    standing = standings_of(plan, (task.pk for task in page), clock=clock)
    return {
        **_head(request, plan, "tasks"),
        "filters": filters,
        "query": filters.query,
        "turn": _turn(filters.query, request.GET.get("page", "")),
        "sort": filters.sort or "position",
        "outline": outline,
        "tally": tally,
        "choices": choices(filters, tally, standing.counts),
        "page": page,
        "holders": holders,
        "rows": rows(page, plan, holders, standing.of),
        "heading": _heading(outline, filters),
    }


def _page(found: QuerySet[Any], filters: Filters, size: int, total: int, number: str) -> Page:
    """What is not narrowed need not be counted; the first page of what is comes with its count, in one query."""
    pages = Paginator(found, size)
    if not filters.narrowed:
        pages.count = total
    elif number in ("", "1"):
        first = list(found.annotate(all=Window(Count("*")))[:size])
        pages.count = first[0].all if first else 0
        return Page(first, 1, pages)
    return pages.get_page(number)


def _heading(outline: Outline, filters: Filters) -> str:
    node = outline.by_position.get(int(filters.heading)) if filters.heading else None
    return str(node.heading) if node else ""


def _address(plan: Plan, query: str, page: str) -> str:
    """The address of the list in this state."""
    return reverse("plans:detail", args=[plan.pk]) + _turn(query, page)


def _turn(query: str, page: str) -> str:
    """The state of the list, without what is empty."""
    return f"{query}{'&' if query else '?'}page={page}" if page.isdecimal() and page != "1" else query


def _targets(request: StaffRequest, plan: Plan) -> Json:
    page = Paginator(plan.targets.all(), PAGE).get_page(request.GET.get("page"))
    meant = aims.targets_meant(plan, page, viewer=request.user)
    rows = [(line, meant[line.pk]) for line in target_lines(page)]
    waiting = any(one.asks for _line, one in rows)
    return {**_head(request, plan, "targets"), "page": page, "rows": rows, "waiting": waiting}


def _calendar(request: StaffRequest, plan: Plan, duties: list[Duty]) -> Json:
    today = localdate()
    found = days.calendar(plan, duties, today=today)
    month = request.GET.get("month", "")
    month = month if month in found.months else next(iter(found.months), "")
    page = Paginator(found.entries(month), PAGE).get_page(request.GET.get("page"))
    lines = {line.pk: line for line in duty_lines(duties, today=today)}
    early = days.early([*(entry.day for entry in page), *(line.next_on for line in lines.values() if line.next_on)])
    return {
        **_head(request, plan, "calendar"),
        "above": links_of(plan, viewer=request.user),
        "months": [(key, _first_day(key), found.count(key)) for key in found.months],
        "month": month,
        "first_day": _first_day(month) if month else None,
        "passed": found.passed,
        "page": page,
        "entries": _shown(list(page), lines, plan, early),
        "duties": [(line, early.get(line.next_on) if line.next_on else None) for line in lines.values()],
    }


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _shown(entries: list[days.Entry], duties: dict[int, Any], plan: Plan, early: dict[date, days.Early]) -> list[Json]:
    """Entries with what they are about, and when to hand in where the day is off."""
    tasks = {row.pk: row for row in rows(days.tasks_of(entries).values(), plan)}
    return [
        {"day": entry.day, "early": early.get(entry.day)}
        | ({"duty": duties[entry.pk]} if entry.kind == "duty" else {"task": tasks[entry.pk]})
        for entry in entries
    ]
