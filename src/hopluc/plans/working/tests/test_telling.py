"""Whoever has to know hears of it, once, with a link that opens just that; nobody else does."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.forms.messaging import About, digests_make, link_make
from hopluc.forms.models import AnswerLink, Message
from hopluc.plans.models import Line, Occurrence, Plan
from hopluc.plans.working.services import answer, confirm_or_return, note_add, request_decide, request_make
from hopluc.plans.working.telling import occurrences_due
from hopluc.plans.working.values import Update

TODAY = date(2026, 11, 20)  # a Friday
DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)  # the last working day before: 24 November is a holiday


@pytest.fixture
def due(line: Line) -> Occurrence:
    """Alone, due on Wednesday next week."""
    Occurrence.objects.filter(plan=line.plan).delete()
    return Occurrence.objects.create(
        line=line, plan=line.plan, period=DateRange(date(2026, 11, 2), date(2026, 11, 26)),
        due_on=date(2026, 11, 25), first_due_on=date(2026, 11, 25), touched_on=date(2026, 11, 2),
    )  # fmt: skip


def said(occurrence: Occurrence, by: User, claim: str = "reported") -> int:
    update = Update(key=uuid4(), seen=0, claim=claim, words="Đã mở lớp.")
    return answer(occurrence=occurrence.pk, update=update, by=by, today=TODAY).said.pk


def told(user: User) -> list[str]:
    return list(Message.objects.filter(to=user, channel="page").order_by("pk").values_list("subject", flat=True))


def test_what_is_due_is_told_to_its_owner(due: Occurrence, head: User, plan: Plan):
    (item,) = occurrences_due(today=TODAY)
    assert (item.pk, item.due, item.owners) == (due.pk, due.due_on, (head.pk,))
    assert (item.agency, item.asked_by) == (due.line.holder_id, plan.owner_id)
    assert item.url == f"/work/{due.pk}/"


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "reported", "reported_on": TODAY},
        {"due_on": date(2027, 3, 1)},
        {"period": DateRange(TODAY + DAY, date(2026, 11, 26))},
    ],
)
def test_what_waits_for_nobody_is_not(due: Occurrence, head: User, changes: dict):
    if "state" in changes:
        said(due, head)
    else:
        Occurrence.objects.filter(pk=due.pk).update(**changes)
    assert list(occurrences_due(today=TODAY)) == []


def test_one_digest_a_person_and_day(due: Occurrence, head: User):
    assert digests_make(today=MONDAY) == 1
    assert digests_make(today=MONDAY) == 0
    assert told(head) == ["1 việc đến hạn"]
    assert f"/work/{due.pk}/" in Message.objects.get(to=head).body


def test_who_answered_has_answered_the_reminder(due: Occurrence, head: User):
    digests_make(today=MONDAY)
    reminded = Message.objects.create(
        to=head, channel="page", subject="x", body="", about_kind="occurrence", about_id=due.pk
    )
    said(due, head)
    reminded.refresh_from_db()
    assert reminded.answered_at


def test_a_report_that_is_returned_comes_back_with_its_reason(due: Occurrence, head: User, coordinator: User):
    kept = said(due, head)
    confirm_or_return(occurrence=due.pk, answer=kept, confirmed=False, reason="Thiếu danh sách lớp.", by=coordinator)
    assert told(head) == [f"Bị trả lại: {due.line.task.text}"]
    assert "Thiếu danh sách lớp." in Message.objects.get(to=head).body


def test_what_is_confirmed_opens_by_no_link_any_more(due: Occurrence, head: User, coordinator: User):
    link_make(user=head, path=f"/work/{due.pk}/", about=About("occurrence", due.pk))
    kept = said(due, head)
    confirm_or_return(occurrence=due.pk, answer=kept, confirmed=True, by=coordinator)
    assert AnswerLink.objects.get().revoked_at
    assert told(head) == []


def test_whom_a_note_names_reads_it(due: Occurrence, head: User, coordinator: User, officer: User):
    note_add(task=due.line.task, occurrence=due, by=coordinator, words="Khi nào mở lớp?", mentions=[head])
    assert told(head) == [f"{coordinator.name} nhắc đến ông/bà: {due.line.task.text}"]
    assert told(officer) == []


def test_a_request_is_told_to_those_who_decide_and_its_decision_to_who_asked(
    due: Occurrence, head: User, coordinator: User
):
    asked = request_make(
        line=due.line,
        kind="extension",
        by=head,
        reason="Chưa có kinh phí.",
        occurrence=due.pk,
        until=date(2026, 12, 20),
    )
    assert len(told(coordinator)) == 1
    assert "gia hạn" in told(coordinator)[0]
    request_decide(request=asked.pk, by=coordinator, granted=True, until=date(2026, 12, 10))
    assert len(told(head)) == 1
    assert "10/12/2026" in Message.objects.get(to=head).body
