"""The timeline: each period of a task a bar that ends on its day, shared out among the states of its lines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from hopluc.plans.models import Line, Occurrence, Plan
from hopluc.plans.outline import outline_of
from hopluc.plans.timeline import HEIGHT, WIDTH, Window, parts, tasks_within, window_of, years_of
from hopluc.plans.working.states import Clock
from hopluc.units.services import agency_ensure

YEAR = Window(date(2026, 1, 1), date(2026, 12, 31), 2026)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "at"), [(date(2025, 5, 1), 0), (date(2026, 1, 1), 0), (date(2026, 7, 2), 598), (date(2028, 1, 1), WIDTH)]
)
def test_days_outside_the_window_stand_at_its_ends(day, at):
    assert YEAR.at(day) == at


def test_the_year_nearest_to_what_was_asked_is_shown():
    years = [2024, 2025]
    today = date(2026, 11, 22)
    assert [window_of(years, typed, today=today).year for typed in ("", "2024", "1999", "x", "all")] == [2025, 2024, 2024, 2025, None]  # fmt: skip
    assert window_of(years, "all", today=today).ticks == [date(2024, 1, 1), date(2025, 1, 1)]
    assert window_of([], "all", today=today).year == 2026


@pytest.fixture
def yearly(plan: Plan, line: Line) -> Line:
    """The training of every year, which two agencies lead."""
    Line.objects.create(
        plan=plan, task=line.task, agency=agency_ensure(key="so-gddt", province="tỉnh Khánh Hòa"),
        given_on=line.given_on,
    )  # fmt: skip
    return line


def bars_of(plan: Plan, window: Window, today: date):
    found = parts(tasks_within(plan, window), window, outline_of(plan, {}), clock=Clock.of(today))
    return {row.task.at: row.bars for part in found for row in part.rows}, found


def test_a_bar_is_shared_out_among_the_states_of_its_lines(plan, yearly):
    due = yearly.occurrences.order_by("due_on")[0]
    other = Line.objects.get(task=yearly.task, agency__body__key="so-gddt")
    Occurrence.objects.create(
        line=other, plan=plan, period=due.period, due_on=due.due_on, first_due_on=due.due_on, touched_on=due.due_on
    )
    year = due.due_on.year
    window = Window(date(year, 1, 1), date(year, 12, 31), year)
    late, _parts = bars_of(plan, window, due.due_on + DAY)
    (bar,) = late["I/1/b"]
    assert (bar.start, bar.start + bar.width, [one.state for one in bar.slices]) == (0, WIDTH - 2, ["overdue"])
    assert f"{due.due_on:%d/%m/%Y}" in bar.words
    Occurrence.objects.filter(pk=due.pk).update(due_on=due.due_on - 30 * DAY)
    apart, _parts = bars_of(plan, window, due.due_on)
    assert [[one.state for one in bar.slices] for bar in apart["I/1/b"]] == [["overdue"], ["open"]]
    assert sum(one.height for one in bar.slices) == HEIGHT


def test_tasks_stand_under_their_outermost_heading_and_those_without_a_day_are_left_out(plan):
    year = localdate().year
    window = Window(date(year, 1, 1), date(year, 12, 31), year)
    _bars, found = bars_of(plan, window, localdate())
    assert next(part.heading for part in found) == "I. NHIỆM VỤ"
    assert years_of(plan)[-1] >= 2030
    assert "II/1" not in _bars  # nobody leads it


def test_the_page_links_each_task_and_keeps_strangers_out(plan, line, coordinator, stranger):
    client = Client()
    client.force_login(coordinator)
    task = line.task
    page = client.get(f"/plans/{plan.pk}/timeline/").content.decode()
    assert f'href="/plans/{plan.pk}/tasks/{task.pk}/"' in page
    assert "style=" not in page
    assert client.get(f"/plans/{plan.pk}/timeline/?year=all").status_code == 200
    client.force_login(stranger)
    assert client.get(f"/plans/{plan.pk}/timeline/").status_code == 404
