"""Issuing a plan: what was accepted in the review becomes tasks, targets and duties that people work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.history import acting
from hopluc.documents.errors import NotYours, ReviewClosed
from hopluc.documents.models import Document, Item, Version
from hopluc.documents.review import current_version, review_close
from hopluc.documents.selectors import items_accepted, items_waiting
from hopluc.documents.services import readers_add
from hopluc.plans.aims import aims_carry
from hopluc.plans.errors import NoReason, NothingAccepted, Unreviewed, Untitled
from hopluc.plans.expansion import Setting, bodies_of_plan, lines, setting_of
from hopluc.plans.models import Assignment, Duty, Heading, Plan, Target, Task
from hopluc.plans.working.beginning import work_begin
from hopluc.units.models import Agency, Body
from hopluc.units.needed import agencies_make

Json = dict[str, Any]
Role = Assignment.Role


def plan_issue(*, document: Document, by: User, reason: str = "", setting: Setting | None = None) -> Plan:
    """Make a plan of the reviewed document; a second issue makes a new edition and replaces the one in force.

    `setting` says of which place and day its agencies are; without it, what the document says. Raises NotYours, ReviewClosed, Unreviewed, NothingAccepted, Untitled; NoReason where a new edition has none.
    """
    with transaction.atomic(), acting(by.pk, act="plan.issued", document=document.pk, reason=reason):
        locked = Document.objects.select_for_update(of=("self",)).select_related("owner__unit").get(pk=document.pk)
        version = current_version(locked)
        _check(locked, version, by)
        items = list(items_accepted(version))
        if not any(item.kind == Item.Kind.TASK for item in items):
            raise NothingAccepted
        setting = setting or setting_of(locked, version)
        before = locked.plans.filter(state=Plan.State.ISSUED).first()
        plan = _plan(locked, version, by, " ".join(reason.split()), setting)
        _fill(plan, version, items)
        aims_carry(plan=plan)
        assignees_find(plan=plan, setting=setting)
        work_begin(plan, before=before)
        review_close(version=version, at=timezone.now())
    return plan


def _check(document: Document, version: Version, by: User) -> None:
    if document.owner_id not in agencies(by, "draft"):
        raise NotYours(agency=document.owner.name)
    if version.closed_at:
        raise ReviewClosed
    if count := items_waiting(version).count():
        raise Unreviewed(count=count)
    if not document.title.strip():
        raise Untitled


def _plan(document: Document, version: Version, by: User, reason: str, setting: Setting) -> Plan:
    before = document.plans.count()
    if before and not reason:
        raise NoReason
    document.plans.filter(state=Plan.State.ISSUED).update(state=Plan.State.REPLACED)
    return Plan.objects.create(
        document=document,
        version=version,
        edition=before + 1,
        reason=reason if before else "",
        owner=document.owner,
        unit=setting.unit,
        as_of=setting.day,
        title=document.title,
        type=document.type,
        symbol=document.symbol,
        issuer=document.issuer,
        dated_on=document.issued_on,
        issued_by=by,
    )


def _fill(plan: Plan, version: Version, items: list[Item]) -> None:
    tasks = [item for item in items if item.kind == Item.Kind.TASK]
    places = Places(_headings(plan, version.headings))
    made = Task.objects.bulk_create(_task(plan, turn, item, places) for turn, item in enumerate(tasks))
    bodies = dict(Body.objects.filter(key__in=_keys(tasks)).values_list("key", "pk"))
    Assignment.objects.bulk_create(
        Assignment(plan=plan, task=task, body_id=bodies[key], role=role, position=turn)
        for task, item in zip(made, tasks, strict=True)
        for role in (Role.LEAD, Role.COORDINATE)
        for turn, key in enumerate(dict.fromkeys(item.value[role]))
    )
    Target.objects.bulk_create(
        Target(plan=plan, position=turn, value=value) for turn, value in _numbered(items, Item.Kind.TARGET)
    )
    Duty.objects.bulk_create(
        Duty(plan=plan, position=turn, value=value) for turn, value in _numbered(items, Item.Kind.DUTY)
    )


def assignees_find(*, plan: Plan, setting: Setting) -> None:
    """Give each assignment the agencies that its body means, and let those read the document; in a few statements."""
    found = lines(bodies_of_plan(plan), setting)
    agencies_make(row for line in found for row in line.made)
    made = dict(
        Agency.objects.filter(key__in=[row.key for line in found for row in line.made]).values_list("key", "pk")
    )
    pairs = {
        *((line.body.pk, agency.pk) for line in found for agency in line.agencies),
        *((line.body.pk, made[row.key]) for line in found for row in line.made),
    }
    with connection.cursor() as cursor:
        cursor.execute(GIVEN, [plan.pk, [body for body, _agency in pairs], [agency for _body, agency in pairs]])
    readers_add(document=plan.document, agencies={agency for _body, agency in pairs})


GIVEN = """
INSERT INTO plans_assignee (assignment_id, agency_id)
SELECT a.id, m.agency_id FROM plans_assignment a JOIN plans_task t ON t.id = a.task_id AND t.plan_id = %s
JOIN unnest(%s::bigint[], %s::bigint[]) AS m(body_id, agency_id) ON m.body_id = a.body_id
"""


def _numbered(items: Iterable[Item], kind: str) -> Iterable[tuple[int, Json]]:
    return enumerate(item.value for item in items if item.kind == kind)


def _keys(tasks: Iterable[Item]) -> set[str]:
    return {key for item in tasks for role in (Role.LEAD, Role.COORDINATE) for key in item.value[role]}


def _headings(plan: Plan, found: list[Json]) -> list[tuple[Heading, int]]:
    """The outline above the tasks, each heading with the place of its words; level by level, for parents come first."""
    made: list[Heading] = []
    for turn, value in enumerate(found):
        above = None if value["parent"] is None else made[value["parent"]]
        made.append(
            Heading(
                plan=plan,
                position=turn,
                at=value["at"],
                marker=value.get("marker", "")[:40],
                text=value["text"],
                depth=above.depth + 1 if above else 0,
                parent=above,
            )
        )
    for _depth, level in groupby(sorted(made, key=attrgetter("depth")), key=attrgetter("depth")):
        Heading.objects.bulk_create(level)
    return [(heading, _start(value)) for heading, value in zip(made, found, strict=True)]


def _start(value: Json) -> int:
    span = value.get("span")
    return int(span[0]) if span else 0


class Places:
    """Finds the heading that a task stands under."""

    def __init__(self, headings: list[tuple[Heading, int]]) -> None:
        self._by_at: dict[str, list[tuple[Heading, int]]] = defaultdict(list)
        for heading, start in headings:
            self._by_at[heading.at].append((heading, start))

    def above(self, at: str, start: int) -> Heading | None:
        """The nearest heading over an address: `II/1/c` stands under `II/1`, or `II`; a task over others under itself.

        Where several headings have the address, the last that begins before the task.
        """
        while at:
            if same := self._by_at.get(at):
                return next((heading for heading, begin in reversed(same) if begin <= start), same[0][0])
            at = at.rpartition("/")[0]
        return None


def _task(plan: Plan, turn: int, item: Item, places: Places) -> Task:
    value = item.value
    deadline = value.get("deadline")
    spans = value.get("spans", {})
    return Task(
        plan=plan,
        item=item,
        position=turn,
        at=value.get("at", ""),
        heading=places.above(value.get("at", ""), _start(value)),
        text=value["text"],
        topic=value.get("topic") or "other",
        deliverable=value.get("deliverable") or "",
        deadline=deadline,
        deadline_kind=deadline["kind"] if deadline else "",
        ends_on=date.fromisoformat(deadline["end"]) if deadline and deadline.get("end") else None,
        spans={**spans, "text": spans.get("text") or ([value["span"]] if value.get("span") else [])},
        inherited=value.get("inherited", {}),
    )
