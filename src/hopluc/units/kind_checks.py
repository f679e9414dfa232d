"""Faults of the data on kinds, as values: what a file, or a province's own entry, must not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from hopluc.units.kind_values import LEVELS, Catalogue, Group, Kind, Period, Problem, Succession


def problems_of(read: Catalogue) -> list[Problem]:
    """All faults, in the order of the files."""
    known = {kind.key: kind for kind in read.kinds}
    return [
        *_unsourced(read),
        *_kinds_of(read.kinds, known),
        *succession_problems(read.successions, known),
        *_gaps(read.kinds, read.successions),
        *_groups(read.groups, known),
    ]


def succession_problems(successions: Iterable[Succession], known: dict[str, Kind]) -> Iterator[Problem]:
    """Faults of successions alone: unknown kinds, days on which a kind is not in force, two heirs of the whole, loops."""
    steps = tuple(successions)
    for step in steps:
        entry = f"{step.before} → {step.after or '∅'}"
        named = [key for key in (step.before, step.after, *step.candidates) if key is not None]
        if strange := [key for key in named if key not in known]:
            yield Problem("unknown", entry, f"no kind is called {', '.join(strange)}")
        else:
            yield from _days(step, known, entry)
    yield from _two_heirs(steps)
    yield from _loops(steps)


def _days(step: Succession, known: dict[str, Kind], entry: str) -> Iterator[Problem]:
    ends = {period.end for period in known[step.before].periods}
    if step.is_main and step.on not in ends:
        yield Problem("dates", entry, f"all of it goes on {step.on}, but {step.before} does not end that day")
    if not step.is_main and step.on not in ends and not known[step.before].in_force(step.on):
        yield Problem("dates", entry, f"{step.before} is not in force on {step.on}")
    if step.after and not known[step.after].in_force(step.on):
        yield Problem("dates", entry, f"{step.after} is not in force on {step.on}")
    if step.after is None and not step.candidates:
        yield Problem("gap", entry, "nobody took over and nobody is proposed")


def _two_heirs(steps: tuple[Succession, ...]) -> Iterator[Problem]:
    heirs: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for step in steps:
        if step.is_main and not step.fallback:
            heirs[step.before, step.on] += 1
    for (before, on), count in heirs.items():
        if count > 1:
            yield Problem("two", f"{before}", f"{count} kinds take all of it on {on}")


def _loops(steps: tuple[Succession, ...]) -> Iterator[Problem]:
    """Days only go on, so that a circle can only close within one day."""
    following: defaultdict[tuple[object, str], list[str]] = defaultdict(list)
    for step in steps:
        if step.after:
            following[step.on, step.before].append(step.after)
    for on, start in list(following):
        reached, queue = set(), [start]
        while queue:
            for after in following.get((on, queue.pop()), ()):
                if after not in reached:
                    reached.add(after)
                    queue.append(after)
        if start in reached:
            yield Problem("loop", start, f"its work comes back to it on {on}")


def _gaps(kinds: Iterable[Kind], successions: Iterable[Succession]) -> Iterator[Problem]:
    left = {(step.before, step.on) for step in successions if step.is_main and not step.fallback}
    for kind in kinds:
        for period in kind.periods:
            if period.end and (kind.key, period.end) not in left:
                yield Problem("gap", kind.key, f"it ends on {period.end} and nobody takes what is left")


def _kinds_of(kinds: Iterable[Kind], known: dict[str, Kind]) -> Iterator[Problem]:
    every = tuple(kinds)
    for kind in every:
        parents = [parent.key for parent in kind.parents]
        if strange := [key for key in parents if key not in known]:
            yield Problem("unknown", kind.key, f"no kind is called {', '.join(strange)}")
        elif any(LEVELS.index(known[key].level) > LEVELS.index(kind.level) for key in parents):
            yield Problem("unknown", kind.key, "what stands above it is of a lower level")
        elif day := _without_parent(kind, known):
            yield Problem("dates", kind.key, f"{kind.parent_on(day)}, which stands above it, is not in force on {day}")
        if kind.level not in LEVELS or not kind.name or not kind.title:
            yield Problem("unknown", kind.key, "it has no name, or a level that nobody knows")
        if _overlap(kind.periods) or _overlap([parent.period for parent in kind.parents]):
            yield Problem("overlap", kind.key, "two of its periods, or of its parents, have a day in common")
        if any(period.start and period.end and period.start >= period.end for period in kind.periods):
            yield Problem("dates", kind.key, "it ends before it begins")
    yield from _same_name(every)


def _without_parent(kind: Kind, known: dict[str, Kind]) -> date | None:
    """A day on which the kind is in force and the one above it is not; only the days of a change need a look."""
    above = [known[parent.key] for parent in kind.parents]
    periods = [*kind.periods, *(one.period for one in kind.parents), *(one for each in above for one in each.periods)]
    for day in sorted({date.min, *(day for one in periods for day in (one.start, one.end) if day)}):
        parent = kind.parent_on(day)
        if kind.in_force(day) and parent and not known[parent].in_force(day):
            return day
    return None


def _same_name(kinds: tuple[Kind, ...]) -> Iterator[Problem]:
    """One word of a document may mean one kind of a level on a day."""
    by_body: defaultdict[tuple[str, str], list[Kind]] = defaultdict(list)
    for kind in kinds:
        for body in kind.bodies:
            by_body[body, kind.level].append(kind)
    for (body, level), named in by_body.items():
        if _overlap([period for kind in named for period in kind.periods]):
            keys = ", ".join(kind.key for kind in named)
            yield Problem("overlap", body, f"on one day it names more than one kind of level {level}: {keys}")


def _groups(groups: Iterable[Group], known: dict[str, Kind]) -> Iterator[Problem]:
    by_key = {group.key: group for group in groups}
    for group in by_key.values():
        kinds = [key for rule in group.rules for key in rule.kinds if key not in known]
        others = [key for rule in group.rules for key in rule.groups if key not in by_key]
        if kinds or others:
            yield Problem("unknown", group.key, f"no kind or group is called {', '.join([*kinds, *others])}")
        if _overlap([rule.period for rule in group.rules]):
            yield Problem("overlap", group.key, "two of its rules have a day in common")
        if not others and _within_itself(group.key, by_key):
            yield Problem("loop", group.key, "it is a member of itself")
        if any(not (rule.kinds or rule.groups or rule.chosen) for rule in group.rules):
            yield Problem("gap", group.key, "a rule names nobody, and nobody is to choose")


def _within_itself(key: str, by_key: dict[str, Group]) -> bool:
    reached: set[str] = set()
    queue = [key]
    while queue:
        group = by_key.get(queue.pop())
        inner = {one for rule in group.rules for one in rule.groups} if group else set()
        queue.extend(inner - reached)
        reached |= inner
    return key in reached


def _unsourced(read: Catalogue) -> Iterator[Problem]:
    facts = [
        *((kind.key, kind.origin) for kind in read.kinds),
        *((field.key, field.origin) for field in read.fields),
        *((f"{step.before}, {step.on}", step.origin) for step in read.successions),
        *((group.key, group.origin) for group in read.groups),
    ]
    yield from (
        Problem("source", entry, "it names no source of the file") for entry, origin in facts if not origin.source
    )


def _overlap(periods: Iterable[Period]) -> bool:
    return any(one.meets(other) for one, other in combinations(periods, 2))
