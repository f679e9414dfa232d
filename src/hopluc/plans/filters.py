"""What a task table is narrowed to, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.http import QueryDict

from hopluc.plans.desk.standing import STATES
from hopluc.plans.models import Assignment, Task

NONE = "none"  # no lead named, no deadline stated
ROLES = (*Assignment.Role.values, NONE)
DEADLINES = (*Task.DeadlineKind.values, NONE)
SORTS = ("position", "text", "lead", "deadline", "topic")
LONGEST = 200  # characters of a search


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means all. The names of the fields are those in the address."""

    q: str = ""
    body: str = ""  # key
    role: str = ""  # lead, coordinate; `none`: tasks that nobody leads yet
    topic: str = ""
    deadline: str = ""  # kind, or `none`
    state: str = ""  # how far it is: one of STATES
    heading: str = ""  # its position in the outline; what stands below it too
    sort: str = ""  # one of SORTS, backwards with `-` before it; the order of the document by default

    @classmethod
    def of(cls, given: QueryDict) -> Filters:
        """What an address asks for; what makes no sense is left out, so that an old link shows more, not an error."""
        known = {
            "role": ROLES,
            "deadline": DEADLINES,
            "state": STATES,
            "sort": [*SORTS, *(f"-{name}" for name in SORTS)],
        }
        asked = {field.name: given.get(field.name, "").strip()[:LONGEST] for field in fields(cls)}
        asked = {name: value if value in known.get(name, [value]) else "" for name, value in asked.items()}
        if not asked["heading"].isdecimal() or len(asked["heading"]) > 9:
            asked["heading"] = ""
        return cls(**{name: value.replace("\x00", "") for name, value in asked.items()})

    @property
    def query(self) -> str:
        """The address again, without what is empty: `?body=so-tc&role=lead`, or nothing."""
        asked = {field.name: value for field in fields(self) if (value := getattr(self, field.name))}
        return f"?{urlencode(asked)}" if asked else ""

    @property
    def narrowed(self) -> bool:
        """Whether some tasks are left out."""
        return any(getattr(self, field.name) for field in fields(self) if field.name != "sort")
