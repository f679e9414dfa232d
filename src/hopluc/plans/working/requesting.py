"""What a lead agency asks of the plan's owner: more time, another agency in its place, to be let off; and the decision."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.plans.errors import AskedAlready, CannotTakeOver, DecidedAlready, NoReasonGiven, NotLater
from hopluc.plans.models import Line, Occurrence, Request
from hopluc.plans.working.access import check_answer, check_plan
from hopluc.plans.working.answering import check_open, occurrence_locked, said
from hopluc.plans.working.naming import line_hand, line_locked
from hopluc.plans.working.owners import Scope, lines_pass
from hopluc.plans.working.telling import told_of_decision, told_of_request
from hopluc.plans.working.values import Asked
from hopluc.units.models import Agency

Kind = Request.Kind


def request_make(
    *,
    line: Line,
    kind: str,
    by: User,
    reason: str,
    occurrence: int | None = None,
    until: date | None = None,
    to: Agency | None = None,
) -> Asked:
    """Ask for more time for an occurrence (its id, and `until` which day), for a transfer `to` another agency, or to be let off.

    Raises NotYourWork, LineClosed, AlreadyConfirmed, NoReasonGiven, TooLong, NotLater, CannotTakeOver, AskedAlready.
    """
    reason = said(reason)
    if not reason:
        raise NoReasonGiven
    with transaction.atomic(), acting(by.pk, act="request.made", line=line.pk, reason=reason):
        row = line_locked(line.pk)
        check_answer(row, by)
        request = Request(line=row, kind=kind, by=by, reason=reason)
        if kind == Kind.EXTENSION:
            request.occurrence = _of_line(row, occurrence)
            request.until = _later(request.occurrence, until)
        elif kind == Kind.TRANSFER:
            request.to = _other(row, to)
        return _kept(request)


def _kept(request: Request) -> Asked:
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        raise AskedAlready from error
    told_of_request(request)
    return asked(request)


def request_decide(
    *,
    request: int,
    by: User,
    granted: bool,
    reason: str = "",
    until: date | None = None,
    to: Agency | None = None,
    today: date | None = None,
) -> Asked:
    """Grant a request (its id), as asked or with another day or agency, or deny it with a reason; what is granted happens.

    Raises NotYourPlan, DecidedAlready, NoReasonGiven, TooLong, NotLater, CannotTakeOver, LineClosed, AlreadyConfirmed.
    """
    reason = said(reason)
    with transaction.atomic(), acting(by.pk, act="request.decided", request=request, reason=reason):
        row = Request.objects.select_for_update(of=("self",)).select_related("line__plan__owner", "to").get(pk=request)
        check_plan(row.line.plan, by, "decide")
        if row.decided_at:
            raise DecidedAlready(day=date_format(localdate(row.decided_at)))
        if not granted and not reason:
            raise NoReasonGiven
        row.until, row.to = until or row.until, to or row.to
        row.state = Request.State.GRANTED if granted else Request.State.DENIED
        row.decided_by, row.decided_at, row.answer = by, timezone.now(), reason
        row.save()
        if granted:
            _happen(row, today or localdate())
        told_of_decision(row)
    return asked(row)


def _happen(request: Request, day: date) -> None:
    if request.kind == Kind.EXTENSION:
        occurrence = _of_line(request.line, request.occurrence_id)
        occurrence.due_on = _later(occurrence, request.until)
        occurrence.save(update_fields=["due_on"])
        return
    line = line_locked(request.line_id)
    if request.kind == Kind.TRANSFER:
        line_hand(line, _other(line, request.to), day)
    else:
        line.given_to = line.holder = line.owner = line.successor = None
        line.stand_in, line.state = False, Line.State.WAITING
    line.save()
    lines_pass(Scope(lines=[line.pk]), today=day)


def _of_line(line: Line, occurrence: int | None) -> Occurrence:
    """Raises DoesNotExist for one of another line, AlreadyConfirmed, LineClosed."""
    row = occurrence_locked(occurrence or 0)
    if row.line_id != line.pk:
        raise Occurrence.DoesNotExist
    check_open(row)
    return row


def _later(occurrence: Occurrence, until: date | None) -> date:
    if until is None or until <= occurrence.due_on:
        raise NotLater(due=date_format(occurrence.due_on))
    return until


def _other(line: Line, to: Agency | None) -> Agency:
    if to is None or to.pk in (line.holder_id, line.given_to_id) or not to.in_force(localdate()):
        raise CannotTakeOver(agency=to or "-")
    return to


def asked(row: Request) -> Asked:
    return Asked(row.pk, row.kind, row.state, row.until, row.to_id)
