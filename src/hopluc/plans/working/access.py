"""Whose lines and tasks they are, for those who hold a right to them (`rights.toml`)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies, may, realm
from hopluc.plans.errors import NotYourPlan, NotYourTask, NotYourWork
from hopluc.plans.models import Assignee, Line, Plan, Task
from hopluc.units.realm import among


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


def followed(viewer: User) -> Q:
    """Tasks whose answers, evidence, notes and requests the viewer may read: `Task.objects.filter(followed(viewer))`."""
    return having_part(viewer, "follow") | Q(plan__owner__province__in=realm(viewer, "inspect").provinces)


def having_part(viewer: User, right: str) -> Q:
    """Tasks in which an agency of the viewer's, or one below it, has a part: as owner of the plan, lead or helper."""
    held = realm(viewer, right)
    below = among(held.below)
    given = Assignee.objects.filter(assignment__task=OuterRef("pk"), agency__in=below)
    leading = Line.objects.filter(
        Q(holder__in=below) | Q(given_to__in=below) | Q(agency__in=below), task=OuterRef("pk")
    )
    own = Q(plan__owner__in=among(held.agencies)) | Q(plan__owner__in=below)
    return own | Q(Exists(given)) | Q(Exists(leading))
