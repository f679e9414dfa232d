"""What is due → one digest for each person and day: by working days before, on and after it; escalation. Pure.

An app above registers what it knows to be due:

    @register
    def tasks_due(*, today: date) -> Iterable[DueItem]: ...
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Protocol

from hopluc.core.workdays import Calendar

Json = dict[str, Any]
HEAD, COORDINATOR = "head", "coordinator"
FARTHEST = 40  # working days that a digest looks back, where none was written


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that somebody owes by a day; `url` opens just that."""

    title: str
    due: date
    url: str
    kind: str  # with `pk`: what it is, as the app above names it
    pk: int
    owners: tuple[int, ...]  # ids of the people who owe it
    agency: int  # that owes it
    asked_by: int | None = None  # the agency that asked for it


class Provider(Protocol):
    def __call__(self, *, today: date) -> Iterable[DueItem]: ...


_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Ask this function too for what is due."""
    _providers.append(provider)
    return provider


def due_items(*, today: date) -> list[DueItem]:
    """What everybody who registered knows to be due."""
    return [item for provider in _providers for item in provider(today=today)]


@dataclass(frozen=True, slots=True)
class Rule:
    """When people are reminded, in working days; who hears of what is late."""

    source: str
    steps: tuple[int, ...]
    again: int
    escalations: tuple[tuple[int, str], ...]  # working days past the due day, and who hears of it

    def speaks(self, late: int) -> bool:
        """Whether the owner hears today of what is `late` working days late; negative: that many are left.

        >>> rule = Rule("", (-5, -1, 0, 1, 3, 5), 5, ())
        >>> [late for late in range(-7, 21) if rule.speaks(late)]
        [-5, -1, 0, 1, 3, 5, 10, 15, 20]
        """
        last = max(self.steps)
        return late in self.steps or (late > last and (late - last) % self.again == 0)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Days on which nobody is written to, both included."""

    start: date
    end: date
    name: str


TABLE: Json = tomllib.loads((files("hopluc.forms") / "data/reminders.toml").read_text(encoding="utf-8"))
QUIET = tuple(Quiet(each["from"], each["to"], each["name"]) for each in TABLE["quiet"])


def rule_on(day: date) -> Rule:
    """The rule in force on a day. Raises LookupError where none is."""
    for each in TABLE["rule"]:
        if each["effective_from"] <= day <= each.get("effective_to", date.max):
            steps = tuple((one["after"], one["to"]) for one in each["escalation"])
            return Rule(each["source"], tuple(each["steps"]), each["again"], steps)
    raise LookupError(day)


def quiet(day: date, calendar: Calendar, periods: Iterable[Quiet] = QUIET) -> bool:
    """Whether nobody is written to on a day."""
    return not calendar.is_working(day) or any(period.start <= day <= period.end for period in periods)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a digest: `late` working days past its due day (negative: left), `escalated` to whoever reads it."""

    item: DueItem
    late: int
    escalated: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one person is told of on a day, what is latest first."""

    user: int
    day: date
    entries: tuple[Entry, ...]


People = Callable[[int, str], Iterable[int]]  # ids of the people of an agency in a role


def compose(
    items: Iterable[DueItem],
    *,
    today: date,
    calendar: Calendar,
    rule: Rule,
    people: People,
    since: date | None = None,
    periods: Iterable[Quiet] = QUIET,
) -> list[Digest]:
    """One digest for each person with something to hear of today; none on a quiet day.

    What should have been told on days after `since`, the day of the last digests, is told now: nothing is skipped.
    """
    quiets = tuple(periods)
    if quiet(today, calendar, quiets):
        return []
    days = _unheard(today, calendar, quiets, since)
    lines: dict[int, dict[tuple[str, int], Entry]] = defaultdict(dict)
    for item in items:
        lates = [calendar.count(item.due, day) for day in days]
        for user, entry in _told(item, lates, rule, people):
            lines[user].setdefault((item.kind, item.pk), entry)
    return [Digest(user, today, _sorted(entries.values())) for user, entries in sorted(lines.items())]


def _unheard(today: date, calendar: Calendar, quiets: tuple[Quiet, ...], since: date | None) -> list[date]:
    """Today, and the working days before it on which nobody was written to: after `since`, or as long as they were quiet."""
    days, day = [today], calendar.add(today, -1)
    while len(days) < FARTHEST and (quiet(day, calendar, quiets) if since is None else day > since):
        days.append(day)
        day = calendar.add(day, -1)
    return days


def _told(item: DueItem, lates: list[int], rule: Rule, people: People) -> Iterable[tuple[int, Entry]]:
    now = lates[0]
    if any(map(rule.speaks, lates)):
        yield from ((user, Entry(item, now)) for user in item.owners)
    for after, to in rule.escalations:
        agency = item.agency if to == HEAD else item.asked_by
        if agency is not None and any(late >= after and rule.speaks(late) for late in lates):
            yield from ((user, Entry(item, now, to)) for user in people(agency, to))


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (-entry.late, entry.item.title, entry.item.pk)))
