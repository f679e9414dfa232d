"""How far the tasks of a plan are, in the words of the task table: for its rows, its filter and its counts alike.

Only occurrences whose period has begun count. A task with several lines may be in several of these states at once; where
one word has to do, it is the most pressing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from hopluc.plans.models import Line, Occurrence, Plan, Task
from hopluc.plans.working.states import OPEN, Clock, begun, due_soon, late, stale

State = Occurrence.State


@dataclass(frozen=True, slots=True)
class Standing:
    """Numbers of occurrences, and of lines."""

    overdue: int = 0
    returned: int = 0
    due_soon: int = 0
    stale: int = 0
    reported: int = 0
    in_progress: int = 0
    confirmed: int = 0
    begun: int = 0
    lines: int = 0
    waiting: int = 0

    @property
    def state(self) -> str:
        """The most pressing state; empty where no agency leads."""
        if not self.lines:
            return ""
        if self.begun and self.confirmed == self.begun:
            return str(State.CONFIRMED)
        return next((name for name in PRESSING if getattr(self, name)), str(State.NOT_STARTED))


PRESSING = ("overdue", "returned", "due_soon", "stale", "reported", "in_progress")
DONE, UNOWNED = "confirmed", "waiting"
STATES = (*PRESSING, DONE, UNOWNED)  # what a table can be narrowed to


def _conditions(clock: Clock) -> dict[str, Q]:
    known = begun(clock)
    return {
        "overdue": known & late(clock),
        "returned": known & Q(state=State.RETURNED),
        "due_soon": known & due_soon(clock),
        "stale": stale(clock),
        "reported": known & Q(state=State.REPORTED),
        "in_progress": known & Q(state=State.IN_PROGRESS),
    }


# The same as `_conditions`, of a plan with thousands of tasks: the database adds up, only what is shown becomes objects.
# Occurrences are added up by line before tasks are, so that nothing is counted twice and nothing needs to be sorted.
KNOWN = """
WITH worked AS (
    SELECT line_id, count(*) AS begun,
        count(*) FILTER (WHERE state = 'returned') AS returned,
        count(*) FILTER (WHERE state = 'reported') AS reported,
        count(*) FILTER (WHERE state = 'in_progress') AS in_progress,
        count(*) FILTER (WHERE state = 'confirmed') AS confirmed,
        count(*) FILTER (WHERE state = ANY(%(open)s) AND due_on < %(today)s) AS overdue,
        count(*) FILTER (WHERE state = ANY(%(open)s) AND due_on BETWEEN %(today)s AND %(soon)s) AS due_soon,
        count(*) FILTER (WHERE state = ANY(%(open)s) AND touched_on < %(stale)s) AS stale
    FROM plans_occurrence WHERE plan_id = %(plan)s AND lower(period) <= %(today)s GROUP BY line_id
), known AS (
    SELECT task_id, coalesce(sum(overdue), 0)::int AS overdue, coalesce(sum(returned), 0)::int AS returned,
        coalesce(sum(due_soon), 0)::int AS due_soon, coalesce(sum(stale), 0)::int AS stale,
        coalesce(sum(reported), 0)::int AS reported, coalesce(sum(in_progress), 0)::int AS in_progress,
        coalesce(sum(confirmed), 0)::int AS confirmed, coalesce(sum(begun), 0)::int AS begun,
        count(*) AS lines, count(*) FILTER (WHERE state = 'waiting') AS waiting
    FROM plans_line LEFT JOIN worked ON worked.line_id = id WHERE plan_id = %(plan)s GROUP BY task_id
)
SELECT NULL, count(*) FILTER (WHERE overdue > 0), count(*) FILTER (WHERE returned > 0), count(*) FILTER (WHERE due_soon > 0),
    count(*) FILTER (WHERE stale > 0), count(*) FILTER (WHERE reported > 0), count(*) FILTER (WHERE in_progress > 0),
    count(*) FILTER (WHERE begun > 0 AND confirmed = begun), count(*) FILTER (WHERE begun > 0), count(*),
    count(*) FILTER (WHERE waiting > 0)
FROM known UNION ALL SELECT * FROM known WHERE task_id = ANY(%(tasks)s)
"""


@dataclass(frozen=True, slots=True)
class Standings:
    """Of the tasks of a plan that have a lead."""

    of: dict[int, Standing]  # those asked for, by id
    counts: dict[str, int]  # how many tasks of the plan `tasks_standing` gives for each state


def standings_of(plan: Plan, tasks: Iterable[int], *, clock: Clock) -> Standings:
    """How far these tasks (ids) of a plan are, and how many of all its tasks are in which state; one query."""
    asked: dict[str, Any] = {"plan": plan.pk, "tasks": list(tasks), "open": list(OPEN)}
    days = {"today": clock.today, "soon": clock.soon, "stale": clock.stale}
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, asked | days)
        found = {task: Standing(*numbers) for task, *numbers in cursor.fetchall()}
    whole = found.pop(None)
    return Standings(found, {state: getattr(whole, state) for state in STATES})


def tasks_standing(tasks: QuerySet[Task], state: str, *, clock: Clock) -> QuerySet[Task]:
    """Those with something in this state; done where all that has begun is confirmed."""
    if state == UNOWNED:
        return tasks.filter(Exists(Line.objects.filter(task=OuterRef("pk"), state=Line.State.WAITING)))
    its = Occurrence.objects.filter(line__task=OuterRef("pk"))
    if state == DONE:
        known = its.filter(begun(clock))
        return tasks.filter(Exists(known), ~Exists(known.exclude(state=State.CONFIRMED)))
    return tasks.filter(Exists(its.filter(_conditions(clock)[state])))
