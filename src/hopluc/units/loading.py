"""The units, agencies and successions that ship with the program, brought into the database; twice does no harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from psycopg.types.range import DateRange

from hopluc.core.sorting import sort_key
from hopluc.units import frozen
from hopluc.units.copying import rows_put
from hopluc.units.frozen import UnitRow
from hopluc.units.models import Dataset, FormerName, Lineage, Unit

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
    units = _units()
    loaded = Loaded(units, _lineage(_ids()))
    known.fingerprint = fingerprint
    known.save()
    return loaded


def _ids() -> dict[str, int]:
    return dict(Unit.objects.values_list("key", "pk"))


UNIT = ("key", "tier", "code", "parent_id", "validity", "kind", "name", "sort_key")


def _units() -> int:
    """Tier by tier: what stands above a unit must be there first."""
    written = 0
    ids: dict[str, int | None] = {"": None}
    for length in (2, 3, 5):  # of the codes of provinces, districts, communes
        rows = [row for row in frozen.units() if len(row.code) == length]
        written += rows_put(Unit, UNIT, (_unit(row, ids) for row in rows), key=["key"])
        ids |= _ids()
    return written


def _unit(row: UnitRow, ids: dict[str, Any]) -> tuple[Any, ...]:
    validity = DateRange(row.start, row.end)
    return row.key, row.tier, row.code, ids[row.parent], validity, row.kind, row.name, sort_key(row.name)


def _lineage(ids: dict[str, int]) -> int:
    FormerName.objects.all().delete()
    FormerName.objects.bulk_create(
        FormerName(
            unit_id=ids[row.unit], validity=DateRange(row.start, row.end), kind=row.kind, name=row.name, basis=row.basis
        )
        for row in frozen.former_names()
    )
    return rows_put(Lineage, LINEAGE, _links(ids), key=["source_id", "target_id"])


LINEAGE = ("source_id", "target_id", "on", "share", "basis")


def _links(ids: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    ends: dict[str, date | None] = {row.key: row.end for row in frozen.units()}
    for row in frozen.lineage():
        yield ids[row.source], ids[row.target], ends[row.source], row.share, row.basis
