"""How far a task is: by its lines and by the tasks that carry it out.

- A line stands where the first of its occurrences stands that has begun and is not confirmed; where all of these are confirmed,
  it is confirmed; where none has begun, not started.
- Its percent is 100 once that is confirmed, else what the occurrence says.
- The parts of a task are its lines and its child tasks; its percent is their mean. Of a group it is so the share of its units
  that are done.
- A task is confirmed where all its parts are; returned where one is; reported where all are reported or confirmed; not started
  where none has begun; else in progress. Without any part it is *not assigned*, and counts for its parent as not started.
- Tasks of editions that were replaced count nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db import connection

from hopluc.plans.models import Occurrence

State = Occurrence.State
UNASSIGNED = "unassigned"
TREE = """
WITH RECURSIVE tree(id, parent_id) AS (
    SELECT id, NULL::bigint FROM unnest(%s::bigint[]) AS asked(id)
    UNION
    SELECT t.id, t.parent_id FROM tree
    JOIN plans_task t ON t.parent_id = tree.id JOIN plans_plan p ON p.id = t.plan_id AND p.state <> 'replaced'
) SELECT id, parent_id FROM tree
"""
LINES = """
SELECT l.task_id, coalesce(o.state, 'not_started'), count(*),
    coalesce(sum(CASE WHEN o.state = 'confirmed' THEN 100 ELSE o.percent END), 0),
    count(*) FILTER (WHERE o.due_on < %(today)s AND o.state NOT IN ('reported', 'confirmed')),
    count(*) FILTER (WHERE l.state = 'waiting')
FROM plans_line l
LEFT JOIN LATERAL (
    SELECT o.state, o.percent, o.due_on FROM plans_occurrence o
    WHERE o.line_id = l.id AND lower(o.period) <= %(today)s
    ORDER BY o.state = 'confirmed', CASE WHEN o.state <> 'confirmed' THEN o.due_on END, o.due_on DESC, o.id
    LIMIT 1
) o ON true
WHERE l.task_id = ANY(%(tasks)s::bigint[])
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Rolled:
    """How far a task is, with all below it."""

    state: str  # of Occurrence.State, or `unassigned`
    percent: Fraction  # 0–100
    parts: int  # lines and child tasks that count
    done: int  # of these confirmed
    lines: int  # of the task and all below it
    late: int  # of these lines
    waiting: int  # of these lines that nobody answers for


@dataclass(slots=True)
class Sum:
    """What the lines of one task give."""

    states: dict[str, int] = field(default_factory=dict)
    percents: int = 0
    late: int = 0
    waiting: int = 0


def rollup(tasks: Collection[int], *, today: date) -> dict[int, Rolled]:
    """How far these tasks (ids) are on a day. Two queries, however many tasks and lines."""
    children = _tree(tasks)
    sums = _sums({*tasks, *children, *(child for below in children.values() for child in below)}, today)
    found: dict[int, Rolled] = {}
    for task in _upwards(tasks, children):
        found[task] = _rolled(sums[task], [found[child] for child in children[task]])
    return {task: found[task] for task in tasks}


def _tree(tasks: Collection[int]) -> dict[int, list[int]]:
    """The child tasks of each task, down to the last."""
    below: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(TREE, [list(tasks)])
        for task, parent in cursor.fetchall():
            if parent is not None and task not in below[parent]:
                below[parent].append(task)
    return below


def _sums(tasks: Collection[int], today: date) -> dict[int, Sum]:
    sums: dict[int, Sum] = defaultdict(Sum)
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"tasks": list(tasks), "today": today})
        for task, state, count, percents, late, waiting in cursor.fetchall():
            one = sums[task]
            one.states[state] = count
            one.percents, one.late, one.waiting = one.percents + percents, one.late + late, one.waiting + waiting
    return sums


def _upwards(tasks: Iterable[int], children: dict[int, list[int]]) -> list[int]:
    """These tasks and all below them, each after its children."""
    order: dict[int, None] = {}
    waiting = [(task, False) for task in tasks]
    while waiting:
        task, opened = waiting.pop()
        if opened:
            order.setdefault(task)
        elif task not in order:
            waiting.append((task, True))
            waiting += [(child, False) for child in children[task]]
    return list(order)


def _rolled(own: Sum, children: list[Rolled]) -> Rolled:
    states = dict(own.states)
    for child in children:
        state = State.NOT_STARTED if child.state == UNASSIGNED else child.state
        states[state] = states.get(state, 0) + 1
    parts, lines = sum(states.values()), sum(own.states.values())
    percents = own.percents + sum((child.percent for child in children), Fraction(0))
    return Rolled(
        state=state_of(states),
        percent=Fraction(percents, parts) if parts else Fraction(0),
        parts=parts,
        done=states.get(State.CONFIRMED, 0),
        lines=lines + sum(child.lines for child in children),
        late=own.late + sum(child.late for child in children),
        waiting=own.waiting + sum(child.waiting for child in children),
    )


def state_of(states: dict[str, int]) -> str:
    """The state of a whole whose parts are in these states.

    >>> state_of({"confirmed": 2, "reported": 1})
    'reported'
    """
    present = {str(state) for state, count in states.items() if count}
    if not present:
        return UNASSIGNED
    for state in (State.CONFIRMED, State.NOT_STARTED):
        if present == {state}:
            return str(state)
    if State.RETURNED in present:
        return str(State.RETURNED)
    done = present <= {State.REPORTED, State.CONFIRMED}
    return str(State.REPORTED if done else State.IN_PROGRESS)
