"""The days ahead: on which tasks and reports are due, by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models.fields.json import KT

from hopluc.core.workdays import Reason, calendar_around
from hopluc.plans.models import Duty, Plan, Task
from hopluc.plans.speech import deadline_next, duty_next

AHEAD = timedelta(days=366)  # how far ahead what comes again is looked for
OFTEN = 400  # days at most that a rule gives within that time: daily work
YEARLY = 13  # of a rule that gives a day a month at most
SHORT = ("daily", "weekly")
ONCE = ("by", "range")
DATED = (*ONCE, "annual", "recurring")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A day on which something is due; of work that comes more often than monthly, the first day in each month."""

    day: date
    kind: str  # duty, task: reports stand first on a day
    pk: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Each month that has something, `2026-12`, in their order, with what is due: day, kind and ids."""

    months: dict[str, list[tuple[date, str, list[int]]]]
    passed: int  # tasks whose last day is over

    def count(self, month: str) -> int:
        return sum(len(ids) for _day, _kind, ids in self.months[month])

    def entries(self, month: str) -> list[Entry]:
        """What is due in a month in its order; nothing in a month that is not there."""
        return sorted(Entry(day, kind, pk) for day, kind, ids in self.months.get(month, []) for pk in ids)


@dataclass(frozen=True, slots=True)
class Early:
    """The last working day before a day that is off, and why it is off."""

    day: date
    why: Reason


def early(days: Iterable[date]) -> dict[date, Early]:
    """Of these days those that are no working days, each with when to hand in instead. One query."""
    due = set(days)
    working = calendar_around(due)
    off = (day for day in due if working.covers(day) and not working.is_working(day))
    return {day: Early(working.on_or_before(day), working.explain(day)) for day in off}


def calendar(plan: Plan, duties: list[Duty], *, today: date) -> Calendar:
    """What is due from today on. Tasks in one query, grouped by their deadline: a few hundred rows for thousands of tasks."""
    months: dict[str, list[tuple[date, str, list[int]]]] = defaultdict(list)
    passed, yesterday = 0, today - timedelta(days=1)
    for kind, start, end, rule, ids in _deadlines(plan):
        last = end if kind in ONCE else min(filter(None, (end, today + AHEAD)))
        deadline = {"raw": "", "kind": kind, "start": start, "end": last and last.isoformat(), "rule": rule}
        days = _firsts(deadline_next(deadline, after=yesterday, count=OFTEN))
        passed += 0 if days or not end or end >= today else len(ids)
        for day in days:
            months[_month(day)].append((day, "task", ids))
    for duty in duties:
        count = OFTEN if duty.value.get("frequency") in SHORT else YEARLY
        days = [day for day in duty_next(duty.value, after=yesterday, count=count) if day <= today + AHEAD]
        for day in _firsts(days):
            months[_month(day)].append((day, "duty", [duty.pk]))
    return Calendar({month: months[month] for month in sorted(months)}, passed)


def _deadlines(plan: Plan) -> list[tuple[str, str | None, date | None, str | None, list[int]]]:
    tasks = plan.tasks.filter(deadline_kind__in=DATED).order_by()
    rows = tasks.values_list("deadline_kind", KT("deadline__start"), "ends_on", KT("deadline__rule"))
    return list(rows.annotate(ids=ArrayAgg("pk")))


def _firsts(days: Iterable[date]) -> list[date]:
    """One day of each month, the first."""
    return list({_month(day): day for day in sorted(days, reverse=True)}.values())


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def tasks_of(entries: list[Entry]) -> dict[int, Task]:
    """The tasks that these entries speak of, by id."""
    ids = [entry.pk for entry in entries if entry.kind == "task"]
    return Task.objects.defer("sort_key", "words", "spans", "inherited").in_bulk(ids) if ids else {}
