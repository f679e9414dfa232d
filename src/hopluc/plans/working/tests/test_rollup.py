"""How far a task is: random trees of tasks give what counting by hand gives."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from psycopg.types.range import DateRange

from hopluc.plans.models import Answer, Line, Occurrence, Task
from hopluc.plans.working.rollup import UNASSIGNED, rollup
from hopluc.units.models import Agency, Body

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
STATES = [*Occurrence.State.values]
ROUNDS = 12


def agencies(count: int) -> list[Agency]:
    bodies = Body.objects.bulk_create(Body(key=f"co-quan-{turn}", name=f"Cơ quan {turn}") for turn in range(count))
    ever = DateRange(date(2008, 8, 1), None)
    return Agency.objects.bulk_create(Agency(key=body.key, body=body, name=body.name, validity=ever) for body in bodies)


def tree(dice: random.Random, plan, leads: list[Agency], by) -> list[Task]:
    """Tasks under one another, each with some lines, each line with some occurrences before and after today."""
    tasks: list[Task] = []
    for turn in range(dice.randint(1, 9)):
        parent = dice.choice(tasks) if tasks and dice.random() < 0.7 else None
        tasks.append(
            Task.objects.create(
                plan=plan, position=1000 + turn, at="", text=f"Việc {turn}", topic="other", parent=parent
            )
        )
    for task in tasks:
        for agency in dice.sample(leads, dice.choice([0, 0, 1, 2, len(leads)])):
            state = dice.choice(["waiting", "active"])
            owned = {"owner": by, "holder": agency} if state == "active" else {}
            line = Line.objects.create(
                plan=plan, task=task, agency=agency, given_to=agency, given_on=TODAY, state=state, **owned
            )
            for month in range(dice.randint(0, 3)):
                occurrence(dice, line, TODAY + timedelta(days=31 * (month - 1) + dice.randint(-5, 5)), by)
    return tasks


def occurrence(dice: random.Random, line: Line, start: date, by) -> None:
    due_on, state = start + timedelta(days=dice.randint(0, 20)), dice.choice(STATES)
    made = Occurrence.objects.create(
        line=line,
        plan=line.plan,
        period=DateRange(start, due_on + DAY),
        due_on=due_on,
        first_due_on=due_on,
        touched_on=start,
    )
    if state != "not_started":
        made.answer = Answer.objects.create(occurrence=made, number=1, seen=0, key=uuid4(), by=by, claim="reported")
        made.state, made.percent, made.revision = state, dice.choice([0, 30, 100]), 1
        made.reported_on = TODAY if state in ("reported", "confirmed") else None
        made.confirmed_on = TODAY if state == "confirmed" else None
        made.save()


def standing(line: Line) -> Occurrence | None:
    begun = sorted(
        (each for each in line.occurrences.all() if each.period.lower <= TODAY), key=lambda each: (each.due_on, each.pk)
    )
    waiting = [each for each in begun if each.state != "confirmed"]
    return waiting[0] if waiting else begun[-1] if begun else None


def by_hand(task: Task) -> tuple[str, Fraction, int, int, int]:
    """State, percent, lines, late, waiting: one part after the other."""
    parts: list[tuple[str, Fraction]] = []
    lines = late = waiting = 0
    for line in task.lines.all():
        now = standing(line)
        state = now.state if now else "not_started"
        percent = 100 if state == "confirmed" else now.percent if now else 0
        parts.append((state, Fraction(percent)))
        lines += 1
        late += bool(now and now.due_on < TODAY and state not in ("reported", "confirmed"))
        waiting += line.state == "waiting"
    for child in task.children.all():
        state, percent, *more = by_hand(child)
        parts.append(("not_started" if state == UNASSIGNED else state, percent))
        lines, late, waiting = lines + more[0], late + more[1], waiting + more[2]
    return (
        whole([state for state, _percent in parts]),
        mean([percent for _state, percent in parts]),
        lines,
        late,
        waiting,
    )


def mean(percents: list[Fraction]) -> Fraction:
    return sum(percents, Fraction(0)) / len(percents) if percents else Fraction(0)


def whole(states: list[str]) -> str:
    if not states:
        return UNASSIGNED
    if all(state == "confirmed" for state in states):
        return "confirmed"
    if any(state == "returned" for state in states):
        return "returned"
    if all(state in ("reported", "confirmed") for state in states):
        return "reported"
    return "not_started" if all(state == "not_started" for state in states) else "in_progress"


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_random_trees_give_what_counting_by_hand_gives(plan, coordinator, seed):
    tasks = tree(random.Random(seed), plan, agencies(5), coordinator)
    found = rollup([task.pk for task in tasks], today=TODAY)
    for task in tasks:
        rolled = found[task.pk]
        assert (rolled.state, rolled.percent, rolled.lines, rolled.late, rolled.waiting) == by_hand(task)


def test_any_number_of_tasks_asks_as_much_as_one(plan, django_assert_num_queries):
    tasks = [task.pk for task in plan.tasks.all()]
    for some in (tasks[:1], tasks):
        with django_assert_num_queries(2):
            rollup(some, today=TODAY)


def test_tasks_below_in_an_edition_that_was_replaced_do_not_count(plan, make_document, coordinator):
    above = plan.tasks.first()
    below = Task.objects.create(
        plan=plan, position=99, at="", text="Việc của kế hoạch dưới", topic="other", parent=above
    )
    before = rollup([above.pk], today=TODAY)[above.pk].parts
    plan.state = "replaced"
    plan.save()
    assert rollup([above.pk], today=TODAY)[above.pk].parts == before - 1
    assert below.parent == above
