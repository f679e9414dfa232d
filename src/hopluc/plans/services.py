"""Issuing a plan: what was accepted in the review becomes tasks, targets and duties that people work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.history import acting
from hopluc.documents.errors import NotYours, ReviewClosed
from hopluc.documents.models import Document, Item, Version
from hopluc.documents.review import current_version, review_close
from hopluc.documents.selectors import items_accepted, items_waiting
from hopluc.plans.errors import NothingAccepted, Unreviewed, Untitled
from hopluc.plans.models import Assignment, Duty, Heading, Plan, Target, Task
from hopluc.units.models import Body

Json = dict[str, Any]
Role = Assignment.Role


def plan_issue(*, document: Document, by: User) -> Plan:
    """Make a plan of the reviewed document; a second issue makes a new edition and replaces the one in force.

    Raises NotYours, ReviewClosed, Unreviewed, NothingAccepted, Untitled.
    """
    with transaction.atomic(), acting(by.pk, act="plan.issued", document=document.pk):
        locked = Document.objects.select_for_update(of=("self",)).select_related("owner").get(pk=document.pk)
        version = current_version(locked)
        _check(locked, version, by)
        items = list(items_accepted(version))
        if not any(item.kind == Item.Kind.TASK for item in items):
            raise NothingAccepted
        plan = _plan(locked, version, by)
        _fill(plan, version, items)
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


def _plan(document: Document, version: Version, by: User) -> Plan:
    document.plans.filter(state=Plan.State.ISSUED).update(state=Plan.State.REPLACED)
    return Plan.objects.create(
        document=document,
        version=version,
        edition=document.plans.count() + 1,
        owner=document.owner,
        title=document.title,
        type=document.type,
        symbol=document.symbol,
        issuer=document.issuer,
        dated_on=document.issued_on,
        issued_by=by,
    )


def _fill(plan: Plan, version: Version, items: list[Item]) -> None:
    tasks = [item.value for item in items if item.kind == Item.Kind.TASK]
    headings = _headings(plan, version.headings)
    made = Task.objects.bulk_create(_task(plan, turn, value, headings) for turn, value in enumerate(tasks))
    bodies = dict(Body.objects.filter(key__in=_keys(tasks)).values_list("key", "pk"))
    Assignment.objects.bulk_create(
        Assignment(task=task, body_id=bodies[key], role=role, position=turn)
        for task, value in zip(made, tasks, strict=True)
        for role in (Role.LEAD, Role.COORDINATE)
        for turn, key in enumerate(dict.fromkeys(value[role]))
    )
    Target.objects.bulk_create(
        Target(plan=plan, position=turn, value=value) for turn, value in _numbered(items, Item.Kind.TARGET)
    )
    Duty.objects.bulk_create(
        Duty(plan=plan, position=turn, value=value) for turn, value in _numbered(items, Item.Kind.DUTY)
    )


def _numbered(items: Iterable[Item], kind: str) -> Iterable[tuple[int, Json]]:
    return enumerate(item.value for item in items if item.kind == kind)


def _keys(tasks: Iterable[Json]) -> set[str]:
    return {key for value in tasks for role in (Role.LEAD, Role.COORDINATE) for key in value[role]}


def _headings(plan: Plan, found: list[Json]) -> dict[str, Heading]:
    """The outline above the tasks, by address; parents come before their children."""
    made: list[Heading] = []
    for turn, value in enumerate(found):
        parent = made[value["parent"]] if value["parent"] is not None else None
        depth = parent.depth + 1 if parent else 0
        text = " ".join(filter(None, (value.get("marker"), value["text"])))
        heading = Heading(plan=plan, position=turn, at=value["at"], depth=depth, parent=parent, text=text)
        heading.save()
        made.append(heading)
    return {heading.at: heading for heading in reversed(made)}


def _task(plan: Plan, turn: int, value: Json, headings: dict[str, Heading]) -> Task:
    deadline = value.get("deadline")
    spans = value.get("spans", {})
    return Task(
        plan=plan,
        position=turn,
        at=value.get("at", ""),
        heading=_above(value.get("at", ""), headings),
        text=value["text"],
        topic=value.get("topic") or "other",
        deliverable=value.get("deliverable") or "",
        deadline=deadline,
        deadline_kind=deadline["kind"] if deadline else "",
        ends_on=date.fromisoformat(deadline["end"]) if deadline and deadline.get("end") else None,
        spans={**spans, "text": spans.get("text") or ([value["span"]] if value.get("span") else [])},
        inherited=value.get("inherited", {}),
    )


def _above(at: str, headings: dict[str, Heading]) -> Heading | None:
    """The nearest heading over an address: `II/1/c` stands under `II/1`, or `II`."""
    while "/" in at:
        at = at.rpartition("/")[0]
        if at in headings:
            return headings[at]
    return headings.get(at)
