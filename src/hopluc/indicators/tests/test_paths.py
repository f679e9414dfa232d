"""Paths and gaps: for every line, whatever its numbers, what a reader takes for granted."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hopluc.indicators.paths import Due, Goal, Lack, Start, gap, jump, met, path, ratio, start_of

numbers = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=100)
years = st.integers(2000, 2060)
OPS = [">=", ">", "<=", "<", "~", "=", "increase", "decrease"]


def edge(due: Due) -> Fraction:
    found = due.low if due.low is not None else due.high
    assert found is not None
    return found


@given(st.sampled_from([">=", ">", "<=", "<", "="]), numbers, numbers, years, st.integers(1, 30))
def test_a_path_is_a_straight_line_that_ends_at_the_level(op, level, begun, year, length):
    dues = path(Goal(op, level, by=year + length), Start(year, begun))
    assert [due.year for due in dues] == list(range(year + 1, year + length + 1))
    assert edge(dues[-1]) == level
    steps = {after - before for before, after in zip([begun, *map(edge, dues)], map(edge, dues), strict=False)}
    assert steps == {(level - begun) / length}


@given(st.sampled_from(["increase", "decrease"]), numbers, numbers, years, st.integers(1, 30))
def test_an_increase_is_counted_from_where_one_starts(op, amount, begun, year, length):
    assert path(Goal(op, amount, by=year + length), Start(year, begun))[-1] in (
        Due(year + length, begun + amount, None),
        Due(year + length, None, begun - amount),
    )


@given(st.sampled_from(OPS), numbers, numbers, years, st.integers(1, 10), numbers)
def test_a_value_is_met_where_its_gap_says_so(op, level, begun, year, length, value):
    for due in path(Goal(op, level, by=year + length), Start(year, begun)):
        off = gap(value, due)
        if due.low is not None and due.high is not None:
            assert met(value, due) == (off == 0)
        else:
            assert met(value, due) == (off >= 0 if due.high is None else off <= 0)
        assert value - off in (value, due.low, due.high)


@given(numbers, numbers, numbers, years, st.integers(1, 10))
def test_a_range_lies_between_its_two_lines(low, high, begun, year, length):
    assume(low <= high)
    dues = path(Goal("between", low, high, year + length), Start(year, begun))
    assert all(due.low <= due.high for due in dues)
    assert (dues[-1].low, dues[-1].high) == (low, high)


@given(numbers, st.integers(2020, 2030), st.integers(0, 10))
def test_what_is_due_each_year_is_the_same_each_year(level, first, more):
    dues = path(Goal("<=", level, by=first + more, since=first, per_year=True), None)
    assert dues == tuple(Due(year, None, level) for year in range(first, first + more + 1))


@pytest.mark.parametrize(
    ("goal", "start", "lack"),
    [
        (Goal(">=", Fraction(5)), Start(2020, Fraction(1)), Lack.NO_YEAR),
        (Goal(">=", Fraction(5), by=2030), None, Lack.NO_START),
        (Goal(">=", Fraction(5), by=2030), Start(2030, Fraction(1)), Lack.START_LATE),
    ],
)
def test_without_a_year_or_a_start_there_is_no_path(goal, start, lack):
    assert path(goal, start) is lack


def test_a_level_that_must_be_passed_is_not_enough():
    due = Due(2030, Fraction(60), None)
    assert met(Fraction(60), due)
    assert not met(Fraction(60), due, strict=True)


def test_about_is_within_five_percent():
    (due,) = path(Goal("~", Fraction(200), by=2026), Start(2025, Fraction(100)))
    assert (due.low, due.high) == (190, 210)


def test_the_way_starts_from_the_newest_level_before_its_first_year():
    levels = [Start(year, Fraction(year)) for year in (2019, 2021, 2023)]
    assert start_of(Goal(">=", Fraction(9), by=2030, since=2022), levels) == Start(2021, Fraction(2021))
    assert start_of(Goal(">=", Fraction(9), by=2030, since=2019), levels) is None
    assert start_of(Goal(">=", Fraction(9), by=2030), levels) == Start(2019, Fraction(2019))


def test_the_level_that_the_plan_itself_says_comes_first():
    levels = [Start(2021, Fraction(7))]
    assert start_of(Goal(">=", Fraction(9), by=2030, since=2022), levels, said=Fraction(40)) == Start(
        2021, Fraction(40)
    )


@given(numbers, numbers)
def test_a_ratio_times_its_denominator_is_its_numerator(part, whole):
    assume(whole)
    assert ratio(part, whole, scale=100) * whole == part * 100


@given(numbers, numbers)
def test_a_jump_leads_from_the_one_to_the_other(value, before):
    change = jump(value, before)
    assert (change is None) == (before == 0)
    if change is not None:
        assert before + change * abs(before) == value
