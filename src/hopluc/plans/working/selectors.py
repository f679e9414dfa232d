"""What is due, from whom, and how far it is. Today and the viewer are arguments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.plans.models import Answer, Evidence, Line, Note, Occurrence, Plan, Request, Task
from hopluc.plans.working.access import followed
from hopluc.plans.working.states import OPEN, Clock, begun, due_soon, late, stale, unassigned
from hopluc.units.realm import among

State = Occurrence.State
SIZE = 50  # rows of a page


class Group(StrEnum):
    """What to do now, the most pressing first. Each thing stands in one group."""

    RETURNED = "returned"  # returned to us
    OVERDUE = "overdue"
    SOON = "soon"  # due within the next working days
    STALE = "stale"  # begun, and without news for long
    OPEN = "open"  # begun
    REPORTED = "reported"  # ours, waiting to be confirmed
    CONFIRM = "confirm"  # others', waiting for us
    DECIDE = "decide"  # requests that wait for us
    UNOWNED = "unowned"  # lines that nobody answers for
    UNLED = "unled"  # tasks of our plans that nobody leads


ANSWERING = (Group.RETURNED, Group.OVERDUE, Group.SOON, Group.STALE, Group.OPEN, Group.REPORTED)


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


@dataclass(frozen=True)
class Place:
    """Whose work: all agencies of the viewer, one of them, or what the viewer answers for alone.

    It remembers what it looked up: one serves a page.
    """

    viewer: User
    agency: int | None = None
    mine: bool = False

    def ids(self, right: str) -> frozenset[int]:
        own = agencies(self.viewer, right)
        return own & {self.agency} if self.agency else own

    @cached_property
    def lines(self) -> list[int]:
        """Ids of the lines that the viewer may answer for: joined, the planner would rather read all those of the country."""
        found = Q(owner=self.viewer)
        if not self.mine:
            held = Q(holder__in=self.ids("answer"))
            found = held if self.agency else held | found  # also where the viewer stands in
        rows = Line.objects.filter(found).exclude(state=Line.State.ENDED)
        return list(rows.order_by().values_list("pk", flat=True))

    @cached_property
    def owned(self) -> dict[str, list[int]]:
        """Ids of the plans in force in which the viewer may confirm, and in which the viewer decides."""
        held = {right: self.ids(right) for right in ("confirm", "decide")}
        owners = frozenset().union(*held.values())
        if not owners:
            return {right: [] for right in held}
        plans = Plan.objects.filter(owner__in=owners, state=Plan.State.ISSUED).order_by("pk")
        found = list(plans.values_list("pk", "owner"))
        return {right: [pk for pk, owner in found if owner in ids] for right, ids in held.items()}


def due_counts(place: Place, *, clock: Clock) -> dict[Group, int]:
    """How much stands in each group. At most four queries, and those for what the viewer may do."""
    asked = {group.value: Count("pk", filter=group_is(group, clock)) for group in ANSWERING}
    counts: dict[Group, int] = {Group(key): n for key, n in answering(place).aggregate(**asked).items()}
    others = [group for group in Group if group not in ANSWERING]
    return counts | dict.fromkeys(others, 0) | _counted(others, place)


def _counted(groups: list[Group], place: Place) -> dict[Group, int]:
    """How much stands in these groups, in one query; groups without anything are missing."""
    asked = [
        query.order_by().annotate(group=Value(group.value)).values_list("group").annotate(n=Count("pk"))
        for group in groups
        if (query := deciding(group, place)) is not None
    ]
    return {Group(group): n for group, n in asked[0].union(*asked[1:], all=True)} if asked else {}


def due_for(
    place: Place, group: Group, *, clock: Clock, start: int = 0, size: int = SIZE, total: int | None = None
) -> Page:
    """A page of one group, the earliest day first. Who counted the group already says its `total`.

    Which rows stand on the page is found before anything is looked up of them.
    """
    query = _answers(place, group, clock) if group in ANSWERING else deciding(group, place)
    if query is None:
        return Page((), 0)
    ids = list(query.values_list("pk", flat=True)[start : start + size])
    rows = query.model._default_manager.filter(pk__in=ids).values_list("pk", *COLUMNS[query.model])
    make = MAKERS[query.model]
    found = {pk: make(row, clock) for pk, *row in rows}
    return Page(tuple(found[pk] for pk in ids), query.count() if total is None else total)


def answering(place: Place) -> QuerySet[Occurrence]:
    """What is not confirmed yet of the lines that the viewer may answer for."""
    return Occurrence.objects.filter(line__in=among(place.lines)).exclude(state=State.CONFIRMED)


def _answers(place: Place, group: Group, clock: Clock) -> QuerySet[Occurrence]:
    return answering(place).filter(group_is(group, clock)).order_by("due_on", "pk")


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


def group_is(group: Group, clock: Clock) -> Q:
    """Each occurrence is in the first group that fits; what has not begun, in none."""
    if group == Group.REPORTED:
        return Q(state=State.REPORTED)
    if group == Group.RETURNED:
        return Q(state=State.RETURNED)
    fits = {
        Group.OVERDUE: late(clock),
        Group.SOON: due_soon(clock),
        Group.STALE: stale(clock) & Q(due_on__gt=clock.soon),
        Group.OPEN: Q(state__in=OPEN, due_on__gt=clock.soon, touched_on__gte=clock.stale) & begun(clock),
    }
    return fits[group] & ~Q(state=State.RETURNED)


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
    name = Plan(type=kind, symbol=symbol, title=title).name
    about = {"plan": plan, "plan_name": name, "at": at, "text": text, "deliverable": deliverable, "invented": invented}
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


MAKERS: dict[type, Any] = {Task: _of_task, Line: _of_line, Occurrence: _of_occurrence, Request: _of_request}


def occurrences_of(task: Task) -> QuerySet[Occurrence]:
    """The occurrences of a task with their lines, the latest period first: for whoever sees its plan."""
    rows = Occurrence.objects.filter(line__task=task).select_related("line__agency", "line__holder", "line__owner")
    return rows.order_by("-due_on", "line__agency__sort_key", "pk")


def lines_of(task: Task) -> QuerySet[Line]:
    """Its lines, in Vietnamese order of the agencies as named."""
    return Line.objects.filter(task=task).select_related("agency", "holder", "owner").order_by("agency__sort_key", "pk")


def may_follow(task: Task, *, viewer: User) -> bool:
    """Whether the viewer may read what was answered, noted and asked about a task."""
    return Task.objects.filter(followed(viewer), pk=task.pk).exists()


def answers_of(occurrence: Occurrence, *, viewer: User) -> QuerySet[Answer]:
    """All its answers in their order, with evidence and verdicts; none for whoever may not follow the task."""
    answers = Answer.objects.filter(occurrence=occurrence, occurrence__line__task__in=_followed(viewer))
    return answers.select_related("by", "verdict__by").prefetch_related("evidence__document")


def evidence_of(occurrence: Occurrence, *, viewer: User) -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(occurrence=occurrence, occurrence__line__task__in=_followed(viewer))
    return rows.select_related("by", "document", "file")


def notes_of(task: Task, *, viewer: User) -> QuerySet[Note]:
    """The notes on a task and on its occurrences, those made in earlier editions too, in their order."""
    notes = Note.objects.filter(Q(task=task) | Q(occurrence__line__task=task))
    readable = notes if may_follow(task, viewer=viewer) else notes.none()
    return readable.select_related("by").prefetch_related("mentions__user").order_by("pk")


def requests_of(task: Task, *, viewer: User) -> QuerySet[Request]:
    """What was asked about a task, the last first."""
    rows = Request.objects.filter(line__task=task, line__task__in=_followed(viewer))
    return rows.select_related("by", "to", "decided_by", "line__agency", "occurrence").order_by("-pk")


def _followed(viewer: User) -> QuerySet[Any, Any]:
    return Task.objects.filter(followed(viewer)).order_by().values("pk")


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
