"""What apps above have to do with a plan: each registers a function that gives the links to it.

    @register
    def rounds(plan: Plan, duty: Duty | None, *, viewer: User) -> Iterable[Link]: ...

A link is of the plan, or of one of its duties to report, and only to what the viewer may see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from hopluc.accounts.models import User
from hopluc.plans.models import Duty, Plan


@dataclass(frozen=True, slots=True)
class Link:
    """`act`: it begins something new; others lead to what is there."""

    url: str
    words: str
    icon: str
    act: bool = False


class Finder(Protocol):
    def __call__(self, plan: Plan, duty: Duty | None, *, viewer: User) -> Iterable[Link]: ...


_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Ask this function too."""
    _finders.append(finder)
    return finder


def links_of(plan: Plan, *, viewer: User, duty: Duty | None = None) -> list[Link]:
    return [link for finder in _finders for link in finder(plan, duty, viewer=viewer)]
