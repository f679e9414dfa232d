"""What agencies of the demonstration asked of the owner of their plan: more time, another agency in their place."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from hopluc.plans.models import Line, Occurrence
from hopluc.plans.working.inventing import Judgement, Wish

DAY = timedelta(days=1)
NEAR = 45  # days round today: more time is asked for what is due within them
ASKED = (6, 12)  # days ago
OUTCOMES = ("granted", "denied", "waiting")  # of each plan, one of each where there are as many
State = Occurrence.State


class Told(Protocol):
    """The dice, today, and the hour at which something was said on a day."""

    dice: random.Random
    today: date

    def at(self, day: date) -> datetime: ...


def wishes(plans: Collection[int], told: Told, words: Mapping[str, Any]) -> list[Wish]:
    """A few of each plan."""
    found: list[Wish] = []
    for turn, plan in enumerate(plans):
        longer = _longer(plan, told, words)
        found += [*longer, *_elsewhere(plan, told, words, {wish.line for wish in longer}, decided=turn % 2 == 0)]
    return found


def _longer(plan: int, told: Told, words: Mapping[str, Any]) -> list[Wish]:
    """More time for what is open and due about now."""
    near = (told.today - NEAR * DAY, told.today + NEAR * DAY)
    begun = told.today - ASKED[1] * DAY
    rows = Occurrence.objects.filter(
        plan=plan, line__owner__isnull=False, due_on__range=near, period__startswith__lte=begun,
        state__in=[State.NOT_STARTED, State.IN_PROGRESS],
    )  # fmt: skip
    ordered = rows.order_by("line__task", "line__agency__key", "due_on")
    known = list(ordered.values_list("pk", "line", "line__owner", "plan__issued_by", "due_on"))
    chosen = told.dice.sample(known, min(len(known), len(OUTCOMES)))
    return [
        Wish(
            line, owner, told.at(asked := _asked(told)), told.dice.choice(words["more_time"]), occurrence=pk,
            until=max(due_on, told.today) + told.dice.randint(10, 40) * DAY, decided=_decided(outcome, coordinator, asked, told, words),
        )
        for (pk, line, owner, coordinator, due_on), outcome in zip(chosen, OUTCOMES, strict=False)
    ]  # fmt: skip


def _elsewhere(plan: int, told: Told, words: Mapping[str, Any], besides: set[int], *, decided: bool) -> list[Wish]:
    """A line for another agency that leads tasks of the plan."""
    lines = Line.objects.filter(plan=plan, state=Line.State.ACTIVE).exclude(pk__in=besides)
    known = list(lines.order_by("task", "agency__key").values_list("pk", "owner", "holder", "plan__issued_by"))
    if not known:
        return []
    line, owner, holder, coordinator = told.dice.choice(known)
    others: Sequence[int] = sorted({other for _pk, _owner, other, _by in known if other != holder})
    if not others:
        return []
    asked = _asked(told)
    said = _decided("denied" if decided else "waiting", coordinator, asked, told, words)
    reason = told.dice.choice(words["elsewhere"])
    return [Wish(line, owner, told.at(asked), reason, to=told.dice.choice(others), decided=said)]


def _asked(told: Told) -> date:
    return told.today - told.dice.randint(*ASKED) * DAY


def _decided(outcome: str, by: int, asked: date, told: Told, words: Mapping[str, Any]) -> Judgement | None:
    if outcome == "waiting":
        return None
    at = told.at(asked + told.dice.randint(3, 5) * DAY)
    return Judgement(by, at, told.dice.choice(words["denied"]) if outcome == "denied" else "")
