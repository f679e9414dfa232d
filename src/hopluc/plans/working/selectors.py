"""What is due, from whom, and how far it is. Today and the viewer are arguments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from hopluc.plans.models import Answer, Evidence, Line, Occurrence, Request, Task
from hopluc.plans.models.plans import plan_name
from hopluc.plans.working.states import Clock, begun, due_soon, late, stale, unassigned
from hopluc.plans.working.waiting import (
    ANSWERING,
    Group,
    Place,
    answering_counts,
    answering_page,
    deciding_counts,
    deciding_page,
)

State = Occurrence.State
SIZE = 50  # rows of a page


@dataclass(frozen=True, slots=True)
class Due:
    """A row of somebody's work: an occurrence; of requests with what is asked, of lines and tasks without one."""

    task: int
    plan: int
    plan_name: str
    at: str
    text: str
    deliverable: str
    invented: bool = False  # how its plan is worked was made up
    line: int | None = None
    holder: str = ""
    owner: int | None = None
    owner_name: str = ""
    stand_in: bool = False
    occurrence: int | None = None
    due_on: date | None = None
    first_due_on: date | None = None
    days_left: int | None = None  # working days, negative once late
    state: str = ""
    percent: int = 0
    typed: bool = False
    revision: int = 0
    answer: int | None = None
    request: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Due, ...]
    total: int


def due_counts(place: Place, *, clock: Clock) -> dict[Group, int]:
    """How much stands in each group. At most four queries, and those for what the viewer may do."""
    return dict.fromkeys(Group, 0) | answering_counts(place, clock) | deciding_counts(place)


def due_for(
    place: Place, group: Group, *, clock: Clock, start: int = 0, size: int = SIZE, total: int | None = None
) -> Page:
    """A page of one group, the earliest day first. Who counted the group already says its `total`.

    Which rows stand on the page is found before anything is looked up of them.
    """
    if group in ANSWERING:
        ids = answering_page(place, group, clock, start, size)
        count = answering_counts(place, clock)[group] if total is None else total
    else:
        ids = deciding_page(place, group, start, size)
        count = deciding_counts(place)[group] if total is None else total
    return Page(due_rows(SHOWN.get(group, Occurrence), ids, clock), count)


def due_rows(model: type[Model], ids: Sequence[int], clock: Clock) -> tuple[Due, ...]:
    """The rows of these ids, in their order. One query."""
    if not ids:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_selected(model), [list(ids)])
        found = {pk: MAKERS[model](row, clock) for pk, *row in cursor.fetchall()}
    return tuple(found[pk] for pk in ids)


@cache
def _selected(model: type[Model]) -> str:
    """The columns of a row and where they come from, written once: Django takes longer to say it than the database to answer."""
    rows = model._default_manager.order_by().values_list("pk", *COLUMNS[model])
    table = connection.ops.quote_name(model._meta.db_table)
    return f'{rows.query} WHERE {table}."id" = ANY(%s::bigint[])'


def deciding(group: Group, place: Place) -> QuerySet[Any] | None:
    """What waits for whoever owns a plan, or names people; None where the viewer has no such work."""
    if group == Group.UNOWNED:
        plans, named = place.owned["decide"], place.ids("name")
        lines = Line.objects.filter(unassigned(), Q(plan__in=plans) | Q(holder__in=named))
        return lines.order_by("plan", "task", "pk") if plans or named else None
    plans = place.owned["confirm" if group == Group.CONFIRM else "decide"]
    if not plans:
        return None
    if group == Group.CONFIRM:
        return Occurrence.objects.filter(plan__in=plans, state=State.REPORTED).order_by("reported_on", "pk")
    if group == Group.DECIDE:
        return Request.objects.filter(state=Request.State.ASKED, line__plan__in=plans).order_by("pk")
    led = Line.objects.filter(plan__in=plans).order_by().values("task")  # looked through once, not asked of each task
    return Task.objects.filter(~Q(pk__in=led), plan__in=plans).order_by("plan", "position")


TASK = ("pk", "plan", "plan__type", "plan__symbol", "plan__title", "at", "text", "deliverable", "plan__invented")
LINE = ("pk", "holder__name", "owner", "owner__name", "stand_in")
OCCURRENCE = ("pk", "due_on", "first_due_on", "state", "percent", "typed", "revision", "answer")

OF_TASK = len(TASK)  # where in a row what is of the line begins, and what is of the occurrence
OF_LINE = OF_TASK + len(LINE)


def _below(columns: tuple[str, ...], of: str) -> tuple[str, ...]:
    return tuple(f"{of}{'id' if name == 'pk' else name}" for name in columns)


COLUMNS: dict[type, tuple[str, ...]] = {
    Task: TASK,
    Line: (*_below(TASK, "task__"), *LINE),
    Occurrence: (*_below(TASK, "line__task__"), *_below(LINE, "line__"), *OCCURRENCE),
    Request: (*_below(TASK, "line__task__"), *_below(LINE, "line__"), *_below(OCCURRENCE, "occurrence__"), "pk"),
}


def _task(row: Sequence[Any]) -> dict[str, Any]:
    pk, plan, kind, symbol, title, at, text, deliverable, invented = row
    about = {
        "plan": plan,
        "plan_name": plan_name(kind, symbol, title),
        "at": at,
        "text": text,
        "deliverable": deliverable,
        "invented": invented,
    }
    return {"task": pk, **about}


def _line(row: Sequence[Any]) -> dict[str, Any]:
    pk, holder, owner, name, stand_in = row
    return {"line": pk, "holder": holder or "", "owner": owner, "owner_name": name or "", "stand_in": stand_in}


def _occurrence(row: Sequence[Any], clock: Clock) -> dict[str, Any]:
    if row[0] is None:  # of a request that is about a line
        return {}
    about = dict(zip(("occurrence", *OCCURRENCE[1:]), row, strict=True))
    return {**about, "days_left": clock.left(about["due_on"])}


def _of_task(row: Sequence[Any], _clock: Clock) -> Due:
    return Due(**_task(row))


def _of_line(row: Sequence[Any], _clock: Clock) -> Due:
    return Due(**_task(row[:OF_TASK]), **_line(row[OF_TASK:]))


def _of_occurrence(row: Sequence[Any], clock: Clock) -> Due:
    return Due(**_task(row[:OF_TASK]), **_line(row[OF_TASK:OF_LINE]), **_occurrence(row[OF_LINE:], clock))


def _of_request(row: Sequence[Any], clock: Clock) -> Due:
    return Due(
        **_task(row[:OF_TASK]), **_line(row[OF_TASK:OF_LINE]), **_occurrence(row[OF_LINE:-1], clock), request=row[-1]
    )


SHOWN: dict[Group, type[Model]] = {Group.DECIDE: Request, Group.UNOWNED: Line, Group.UNLED: Task}  # others: occurrences
MAKERS: dict[type, Any] = {Task: _of_task, Line: _of_line, Occurrence: _of_occurrence, Request: _of_request}


def occurrences_of(task: Task) -> QuerySet[Occurrence]:
    """The occurrences of a task with their lines, the latest period first: for whoever sees its plan."""
    rows = Occurrence.objects.filter(line__task=task).select_related("line__agency", "line__holder", "line__owner")
    return rows.order_by("-due_on", "line__agency__sort_key", "pk")


def lines_of(task: Task) -> QuerySet[Line]:
    """Its lines, in Vietnamese order of the agencies as named."""
    return Line.objects.filter(task=task).select_related("agency", "holder", "owner").order_by("agency__sort_key", "pk")


def answers_of(occurrence: Occurrence) -> QuerySet[Answer]:
    """All its answers in their order, with verdicts: for whoever may follow its task."""
    return occurrence.answers.select_related("by", "verdict__by")


def evidence_of(occurrence: Occurrence) -> QuerySet[Evidence]:
    """All that proves it or lies beside: for whoever may follow its task."""
    return occurrence.evidence.select_related("by", "document", "file")


def requests_of(line: Line) -> QuerySet[Request]:
    """What was asked about a line, the last first: for whoever may follow its task."""
    return line.requests.select_related("by", "to", "decided_by").order_by("-pk")


@dataclass(frozen=True, slots=True)
class Counts:
    """How the work of a plan stands, in occurrences whose period has begun; lines and tasks where it says so."""

    begun: int = 0
    confirmed: int = 0
    reported: int = 0
    late: int = 0
    due_soon: int = 0
    stale: int = 0
    waiting: int = 0  # lines that nobody answers for
    unled: int = 0  # tasks that nobody leads


def plan_counts(plans: Collection[int], *, clock: Clock) -> dict[int, Counts]:
    """Of these plans (ids). Three queries."""
    rows = Occurrence.objects.filter(begun(clock), plan__in=plans).order_by().values("plan")
    counted = rows.annotate(
        begun=Count("pk"),
        confirmed=Count("pk", filter=Q(state=State.CONFIRMED)),
        reported=Count("pk", filter=Q(state=State.REPORTED)),
        late=Count("pk", filter=late(clock)),
        due_soon=Count("pk", filter=due_soon(clock)),
        stale=Count("pk", filter=stale(clock)),
    )
    waiting = _by_plan(Line.objects.filter(unassigned(), plan__in=plans))
    unled = _by_plan(Task.objects.filter(~Exists(Line.objects.filter(task=OuterRef("pk"))), plan__in=plans))
    found: dict[int, dict[str, int]] = {row["plan"]: dict(row) for row in counted}  # type: ignore[arg-type]
    return {
        plan: Counts(
            **{name: n for name, n in found.get(plan, {}).items() if name != "plan"},
            waiting=waiting.get(plan, 0),
            unled=unled.get(plan, 0),
        )
        for plan in plans
    }


def _by_plan(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("plan").annotate(n=Count("pk")))
