"""What is wrong with units or agencies through time: spans that overlap, links that lead nowhere or back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from hopluc.units.lineage import Lineage, Link, M


class Wrong(StrEnum):
    """Kinds of fault; `key`, `other` and `day` of the fault fill the sentence."""

    EMPTY_SPAN = "empty_span"  # key ends on `day`, not after it began
    OVERLAP = "overlap"  # key has two lives in force on `day`
    UNKNOWN = "unknown"  # the link of `day` from key to other names one that is not known
    BACKWARDS = "backwards"  # the link of `day` leads to other, which was not after key
    SOURCE_IN_FORCE = "source_in_force"  # key has a successor on `day` and is still in force
    SOURCE_ENDED = "source_ended"  # key has a successor on `day`, but ended before
    GAP = "gap"  # other takes over from key on `day`, but is not in force yet
    CIRCLE = "circle"  # from key, links lead back to it
    TWICE = "twice"  # the link of `day` from key to other stands twice
    SHARE = "share"  # the share of key that goes to other on `day` is not above 0 and at most 1
    SHARES_OVER_ONE = "shares_over_one"  # the shares of key on `day` are more than the whole
    OTHER_TIER = "other_tier"  # other takes over from key on `day`, but is of another tier
    NO_PARENT = "no_parent"  # key lies in no unit
    PARENT_TIER = "parent_tier"  # key lies in other, which is not of a higher tier
    PARENT_NOT_IN_FORCE = "parent_not_in_force"  # key lies in other, which is not in force on `day`
    NO_SUCCESSOR = "no_successor"  # key ends on `day` without a successor, and others of its tier go on


@dataclass(frozen=True, slots=True)
class Fault:
    wrong: Wrong
    key: str
    other: str | None
    day: date | None


def faults(lineage: Lineage[M]) -> Iterator[Fault]:
    """What is wrong with spans, links and shares, whatever the members are."""
    yield from _spans(lineage)
    astray = [fault for link in lineage.links if (fault := _astray(lineage, link))]
    yield from astray
    if astray:  # links that join an end to what is in force then lead forward, so never round
        yield from _circles(lineage)
    yield from _shares(lineage)


def _spans(lineage: Lineage[M]) -> Iterator[Fault]:
    for one in lineage.members:
        if one.span.end is not None and one.span.end <= one.span.start:
            yield Fault(Wrong.EMPTY_SPAN, one.key, None, one.span.end)
    for key in dict.fromkeys(one.key for one in lineage.members):
        for one, other in pairwise(lineage.lives(key)):
            if one.span.meets(other.span):
                yield Fault(Wrong.OVERLAP, key, None, other.span.start)


def _astray(lineage: Lineage[M], link: Link) -> Fault | None:
    """Why a link does not join the end of one to another in force."""
    sources, targets = lineage.lives(link.source), lineage.lives(link.target)
    ended, begun = lineage.ending(link.source, link.on), lineage.at(link.target, link.on)
    if not sources or not targets:
        wrong = Wrong.UNKNOWN
    elif ended and begun:
        return None
    elif sources[0].span.start >= link.on or (not begun and targets[-1].span.start < link.on):
        wrong = Wrong.BACKWARDS
    elif not ended:
        wrong = Wrong.SOURCE_IN_FORCE if lineage.at(link.source, link.on) else Wrong.SOURCE_ENDED
    else:
        wrong = Wrong.GAP
    return Fault(wrong, link.source, link.target, link.on)


def _circles(lineage: Lineage[M]) -> Iterator[Fault]:
    """Links that lead from a life back to itself; each circle is told once."""
    onward: dict[tuple[str, date], set[tuple[str, date]]] = defaultdict(set)
    for link in lineage.links:
        source = lineage.ending(link.source, link.on) or lineage.last(link.source, link.on)
        target = lineage.at(link.target, link.on) or lineage.last(link.target, link.on)
        if source and target:
            onward[source.key, source.span.start].add((target.key, target.span.start))
    while circle := _circle(onward):
        yield Fault(Wrong.CIRCLE, circle[0][0], circle[1][0], None)
        for life in circle:
            onward.pop(life, None)


def _circle(onward: dict[tuple[str, date], set[tuple[str, date]]]) -> list[tuple[str, date]]:
    try:
        TopologicalSorter(onward).prepare()
    except CycleError as error:
        found: list[tuple[str, date]] = error.args[1]
        return found[::-1]  # told from each to what comes before it
    return []


def _shares(lineage: Lineage[M]) -> Iterator[Fault]:
    whole: dict[tuple[str, date], Fraction] = defaultdict(Fraction)
    seen: set[tuple[str, str, date]] = set()
    for link in lineage.links:
        if (link.source, link.target, link.on) in seen:
            yield Fault(Wrong.TWICE, link.source, link.target, link.on)
        seen.add((link.source, link.target, link.on))
        if link.share is None:
            continue
        whole[link.source, link.on] += Fraction(link.share)
        if not 0 < link.share <= 1:
            yield Fault(Wrong.SHARE, link.source, link.target, link.on)
    for (key, day), share in whole.items():
        if share > 1:
            yield Fault(Wrong.SHARES_OVER_ONE, key, None, day)
