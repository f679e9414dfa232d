"""Which dates of plans in force move with the calendar: the last working day on which a task or a report can be handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopluc.accounts.models import User
from hopluc.core.dependents import Moved, register
from hopluc.core.shortening import shortened
from hopluc.core.workdays import Calendar, days_moved
from hopluc.plans.calendar import DATED, ONCE
from hopluc.plans.models import Duty, Occurrence, Plan, Task
from hopluc.plans.presenting import duty_lines
from hopluc.plans.selectors import plans_visible
from hopluc.plans.speech import deadline_next, duty_next
from hopluc.plans.working.states import is_open

Json = dict[str, Any]
DAY = timedelta(days=1)
AHEAD = timedelta(days=731)
OFTEN = 110  # days at most that a rule gives within that time; daily work has no day that could move
DAILY = "DAILY"
LONGEST = 90  # characters of a task's words


@dataclass(frozen=True, slots=True)
class Shift:
    """A day on which something is due, with the last working day up to it, before and now."""

    due: date
    before: date
    after: date
    why: str


@register
def deadlines_moved(*, old: Calendar, new: Calendar, today: date, viewer: object) -> list[Moved]:
    """Tasks and reports of the next 24 months, in plans that the viewer sees; many tasks of one day as one line."""
    assert isinstance(viewer, User)
    shifts = {
        due: Shift(due, *pair, _why(old, new, *pair))
        for due, pair in days_moved(old, new, since=today).items()
        if due <= today + AHEAD
    }
    if not shifts:
        return []
    plans = plans_visible(viewer).filter(state=Plan.State.ISSUED).defer("words").in_bulk()
    return [*_tasks(plans, shifts), *_extended(plans, shifts), *_duties(plans, shifts, today)]


def _tasks(plans: Mapping[int, Plan], shifts: Mapping[date, Shift]) -> Iterator[Moved]:
    hit: dict[tuple[int, date], list[int]] = {}
    for plan, deadline, ids in _deadlines(plans, shifts):
        for day in _days(deadline, shifts):
            hit.setdefault((plan, day), []).extend(ids)
    alone = [ids[0] for ids in hit.values() if len(ids) == 1]
    texts = dict(Task.objects.filter(pk__in=alone).order_by().values_list("pk", "text"))
    for (plan, day), ids in hit.items():
        what = texts[ids[0]] if len(ids) == 1 else ngettext("%(n)s task", "%(n)s tasks", len(ids)) % {"n": len(ids)}
        url = (
            reverse("plans:task", args=[plan, ids[0]])
            if len(ids) == 1
            else reverse("plans:calendar", args=[plan]) + f"?month={day.year:04}-{day.month:02}"
        )
        yield _moved(plans[plan], shortened(what, LONGEST), url, shifts[day])


def _extended(plans: Mapping[int, Plan], shifts: Mapping[date, Shift]) -> Iterator[Moved]:
    """Days that were granted instead of those of the deadline."""
    granted = Occurrence.objects.filter(~Q(due_on=F("first_due_on")), is_open(), due_on__in=shifts, plan__in=plans)
    rows = granted.values_list("plan", "due_on", "line__task", "line__task__text", "line__agency__name")
    for plan, due, task, text, agency in rows.order_by("due_on", "pk"):
        what = shortened(f"{agency}: {text}", LONGEST)
        yield _moved(plans[plan], what, reverse("plans:task", args=[plan, task]), shifts[due])


def _deadlines(plans: Iterable[int], shifts: Iterable[date]) -> Iterator[tuple[int, tuple[str | None, ...], list[int]]]:
    """Deadlines that may fall on one of these days, each with its tasks: in one query, as `calendar` groups them."""
    once = Q(deadline_kind__in=ONCE, ends_on__in=shifts)
    again = Q(deadline_kind__in=[kind for kind in DATED if kind not in ONCE])
    tasks = Task.objects.filter(once | again, plan__in=plans).order_by()
    rows = tasks.values_list("plan", "deadline_kind", KT("deadline__start"), KT("deadline__end"), KT("deadline__rule"))
    for plan, *deadline, ids in rows.annotate(ids=ArrayAgg("pk", order_by="position")):
        yield plan, tuple(deadline), ids


def _days(deadline: tuple[str | None, ...], shifts: Mapping[date, Shift]) -> set[date]:
    kind, start, end, rule = deadline
    if rule and DAILY in rule:
        return set()
    value = {"raw": "", "kind": kind, "start": start, "end": end, "rule": rule}
    return set(deadline_next(value, after=min(shifts) - DAY, count=OFTEN)) & shifts.keys()


def _duties(plans: Mapping[int, Plan], shifts: Mapping[date, Shift], today: date) -> Iterator[Moved]:
    hit = [(duty, days) for duty in Duty.objects.filter(plan__in=plans) if (days := _duty_days(duty, shifts))]
    lines = {line.pk: line for line in duty_lines([duty for duty, _found in hit], today=today)}
    for duty, days in hit:
        what = _("Report to %(to)s") % {"to": lines[duty.pk].to}
        for day in sorted(days):
            yield _moved(plans[duty.plan_id], what, reverse("plans:duty", args=[duty.plan_id, duty.pk]), shifts[day])


def _duty_days(duty: Duty, shifts: Mapping[date, Shift]) -> set[date]:
    if duty.value.get("frequency") == "daily":
        return set()
    return set(duty_next(duty.value, after=min(shifts) - DAY, count=OFTEN)) & shifts.keys()


def _moved(plan: Plan, what: str, url: str, shift: Shift) -> Moved:
    why = _("Due on %(due)s. %(why)s") % {"due": _written(shift.due), "why": shift.why}
    return Moved(f"{plan.name}: {what}", url, shift.before, shift.after, why)


def _why(old: Calendar, new: Calendar, before: date, after: date) -> str:
    """What became of the later of the two days: it is off now, worked now, or no longer what it was."""
    day = max(before, after)
    reason = new.explain(day)
    if reason.kind == "plain":
        about = {"day": _written(day), "reason": old.explain(day)}
        return _("%(day)s is a working day again; it was: %(reason)s.") % about
    return _("%(day)s: %(reason)s.") % {"day": _written(day), "reason": reason}


def _written(day: date) -> str:
    return day.strftime("%d/%m/%Y")
