"""Plans that were issued with what they hold, how they are worked, and steering committees."""

from hopluc.plans.models.answers import Answer, Evidence, Verdict
from hopluc.plans.models.committees import Committee, CommitteeMember
from hopluc.plans.models.concerns import Concern
from hopluc.plans.models.feeds import Feed
from hopluc.plans.models.lines import Contact, Line, NightlyRun, Occurrence
from hopluc.plans.models.plans import Assignee, Assignment, Duty, Heading, Plan, Target, Task
from hopluc.plans.models.talk import Mention, Note, Request

__all__ = [
    "Answer",
    "Assignee",
    "Assignment",
    "Committee",
    "CommitteeMember",
    "Concern",
    "Contact",
    "Duty",
    "Evidence",
    "Feed",
    "Heading",
    "Line",
    "Mention",
    "NightlyRun",
    "Note",
    "Occurrence",
    "Plan",
    "Request",
    "Target",
    "Task",
    "Verdict",
]
