"""Kinds of agency through time: which a unit has on a day, who took over from whom, who belongs to a group.

All of it is data (`data/kinds.toml`, `data/groups.toml`), read once and checked. A province's own deviations are no part of
the files: functions that follow a succession take the list to follow.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cache, lru_cache

from hopluc.units.kind_checks import problems_of
from hopluc.units.kind_reading import catalogue_of, table
from hopluc.units.kind_values import (
    AgencyName,
    Branch,
    Catalogue,
    Field,
    Group,
    Holder,
    Kind,
    Level,
    Members,
    Succession,
)
from vanban.lexicon import fold
from vanban.names import abbreviated


class KindsBroken(ValueError):
    """The files contradict themselves; the text names each entry."""


@cache
def catalogue() -> Catalogue:
    """The shipped data. Raises KindsBroken where it has a loop, a gap, overlapping dates or a name that it does not define."""
    read = catalogue_of(table("kinds"), table("groups"))
    if found := problems_of(read):
        raise KindsBroken("\n".join(f"{one.entry}: {one.text}" for one in found))
    return read


def kinds(on: date | None = None) -> tuple[Kind, ...]:
    """Kinds in force on a day, or all that ever were; parents of a level need not stand before their children."""
    return tuple(kind for kind in catalogue().kinds if on is None or kind.in_force(on))


def kind(key: str) -> Kind:
    """Raises KeyError.

    >>> kind("so-khdt").named("tỉnh", "Bắc Kạn"), kind("tinh-uy").named("thành phố", "Hà Nội")
    ('Sở Kế hoạch và Đầu tư tỉnh Bắc Kạn', 'Thành ủy Hà Nội')
    """
    return _by_key()[key]


def kinds_named(body: str, on: date | None = None) -> tuple[Kind, ...]:
    """What vanban's key of a body may stand for, one for each level; that day, or ever.

    >>> [kind.key for kind in kinds_named("phong-kinh-te")], kinds_named("thanh-uy")[0].key
    (['phong-kinh-te-huyen', 'phong-kinh-te'], 'tinh-uy')
    """
    return tuple(one for one in _by_body().get(body, ()) if on is None or one.in_force(on))


def agencies_of(
    unit_kind: str, unit_name: str, level: Level, on: date, *, every: bool = False
) -> tuple[AgencyName, ...]:
    """The agencies that a unit is known to have on a day; `every`: also those it may have or gets when one is named.

    >>> [agency.name for agency in agencies_of("xã", "Cao Kỳ", "commune", date(2026, 1, 1))]
    ['Ủy ban nhân dân xã Cao Kỳ']
    """
    of_level = (one for one in kinds(on) if one.level == level)
    wanted = (one for one in of_level if (one.fits if every else one.is_given)(unit_kind, unit_name))
    return tuple(agency_of(one, unit_kind, unit_name, on) for one in wanted)


def agency_of(of: Kind, unit_kind: str, unit_name: str, on: date) -> AgencyName:
    """What a unit calls its agency of this kind, and the kind above it that day."""
    name = of.named(unit_kind, unit_name)
    short = (f"{one} {unit_name}".strip() for one in of.short)
    written = (form for one in (abbreviated(name), *short) for form in (one, one.replace("&", "")))  # KH&ĐT, KHĐT
    aliases = tuple(one for one in dict.fromkeys(written) if one != name)
    return AgencyName(of.key, name, aliases, of.parent_on(on))


def successions() -> tuple[Succession, ...]:
    return catalogue().successions


def branch(
    options: Sequence[Succession], text: str = "", topic: str = "", *, having: Collection[str] | None = None
) -> Branch:
    """Which of the successions of one body on one day a task follows: by the field whose words the text says first, then
    by its topic, then what takes the rest.

    `having`: the kinds of which the unit has an agency, where known; only then may a fallback stand in.
    """
    open_to = offered(options, having)
    told = [(said_here, one) for one in open_to if one.field and (said_here := said(one.field, text))]
    if told:
        heard, first = min(told, key=lambda pair: pair[0][0])
        return Branch(first, "words", tuple(word for _at, _size, word in heard))
    if by_topic := next((one for one in open_to if one.field and topic in one.field.topics), None):
        return Branch(by_topic, "topic")
    main = next((one for one in open_to if one.is_main), None)
    if main is None:
        return Branch(None, "stays")
    return Branch(main, "abolished" if main.after is None else "rest" if main.rest else "whole")


def held_by(
    key: str,
    given: date,
    on: date,
    text: str = "",
    topic: str = "",
    *,
    having: Collection[str] | None = None,
    among: Iterable[Succession] | None = None,
) -> Holder:
    """Who holds on one day what was given to a kind on another, and by which steps.

    `among`: the successions to follow, without a loop (`problems_of`); the shipped ones unless given.

    >>> held_by("so-khdt", date(2021, 5, 1), date(2026, 1, 1)).kind
    'so-tc'
    """
    known = tuple(successions() if among is None else among)
    steps: list[Branch] = []
    holder, since = key, _first_day(key, given, known)
    while options := _next(known, holder, since, on):
        step = branch(options, text, topic, having=having)
        if step.succession is None:
            since = _after(options[0].on)
            continue
        since = step.succession.on
        steps.append(step)
        if step.succession.after is None:
            return Holder(None, tuple(steps), step.succession.candidates)
        holder = step.succession.after
    return Holder(holder, tuple(steps))


def groups() -> tuple[Group, ...]:
    return catalogue().groups


def group(key: str) -> Group:
    """Raises KeyError."""
    return _groups_by_key()[key]


def members(key: str, on: date) -> Members:
    """The kinds whose agencies belong to a group on a day, in force that day. Raises KeyError.

    >>> members("g:ubnd-huyen", date(2024, 1, 1)).kinds, members("g:ubnd-huyen", date(2026, 1, 1)).kinds
    (('ubnd-huyen',), ('ubnd-xa',))
    """
    asked = group(key)
    rule = next((one for one in asked.rules if one.period.holds(on)), None)
    if rule is None:
        return Members((), "province", chosen=True, note=asked.note)
    inner = [members(one, on) for one in rule.groups]
    found = dict.fromkeys((*rule.kinds, *(one for part in inner for one in part.kinds)))
    in_force = tuple(one for one in found if kind(one).in_force(on))
    return Members(in_force, rule.scope, rule.chosen, rule.groups if not rule.kinds else (), asked.note)


def _first_day(key: str, given: date, known: Iterable[Succession]) -> date:
    """From which day successions count: a document may still name a body that ended before it was written."""
    one = _by_key().get(key)
    ended = [step.on for step in known if step.before == key and step.is_main and step.on <= given]
    return max(ended, default=given) if one and not one.in_force(given) else _after(given)


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _next(known: Iterable[Succession], key: str, since: date, on: date) -> list[Succession]:
    found = [one for one in known if one.before == key and since <= one.on <= on]
    first = min((one.on for one in found), default=None)
    return [one for one in found if one.on == first]


def offered(options: Sequence[Succession], having: Collection[str] | None) -> list[Succession]:
    """Without fallbacks, or with them in the place of those whom the unit does not have; a field that nobody there could
    take stays with the rest.
    """
    usual = [one for one in options if not one.fallback]
    if having is None:
        return usual
    stand_ins = {one.field: one for one in options if one.fallback and one.after in having}
    best = [one if one.after in having else stand_ins.get(one.field, one) for one in usual]
    return [one for one in best if one.is_main or one.after in having]


def said(field: Field | str, text: str) -> list[tuple[int, int, str]]:
    """The words of a field that a text says, in its order: where, how long (longer first) and the word.

    A field that people named themselves has its own name as its words, parted by commas.
    """
    spoken = " ".join(fold(text).split())
    words = [word.strip() for word in field.split(",")] if isinstance(field, str) else field.words
    found = ((_whole(word).search(spoken), word) for word in words)
    return sorted((hit.start(), -len(word), word) for hit, word in found if hit)


@lru_cache(maxsize=500)
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(fold(word))}(?!\w)")


@cache
def _by_key() -> dict[str, Kind]:
    return {one.key: one for one in catalogue().kinds}


@cache
def _by_body() -> dict[str, list[Kind]]:
    found: dict[str, list[Kind]] = {}
    for one in catalogue().kinds:
        for body in one.bodies:
            found.setdefault(body, []).append(one)
    return found


@cache
def _groups_by_key() -> dict[str, Group]:
    return {one.key: one for one in catalogue().groups}
