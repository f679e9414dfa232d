"""Plans that were issued with what they hold, and steering committees."""

from hopluc.plans.models.committees import Committee, CommitteeMember
from hopluc.plans.models.plans import Assignee, Assignment, Duty, Heading, Plan, Target, Task

__all__ = [
    "Assignee",
    "Assignment",
    "Committee",
    "CommitteeMember",
    "Duty",
    "Heading",
    "Plan",
    "Target",
    "Task",
]
