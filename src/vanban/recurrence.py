"""Rules of work that comes again, and the days on which it is due: the next dates of a deadline or a duty to report.

Where a rule leaves the day open, the last day of its period is meant; where it leaves the period open, periods end as
offices count them: quarters in March, June, September and December, every five years in 2025 and 2030.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile
from typing import Literal, cast

from vanban.lexicon import month_end
from vanban.values import Deadline, Duty

Period = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
PERIODS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FRIDAY = "FR"  # the last working day of a week
LAST = -1  # day of a month
FREQUENCIES: dict[str, tuple[Period, int]] = {
    "daily": ("DAILY", 1),
    "weekly": ("WEEKLY", 1),
    "monthly": ("MONTHLY", 1),
    "quarterly": ("MONTHLY", 3),
    "annual": ("YEARLY", 1),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """The part of an RFC 5545 RRULE that directives need: `every` so many periods, in these months, on these days."""

    period: Period
    every: int = 1
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    weekdays: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = {
            "FREQ": self.period,
            "INTERVAL": str(self.every) if self.every > 1 else "",
            "BYMONTH": ",".join(map(str, self.months)),
            "BYMONTHDAY": ",".join(map(str, self.days)),
            "BYDAY": ",".join(self.weekdays),
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def read_rule(text: str | None) -> Rule | None:
    """The rule that an RRULE says; None where it says more than that, or nothing.

    >>> read_rule("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15")
    Rule(period='YEARLY', every=1, months=(6, 12), days=(15,), weekdays=())
    >>> read_rule("FREQ=MONTHLY;BYSETPOS=2") is None
    True
    """
    parts = dict(part.partition("=")[::2] for part in (text or "").split(";"))
    period = parts.pop("FREQ", "")
    weekdays = tuple(filter(None, parts.pop("BYDAY", "").split(",")))
    try:
        every = int(parts.pop("INTERVAL", "1"))
        months, days = (_numbers(parts.pop(name, "")) for name in ("BYMONTH", "BYMONTHDAY"))
    except ValueError:
        return None
    known = period in PERIODS and every > 0 and set(weekdays) <= set(WEEKDAYS) and not parts
    fits = all(1 <= month <= 12 for month in months) and all(day == LAST or 1 <= day <= 31 for day in days)
    return Rule(cast("Period", period), every, months, days, weekdays) if known and fits else None


def _numbers(listed: str) -> tuple[int, ...]:
    return tuple(int(number) for number in listed.split(",")) if listed else ()


def occurrences(deadline: Deadline, *, after: date, count: int) -> tuple[date, ...]:
    """At most `count` days later than `after` on which the work is due; none of work that only goes on or waits.

    >>> occurrences(Deadline("hằng năm", (0, 8), "annual"), after=date(2026, 3, 1), count=2)
    (datetime.date(2026, 12, 31), datetime.date(2027, 12, 31))
    """
    if deadline.kind in ("by", "range"):
        return (deadline.end,)[:count] if deadline.end and deadline.end > after else ()
    rule = Rule("YEARLY") if deadline.kind == "annual" else read_rule(deadline.rule)
    return _next(rule, after, count, deadline.start, deadline.end) if rule else ()


def duty_dates(duty: Duty, *, after: date, count: int) -> tuple[date, ...]:
    """At most `count` days later than `after` by which to report; none where the report is asked for once or at need,
    because its year is not said.

    >>> duty_dates(Duty("V", (0, 0), (), (), (), "quarterly", "12-20"), after=date(2026, 7, 1), count=2)
    (datetime.date(2026, 9, 20), datetime.date(2026, 12, 20))
    """
    rule = _rule_of(duty)
    return _next(rule, after, count) if rule else ()


def _rule_of(duty: Duty) -> Rule | None:
    """`quarterly` by `12-20`: the 20th of March, June, September and December."""
    frequency = duty.frequency or ""
    period, every = FREQUENCIES.get(frequency, ("YEARLY", 0))
    if m := re.fullmatch(r"([1-9]\d?)-(year|month|week|dai)ly", frequency):
        period, every = FREQUENCIES["annual" if m[2] == "year" else f"{m[2]}ly"][0], int(m[1])
    if not every:
        return None
    if not duty.due or period in ("DAILY", "WEEKLY"):
        return Rule(period, every)
    month, day = map(int, duty.due.split("-"))
    if period == "MONTHLY" and 12 % every == 0:
        return Rule("YEARLY", 1, tuple(range((month - 1) % every + 1, 13, every)), (day,))
    return Rule(period, every, (month,) if period == "YEARLY" else (), (day,))


def _next(rule: Rule, after: date, count: int, start: date | None = None, end: date | None = None) -> tuple[date, ...]:
    if after == date.max or count < 1:
        return ()
    first = max(after + timedelta(days=1), start or date.min)
    phase = start.year + rule.every - 1 if start else 0
    days = (day for day in _days(rule, first, phase) if day >= first)
    return tuple(islice(takewhile(lambda day: not end or day <= end, days), count))


def _days(rule: Rule, first: date, phase: int) -> Iterator[date]:
    """The days of a rule from about `first` on; `phase` is a year in which a period of several years ends."""
    if rule.period in ("DAILY", "WEEKLY"):
        yield from _short(rule, first)
        return
    for year in range(first.year, date.max.year + 1):
        for month in _months(rule, year, phase):
            last = month_end(year, month)
            days = {last.day if day == LAST else min(day, last.day) for day in rule.days or (LAST,)}
            yield from (last.replace(day=day) for day in sorted(days))


def _months(rule: Rule, year: int, phase: int) -> Sequence[int]:
    if rule.period == "YEARLY":
        return sorted(rule.months or (12,)) if (year - phase) % rule.every == 0 else ()
    return [m for m in range(1, 13) if (12 * year + m) % rule.every == 0 and m in (rule.months or (m,))]


def _short(rule: Rule, first: date) -> Iterator[date]:
    """Days, and days of weeks, which begin on Monday."""
    weekdays = rule.weekdays or (WEEKDAYS if rule.period == "DAILY" else (FRIDAY,))
    for number in range(first.toordinal(), date.max.toordinal() + 1):
        day, week = date.fromordinal(number), (number - 1) // 7
        turn = number if rule.period == "DAILY" else week
        if (
            turn % rule.every == 0
            and WEEKDAYS[day.weekday()] in weekdays
            and day.month in (rule.months or (day.month,))
        ):
            yield day
