"""What the calendar of working days does to a plan: when to hand in, and what moves when a day is entered."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hopluc.core.dependents import dates_moved
from hopluc.core.models import SpecialDay
from hopluc.core.special_days import calendars, special_day_save
from hopluc.plans.models import Plan, Task

TODAY = date(2026, 11, 22)
OFF, WORK = SpecialDay.Kind.OFF, SpecialDay.Kind.WORK


def moved(day: date, kind: str, viewer, *, removed: bool = False) -> list[tuple[str, date, date]]:
    """What entering (or removing) such a day moves: what, before, after."""
    entry = SpecialDay(pk=1, day=day, kind=kind, name="Quyết định")
    both = calendars(entry, None, until=TODAY) if removed else calendars(None, entry, until=TODAY)
    found = dates_moved(old=both.old, new=both.new, today=TODAY, viewer=viewer)
    return [(each.what.partition(": ")[2], each.before, each.after) for each in found]


EVERY_YEAR = "Đào tạo cán bộ quản lý hợp tác xã hằng năm."
REPORT = "Báo cáo Ủy ban nhân dân tỉnh"
D = date


@pytest.mark.parametrize(
    ("day", "kind", "expected"),
    [
        (D(2026, 12, 31), OFF, [(EVERY_YEAR, D(2026, 12, 31), D(2026, 12, 30))]),
        (D(2026, 12, 30), OFF, []),
        (D(2026, 12, 19), WORK, [(REPORT, D(2026, 12, 18), D(2026, 12, 19))]),  # due on Sunday the 20th
        (D(2026, 12, 18), OFF, [(REPORT, D(2026, 12, 18), D(2026, 12, 17))]),
        (D(2028, 12, 29), OFF, []),  # the 31st is a Sunday, but more than 24 months away
        (D(2026, 9, 18), OFF, []),  # over
    ],
)
def test_a_day_moves_what_is_due_on_it_or_after_it(plan, coordinator, day, kind, expected):
    assert moved(day, kind, coordinator) == expected
    back = [(what, after, before) for what, before, after in expected]
    assert moved(day, kind, coordinator, removed=True) == back


def test_a_day_that_was_granted_moves_too(plan, coordinator):
    granted = plan.occurrences.get(line__task__at="I/1/a")
    granted.due_on = D(2027, 3, 31)
    granted.save()
    found = moved(D(2027, 3, 31), OFF, coordinator)
    assert [(what.startswith("Sở Tài chính tỉnh Khánh Hòa: "), *days) for what, *days in found] == [
        (True, D(2027, 3, 31), D(2027, 3, 30))
    ]


def test_each_line_says_why_and_leads_to_its_thing(plan, coordinator):
    entry = SpecialDay(day=D(2026, 12, 31), kind=OFF, name="Nghỉ lũ", source="Công điện 9/CĐ-UBND")
    both = calendars(None, entry, until=TODAY)
    (line,) = dates_moved(old=both.old, new=both.new, today=TODAY, viewer=coordinator)
    assert line.why == "Hạn 31/12/2026. Ngày 31/12/2026: Nghỉ lũ (Công điện 9/CĐ-UBND)."
    assert line.url == reverse("plans:task", args=[plan.pk, Task.objects.get(at="I/1/b").pk])
    assert line.what == f"Kế hoạch 12/KH-UBND: {EVERY_YEAR}"
    (back,) = dates_moved(old=both.new, new=both.old, today=TODAY, viewer=coordinator)
    assert back.why.endswith("lại là ngày làm việc, trước đó là: Nghỉ lũ (Công điện 9/CĐ-UBND).")


def test_tasks_of_one_day_are_one_line_and_daily_work_has_none(plan, coordinator):
    Task.objects.filter(at="II/1").update(deadline_kind="annual", deadline={"raw": "", "kind": "annual"})
    daily = {"raw": "", "kind": "recurring", "rule": "FREQ=DAILY"}
    Task.objects.filter(at="II/2").update(deadline_kind="recurring", deadline=daily)
    assert moved(D(2026, 12, 31), OFF, coordinator) == [("2 nhiệm vụ", D(2026, 12, 31), D(2026, 12, 30))]


def test_nobody_learns_of_plans_of_another_province_or_that_were_replaced(plan, coordinator, stranger):
    assert moved(D(2026, 12, 31), OFF, stranger) == []
    Plan.objects.update(state=Plan.State.REPLACED)
    assert moved(D(2026, 12, 31), OFF, coordinator) == []


def test_the_calendar_of_a_plan_says_by_when_to_hand_in(plan, officer, client: Client):
    client.force_login(officer)
    page = client.get(reverse("plans:calendar", args=[plan.pk]) + "?month=2030-12").content.decode()
    assert "Chủ nhật: nộp trước hết ngày 13/12/2030" in page  # 15/12/2030
    special_day_save(entry=SpecialDay(day=D(2030, 12, 13), kind=OFF, name="Nghỉ lũ"), by=officer.pk)
    page = client.get(reverse("plans:calendar", args=[plan.pk]) + "?month=2030-12").content.decode()
    assert "nộp trước hết ngày 12/12/2030" in page
