"""On which days a task is due, and which days each of them answers for. Pure.

- By a day, or over a range: once.
- Every year, or by another rule: on its days, but at most once a month, on the last of that month: work that comes every week is
  answered for the month. A period begins after the day on which the one before was due.
- Ongoing work, work without a stated time, and a rule that cannot be read: once a year, on the plan's yearly reporting day, or
  on 31 December.
- On a condition: never by itself.

What comes again is asked for from the first day on which somebody could know of it: years before the plan was issued here are
nobody's omission.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from vanban.lexicon import month_end
from vanban.recurrence import occurrences, read_rule
from vanban.values import Deadline

DAY = timedelta(days=1)
BEFORE = timedelta(days=6 * 366)  # how far back the due day before the first is looked for
ONCE = ("by", "range")


@dataclass(frozen=True, slots=True)
class Due:
    """A day on which work is due, and the first day of the period that it answers for."""

    start: date
    due_on: date


def dues(deadline: Deadline | None, *, since: date, until: date, yearly: tuple[int, int]) -> tuple[Due, ...]:
    """What is due from `since` to `until`, both included; what is due once, whenever that is. `yearly` is month and day.

    >>> dues(Deadline("hằng năm", (0, 8), "annual"), since=date(2026, 3, 1), until=date(2027, 6, 30), yearly=(12, 31))
    (Due(start=datetime.date(2026, 1, 1), due_on=datetime.date(2026, 12, 31)),)
    """
    if deadline and deadline.kind == "conditional":
        return ()
    if deadline and is_once(deadline.kind, deadline.end):
        assert deadline.end
        return (Due(min(deadline.start or since, deadline.end), deadline.end),)
    return tuple(_again(_with_rule(deadline, yearly), since, until))


def is_once(kind: str, end: date | None) -> bool:
    return kind in ONCE and end is not None


def _with_rule(deadline: Deadline | None, yearly: tuple[int, int]) -> Deadline:
    """The deadline itself where it has a rule, else the plan's yearly day within its bounds."""
    if deadline and (deadline.kind == "annual" or (deadline.kind == "recurring" and read_rule(deadline.rule))):
        return deadline
    month, day = yearly
    rule = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"
    start, end = (deadline.start, deadline.end) if deadline else (None, None)
    return Deadline("", (0, 0), "recurring", start=start, end=end, rule=rule)


def _again(deadline: Deadline, since: date, until: date) -> Iterator[Due]:
    begin, last = since - BEFORE, month_end(until.year, until.month)
    bounded = replace(deadline, end=min(deadline.end or last, last))
    days = occurrences(bounded, after=begin, count=max(0, (last - begin).days))
    before: date | None = None
    for day in _monthly(days):
        if since <= day <= until:
            yield Due(before + DAY if before else deadline.start or day.replace(month=1, day=1), day)
        before = day


def _monthly(days: Iterable[date]) -> Iterator[date]:
    """Of the days of each month the last."""
    for _month, some in groupby(days, key=lambda day: (day.year, day.month)):
        yield max(some)
