"""What waits for somebody, in groups by what to do now: how many, and which come first.

Asked of the database in its own words: these run over whole agencies on the page that everybody opens first, and Django takes
longer to write such queries than the database to answer them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Q

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.plans.models import Line, Plan
from hopluc.plans.working.states import Clock


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


# What is not confirmed yet of the lines that a viewer may answer for, each in the first group that fits; what has not begun, in
# none. Groups are numbered as in ANSWERING: numbers are sorted faster than words.
GROUPED = """
WITH due AS (
    SELECT id, due_on, CASE
        WHEN state = 'returned' THEN 0 WHEN state = 'reported' THEN 5
        WHEN due_on < %(today)s THEN 1 WHEN due_on <= %(soon)s THEN 2
        WHEN lower(period) > %(today)s THEN NULL
        WHEN touched_on < %(stale)s THEN 3 ELSE 4 END AS grouped
    FROM plans_occurrence WHERE line_id = ANY(%(lines)s::bigint[]) AND state <> 'confirmed'
)
"""
COUNTS = "SELECT grouped, count(*) FROM due WHERE grouped IS NOT NULL GROUP BY grouped"
PAGE = "SELECT id FROM due WHERE grouped = %(group)s ORDER BY due_on, id LIMIT %(size)s OFFSET %(start)s"


def answering(select: str, place: Place, clock: Clock, **about: object) -> list[tuple[Any, ...]]:
    """Rows of `due` (GROUPED): what the viewer answers for. One query, and one for the lines."""
    days = {"today": clock.today, "soon": clock.soon, "stale": clock.stale}
    return _rows(GROUPED + select, {**days, "lines": place.lines, **about})


def answering_counts(place: Place, clock: Clock) -> dict[Group, int]:
    return dict.fromkeys(ANSWERING, 0) | {ANSWERING[turn]: n for turn, n in answering(COUNTS, place, clock)}


def answering_page(place: Place, group: Group, clock: Clock, start: int, size: int) -> list[int]:
    """Ids of occurrences, the earliest day first."""
    at = {"group": ANSWERING.index(group), "start": start, "size": size}
    return [pk for (pk,) in answering(PAGE, place, clock, **at)]


# What waits for whoever owns a plan, or names people: where it is found, and in which order.
DECIDING = {
    Group.CONFIRM: (
        "FROM plans_occurrence one WHERE plan_id = ANY(%(confirm)s) AND state = 'reported'",
        "reported_on, id",
    ),
    Group.DECIDE: (
        "FROM plans_request one JOIN plans_line l ON l.id = line_id WHERE one.state = 'asked' AND plan_id = ANY(%(decide)s)",
        "one.id",
    ),
    Group.UNOWNED: (
        "FROM plans_line one WHERE state = 'waiting' AND (plan_id = ANY(%(decide)s) OR holder_id = ANY(%(name)s))",
        "plan_id, task_id, id",
    ),
    Group.UNLED: (  # the lines are looked through once, not asked of each task
        (
            "FROM plans_task one WHERE plan_id = ANY(%(decide)s)"
            " AND id NOT IN (SELECT task_id FROM plans_line WHERE plan_id = ANY(%(decide)s))"
        ),
        "plan_id, position",
    ),
}


def deciding(select: str, place: Place, **about: object) -> list[tuple[Any, ...]]:
    """What waits for whoever owns a plan, or names people; nothing where the viewer has no such work."""
    whose = {**place.owned, "name": list(place.ids("name"))}
    return _rows(select, {**whose, **about}) if any(whose.values()) else []


def deciding_counts(place: Place) -> dict[Group, int]:
    """Two queries, one of them for the plans."""
    selects = [f"SELECT '{group}', count(*) {found}" for group, (found, _order) in DECIDING.items()]
    return dict.fromkeys(DECIDING, 0) | {Group(group): n for group, n in deciding(" UNION ALL ".join(selects), place)}


def deciding_page(place: Place, group: Group, start: int, size: int) -> list[int]:
    """Ids of reports, requests, lines or tasks."""
    found, order = DECIDING[group]
    select = f"SELECT one.id {found} ORDER BY {order} LIMIT %(size)s OFFSET %(start)s"
    return [pk for (pk,) in deciding(select, place, size=size, start=start)]


def _rows(statement: str, about: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, about)
        return cursor.fetchall()
