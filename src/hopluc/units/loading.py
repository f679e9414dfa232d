"""The units, agencies and successions that ship with the program, brought into the database; twice does no harm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from psycopg.types.range import DateRange

from hopluc.core.fields import LONGEST
from hopluc.core.sorting import sort_key
from hopluc.units import frozen, instances
from hopluc.units.copying import rows_put
from hopluc.units.frozen import UnitRow
from hopluc.units.instances import AgencyRow
from hopluc.units.kinds import kinds
from hopluc.units.models import Agency, Body, Dataset, FormerName, Lineage, Succession, Unit

NAME = "units"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were written; none where the tables hold this edition already."""

    units: int = 0
    lineage: int = 0
    agencies: int = 0
    successions: int = 0


@transaction.atomic
def units_load(*, again: bool = False) -> Loaded:
    """Bring the tables up to the files; `again` also where they are known to hold them."""
    fingerprint = frozen.fingerprint()
    known, _made = Dataset.objects.select_for_update().get_or_create(name=NAME, defaults={"fingerprint": ""})
    if known.fingerprint == fingerprint and not again:
        return Loaded()
    with connection.cursor() as cursor:  # with 100,000 checks left to the end, each check of a row takes far longer
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    loaded = places_load(frozen.units())
    known.fingerprint = fingerprint
    known.save()
    return loaded


@transaction.atomic
def places_load(rows: Sequence[UnitRow]) -> Loaded:
    """Some units, those around them first, with what became of them and with their agencies."""
    units, lineage = _units(rows), _lineage(rows)
    agencies = instances.agencies(rows)
    return Loaded(units, lineage, _agencies(agencies), _successions(agencies))


def _ids(model: type[Unit | Agency] = Unit) -> dict[str, int]:
    return dict(model.objects.values_list("key", "pk"))


UNIT = ("key", "tier", "code", "parent_id", "validity", "kind", "name", "sort_key")


def _units(found: Sequence[UnitRow]) -> int:
    """Tier by tier: what stands above a unit must be there first."""
    written = 0
    ids: dict[str, int | None] = {"": None}
    for length in (2, 3, 5):  # of the codes of provinces, districts, communes
        rows = [row for row in found if len(row.code) == length]
        written += rows_put(Unit, UNIT, (_unit(row, ids) for row in rows), key=["key"])
        ids |= _ids()
    return written


def _unit(row: UnitRow, ids: dict[str, Any]) -> tuple[Any, ...]:
    validity = DateRange(row.start, row.end)
    return row.key, row.tier, row.code, ids[row.parent], validity, row.kind, row.name, sort_key(row.name)


def _lineage(rows: Sequence[UnitRow]) -> int:
    ids, loaded = _ids(), {row.key: row for row in rows}
    FormerName.objects.filter(unit__key__in=list(loaded)).delete()
    FormerName.objects.bulk_create(
        FormerName(
            unit_id=ids[row.unit], validity=DateRange(row.start, row.end), kind=row.kind, name=row.name, basis=row.basis
        )
        for row in frozen.former_names()
        if row.unit in loaded
    )
    return rows_put(Lineage, LINEAGE, _links(ids, loaded), key=["source_id", "target_id"])


LINEAGE = ("source_id", "target_id", "on", "share", "basis")


def _links(ids: dict[str, int], loaded: dict[str, UnitRow]) -> Iterator[tuple[Any, ...]]:
    for row in frozen.lineage():
        if row.source in loaded and row.target in loaded:
            yield ids[row.source], ids[row.target], loaded[row.source].end, row.share, row.basis


AGENCY = (
    "key", "body_id", "unit_id", "province_id", "parent_id", "name", "aliases", "validity", "own", "sort_key",
)  # fmt: skip


def _agencies(rows: list[AgencyRow]) -> int:
    """Level by level of who stands above whom; what people entered or changed stays as they left it."""
    bodies = kinds_ensure()
    units, provinces = _ids(), _provinces()
    written = 0
    above: dict[str, int | None] = {"": None}
    for _depth, level in groupby(rows, key=lambda row: instances.depth(row.kind)):
        found = [
            (
                row.key,
                bodies[row.kind],
                units[row.unit.key] if row.unit else None,
                provinces[row.unit.key] if row.unit else None,
                above[row.parent],
                row.name,
                "\n".join(row.aliases),
                DateRange(row.start, row.end),
                False,
                sort_key(row.name[:LONGEST]),
            )
            for row in level
        ]
        written += rows_put(Agency, AGENCY, found, key=["key"], keep="own")
        above |= _ids(Agency)
    return written


def kinds_ensure() -> dict[str, int]:
    """Kinds of agency that vanban has no key for are bodies too; gives the ids of all by key."""
    Body.objects.bulk_create((Body(key=one.key, name=one.title) for one in kinds()), ignore_conflicts=True)
    return dict(Body.objects.values_list("key", "pk"))


def _provinces() -> dict[str, int]:
    """The id of the province that each unit is or lies in, by the unit's key."""
    ids, rows = _ids(), {row.key: row for row in frozen.units()}

    def province(row: UnitRow) -> UnitRow:
        return province(rows[row.parent]) if row.parent else row

    return {row.key: ids[province(row).key] for row in rows.values() if row.key in ids}


SUCCESSION = ("source_id", "target_id", "on", "field", "basis", "own")


def _successions(rows: list[AgencyRow]) -> int:
    """What was handed over by an agency that people changed stays as they left it."""
    ids = _ids(Agency)
    own = set(Agency.objects.filter(own=True).values_list("key", flat=True))
    links = [row for row in instances.handovers(rows) if row.source not in own]
    links.sort(key=lambda row: not row.field)  # each with a field is held against those before it: they are few
    found = [(ids[row.source], ids[row.target], row.on, row.field, row.basis, False) for row in links]
    return rows_put(Succession, SUCCESSION, found, key=["source_id", "target_id", "field"], keep="own")
