"""Events in the life of an organisation: which are possible, and whether one kept the limits of its day. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Protocol

from hopluc.core.ruling import InForce, Verdict, in_force_of
from hopluc.registry.files import table
from hopluc.registry.wording import Words

Days = Mapping[str, date | None]  # decided, filed, answered, day, until, before, first, closing, founded


class Calendar(Protocol):
    def add(self, day: date, count: int) -> date: ...
    def covers(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class Limit:
    """At most or at least so long from one day of an event to another."""

    start: str
    end: str
    unit: str  # wd, d, m
    most: int | None = None
    least: int | None = None


@dataclass(frozen=True, slots=True)
class EventRule:
    in_force: InForce
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class EventKind:
    key: str
    words: Words
    kinds: frozenset[str]
    before: frozenset[str]  # statuses out of which it is possible
    after: str  # the status after it; empty: as before
    operating: str  # empty: says nothing of it
    lasts: bool
    others: bool  # other organisations take part
    entered: bool  # by itself; else by the act that it is part of
    rules: tuple[EventRule, ...]

    def rule_on(self, day: date) -> EventRule | None:
        """The rule of a day; None where nobody has read one."""
        return next((rule for rule in self.rules if rule.in_force.on(day)), None)


@dataclass(frozen=True, slots=True)
class Judged:
    """A limit beside what was done; `due` is the last day (the first, of a least time)."""

    limit: Limit
    verdict: Verdict
    due: date | None
    done: date | None


@cache
def event_kinds() -> dict[str, EventKind]:
    read = table("lifecycle")
    return {line["key"]: _kind(line, read["sources"]) for line in read["event"]}


def _kind(line: Mapping[str, Any], sources: Mapping[str, str]) -> EventKind:
    rules = tuple(
        EventRule(in_force_of(rule, sources), tuple(_limit(each) for each in rule["limits"]))
        for rule in line.get("rule", ())
    )
    return EventKind(
        key=line["key"],
        words=Words(line["vi"], line["en"]),
        kinds=frozenset(line["kinds"]),
        before=frozenset(line["from"]),
        after=line.get("to", ""),
        operating=line.get("operating", ""),
        lasts=line.get("lasts", False),
        others=line.get("others", False),
        entered=line.get("entered", True),
        rules=rules,
    )


def _limit(line: Mapping[str, Any]) -> Limit:
    return Limit(line["from"], line["to"], line["in"], line.get("most"), line.get("least"))


@cache
def statuses(*, group: bool) -> dict[str, Words]:
    """Legal statuses in the order of the decree, in the words for groups or for all others."""
    before = "group_" if group else ""
    return {
        line["key"]: Words(*(line.get(f"{before}{language}", line[language]) for language in ("vi", "en")))
        for line in table("lifecycle")["status"]
    }


def possible(kind: str, status: str) -> list[EventKind]:
    """The events that can be entered for an organisation of this kind and status, by themselves."""
    return [each for each in event_kinds().values() if each.entered and not each.others and fits(each, kind, status)]


def fits(event: EventKind, kind: str, status: str) -> bool:
    return kind in event.kinds and status in event.before


def judged(event: EventKind, days: Days, calendar: Calendar) -> tuple[EventRule | None, tuple[Judged, ...]]:
    """Each limit of the rule in force on the event's day. The rule is None where nobody has read one."""
    day = days.get("day")
    rule = event.rule_on(day) if day else None
    return rule, tuple(_judged(limit, days, calendar) for limit in rule.limits) if rule else ()


def too_early(event: EventKind, days: Days, calendar: Calendar) -> tuple[EventRule, Judged] | None:
    """The least time before the event that was not kept, under the rule of its day: so early it may not be."""
    rule, found = judged(event, days, calendar)
    broken = (each for each in found if each.limit.end == "day" and each.limit.least and each.verdict is Verdict.UNMET)
    return next(((rule, each) for each in broken if rule), None)


def _judged(limit: Limit, days: Days, calendar: Calendar) -> Judged:
    start, done = days.get(limit.start), days.get(limit.end)
    count = limit.most if limit.most is not None else limit.least
    assert count is not None
    due = later(start, count, limit.unit, calendar) if start else None
    if due is None or done is None:
        return Judged(limit, Verdict.UNKNOWN, due, done)
    # What lasts a year from 1 January ends on 31 December; a step is taken on the last day at the latest.
    ends_before = limit.end == "until"
    kept = done >= due if limit.least is not None else done < due if ends_before else done <= due
    return Judged(limit, Verdict.MET if kept else Verdict.UNMET, due, done)


def later(day: date, count: int, unit: str, calendar: Calendar) -> date | None:
    """The day so many days, working days (`wd`) or months after; None outside the calendar."""
    if unit == "d":
        return day + timedelta(days=count)
    if unit == "m":
        return months_later(day, count)
    if not calendar.covers(day) or not calendar.covers(day + timedelta(days=3 * count + 15)):
        return None
    return calendar.add(day, count)


def months_later(day: date, count: int) -> date:
    """
    >>> months_later(date(2026, 1, 31), 1), months_later(date(2026, 11, 15), 2)
    (datetime.date(2026, 2, 28), datetime.date(2027, 1, 15))
    """
    years, month = divmod(day.month - 1 + count, 12)
    after = date(day.year + years, month + 1, 1)
    following = date(after.year + after.month // 12, after.month % 12 + 1, 1)
    return min(after.replace(day=1) + timedelta(days=day.day - 1), following - timedelta(days=1))
