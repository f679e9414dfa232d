"""Late, due soon, without news: said by a day, never stored. The same expressions serve every list and every count.

`late(clock)` is of occurrences; `late(clock, "occurrences__")` of what has some.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, Q

from hopluc.core.workdays import Calendar, calendar_of
from hopluc.plans.models import Line, Occurrence
from hopluc.plans.working.standards import standards

State = Occurrence.State
OPEN = (State.NOT_STARTED, State.IN_PROGRESS, State.RETURNED)  # somebody still has to do something


@dataclass(frozen=True)
class Clock:
    """A day, and the days that its working days set."""

    today: date
    soon: date  # what is due up to here is due soon
    stale: date  # news from before is old
    calendar: Calendar

    @classmethod
    def of(cls, today: date) -> Clock:
        """One query."""
        calendar = calendar_of(today.year - 1, today.year + 1)
        known = standards()
        soon = calendar.add(today, known.due_soon_days)
        return cls(today, soon, calendar.add(today, -known.stale_days), calendar)

    def left(self, due_on: date) -> int | None:
        """Working days left, negative once it is late; None far ahead, where no calendar was asked."""
        if not self.calendar.covers(due_on):
            return None
        side = bisect_right if due_on >= self.today else bisect_left
        return side(self._working, due_on.toordinal()) - side(self._working, self.today.toordinal())

    @cached_property
    def _working(self) -> list[int]:
        """The working days of the calendar, put together once for all rows of a list."""
        return self.calendar.working()


def is_open(of: str = "") -> Q:
    return Q(**{f"{of}state__in": OPEN})


def begun(clock: Clock, of: str = "") -> Q:
    """Its period has begun; what is asked for later is nobody's business yet."""
    return Q(**{f"{of}period__startswith__lte": clock.today})


def late(clock: Clock, of: str = "") -> Q:
    """Not reported although the day is over."""
    return is_open(of) & Q(**{f"{of}due_on__lt": clock.today})


def due_soon(clock: Clock, of: str = "") -> Q:
    """Due today or within the next working days."""
    return is_open(of) & Q(**{f"{of}due_on__gte": clock.today, f"{of}due_on__lte": clock.soon})


def stale(clock: Clock, of: str = "") -> Q:
    """Begun, and without news for many working days."""
    return is_open(of) & begun(clock, of) & Q(**{f"{of}touched_on__lt": clock.stale})


def done_late(of: str = "") -> Q:
    """Reported or confirmed, but after its day."""
    done = {f"{of}state__in": [State.REPORTED, State.CONFIRMED], f"{of}reported_on__gt": F(f"{of}due_on")}
    return Q(**done)


def unassigned(of: str = "") -> Q:
    """Lines that nobody answers for (chưa phân công)."""
    return Q(**{f"{of}state": Line.State.WAITING})
