"""When work that comes again is due: held against the calendar, and against `dateutil` where both mean the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from vanban.recurrence import Rule, duty_dates, occurrences, read_rule
from vanban.values import Deadline, Duty

AFTER = date(2026, 3, 31)


def due(rule: str | None = None, kind: str = "recurring", count: int = 3, **edges: date) -> list[str]:
    deadline = Deadline("", (0, 0), kind, rule=rule, **edges)
    return [day.isoformat() for day in occurrences(deadline, after=AFTER, count=count)]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", ["2026-12-15", "2027-12-15", "2028-12-15"]),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31", ["2027-03-31", "2028-03-31", "2029-03-31"]),
        ("FREQ=YEARLY;BYMONTH=12,6;BYMONTHDAY=15", ["2026-06-15", "2026-12-15", "2027-06-15"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", ["2027-02-28", "2028-02-29", "2029-02-28"]),
        ("FREQ=YEARLY;BYMONTH=6", ["2026-06-30", "2027-06-30", "2028-06-30"]),
        ("FREQ=YEARLY", ["2026-12-31", "2027-12-31", "2028-12-31"]),
        ("FREQ=YEARLY;INTERVAL=5", ["2030-12-31", "2035-12-31", "2040-12-31"]),
        ("FREQ=MONTHLY;INTERVAL=3", ["2026-06-30", "2026-09-30", "2026-12-31"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20", ["2026-06-20", "2026-09-20", "2026-12-20"]),
        ("FREQ=MONTHLY;INTERVAL=6", ["2026-06-30", "2026-12-31", "2027-06-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["2026-04-30", "2026-05-31", "2026-06-30"]),
        ("FREQ=WEEKLY", ["2026-04-03", "2026-04-10", "2026-04-17"]),
        ("FREQ=WEEKLY;BYDAY=MO,SU", ["2026-04-05", "2026-04-06", "2026-04-12"]),
        ("FREQ=DAILY", ["2026-04-01", "2026-04-02", "2026-04-03"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTH=1", []),
        ("FREQ=MONTHLY;BYSETPOS=2", []),
        ("MỖI KHI", []),
        ("FREQ=YEARLY;INTERVAL=0", []),
        ("FREQ=YEARLY;BYMONTH=13", []),
        (None, []),
    ],
)
def test_days_of_a_rule(rule, days):
    assert due(rule) == days


def test_work_that_comes_once_has_its_end_until_that_is_over():
    assert due(kind="by", end=date(2026, 4, 1)) == ["2026-04-01"]
    assert due(kind="range", start=date(2026, 1, 1), end=date(2027, 12, 31)) == ["2027-12-31"]
    assert due(kind="by", end=AFTER) == []


@pytest.mark.parametrize("kind", ["ongoing", "conditional"])
def test_work_that_goes_on_or_waits_has_no_day(kind):
    assert due(kind=kind, start=date(2026, 1, 1)) == []


def test_a_period_bounds_what_comes_again():
    assert due(kind="annual", start=date(2027, 1, 1), end=date(2028, 12, 31)) == ["2027-12-31", "2028-12-31"]
    years = {"start": date(2023, 1, 1), "end": date(2028, 12, 31)}
    assert due("FREQ=YEARLY;INTERVAL=2", **years) == ["2026-12-31", "2028-12-31"]  # 2023-2024 is the first of them


def test_no_more_days_than_asked_for():
    assert due("FREQ=DAILY", count=1) == ["2026-04-01"]
    assert due("FREQ=DAILY", count=0) == []
    assert due(kind="by", end=date(2030, 1, 1), count=0) == []
    assert occurrences(Deadline("", (0, 0), "annual"), after=date.max, count=1) == ()


@pytest.mark.parametrize(
    ("frequency", "day", "days"),
    [
        ("annual", "12-15", ["2026-12-15", "2027-12-15"]),
        ("annual", None, ["2026-12-31", "2027-12-31"]),
        ("annual", "02-29", ["2027-02-28", "2028-02-29"]),
        ("quarterly", "12-20", ["2026-06-20", "2026-09-20"]),
        ("quarterly", "01-10", ["2026-04-10", "2026-07-10"]),
        ("quarterly", None, ["2026-06-30", "2026-09-30"]),
        ("6-monthly", "06-15", ["2026-06-15", "2026-12-15"]),
        ("monthly", "12-25", ["2026-04-25", "2026-05-25"]),
        ("weekly", None, ["2026-04-03", "2026-04-10"]),
        ("daily", "12-25", ["2026-04-01", "2026-04-02"]),
        ("3-yearly", "11-30", ["2028-11-30", "2031-11-30"]),
        ("5-yearly", None, ["2030-12-31", "2035-12-31"]),
        ("once", "11-30", []),
        ("as-needed", None, []),
        (None, "12-15", []),
    ],
)
def test_days_of_a_duty_to_report(frequency, day, days):
    duty = Duty("V", (0, 0), (), (), (), frequency, day)
    assert [each.isoformat() for each in duty_dates(duty, after=AFTER, count=2)] == days


rules = st.builds(
    Rule,
    st.sampled_from(["MONTHLY", "YEARLY"]),
    st.just(1),
    st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True).map(lambda m: tuple(sorted(m))),
    st.lists(st.sampled_from([*range(1, 29), -1]), min_size=1, max_size=2, unique=True).map(tuple),
)


@given(rules, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_rule_means_what_it_means_in_a_calendar(rule, after):
    begin = datetime(after.year, after.month, after.day)  # noqa: DTZ001 - the other side knows no zones
    wanted = [day.date() for day in rrulestr(str(rule), dtstart=begin + timedelta(days=1))[:5]]
    assert list(occurrences(Deadline("", (0, 0), "recurring", rule=str(rule)), after=after, count=5)) == wanted


@given(rules, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_days_come_in_order_each_once_and_the_rule_reads_as_written(rule, after):
    days = occurrences(Deadline("", (0, 0), "recurring", rule=str(rule)), after=after, count=8)
    assert all(one < other for one, other in pairwise((after, *days)))
    assert read_rule(str(rule)) == rule
