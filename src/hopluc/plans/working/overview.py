"""How the work stands, counted: by plan, agency, topic, unit or month. Each number opens to the rows that it counts.

Counted are occurrences of plans in force that the viewer may see, whose period has begun and whose day is in the year asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import User
from hopluc.core.sorting import sort_key
from hopluc.plans.models import Line, Occurrence, Plan
from hopluc.plans.selectors import plans_visible
from hopluc.plans.speech import topic_words
from hopluc.plans.working.states import Clock, begun, done_late, late, stale
from hopluc.units.models import Agency, Unit

FEWEST = 10  # a share of fewer says nothing: it is not shown, and not compared
NONE = "none"  # the key of what nobody holds
State = Occurrence.State


class By(StrEnum):
    """What a line of the table is."""

    PLAN, AGENCY, TOPIC, UNIT, MONTH = "plan", "agency", "topic", "unit", "month"


KEYS: dict[By, Any] = {
    By.PLAN: F("plan"),
    By.AGENCY: F("line__holder"),
    By.TOPIC: F("line__task__topic"),
    By.UNIT: F("line__holder__unit"),
    By.MONTH: TruncMonth("due_on"),
}
OF_LINES = {By.AGENCY, By.TOPIC, By.UNIT}  # told by the line, not by the occurrence
NAMES: dict[By, str | Promise] = {
    By.PLAN: _("By plan"),
    By.AGENCY: _("By agency"),
    By.TOPIC: _("By topic"),
    By.UNIT: _("By unit"),
    By.MONTH: _("By month"),
}


class Measure(StrEnum):
    """What is counted. The first five share out all that is due; the others are among these."""

    IN_TIME, DONE_LATE, OPEN, OVERDUE, TO_CONFIRM = "in_time", "done_late", "open", "overdue", "to_confirm"
    ALL, STALE, UNASSIGNED = "all", "stale", "unassigned"


SHARING = (Measure.IN_TIME, Measure.DONE_LATE, Measure.OPEN, Measure.OVERDUE, Measure.TO_CONFIRM)
COUNTED = (*SHARING, Measure.STALE, Measure.UNASSIGNED)

TITLES: dict[Measure, str | Promise] = {
    Measure.ALL: _("all"),
    Measure.IN_TIME: _("confirmed, done in time"),
    Measure.DONE_LATE: _("confirmed, done late"),
    Measure.TO_CONFIRM: _("reported, to be confirmed"),
    Measure.OPEN: _("open, day not reached"),
    Measure.OVERDUE: _("overdue"),
    Measure.STALE: _("without news"),
    Measure.UNASSIGNED: _("not assigned"),
}


def counted(measure: Measure, clock: Clock, plans: list[int]) -> Q:
    """The occurrences of these plans that a measure counts."""
    confirmed = Q(state=State.CONFIRMED)
    return {
        Measure.ALL: Q(),
        Measure.IN_TIME: confirmed & Q(reported_on__lte=F("due_on")),
        Measure.DONE_LATE: confirmed & done_late(),
        Measure.TO_CONFIRM: Q(state=State.REPORTED),
        Measure.OPEN: ~Q(state__in=[State.REPORTED, State.CONFIRMED]) & Q(due_on__gte=clock.today),
        Measure.OVERDUE: late(clock),
        Measure.STALE: stale(clock),
        Measure.UNASSIGNED: Q(line__in=_lines(plans, Line.State.WAITING)),
    }[measure]


BY = {by.value: by for by in By}
MEASURES = {measure.value: measure for measure in Measure}


def _year(typed: str, today: date) -> int | None:
    if typed == "all":
        return None
    return (
        int(typed)
        if typed.isascii() and typed.isdecimal() and "1900" <= typed <= "2199" and len(typed) == 4
        else today.year
    )


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at, as its address says it: the lines of the table, the year, and one plan, agency, topic, unit or month."""

    by: By = By.PLAN
    year: int | None = None  # of the day; None for all years
    only: By | None = None  # narrowed to one of these
    key: str = ""  # which one

    @classmethod
    def of(cls, query: QueryDict, *, today: date) -> View:
        """Read an address; what it does not say well, as nobody had said it."""
        by, only, key, year = (query.get(name, "") for name in ("by", "only", "key", "year"))
        narrowed = BY.get(only)
        if narrowed is None or not _known(narrowed, key):
            narrowed, key = None, ""
        return cls(BY.get(by, By.PLAN), _year(year, today), narrowed, key)

    @property
    def query(self) -> str:
        """The address after its question mark."""
        parts = {"by": self.by.value, "year": self.year or "all"}
        if self.only:
            parts |= {"only": self.only.value, "key": self.key}
        return "&".join(f"{name}={value}" for name, value in parts.items())

    def within(self, by: By, key: str) -> View:
        return replace(self, only=by, key=key)


def _known(by: By, key: str) -> bool:
    """Whether a key may be one of these."""
    if by == By.TOPIC:
        return key.isidentifier() and len(key) <= 20
    if by == By.MONTH:
        return len(key) == 7 and key[:4].isdecimal() and key[4] == "-" and "01" <= key[5:] <= "12"
    return (key == NONE and by != By.PLAN) or (key.isascii() and key.isdecimal() and len(key) < 18)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    key: str
    name: str
    counts: Mapping[Measure, int]

    @property
    def total(self) -> int:
        return self.counts[Measure.ALL]

    @property
    def due(self) -> int:
        """Of which somebody can say whether it was done in time."""
        return self.counts[Measure.IN_TIME] + self.counts[Measure.DONE_LATE] + self.counts[Measure.OVERDUE]

    @property
    def share(self) -> float | None:
        """Percent done in time of what is due; None of too few."""
        return 100 * self.counts[Measure.IN_TIME] / self.due if self.due >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Overview:
    rows: tuple[Row, ...]
    total: Row
    middle: float | None  # the median of the shares of the rows, where there are two
    entry_days: float | None  # median of days from a document's date to its plan
    invented: bool  # how some of these plans are worked was made up
    plans: Sequence[int]  # ids of those that are counted


def overview(viewer: User, view: View, *, clock: Clock) -> Overview:
    """The table, its sum and the medians. Four queries, three where lines have no names of their own."""
    plans = _plans(viewer)
    filters = {measure: counted(measure, clock, plans) for measure in COUNTED}
    counts = {measure.value: Count("plan", filter=fits) for measure, fits in filters.items()}  # a column of the index
    found = _of(plans, view, clock).order_by().values_list(KEYS[view.by]).annotate(**counts)
    rows = _named({row[0]: _summed(row[1:]) for row in found}, view.by)
    total = Row("", "", {measure: sum(row.counts[measure] for row in rows) for measure in Measure})
    shares = [row.share for row in rows if row.share is not None]
    return Overview(rows, total, median(shares) if len(shares) > 1 else None, *_of_plans(plans, view), plans)


def counts_of_holders(
    plans: Collection[int], holders: Collection[int], *, first: date, last: date, clock: Clock
) -> dict[int, dict[Measure, int]]:
    """What is due from some agencies (ids) under some plans from a day to a day, counted; one query.

    Whether somebody may see these plans, whoever calls has asked.
    """
    rows = Occurrence.objects.filter(
        begun(clock), plan__in=plans, line__holder__in=holders, due_on__gte=first, due_on__lte=last
    ).exclude(line__state=Line.State.ENDED)
    counts = {measure.value: Count("pk", filter=counted(measure, clock, list(plans))) for measure in COUNTED}
    found = rows.order_by().values_list("line__holder").annotate(**counts)
    return {holder: _summed(row) for holder, *row in found}


def counts_of_plan(plan: Plan, *, first: date, last: date, clock: Clock) -> dict[Measure, int]:
    """What is due under a plan from a day to a day, whoever holds it; one query."""
    rows = Occurrence.objects.filter(begun(clock), plan=plan, due_on__gte=first, due_on__lte=last)
    counts = {measure.value: Count("pk", filter=counted(measure, clock, [plan.pk])) for measure in COUNTED}
    found = rows.exclude(line__state=Line.State.ENDED).aggregate(**counts)
    return _summed([found[measure.value] for measure in COUNTED])


def _summed(counts: Sequence[int]) -> dict[Measure, int]:
    """With all that is due: what the first measures share out."""
    found = dict(zip(COUNTED, counts, strict=True))
    return {**found, Measure.ALL: sum(found[measure] for measure in SHARING)}


def occurrences(viewer: User, view: View, measure: Measure, *, clock: Clock) -> QuerySet[Occurrence]:
    """The rows behind a number, the earliest day first."""
    plans = _plans(viewer)
    rows = _of(plans, view, clock).filter(counted(measure, clock, plans))
    return rows.select_related("plan", "line__task", "line__holder", "line__agency").order_by("due_on", "pk")


def years(plans: Collection[int]) -> list[int]:
    """The years from the first in which something was due to the last in which something is. By the index, for each plan."""
    due = Occurrence.objects.filter(plan=OuterRef("pk")).values("due_on")
    first, last = (Subquery(due.order_by(order)[:1]) for order in ("due_on", "-due_on"))
    found = Plan.objects.filter(pk__in=plans).order_by()
    ends = found.annotate(first=first, last=last).values_list("first", "last")
    days = [day for pair in ends for day in pair if day]
    return list(range(min(days).year, max(days).year + 1)) if days else []


def _plans(viewer: User) -> list[int]:
    """Ids of the plans in force that the viewer may see: joined, the planner would rather read the occurrences of all."""
    plans = plans_visible(viewer).filter(state=Plan.State.ISSUED)
    return list(plans.order_by().values_list("pk", flat=True))


def _lines(plans: list[int], state: str) -> QuerySet[Line, Any]:
    """Ids of their lines in a state. There are few: counted without joining lines, occurrences are read from an index alone."""
    return Line.objects.filter(plan__in=plans, state=state).order_by().values("pk")


def _of(plans: list[int], view: View, clock: Clock) -> QuerySet[Occurrence]:
    rows = Occurrence.objects.filter(begun(clock), plan__in=plans).exclude(line__in=_lines(plans, Line.State.ENDED))
    if OF_LINES & {view.by, view.only}:
        rows = rows.filter(line__plan__in=plans)  # joined, but not with those of the whole country
    if view.year:
        rows = rows.filter(due_on__gte=date(view.year, 1, 1), due_on__lte=date(view.year, 12, 31))
    if view.only == By.MONTH:
        year, month = map(int, view.key.split("-"))
        rows = rows.filter(due_on__year=year, due_on__month=month)
    elif view.only == By.TOPIC:
        rows = rows.filter(line__task__topic=view.key)
    elif view.only:
        column = {By.PLAN: "plan", By.AGENCY: "line__holder", By.UNIT: "line__holder__unit"}[view.only]
        rows = rows.filter(**{column: None if view.key == NONE else int(view.key)})
    return rows


def name_of(viewer: User, view: View) -> str:
    """What a view is narrowed to; empty where it is everything, and for a plan that the viewer may not see."""
    if view.only is None:
        return ""
    if view.only == By.PLAN:
        seen = plans_visible(viewer).filter(state=Plan.State.ISSUED, pk=int(view.key))
        return next(iter(_names(By.PLAN, list(seen.values_list("pk", flat=True))).values()), "")
    key: Any = view.key
    if view.only == By.MONTH:
        key = date.fromisoformat(f"{view.key}-01")
    elif view.only != By.TOPIC:
        key = None if view.key == NONE else int(view.key)
    return _named({key: dict.fromkeys(Measure, 0)}, view.only)[0].name


def _named(counts: Mapping[Any, Mapping[Measure, int]], by: By) -> tuple[Row, ...]:
    """The rows with their names: months in their order, others by name."""
    if by == By.MONTH:
        return tuple(Row(f"{day:%Y-%m}", f"{day:%m/%Y}", counts[day]) for day in sorted(counts))
    names = _names(by, [key for key in counts if key is not None])
    rows = [Row(_key(key), names.get(key, str(_("nobody holds it"))), each) for key, each in counts.items()]
    return tuple(sorted(rows, key=lambda row: (row.key == NONE, sort_key(row.name))))


def _key(key: Any) -> str:
    return NONE if key is None else str(key)


def _names(by: By, keys: list[Any]) -> dict[Any, str]:
    if by == By.TOPIC:
        return {key: topic_words(key) for key in keys}
    if by == By.PLAN:
        return {plan.pk: plan.name for plan in Plan.objects.filter(pk__in=keys).only("type", "symbol", "title")}
    if by == By.UNIT:
        return {unit.pk: unit.full_name for unit in Unit.objects.filter(pk__in=keys).defer("words")}
    return dict(Agency.objects.filter(pk__in=keys).values_list("pk", "name"))


def _of_plans(plans: list[int], view: View) -> tuple[float | None, bool]:
    """The median of days from a document's date to its plan here; whether how any is worked was made up."""
    looked = [int(view.key)] if view.only == By.PLAN and int(view.key) in plans else plans
    rows = Plan.objects.filter(pk__in=looked).order_by().values_list("issued_at", "dated_on", "invented")
    days = [(localdate(issued) - dated).days for issued, dated, _invented in rows if dated]
    counted = [each for each in days if each >= 0]
    return median(counted) if counted else None, any(invented for *_days, invented in rows)
