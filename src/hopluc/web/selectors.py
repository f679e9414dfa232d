"""What waits for somebody, and what a search over everything finds: always what the viewer may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.core.search import search_query
from hopluc.documents.models import Document, Version
from hopluc.documents.selectors import documents_listed, drafting, items_left
from hopluc.plans.models import Plan, Task
from hopluc.plans.selectors import plans_listed, plans_visible
from hopluc.registry.listing import Listing
from hopluc.registry.selectors import ALL, Sought
from hopluc.units.models import Agency, Unit
from hopluc.units.selectors import agencies_found
from hopluc.units.tree import units_named

SHOWN = 5  # of each kind, on the first page and among the results of a search

READING = (Version.State.WAITING, Version.State.READING)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document from which no plan was issued yet, with what waits in it."""

    pk: int
    state: str  # of its newest version
    left: int  # items to be reviewed
    doubted: int  # of them

    @property
    def kind(self) -> str:
        """What is to be done with it: review, issue, columns, failed; or reading, which the program does."""
        if self.state == Version.State.READ:
            return "review" if self.left else "issue"
        return {Version.State.MAPPING: "columns", Version.State.FAILED: "failed"}.get(
            Version.State(self.state), "reading"
        )


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
    kinds = Counter(draft.kind for draft in drafts)
    first = sorted((draft for draft in drafts if draft.state not in READING), key=lambda draft: -draft.doubted)[:SHOWN]
    return Waiting(
        items=sum(draft.left for draft in drafts),
        doubtful=sum(draft.doubted for draft in drafts),
        documents=_documents(first),
        **{kind: kinds[kind] for kind in ("review", "issue", "columns", "failed", "reading")},
    )


def _drafts(viewer: User) -> list[Draft]:
    """All of them, newest first, in two queries: their items are counted once for all."""
    listed = documents_listed(viewer=viewer).filter(owner__in=drafting(viewer), closed_at=None)
    rows = list(listed.values_list("pk", "version_id", "version_state"))
    counts = items_left(version for _pk, version, _state in rows if version)
    return [Draft(pk, state or Version.State.WAITING, *counts.get(version, (0, 0))) for pk, version, state in rows]


def _documents(drafts: list[Draft]) -> list[Any]:
    """The documents of these drafts, each with what its line says."""
    found: dict[int, Any] = Document.objects.defer("words").in_bulk([draft.pk for draft in drafts])
    for draft in drafts:
        document = found[draft.pk]
        document.version_state, document.closed_at = draft.state, None
        document.waiting = document.left = draft.left
        document.doubted = draft.doubted
    return [found[draft.pk] for draft in drafts]


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
    tasks = tasks.only("text", "at", "ends_on", "plan__type", "plan__symbol", "plan__title")
    return tasks.order_by("-plan__dated_on", "-plan", "position")


def agencies_looked_up(*, viewer: User, typed: str) -> QuerySet[Agency]:  # noqa: ARG001  public facts, for all alike
    return agencies_found(typed, on=localdate())


def units_looked_up(*, viewer: User, typed: str) -> QuerySet[Unit]:  # noqa: ARG001  public facts, for all alike
    return units_named(typed, on=localdate())


def organisations_looked_up(*, viewer: User, typed: str) -> Listing:  # noqa: ARG001  public facts, for all alike
    return Listing(Sought(typed, status=ALL), "name")


FOUND: dict[str, Callable[..., QuerySet | Listing]] = {
    "plans": plans_found,
    "tasks": tasks_found,
    "documents": documents_found,
    "organisations": organisations_looked_up,
    "agencies": agencies_looked_up,
    "units": units_looked_up,
}
