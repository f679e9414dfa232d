"""Plans and what they hold, as far as the viewer may see them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.core.search import search_query
from hopluc.core.sorting import sort_key
from hopluc.documents.selectors import drafting, near
from hopluc.plans.desk.standing import tasks_standing
from hopluc.plans.filters import NONE, Filters
from hopluc.plans.models import Assignee, Assignment, Duty, Plan, Target, Task
from hopluc.plans.outline import Outline
from hopluc.plans.speech import speech
from hopluc.plans.working.states import Clock
from hopluc.units.models import Body

Role = Assignment.Role


def plans_visible(viewer: User) -> QuerySet[Plan]:
    """Issued plans of the viewer's agencies and provinces, and those in which such an agency or one below has a part."""
    return Plan.objects.filter(near(viewer, document=OuterRef("document"))).select_related("owner")


def plans_listed(*, viewer: User, typed: str = "", state: str = "") -> QuerySet[Plan]:
    """Plans with the number of their tasks, newest first; those in force, or of one state."""
    plans = plans_visible(viewer).select_related("owner", "issued_by", "unit").annotate(task_count=_number(Task))
    if query := search_query(typed):
        plans = plans.filter(words=query)
    return plans.filter(state=state or Plan.State.ISSUED).order_by(
        F("dated_on").desc(nulls_last=True), "-issued_at", "-pk"
    )


def plans_counted(*, viewer: User) -> dict[str, int]:
    """How many plans there are of each state."""
    return dict(plans_visible(viewer).order_by().values_list("state").annotate(n=Count("pk")))


def plan_seen(pk: int, *, viewer: User) -> QuerySet[Plan]:
    """The plan with this id, where the viewer may see it, with what all its pages name and count."""
    holds = {f"{model._meta.model_name}_count": _number(model) for model in (Task, Target, Duty)}
    mine = Q(owner__in=drafting(viewer))
    plans = (
        plans_visible(viewer).filter(pk=pk).annotate(version_number=F("version__number"), drafted_here=mine, **holds)
    )
    return plans.select_related("document", "issued_by", "owner__body", "unit").defer("words")


def _number(model: type[Task | Target | Duty]) -> Coalesce:
    """How many of these a plan has."""
    rows = model.objects.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(rows), 0)


MEANT = ArraySubquery(Assignee.objects.filter(assignment=OuterRef("pk")).values("agency"))
WITH_BODIES = Prefetch(  # each body is fetched once, however many tasks it has a part in
    "assignments",
    Assignment.objects.annotate(meant=MEANT)
    .order_by("-role", "position")
    .prefetch_related(Prefetch("body", Body.objects.defer("aliases", "sort_key", "words"))),
)


def names_given(tasks: Iterable[Task]) -> dict[tuple[int, str], str]:
    """The names of the bodies of these tasks by task and role, as a list in words; in one query, without objects."""
    given = Assignment.objects.filter(task__in=[task.pk for task in tasks]).order_by("position")
    names: dict[tuple[int, str], list[str]] = defaultdict(list)
    for task, role, name in given.values_list("task", "role", "body__name"):
        names[task, role].append(name)
    return {key: "; ".join(listed) for key, listed in names.items()}


def tasks_filtered(plan: Plan, filters: Filters, outline: Outline, *, clock: Clock | None = None) -> QuerySet[Task]:
    """The tasks of a plan that match, in the order asked for; of a state, as of the clock's day (today)."""
    tasks = plan.tasks.defer("sort_key", "words", "spans", "inherited")
    tasks = _of_bodies(tasks, plan, filters)
    if filters.topic:
        tasks = tasks.filter(topic=filters.topic)
    if filters.deadline:
        tasks = tasks.filter(deadline_kind="" if filters.deadline == NONE else filters.deadline)
    if (headings := outline.below(filters.heading)) is not None:
        tasks = tasks.filter(heading__in=headings)
    if filters.state:
        tasks = tasks_standing(tasks, filters.state, clock=clock or Clock.of(localdate()))
    if query := search_query(filters.q):
        tasks = tasks.filter(words=query)
    return _sorted(tasks, plan, filters.sort)


def _of_bodies(tasks: QuerySet[Task], plan: Plan, filters: Filters) -> QuerySet[Task]:
    given = Assignment.objects.filter(plan=plan)
    if filters.role == NONE:
        tasks = tasks.exclude(pk__in=given.filter(role=Role.LEAD).values("task"))
    if filters.body:
        given = given.filter(body__key=filters.body)
    if filters.role in Role.values:
        given = given.filter(role=filters.role)
    return tasks.filter(pk__in=given.values("task")) if filters.body or filters.role in Role.values else tasks


def _sorted(tasks: QuerySet[Task], plan: Plan, sort: str) -> QuerySet[Task]:
    """By a column, what is empty last in both directions; alike ones as they stand in the document."""
    name, backwards = sort.removeprefix("-"), sort.startswith("-")
    if name == "lead":
        first = Q(assignments__plan=plan, assignments__role=Role.LEAD, assignments__position=0)
        tasks = tasks.annotate(first_lead=FilteredRelation("assignments", condition=first))
    if name == "topic":
        tasks = tasks.annotate(topic_turn=_topic_turn())
    columns = {"text": "sort_key", "lead": "first_lead__body__sort_key", "deadline": "ends_on", "topic": "topic_turn"}
    column = F(columns.get(name, "position"))
    return tasks.order_by(column.desc(nulls_last=True) if backwards else column.asc(nulls_last=True), "position")


def _topic_turn() -> Case:
    """The turn of a topic in the alphabet of the language that its name is shown in."""
    turns = enumerate(sorted(speech().TOPICS.items(), key=lambda topic: sort_key(topic[1])))
    return Case(*(When(topic=key, then=turn) for turn, (key, _name) in turns), output_field=IntegerField())


def task_seen(plan: Plan) -> QuerySet[Task]:
    """The tasks of a plan, to open one: with its bodies, and whether it changed since the plan was issued."""
    events = apps.get_model("plans", "TaskEvent")._default_manager
    changed = Exists(events.filter(pgh_obj=OuterRef("pk"), pgh_label="update"))
    return plan.tasks.defer("sort_key", "words").annotate(changed=changed).prefetch_related(WITH_BODIES)


def tasks_of_agencies(agencies: Collection[int], *, viewer: User) -> QuerySet[Task]:
    """Tasks of plans in force that were given to any of these agencies, the latest plan first."""
    plans = plans_visible(viewer).filter(state=Plan.State.ISSUED)
    given = Assignee.objects.filter(agency__in=agencies).values("assignment__task")
    tasks = Task.objects.filter(plan__in=plans.values("pk"), pk__in=given).select_related("plan")
    return tasks.defer("sort_key", "words", "spans", "inherited").order_by(
        F("plan__dated_on").desc(nulls_last=True), "-plan", "position"
    )


@dataclass(frozen=True, slots=True)
class BodyCount:
    key: str
    name: str
    lead: int
    coordinate: int
    first: int  # tasks that it leads and answers for: each task that has a lead counts once


COUNTED = """
SELECT b.key, b.name, c.lead, c.coordinate, c.first
FROM (
    SELECT body_id, count(*) FILTER (WHERE role = 'lead') AS lead, count(*) FILTER (WHERE role = 'coordinate') AS coordinate,
        count(*) FILTER (WHERE role = 'lead' AND position = 0) AS first
    FROM plans_assignment WHERE plan_id = %s GROUP BY body_id
) c JOIN units_body b ON b.id = c.body_id
ORDER BY b.sort_key, b.key
"""  # counted by id and named afterwards: thousands of names need not be sorted to be counted


def bodies_of(plan: Plan) -> list[BodyCount]:
    """The bodies that have a part in the plan, with how many tasks they lead and help with; in Vietnamese order."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [plan.pk])
        return [BodyCount(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tasks a plan has, by what they can be narrowed to."""

    headings: dict[int | None, int]  # directly below, by id
    topics: dict[str, int]  # most frequent first
    deadlines: dict[str, int]  # by kind; "" where no time is stated
    bodies: list[BodyCount]
    unassigned: int  # nobody leads them yet


def tasks_tallied(plan: Plan) -> Tally:
    """Two queries; the tasks themselves are looked through once, however many kinds of numbers are asked for."""
    rows = plan.tasks.order_by().values_list("heading", "topic", "deadline_kind")
    headings: Counter[int | None] = Counter()
    topics: Counter[str] = Counter()
    deadlines: Counter[str] = Counter()
    for heading, topic, kind, count in rows.annotate(n=Count("*")):
        headings[heading] += count
        topics[topic] += count
        deadlines[kind] += count
    bodies = bodies_of(plan)
    unassigned = topics.total() - sum(body.first for body in bodies)
    return Tally(dict(headings), dict(topics.most_common()), dict(deadlines), bodies, unassigned)
