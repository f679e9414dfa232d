"""What was done to a plan and its tasks: who, when, what, why; from the rows that triggers keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Func, IntegerField, Max, Model, QuerySet, Sum
from django.utils.translation import gettext as _

from hopluc.accounts.models import User
from hopluc.documents.models import Act, Item
from hopluc.plans.models import Plan, Task
from hopluc.plans.speech import deadline_words, topic_words
from hopluc.units.models import Body

Json = dict[str, Any]
TEXTS = ("text", "deliverable")
LISTS = ("lead", "coordinate")
REVIEWED = ("pgh_created_at", "state", "value", "changed_by__name", "changed_by__username")
FIELDS = (*TEXTS, *LISTS, "deadline", "topic")


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    who: str  # empty: the program itself
    what: str
    changes: tuple[Change, ...] = ()
    why: str = ""
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """One person's part in the review: how many items each act touched, and when the last was."""

    who: str
    acts: dict[str, int]
    last: datetime


def editions(plan: Plan) -> QuerySet[Plan]:
    """All editions of the plan, the newest first."""
    plans = Plan.objects.filter(document=plan.document_id).select_related("issued_by")
    return plans.annotate(task_count=Count("tasks")).order_by("-edition")


def review_shares(plan: Plan) -> list[Share]:
    """Who did what in the review up to this edition, who did most first."""
    touched = Func(F("changes"), function="jsonb_array_length", output_field=IntegerField())
    acts = Act.objects.filter(document=plan.document_id, at__lte=plan.issued_at, undone=False).exclude(verb="undo")
    rows = acts.order_by().values_list("by__name", "verb").annotate(n=Sum(touched), last=Max("at"))
    people: dict[str, list[tuple[str, int, datetime]]] = {}
    for who, verb, count, last in rows:
        people.setdefault(who, []).append((verb, count, last))
    shares = [Share(who, _verbs(done), max(last for *_rest, last in done)) for who, done in people.items()]
    return sorted(shares, key=lambda share: -sum(share.acts.values()))


def _verbs(done: Iterable[tuple[str, int, datetime]]) -> dict[str, int]:
    """Acts as people see them: accepted one by one or all sure ones at once is the same."""
    counts: dict[str, int] = {}
    for verb, count, _last in done:
        name = "accept" if verb == "accept_sure" else verb
        counts[name] = counts.get(name, 0) + count
    return counts


def tasks_changed(plan: Plan) -> QuerySet[Any]:
    """Rows of history of the plan's tasks since it was issued, newest first."""
    return _event("plans", "TaskEvent").filter(plan=plan, pgh_label="update").order_by("-pgh_created_at", "-pgh_id")


def changes_of_tasks(events: Sequence[Any]) -> list[Line]:
    """These rows as lines: each beside the row before it of the same task. Four queries, however many lines."""
    ids = {event.pgh_obj_id for event in events}
    rows = (
        _event("plans", "TaskEvent").filter(pgh_obj__in=ids).select_related("pgh_context").order_by("pgh_obj", "pgh_id")
    )
    before = {now.pgh_id: was for was, now in pairwise(rows) if was.pgh_obj_id == now.pgh_obj_id}
    contexts = {row.pgh_id: row.pgh_context for row in rows}
    names = _people(contexts.values())
    tasks = Task.objects.defer("sort_key", "words", "spans").in_bulk(ids)
    return [
        Line(
            at=event.pgh_created_at,
            who=_who(contexts[event.pgh_id], names),
            what=_("Task changed"),
            changes=_differences(_task_values(before[event.pgh_id]), _task_values(event), {})
            if event.pgh_id in before
            else (),
            why=_why(contexts[event.pgh_id]),
            task=tasks.get(event.pgh_obj_id),
        )
        for event in events
    ]


def task_history(task: Task, plan: Plan, *, changed: bool) -> list[Line]:
    """The life of one task: how it was reviewed, when it was issued, what changed since; newest first."""
    acts = _event("documents", "ItemEvent").filter(pgh_obj=task.item_id, pgh_created_at__lte=plan.issued_at)
    acts = acts.select_related("changed_by").only(*REVIEWED)
    reviewed = list(acts.order_by("pgh_id"))
    bodies = _bodies(event.value for event in _reassigned(reviewed))
    lines = [line for was, now in pairwise(reviewed) if (line := _reviewed(was, now, bodies))]
    issued = _("Issued with edition %(edition)s of the plan") % {"edition": plan.edition}
    lines.append(Line(plan.issued_at, str(plan.issued_by), issued, why=plan.reason))
    rows = _event("plans", "TaskEvent").filter(pgh_obj=task.pk).select_related("pgh_context").order_by("pgh_id")
    since = list(rows) if changed else []
    names = _people(event.pgh_context for event in since)
    for was, now in pairwise(since):
        differences = _differences(_task_values(was), _task_values(now), {})
        who = _who(now.pgh_context, names)
        lines.append(Line(now.pgh_created_at, who, _("Task changed"), differences, _why(now.pgh_context)))
    return lines[::-1]


def _reviewed(was: Any, now: Any, bodies: Mapping[str, str]) -> Line | None:
    """What an act of the review did to an item; None where it touched nothing that a reader knows."""
    changes = _differences(was.value, now.value, bodies)
    said = {
        Item.State.ACCEPTED: _("Accepted in the review"),
        Item.State.REJECTED: _("Rejected in the review"),
        Item.State.PENDING: _("Taken back into the review"),
    }
    if changes:
        what = _("Corrected in the review")
    elif was.state != now.state and now.state in said:
        what = said[now.state]
    else:
        return None
    return Line(now.pgh_created_at, str(now.changed_by or ""), what, changes)


def _differences(was: Json, now: Json, bodies: Mapping[str, str]) -> tuple[Change, ...]:
    return tuple(
        Change(field, _words(field, was.get(field), bodies), _words(field, now.get(field), bodies))
        for field in FIELDS
        if (was.get(field) or None) != (now.get(field) or None)
    )


def _words(field: str, value: Any, bodies: Mapping[str, str]) -> str:
    if not value:
        return ""
    if field in LISTS:
        return "; ".join(bodies.get(key, key) for key in value)
    if field == "deadline":
        return deadline_words(value)
    return topic_words(value) if field == "topic" else str(value)


def _task_values(event: Any) -> Json:
    return {field: getattr(event, field) for field in (*TEXTS, "deadline", "topic")}


def _reassigned(events: Sequence[Any]) -> list[Any]:
    """Those between which the bodies changed: only of them are names needed."""
    pairs = [
        (was, now) for was, now in pairwise(events) if any(was.value.get(name) != now.value.get(name) for name in LISTS)
    ]
    return [event for pair in pairs for event in pair]


def _bodies(values: Iterable[Json]) -> dict[str, str]:
    keys = {key for value in values for field in LISTS for key in value.get(field) or []}
    return dict(Body.objects.filter(key__in=keys).values_list("key", "name")) if keys else {}


def _people(contexts: Iterable[Any]) -> dict[int, str]:
    ids = {context.metadata.get("user") for context in contexts if context} - {None}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _who(context: Any, names: Mapping[int, str]) -> str:
    return names.get(context.metadata.get("user"), "") if context else ""


def _why(context: Any) -> str:
    return str(context.metadata.get("reason", "")) if context else ""


def _event(app: str, name: str) -> QuerySet[Any]:
    """The table that triggers write the rows of history into."""
    model: type[Model] = apps.get_model(app, name)
    return model._default_manager.all()
