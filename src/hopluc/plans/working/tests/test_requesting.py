"""More time, another agency, to be let off: asked by whoever leads, decided by the plan's owner, on record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils.timezone import localdate

from hopluc.documents.models import Reader
from hopluc.plans.errors import (
    AskedAlready,
    CannotFollow,
    CannotTakeOver,
    DecidedAlready,
    LeadsAlready,
    NoCondition,
    NoReasonGiven,
    NotLater,
    NotYourPlan,
    NotYourTask,
    NotYourWork,
    OwnAncestor,
)
from hopluc.plans.models import Line, Note, Occurrence, Request, Task
from hopluc.plans.tests.places import TODAY as SETTLED
from hopluc.plans.tests.places import agency
from hopluc.plans.working.services import (
    condition_met,
    lead_name,
    line_give,
    note_add,
    parent_name,
    request_decide,
    request_make,
)


@pytest.fixture
def due(line: Line) -> Occurrence:
    return line.occurrences.order_by("due_on").first()


@pytest.fixture
def longer(due, head):
    def ask(**more: object):
        about = {"line": due.line, "kind": "extension", "by": head, "reason": "Chưa có kinh phí", "occurrence": due.pk}
        return request_make(**about | {"until": due.due_on + timedelta(days=60)} | more)

    return ask


def test_more_time_moves_the_day_and_leaves_the_first_visible(due, longer, coordinator):
    asked = longer()
    granted = request_decide(request=asked.pk, granted=True, by=coordinator, until=due.due_on + timedelta(days=30))
    now = Occurrence.objects.get(pk=due.pk)
    assert (now.due_on, now.first_due_on) == (due.due_on + timedelta(days=30), due.due_on)
    assert (granted.state, granted.until) == ("granted", now.due_on)
    events = apps.get_model("plans", "OccurrenceEvent").objects.filter(pgh_obj=due.pk)
    assert [(each.due_on, each.pgh_context.metadata["act"]) for each in events] == [(due.due_on, "request.decided")]


def test_what_is_denied_changes_nothing_and_says_why(due, longer, coordinator):
    asked = longer()
    with pytest.raises(NoReasonGiven):
        request_decide(request=asked.pk, granted=False, by=coordinator)
    assert request_decide(request=asked.pk, granted=False, by=coordinator, reason="Đã gia hạn").state == "denied"
    assert Occurrence.objects.get(pk=due.pk).due_on == due.due_on
    with pytest.raises(DecidedAlready):
        request_decide(request=asked.pk, granted=True, by=coordinator)
    assert longer().state == "asked"  # one may ask again


def test_a_request_is_the_leads_and_its_decision_the_owners(due, longer, head, officer):
    with pytest.raises(NotYourWork):
        longer(by=officer)
    asked = longer()
    for somebody in (head, officer):
        with pytest.raises(NotYourPlan):
            request_decide(request=asked.pk, granted=True, by=somebody)
    with pytest.raises(AskedAlready):
        longer()
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "problem"),
    [({"until": date(2020, 1, 1)}, NotLater), ({"until": None}, NotLater), ({"reason": " "}, NoReasonGiven)],
)
def test_a_request_is_whole(longer, more, problem):
    with pytest.raises(problem):
        longer(**more)


def test_a_transfer_gives_the_work_and_the_papers_to_another_agency(line, head, coordinator):
    other = agency("so-ct", "Khánh Hòa", SETTLED)
    asked = request_make(line=line, kind="transfer", by=head, reason="Không đúng chức năng", to=other)
    request_decide(request=asked.pk, granted=True, by=coordinator)
    now = Line.objects.get(pk=line.pk)
    assert (now.agency, now.given_to, now.holder, now.owner, now.state) == (line.agency, other, other, None, "waiting")
    assert Reader.objects.filter(document=line.plan.document, agency=other).exists()


def test_work_is_not_given_to_whoever_has_it_or_is_gone(line, coordinator):
    gone = agency("so-khdt", "Khánh Hòa", date(2020, 1, 1))
    for other in (line.holder, gone):
        with pytest.raises(CannotTakeOver):
            line_give(line=line, to=other, by=coordinator)


def test_whoever_is_let_off_leaves_the_line_to_be_assigned(line, head, coordinator):
    asked = request_make(line=line, kind="refusal", by=head, reason="Không thuộc thẩm quyền")
    request_decide(request=asked.pk, granted=True, by=coordinator)
    now = Line.objects.get(pk=line.pk)
    assert (now.holder, now.owner, now.state) == (None, None, "waiting")


def test_a_task_that_nobody_led_has_its_line_once_somebody_is_named(plan, coordinator, head, home):
    task = plan.tasks.get(at="II/1")
    with pytest.raises(NotYourPlan):
        lead_name(task=task, agency=home, by=head)
    owned = lead_name(task=task, agency=home, by=coordinator)
    assert (owned.owner, owned.state) == (head.pk, "active")
    assert Occurrence.objects.filter(line=owned.line).exists()
    with pytest.raises(LeadsAlready):
        lead_name(task=task, agency=home, by=coordinator)


def test_a_task_on_a_condition_is_due_once_it_is_met(line, coordinator, head):
    task = line.task
    with pytest.raises(NoCondition):
        condition_met(task=task, due_on=localdate(), by=coordinator, reason="Luật có hiệu lực")
    Occurrence.objects.filter(line=line).delete()
    Task.objects.filter(pk=task.pk).update(
        deadline_kind="conditional", deadline={"raw": "khi có luật", "kind": "conditional"}
    )
    task.refresh_from_db()
    with pytest.raises(NotYourPlan):
        condition_met(task=task, due_on=localdate(), by=head, reason="Luật có hiệu lực")
    assert (
        condition_met(task=task, due_on=localdate() + timedelta(days=30), by=coordinator, reason="Luật có hiệu lực")
        == 1
    )
    assert [each.due_on for each in line.occurrences.all()] == [localdate() + timedelta(days=30)]


def test_a_note_is_for_those_with_a_part_and_names_only_such(line, head, coordinator, stranger):
    with pytest.raises(NotYourTask):
        note_add(task=line.task, by=stranger, words="Chào")
    with pytest.raises(CannotFollow, match=stranger.name):
        note_add(task=line.task, by=head, words="Nhờ xem", mentions=[stranger])
    assert not Note.objects.exists()
    assert note_add(task=line.task, by=head, words="Nhờ xem", mentions=[coordinator]).mentioned == {coordinator.pk}


def test_no_task_carries_out_itself(plan, coordinator):
    first, second = plan.tasks.all()[:2]
    parent_name(task=second, parent=first, by=coordinator)
    for below in (first, second):
        with pytest.raises(OwnAncestor):
            parent_name(task=first, parent=below, by=coordinator)
