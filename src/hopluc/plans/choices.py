"""What a task table can be narrowed to: the lists of its filters, each choice with how many tasks it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hopluc.core.sorting import sort_key
from hopluc.plans.desk.words import WORDS
from hopluc.plans.filters import NONE, Filters
from hopluc.plans.models import Task
from hopluc.plans.selectors import BodyCount, Tally
from hopluc.plans.speech import topic_words


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str | Promise
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    bodies: list[Choice]
    roles: list[Choice]
    topics: list[Choice]
    deadlines: list[Choice]
    states: list[Choice]

    @property
    def chosen(self) -> list[str]:
        """The filters that are on, in words."""
        every = (*self.bodies, *self.roles, *self.topics, *self.deadlines, *self.states)
        return [str(choice.label) for choice in every if choice.chosen]


def choices(filters: Filters, tally: Tally, standing: Mapping[str, int]) -> Choices:
    """`standing`: how many tasks are in each state."""
    kinds: Mapping[str, str | Promise] = {kind.value: kind.label for kind in Task.DeadlineKind} | {
        "": _("no time stated")
    }
    topics = sorted((topic_words(key), key, count) for key, count in tally.topics.items())
    return Choices(
        bodies=[
            Choice(body.key, body.name, _count(body, filters.role), body.key == filters.body) for body in tally.bodies
        ],
        roles=[
            Choice("lead", _("leads"), None, filters.role == "lead"),
            Choice("coordinate", _("coordinates"), None, filters.role == "coordinate"),
            Choice(NONE, _("not yet assigned"), tally.unassigned, filters.role == NONE),
        ],
        topics=[
            Choice(key, name, count, key == filters.topic)
            for name, key, count in sorted(topics, key=lambda topic: sort_key(topic[0]))
        ],
        deadlines=[
            Choice(kind or NONE, label, tally.deadlines[kind], (kind or NONE) == filters.deadline)
            for kind, label in kinds.items()
            if kind in tally.deadlines
        ],
        states=[
            Choice(state, WORDS.get(state, _("nobody answers for it")), count, state == filters.state)
            for state, count in standing.items()
            if count or state == filters.state
        ],
    )


def _count(body: BodyCount, role: str) -> int:
    """How many tasks a body has in this role, or in either."""
    return {"lead": body.lead, "coordinate": body.coordinate}.get(role, body.lead + body.coordinate)
