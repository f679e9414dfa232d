"""What a reviewed version would become as a plan, and what still stands in its way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.fields.json import KT

from hopluc.documents.models import Item, Version
from hopluc.documents.presenting import Card, cards
from hopluc.documents.selectors import items_accepted, items_waiting
from hopluc.plans.expansion import Line
from hopluc.plans.models import Plan

SHOWN = 100  # items of a list


@dataclass(frozen=True, slots=True)
class Difference:
    """How the tasks differ from those of the edition before, by their words."""

    added: int
    dropped: int
    kept: int


@dataclass(frozen=True, slots=True)
class Draft:
    tasks: int
    targets: int
    duties: int
    rejected: int
    waiting: int
    waiting_shown: list[Card]
    unassigned: int
    unassigned_shown: list[Card]
    difference: Difference | None

    @property
    def ready(self) -> bool:
        return not self.waiting and bool(self.tasks)


def draft_of(version: Version, before: Plan | None) -> Draft:
    accepted = {kind: Count("pk", filter=Q(state=Item.State.ACCEPTED, kind=kind)) for kind in Item.Kind.values}
    counts = version.items.aggregate(
        rejected=Count("pk", filter=Q(state=Item.State.REJECTED)),
        waiting=Count("pk", filter=Q(state=Item.State.PENDING)),
        unassigned=Count("pk", filter=Q(state=Item.State.ACCEPTED, kind=Item.Kind.TASK, value__lead=[])),
        **accepted,
    )
    unassigned = items_accepted(version).filter(kind=Item.Kind.TASK, value__lead=[]).select_related("changed_by")
    waiting = items_waiting(version).select_related("changed_by").order_by("position", "pk")
    return Draft(
        tasks=counts["task"],
        targets=counts["target"],
        duties=counts["duty"],
        rejected=counts["rejected"],
        waiting=counts["waiting"],
        waiting_shown=cards(waiting[:SHOWN]) if counts["waiting"] else [],
        unassigned=counts["unassigned"],
        unassigned_shown=cards(unassigned[:SHOWN]) if counts["unassigned"] else [],
        difference=_difference(version, before) if before else None,
    )


def _difference(version: Version, before: Plan) -> Difference:
    now = Counter(items_accepted(version).filter(kind=Item.Kind.TASK).values_list(KT("value__text"), flat=True))
    was = Counter(before.tasks.values_list("text", flat=True))
    kept = (now & was).total()
    return Difference(added=now.total() - kept, dropped=was.total() - kept, kept=kept)


@dataclass(frozen=True, slots=True)
class Whom:
    """To whom the plan would give its tasks: what needs a look first."""

    unmet: list[Line]  # bodies that no agency answers to
    asks: list[Line]  # whose agencies the coordinator chooses
    met: list[Line]

    @classmethod
    def of(cls, lines: list[Line]) -> Whom:
        return cls(
            [line for line in lines if not line.count and not line.asks],
            [line for line in lines if line.asks],
            [line for line in lines if line.count and not line.asks],
        )
