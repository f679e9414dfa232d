"""A new edition goes on where the one before stood: what is the same is asked once and keeps its answers."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from hopluc.documents.models import Item
from hopluc.documents.review import current_version, review_reopen
from hopluc.plans.models import Line, Occurrence, Plan, Task
from hopluc.plans.services import plan_issue
from hopluc.plans.working.beginning import work_make
from hopluc.plans.working.services import answer, lead_name, line_give, note_add, parent_name
from hopluc.plans.working.values import Update

TRAINING = "Đào tạo cán bộ quản lý hợp tác xã hằng năm."


@pytest.fixture
def reissue(plan: Plan, coordinator):
    def make(**changes: object) -> Plan:
        """The next edition, with other values in the item of the training."""
        review_reopen(document=plan.document, by=coordinator)
        item = Item.objects.get(version=current_version(plan.document), value__text=TRAINING, state="accepted")
        state = changes.pop("state", item.state)
        item.value, item.state = {**item.value, **changes}, state
        item.save()
        return plan_issue(document=plan.document, by=coordinator, reason="Sửa đổi, bổ sung")

    return make


def due_of(line: Line) -> Occurrence:
    return line.occurrences.order_by("due_on").first()


def said(due: Occurrence, by) -> int:
    return answer(
        occurrence=due.pk, by=by, update=Update(uuid4(), due.revision, "in_progress", "Đã mở hai lớp")
    ).said.pk


def test_a_line_goes_on_with_its_owner_and_answers(line, head, reissue):
    before, kept = due_of(line), said(due_of(line), head)
    days = set(line.occurrences.values_list("due_on"))
    after = reissue()
    now = Line.objects.get(plan=after, agency=line.agency)
    assert (now.pk, now.owner, now.task.plan) == (line.pk, head, after)
    assert due_of(now).answer_id == kept
    assert Occurrence.objects.get(pk=before.pk).plan == after
    assert set(now.occurrences.values_list("due_on")) == days
    assert not Line.objects.filter(plan__state="replaced").exclude(state="ended").exists()
    assert work_make([after.pk], today=localdate()) == (0, 0)


def test_a_task_that_was_dropped_ends_and_keeps_its_answers(line, head, reissue):
    kept = said(due_of(line), head)
    reissue(state="rejected")
    line.refresh_from_db()
    assert (line.state, line.plan.state, due_of(line).answer_id) == ("ended", "replaced", kept)


def test_a_task_given_to_others_begins_anew(line, head, reissue):
    kept = said(due_of(line), head)
    after = reissue(lead=["so-tc"])
    line.refresh_from_db()
    assert (line.state, due_of(line).answer_id) == ("ended", kept)
    new = Line.objects.get(plan=after, task__text=TRAINING)
    assert (new.holder, due_of(new).answer_id) == (after.owner, None)


def test_a_transfer_stands_in_the_next_edition(line, coordinator, plan, reissue):
    line_give(line=line, to=plan.owner, by=coordinator)
    after = reissue()
    now = Line.objects.get(plan=after, task__text=TRAINING)
    assert (now.pk, now.agency, now.holder) == (line.pk, line.agency, plan.owner)


def test_another_time_makes_anew_what_nobody_touched(line, head, reissue):
    noted = due_of(line)
    note_add(task=line.task, by=head, words="Xin lùi", occurrence=noted)
    after = reissue(deadline={"raw": "hằng quý", "kind": "recurring", "rule": "FREQ=MONTHLY;INTERVAL=3"})
    now = Line.objects.get(plan=after, agency=line.agency)
    days = {(each.due_on.month, each.due_on.day) for each in now.occurrences.exclude(pk=noted.pk)}
    assert days == {(3, 31), (6, 30), (9, 30), (12, 31)}
    assert now.occurrences.filter(pk=noted.pk).exists()


def test_another_day_of_what_is_due_once_leaves_the_first_visible(plan, officer, coordinator):
    line = plan.lines.get(task__at="I/1/a")
    due = due_of(line)
    kept = said(due, officer)
    review_reopen(document=plan.document, by=coordinator)
    item = Item.objects.get(version=current_version(plan.document), value__at="I/1/a", kind="task")
    item.value = {**item.value, "deadline": {"raw": "trước 30/6/2031", "kind": "by", "end": "2031-06-30"}}
    item.save()
    plan_issue(document=plan.document, by=coordinator, reason="Gia hạn")
    [now] = line.occurrences.all()
    assert (now.due_on, now.first_due_on, now.answer_id) == (date(2031, 6, 30), date(2030, 12, 15), kept)


def test_of_alike_tasks_the_first_goes_on_as_the_first(plan, make_document, coordinator, head):
    document = make_document(symbol="13/KH-UBND")
    item = current_version(document).items.get(value__text=TRAINING)
    Item.objects.create(
        version=item.version, kind="task", value=item.value, position=item.position + 1, state="accepted"
    )
    first = plan_issue(document=document, by=coordinator)
    lines = list(Line.objects.filter(plan=first, task__text=TRAINING).order_by("task__position"))
    kept = said(due_of(lines[1]), head)
    review_reopen(document=document, by=coordinator)
    after = plan_issue(document=document, by=coordinator, reason="Sửa đổi")
    now = list(Line.objects.filter(plan=after, task__text=TRAINING).order_by("task__position"))
    assert [each.pk for each in now] == [each.pk for each in lines]
    assert [due_of(each).answer_id for each in now] == [None, kept]


def test_tasks_below_carry_out_the_task_of_the_next_edition(plan, line, make_document, coordinator, reissue):
    below = plan_issue(document=make_document(symbol="14/KH-STC"), by=coordinator).tasks.first()
    parent_name(task=below, parent=line.task, by=coordinator)
    after = reissue()
    assert Task.objects.get(pk=below.pk).parent == after.tasks.get(text=TRAINING)


def test_whoever_was_named_for_a_task_that_nobody_led_goes_on_leading_it(plan, head, home, coordinator, reissue):
    owned = lead_name(task=plan.tasks.get(at="II/1"), agency=home, by=coordinator)
    kept = said(due_of(Line.objects.get(pk=owned.line)), head)
    after = reissue()
    now = Line.objects.get(plan=after, task__at="II/1")
    assert (now.pk, now.owner, due_of(now).answer_id) == (owned.line, head, kept)
    assert now.task.assignments.get(role="lead").assignees.get().agency == home
