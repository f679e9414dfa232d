"""What the pages on which plans are worked show of tasks, lines and occurrences, and to whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.timezone import localdate

from hopluc.accounts.models import Post, User
from hopluc.accounts.rights import RIGHTS, agencies, may
from hopluc.documents.selectors import near
from hopluc.plans.models import Assignee, Evidence, Line, Note, Occurrence, Plan, Request, Task
from hopluc.plans.working.access import followed, having_part

State = Occurrence.State
LINE = (
    "line__task",
    "line__plan",
    "line__agency",
    "line__holder",
    "line__owner",
)  # each more doubles the time to plan it


def occurrences_seen(viewer: User) -> QuerySet[Occurrence]:
    """Those of the plans that the viewer may see."""
    visible = near(viewer, owner="line__plan__owner", document="line__plan__document")
    return Occurrence.objects.filter(visible).select_related(*LINE)


def occurrences_answered(viewer: User) -> QuerySet[Occurrence]:
    """Those that the viewer may answer for."""
    return Occurrence.objects.filter(_answers(viewer, "line__")).select_related(*LINE)


def _answers(viewer: User, of: str = "") -> Q:
    mine = Q(**{f"{of}owner": viewer}) if may(viewer, "answer") else Q(pk__in=[])
    return mine | Q(**{f"{of}holder__in": agencies(viewer, "answer")})


def occurrences_judged(viewer: User) -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(plan__owner__in=agencies(viewer, "confirm")).select_related(*LINE)


def occurrences_noted(viewer: User) -> QuerySet[Occurrence]:
    """Those beside which the viewer may lay notes and evidence."""
    return Occurrence.objects.filter(line__task__in=tasks_noted(viewer).values("pk")).select_related(*LINE)


def tasks_noted(viewer: User) -> QuerySet[Task]:
    return Task.objects.filter(having_part(viewer, "note")).order_by().select_related("plan__owner")


def tasks_followed(viewer: User) -> QuerySet[Task]:
    return Task.objects.filter(followed(viewer)).order_by()


def lines_asked(viewer: User) -> QuerySet[Line]:
    """Those for whose agency the viewer may ask."""
    return _lines().filter(_answers(viewer))


def lines_named(viewer: User) -> QuerySet[Line]:
    """Those whose people the viewer may name."""
    own = Q(holder__in=agencies(viewer, "name")) | Q(plan__owner__in=agencies(viewer, "decide"))
    return _lines().filter(own)


def lines_given(viewer: User) -> QuerySet[Line]:
    return _lines().filter(plan__owner__in=agencies(viewer, "decide"))


def tasks_led(viewer: User) -> QuerySet[Task]:
    """Those whose leads the viewer names."""
    plans = Plan.objects.filter(owner__in=agencies(viewer, "decide"), state=Plan.State.ISSUED)
    return Task.objects.filter(plan__in=plans.values("pk")).order_by().select_related("plan__owner")


def _lines() -> QuerySet[Line]:
    return Line.objects.select_related("task", "plan__owner", "agency", "holder", "owner", "successor")


def requests_decided(viewer: User) -> QuerySet[Request]:
    rows = Request.objects.filter(line__plan__owner__in=agencies(viewer, "decide"))
    return rows.select_related("by", "to", "decided_by", "occurrence", "line__task", "line__plan", "line__holder")


def evidence_seen(viewer: User) -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(occurrence__line__task__in=tasks_followed(viewer).values("pk"))
    return rows.select_related("file")


@dataclass(frozen=True, slots=True)
class Acts:
    """What a viewer may do with an occurrence."""

    answer: bool = False
    judge: bool = False
    note: bool = False
    ask: bool = False
    name: bool = False
    give: bool = False
    decide: bool = False


def acts_on(row: Occurrence, viewer: User, *, part: bool) -> Acts:
    """`part`: the viewer's agency has a part in the task. The services check the same again."""
    line, plan = row.line, row.line.plan
    working = line.state != Line.State.ENDED and plan.state == Plan.State.ISSUED
    mine = line.holder_id in agencies(viewer, "answer") or (line.owner_id == viewer.pk and may(viewer, "answer"))
    decides = plan.owner_id in agencies(viewer, "decide")
    return Acts(
        answer=working and mine and row.state != State.CONFIRMED,
        judge=working and row.state == State.REPORTED and plan.owner_id in agencies(viewer, "confirm"),
        note=part,
        ask=working and mine and row.state != State.CONFIRMED,
        name=working and (line.holder_id in agencies(viewer, "name") or decides) and line.holder_id is not None,
        give=working and decides,
        decide=decides,
    )


def part_in(task: int, viewer: User) -> tuple[bool, bool]:
    """Whether the viewer may follow a task, and whether they may say something beside it. One query."""
    asked = followed(viewer), having_part(viewer, "note")
    follows, part = Task.objects.filter(pk=task).order_by().values_list(*asked).get()
    return follows, part


def notes_shown(task: Task) -> QuerySet[Note]:
    """The notes on a task and its occurrences, in their order, for whoever follows it; with the names that they mention."""
    named = ArrayAgg("mentions__user__name", filter=Q(mentions__isnull=False), default=Value([]))
    rows = Note.objects.filter(Q(task=task) | Q(occurrence__line__task=task))
    return rows.select_related("by").annotate(named=named).order_by("pk")


def occurrences_now(lines: Collection[int]) -> dict[int, Occurrence]:
    """Of each line (id) the occurrence that it stands at: the first that is not confirmed, else the last. One query."""
    open_on = Case(When(~Q(state=State.CONFIRMED), then=F("due_on")))
    rows = Occurrence.objects.filter(line__in=lines).order_by("line", open_on.asc(nulls_last=True), "-due_on")
    return {row.line_id: row for row in rows.distinct("line")}


def people_of(agency: int | None) -> QuerySet[User]:
    """Those who may answer for an agency, by name."""
    posts = Post.objects.held(on=localdate()).filter(agency=agency, role__in=RIGHTS["answer"].roles)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name", "pk")


def people_concerned(task: Task) -> QuerySet[User]:
    """People of the agencies with a part in a task: its plan's owner, its leads, those who help."""
    leading = Line.objects.filter(task=task, holder__isnull=False).values("holder")
    given = Assignee.objects.filter(assignment__task=task).values("agency")
    own = Q(agency=task.plan.owner_id) | Q(agency__in=leading) | Q(agency__in=given)
    posts = Post.objects.held(on=localdate()).filter(own, role__in=RIGHTS["follow"].roles)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name", "pk")


def people_mentioned(words: str, task: Task) -> list[User]:
    """Those of the agencies concerned whose names stand after an @."""
    if "@" not in words:
        return []
    return [user for user in people_concerned(task) if f"@{user.name}" in words]
