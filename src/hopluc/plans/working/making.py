"""Lines and their occurrences, made for whole plans at once: twice does no harm.

A line remembers up to which day its occurrences were made, and no two of them have one period: so a run that was cut off, or
two that meet, leave what one whole run leaves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.timezone import localdate

from hopluc.plans.models import Duty, Plan
from hopluc.plans.working.dues import Due, dues, is_once
from hopluc.plans.working.standards import standards
from vanban.lexicon import month_end
from vanban.values import Deadline

ALWAYS = date.max  # what is due once is made once
YEARLY = "annual"

LINES = """
INSERT INTO plans_line (plan_id, task_id, agency_id, given_to_id, given_on, stand_in, state)
SELECT DISTINCT t.plan_id, t.id, g.agency_id, g.agency_id, coalesce(p.as_of, (p.issued_at AT TIME ZONE %s)::date), false, 'waiting'
FROM plans_plan p
JOIN plans_assignment a ON a.plan_id = p.id AND a.role = 'lead'
JOIN plans_assignee g ON g.assignment_id = a.id
JOIN plans_task t ON t.id = a.task_id
WHERE p.id = ANY(%s::bigint[]) AND p.state = 'issued'
ON CONFLICT (task_id, agency_id) DO NOTHING
"""
RULES = """
SELECT l.plan_id, t.deadline_kind, coalesce(t.deadline->>'start', ''), coalesce(t.deadline->>'end', ''),
       coalesce(t.deadline->>'rule', ''), l.made_until
FROM plans_line l JOIN plans_task t ON t.id = l.task_id
WHERE l.plan_id = ANY(%s::bigint[]) AND l.state <> 'ended' AND t.deadline_kind <> 'conditional'
  AND (l.made_until IS NULL OR l.made_until < %s)
GROUP BY 1, 2, 3, 4, 5, 6
"""
OCCURRENCES = """
WITH made AS (
    SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::date[], %s::date[], %s::date[])
        AS d(plan_id, kind, "start", "end", rule, made_until, begins, due_on)
)
INSERT INTO plans_occurrence (line_id, plan_id, period, due_on, first_due_on, state, percent, typed, revision, touched_on)
SELECT l.id, l.plan_id, daterange(d.begins, d.due_on, '[]'), d.due_on, d.due_on, 'not_started', 0, false, 0, d.begins
FROM made d
JOIN plans_task t ON t.plan_id = d.plan_id AND t.deadline_kind = d.kind AND coalesce(t.deadline->>'start', '') = d."start"
    AND coalesce(t.deadline->>'end', '') = d."end" AND coalesce(t.deadline->>'rule', '') = d.rule
JOIN plans_line l ON l.task_id = t.id AND l.state <> 'ended' AND coalesce(l.made_until, '-infinity') = coalesce(d.made_until, '-infinity')
ON CONFLICT (line_id, period) DO NOTHING
"""
REACHED = """
UPDATE plans_line l SET made_until = CASE WHEN t.deadline_kind IN ('by', 'range') AND t.deadline->>'end' <> '' THEN %s ELSE %s END
FROM plans_task t WHERE t.id = l.task_id AND l.plan_id = ANY(%s::bigint[]) AND l.state <> 'ended'
  AND t.deadline_kind <> 'conditional' AND (l.made_until IS NULL OR l.made_until < %s)
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """A deadline that some lines of a plan share, with how far their occurrences were made."""

    plan: int
    kind: str
    start: str
    end: str
    rule: str
    made_until: date | None

    @property
    def deadline(self) -> Deadline | None:
        start, end = (date.fromisoformat(day) if day else None for day in (self.start, self.end))
        return Deadline("", (0, 0), self.kind, start, end, self.rule or None) if self.kind else None  # type: ignore[arg-type]


def horizon(today: date) -> date:
    """Up to which day occurrences are made: a month's end, so that most nights have nothing to add."""
    months = today.year * 12 + today.month - 1 + standards().ahead_months
    return month_end(months // 12, months % 12 + 1)


def lines_make(plans: Collection[int], *, zone: str = "Asia/Ho_Chi_Minh") -> int:
    """The lines that lead agencies of these plans in force do not have yet; gives how many. Nobody answers for them yet."""
    with connection.cursor() as cursor:
        cursor.execute(LINES, [zone, list(plans)])
        return cursor.rowcount


def occurrences_make(plans: Collection[int], *, today: date) -> int:
    """The occurrences of these plans up to the horizon; gives how many there were to make."""
    until = horizon(today)
    rules = _rules(plans, until)
    if not rules:
        return 0
    settings = _settings({rule.plan for rule in rules})
    rows = [row for rule in rules for row in _rows(rule, *settings[rule.plan], until)]
    with connection.cursor() as cursor:
        made = 0
        if rows:
            cursor.execute(OCCURRENCES, [list(column) for column in zip(*rows, strict=True)])
            made = cursor.rowcount
        cursor.execute(REACHED, [ALWAYS, until, list(plans), until])
    return made


def occurrences_before(plans: Collection[int], *, since: date, today: date) -> int:
    """What comes again, as if these plans had been worked here since an earlier day; gives how many there were to make."""
    rules = [rule for rule in _rules(plans, ALWAYS) if rule.made_until]
    settings = _settings({rule.plan for rule in rules})
    rows = [
        (rule.plan, rule.kind, rule.start, rule.end, rule.rule, rule.made_until, due.start, due.due_on)
        for rule in rules
        for due in _dues(rule.deadline, since, today, settings[rule.plan][1])
        if not is_once(rule.kind, rule.deadline.end if rule.deadline else None)
    ]
    with connection.cursor() as cursor:
        cursor.execute(OCCURRENCES, [list(column) for column in zip(*rows, strict=True)] if rows else [[]] * 8)
        return cursor.rowcount


def _rules(plans: Collection[int], until: date) -> list[Rule]:
    with connection.cursor() as cursor:
        cursor.execute(RULES, [list(plans), until])
        return [Rule(*row) for row in cursor.fetchall()]


def _settings(plans: Iterable[int]) -> dict[int, tuple[date, tuple[int, int]]]:
    """By plan, since when it is worked here, and the month and day on which it is reported on every year."""
    listed = list(plans)
    days = _reporting_days(listed)
    issued = Plan.objects.filter(pk__in=listed).order_by().values_list("pk", "issued_at")
    return {pk: (localdate(at), days.get(pk, standards().year_ends)) for pk, at in issued}


def _reporting_days(plans: list[int]) -> dict[int, tuple[int, int]]:
    """Of those plans that have one: the first yearly duty to report with a day."""
    duties = Duty.objects.filter(plan__in=plans, value__frequency=YEARLY).order_by("plan", "-position")
    stated = ((plan, value.get("due")) for plan, value in duties.values_list("plan", "value"))
    return {plan: (int(due[:2]), int(due[3:])) for plan, due in stated if due}


def _rows(rule: Rule, since: date, yearly: tuple[int, int], until: date) -> Iterator[tuple[Any, ...]]:
    begin = max(since, rule.made_until + timedelta(days=1)) if rule.made_until else since
    once = is_once(rule.kind, rule.deadline.end if rule.deadline else None)
    for due in _dues(rule.deadline, since if once else begin, until, yearly):
        yield rule.plan, rule.kind, rule.start, rule.end, rule.rule, rule.made_until, due.start, due.due_on


@lru_cache(maxsize=20_000)
def _dues(deadline: Deadline | None, since: date, until: date, yearly: tuple[int, int]) -> tuple[Due, ...]:
    return dues(deadline, since=since, until=until, yearly=yearly)
