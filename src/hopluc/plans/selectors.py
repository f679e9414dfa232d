"""Plans and what they hold, as far as the viewer may see them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.search import search_query
from hopluc.core.sorting import sort_key
from hopluc.documents.selectors import near
from hopluc.plans.desk.standing import tasks_standing
from hopluc.plans.filters import NONE, Filters
from hopluc.plans.models import Assignee, Assignment, Plan, Target, Task
from hopluc.plans.outline import Outline
from hopluc.plans.speech import speech
from hopluc.plans.working.states import Clock
from hopluc.units.models import Body

Role = Assignment.Role


def plans_visible(viewer: User) -> QuerySet[Plan]:
    """Issued plans of the viewer's agencies and provinces, and those in which such an agency or one below has a part."""
    return Plan.objects.filter(near(viewer, document="document")).select_related("owner")


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
    plans = plans_visible(viewer).filter(pk=pk)
    number = RawSQL(
        "SELECT number FROM documents_version WHERE id = plans_plan.version_id", []
    )  # one join less to plan
    plans = plans.annotate(version_number=number, task_count=_number(Task), target_count=_number(Target))
    return plans.select_related("issued_by", "unit").defer("words")


def drafted_by(plan: Plan, viewer: User) -> bool:
    """Whether the viewer may review the document of a plan."""
    return plan.owner_id in agencies(viewer, "draft")


def _number(model: type[Task | Target]) -> RawSQL:
    """How many of these a plan has."""
    return RawSQL(f"SELECT count(*) FROM {model._meta.db_table} WHERE plan_id = plans_plan.id", [])  # noqa: S608, S611


@dataclass(frozen=True, slots=True)
class Part:
    """What a task gives to a body."""

    role: str
    body: Body  # its key and name; one object, however many tasks it has a part in
    agencies: list[int]  # ids of those that it means


BODY = ("id", "key", "name", "listed")
PARTS = """
SELECT a.task_id, a.role, ARRAY(SELECT agency_id FROM plans_assignee WHERE assignment_id = a.id), b.id, b.key, b.name, b.listed
FROM plans_assignment a JOIN units_body b ON b.id = a.body_id
WHERE a.task_id = ANY(%s::bigint[]) ORDER BY a.role DESC, a.position
"""  # rows, not objects: a page of tasks has hundreds


def parts_of(tasks: Iterable[Task]) -> dict[int, list[Part]]:
    """The parts of bodies in these tasks (by id), leads first; in one query."""
    found: dict[int, list[Part]] = defaultdict(list)
    bodies: dict[int, Body] = {}
    with connection.cursor() as cursor:
        cursor.execute(PARTS, [[task.pk for task in tasks]])
        for task, role, agencies, *body in cursor.fetchall():
            known = bodies.get(body[0]) or bodies.setdefault(body[0], Body.from_db(connection.alias, BODY, body))
            found[task].append(Part(role, known, agencies))
    return found


def names_given(tasks: Iterable[Task]) -> dict[tuple[int, str], str]:
    """The names of the bodies of these tasks by task and role, as a list in words; in one query, without objects."""
    given = Assignment.objects.filter(task__in=[task.pk for task in tasks]).order_by("position")
    names: dict[tuple[int, str], list[str]] = defaultdict(list)
    for task, role, name in given.values_list("task", "role", "body__name"):
        names[task, role].append(name)
    return {key: "; ".join(listed) for key, listed in names.items()}


ONCE = """
SELECT part.id FROM unnest(%s::bigint[]) plan, units_body, LATERAL (
    SELECT id FROM plans_assignment WHERE plan_id = plan AND body_id = units_body.id AND role = ANY(%s) LIMIT 1
) part
"""  # by the index: there are far fewer bodies than parts


def one_part_each(plans: Iterable[int], roles: Iterable[str]) -> QuerySet[Assignment]:
    """One part of each body in each of these plans (ids): within a plan a body means the same for every task."""
    once = RawSQL(ONCE, [list(plans), list(roles)])  # noqa: S611  what was asked is a parameter
    return Assignment.objects.filter(pk__in=once).order_by()


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


def _topic_turn() -> Func:
    """The turn of a topic in the alphabet of the language that its name is shown in."""
    keys = [key for key, _name in sorted(speech().TOPICS.items(), key=lambda topic: sort_key(topic[1]))]
    return Func(
        Value(keys, ArrayField(CharField())), F("topic"), function="array_position", output_field=IntegerField()
    )


def task_seen(plan: Plan) -> QuerySet[Task]:
    """The tasks of a plan, to open one: with whether it changed since the plan was issued."""
    events = apps.get_model("plans", "TaskEvent")._default_manager
    changed = Exists(events.filter(pgh_obj=OuterRef("pk"), pgh_label="update"))
    return plan.tasks.defer("sort_key", "words").annotate(changed=changed)


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


# Bodies are counted by id and named afterwards: thousands of names need not be sorted to be counted.
COUNTED = """
SELECT NULL AS heading, NULL AS topic, NULL AS deadline, NULL AS count, b.sort_key, b.key, b.name, c.lead, c.coordinate, c.first
FROM (
    SELECT body_id, count(*) FILTER (WHERE role = 'lead') AS lead, count(*) FILTER (WHERE role = 'coordinate') AS coordinate,
        count(*) FILTER (WHERE role = 'lead' AND position = 0) AS first
    FROM plans_assignment WHERE plan_id = %(plan)s GROUP BY body_id
) c JOIN units_body b ON b.id = c.body_id
UNION ALL
SELECT heading_id, topic, deadline_kind, count(*), NULL, NULL, NULL, NULL, NULL, NULL
FROM plans_task WHERE plan_id = %(plan)s GROUP BY heading_id, topic, deadline_kind
ORDER BY sort_key, key
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tasks a plan has, by what they can be narrowed to."""

    headings: dict[int | None, int]  # directly below, by id
    topics: dict[str, int]  # most frequent first
    deadlines: dict[str, int]  # by kind; "" where no time is stated
    bodies: list[BodyCount]
    unassigned: int  # nobody leads them yet


def tasks_tallied(plan: Plan) -> Tally:
    """One query; the tasks themselves are looked through once, however many kinds of numbers are asked for."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"plan": plan.pk})
        rows = cursor.fetchall()
    headings: Counter[int | None] = Counter()
    topics: Counter[str] = Counter()
    deadlines: Counter[str] = Counter()
    bodies: list[BodyCount] = []  # those that have a part in the plan, in Vietnamese order
    for heading, topic, kind, count, _turn, *body in rows:
        if count is None:
            bodies.append(BodyCount(*body))
            continue
        headings[heading] += count
        topics[topic] += count
        deadlines[kind] += count
    unassigned = topics.total() - sum(body.first for body in bodies)
    return Tally(dict(headings), dict(topics.most_common()), dict(deadlines), bodies, unassigned)
