"""The nightly run: what a day changes by itself, once, however often it runs and wherever it is cut off."""

from __future__ import annotations

from datetime import date, timedelta
from unittest import mock

import pytest
from django.apps import apps
from django.utils.timezone import localdate

from hopluc.plans.jobs import night as job
from hopluc.plans.models import Line, NightlyRun, Occurrence, Plan
from hopluc.plans.services import plan_issue
from hopluc.plans.working import nightly
from hopluc.plans.working.making import horizon
from hopluc.plans.working.nightly import night

TODAY = localdate()


@pytest.fixture
def plans(plan: Plan, make_document, coordinator) -> list[Plan]:
    return [plan, plan_issue(document=make_document(symbol="13/KH-UBND"), by=coordinator)]


def rows() -> list[tuple[object, ...]]:
    found = Occurrence.objects.values_list("line", "period", "due_on", "state")
    return sorted(found, key=lambda row: (row[0], row[2]))


def test_a_horizon_is_the_end_of_a_month():
    assert horizon(date(2026, 11, 22)) == date(2027, 12, 31)
    assert horizon(date(2026, 1, 31)) == date(2027, 2, 28)


def test_occurrences_come_as_time_goes_on_and_never_twice(plans):
    before = len(rows())
    later = TODAY.replace(year=TODAY.year + 1, month=12, day=1)
    assert night(today=TODAY).made == 0
    made = night(today=later).made
    assert made == len(rows()) - before > 0
    assert night(today=later).made == 0


def test_a_run_that_was_killed_is_finished_by_the_next(plans, monkeypatch):
    monkeypatch.setattr(nightly, "PART", 1)
    later = TODAY.replace(year=TODAY.year + 1, month=12, day=1)
    whole = nightly.work_make

    def killed(chosen, **about):
        if plans[1].pk in chosen:
            raise KeyboardInterrupt
        return whole(chosen, **about)

    with mock.patch.object(nightly, "work_make", killed), pytest.raises(KeyboardInterrupt):
        night(today=later)
    first = NightlyRun.objects.get()
    assert first.ended_at is None
    assert night(today=later).made == first.made > 0
    done = rows()
    Line.objects.update(made_until=None)
    night(today=later)
    assert rows() == done


def test_lines_of_a_plan_that_was_closed_end(plans):
    Plan.objects.filter(pk=plans[0].pk).update(state="closed")
    assert night(today=TODAY).ended == 2
    assert set(plans[0].lines.values_list("state", flat=True)) == {"ended"}


def test_plans_from_before_lines_were_kept_get_theirs(plans):
    Occurrence.objects.all().delete()
    Line.objects.all().delete()
    night(today=TODAY)
    assert Line.objects.filter(state="active").count() == 4
    assert len(rows()) >= 4


def test_what_it_makes_has_no_row_of_history_each(plans):
    events = apps.get_model("plans", "OccurrenceEvent").objects
    night(today=TODAY + timedelta(days=400))
    assert not events.exists()


def test_the_job_is_a_door(plans):
    job(timestamp=0)
    assert NightlyRun.objects.get().day == TODAY
