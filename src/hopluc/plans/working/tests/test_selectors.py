"""What is due, from whom: each thing in one group, to whoever has to act, and to nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from psycopg.types.range import DateRange

from hopluc.accounts.models import Role
from hopluc.plans.desk.seen import part_in
from hopluc.plans.models import Answer, Line, Occurrence, Task
from hopluc.plans.tests.conftest import person
from hopluc.plans.tests.places import TODAY as SETTLED
from hopluc.plans.tests.places import agency
from hopluc.plans.working.access import followed
from hopluc.plans.working.selectors import answers_of, due_counts, due_for, plan_counts
from hopluc.plans.working.services import answer, confirm_or_return, note_add, request_make
from hopluc.plans.working.states import Clock, done_late, late, stale
from hopluc.plans.working.values import Update
from hopluc.plans.working.waiting import Group, Place

TODAY = date(2026, 11, 20)  # a Friday
DAY = timedelta(days=1)


@pytest.fixture
def clock(db) -> Clock:
    return Clock.of(TODAY)


@pytest.fixture
def due(line: Line) -> Occurrence:
    """Alone, begun this month."""
    Occurrence.objects.filter(plan=line.plan).delete()
    return Occurrence.objects.create(
        line=line, plan=line.plan, period=DateRange(date(2026, 11, 2), date(2027, 1, 1)),
        due_on=date(2026, 12, 31), first_due_on=date(2026, 12, 31), touched_on=date(2026, 11, 2),
    )  # fmt: skip


def group_of(viewer, clock: Clock) -> list[Group]:
    place = Place(viewer)
    groups = [group for group, count in due_counts(place, clock=clock).items() if count]
    assert [group for group in Group if due_for(place, group, clock=clock).total] == groups
    return [group for group in groups if group != Group.UNLED]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [Group.OPEN]),
        ({"due_on": TODAY - DAY}, [Group.OVERDUE]),
        ({"due_on": TODAY}, [Group.SOON]),
        ({"due_on": date(2026, 11, 30)}, [Group.SOON]),  # the fifth working day: 24 November is a holiday
        ({"due_on": date(2026, 12, 1)}, [Group.OPEN]),
        ({"touched_on": date(2026, 10, 20)}, [Group.STALE]),
        ({"touched_on": date(2026, 10, 21)}, [Group.OPEN]),
        ({"touched_on": date(2026, 1, 1), "due_on": TODAY - DAY}, [Group.OVERDUE]),
        ({"period": DateRange(TODAY + DAY, date(2027, 1, 1))}, []),
        ({"period": DateRange(TODAY, date(2027, 1, 1))}, [Group.OPEN]),
    ],
)
def test_each_thing_is_in_the_first_group_that_fits(due, head, clock, changes, expected):
    Occurrence.objects.filter(pk=due.pk).update(**changes)
    assert group_of(head, clock) == expected


def test_a_report_goes_to_whoever_confirms_and_comes_back_when_returned(due, head, coordinator, clock):
    assert Group.CONFIRM not in group_of(coordinator, clock)
    said = answer(occurrence=due.pk, by=head, today=TODAY, update=Update(uuid4(), 0, "reported", "Xong")).said
    assert (group_of(head, clock), group_of(coordinator, clock)) == ([Group.REPORTED], [Group.CONFIRM])
    confirm_or_return(occurrence=due.pk, answer=said.pk, confirmed=False, by=coordinator, reason="Thiếu")
    assert (group_of(head, clock), group_of(coordinator, clock)) == ([Group.RETURNED], [])
    again = answer(occurrence=due.pk, by=head, today=TODAY, update=Update(uuid4(), 1, "reported", "Đủ")).said
    confirm_or_return(occurrence=due.pk, answer=again.pk, confirmed=True, by=coordinator)
    assert (group_of(head, clock), group_of(coordinator, clock)) == ([], [])


def test_requests_and_lines_without_an_owner_wait_for_the_coordinator(due, line, head, coordinator, clock):
    request_make(
        line=line, kind="extension", by=head, reason="Chưa có kinh phí", occurrence=due.pk, until=date(2027, 3, 31)
    )
    [row] = due_for(Place(coordinator), Group.DECIDE, clock=clock).rows
    assert (row.line, row.occurrence, row.due_on, row.holder) == (line.pk, due.pk, due.due_on, line.holder.name)
    Line.objects.filter(pk=line.pk).update(owner=None, state="waiting")
    assert Group.UNOWNED in group_of(coordinator, clock)
    assert Group.UNOWNED in group_of(head, clock)  # who names people there


def test_a_row_says_what_an_answer_needs(due, head, clock):
    [row] = due_for(Place(head), Group.OPEN, clock=clock).rows
    assert (row.occurrence, row.revision, row.owner, row.days_left) == (due.pk, 0, head.pk, 28)
    assert row.plan_name == "Kế hoạch 12/KH-UBND"
    assert row.text.startswith("Đào tạo cán bộ")


def test_a_colleague_sees_the_work_of_the_agency_and_only_ones_own_on_request(due, head, home, clock):
    mate = person("dong-nghiep", home, Role.OFFICER)
    assert group_of(mate, clock) == [Group.OPEN]
    assert due_counts(Place(mate, mine=True), clock=clock)[Group.OPEN] == 0
    assert due_counts(Place(head, mine=True), clock=clock)[Group.OPEN] == 1


def test_strangers_and_viewers_have_nothing_to_do(due, stranger, home, clock):
    for somebody in (stranger, person("xem", home, Role.VIEWER)):
        assert group_of(somebody, clock) == []


def test_pages_come_in_order_and_cost_three_queries(due, line, head, clock, django_assert_num_queries):
    for turn in range(7):
        start = date(2026, 11, 1) - turn * DAY
        Occurrence.objects.create(
            line=line, plan=line.plan, period=DateRange(start, TODAY + 30 * DAY), due_on=TODAY + (30 - turn) * DAY,
            first_due_on=TODAY, touched_on=TODAY,
        )  # fmt: skip
    place = Place(head)
    due_counts(place, clock=clock)
    with django_assert_num_queries(3):
        first = due_for(place, Group.OPEN, clock=clock, size=3)
    rest = due_for(place, Group.OPEN, clock=clock, start=3, size=10)
    days = [row.due_on for row in (*first.rows, *rest.rows)]
    assert (len(first.rows), first.total, days == sorted(days), len(set(days))) == (3, 8, True, 8)


def test_answers_are_for_those_with_a_part_those_above_and_inspectors(due, plan, head, coordinator, officer, stranger):
    answer(occurrence=due.pk, by=head, today=TODAY, update=Update(uuid4(), 0, "in_progress", "Một nửa"))
    inspector = person("thanh-tra", agency("so-tp", "Khánh Hòa", SETTLED), Role.INSPECTOR)
    elsewhere = person("thanh-tra-xa", agency("so-tp", "Lào Cai", SETTLED), Role.INSPECTOR)
    uninvolved = person("cong-thuong", agency("so-ct", "Khánh Hòa", SETTLED), Role.HEAD)
    readers = (head, coordinator, officer, inspector)
    followed = [part_in(due.line.task_id, each)[0] for each in (*readers, stranger, elsewhere, uninvolved)]
    assert (answers_of(due).count(), followed) == (1, [True] * len(readers) + [False] * 3)


def test_a_helper_may_note_and_follow_its_task_alone(plan, head):
    helped = plan.tasks.get(at="I/1/a")  # the other department helps with it
    note_add(task=helped, by=head, words="Đã gửi ý kiến phối hợp")
    mine = set(Task.objects.filter(followed(head)).values_list("at", flat=True))
    assert mine == {"I/1/a", "I/1/b"}


def test_the_counts_of_a_plan(due, plan, clock):
    counts = plan_counts([plan.pk], clock=clock)[plan.pk]
    assert (counts.begun, counts.confirmed, counts.late, counts.waiting, counts.unled) == (1, 0, 0, 0, 2)
    Occurrence.objects.filter(pk=due.pk).update(due_on=TODAY - DAY)
    assert plan_counts([plan.pk], clock=clock)[plan.pk].late == 1


def test_what_is_reported_after_its_day_was_done_late(due, head, clock):
    Occurrence.objects.filter(pk=due.pk).update(due_on=TODAY - DAY)
    answer(occurrence=due.pk, by=head, today=TODAY, update=Update(uuid4(), 0, "reported", "Xong"))
    rows = Occurrence.objects.filter(pk=due.pk)
    assert rows.filter(done_late()).exists()
    assert not rows.filter(late(clock) | stale(clock)).exists()
    assert Answer.objects.count() == 1
