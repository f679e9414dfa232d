"""Answering what is due, and what the plan's owner says to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.plans.errors import (
    AlreadyConfirmed,
    AnsweredSince,
    LineClosed,
    NoReasonGiven,
    NotAPercent,
    NothingSaid,
    NothingToConfirm,
    TooLong,
)
from hopluc.plans.models import Answer, Evidence, Line, Occurrence, Plan, Verdict
from hopluc.plans.working.access import check_answer, check_plan
from hopluc.plans.working.proving import evidence_check, evidence_keep, evidence_required
from hopluc.plans.working.standards import Kind, standards
from hopluc.plans.working.telling import told_of_answer, told_of_verdict
from hopluc.plans.working.values import Answered, Judged, Said, Update

LONGEST = 1000  # characters of an answer or a reason
State = Occurrence.State


def answer(*, occurrence: int, update: Update, by: User, today: date | None = None) -> Answered:
    """Say how far an occurrence (its id) is. The same `key` again adds nothing and gives what it gave.

    Where somebody answered after what `update.seen` saw, both answers are kept, the later one counts, and those in between
    are given back as `unseen`.

    Raises NotYourWork, AlreadyConfirmed, LineClosed, NothingSaid, NoEvidence, TooLong, NotAPercent, WrongKindOfFile,
    NotWhatItSays, FileTooLarge.
    """
    words = said(update.words)
    if update.percent is not None and not 0 <= update.percent <= 100:
        raise NotAPercent(typed=update.percent)
    evidence_check(update.evidence)
    with transaction.atomic(), acting(by.pk, act="occurrence.answered", occurrence=occurrence):
        row = occurrence_locked(occurrence)
        check_answer(row.line, by)
        if before := Answer.objects.filter(key=update.key, occurrence=row, by=by).select_related("by").first():
            return _answered(row, before, again=True)
        check_open(row)
        if update.is_silent and row.state == update.claim:
            raise NothingSaid
        kept = _kept(row, update, words, by)
        evidence_keep(row, update.evidence, by=by, answer=kept)
        _moved_on(row, kept, today or localdate())
        told_of_answer(row, by)
        return _answered(row, kept)


def occurrence_locked(pk: int) -> Occurrence:
    rows = Occurrence.objects.select_related("line__task", "line__plan__owner", "line__holder", "line__agency")
    return rows.select_for_update(of=("self",)).get(pk=pk)


def check_open(row: Occurrence) -> None:
    """Whether answers are still taken. Raises AlreadyConfirmed, LineClosed."""
    if row.state == State.CONFIRMED:
        assert row.confirmed_on
        raise AlreadyConfirmed(day=date_format(row.confirmed_on))
    if row.line.state == Line.State.ENDED or row.line.plan.state != Plan.State.ISSUED:
        raise LineClosed(plan=row.line.plan.name)


def said(words: str) -> str:
    """Words as they are kept. Raises TooLong."""
    words = " ".join(words.split())
    if len(words) > LONGEST:
        raise TooLong(count=len(words), most=LONGEST)
    return words


def _kept(row: Occurrence, update: Update, words: str, by: User) -> Answer:
    figure = update.figure
    return Answer.objects.create(
        occurrence=row,
        number=row.revision + 1,
        seen=max(0, min(update.seen, row.revision)),
        key=update.key,
        by=by,
        claim=update.claim,
        words=words,
        percent=update.percent,
        figure=figure.value if figure else None,
        unit=figure.unit if figure else "",
        indicator=figure.indicator if figure else "",
    )


def _moved_on(row: Occurrence, kept: Answer, today: date) -> None:
    """The state that an answer leaves, if what it claims is proven."""
    given = list(Evidence.objects.filter(occurrence=row).values_list("kind", "document"))
    kind = standards().kind_of(row.line.task.deliverable)
    last = Answer.objects.filter(occurrence=row, figure__isnull=False).order_by("-number").first()
    if kept.claim == Answer.Claim.REPORTED:
        evidence_required(kind, {*(name for name, _document in given), *(["figure"] if last else [])})
    row.state, row.answer, row.revision = State(kept.claim), kept, kept.number
    row.touched_on = today
    row.reported_on = (row.reported_on or today) if kept.claim == Answer.Claim.REPORTED else None
    if kept.percent is not None:
        row.percent, row.typed = kept.percent, True
    elif not row.typed:
        issued = any(document for _name, document in given)
        row.percent = reached(kind, issued=issued, figure=last.figure if last else None, aim=row.line.aim)
    row.save()


def reached(kind: Kind, *, issued: bool, figure: Decimal | None = None, aim: Decimal | None = None) -> int:
    """The percent of a line that nobody typed, by the rule of its kind; what is confirmed counts whole in any case.

    >>> reached(standards().kinds[2], issued=False, figure=Decimal("45"), aim=Decimal("81"))
    55
    """
    if kind.percent == "figure" and figure is not None and aim:
        return max(0, min(100, int(100 * figure / aim)))
    return 100 if kind.percent == "document" and issued else 0


def _answered(row: Occurrence, kept: Answer, *, again: bool = False) -> Answered:
    between = row.answers.filter(number__gt=kept.seen, number__lt=kept.number).select_related("by")
    return Answered(as_said(kept), row.state, row.revision, again, tuple(map(as_said, between)))


def as_said(row: Answer) -> Said:
    return Said(
        pk=row.pk,
        number=row.number,
        by=row.by_id,
        name=row.by.name,
        at=row.at,
        claim=row.claim,
        words=row.words,
        figure=row.figure,
        unit=row.unit,
        percent=row.percent,
        beside=row.beside,
    )


def confirm_or_return(
    *, occurrence: int, answer: int, confirmed: bool, by: User, reason: str = "", today: date | None = None
) -> Judged:
    """Confirm the report that an answer (its id) makes, or return it with a reason.

    Raises NotYourPlan, NothingToConfirm, AnsweredSince, NoReasonGiven, TooLong, LineClosed.
    """
    reason = said(reason)
    with transaction.atomic(), acting(by.pk, act="occurrence.judged", occurrence=occurrence, reason=reason):
        row = occurrence_locked(occurrence)
        check_plan(row.line.plan, by, "confirm")
        if row.state != State.REPORTED:
            raise NothingToConfirm
        if row.answer_id != answer:
            raise AnsweredSince
        check_open(row)
        if not confirmed and not reason:
            raise NoReasonGiven
        kind = Verdict.Kind.CONFIRM if confirmed else Verdict.Kind.RETURN
        Verdict.objects.create(occurrence=row, answer_id=answer, kind=kind, reason=reason, by=by)
        row.state = State.CONFIRMED if confirmed else State.RETURNED
        row.confirmed_on = (today or localdate()) if confirmed else None
        row.reported_on = row.reported_on if confirmed else None
        row.save()
        told_of_verdict(row, reason)
    return Judged(row.pk, row.state, row.revision)


def confirm_all(*, answers: Iterable[tuple[int, int]], by: User, today: date | None = None) -> list[Judged]:
    """Confirm several reports (occurrence and answer ids) at once: all of them or none. Raises as `confirm_or_return`."""
    with transaction.atomic():
        return [
            confirm_or_return(occurrence=occurrence, answer=answer, confirmed=True, by=by, today=today)
            for occurrence, answer in answers
        ]
