"""Whose lines and tasks they are, for those who hold a right to them (`rights.toml`)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, Func
from django.db.models.sql.compiler import SQLCompiler

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies, may, realm
from hopluc.plans.errors import NotYourPlan, NotYourTask, NotYourWork
from hopluc.plans.models import Line, Plan, Task


def check_answer(line: Line, by: User) -> None:
    """Whoever may answer for the agency that holds it, and whoever answers for it. Raises NotYourWork."""
    mine = line.owner_id == by.pk and may(by, "answer")  # of a stand-in, who is of the plan's owner
    if not mine and line.holder_id not in agencies(by, "answer"):
        raise NotYourWork(agency=line.holder or line.agency)


def check_name(line: Line, by: User) -> None:
    """Whoever names the people of the agency that holds it, or decides about the plan. Raises NotYourWork."""
    if line.holder_id not in agencies(by, "name") and line.plan.owner_id not in agencies(by, "decide"):
        raise NotYourWork(agency=line.holder or line.agency)


def check_plan(plan: Plan, by: User, right: str) -> None:
    """Raises NotYourPlan."""
    if plan.owner_id not in agencies(by, right):
        raise NotYourPlan(agency=plan.owner)


def check_note(task: Task, by: User) -> None:
    """Raises NotYourTask."""
    if not Task.objects.filter(having_part(by, "note"), pk=task.pk).exists():
        raise NotYourTask


class Part(Func):
    """Whether the owner of a plan is one of these agencies or of these provinces, or one of its tasks, in this order, is led or
    helped with by such an agency. In words of the database, as `documents.selectors.Near`.
    """

    arity = 2
    output_field = BooleanField()
    words = """(
        {owner} = ANY(%s::bigint[])
        OR EXISTS (SELECT FROM units_agency WHERE id = {owner} AND province_id = ANY(%s::bigint[]))
        OR EXISTS (
            SELECT FROM plans_assignment JOIN plans_assignee ON assignment_id = plans_assignment.id
            WHERE task_id = {task} AND plans_assignee.agency_id = ANY(%s::bigint[])
        )
        OR EXISTS (
            SELECT FROM plans_line WHERE task_id = {task} AND (
                holder_id = ANY(%s::bigint[]) OR given_to_id = ANY(%s::bigint[]) OR agency_id = ANY(%s::bigint[])
            )
        )
    )"""

    def __init__(self, owner: str, task: str, *, below: Collection[int], provinces: Collection[int] = ()) -> None:
        super().__init__(owner, task)
        self.below, self.provinces = list(below), list(provinces)

    def as_sql(self, compiler: SQLCompiler, *_args: Any, **_extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The stubs know of no lists among parameters."""
        (owner, _none), (task, _none) = map(compiler.compile, self.get_source_expressions())
        return self.words.format(owner=owner, task=task), [self.below, self.provinces, *[self.below] * 4]


def followed(viewer: User) -> Part:
    """Tasks whose answers, evidence, notes and requests the viewer may read: `Task.objects.filter(followed(viewer))`."""
    below, provinces = realm(viewer, "follow").below, realm(viewer, "inspect").provinces
    return Part("plan__owner", "pk", below=below, provinces=provinces)


def having_part(viewer: User, right: str) -> Part:
    """Tasks in which an agency of the viewer's, or one below it, has a part: as owner of the plan, lead or helper."""
    return Part("plan__owner", "pk", below=realm(viewer, right).below)
