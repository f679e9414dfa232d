"""Working days: what the calendar says, how it counts, what moves when it changes."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hopluc.core.errors import ChangedSince, DayTaken, OffAnyway, OutsideCalendar, WorkedAnyway
from hopluc.core.models import SpecialDay
from hopluc.core.special_days import (
    special_day_events,
    special_day_remove,
    special_day_save,
    special_day_steps,
    special_day_undo,
)
from hopluc.core.workdays import Calendar, calendar_of, days_moved
from tests.cases import cases

CASES = cases(Path(__file__).parent / "workdays.yaml")
DAY = timedelta(days=1)
OFF, WORK = SpecialDay.Kind.OFF, SpecialDay.Kind.WORK

days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
entries = st.dictionaries(days, st.sampled_from([OFF, WORK]), max_size=12).map(
    lambda kinds: [SpecialDay(pk=turn, day=day, kind=kind, name="x") for turn, (day, kind) in enumerate(kinds.items())]
)
calendars = entries.map(partial(Calendar.build, 2015, 2040))
counts = st.integers(-300, 300)


def entry(day: date, kind: str = OFF, name: str = "Nghỉ bão", source: str = "") -> SpecialDay:
    return SpecialDay(day=day, kind=kind, name=name, source=source)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["day"]))
def test_each_day_is_explained(case):
    with override("vi"):
        reason = Calendar.build(2014, 2030, []).explain(case["day"])
        assert (reason.working, str(reason)) == (case["working"], case["why"])


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # over Tết
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 2, date(2026, 11, 25)),
        (date(2026, 11, 21), -1, date(2026, 11, 20)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # a Saturday that is worked
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
    ],
)
def test_days_are_counted_off(day, count, expected):
    assert Calendar.build(2025, 2027, []).add(day, count) == expected


@given(calendars, days, counts)
def test_count_takes_back_what_add_adds(calendar, day, count):
    assert calendar.count(day, calendar.add(day, count)) == count


@given(calendars, days, days, counts)
def test_a_later_day_leads_no_earlier(calendar, one, other, count):
    first, last = sorted((one, other))
    assert calendar.on_or_before(first) <= calendar.on_or_before(last)
    assert calendar.on_or_after(first) <= calendar.on_or_after(last)
    if count:
        assert calendar.add(first, count) <= calendar.add(last, count)
    assert calendar.count(first, last) >= 0


@given(entries)
def test_the_working_days_are_those_that_are_worked(own):
    calendar, first = Calendar.build(2025, 2027, own), date(2025, 1, 1)
    days = [first + turn * DAY for turn in range(3 * 365)]
    assert calendar.working() == [day.toordinal() for day in days if calendar.is_working(day)]


@given(calendars, days)
def test_between_a_day_and_its_working_days_nothing_is_worked(calendar, day):
    before, after = calendar.on_or_before(day), calendar.on_or_after(day)
    assert before <= day <= after
    assert calendar.is_working(before)
    assert calendar.is_working(after)
    assert not any(calendar.is_working(before + turn * DAY) for turn in range(1, (after - before).days))


@given(calendars, calendars, days)
def test_days_moved_are_those_whose_last_working_day_differs(old, new, since):
    found = days_moved(old, new, since=since)
    every = (since + turn * DAY for turn in range((date(2030, 6, 1) - since).days))
    pairs = {day: (old.on_or_before(day), new.on_or_before(day)) for day in every}
    assert found == {day: pair for day, pair in pairs.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2100, 1, 1), date.max, date.min])
def test_a_day_outside_the_calendar_says_so(day):
    with pytest.raises(OutsideCalendar, match=f"{day.year:04}"):
        Calendar.build(day.year - 1, day.year + 1, []).add(day, 1)


def test_a_calendar_that_is_too_narrow_does_not_guess():
    with pytest.raises(ValueError, match="2026"):
        Calendar.build(2026, 2026, []).on_or_before(date(2026, 1, 1))


@pytest.mark.django_db
class TestEntries:
    def test_an_entry_counts_before_weekend_and_holiday(self, django_assert_num_queries):
        special_day_save(entry=entry(date(2026, 12, 31), OFF, "Hoán đổi", "Công văn 1/VPCP"), by=1)
        special_day_save(entry=entry(date(2026, 12, 26), WORK, "Làm bù"), by=1)
        with django_assert_num_queries(1):
            calendar = calendar_of(2026, 2027)
        assert str(calendar.explain(date(2026, 12, 31))) == "Hoán đổi (Công văn 1/VPCP)"
        assert calendar.is_working(date(2026, 12, 26))
        assert calendar.add(date(2026, 12, 30), 1) == date(2027, 1, 4)

    @pytest.mark.parametrize(
        ("wrong", "error"),
        [
            (entry(date(2026, 12, 30), WORK), WorkedAnyway),
            (entry(date(2026, 12, 26), OFF), OffAnyway),
            (entry(date(2027, 4, 16), OFF), OffAnyway),  # certain by law, unlike the days of Tết
            (entry(date(9999, 12, 31), OFF), OutsideCalendar),
            (entry(date(1, 1, 1), OFF), OutsideCalendar),
            (entry(date(2026, 12, 28), WORK), DayTaken),
        ],
    )
    def test_what_cannot_stand_is_refused(self, wrong, error):
        special_day_save(entry=entry(date(2026, 12, 28)), by=1)
        with pytest.raises(error):
            special_day_save(entry=wrong, by=1)
        assert SpecialDay.objects.count() == 1

    def test_an_entry_confirms_an_expected_day(self):
        special_day_save(entry=entry(date(2027, 2, 5), OFF, "Tết", "Thông báo 1/TB-BNV"), by=1)
        assert not calendar_of(2027, 2027).explain(date(2027, 2, 5)).expected

    def test_each_step_is_undone_and_the_undoing_too(self):
        made = special_day_save(entry=entry(date(2026, 12, 30)), by=1)
        made.name = "Nghỉ lũ"
        special_day_save(entry=made, by=1)
        special_day_remove(entry=made, by=1)

        def undo_newest() -> list[str]:
            special_day_undo(step=special_day_steps(special_day_events()[:1])[0], by=2)
            return [special.name for special in SpecialDay.objects.all()]

        assert undo_newest() == ["Nghỉ lũ"]  # the removal
        assert undo_newest() == []
        removal, change, making = special_day_steps(special_day_events().order_by("pgh_id")[:3])[::-1]
        assert [step.before and step.before.name for step in (making, change, removal)] == [None, "Nghỉ bão", "Nghỉ lũ"]
        with pytest.raises(ChangedSince):
            special_day_undo(step=change, by=2)

    def test_undoing_a_removal_does_not_enter_a_day_twice(self):
        made = special_day_save(entry=entry(date(2026, 12, 30)), by=1)
        special_day_remove(entry=made, by=1)
        removal = special_day_steps(special_day_events()[:1])[0]
        special_day_save(entry=entry(date(2026, 12, 30), name="Nghỉ lũ"), by=1)
        with pytest.raises(DayTaken, match="Nghỉ lũ"):
            special_day_undo(step=removal, by=1)
