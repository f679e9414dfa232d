"""The overview: every number is the number of rows that it opens to, and nobody counts what they may not see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.plans.models import Line, Occurrence, Plan
from hopluc.plans.working.overview import FEWEST, By, Measure, View, occurrences, overview
from hopluc.plans.working.states import Clock
from tests.examples import examples

TODAY = date(2026, 11, 20)
WHOLE = View(year=None)
SHARED = [Measure.IN_TIME, Measure.DONE_LATE, Measure.TO_CONFIRM, Measure.OPEN, Measure.OVERDUE]


@pytest.fixture
def clock(db) -> Clock:
    return Clock.of(TODAY)


def put(line: Line, days: list[int]) -> None:
    """Occurrences that nobody has answered, due so many days from today."""
    Occurrence.objects.filter(plan=line.plan).delete()
    for turn, ahead in enumerate(days):
        due = TODAY + timedelta(days=ahead)
        begin = min(due, TODAY) - timedelta(days=30 + turn)
        Occurrence.objects.create(
            line=line, plan=line.plan, period=DateRange(begin, due + timedelta(days=1)),
            due_on=due, first_due_on=due, touched_on=begin,
        )  # fmt: skip


@settings(max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(by=st.sampled_from(list(By)), days=st.lists(st.integers(-400, 40), max_size=8))
def test_each_number_is_that_of_its_rows(plan: Plan, coordinator: User, clock: Clock, by: By, days: list[int]):
    put(plan.lines.first(), days)
    view = View(by=by, year=None)
    found = overview(coordinator, view, clock=clock)
    assert found.total.total == len(days)
    for row in found.rows:
        assert row.total == sum(row.counts[measure] for measure in SHARED)
        for measure in Measure:
            rows = occurrences(coordinator, view.within(by, row.key), measure, clock=clock)
            assert rows.count() == row.counts[measure]


def test_a_stranger_counts_nothing(plan: Plan, stranger: User, clock: Clock):
    put(plan.lines.first(), [-5, 5])
    assert overview(stranger, WHOLE, clock=clock).rows == ()
    assert not occurrences(stranger, WHOLE, Measure.ALL, clock=clock)


def test_a_stranger_learns_no_name(plan: Plan, stranger: User, coordinator: User, client):
    address = f"/overview/?only=plan&key={plan.pk}&year=all"
    for user, told in ((coordinator, True), (stranger, False)):
        client.force_login(user)
        assert (plan.name in client.get(address).content.decode()) == told
        assert (plan.name in client.get(f"/overview/all/?only=plan&key={plan.pk}&year=all").content.decode()) == told


def test_no_share_of_too_few(plan: Plan, coordinator: User, clock: Clock):
    put(plan.lines.first(), [-day for day in range(1, FEWEST)])
    assert overview(coordinator, WHOLE, clock=clock).total.share is None
    put(plan.lines.first(), [-day for day in range(1, FEWEST + 1)])
    assert overview(coordinator, WHOLE, clock=clock).total.share == 0


def test_a_year_counts_its_own_days(plan: Plan, coordinator: User, clock: Clock):
    put(plan.lines.first(), [-400, -5, 30])
    assert overview(coordinator, View(year=2026), clock=clock).total.total == 2
    assert overview(coordinator, View(year=2025), clock=clock).total.total == 1


@pytest.mark.parametrize(
    ("address", "view"),
    [
        ("", View(year=2026)),
        ("by=agency&year=2024", View(By.AGENCY, 2024)),
        ("by=nobody&year=20x4", View(year=2026)),
        ("year=0000", View(year=2026)),
        ("only=plan&key=none", View(year=2026)),
        ("year=all&only=plan&key=7", View(year=None, only=By.PLAN, key="7")),
        ("only=plan&key=7;drop", View(year=2026)),
        ("only=month&key=2026-13", View(year=2026)),
        ("only=month&key=2026-12", View(year=2026, only=By.MONTH, key="2026-12")),
        ("only=agency&key=none", View(year=2026, only=By.AGENCY, key="none")),
    ],
)
def test_an_address_says_what_is_looked_at(address: str, view: View):
    found = View.of(QueryDict(address), today=date(2026, 11, 20))
    assert found == view
    assert View.of(QueryDict(found.query), today=date(2026, 11, 20)) == view


def test_the_pages(plan: Plan, client, coordinator: User, django_assert_max_num_queries):
    put(plan.lines.first(), [-40, -5, 5, 30])
    client.force_login(coordinator)
    for by in By:
        with django_assert_max_num_queries(15):
            page = client.get(f"/overview/?by={by}&year=all")
        assert page.status_code == 200
    assert "quá hạn" in page.content.decode()
    with django_assert_max_num_queries(15):
        rows = client.get("/overview/overdue/?year=all").content.decode()
    assert rows.count("<tr>") == 1 + 2
    assert client.get("/overview/nothing/").status_code == 404
    assert client.get("/overview/table.xlsx?year=all").content[:2] == b"PK"
    assert "Quá hạn" in client.get("/overview/table.csv?year=all").content.decode("utf-8-sig")
