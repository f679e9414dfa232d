"""What each night brings up to date: lines of plans that ended, holders and owners whose day has come, occurrences ahead.

Plans are taken some at a time, each part in one transaction: a run that is killed has done whole parts, and the next one finds
nothing left to do in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from hopluc.core.history import acting
from hopluc.plans.models import Line, NightlyRun, Plan
from hopluc.plans.working.beginning import work_end, work_make

PART = 100  # plans in one transaction


@dataclass(frozen=True, slots=True)
class Night:
    """What a run did."""

    day: date
    made: int  # occurrences
    passed: int  # lines that got another owner
    ended: int  # lines


def night(*, today: date) -> Night:
    """Everything that a day changes by itself. Twice does no harm."""
    run = NightlyRun.objects.create(day=today)
    with acting(None, act="nightly", run=run.pk):
        for plans in _parts(_ending()):
            with transaction.atomic():
                _count(run, ended=work_end(plans))
        for plans in _parts(_in_force()):
            with transaction.atomic():
                passed, made = work_make(plans, today=today)
                _count(run, passed=passed, made=made)
    run.ended_at = timezone.now()
    run.save(update_fields=["ended_at"])
    return Night(today, run.made, run.passed, run.ended)


def _ending() -> list[int]:
    rows = Line.objects.exclude(state=Line.State.ENDED).exclude(plan__state=Plan.State.ISSUED)
    return sorted(set(rows.order_by().values_list("plan", flat=True)))


def _in_force() -> list[int]:
    return list(Plan.objects.filter(state=Plan.State.ISSUED).order_by("pk").values_list("pk", flat=True))


def _parts(plans: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(plans), PART):
        yield plans[start : start + PART]


def _count(run: NightlyRun, **done: int) -> None:
    """Kept with each part: a run that was killed says how far it came."""
    for name, number in done.items():
        setattr(run, name, getattr(run, name) + number)
    run.save(update_fields=list(done))
