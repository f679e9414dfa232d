"""The clock of a case: working days, pauses left out, whatever is asked in whatever order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopluc.core.errors import Problem
from hopluc.core.workdays import Calendar
from hopluc.forms.cases import (
    CaseRule,
    Pause,
    case_close,
    case_open,
    case_pause,
    case_resume,
    cases_listed,
    cases_visible,
    clock,
    clock_of,
    rule_of,
)
from hopluc.forms.models import Case
from tests.examples import examples

CALENDAR = Calendar.build(2024, 2028, [])
DAY = timedelta(days=1)
MONDAY = date(2026, 3, 2)


@settings(deadline=None, max_examples=examples(40))
@given(
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.integers(1, 60),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=3),
    st.integers(0, 120),
)
def test_the_clock_is_that_of_counting_by_hand(opened, days, gaps, later):
    pauses, at = [], opened
    for gap, length in gaps:
        start = at + gap * DAY
        pauses.append(Pause(start, start + length * DAY))
        at = start + (length + 1) * DAY
    on = opened + later * DAY
    found = clock(opened, days, pauses, calendar=CALENDAR, on=on)
    counted = [opened + turn * DAY for turn in range(1, 400)]
    counted = [day for day in counted if CALENDAR.is_working(day) and not any(p.start <= day <= p.end for p in pauses)]
    assert found.due == counted[days - 1]
    assert found.used == sum(day <= on for day in counted)
    assert found.used + found.left == days
    assert (found.left >= 0) is (on <= found.due or found.used == days)


def test_a_clock_that_stands_still_uses_no_days():
    pauses = [Pause(MONDAY + DAY, None, "Chờ hợp tác xã bổ sung")]
    soon, late = (clock(MONDAY, 5, pauses, calendar=CALENDAR, on=MONDAY + days * DAY) for days in (3, 30))
    assert (soon.used, late.used) == (0, 0)
    assert late.due > soon.due
    assert late.paused.reason in " ".join(late.lines)


def test_holidays_on_the_way_are_named():
    found = clock(date(2026, 4, 27), 5, [], calendar=CALENDAR, on=date(2026, 4, 28))
    assert any("30/04/2026" in line for line in found.lines)


def opened(office, **about) -> Case:
    return case_open(
        kind="khac",
        title="Đề nghị hỗ trợ",
        agency=office.agency,
        on=MONDAY,
        by=office.an,
        asked_by=office.above,
        **about,
    )


def test_a_case_is_opened_paused_resumed_and_closed(office):
    case = opened(office)
    assert (case.days, case.source) == (10, rule_of("khac", on=MONDAY).source)
    case_pause(case=case, on=MONDAY + 2 * DAY, reason="Chờ bổ sung", by=office.an)
    case_resume(case=case, on=MONDAY + 9 * DAY, by=office.chi)
    assert (
        clock_of(case, calendar=CALENDAR, today=MONDAY + 9 * DAY).used == 2
    )  # Tuesday, and Wednesday of the next week
    case_close(case=case, on=MONDAY + 10 * DAY, outcome="settled", note="Đã hỗ trợ", by=office.head)
    assert clock_of(Case.objects.get(pk=case.pk), calendar=CALENDAR, today=MONDAY + 300 * DAY).used == 3


def test_a_pause_that_ends_on_its_first_day_never_was(office):
    case = opened(office)
    case_pause(case=case, on=MONDAY + DAY, reason="Chờ", by=office.an)
    case_resume(case=case, on=MONDAY + DAY, by=office.an)
    assert not case.pauses.exists()


@pytest.mark.parametrize(
    ("acts", "code"),
    [
        (["resume"], "H664"), (["pause", "pause"], "H663"), (["close", "pause"], "H662"), (["close", "close"], "H662"),
        (["early"], "H665"), (["silent"], "H620"), (["pause", "before"], "H665"), (["other"], "H611"),
    ],
)  # fmt: skip
def test_what_a_case_does_not_take_is_said(office, acts, code):
    case, by = opened(office), {"by": office.an}
    doing = {
        "pause": lambda: case_pause(case=case, on=MONDAY + DAY, reason="Chờ", **by),
        "resume": lambda: case_resume(case=case, on=MONDAY + DAY, **by),
        "close": lambda: case_close(case=case, on=MONDAY + DAY, outcome="settled", note="", **by),
        "early": lambda: case_pause(case=case, on=MONDAY - DAY, reason="Chờ", **by),
        "silent": lambda: case_pause(case=case, on=MONDAY + DAY, reason="-", **by),
        "before": lambda: case_resume(case=case, on=MONDAY, **by),
        "other": lambda: case_pause(case=case, on=MONDAY + DAY, reason="Chờ", by=office.lan),
    }
    for act in acts[:-1]:
        doing[act]()
    with pytest.raises(Problem) as refused:
        doing[acts[-1]]()
    assert refused.value.code == code


def test_a_kind_without_a_rule_needs_one(office):
    with pytest.raises(Problem) as refused:
        case_open(kind="la", title="Lạ", agency=office.agency, on=MONDAY, by=office.an)
    assert refused.value.code == "H661"
    case = case_open(
        kind="la", title="Lạ", agency=office.agency, on=MONDAY, by=office.an, rule=CaseRule(3, "Quyết định 1")
    )
    assert case.days == 3


def test_who_sees_a_case(office):
    case = opened(office)
    assert cases_visible(office.binh).get() == case
    assert not cases_visible(office.lan).exists()
    assert [one.pk for one in cases_listed(viewer=office.head)] == [case.pk]
    assert not cases_listed(viewer=office.head, closed=True).exists()
