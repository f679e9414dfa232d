"""What sets aims lies above: an app registers how its things are named, and who may see them.

    @register("plans.target")
    def targets_named(ids: Collection[int], viewer: User) -> dict[int, Origin]: ...

Only what the viewer may see is in the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from hopluc.accounts.models import User


@dataclass(frozen=True, slots=True)
class Origin:
    """A target of a plan, as a link names it."""

    name: str
    url: str


Finder = Callable[[Collection[int], User], dict[int, Origin]]
_finders: dict[str, Finder] = {}


def register(kind: str) -> Callable[[Finder], Finder]:
    def keep(finder: Finder) -> Finder:
        _finders[kind] = finder
        return finder

    return keep


def origins_of(kind: str, ids: Collection[int], viewer: User) -> dict[int, Origin]:
    """Those of these ids that the viewer may see."""
    return _finders[kind](ids, viewer) if ids and kind in _finders else {}
