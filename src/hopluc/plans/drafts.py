"""What a reviewed version would become as a plan, and what still stands in its way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet, Window
from django.db.models.fields.json import KT

from hopluc.documents.models import Item, Version
from hopluc.documents.presenting import Line, lines
from hopluc.documents.selectors import items_accepted, items_waiting
from hopluc.plans.expansion import Line as Given
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
    waiting_shown: list[Line]
    unassigned: int
    unassigned_shown: list[Line]
    difference: Difference | None

    @property
    def ready(self) -> bool:
        return not self.waiting and bool(self.tasks)


def draft_of(version: Version, before: Plan | None) -> Draft:
    counts, accepted = _counts(version)
    waiting = items_waiting(version).order_by("position", "pk")
    leadless = items_accepted(version).filter(kind=Item.Kind.TASK, value__lead=[]).annotate(all=Window(Count("*")))
    unassigned = list(_first(leadless))
    return Draft(
        tasks=accepted[Item.Kind.TASK],
        targets=accepted[Item.Kind.TARGET],
        duties=accepted[Item.Kind.DUTY],
        rejected=counts[Item.State.REJECTED],
        waiting=counts[Item.State.PENDING],
        waiting_shown=lines(_first(waiting)) if counts[Item.State.PENDING] else [],
        unassigned=unassigned[0].all if unassigned else 0,
        unassigned_shown=lines(unassigned),
        difference=_difference(version, accepted[Item.Kind.TASK], before) if before else None,
    )


def _counts(version: Version) -> tuple[Counter[str], Counter[str]]:
    """How many items there are of each state, and of each kind of those that were accepted. One query."""
    states, accepted = Counter[str](), Counter[str]()
    rows = version.items.order_by().values_list("state", "kind").annotate(n=Count("*"))
    for state, kind, count in rows:
        states[state] += count
        accepted[kind] += count if state == Item.State.ACCEPTED else 0
    return states, accepted


def _first(items: QuerySet[Any]) -> QuerySet[Any]:
    return items.only("version", "kind", "value", "origin")[:SHOWN]


def _difference(version: Version, tasks: int, before: Plan) -> Difference:
    now = items_accepted(version).filter(kind=Item.Kind.TASK).order_by().annotate(words=KT("value__text"))
    kept, were = _alike(now.values("words"), before.tasks.order_by().values("text"))
    return Difference(added=tasks - kept, dropped=were - kept, kept=kept)


def _alike(one: QuerySet[Any, Any], other: QuerySet[Any, Any]) -> tuple[int, int]:
    """How many rows stand in both, each as often as in both, and how many in the other: thousands of texts stay in the
    database.
    """
    (first, given), (second, more) = (rows.query.sql_with_params() for rows in (one, other))
    counted = (
        f"SELECT (SELECT count(*) FROM ({first} INTERSECT ALL {second}) AS alike),"  # noqa: S608  Django's own SQL
        f" (SELECT count(*) FROM ({second}) AS other)"
    )
    with connection.cursor() as cursor:
        cursor.execute(counted, (*given, *more, *more))
        alike, were = cursor.fetchone()
    return int(alike), int(were)


@dataclass(frozen=True, slots=True)
class Whom:
    """To whom the plan would give its tasks: what needs a look first."""

    unmet: list[Given]  # bodies that no agency answers to
    asks: list[Given]  # whose agencies the coordinator chooses
    met: list[Given]

    @classmethod
    def of(cls, lines: list[Given]) -> Whom:
        return cls(
            [line for line in lines if not line.count and not line.asks],
            [line for line in lines if line.asks],
            [line for line in lines if line.count and not line.asks],
        )
