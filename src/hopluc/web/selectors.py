"""What waits for somebody, and what a search over everything finds: always what the viewer may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.search import search_query
from hopluc.documents.models import Document, Item, Version
from hopluc.documents.selectors import documents_listed
from hopluc.plans.models import Plan, Task
from hopluc.plans.selectors import plans_listed, plans_visible
from hopluc.units.models import Agency, Unit
from hopluc.units.selectors import agencies_found
from hopluc.units.tree import units_named
from vanban.wording import DOUBTFUL

SHOWN = 5  # of each kind, on the first page and among the results of a search

REVIEW = Q(version_state=Version.State.READ, left__gt=0)
ISSUE = Q(version_state=Version.State.READ, left=0)
COLUMNS = Q(version_state=Version.State.MAPPING)
FAILED = Q(version_state=Version.State.FAILED)
READING = Q(version_state__in=[Version.State.WAITING, Version.State.READING])


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the coordinators of the viewer's agencies: how many of each, and the newest."""

    review: int
    items: int  # to be reviewed, in all these documents
    doubtful: int  # of them
    issue: int
    columns: int
    failed: int
    reading: int
    documents: list[Document]

    @property
    def total(self) -> int:
        return self.review + self.issue + self.columns + self.failed


def drafts_waiting(viewer: User) -> Waiting:
    """Documents of the viewer's agencies from which no plan was issued; reviews with the most doubtful items first."""
    drafts = _drafts(viewer)
    kinds = {"review": REVIEW, "issue": ISSUE, "columns": COLUMNS, "failed": FAILED, "reading": READING}
    counts = drafts.aggregate(
        items=Coalesce(Sum("left"), 0),
        doubtful=Coalesce(Sum("doubted"), 0),
        **{kind: Count("pk", filter=wanted) for kind, wanted in kinds.items()},
    )
    return Waiting(**counts, documents=list(drafts.exclude(READING).order_by("-doubted", "-created_at", "-pk")[:SHOWN]))


def _drafts(viewer: User) -> QuerySet[Any]:
    doubted = Item.objects.filter(
        version=OuterRef("version_id"), state=Item.State.PENDING, sureness__lt=DOUBTFUL
    ).order_by()
    count = doubted.values("version").annotate(n=Count("pk")).values("n")[:1]
    listed: QuerySet[Any] = documents_listed(viewer=viewer)
    listed = listed.filter(owner__in=agencies(viewer, "draft"), closed_at=None)
    return listed.annotate(left=Coalesce("waiting", 0), doubted=Coalesce(Subquery(count), 0))


def documents_recent(viewer: User) -> list[Document]:
    return list(documents_listed(viewer=viewer)[:SHOWN])


def plans_recent(viewer: User) -> list[Plan]:
    return list(plans_listed(viewer=viewer)[:SHOWN])


def documents_found(*, viewer: User, typed: str) -> QuerySet[Document]:
    return documents_listed(viewer=viewer, typed=typed)


def plans_found(*, viewer: User, typed: str) -> QuerySet[Plan]:
    """Plans in force or closed; of a plan with several editions the newest."""
    plans = plans_visible(viewer).exclude(state=Plan.State.REPLACED)
    return plans.filter(words=search_query(typed)).order_by("-dated_on", "-issued_at", "-pk")


def tasks_found(*, viewer: User, typed: str) -> QuerySet[Task]:
    """Tasks of those plans, in the order of the plan."""
    plans = plans_visible(viewer).exclude(state=Plan.State.REPLACED)
    tasks = Task.objects.filter(plan__in=plans.values("pk"), words=search_query(typed)).select_related("plan")
    return tasks.order_by("-plan__dated_on", "-plan", "position")


def agencies_looked_up(*, viewer: User, typed: str) -> QuerySet[Agency]:  # noqa: ARG001  public facts, for all alike
    return agencies_found(typed, on=localdate())


def units_looked_up(*, viewer: User, typed: str) -> QuerySet[Unit]:  # noqa: ARG001  public facts, for all alike
    return units_named(typed, on=localdate())


FOUND: dict[str, Callable[..., QuerySet]] = {
    "plans": plans_found,
    "tasks": tasks_found,
    "documents": documents_found,
    "agencies": agencies_looked_up,
    "units": units_looked_up,
}
