"""Two years of work on the demonstration's plans, made up from a seed: answers in time and late, some returned, some never given."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from hopluc.accounts.models import Role
from hopluc.accounts.services import people_add
from hopluc.core.history import acting
from hopluc.plans.models import Line, Occurrence, Plan
from hopluc.plans.working.inventing import Judgement, Lived, Saying, requests_invent, work_invent
from hopluc.plans.working.making import occurrences_before
from hopluc.plans.working.standards import Kind, standards
from hopluc.units.models import Agency
from hopluc.web.demo.asked import wishes

SEED = 2026
YEARS = 2
DAY = timedelta(days=1)
STAFFED = 0.9  # of the agencies that lead; nobody answers at the others
RETURNED = 0.08  # of reports, at first
FORGOTTEN = 0.1  # of what was returned
SPOKEN = 0.4  # of what was done
EARLY = 0.6  # of what has begun early, once all of its time is over
WAITING = 0.35  # of what was due lately
LATEST = 45  # days: what was due within them was due lately
ROWS = ("pk", "line__holder", "line__owner", "plan__issued_by", "line__task__topic", "line__task__deliverable", "period", "due_on")  # fmt: skip
Json = Any


@dataclass(frozen=True, slots=True)
class Due:
    """An occurrence of a line that somebody answers for."""

    pk: int
    holder: int
    owner: int
    coordinator: int
    topic: str
    kind: Kind
    first: date  # of its period
    due_on: date


@transaction.atomic
def years_live(plans: Sequence[Plan], *, today: date | None = None) -> int:
    """Let these plans look as if they had been worked for two years; gives how many occurrences were answered."""
    day = today or localdate()
    ids = [plan.pk for plan in plans]
    dice = random.Random(SEED)  # noqa: S311  the same again each time
    with acting(None, act="demonstration"):
        _staff(ids, dice)
        occurrences_before(ids, since=day.replace(year=day.year - YEARS, day=1), today=day)
        years = Years(dice, day)
        lived = [Lived(due.pk, said) for due in _due(ids, day) if (said := years.said(due))]
        work_invent(plans=ids, lived=lived)
        requests_invent(wishes(ids, years, answers()))
    return len(lived)


def _staff(plans: Sequence[int], dice: random.Random) -> None:
    """Somebody at most of the agencies that lead and have nobody. They cannot sign in."""
    words = answers()
    waiting = Line.objects.filter(plan__in=plans, state=Line.State.WAITING, holder__isnull=False).values("holder")
    people = []
    for agency in Agency.objects.filter(pk__in=waiting).order_by("key"):
        name = " ".join(dice.choice(words[part]) for part in ("family", "middle", "given"))
        if dice.random() < STAFFED:
            people.append((f"minh-hoa-{agency.pk}", name, agency, Role.OFFICER))
    people_add(people)


def _due(plans: Sequence[int], today: date) -> Iterator[Due]:
    rows = Occurrence.objects.filter(
        plan__in=plans, line__owner__isnull=False, period__startswith__lte=today, state=Occurrence.State.NOT_STARTED
    )
    ordered = rows.order_by("line__task", "line__agency__key", "due_on")
    for pk, holder, owner, coordinator, topic, deliverable, period, due_on in ordered.values_list(*ROWS):
        yield Due(pk, holder, owner, coordinator, topic, standards().kind_of(deliverable), period.lower, due_on)


class Years:
    """What is said of each occurrence, by the dice."""

    def __init__(self, dice: random.Random, today: date) -> None:
        self.dice, self.today = dice, today
        self.since = today.replace(year=today.year - YEARS, day=1)
        self.ways: dict[int, Mapping[str, float]] = {}

    def said(self, due: Due) -> list[Saying]:
        way = self._way(due.holder)
        if self.dice.random() < way["never"] * (3 if self._recent(due) else 1):
            return []
        return self._over(due, way) if due.due_on < self.today else self._ahead(due, way)

    def _way(self, agency: int) -> Mapping[str, float]:
        """How an agency is, the same for all that it does."""
        if agency not in self.ways:
            ways = answers()["way"]
            self.ways[agency] = self.dice.choices(ways, [way["share"] for way in ways])[0]
        return self.ways[agency]

    def _recent(self, due: Due) -> bool:
        return (self.today - due.due_on).days < LATEST

    def _over(self, due: Due, way: Mapping[str, float]) -> list[Saying]:
        """Its day is over: reported in time or late, mostly confirmed; some only begun."""
        late = self.dice.random() < way["late"]
        day = due.due_on + DAY * (self.dice.randint(1, 40) if late else -self.dice.randint(0, 20))
        if day < self.since:  # due before all this began: reported in its first months
            day = self.since + DAY * self.dice.randint(3, 150)
        day = max(day, due.first)
        begun = self._before(due, day)
        if day >= self.today:
            return begun
        if self._recent(due) and self.dice.random() < WAITING:
            return [*begun, self._done(due, day)]
        if self.dice.random() < RETURNED and (judged := self._judged(due, day, returned=True)):
            begun.append(self._done(due, day, judged))
            day += DAY * self.dice.randint(13, 25)
            if day >= self.today or self.dice.random() < FORGOTTEN:
                return begun
        return [*begun, self._done(due, day, self._judged(due, day))]

    def _before(self, due: Due, day: date) -> list[Saying]:
        """Some say how far they are before they are done."""
        first = day - DAY * self.dice.randint(10, 60)
        said = self.dice.random() < SPOKEN and max(self.since, due.first) <= first < self.today
        return [self._begun(due, first)] if said else []

    def _ahead(self, due: Due, way: Mapping[str, float]) -> list[Saying]:
        """Its day is to come: the more of its time is over, the more is done; some have only begun."""
        over = (self.today - due.first).days / max(1, (due.due_on - due.first).days)
        if self.dice.random() >= way["early"]:
            return []
        done = self.dice.random() < over * EARLY
        day = self.today - DAY * self.dice.randint(3 if done else 1, 120 if done else 40)
        if day < max(due.first, self.since):
            return []
        if done:
            return [*self._before(due, day), self._done(due, day, self._judged(due, day))]
        return [self._begun(due, day)]

    def _begun(self, due: Due, day: date) -> Saying:
        percent = self.dice.choice((10, 20, 30, 40, 50, 60, 70, 80))
        return Saying(due.owner, self.at(day), "in_progress", self._words(answers()["halfway"]), percent)

    def _done(self, due: Due, day: date, judged: Judgement | None = None) -> Saying:
        done = answers()["done"]
        proven = bool(due.kind.evidence) or self.dice.random() < 0.3
        figure = proven and "document" not in due.kind.evidence and bool(due.kind.evidence)
        return Saying(
            due.owner,
            self.at(day),
            "reported",
            self._words(done.get(due.topic, done["other"])),
            percent=100 if self.dice.random() < 0.5 else None,
            symbol=f"{self.dice.randint(12, 980)}/BC-MH" if proven and not figure else "",
            figure=Decimal(self.dice.randint(3, 90)) if figure else None,
            judged=judged,
        )

    def _judged(self, due: Due, day: date, *, returned: bool = False) -> Judgement | None:
        """Some days after; not yet where that is to come."""
        after = day + DAY * self.dice.randint(*answers()["confirmed_after"])
        if after >= self.today:
            return None
        return Judgement(due.coordinator, self.at(after), self.dice.choice(answers()["reasons"]) if returned else "")

    def _words(self, among: Sequence[str]) -> str:
        n, m, k = self.dice.randint(3, 40), self.dice.randint(45, 380), self.dice.randint(1, 6)
        return self.dice.choice(among).format(n=n, m=m, k=k)

    def at(self, day: date) -> datetime:
        """Within the hours of an office; on Friday what would fall on a weekend."""
        working = day - DAY * max(0, day.weekday() - 4)
        hour = time(self.dice.randint(8, 16), self.dice.randint(0, 59))
        return datetime.combine(working, hour, tzinfo=ZoneInfo(settings.TIME_ZONE))


@cache
def answers() -> Json:
    return tomllib.loads((files(__package__) / "answers.toml").read_text(encoding="utf-8"))
