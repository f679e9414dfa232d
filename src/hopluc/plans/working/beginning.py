"""How the work of a plan begins, and ends."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import connection, transaction
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.plans.errors import NoCondition, NoReasonGiven, NotInForce, NotLater, OwnAncestor
from hopluc.plans.models import Plan, Task
from hopluc.plans.working.access import check_plan
from hopluc.plans.working.answering import said
from hopluc.plans.working.editions import lines_carry
from hopluc.plans.working.making import lines_make, occurrences_make
from hopluc.plans.working.owners import Scope, lines_pass

MET = """
INSERT INTO plans_occurrence (line_id, plan_id, period, due_on, first_due_on, state, percent, typed, revision, touched_on)
SELECT id, plan_id, daterange(%(today)s, %(due)s, '[]'), %(due)s, %(due)s, 'not_started', 0, false, 0, %(today)s
FROM plans_line WHERE task_id = %(task)s AND state <> 'ended'
ON CONFLICT (line_id, period) DO NOTHING
"""
END = """
UPDATE plans_line l SET state = 'ended' FROM plans_plan p
WHERE p.id = l.plan_id AND p.state <> 'issued' AND l.state <> 'ended' AND l.plan_id = ANY(%s::bigint[])
"""
ABOVE = """
WITH RECURSIVE above(id) AS (
    SELECT %s::bigint UNION SELECT t.parent_id FROM above JOIN plans_task t ON t.id = above.id WHERE t.parent_id IS NOT NULL
) SELECT 1 FROM above WHERE id = %s
"""


def work_begin(plan: Plan, *, before: Plan | None = None, today: date | None = None) -> None:
    """The lines of a plan that was just issued, with their owners and occurrences; those of the edition before go on.

    Within the caller's transaction.
    """
    if before:
        lines_carry(before=before, after=plan)
    work_make([plan.pk], today=today or localdate())


def work_make(plans: Collection[int], *, today: date) -> tuple[int, int]:
    """What plans in force lack by a day: lines, holders and owners, occurrences. Twice does no harm.

    Gives how many lines got another owner, and how many occurrences were made.
    """
    lines_make(plans)
    passed = lines_pass(Scope(plans=plans), today=today)
    return passed, occurrences_make(plans, today=today)


def work_end(plans: Collection[int]) -> int:
    """End the lines of those plans that are not in force any more; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute(END, [list(plans)])
        return cursor.rowcount


def plan_close(*, plan: Plan, by: User, reason: str) -> None:
    """Close a plan: nothing is asked of it any more, what was answered is kept. Raises NotYourPlan, NotInForce, NoReasonGiven."""
    reason = said(reason)
    with transaction.atomic(), acting(by.pk, act="plan.closed", plan=plan.pk, reason=reason):
        row = _in_force(plan, by)
        if not reason:
            raise NoReasonGiven
        row.state = Plan.State.CLOSED
        row.save(update_fields=["state"])
        work_end([row.pk])


def condition_met(*, task: Task, due_on: date, by: User, reason: str, today: date | None = None) -> int:
    """Say that what a task waited for has happened, and by when it is due; gives how many units have to act.

    Raises NotYourPlan, NotInForce, NoCondition, NoReasonGiven, NotLater.
    """
    day, reason = today or localdate(), said(reason)
    with transaction.atomic(), acting(by.pk, act="task.condition_met", task=task.pk, reason=reason):
        _in_force(task.plan, by)
        if task.deadline_kind != Task.DeadlineKind.CONDITIONAL:
            raise NoCondition
        if not reason:
            raise NoReasonGiven
        if due_on < day:
            raise NotLater(due=f"{day:%d/%m/%Y}")
        with connection.cursor() as cursor:
            cursor.execute(MET, {"task": task.pk, "today": day, "due": due_on})
            return cursor.rowcount


def parent_name(*, task: Task, parent: Task | None, by: User) -> None:
    """Which task of a higher plan a task carries out. Raises NotYourPlan, NotInForce, OwnAncestor."""
    with transaction.atomic(), acting(by.pk, act="task.parent_named", task=task.pk):
        _in_force(task.plan, by)
        if parent and _is_above(parent, task):
            raise OwnAncestor
        row = Task.objects.select_for_update().get(pk=task.pk)
        row.parent = parent
        row.save(update_fields=["parent"])


def _is_above(parent: Task, task: Task) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [parent.pk, task.pk])
        return cursor.fetchone() is not None


def _in_force(plan: Plan, by: User) -> Plan:
    row = Plan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    check_plan(row, by, "decide")
    if row.state != Plan.State.ISSUED:
        raise NotInForce(plan=row.name)
    return row
