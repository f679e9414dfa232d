"""What hangs on the calendar: apps above register a function that tells which of their dates move with it.

    @register
    def deadlines_moved(*, old: Calendar, new: Calendar, today: date, viewer: object) -> list[Moved]: ...

The viewer is whoever looks; a function tells only what that person may see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from hopluc.core.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that another calendar moves."""

    what: str
    url: str
    before: date
    after: date
    why: str


class Finder(Protocol):
    def __call__(self, *, old: Calendar, new: Calendar, today: date, viewer: object) -> list[Moved]: ...


_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Ask this function too whenever the calendar changes."""
    _finders.append(finder)
    return finder


def dates_moved(*, old: Calendar, new: Calendar, today: date, viewer: object) -> list[Moved]:
    """What moves for everybody who registered, the earliest first."""
    found = [each for finder in _finders for each in finder(old=old, new=new, today=today, viewer=viewer)]
    return sorted(found, key=lambda each: (min(each.before, each.after), each.what))
