"""Working days (ngày làm việc): weekends, public holidays, swaps, and the installation's own entries.

    calendar = calendar_of(2026, 2027)  # one query
    calendar.add(date(2026, 2, 13), 1)  # the first working day after Tết

A calendar is a value: it does not change while it is used, and another one with other entries can be laid beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, Self

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hopluc.core.errors import OutsideCalendar
from hopluc.core.holidays import FIRST_YEAR, LAST_YEAR, holidays_of
from hopluc.core.models import SpecialDay

Kind = Literal["plain", "weekend", "national", "own"]
DAY = timedelta(days=1)
SATURDAY = 5
PLAIN = gettext_lazy("Working day")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a day is worked or not. As text: `Giỗ Tổ Hùng Vương (10/3 âm lịch)`, `Nghỉ bão (Công văn 12/UBND-VX)`."""

    working: bool
    kind: Kind
    name: str | Promise
    expected: bool = False  # dự kiến: computed, not announced yet
    source: str = ""
    entry: int | None = None  # the id of an own entry

    def __str__(self) -> str:
        return f"{self.brief} ({self.source})" if self.source else self.brief

    @property
    def brief(self) -> str:
        """Without its source: for where room is short."""
        return f"{self.name} ({_('expected')})" if self.expected else str(self.name)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days from 1 January of `first` to 31 December of `last`.

    A question about a day that no calendar covers raises OutsideCalendar, about one that this was not built for ValueError.
    """

    first: int
    last: int
    special: Mapping[date, Reason] = field(repr=False)  # whatever is not told by the day of the week alone

    @classmethod
    def build(cls, first: int, last: int, entries: Iterable[SpecialDay]) -> Self:
        """With these own entries, which count before everything else. Years that no calendar covers are left out."""
        first, last = (min(max(year, FIRST_YEAR), LAST_YEAR) for year in (first, last))
        special = {
            day: Reason(holiday.working, "national", holiday.name, holiday.expected, holiday.source)
            for year in range(first, last + 1)
            for day, holiday in holidays_of(year).items()
        }
        special |= {entry.day: _own(entry) for entry in entries if first <= entry.day.year <= last}
        return cls(first, last, special)

    def covers(self, day: date) -> bool:
        return self.first <= day.year <= self.last

    def explain(self, day: date) -> Reason:
        """Why a day is worked or not: an own entry, a holiday or swap, the weekend, or nothing of these."""
        self._check(day)
        if reason := self.special.get(day):
            return reason
        if day.weekday() >= SATURDAY:
            return Reason(False, "weekend", capfirst(str(WEEKDAYS[day.weekday()])))
        return Reason(True, "plain", PLAIN)

    def is_working(self, day: date) -> bool:
        """As `explain` says, without its words."""
        self._check(day)
        reason = self.special.get(day)
        return reason.working if reason else day.weekday() < SATURDAY

    def working(self) -> list[int]:
        """The ordinals (`date.toordinal`) of all its working days, in their order."""
        first, last = date(self.first, 1, 1).toordinal(), date(self.last, 12, 31).toordinal()
        days = {day for day in range(first, last + 1) if (day - 1) % 7 < SATURDAY}  # day 1 was a Monday
        for day, reason in self.special.items():
            (days.add if reason.working else days.discard)(day.toordinal())
        return sorted(days)

    def _check(self, day: date) -> None:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise OutsideCalendar(day=f"{day:%d/%m/}{day.year:04}", first=FIRST_YEAR, last=LAST_YEAR)
        if not self.covers(day):
            raise ValueError(f"{day} asked of a calendar that was built for {self.first} to {self.last}")

    def on_or_before(self, day: date) -> date:
        """The last working day up to this one."""
        return self._seek(day, -DAY)

    def on_or_after(self, day: date) -> date:
        """The first working day from this one on."""
        return self._seek(day, DAY)

    def add(self, day: date, count: int) -> date:
        """The working day so many after this day, or before it where `count` is negative; the day itself is not counted.

        A count of 0 gives the day itself, whether it is worked or not.
        """
        self.explain(day)
        step = DAY if count > 0 else -DAY
        for _turn in range(abs(count)):
            day = self._seek(day + step, step)
        return day

    def count(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`, so that `count(day, add(day, n)) == n`.

        Where `end` is before `start`: those from `end` on before `start`, as a negative number.
        """
        if end < start:
            return -sum(self.is_working(end + turn * DAY) for turn in range((start - end).days))
        return sum(self.is_working(start + turn * DAY) for turn in range(1, (end - start).days + 1))

    def _seek(self, day: date, step: timedelta) -> date:
        while not self.is_working(day):
            day += step
        return day


def calendar_of(first: int, last: int) -> Calendar:
    """The calendar of these years with the entries of the installation, in one query."""
    return Calendar.build(first, last, SpecialDay.objects.all())


def calendar_around(days: Iterable[date]) -> Calendar:
    """A calendar wide enough to seek the working day next to each of these days."""
    years = [day.year for day in days] or [FIRST_YEAR]
    return calendar_of(min(years) - 1, max(years) + 1)


def days_moved(old: Calendar, new: Calendar, *, since: date) -> dict[date, tuple[date, date]]:
    """The days from `since` on up to which the last working day is another one in the new calendar: day → before and now."""
    moved: dict[date, tuple[date, date]] = {}
    for changed in sorted(old.special.keys() | new.special.keys()):
        day = max(changed, since)
        # From a day that is worked in one calendar only, the difference lasts until the next day worked in both.
        while _covered(changed, old, new) and old.is_working(changed) != new.is_working(changed):
            if not _covered(day, old, new) or (pair := (old.on_or_before(day), new.on_or_before(day)))[0] == pair[1]:
                break
            moved[day] = pair
            day += DAY
    return moved


def _covered(day: date, *calendars: Calendar) -> bool:
    return all(calendar.covers(day) for calendar in calendars)


def _own(entry: SpecialDay) -> Reason:
    return Reason(entry.kind == SpecialDay.Kind.WORK, "own", entry.name, source=entry.source, entry=entry.pk)
