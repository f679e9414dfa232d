"""Bodies and agencies, kept in step with what vanban knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from psycopg.types.range import DateRange

from hopluc.core.folding import fold, words
from hopluc.units.frozen import UnitRow
from hopluc.units.models import Agency, Body, Unit
from hopluc.units.provinces import provinces_on
from vanban.bodies import mentions
from vanban.names import listed

BEGINNING = date(2008, 8, 1)  # of what is known of places and agencies
TYPED = "new:"  # before a name that is not in the list


@transaction.atomic
def bodies_load() -> int:
    """Bring the kinds of body up to vanban's list; gives how many there are. Twice does no harm."""
    rows = [Body(key=key, name=name, aliases="\n".join(aliases), listed=True) for key, name, aliases in listed()]
    Body.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["name", "aliases", "listed", "sort_key"]
    )
    return len(rows)


def bodies_ensure(names: Mapping[str, str]) -> None:
    """Keep bodies that a document names and that no list has."""
    Body.objects.bulk_create([Body(key=key, name=name) for key, name in names.items()], ignore_conflicts=True)


def body_named(chosen: str) -> str:
    """The key of a body that somebody chose, or typed the name of: a new name is kept as a body that no list has."""
    if not chosen.startswith(TYPED):
        return chosen
    name = " ".join(chosen.removeprefix(TYPED).split())
    found = mentions(name)
    whole = len(found) == 1 and found[0].span == (0, len(name))
    key = found[0].key if whole else "-".join(words(fold(name)))[:200]
    bodies_ensure({key: name})
    return key


def unit_ensure(row: UnitRow) -> Unit:
    """A province that ships with the program, where the units were not loaded yet."""
    about = {"tier": row.tier, "code": row.code, "kind": row.kind, "name": row.name}
    validity = DateRange(row.start, row.end)
    return Unit.objects.get_or_create(key=row.key, defaults={**about, "validity": validity})[0]


def agency_ensure(*, key: str, province: str = "", on: date | None = None) -> Agency:
    """The agency of this kind in this province on a day (today), made where it is missing: `Sở Tài chính tỉnh Thái Nguyên`.

    Raises KeyError for a province that was not in force then.
    """
    day = on or localdate()
    body = Body.objects.get(key=key)
    place = {row.full_name: row for row in provinces_on(day)}[province] if province else None
    unit = unit_ensure(place) if place else None
    if found := Agency.objects.on(day).filter(body=body, unit=unit).first():
        return found
    return Agency.objects.create(
        key=f"{key}/{unit.key if unit else ''}",
        body=body,
        unit=unit,
        province=unit,
        name=agency_name(body.name, place),
        validity=unit.validity if unit else DateRange(BEGINNING, None),
    )


def agency_name(body: str, place: UnitRow | None) -> str:
    return f"{body.removesuffix(' tỉnh')} {place.full_name}" if place else body
