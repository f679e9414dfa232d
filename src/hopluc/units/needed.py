"""Agencies that every unit has but that are made only once somebody names them: `when_needed` in `data/kinds.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from psycopg.types.range import DateRange

from hopluc.units import frozen, instances
from hopluc.units.frozen import UnitRow
from hopluc.units.instances import AgencyRow
from hopluc.units.kind_values import Kind
from hopluc.units.kinds import groups, kind, kinds, kinds_named, members, successions
from hopluc.units.models import Agency, Body, Succession, Unit


def agencies_lacking(keys: Iterable[str], *, unit: Unit | None, on: date) -> dict[str, list[AgencyRow]]:
    """By key, the agencies of the unit that a document names and that nobody has needed yet."""
    place = instances.units_by_key().get(unit.key) if unit else None
    if place is None:
        return {}
    wanted = {key: _rows(key, place, on) for key in keys}
    known = set(
        Agency.objects.filter(key__in={row.key for rows in wanted.values() for row in rows}).values_list(
            "key", flat=True
        )
    )
    lacking = {key: [row for row in rows if row.key not in known] for key, rows in wanted.items()}
    return {key: rows for key, rows in lacking.items() if rows}


def _rows(key: str, place: UnitRow, on: date) -> list[AgencyRow]:
    rows = (row for one in _kinds(key, on) if one.level == place.tier and one.when_needed for row in _of(one, place))
    return [row for row in rows if row.start <= on and (row.end is None or on < row.end)]


def _kinds(key: str, on: date) -> tuple[Kind, ...]:
    if key in {one.key for one in groups()}:
        return tuple(kind(one) for one in members(key, on).kinds)
    return kinds_named(key, on)


def _of(one: Kind, place: UnitRow) -> list[AgencyRow]:
    """An agency of this kind for each of its periods."""
    if not one.fits(place.kind, place.name) or one.optional:
        return []
    found = (instances.agency_row(one, place, period, turn) for turn, period in enumerate(one.periods))
    return [row for row in found if row]


@transaction.atomic
def agencies_make(lacking: Iterable[AgencyRow]) -> None:
    """Make them, with whoever takes over from them later and the successions between. Twice does no harm."""
    rows = {row.key: row for first in lacking for row in _with_heirs(first)}
    if not rows:
        return
    units = {
        unit.key: unit for unit in Unit.objects.filter(key__in={row.unit.key for row in rows.values() if row.unit})
    }
    rows = {key: row for key, row in rows.items() if row.unit and row.unit.key in units}
    bodies = dict(Body.objects.filter(key__in={row.kind for row in rows.values()}).values_list("key", "pk"))
    Agency.objects.bulk_create(
        (_agency(row, units[row.unit.key], bodies[row.kind]) for row in rows.values() if row.unit),
        ignore_conflicts=True,
    )
    _set_parents(rows.values())
    _link(rows)


def _with_heirs(first: AgencyRow) -> list[AgencyRow]:
    """The row and those of the kinds and units that come after it, as far as they are made when needed too."""
    assert first.unit
    places, heirs = [first.unit, *_after(first.unit)], {first.kind}
    for step in sorted(successions(), key=lambda step: step.on):
        if step.before in heirs and step.after and kind(step.after).when_needed:
            heirs.add(step.after)
    return [
        row
        for one in kinds()
        if one.key in heirs
        for place in places
        if place.tier == one.level
        for row in _of(one, place)
    ]


def _after(place: UnitRow) -> list[UnitRow]:
    """The units that a unit became, one after another."""
    known, found, waiting = instances.units_by_key(), dict[str, UnitRow](), [place.key]
    links = list(frozen.lineage())
    while waiting:
        key = waiting.pop()
        for link in links:
            if link.source == key and link.target not in found:
                found[link.target] = known[link.target]
                waiting.append(link.target)
    return list(found.values())


def _agency(row: AgencyRow, unit: Unit, body: int) -> Agency:
    return Agency(
        key=row.key,
        body_id=body,
        unit=unit,
        province=_province(unit),
        name=row.name,
        aliases="\n".join(row.aliases),
        validity=DateRange(row.start, row.end),
    )


def _province(unit: Unit) -> Unit:
    return _province(unit.parent) if unit.parent else unit


def _set_parents(rows: Iterable[AgencyRow]) -> None:
    above = {row.key: row.parent for row in rows if row.parent}
    ids = dict(Agency.objects.filter(key__in=set(above.values())).values_list("key", "pk"))
    made = list(Agency.objects.filter(key__in=above, parent=None, own=False))
    for agency in made:
        agency.parent_id = ids.get(above[agency.key])
    Agency.objects.bulk_update(made, ["parent"])


def _link(rows: dict[str, AgencyRow]) -> None:
    """The successions that begin or end with one of them; others of these units are there already."""
    places = {row.unit.key: row.unit for row in rows.values() if row.unit}
    given = [row for place in places.values() for row in instances.agencies_within(place)]
    steps = [
        step for step in instances.handovers([*rows.values(), *given]) if step.source in rows or step.target in rows
    ]
    keys = Q(key__in={step.source for step in steps} | {step.target for step in steps})
    ids = dict(Agency.objects.filter(keys).values_list("key", "pk"))
    Succession.objects.bulk_create(
        (
            Succession(
                source_id=ids[step.source], target_id=ids[step.target], on=step.on, field=step.field, basis=step.basis
            )
            for step in steps
            if step.source in ids and step.target in ids
        ),
        ignore_conflicts=True,
    )
