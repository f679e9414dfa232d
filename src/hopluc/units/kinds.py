"""Kinds of agency through time: which a unit has on a day, who took over from whom, who belongs to a group.

All of it is data (`data/kinds.toml`, `data/groups.toml`), read once and checked. A province's own deviations are
rows of the database, no part of the files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from functools import cache, lru_cache

from hopluc.units.kind_checks import problems_of
from hopluc.units.kind_reading import catalogue_of, table
from hopluc.units.kind_values import (
    AgencyName,
    Catalogue,
    Field,
    Group,
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
    """Kinds in force on a day, or all that ever were, in the order of the file."""
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
    of_level = _in_force(level, on)
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


@lru_cache(maxsize=1000)  # asked for each of thousands of units on one day
def _in_force(level: Level, on: date) -> tuple[Kind, ...]:
    return tuple(one for one in kinds(on) if one.level == level)


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
