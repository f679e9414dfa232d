"""Issuing a plan gives every lead agency its line, with somebody to answer for it and days on which it is due."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from hopluc.plans.models import Line, Occurrence, Plan
from hopluc.plans.working.beginning import work_make
from hopluc.plans.working.making import horizon


def test_a_plan_that_is_issued_has_its_lines_at_once(plan: Plan, officer, coordinator, head, home):
    lines = {(line.task.at, line.holder, line.owner, line.state) for line in plan.lines.all()}
    finance = plan.owner
    # Of those who may answer for the department, whoever has been there longest, where it has no head.
    first = coordinator
    assert lines == {("I/1/a", finance, first, "active"), ("I/1/b", home, head, "active")}


def test_work_due_once_and_work_due_every_year_have_their_occurrences(plan: Plan):
    once = Occurrence.objects.get(line__task__at="I/1/a")
    assert (once.due_on, once.first_due_on, once.state) == (date(2030, 12, 15), date(2030, 12, 15), "not_started")
    yearly = Occurrence.objects.filter(line__task__at="I/1/b")
    year, until = localdate().year, horizon(localdate())
    assert [each.due_on for each in yearly] == [
        date(one, 12, 31) for one in range(year, until.year + 1) if date(one, 12, 31) <= until
    ]
    assert {each.period.lower for each in yearly} == {date(each.due_on.year, 1, 1) for each in yearly}


def test_making_again_makes_nothing_twice(plan: Plan):
    before = set(Occurrence.objects.values_list("pk")), set(Line.objects.values_list("pk"))
    Line.objects.update(made_until=None)  # as if a run was cut off before it said how far it came
    assert work_make([plan.pk], today=localdate()) == (0, 0)
    assert (set(Occurrence.objects.values_list("pk")), set(Line.objects.values_list("pk"))) == before
