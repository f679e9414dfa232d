"""What is in force from one day to another, and what became of it.

A key may have several lives, one after the other (a unit that moved to another parent). Where one life ends on the day the next begins and no link says otherwise, it is the same going on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter
from typing import Generic, Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which something is in force: from `start` until the day before `end`; no end is known where None."""

    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def meets(self, other: Span) -> bool:
        """Whether the two have a day in common."""
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)


class Tier(StrEnum):
    """A level of administrative units, the highest first."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"

    def above(self, other: Tier) -> bool:
        return DEPTH[self] < DEPTH[other]


DEPTH = {tier: depth for depth, tier in enumerate(Tier)}


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit as it was in one span of time; `parent` is the key of the unit that it lies in."""

    key: str
    tier: Tier
    code: str
    parent: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """What ended the day before `on` goes on as `target`, which is in force on that day.

    `share` is the part of the source's additive figures that goes to the target, None where nobody has said.
    """

    source: str
    target: str
    on: date
    share: Fraction | Decimal | None = None


class Dated(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def span(self) -> Span: ...


M = TypeVar("M", bound=Dated)
Life = tuple[str, date, date | None]


@dataclass(frozen=True, slots=True)
class Step(Generic[M]):
    """From one life to another: `member` stands at its far end. Without a link, the same key goes on."""

    on: date
    member: M
    link: Link | None


class Lineage(Generic[M]):
    """Members through time and the links between them, indexed once.

    Only links that join the end of one life to another in force on that day are followed, so that every way leads
    forward in time and ends; `hopluc.units.soundness` names the others.
    """

    def __init__(self, members: Iterable[M], links: Iterable[Link]) -> None:
        self.members = tuple(members)
        self.links = tuple(links)
        self._lives: dict[str, list[M]] = defaultdict(list)
        self._after: dict[Life, list[Step[M]]] = defaultdict(list)
        self._before: dict[Life, list[Step[M]]] = defaultdict(list)
        for member in sorted(self.members, key=attrgetter("span.start")):
            if member.span.end is None or member.span.start < member.span.end:
                self._lives[member.key].append(member)
        self._join()

    def lives(self, key: str) -> tuple[M, ...]:
        """The lives of a key that last a day or more, the earliest first."""
        return tuple(self._lives.get(key, ()))

    def at(self, key: str, day: date) -> M | None:
        for one in self._lives.get(key, ()):
            if one.span.holds(day):
                return one
        return None

    def last(self, key: str, day: date) -> M | None:
        """The life in force on a day or, failing that, the last one before it."""
        return next((one for one in reversed(self._lives.get(key, ())) if one.span.start <= day), None)

    def ending(self, key: str, day: date) -> M | None:
        """The life in force until the day before."""
        return next((one for one in self._lives.get(key, ()) if one.span.end == day), None)

    def after(self, member: M) -> list[Step[M]]:
        """What follows where this life ends; nothing where it has no end or no successor."""
        return self._after.get(_life(member), [])

    def before(self, member: M) -> list[Step[M]]:
        """What this life took over, on its first day or later."""
        return self._before.get(_life(member), [])

    def _join(self) -> None:
        for link in self.links:
            source, target = self.ending(link.source, link.on), self.at(link.target, link.on)
            if source is not None and target is not None:
                self._step(source, target, link)
        for lives in self._lives.values():
            for one, other in pairwise(lives):
                if one.span.end == other.span.start and not self.after(one):
                    self._step(one, other, None)

    def _step(self, source: M, target: M, link: Link | None) -> None:
        assert source.span.end is not None
        self._after[_life(source)].append(Step(source.span.end, target, link))
        self._before[_life(target)].append(Step(source.span.end, source, link))


def _life(member: Dated) -> Life:
    return member.key, member.span.start, member.span.end
