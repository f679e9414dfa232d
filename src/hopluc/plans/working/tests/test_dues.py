"""Days on which work is due, whatever its rule; and what is late or due soon, whatever the calendar."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hopluc.core.models import SpecialDay
from hopluc.core.workdays import Calendar
from hopluc.plans.working.dues import dues
from hopluc.plans.working.standards import standards
from hopluc.plans.working.states import Clock
from tests.cases import cases
from vanban.contract import read_deadline
from vanban.lexicon import month_end
from vanban.recurrence import occurrences
from vanban.values import Deadline

CASES = cases(Path(__file__).parent / "cases" / "dues.yaml")
DAY = timedelta(days=1)
YEARLY = (12, 15)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_a_deadline_asks_for(case: dict[str, Any]) -> None:
    deadline = read_deadline({"raw": "", **case["deadline"]}) if case["deadline"] else None
    found = dues(deadline, since=case["since"], until=case["until"], yearly=YEARLY)
    assert [[due.start, due.due_on] for due in found] == case["expect"]


def days(first: int = 2015, last: int = 2035) -> st.SearchStrategy[date]:
    return st.dates(date(first, 1, 1), date(last, 12, 31))


@st.composite
def rules(draw: st.DrawFn) -> str:
    period = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={period}"]
    if (every := draw(st.integers(1, 6))) > 1:
        parts.append(f"INTERVAL={every}")
    if draw(st.booleans()):
        months = draw(st.sets(st.integers(1, 12), min_size=1, max_size=4))
        parts.append("BYMONTH=" + ",".join(map(str, sorted(months))))
    if period in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        chosen = draw(st.sets(st.one_of(st.just(-1), st.integers(1, 31)), min_size=1, max_size=3))
        parts.append("BYMONTHDAY=" + ",".join(map(str, sorted(chosen))))
    return ";".join(parts)


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    kind = draw(st.sampled_from(["annual", "recurring"]))
    start, end = draw(st.one_of(st.none(), days())), draw(st.one_of(st.none(), days()))
    return Deadline("", (0, 0), kind, start=start, end=end, rule=draw(rules()) if kind == "recurring" else None)


SPANS = st.tuples(days(2018, 2030), st.integers(0, 900)).map(lambda one: (one[0], one[0] + one[1] * DAY))


@UNHURRIED
@given(deadlines(), SPANS)
def test_each_month_in_which_a_rule_has_days_is_asked_for_on_the_last_of_them(deadline, span):
    since, until = span
    horizon = month_end(until.year, until.month)
    within = replace(deadline, end=min(deadline.end or horizon, horizon))
    days = occurrences(within, after=since - 31 * DAY, count=2000)
    last = {(day.year, day.month): day for day in days}
    wanted = [day for day in last.values() if since <= day <= until]
    assert [due.due_on for due in dues(deadline, since=since, until=until, yearly=YEARLY)] == wanted


@UNHURRIED
@given(deadlines(), SPANS)
def test_periods_follow_one_another_and_end_on_their_day(deadline, span):
    found = dues(deadline, since=span[0], until=span[1], yearly=YEARLY)
    assert all(due.start <= due.due_on for due in found)
    for before, after in itertools.pairwise(found):
        assert after.start == before.due_on + DAY


@UNHURRIED
@given(deadlines(), SPANS, st.floats(0, 1))
def test_what_is_made_in_parts_is_what_is_made_at_once(deadline, span, part):
    since, until = span
    middle = since + int((until - since).days * part) * DAY
    first = dues(deadline, since=since, until=middle, yearly=YEARLY)
    rest = dues(deadline, since=middle + DAY, until=until, yearly=YEARLY) if middle < until else ()
    assert first + rest == dues(deadline, since=since, until=until, yearly=YEARLY)


@UNHURRIED
@given(
    st.one_of(
        st.none(), st.just(Deadline("", (0, 0), "ongoing")), st.just(Deadline("", (0, 0), "recurring", rule="?"))
    ),
    SPANS,
)
def test_work_without_a_rule_is_asked_for_once_a_year(deadline, span):
    found = dues(deadline, since=span[0], until=span[1], yearly=YEARLY)
    years = range(span[0].year, span[1].year + 1)
    assert [due.due_on for due in found] == [
        date(year, 12, 15) for year in years if span[0] <= date(year, 12, 15) <= span[1]
    ]


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    some = draw(st.sets(days(2025, 2027), max_size=60))
    kinds = draw(st.lists(st.sampled_from(["off", "work"]), min_size=len(some), max_size=len(some)))
    entries = [SpecialDay(day=day, kind=kind, name="x") for day, kind in zip(sorted(some), kinds, strict=True)]
    return Calendar.build(2024, 2028, entries)


@UNHURRIED
@given(calendars(), days(2025, 2027), days(2025, 2027))
def test_over_any_calendar_a_day_is_late_or_soon_or_later_by_its_working_days(calendar, today, due_on):
    known = standards()
    clock = Clock(today, calendar.add(today, known.due_soon_days), calendar.add(today, -known.stale_days), calendar)
    left = clock.left(due_on)
    assert left == calendar.count(today, due_on)
    if due_on < today:
        assert left <= 0
    elif due_on <= clock.soon:
        assert 0 <= left <= known.due_soon_days
    else:
        assert left >= known.due_soon_days
    assert clock.stale < today < clock.soon
