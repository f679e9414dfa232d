"""What is in force from one day to another, and what became of it: administrative units, agencies.

A key may have several lives, one after the other (a unit that moved to another parent, an agency that gave up a field
of work and went on). Where one life ends on the day the next begins and no link says otherwise, it is the same going on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
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

    `share` is the part of the source's additive figures that goes to the target, None where nobody has said;
    `fields` are the fields of work that it takes over, none where it takes over the rest, or everything.
    """

    source: str
    target: str
    on: date
    share: Fraction | Decimal | None = None
    fields: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Holder(Generic[M]):
    """Who took over in the end, by which ways. One that is not in force any more has no successor."""

    member: M
    paths: tuple[tuple[Link, ...], ...]
    in_force: bool


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


def holders(
    lineage: Lineage[M], source: str, *, since: date, on: date, fields: Collection[str] = ()
) -> tuple[Holder[M], ...]:
    """Who answers on a day for what was given to `source` earlier; nobody where no such key was known `since` then.

    Where a body was divided, the fields of work choose the branch: the one that names one of them, else the one that
    took over the rest. Without fields every branch counts. ValueError where `on` is before `since`.
    """
    if on < since:
        raise ValueError(f"succession is asked for on {on}, before {since}")
    first = lineage.last(source, since)
    found: dict[Life, tuple[M, list[tuple[Link, ...]]]] = {}
    for member, way in _ways(lineage, first, on, {field.casefold() for field in fields}) if first else ():
        found.setdefault(_life(member), (member, []))[1].append(way)
    return tuple(Holder(member, tuple(ways), member.span.holds(on)) for member, ways in found.values())


def _ways(lineage: Lineage[M], member: M, on: date, fields: set[str]) -> Iterator[tuple[M, tuple[Link, ...]]]:
    steps = [] if member.span.holds(on) else lineage.after(member)
    if not steps:
        yield member, ()
    for step in _branches(steps, fields):
        for end, way in _ways(lineage, step.member, on, fields):
            yield end, ((step.link, *way) if step.link else way)


def _branches(steps: list[Step[M]], fields: set[str]) -> list[Step[M]]:
    if not fields:
        return steps
    named = [step for step in steps if step.link and fields & {field.casefold() for field in step.link.fields}]
    return named or [step for step in steps if not (step.link and step.link.fields)] or steps


def _life(member: Dated) -> Life:
    return member.key, member.span.start, member.span.end
