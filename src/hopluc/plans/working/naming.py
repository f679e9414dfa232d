"""Who answers for a line: named by people. Whatever nobody names follows the order of `owners`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.history import acting
from hopluc.documents.services import readers_add
from hopluc.plans.errors import CannotTakeOver, LeadsAlready, LineClosed, NotInForce, NotOfTheAgency, NotYourWork
from hopluc.plans.models import Assignee, Assignment, Contact, Line, Plan, Task
from hopluc.plans.working.access import check_name, check_plan
from hopluc.plans.working.making import occurrences_make
from hopluc.plans.working.owners import Scope, lines_pass
from hopluc.plans.working.values import Owned
from hopluc.units.models import Agency


def owner_name(*, line: Line, user: User, by: User) -> Owned:
    """Let a person of the agency that holds a line answer for it. Raises NotYourWork, NotOfTheAgency, LineClosed."""

    def change(row: Line) -> None:
        check_name(row, by)
        _check_person(row.holder, user)
        row.owner, row.stand_in, row.state = user, False, Line.State.ACTIVE
        row.successor = None if row.successor_id == user.pk else row.successor

    return _changed(line, by, "line.owner_named", change)


def successor_name(*, line: Line, user: User | None, by: User) -> Owned:
    """Who is to answer for a line when its owner leaves; None: nobody in particular.

    Raises NotYourWork, NotOfTheAgency, LineClosed.
    """

    def change(row: Line) -> None:
        check_name(row, by)
        if user:
            _check_person(row.holder, user)
        row.successor = user

    return _changed(line, by, "line.successor_named", change)


def contact_name(*, agency: Agency, user: User | None, by: User) -> None:
    """Who takes what comes to an agency and nobody there answers for; None: the head, as for others.

    Raises NotYourWork, NotOfTheAgency.
    """
    if agency.pk not in agencies(by, "name"):
        raise NotYourWork(agency=agency)
    if user:
        _check_person(agency, user)
    with transaction.atomic(), acting(by.pk, act="contact.named", agency=agency.pk):
        if user:
            Contact.objects.update_or_create(agency=agency, defaults={"user": user})
        else:
            Contact.objects.filter(agency=agency).delete()
        lines_pass(Scope(agencies=[agency.pk]), today=localdate())


def line_give(*, line: Line, to: Agency, by: User, reason: str = "", today: date | None = None) -> Owned:
    """Let another agency lead what a line says, from today on; the plan's owner decides.

    Raises NotYourPlan, CannotTakeOver, LineClosed.
    """
    day = today or localdate()

    def change(row: Line) -> None:
        check_plan(row.plan, by, "decide")
        line_hand(row, to, day)

    return _changed(line, by, "line.given", change, reason=reason, today=day)


def line_hand(row: Line, to: Agency, day: date) -> None:
    """Within the caller's transaction. Raises CannotTakeOver."""
    same = row.given_to_id == to.pk or (row.holder_id == to.pk and row.state != Line.State.ENDED)
    if same or not to.in_force(day):
        raise CannotTakeOver(agency=to)
    row.given_to, row.given_on, row.holder = to, day, to
    row.owner, row.successor, row.stand_in, row.state = None, None, False, Line.State.WAITING
    readers_add(document=row.plan.document, agencies=[to.pk])


def lead_name(*, task: Task, agency: Agency, by: User, today: date | None = None) -> Owned:
    """Let an agency lead a task, beside those that do; its work of it begins today.

    Raises NotYourPlan, NotInForce, LeadsAlready, CannotTakeOver.
    """
    day = today or localdate()
    with transaction.atomic(), acting(by.pk, act="task.lead_named", task=task.pk):
        plan = Plan.objects.select_for_update(of=("self",)).select_related("owner", "document").get(pk=task.plan_id)
        check_plan(plan, by, "decide")
        if plan.state != Plan.State.ISSUED:
            raise NotInForce(plan=plan.name)
        if not agency.in_force(day):
            raise CannotTakeOver(agency=agency)
        if Line.objects.filter(task=task, agency=agency).exists():
            raise LeadsAlready(agency=agency)
        _assign(task, agency)
        readers_add(document=plan.document, agencies=[agency.pk])
        line = Line.objects.create(plan=plan, task=task, agency=agency, given_to=agency, given_on=day, holder=agency)
        lines_pass(Scope(plans=[plan.pk]), today=day)
        occurrences_make([plan.pk], today=day)
    return owned(line.pk)


def _assign(task: Task, agency: Agency) -> None:
    given = task.assignments.filter(role=Assignment.Role.LEAD)
    last = given.aggregate(last=Max("position"))["last"]
    assignment, _made = Assignment.objects.get_or_create(
        task=task,
        body=agency.body,
        role=Assignment.Role.LEAD,
        defaults={"plan_id": task.plan_id, "position": 0 if last is None else last + 1},
    )
    Assignee.objects.get_or_create(assignment=assignment, agency=agency)


def _changed(
    line: Line, by: User, act: str, change: Callable[[Line], None], *, reason: str = "", today: date | None = None
) -> Owned:
    with transaction.atomic(), acting(by.pk, act=act, line=line.pk, reason=reason):
        row = line_locked(line.pk)
        change(row)
        row.save()
        lines_pass(Scope(lines=[row.pk]), today=today or localdate())
    return owned(line.pk)


def line_locked(pk: int) -> Line:
    """A line to change. Raises LineClosed."""
    rows = Line.objects.select_related("plan__owner", "plan__document", "holder", "agency")
    row = rows.select_for_update(of=("self",)).get(pk=pk)
    if row.state == Line.State.ENDED or row.plan.state != Plan.State.ISSUED:
        raise LineClosed(plan=row.plan.name)
    return row


def owned(pk: int) -> Owned:
    row = Line.objects.get(pk=pk)
    return Owned(row.pk, row.state, row.holder_id, row.owner_id, row.successor_id, row.stand_in)


def _check_person(holder: Agency | None, user: User) -> None:
    if holder is None or holder.pk not in agencies(user, "answer"):
        raise NotOfTheAgency(name=user.name, agency=holder or "-")
