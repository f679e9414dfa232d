"""The task table says how far each task is; its filter, its counts and its rows agree."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.utils.timezone import localdate

from hopluc.plans.desk.standing import DONE, STATES, Standing, standings_of
from hopluc.plans.desk.tests.test_answering import text
from hopluc.plans.filters import Filters
from hopluc.plans.models import Line, Occurrence
from hopluc.plans.outline import outline_of
from hopluc.plans.selectors import tasks_filtered
from hopluc.plans.working.services import answer, confirm_or_return
from hopluc.plans.working.states import Clock
from hopluc.plans.working.values import Update


def moved(row: Occurrence, **changes) -> None:
    Occurrence.objects.filter(pk=row.pk).update(**changes)


def reported(row, by):
    return answer(occurrence=row.pk, by=by, update=Update(key=uuid4(), seen=0, claim="reported", words="Xong"))


def as_overdue(row, head, coordinator):
    pass


def as_soon(row, head, coordinator):
    moved(row, due_on=localdate())


def as_stale(row, head, coordinator):
    moved(row, due_on=localdate() + timedelta(days=90), touched_on=localdate() - timedelta(days=90))


def as_reported(row, head, coordinator):
    reported(row, head)


def as_returned(row, head, coordinator):
    said = reported(row, head).said
    confirm_or_return(occurrence=row.pk, answer=said.pk, confirmed=False, reason="Thiếu", by=coordinator)
    moved(row, due_on=localdate() + timedelta(days=90))


def as_confirmed(row, head, coordinator):
    confirm_or_return(occurrence=row.pk, answer=reported(row, head).said.pk, confirmed=True, by=coordinator)


def as_waiting(row, head, coordinator):
    Line.objects.filter(pk=row.line_id).update(state="waiting", owner=None, stand_in=False)


def stands(one: Standing, state: str) -> bool:
    return bool(one.begun and one.confirmed == one.begun if state == DONE else getattr(one, state))


@pytest.mark.parametrize(
    ("state", "make"),
    [
        ("overdue", as_overdue), ("due_soon", as_soon), ("stale", as_stale), ("reported", as_reported),
        ("returned", as_returned), ("confirmed", as_confirmed), ("waiting", as_waiting),
    ],
)  # fmt: skip
def test_the_filter_the_count_and_the_row_agree(browse, plan, head, coordinator, due, state, make):
    make(due, head, coordinator)
    clock = Clock.of(localdate())
    known = standings_of(plan, plan.tasks.values_list("pk", flat=True), clock=clock)
    outline = outline_of(plan, {})
    for each in STATES:
        found = tasks_filtered(plan, Filters.of(QueryDict(f"state={each}")), outline, clock=clock)
        assert len(found) == known.counts[each], each
        assert {task.pk for task in found} == {pk for pk, one in known.of.items() if stands(one, each)}
    assert due.line.task_id in {
        task.pk for task in tasks_filtered(plan, Filters.of(QueryDict(f"state={state}")), outline)
    }
    page = text(browse(head).get(f"/plans/{plan.pk}/?state={state}"))
    assert due.line.task.text in page
    assert f'<a href="?state={state}"' in text(browse(head).get(f"/plans/{plan.pk}/"))


def test_the_panel_of_a_task_says_who_answers_for_it_and_how_far_it_is(browse, plan, head, due):
    address = f"/plans/{plan.pk}/tasks/{due.line.task_id}/"
    panel = text(browse(head).get(address, headers={"hx-request": "true", "hx-target": "panel"}))
    assert f'<a href="/work/{due.pk}/">Sở Nội vụ tỉnh Khánh Hòa</a>' in panel
    assert "Bà giamdoc" in panel
    assert '<span class="state red">' in panel


def test_the_sheet_says_how_far_each_task_is(browse, plan, head, due):
    sheet = browse(head).get(f"/plans/{plan.pk}/tasks.csv").content.decode()
    assert "Tình hình" in sheet
    assert "Quá hạn" in sheet
