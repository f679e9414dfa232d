"""How far the tasks of a plan are, in the words of the task table: for its rows, its filter and its counts alike.

Only occurrences whose period has begun count. A task with several lines may be in several of these states at once; where
one word has to do, it is the most pressing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hopluc.plans.models import Line, Occurrence, Plan, Task
from hopluc.plans.working.states import Clock, begun, due_soon, late, stale

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

    @property
    def states(self) -> Iterator[str]:
        """All that the task is in, as the filter of the table has it."""
        yield from (name for name in PRESSING if getattr(self, name))
        if self.begun and self.confirmed == self.begun:
            yield DONE
        if self.waiting:
            yield UNOWNED


PRESSING = ("overdue", "returned", "due_soon", "stale", "reported", "in_progress")
DONE, UNOWNED = "confirmed", "waiting"
STATES = (*PRESSING, DONE, UNOWNED)  # what a table can be narrowed to


def _conditions(clock: Clock, of: str = "") -> dict[str, Q]:
    known = begun(clock, of)
    return {
        "overdue": known & late(clock, of),
        "returned": known & Q(**{f"{of}state": State.RETURNED}),
        "due_soon": known & due_soon(clock, of),
        "stale": stale(clock, of),
        "reported": known & Q(**{f"{of}state": State.REPORTED}),
        "in_progress": known & Q(**{f"{of}state": State.IN_PROGRESS}),
        "confirmed": known & Q(**{f"{of}state": State.CONFIRMED}),
        "begun": known,
    }


def standings(tasks: Collection[int], *, clock: Clock) -> dict[int, Standing]:
    """Of these tasks (ids); one query."""
    return _standings(Line.objects.filter(task__in=tasks), clock)


def standings_of(plan: Plan, *, clock: Clock) -> dict[int, Standing]:
    """Of all tasks of a plan that have a lead; one query, from which its rows and its counts are taken."""
    return _standings(Line.objects.filter(plan=plan), clock)


def _standings(lines: QuerySet[Line], clock: Clock) -> dict[int, Standing]:
    of = "occurrences__"
    counted = {name: Count("occurrences", filter=fits) for name, fits in _conditions(clock, of).items()}
    waiting = Count("pk", distinct=True, filter=Q(state=Line.State.WAITING))
    rows = lines.order_by().values_list("task").annotate(**counted, lines=Count("pk", distinct=True), waiting=waiting)
    names = [*counted, "lines", "waiting"]
    return {task: Standing(**dict(zip(names, numbers, strict=True))) for task, *numbers in rows}


def counts_of(known: Iterable[Standing]) -> dict[str, int]:
    """How many tasks `tasks_standing` gives for each state."""
    found = Counter(state for each in known for state in each.states)
    return {state: found[state] for state in STATES}


def tasks_standing(tasks: QuerySet[Task], state: str, *, clock: Clock) -> QuerySet[Task]:
    """Those with something in this state; done where all that has begun is confirmed."""
    if state == UNOWNED:
        return tasks.filter(Exists(Line.objects.filter(task=OuterRef("pk"), state=Line.State.WAITING)))
    its = Occurrence.objects.filter(line__task=OuterRef("pk"))
    if state == DONE:
        known = its.filter(begun(clock))
        return tasks.filter(Exists(known), ~Exists(known.exclude(state=State.CONFIRMED)))
    return tasks.filter(Exists(its.filter(_conditions(clock)[state])))
