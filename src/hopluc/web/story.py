"""What time did to the plans of the first page: of which provinces they were and are, and how many of their tasks moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count

from hopluc.plans.models import Assignee, Assignment, Plan, Task
from hopluc.plans.selectors import one_part_each
from hopluc.units.holders import Paths
from hopluc.units.models import Unit

BECAME = """
WITH RECURSIVE ahead(first, id) AS (
    SELECT id, id FROM unnest(%(units)s::bigint[]) AS given(id)
    UNION
    SELECT ahead.first, l.target_id FROM ahead JOIN units_lineage l ON l.source_id = ahead.id AND l."on" <= %(today)s
)
SELECT ahead.first, u.id FROM ahead JOIN units_unit u ON u.id = ahead.id WHERE u.validity @> %(today)s
"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A plan with its place then and now, who looks after it now, and how many of its tasks other agencies lead now."""

    plan: Plan
    places: tuple[Unit, ...]
    keeper: str  # today's, where it is another than the owner
    tasks: int
    moved: int

    @property
    def place_moved(self) -> bool:
        """Elsewhere by name: a province that only took in others kept its own."""
        return [str(self.plan.unit)] != [str(place) for place in self.places]

    @property
    def year(self) -> int | None:
        day = self.plan.dated_on or self.plan.as_of
        return day.year if day else None


@dataclass(frozen=True, slots=True)
class Story:
    chapters: tuple[Chapter, ...]

    @property
    def then(self) -> list[str]:
        """The places that the plans were made for."""
        return list(dict.fromkeys(str(each.plan.unit) for each in self.chapters))

    @property
    def now(self) -> list[str]:
        return list(dict.fromkeys(str(place) for each in self.chapters for place in each.places))

    @property
    def years(self) -> str:
        """`2015–2023`"""
        found = sorted(each.year for each in self.chapters if each.year)
        return "–".join(dict.fromkeys(map(str, (found[0], found[-1])))) if found else ""

    @property
    def tasks(self) -> int:
        return sum(each.tasks for each in self.chapters)

    @property
    def moved(self) -> int:
        return sum(each.moved for each in self.chapters)


def story_of(plans: Sequence[Plan], *, today: date) -> Story | None:
    """The plans whose place is not what it was or whose tasks moved, oldest first; nothing where time changed none of them."""
    placed = [plan for plan in plans if plan.unit]
    if not placed:
        return None
    places = _places({plan.unit_id for plan in placed if plan.unit_id}, today)
    leads = _leads(placed)
    paths = Paths({plan.owner_id for plan in placed} | leads, on=today)
    counts = _counts(placed, [pk for pk in leads if _holders(pk, paths) != [paths.agency(pk).name]])
    chapters = (
        Chapter(plan, tuple(places[plan.unit_id or 0]), _keeper(plan, paths), *counts.get(plan.pk, (0, 0)))
        for plan in placed
    )
    found = sorted((each for each in chapters if each.place_moved or each.moved), key=lambda each: each.year or 0)
    return Story(tuple(found)) if found else None


def _holders(agency: int, paths: Paths) -> list[str]:
    """Names of today's holders; empty where nobody holds its work."""
    return [one.agency.name for one in paths.of(agency) if one.agency]


def _keeper(plan: Plan, paths: Paths) -> str:
    holders = _holders(plan.owner_id, paths)
    return "" if holders == [plan.owner.name] else ", ".join(holders)


def _places(units: set[int], today: date) -> dict[int, list[Unit]]:
    with connection.cursor() as cursor:
        cursor.execute(BECAME, {"units": list(units), "today": today})
        pairs = cursor.fetchall()
    known = Unit.objects.in_bulk({now for _then, now in pairs})
    found: dict[int, list[Unit]] = defaultdict(list)
    for then, now in pairs:
        found[then].append(known[now])
    return found


def _leads(plans: Sequence[Plan]) -> set[int]:
    """The agencies that lead something."""
    led = one_part_each((plan.pk for plan in plans), [Assignment.Role.LEAD])
    return set(Assignee.objects.filter(assignment__in=led).values_list("agency", flat=True))


def _counts(plans: Sequence[Plan], moved: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By plan, its tasks and those that one of the agencies that moved leads."""
    rows = Task.objects.filter(plan__in=plans).order_by().values_list("plan")
    led = Assignment.objects.filter(plan__in=plans, role=Assignment.Role.LEAD, assignees__agency__in=moved)
    others = dict(led.order_by().values_list("plan").annotate(n=Count("task", distinct=True))) if moved else {}
    return {plan: (count, others.get(plan, 0)) for plan, count in rows.annotate(n=Count("*"))}
