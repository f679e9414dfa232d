"""A year of working days as the page shows it."""

from __future__ import annotations

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from hopluc.accounts.models import User
from hopluc.core.holidays import FIRST_YEAR, LAST_YEAR, announced_until
from hopluc.core.special_days import Step
from hopluc.core.workdays import Calendar, Reason

DAY = timedelta(days=1)
WEEKDAYS = [
    pgettext_lazy("weekday", "Mo"),
    pgettext_lazy("weekday", "Tu"),
    pgettext_lazy("weekday", "We"),
    pgettext_lazy("weekday", "Th"),
    pgettext_lazy("weekday", "Fr"),
    pgettext_lazy("weekday", "Sa"),
    pgettext_lazy("weekday", "Su"),
]
VERBS = {
    (False, True): gettext_lazy("Added"),
    (True, True): gettext_lazy("Changed"),
    (True, False): gettext_lazy("Removed"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    day: date
    reason: Reason

    @property
    def mark(self) -> str:
        """Class of the cell: off, work, own, expected; a plain day or weekend has its own."""
        if self.reason.kind in ("plain", "weekend"):
            return self.reason.kind
        kinds = ["work" if self.reason.working else "off"]
        return " ".join(kinds + ["own"] * (self.reason.kind == "own") + ["expected"] * self.reason.expected)

    @property
    def named(self) -> bool:
        return self.reason.kind in ("national", "own")


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: list[list[Cell | None]]
    working: int


@dataclass(frozen=True, slots=True)
class Year:
    number: int
    months: list[Month]
    named: list[Cell]  # holidays, swaps and own entries, by day
    working: int
    off: int  # days off on what would be a working day
    expected: bool  # not everything is announced yet
    before: int | None
    after: int | None
    weekdays: list[Any]


def year_shown(number: int, calendar: Calendar) -> Year:
    months = [_month(number, month, calendar) for month in range(1, 13)]
    cells = [cell for month in months for week in month.weeks for cell in week if cell]
    return Year(
        number=number,
        months=months,
        named=[cell for cell in cells if cell.named],
        working=sum(month.working for month in months),
        off=sum(cell.named and not cell.reason.working and cell.day.weekday() < 5 for cell in cells),
        expected=number > announced_until(),
        before=number - 1 if number > FIRST_YEAR else None,
        after=number + 1 if number < LAST_YEAR else None,
        weekdays=WEEKDAYS,
    )


def _month(year: int, month: int, calendar: Calendar) -> Month:
    weeks = [
        [Cell(day, calendar.explain(day)) if day.month == month else None for day in week]
        for week in Weeks().monthdatescalendar(year, month)
    ]
    return Month(date(year, month, 1), weeks, sum(cell.reason.working for week in weeks for cell in week if cell))


@dataclass(frozen=True, slots=True)
class Answer:
    """So many working days from a day on: the day, and what was passed over on the way."""

    start: date
    count: int
    backwards: bool
    day: date
    weekends: int
    skipped: list[Cell]


def answer(calendar: Calendar, start: date, count: int, *, backwards: bool) -> Answer:
    """Raises OutsideCalendar."""
    day = calendar.add(start, -count if backwards else count)
    first, last = sorted((start, day))
    between = [first + turn * DAY for turn in range((last - first).days + 1)]
    cells = [Cell(each, calendar.explain(each)) for each in between if each not in (start, day)]
    off = [cell for cell in cells if not cell.reason.working]
    return Answer(
        start, count, backwards, day, sum(not cell.named for cell in off), [cell for cell in off if cell.named]
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One step of history: who did what to which entry."""

    step: Step
    who: str  # empty: the program itself
    verb: str | Promise


def history(steps: list[Step]) -> list[Line]:
    """One query, for the names of who acted."""
    actors = {step.event.pk: (step.event.pgh_context.metadata if step.event.pgh_context else {}) for step in steps}
    ids = {about.get("user") for about in actors.values()} - {None}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [Line(step, names.get(actors[step.event.pk].get("user"), ""), _verb(step)) for step in steps]


def _verb(step: Step) -> str | Promise:
    return VERBS[step.before is not None, step.after is not None]
