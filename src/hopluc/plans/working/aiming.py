"""The figure that a line is to reach: set by the plan's owner, for one agency or for all that lead the task."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.plans.errors import NoAim
from hopluc.plans.models import Answer, Line, Occurrence
from hopluc.plans.working.access import check_plan
from hopluc.plans.working.answering import reached
from hopluc.plans.working.naming import line_locked
from hopluc.plans.working.standards import standards


def aim_set(*, line: Line, aim: Decimal | None, by: User, every: bool = False) -> int:
    """Say what figure a line is to reach, or `every` line of its task; None: none is known. Gives how many lines it is set of.

    Percents that nobody typed follow, of what is not confirmed yet. Raises NotYourPlan, LineClosed, NoAim.
    """
    with transaction.atomic(), acting(by.pk, act="line.aim_set", line=line.pk):
        row = line_locked(line.pk)
        check_plan(row.plan, by, "decide")
        if aim is not None and aim <= 0:
            raise NoAim
        beside = Line.objects.filter(task=row.task_id).exclude(state=Line.State.ENDED)
        ids = list((beside if every else Line.objects.filter(pk=row.pk)).order_by("pk").values_list("pk", flat=True))
        Line.objects.filter(pk__in=ids).update(aim=aim)
        _follow(ids, aim)
    return len(ids)


def _follow(lines: list[int], aim: Decimal | None) -> None:
    open_ones = Occurrence.objects.exclude(state=Occurrence.State.CONFIRMED).filter(line__in=lines, typed=False)
    last = Answer.objects.filter(occurrence__in=open_ones, figure__isnull=False).order_by("occurrence", "-number")
    for said in last.distinct("occurrence").select_related("occurrence__line__task"):
        row = said.occurrence
        kind = standards().kind_of(row.line.task.deliverable)
        if kind.percent == "figure":
            row.percent = reached(kind, issued=False, figure=said.figure, aim=aim)
            row.save(update_fields=["percent"])
