"""Facts → the rows of the workbook, each with the mark that tells later whether it was edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hopluc.accounts.workbook.columns import AGENCIES, MARK, PEOPLE, Cells, mark_of, named
from hopluc.accounts.workbook.facts import AgencyFact, Facts, PostFact, UnitFact
from hopluc.core.sorting import sort_key


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of both sheets, and the lists that cells are chosen from."""

    agencies: tuple[Cells, ...]
    people: tuple[Cells, ...]
    lists: dict[str, tuple[str, ...]]


def book_of(facts: Facts) -> Book:
    """What the viewer administers: agencies that last, those of the province itself and those that people entered;
    posts of open accounts that have not ended.
    """
    agencies = sorted(
        filter(lambda one: _listed(one, facts), facts.agencies.values()), key=lambda one: _order(one, facts)
    )
    people = sorted(filter(lambda one: _held(one, facts), facts.posts.values()), key=lambda one: (one.username, one.pk))
    return Book(
        tuple(cells for one in agencies for cells in agency_rows(one, facts)),
        tuple(post_row(one, facts) for one in people),
        _lists(facts, agencies),
    )


def agency_rows(agency: AgencyFact, facts: Facts) -> list[Cells]:
    """One row, and one more for each further successor."""
    given = facts.given.get(agency.key, ())
    about = {
        "key": agency.key,
        "name": agency.name,
        "aliases": "; ".join(agency.aliases),
        "kind": named(facts.kinds[agency.kind].name, agency.kind),
        "unit": unit_shown(facts.units[agency.unit]) if agency.unit else "",
        "parent": agency_shown(agency.parent, facts),
        "seat": unit_shown(facts.units[agency.seat]) if agency.seat else "",
        "starts": day(agency.start),
        "ends": day(agency.last),
    }
    rows = [
        {
            "successor": agency_shown(one.target, facts),
            "on": day(one.on),
            "field": one.field,
            "basis": one.basis,
        }
        for one in given
    ]
    first, *others = rows or [{}]
    found = [{**about, **first}, *({"key": agency.key, "name": agency.name, **other} for other in others)]
    mark = mark_of(AGENCIES, found)
    return [{**cells, MARK: mark} for cells in found]


def post_row(post: PostFact, facts: Facts) -> Cells:
    cells = {
        "username": post.username,
        "name": facts.people[post.username.lower()].name,
        "agency": agency_shown(post.agency, facts),
        "role": facts.roles[post.role],
        "title": post.title,
        "starts": day(post.starts),
        "ends": day(post.ends),
    }
    return {**cells, MARK: f"{post.pk}:{mark_of(PEOPLE, [cells])}"}


def agency_shown(key: str, facts: Facts) -> str:
    return named(facts.agencies[key].name, key) if key else ""


def unit_shown(unit: UnitFact) -> str:
    return named(unit.name, unit.code)


def day(value: date | None) -> str:
    return f"{value:%d/%m/}{value.year}" if value else ""


def _listed(agency: AgencyFact, facts: Facts) -> bool:
    if not agency.mine:
        return False
    lasts = agency.end is None or agency.end > facts.today
    return lasts or agency.own or not agency.unit or facts.units[agency.unit].tier == "province"


def _held(post: PostFact, facts: Facts) -> bool:
    return facts.people[post.username.lower()].active and (post.ends is None or post.ends >= facts.today)


def _order(agency: AgencyFact, facts: Facts) -> tuple[bool, int, str, str]:
    """Those in force first, the province before its communes, then by name."""
    tier = facts.units[agency.unit].tier if agency.unit else ""
    return (
        not agency.holds(facts.today),
        ("", "province", "district", "commune").index(tier),
        sort_key(agency.name),
        agency.key,
    )


def _lists(facts: Facts, agencies: list[AgencyFact]) -> dict[str, tuple[str, ...]]:
    units = (one for one in facts.units.values() if one.mine and one.end is None)
    kinds = sorted(facts.kinds.values(), key=lambda one: sort_key(one.name))
    return {
        "agencies": tuple(agency_shown(one.key, facts) for one in agencies if one.holds(facts.today)),
        "kinds": tuple(named(one.name, one.key) for one in kinds),
        "units": tuple(unit_shown(one) for one in sorted(units, key=_unit_order)),
        "roles": tuple(_roles(facts)),
    }


def _unit_order(unit: UnitFact) -> tuple[int, str]:
    return len(unit.code), sort_key(unit.bare)


def _roles(facts: Facts) -> Iterator[str]:
    yield from facts.roles.values()
