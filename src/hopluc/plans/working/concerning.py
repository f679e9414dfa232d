"""Organisations that a task concerns: linked by whoever has a part in it, proposed where the text names one."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from hopluc.accounts.models import User
from hopluc.core.folding import fold, words
from hopluc.core.history import acting
from hopluc.core.search import search_query
from hopluc.plans.models import Concern, Plan, Task
from hopluc.plans.selectors import plans_visible
from hopluc.plans.working.access import check_note
from hopluc.registry.models import Organisation

NAMED = re.compile(
    r"(?:hợp tác xã|htx|tổ hợp tác|tht|quỹ tín dụng nhân dân|qtdnd)\s+(\w+(?:\s+\w+){1,3})", re.IGNORECASE
)
SIMILAR, MOST, SHOWN = 200, 5, 20


def concern_add(*, task: Task, organisation: Organisation, by: User) -> Concern:
    """The task concerns it; twice does no harm. Raises NotYourTask."""
    check_note(task, by)
    with transaction.atomic(), acting(by.pk, act="task.concerns", task=task.pk):
        known = Concern.objects.filter(task=task, organisation=organisation).first()
        return known or Concern.objects.create(task=task, organisation=organisation, by=by)


def concern_remove(*, concern: Concern, by: User) -> None:
    """It does not concern it. Raises NotYourTask."""
    check_note(concern.task, by)
    with transaction.atomic(), acting(by.pk, act="task.concerns_no_more", task=concern.task_id):
        Concern.objects.filter(task=concern.task_id, organisation=concern.organisation_id).delete()


def concerns_of(task: Task) -> list[Concern]:
    """Each organisation once, in Vietnamese order."""
    rows = task.concerns.select_related("organisation__unit").defer("organisation__words", "organisation__unit__words")
    once = {row.organisation_id: row for row in rows.order_by("-pk")}
    return sorted(once.values(), key=lambda row: row.organisation.sort_key)


def organisations_named(text: str, *, but: set[int]) -> list[Organisation]:
    """Those whose whole name stands in a text, capitals or not, and that are not linked yet (ids). One query."""
    begun = _begun(text)
    if not begun:
        return []
    rows = Organisation.objects.filter(words=reduce(or_, begun), ended_on=None).exclude(pk__in=but)
    rows = rows.select_related("unit").defer("words", "unit__words").order_by("pk")
    folded = _spaced(text)
    return [one for one in rows[: SIMILAR * len(begun)] if _stands(one.name, folded)][:MOST]


def _begun(text: str) -> list[SearchQuery]:
    """What to look for: the first words of each name that may stand in a text; a kind of cooperative is none."""
    names = (match[1].split()[:2] for match in NAMED.finditer(text))
    first = dict.fromkeys(" ".join(name).lower() for name in names if any(word[:1].isupper() for word in name))
    return [query for query in map(search_query, first) if query]


def _stands(name: str, folded: str) -> bool:
    plain = _spaced(name)
    short = plain.replace("hop tac xa", "htx", 1).replace("to hop tac", "tht", 1)
    return plain in folded or short in folded


def _spaced(text: str) -> str:
    """Words without marks, a space on each side of each."""
    return f" {' '.join(words(fold(text)))} "


def tasks_concerning(organisation: Organisation, viewer: User) -> tuple[QuerySet[Task], QuerySet[Task]]:
    """Of plans in force that the viewer may see: those linked to it; those whose text names it and that nobody linked."""
    plans = plans_visible(viewer).filter(state=Plan.State.ISSUED)
    tasks = Task.objects.filter(plan__in=plans.values("pk")).select_related("plan").order_by("ends_on", "pk")
    linked = Exists(Concern.objects.filter(task=OuterRef("pk"), organisation=organisation))
    named = tasks.filter(~linked, text__icontains=organisation.name)
    return tasks.filter(linked), named.filter(words=search_query(organisation.name))


def task_url(task: Task) -> str:
    return reverse("plans:task", args=[task.plan_id, task.pk])
