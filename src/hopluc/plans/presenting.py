"""Tasks, targets and duties as a page shows them: values in words, each with where it was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hopluc.plans.desk.standing import Standing
from hopluc.plans.excerpts import Excerpt, excerpts
from hopluc.plans.holding import Held, Holders, words_of
from hopluc.plans.models import Assignment, Duty, Heading, Plan, Target, Task
from hopluc.plans.outline import Outline
from hopluc.plans.selectors import names_given
from hopluc.plans.speech import (
    deadline_next,
    deadline_words,
    due_words,
    duty_next,
    frequency_words,
    horizon_words,
    level_words,
    topic_words,
)
from hopluc.units.models import Body
from vanban.wording import capital

Json = dict[str, Any]
LABELS: dict[str, str | Promise] = {
    "text": _("Wording"),
    "lead": _("Leads"),
    "coordinate": _("Coordinates"),
    "deadline": _("Deadline"),
    "deliverable": _("Deliverable"),
    "topic": _("Topic"),
    "level": _("Level"),
    "subject": _("Of"),
    "period": _("Time and scope"),
    "from": _("Who reports"),
    "to": _("To"),
    "via": _("Through"),
    "frequency": _("How often"),
    "due": _("Due"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A task as a line of the table."""

    pk: int
    address: str
    number: int  # its turn in the plan, from 1
    at: str
    text: str
    lead: str
    coordinate: str
    deadline: str
    ends_on: date | None
    topic: str
    lead_now: str = ""  # who holds it today, where that is another
    coordinate_now: str = ""
    standing: Standing | None = None  # where the table says how far it is


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its label: the words it was read from, and the heading that hands it down."""

    field: str
    label: str | Promise
    shown: str
    words: str = ""  # `start-end` in the source
    inherited: str = ""
    held: Sequence[Held] = ()  # the bodies whose work is with others today


@dataclass(frozen=True, slots=True)
class Thing:
    """A task, target or duty opened in the panel."""

    at: str
    text: str
    facts: tuple[Fact, ...]
    excerpts: list[Excerpt]
    path: Sequence[Heading] = ()
    next_on: date | None = None


def rows(
    tasks: Iterable[Task],
    plan: Plan,
    holders: Holders | None = None,
    standings: Mapping[int, Standing] | None = None,
) -> list[Row]:
    """Tasks of a plan as lines; one query for the names of all bodies, none where `holders` have them."""
    listed = list(tasks)
    names = _names(listed, holders) if holders else names_given(listed)
    address = reverse("plans:detail", args=[plan.pk])
    told = None if standings is None else {task.pk: standings.get(task.pk, Standing()) for task in listed}
    return [_row(task, f"{address}tasks/{task.pk}/", names, holders, told) for task in listed]


def _row(
    task: Task,
    address: str,
    names: Mapping[tuple[int, str], str],
    holders: Holders | None,
    standings: Mapping[int, Standing] | None,
) -> Row:
    return Row(
        pk=task.pk,
        address=address,
        number=task.position + 1,
        at=task.at,
        text=task.text,
        lead=names.get((task.pk, "lead"), ""),
        coordinate=names.get((task.pk, "coordinate"), ""),
        deadline=deadline_words(task.deadline),
        ends_on=task.ends_on,
        topic=topic_words(task.topic),
        lead_now=words_of(holders.of(task, "lead")) if holders else "",
        coordinate_now=words_of(holders.of(task, "coordinate")) if holders else "",
        standing=standings[task.pk] if standings else None,
    )


def _names(tasks: Iterable[Task], holders: Holders) -> dict[tuple[int, str], str]:
    return {(task.pk, role): holders.names(task, role) for task in tasks for role in Assignment.Role.values}


def task_opened(task: Task, plan: Plan, outline: Outline, holders: Holders, *, today: date) -> Thing:
    """A task with the words that each of its values was read from."""
    shown = {
        "lead": holders.names(task, "lead"),
        "coordinate": holders.names(task, "coordinate"),
        "deadline": deadline_words(task.deadline),
        "deliverable": task.deliverable,
        "topic": topic_words(task.topic),
    }
    headings = {node.heading.at: str(node.heading) for node in outline.by_id.values()} if task.inherited else {}
    facts = (
        Fact(
            field,
            LABELS[field],
            words,
            _first(task.spans.get(field)),
            _named(task.inherited.get(field), headings),
            holders.of(task, field) if field in Assignment.Role.values else (),
        )
        for field, words in shown.items()
        if words or field in ("lead", "deadline")
    )
    days = deadline_next(task.deadline, after=today, count=1) if task.deadline else ()
    return Thing(
        at=task.at,
        text=task.text,
        facts=tuple(facts),
        excerpts=excerpts(plan.version_id, task.spans),
        path=outline.path(task.heading_id),
        next_on=days[0] if days else None,
    )


def target_opened(target: Target, plan: Plan) -> Thing:
    value = target.value
    shown = {"level": level_words(value), "subject": value.get("subject") or "", "period": horizon_words(value)}
    return _opened(value, plan, capital(value["indicator"]), shown)


def duty_opened(duty: Duty, plan: Plan, line: DutyLine) -> Thing:
    shown = {"from": line.sender, "to": line.to, "via": line.via, "frequency": line.frequency, "due": line.due}
    return _opened(duty.value, plan, line.title, shown, line.next_on)


def _opened(value: Json, plan: Plan, text: str, shown: Mapping[str, str], next_on: date | None = None) -> Thing:
    """What has one span for all its values."""
    span = value.get("span")
    words = _first([span] if span else None)
    facts = tuple(Fact(field, LABELS[field], said, words) for field, said in shown.items() if said)
    found = excerpts(plan.version_id, {"text": [span]} if span else {})
    return Thing(value.get("at", ""), text, facts, found, next_on=next_on)


def _first(spans: Sequence[Sequence[int]] | None) -> str:
    """The place of the first words, as an address names it."""
    return f"{spans[0][0]}-{spans[0][1]}" if spans else ""


def _named(at: str | None, headings: Mapping[str, str]) -> str:
    """The heading that hands a value down, in its own words where the outline has it."""
    return headings.get(at, at) if at else ""


@dataclass(frozen=True, slots=True)
class TargetLine:
    pk: int
    number: int
    indicator: str
    subject: str
    level: str
    period: str
    at: str

    @property
    def path(self) -> str:
        """Below the address of all targets."""
        return f"{self.pk}/"


def target_lines(targets: Iterable[Target]) -> list[TargetLine]:
    return [
        TargetLine(
            target.pk,
            target.position + 1,
            capital(target.value["indicator"]),
            capital(target.value.get("subject") or ""),
            level_words(target.value),
            horizon_words(target.value),
            target.value.get("at", ""),
        )
        for target in targets
    ]


@dataclass(frozen=True, slots=True)
class DutyLine:
    pk: int
    sender: str
    to: str
    via: str
    frequency: str
    due: str
    next_on: date | None

    @property
    def path(self) -> str:
        """Below the address of the calendar."""
        return f"{self.pk}/"

    @property
    def title(self) -> str:
        """`Sở Tài chính báo cáo Ủy ban nhân dân tỉnh`, as far as it is said."""
        return " → ".join(filter(None, (self.sender, self.to)))


def duty_lines(duties: Iterable[Duty], *, today: date) -> list[DutyLine]:
    """Duties with the names of their bodies, in one query for all."""
    listed = list(duties)
    names = body_names(duty.value for duty in listed)

    def bodies(value: Json, field: str) -> str:
        return "; ".join(names.get(key, key) for key in value.get(field) or [])

    return [
        DutyLine(
            duty.pk,
            bodies(duty.value, "from"),
            bodies(duty.value, "to"),
            bodies(duty.value, "via"),
            frequency_words(duty.value),
            due_words(duty.value),
            next(iter(duty_next(duty.value, after=today, count=1)), None),
        )
        for duty in listed
    ]


def body_names(values: Iterable[Json]) -> dict[str, str]:
    """Names of the bodies that report, are reported to, or pass a report on."""
    keys = {key for value in values for field in ("from", "to", "via") for key in value.get(field) or []}
    return dict(Body.objects.filter(key__in=keys).values_list("key", "name")) if keys else {}
