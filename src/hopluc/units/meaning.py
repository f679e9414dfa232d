"""Which agencies a document means by a body's key, in a place on a day; groups are their members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import Q

from hopluc.units.kinds import group, groups, kinds_named, members
from hopluc.units.models import Agency, GroupMember, Unit


@dataclass(frozen=True, slots=True)
class Meant:
    """The agencies that a key stands for; `chosen`: they are proposed, somebody has to say which."""

    agencies: tuple[Agency, ...] = ()
    chosen: bool = False
    note: str = ""


def agencies_meant(keys: Iterable[str], *, unit: Unit | None, on: date) -> dict[str, Meant]:
    """For each key the agencies of the unit's province, of the unit itself and of the centre, in force on the day or last.

    A key that no agency answers to has none: a body of another place, a company, a school.
    """
    wanted = set(keys)
    known = {one.key for one in groups()}
    kinds = {key: _kinds(key, known, on) for key in wanted}
    found = _agencies({one for each in kinds.values() for one in each}, unit, on)
    own = _own_groups(wanted, on)
    return {key: _meant(key, [agency for one in kinds[key] for agency in found[one]], known, own, on) for key in wanted}


def _kinds(key: str, known: set[str], on: date) -> tuple[str, ...]:
    if key in known:
        return members(key, on).kinds
    return tuple(one.key for one in kinds_named(key, on) or kinds_named(key)) or (key,)


def _agencies(kinds: set[str], unit: Unit | None, on: date) -> dict[str, list[Agency]]:
    """By kind; those of a commune's own plan are that commune's before the province's."""
    place = Q(unit=None)
    if unit:
        place |= Q(province=_province(unit))
    begun = Agency.objects.filter(place, body__key__in=kinds, validity__startswith__lte=on)
    last: dict[tuple[int, int | None], Agency] = {}
    for agency in begun.select_related("body", "unit").order_by("validity"):
        last[agency.body_id, agency.unit_id] = agency  # a document may still name what has ended
    found: dict[str, list[Agency]] = defaultdict(list)
    for agency in sorted(last.values(), key=attrgetter("sort_key")):
        found[agency.body.key].append(agency)
    if unit and unit.tier != "province":
        for key, agencies in found.items():
            found[key] = [agency for agency in agencies if agency.unit_id == unit.pk] or agencies
    return found


def _province(unit: Unit) -> Unit:
    return _province(unit.parent) if unit.parent else unit


def _own_groups(keys: set[str], on: date) -> dict[str, list[Agency]]:
    found: dict[str, list[Agency]] = defaultdict(list)
    rows = GroupMember.objects.filter(group__body__key__in=keys, validity__contains=on).select_related(
        "group__body", "agency__body", "agency__unit"
    )
    for row in rows:
        found[row.group.body.key].append(row.agency)
    return found


def _meant(key: str, found: list[Agency], known: set[str], own: dict[str, list[Agency]], on: date) -> Meant:
    if key in own:
        return Meant(tuple(own[key]))
    if key in known:
        rule = members(key, on)
        found = [agency for agency in found if agency.in_force(on)]
        return Meant(tuple(found), rule.chosen, group(key).note)
    return Meant(tuple(found), chosen=len(found) > 1)
