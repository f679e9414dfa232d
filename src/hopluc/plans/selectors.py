"""Plans and what they hold, as far as the viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from hopluc.accounts.models import User
from hopluc.accounts.rights import provinces
from hopluc.core.search import search_query
from hopluc.documents.models import Reference
from hopluc.plans.models import Assignment, Plan, Task
from hopluc.units.models import Body

Json = dict[str, Any]
Role = Assignment.Role


def plans_visible(viewer: User) -> QuerySet[Plan]:
    """Issued plans of the provinces in which the viewer holds a post."""
    return Plan.objects.filter(owner__province__in=provinces(viewer, "see")).select_related("owner")


def plans_listed(*, viewer: User, typed: str = "", state: str = "issued") -> QuerySet[Plan]:
    """Plans with the number of their tasks, newest first."""
    plans = plans_visible(viewer).annotate(task_count=Count("tasks"))
    if state:
        plans = plans.filter(state=state)
    if query := search_query(typed):
        plans = plans.filter(words=query)
    return plans.order_by("-dated_on", "-issued_at", "-pk")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a task table is narrowed to; empty means all."""

    typed: str = ""
    body: str = ""  # key
    role: str = ""  # lead, coordinate
    topic: str = ""
    deadline: str = ""  # kind, or `none`
    heading: str = ""  # address
    order: str = "position"


ORDERS: dict[str, list[Any]] = {
    "position": ["position"],
    "text": ["sort_key", "position"],
    "deadline": [F("ends_on").asc(nulls_last=True), "position"],
    "-deadline": [F("ends_on").desc(nulls_last=True), "position"],
    "topic": ["topic", "position"],
}
WITH_BODIES = Prefetch("assignments", Assignment.objects.select_related("body").order_by("role", "position"))


def tasks_filtered(plan: Plan, filters: Filters) -> QuerySet[Task]:
    """The tasks of a plan that match, with their assignments."""
    tasks = plan.tasks.prefetch_related(WITH_BODIES)
    if filters.body or filters.role:
        wanted = Q(**({"body__key": filters.body} if filters.body else {})) & Q(
            **({"role": filters.role} if filters.role else {})
        )
        tasks = tasks.filter(pk__in=Assignment.objects.filter(wanted, task__plan=plan).values("task"))
    if filters.topic:
        tasks = tasks.filter(topic=filters.topic)
    if filters.deadline:
        tasks = tasks.filter(deadline_kind="" if filters.deadline == "none" else filters.deadline)
    if filters.heading:
        tasks = tasks.filter(Q(at=filters.heading) | Q(at__startswith=f"{filters.heading}/"))
    if query := search_query(filters.typed):
        tasks = tasks.filter(words=query)
    return tasks.order_by(*ORDERS.get(filters.order, ORDERS["position"]))


def bodies_of(plan: Plan) -> QuerySet[Body]:
    """The bodies that have a part in the plan, with how many tasks they lead and help with."""
    count = {
        role: Count("assignments", filter=Q(assignments__task__plan=plan, assignments__role=role))
        for role in Role.values
    }
    return Body.objects.filter(assignments__task__plan=plan).annotate(**count).order_by("sort_key", "key")


def topics_of(plan: Plan) -> list[tuple[str, int]]:
    """Topics of the plan's tasks, most frequent first."""
    return list(plan.tasks.order_by().values_list("topic").annotate(n=Count("pk")).order_by("-n", "topic"))


@dataclass(frozen=True, slots=True)
class Link:
    """A document above this one, and its plan where we have it."""

    reference: Reference
    plan: Plan | None


def chain_above(plan: Plan, *, viewer: User) -> list[Link]:
    """The documents that the plan carries out or continues, each with what we hold of it."""
    references = list(plan.version.references.exclude(relation="mentions"))
    plans = {
        found.symbol: found for found in plans_visible(viewer).filter(symbol__in=_symbols(references), state="issued")
    }
    return [Link(each, plans.get(each.symbol) if each.symbol else None) for each in references]


def plans_below(plan: Plan, *, viewer: User) -> QuerySet[Plan]:
    """Plans that carry this one out."""
    if not plan.symbol:
        return Plan.objects.none()
    citing = Reference.objects.filter(symbol=plan.symbol).exclude(relation="mentions").values("version")
    return plans_visible(viewer).filter(version__in=citing, state="issued").exclude(pk=plan.pk)


def _symbols(references: list[Reference]) -> set[str]:
    return {each.symbol for each in references if each.symbol}
