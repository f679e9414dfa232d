"""Own entries of the calendar: written, corrected, removed, and each step undone from its row of history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from hopluc.core.errors import ChangedSince, DayTaken, OffAnyway, OutsideCalendar, WorkedAnyway
from hopluc.core.history import acting
from hopluc.core.holidays import FIRST_YEAR, LAST_YEAR
from hopluc.core.models import SpecialDay
from hopluc.core.workdays import Calendar

WORK = SpecialDay.Kind.WORK
FIELDS = ("day", "kind", "name", "source")


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendar as it is, and as a step makes it."""

    old: Calendar
    new: Calendar


def special_day_check(entry: SpecialDay) -> None:
    """Whether an entry can stand. Raises OutsideCalendar, DayTaken, WorkedAnyway, OffAnyway."""
    day = entry.day.strftime("%d/%m/%Y")
    if not FIRST_YEAR <= entry.day.year <= LAST_YEAR:
        raise OutsideCalendar(day=f"{entry.day:%d/%m}/{entry.day.year:04}", first=FIRST_YEAR, last=LAST_YEAR)
    if other := SpecialDay.objects.filter(day=entry.day).exclude(pk=entry.pk).first():
        raise DayTaken(day=day, name=other.name)
    usual = Calendar.build(entry.day.year, entry.day.year, []).explain(entry.day)
    if entry.kind == WORK and usual.working and usual.kind == "plain":
        raise WorkedAnyway(day=day)
    if entry.kind != WORK and not usual.working and not usual.expected:
        raise OffAnyway(day=day, reason=usual)


def calendars(before: SpecialDay | None, after: SpecialDay | None, *, until: date) -> Calendars:
    """The calendars with the entry as it was and as it will be, among all others; from its days to the end of `until`."""
    days = [entry.day for entry in (before, after) if entry]
    own = {entry.pk for entry in (before, after) if entry}
    others = [entry for entry in SpecialDay.objects.all() if entry.pk not in own]
    first, last = min(days).year - 1, max(*days, until).year + 1
    old, new = (Calendar.build(first, last, [*others, *filter(None, [entry])]) for entry in (before, after))
    return Calendars(old, new)


def special_day_save(*, entry: SpecialDay, by: int) -> SpecialDay:
    """Write an entry, new or changed. Raises what `special_day_check` raises."""
    with transaction.atomic(), acting(by, act="special_day.saved"):
        special_day_check(entry)
        _save(entry)
    return entry


def special_day_remove(*, entry: SpecialDay, by: int) -> None:
    with transaction.atomic(), acting(by, act="special_day.removed"):
        SpecialDay.objects.filter(pk=entry.pk).delete()


def special_day_undo(*, step: Step, by: int) -> None:
    """Make the entry what it was before a step. Raises ChangedSince where another step followed, DayTaken."""
    with transaction.atomic(), acting(by, act="special_day.undone", event=step.event.pk):
        if special_day_events().get(pk=step.event.pk).outdated:
            raise ChangedSince(name=step.event.name)
        if step.before:
            _save(step.before)
        else:
            SpecialDay.objects.filter(pk=step.event.pgh_obj_id).delete()


def special_day_events() -> QuerySet[Any]:
    """Every step so far, newest first; `outdated` where a later one touched the same entry."""
    events = apps.get_model("core", "SpecialDayEvent")._default_manager
    later = events.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__gt=OuterRef("pgh_id"))
    return events.select_related("pgh_context").annotate(outdated=Exists(later)).order_by("-pgh_id")


@dataclass(frozen=True, slots=True)
class Step:
    """A row of history with the entry as it was before and after it; None where there was none."""

    event: Any
    before: SpecialDay | None
    after: SpecialDay | None


def special_day_steps(events: QuerySet[Any]) -> list[Step]:
    """These steps in their order. Two queries, however many there are."""
    wanted = list(events)
    rows = (
        special_day_events().filter(pgh_obj__in={event.pgh_obj_id for event in wanted}).order_by("pgh_obj_id", "pgh_id")
    )
    earlier = {now.pgh_id: was for was, now in pairwise(rows) if was.pgh_obj_id == now.pgh_obj_id}
    return [_step(event, earlier.get(event.pgh_id)) for event in wanted]


def _step(event: Any, earlier: Any) -> Step:
    if event.pgh_label == "delete":
        return Step(event, before=_entry(event), after=None)  # its row holds what was deleted
    was = _entry(earlier) if earlier and earlier.pgh_label != "delete" else None
    return Step(event, before=was, after=_entry(event))


def _entry(event: Any) -> SpecialDay:
    return SpecialDay(pk=event.pgh_obj_id, **{field: getattr(event, field) for field in FIELDS})


def _save(entry: SpecialDay) -> None:
    """Somebody else may enter the same day at the same moment: the database decides who was first."""
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        other = SpecialDay.objects.filter(day=entry.day).exclude(pk=entry.pk).first()
        if other is None:
            raise
        raise DayTaken(day=entry.day.strftime("%d/%m/%Y"), name=other.name) from error
