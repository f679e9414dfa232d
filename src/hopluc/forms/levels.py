"""Who signs and approves a filing, in turn: the head of its own agency first, then those above."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from hopluc.accounts.models import Role, User
from hopluc.accounts.rights import posts_of
from hopluc.forms.models import Filing
from hopluc.forms.schema.definition import Words
from hopluc.units.models import Agency
from hopluc.units.realm import realm_of

Json = dict[str, Any]
HEADS = (Role.HEAD, Role.LEADER)
SIGNED = Words("Thủ trưởng ký", "Signed by the head")
RIGHT = "decide filings"


@dataclass(frozen=True, slots=True)
class Level:
    """A step of approval: whose post decides, in which roles; `name` is of the agency."""

    title: Words
    agency: int
    name: str
    roles: tuple[str, ...]

    @property
    def as_json(self) -> Json:
        title = {"vi": self.title.vi, "en": self.title.en}
        return {"title": title, "agency": self.agency, "name": self.name, "roles": list(self.roles)}

    @classmethod
    def of(cls, kept: Json) -> Level:
        return cls(Words(**kept["title"]), kept["agency"], kept["name"], tuple(kept["roles"]))

    def __str__(self) -> str:
        return f"{self.title} ({self.name})"


def level(title: Words, agency: Agency, roles: Iterable[str] = HEADS) -> Level:
    return Level(title, agency.pk, agency.name, tuple(map(str, roles)))


def own_head(agency: Agency) -> Level:
    """The first level of every filing, unless an app above says otherwise."""
    return level(SIGNED, agency)


def levels_of(filing: Filing) -> list[Level]:
    return [Level.of(each) for each in filing.levels]


def waiting_for(filing: Filing) -> Level | None:
    """The level that decides now."""
    return levels_of(filing)[filing.level] if filing.state == Filing.State.WAITING else None


def decider(user: User) -> Callable[[Level], bool]:
    """Whether somebody holds a post of a level: at its agency, or at the one that took over its work. Asks the database once."""
    held = posts_of(user, RIGHT)
    reach = {
        role: realm_of(post.agency for post in held if post.role == role).agencies
        for role in {post.role for post in held}
    }
    return lambda at: any(at.agency in reach.get(role, ()) for role in at.roles)


def decides(user: User, at: Level) -> bool:
    return decider(user)(at)
