"""Cases and their clock. Part of the public door: services open, pause, resume and close; `clock_of` says how it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies, realm
from hopluc.core.history import acting
from hopluc.core.workdays import Calendar
from hopluc.forms.errors import CaseClosed, CasePaused, CaseRuns, NoCaseRule, NoReason, NoSuchCaseDay, NotYourFiling
from hopluc.forms.models import Case, CasePause
from hopluc.units.models import Agency
from hopluc.units.realm import among

Json = dict[str, Any]
DAY = timedelta(days=1)
SEE, FILL = "see filings", "fill in"
RULES: list[Json] = tomllib.loads((files("hopluc.forms") / "data/cases.toml").read_text(encoding="utf-8"))["rule"]


@dataclass(frozen=True, slots=True)
class CaseRule:
    """So many working days, and the document that sets them."""

    days: int
    source: str


def rule_of(kind: str, *, on: date) -> CaseRule:
    """The rule in force on a day. Raises NoCaseRule."""
    for each in RULES:
        if each["kind"] == kind and each["effective_from"] <= on <= each.get("effective_to", date.max):
            return CaseRule(each["days"], each["source"])
    raise NoCaseRule(kind=kind, day=f"{on:%d/%m/%Y}")


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, both included; without an end while it lasts."""

    start: date
    end: date | None
    reason: str = ""

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Clock:
    """How a case stands on a day: `left` is negative when it is late; `due` is the earliest possible while it is paused."""

    due: date
    used: int
    left: int
    paused: Pause | None
    lines: tuple[str, ...]  # why it is due then


def clock(opened_on: date, days: int, pauses: Iterable[Pause], *, calendar: Calendar, on: date) -> Clock:
    """The clock of a case: working days after the one on which it was opened, those of pauses left out."""
    stops = tuple(pauses)
    used = sum(1 for day in _days(opened_on, on) if _counts(day, stops, calendar))
    paused = next((pause for pause in stops if pause.end is None and pause.start <= on), None)
    closed = tuple(Pause(p.start, p.end or max(on, p.start), p.reason) for p in stops)
    due = _due(opened_on, days, closed, calendar)
    return Clock(due, used, days - used, paused, tuple(_explained(opened_on, days, due, stops, calendar, on)))


def _days(after: date, until: date) -> Iterator[date]:
    return (after + turn * DAY for turn in range(1, (until - after).days + 1))


def _counts(day: date, pauses: tuple[Pause, ...], calendar: Calendar) -> bool:
    return calendar.is_working(day) and not any(pause.covers(day) for pause in pauses)


def _due(opened_on: date, days: int, pauses: tuple[Pause, ...], calendar: Calendar) -> date:
    day, left = opened_on, days
    while left > 0:
        day += DAY
        left -= _counts(day, pauses, calendar)
    return day


def _explained(
    opened_on: date, days: int, due: date, pauses: tuple[Pause, ...], calendar: Calendar, on: date
) -> Iterator[str]:
    yield ngettext(
        "%(days)s working day, counted from the day after %(opened)s.", "%(days)s working days, counted from the day after %(opened)s.", days
    ) % {"days": days, "opened": date_format(opened_on)}  # fmt: skip
    for pause in pauses:
        said = {"start": date_format(pause.start), "reason": pause.reason}
        if pause.end is None:
            yield _("The clock has stood still since %(start)s: %(reason)s") % said
        else:
            count = sum(calendar.is_working(day) for day in _days(pause.start - DAY, pause.end))
            yield _("Not counted are %(count)s working days from %(start)s to %(end)s: %(reason)s") % {
                **said, "count": count, "end": date_format(pause.end),
            }  # fmt: skip
    for day in _days(opened_on, max(due, on)):
        why = calendar.explain(day)
        if not why.working and why.kind != "weekend":
            yield _("%(day)s is off: %(why)s.") % {"day": date_format(day), "why": why.brief}


def clock_of(case: Case, *, calendar: Calendar, today: date) -> Clock:
    """The clock of a case as it stands, or stood when it was closed."""
    pauses = [Pause(each.starts_on, each.ends_on, each.reason) for each in case.pauses.all()]
    return clock(case.opened_on, case.days, pauses, calendar=calendar, on=case.closed_on or today)


# Services


@transaction.atomic
def case_open(
    *,
    kind: str,
    title: str,
    agency: Agency,
    on: date,
    by: User | None,
    asked_by: Agency | None = None,
    rule: CaseRule | None = None,
    subject: tuple[str, int] = ("", 0),
) -> Case:
    """A new case; without a rule of its own that of its kind. Raises NoCaseRule, NotYourFiling, ValidationError."""
    if by is not None and agency.pk not in agencies(by, FILL):
        raise NotYourFiling(agency=agency)
    found = rule or rule_of(kind, on=on)
    case = Case(
        kind=kind, title=title, agency=agency, asked_by=asked_by, opened_on=on, opened_by=by, days=found.days, source=found.source,
        subject_kind=subject[0], subject_id=subject[1],
    )  # fmt: skip
    with acting(by.pk if by else None, act="case.opened"):
        case.full_clean()
        case.save()
    return case


@transaction.atomic
def case_pause(*, case: Case, on: date, reason: str, by: User) -> None:
    """Stop the clock from this day on. Raises NotYourFiling, CaseClosed, CasePaused, NoReason, NoSuchCaseDay."""
    locked = _open(case, by)
    if (running := locked.pauses.filter(ends_on=None).first()) is not None:
        raise CasePaused(day=date_format(running.starts_on))
    stated = " ".join(reason.split())
    if not any(sign.isalpha() for sign in stated):
        raise NoReason
    _check_day(on, locked.opened_on, *(each.ends_on + DAY for each in locked.pauses.all() if each.ends_on))
    with acting(by.pk, act="case.paused", reason=stated):
        CasePause.objects.create(case=locked, starts_on=on, reason=stated[:500])


@transaction.atomic
def case_resume(*, case: Case, on: date, by: User) -> None:
    """Let the clock run again: this day counts. Raises NotYourFiling, CaseClosed, CaseRuns, NoSuchCaseDay."""
    locked = _open(case, by)
    if (running := locked.pauses.filter(ends_on=None).first()) is None:
        raise CaseRuns
    _check_day(on, running.starts_on)
    with acting(by.pk, act="case.resumed"):
        if on == running.starts_on:  # it never stood still
            running.delete()
        else:
            running.ends_on = on - DAY
            running.save(update_fields=["ends_on"])


@transaction.atomic
def case_close(*, case: Case, on: date, outcome: str, note: str, by: User) -> None:
    """Settle a case; its clock stops for good. Raises NotYourFiling, CaseClosed, NoSuchCaseDay, ValidationError."""
    locked = _open(case, by)
    running = locked.pauses.filter(ends_on=None).first()
    _check_day(on, locked.opened_on, *([running.starts_on] if running else []))
    with acting(by.pk, act="case.closed"):
        if running:
            running.ends_on = on
            running.save(update_fields=["ends_on"])
        locked.closed_on, locked.outcome, locked.note = on, outcome, note.strip()
        locked.full_clean()
        locked.save(update_fields=["closed_on", "outcome", "note"])


def _open(case: Case, by: User) -> Case:
    locked = Case.objects.select_for_update(of=("self",)).select_related("agency").get(pk=case.pk)
    if locked.agency_id not in agencies(by, FILL):
        raise NotYourFiling(agency=locked.agency)
    if locked.closed_on:
        raise CaseClosed(day=date_format(locked.closed_on))
    return locked


def _check_day(on: date, *after: date) -> None:
    if on < (first := max(after)):
        raise NoSuchCaseDay(day=date_format(on), first=date_format(first))


# Selectors


def cases_visible(viewer: User) -> QuerySet[Case]:
    """Cases of the viewer's agencies and those below, those they asked for, and of the province for an inspector."""
    seen = realm(viewer, SEE)
    near = Q(agency__in=among(seen.below)) | Q(asked_by__in=among(seen.agencies))
    inspected = Q(agency__province__in=among(realm(viewer, "inspect").provinces))
    return Case.objects.filter(near | inspected).select_related("agency", "asked_by").prefetch_related("pauses")


def cases_listed(*, viewer: User, closed: bool = False) -> QuerySet[Case]:
    """Open cases, the oldest first; or closed ones, the newest first."""
    found = cases_visible(viewer).filter(closed_on__isnull=not closed)
    return found.order_by("-closed_on", "-pk") if closed else found.order_by("opened_on", "pk")


def may_work(case: Case, viewer: User) -> bool:
    """Whether somebody may pause, resume and close a case."""
    return case.closed_on is None and case.agency_id in agencies(viewer, FILL)
