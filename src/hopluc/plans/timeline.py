"""The days of a plan's tasks on a line of time: each period a bar that ends on its day, in the colours of the overview.

A bar stands for all lines of a task that have the same period; where they are not all alike, it is shared out among their states.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from psycopg.types.range import DateRange

from hopluc.plans.models import Line, Occurrence, Plan, Task
from hopluc.plans.outline import Outline
from hopluc.plans.working.overview import SHARING, TITLES, Measure, counted
from hopluc.plans.working.states import Clock

WIDTH, HEIGHT = 1200, 16  # units of the line of a task
LEAST = 8  # units of a bar
DAY = timedelta(days=1)
MOVING = "moving"  # of what is open, what somebody has begun
STATES: dict[str, str | Promise] = {  # the most pressing first
    Measure.OVERDUE.value: TITLES[Measure.OVERDUE],
    Measure.OPEN.value: gettext_lazy("not started"),
    MOVING: gettext_lazy("in progress"),
    Measure.TO_CONFIRM.value: TITLES[Measure.TO_CONFIRM],
    Measure.DONE_LATE.value: TITLES[Measure.DONE_LATE],
    Measure.IN_TIME.value: TITLES[Measure.IN_TIME],
}
WAITING = (Measure.OVERDUE.value, Measure.OPEN.value, MOVING)  # somebody still has to do something


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are shown, both included: one year, or all of them."""

    first: date
    last: date
    year: int | None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def at(self, day: date) -> int:
        """Where a day begins, in units."""
        inside = min(max(day, self.first), self.last + DAY)
        return round(WIDTH * (inside - self.first).days / self.days)

    @property
    def ticks(self) -> list[date]:
        """The days on which months begin, or years where all are shown."""
        if self.year:
            return [date(self.year, month, 1) for month in range(1, 13)]
        return [date(year, 1, 1) for year in range(self.first.year, self.last.year + 1)]

    @property
    def marks(self) -> list[int]:
        """Where the ticks are that part the line; of a year those of its quarters."""
        return [self.at(day) for day in self.ticks[1:] if not self.year or day.month in (4, 7, 10)]


@dataclass(frozen=True, slots=True)
class Slice:
    """Of a bar what is in one state."""

    state: str
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A period of a task."""

    due_on: date
    start: int
    width: int
    slices: tuple[Slice, ...]
    counts: Mapping[str, int]

    @property
    def state(self) -> str:
        """The most pressing that some of it is in."""
        return next(state for state in STATES if self.counts.get(state))

    @property
    def words(self) -> str:
        said = (f"{self.counts[state]} {title}" for state, title in STATES.items() if self.counts.get(state))
        what = str(STATES[self.state]) if sum(self.counts.values()) == 1 else " · ".join(said)
        return f"{self.due_on:%d/%m/%Y}: {what}"


@dataclass(frozen=True, slots=True)
class Row:
    """A task with its bars."""

    task: Task
    bars: tuple[Bar, ...]

    @property
    def next(self) -> Bar:
        """The first that somebody still has to do something about; else the last."""
        waiting = (bar for bar in self.bars if bar.state in WAITING)
        return next(waiting, self.bars[-1])


@dataclass(frozen=True, slots=True)
class Part:
    """Tasks of a page that stand under the same heading of the outline."""

    heading: str
    rows: tuple[Row, ...]


def years_of(plan: Plan) -> list[int]:
    """The years in which something of the plan is or was due: two probes of an index."""
    due = _worked(plan).order_by("due_on").values_list("due_on", flat=True)
    first, last = due.first(), due.last()
    return list(range(first.year, last.year + 1)) if first and last else []


def window_of(years: list[int], typed: str, *, today: date) -> Window:
    """The year that was asked for, `all` of them, or the one that lies nearest to today."""
    if typed == "all" and years:
        return Window(date(years[0], 1, 1), date(years[-1], 12, 31), None)
    asked = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else today.year
    year = min(years, key=lambda each: abs(each - asked), default=today.year)
    return Window(date(year, 1, 1), date(year, 12, 31), year)


def tasks_within(plan: Plan, window: Window) -> QuerySet[Task]:
    """The tasks that have a period within the window, as they stand in the plan."""
    some = _within(Occurrence.objects.filter(line__task=OuterRef("pk")), window).exclude(line__state=Line.State.ENDED)
    return plan.tasks.filter(Exists(some)).defer("sort_key", "words", "spans", "inherited").order_by("position")


def parts(tasks: Iterable[Task], window: Window, outline: Outline, *, clock: Clock) -> list[Part]:
    """These tasks by the outermost heading that they stand under. One query."""
    listed = list(tasks)
    bars = _bars([task.pk for task in listed], window, clock)
    rows = [(_heading(task, outline), Row(task, tuple(bars[task.pk]))) for task in listed if bars[task.pk]]
    return [Part(key, tuple(row for _key, row in some)) for key, some in groupby(rows, key=lambda pair: pair[0])]


def _heading(task: Task, outline: Outline) -> str:
    path = outline.path(task.heading_id)
    return str(path[0]) if path else ""


def _worked(plan: Plan) -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(plan=plan)


def _within(rows: QuerySet[Occurrence], window: Window) -> QuerySet[Occurrence]:
    days = DateRange(window.first, window.last + DAY)
    return rows.filter(Q(period__overlap=days) | Q(due_on__gte=window.first, due_on__lte=window.last))


def _bars(tasks: list[int], window: Window, clock: Clock) -> dict[int, list[Bar]]:
    rows = _within(Occurrence.objects.filter(line__task__in=tasks), window).exclude(line__state=Line.State.ENDED)
    asked = {state: Count("pk", filter=fits) for state, fits in _fitting(clock).items()}
    found = rows.order_by("due_on", "period").values_list("line__task", "period", "due_on").annotate(**asked)
    bars: dict[int, list[Bar]] = defaultdict(list)
    for task, period, due_on, *numbers in found:
        bars[task].append(_bar(window, period.lower, due_on, dict(zip(STATES, numbers, strict=True))))
    return bars


def _fitting(clock: Clock) -> dict[str, Q]:
    moving = Q(state=Occurrence.State.IN_PROGRESS)
    known = {measure.value: counted(measure, clock, []) for measure in SHARING}  # told without lines
    begun = known[Measure.OPEN.value]
    known |= {Measure.OPEN.value: begun & ~moving, MOVING: begun & moving}
    return {state: known[state] for state in STATES}


def _bar(window: Window, first: date, due_on: date, counts: Mapping[str, int]) -> Bar:
    end = window.at(due_on + DAY)
    start = min(window.at(first), max(0, end - LEAST))
    return Bar(due_on, start, max(LEAST, end - start - 2), tuple(_slices(counts)), counts)


def _slices(counts: Mapping[str, int]) -> Iterable[Slice]:
    total, said, top = sum(counts.values()), 0, 0
    for state in STATES:
        said += counts.get(state, 0)
        bottom = round(HEIGHT * said / total)
        if bottom > top:
            yield Slice(state, top, bottom - top)
        top = bottom
