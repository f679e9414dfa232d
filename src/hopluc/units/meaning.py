"""Which agencies a document means by a body's key, in a place on a day; groups are their members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from hopluc.core.folding import fold
from hopluc.core.search import VnFold
from hopluc.units.groups import PREFIX
from hopluc.units.kinds import group, groups, kinds_named, members
from hopluc.units.models import Agency, GroupMember, Unit


@dataclass(frozen=True, slots=True)
class Meant:
    """The agencies that a key stands for; `chosen`: they are proposed, somebody has to say which."""

    agencies: tuple[Agency, ...] = ()
    chosen: bool = False
    note: str = ""


def agencies_meant(bodies: Mapping[str, str], *, unit: Unit | None, on: date) -> dict[str, Meant]:
    """For the key of each body, given with its name, the agencies of the unit's province, of the unit itself and of the centre, in force on the day.

    A key that no agency answers to has none: a body of another place, a company, a school.
    """
    known = {one.key for one in groups()}
    kinds = {key: _kinds(key, known, on) for key in bodies}
    found = _agencies({one for each in kinds.values() for one in each}, unit, on)
    own = _own_groups({key for key in bodies if key.startswith(PREFIX)}, on)
    meant = {
        key: _meant(key, [agency for one in kinds[key] for agency in found[one]], known, own, on) for key in bodies
    }
    unmet = {key: bodies[key] for key, one in meant.items() if not one.agencies and not key.startswith("g:")}
    return meant | _others(unmet, unit, on) if unmet else meant


def _others(bodies: Mapping[str, str], unit: Unit | None, on: date) -> dict[str, Meant]:
    """Bodies of which the place has no agency that day: one that ended before the document named it, the last first; or an
    agency named in full (`Ủy ban nhân dân xã Cao Kỳ`).
    """
    names = {fold(name): key for key, name in bodies.items()}
    near = Agency.objects.annotate(bare=VnFold("name")).filter(_place(unit))
    near = near.filter(Q(body__key__in=bodies, validity__endswith__lte=on) | Q(bare__in=names, validity__contains=on))
    found: dict[str, list[Agency]] = defaultdict(list)
    for agency in near.select_related("body", "unit").order_by(F("validity__endswith").desc(nulls_first=True)):
        of_kind = agency.body.key in bodies
        key = agency.body.key if of_kind else names[agency.bare]
        if not (of_kind and found[key]):
            found[key].append(agency)
    return {key: Meant(tuple(agencies), chosen=len(agencies) > 1) for key, agencies in found.items()}


def agencies_near(unit: Unit | None, on: date) -> QuerySet[Agency]:
    """Whom a plan of this place may mean on a day: the agencies of the unit's province and of the centre."""
    return Agency.objects.on(on).filter(_place(unit))


def _kinds(key: str, known: set[str], on: date) -> tuple[str, ...]:
    if key in known:
        return members(key, on).kinds
    return tuple(one.key for one in kinds_named(key, on)) or ((key,) if not key.startswith("g:") else ())


def _agencies(kinds: set[str], unit: Unit | None, on: date) -> dict[str, list[Agency]]:
    """By kind; those of a commune's own plan are that commune's before the province's."""
    found: dict[str, list[Agency]] = defaultdict(list)
    for agency in agencies_near(unit, on).filter(body__key__in=kinds).select_related("body", "unit"):
        found[agency.body.key].append(agency)
    if unit and unit.tier != "province":
        for key, agencies in found.items():
            found[key] = [agency for agency in agencies if agency.unit_id == unit.pk] or agencies
    return found


def _place(unit: Unit | None) -> Q:
    """Agencies of the unit's province, and of the centre."""
    return Q(unit=None) | Q(province=_province(unit)) if unit else Q(unit=None)


def _province(unit: Unit) -> Unit:
    return _province(unit.parent) if unit.parent else unit


def _own_groups(keys: set[str], on: date) -> dict[str, list[Agency]]:
    found: dict[str, list[Agency]] = defaultdict(list)
    if not keys:
        return found
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
        return Meant(tuple(found), rule.chosen, group(key).note)
    return Meant(tuple(found), chosen=len(found) > 1)
