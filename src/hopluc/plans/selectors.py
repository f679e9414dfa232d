"""Plans and what they hold, as far as the viewer may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from hopluc.accounts.models import User
from hopluc.core.search import search_query
from hopluc.core.sorting import sort_key
from hopluc.documents.selectors import near
from hopluc.plans.filters import NONE, Filters
from hopluc.plans.models import Assignee, Assignment, Duty, Plan, Target, Task
from hopluc.plans.outline import Outline
from hopluc.plans.speech import speech
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
    plans = plans_visible(viewer).filter(pk=pk).annotate(version_number=F("version__number"), **holds)
    return plans.select_related("document", "issued_by", "owner__body", "unit").defer("sort_key", "words")


def _number(model: type[Task | Target | Duty]) -> Coalesce:
    """How many of these a plan has."""
    rows = model.objects.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(rows), 0)


MEANT = ArraySubquery(Assignee.objects.filter(assignment=OuterRef("pk")).values("agency"))
WITH_BODIES = Prefetch(
    "assignments", Assignment.objects.select_related("body").annotate(meant=MEANT).order_by("-role", "position")
)
FIRST_LEAD = Assignment.objects.filter(task=OuterRef("pk"), role=Role.LEAD).order_by("position")


def tasks_filtered(plan: Plan, filters: Filters, outline: Outline) -> QuerySet[Task]:
    """The tasks of a plan that match, with their assignments, in the order asked for."""
    tasks = plan.tasks.defer("sort_key", "words", "spans", "inherited").prefetch_related(WITH_BODIES)
    tasks = _of_bodies(tasks, plan, filters)
    if filters.topic:
        tasks = tasks.filter(topic=filters.topic)
    if filters.deadline:
        tasks = tasks.filter(deadline_kind="" if filters.deadline == NONE else filters.deadline)
    if (headings := outline.below(filters.heading)) is not None:
        tasks = tasks.filter(heading__in=headings)
    if query := search_query(filters.q):
        tasks = tasks.filter(words=query)
    return _sorted(tasks, filters.sort)


def _of_bodies(tasks: QuerySet[Task], plan: Plan, filters: Filters) -> QuerySet[Task]:
    given = Assignment.objects.filter(task__plan=plan)
    if filters.body:
        given = given.filter(body__key=filters.body)
    if filters.role == NONE:
        led = Assignment.objects.filter(task__plan=plan, role=Role.LEAD).values("task")
        tasks = tasks.exclude(pk__in=led)
    elif filters.role:
        given = given.filter(role=filters.role)
    return tasks.filter(pk__in=given.values("task")) if filters.body or filters.role in Role.values else tasks


def _sorted(tasks: QuerySet[Task], sort: str) -> QuerySet[Task]:
    """By a column, what is empty last in both directions; alike ones as they stand in the document."""
    name, backwards = sort.removeprefix("-"), sort.startswith("-")
    if name == "lead":
        tasks = tasks.annotate(lead_key=Subquery(FIRST_LEAD.values("body__sort_key")[:1]))
    if name == "topic":
        tasks = tasks.annotate(topic_turn=_topic_turn())
    columns = {"text": "sort_key", "lead": "lead_key", "deadline": "ends_on", "topic": "topic_turn"}
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


@dataclass(frozen=True, slots=True)
class BodyCount:
    key: str
    name: str
    lead: int
    coordinate: int


def bodies_of(plan: Plan) -> list[BodyCount]:
    """The bodies that have a part in the plan, with how many tasks they lead and help with; in Vietnamese order.

    Counted by id and named afterwards: thousands of names need not be sorted to be counted.
    """
    found: Iterable[Any] = Body.objects.raw(COUNTED, [plan.pk])
    return [BodyCount(body.key, body.name, body.lead, body.coordinate) for body in found]


COUNTED = """
WITH counted AS (
    SELECT a.body_id, count(*) FILTER (WHERE a.role = 'lead') AS lead, count(*) FILTER (WHERE a.role = 'coordinate') AS coordinate
    FROM plans_assignment a JOIN plans_task t ON t.id = a.task_id WHERE t.plan_id = %s GROUP BY a.body_id
)
SELECT b.id, b.key, b.name, counted.lead, counted.coordinate
FROM counted JOIN units_body b ON b.id = counted.body_id ORDER BY b.sort_key, b.key
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tasks a plan has, by what they can be narrowed to."""

    topics: dict[str, int]  # most frequent first
    deadlines: dict[str, int]  # by kind; "" where no time is stated
    unassigned: int  # nobody leads them yet


def tasks_tallied(plan: Plan) -> Tally:
    """In one query: as many rows as there are pairs of topic and kind of deadline."""
    led = Exists(Assignment.objects.filter(task=OuterRef("pk"), role=Role.LEAD))
    rows = plan.tasks.order_by().values_list("topic", "deadline_kind")
    topics: Counter[str] = Counter()
    deadlines: Counter[str] = Counter()
    unassigned = 0
    for topic, kind, count, without in rows.annotate(n=Count("pk"), without=Count("pk", filter=~led)):
        topics[topic] += count
        deadlines[kind] += count
        unassigned += without
    return Tally(dict(topics.most_common()), dict(deadlines), unassigned)
