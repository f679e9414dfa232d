"""Places and agencies of the two days that these tests look at, with who took over from whom."""

from __future__ import annotations

from datetime import date

from psycopg.types.range import DateRange

from hopluc.units.models import Agency, Body, Succession, Unit
from hopluc.units.provinces import provinces_on
from hopluc.units.services import agency_ensure, unit_ensure

BEFORE, TODAY = date(2020, 1, 1), date(2026, 1, 1)
MERGED, DEPARTMENTS = date(2025, 7, 1), date(2025, 3, 1)


def province(name: str, on: date) -> Unit:
    return unit_ensure(next(row for row in provinces_on(on) if row.name == name))


def agency(key: str, name: str, on: date, *, until: date | None = None) -> Agency:
    """An agency of a province; `until` where it ended before its province."""
    made = agency_ensure(key=key, province=province(name, on).full_name, on=on)
    if until:
        made.validity = DateRange(made.validity.lower, until)
        made.save()
    return made


def below(key: str, unit: Unit, kind: str, name: str, tier: str = "commune") -> Agency:
    """The committee of a district or a commune."""
    place = Unit.objects.create(
        key=f"{name}.{unit.key}", tier=tier, code="00001", parent=unit, validity=unit.validity, kind=kind, name=name
    )
    return Agency.objects.create(
        key=f"{key}/{place.key}",
        body=Body.objects.get_or_create(key=key, defaults={"name": key})[0],
        unit=place,
        province=unit,
        name=f"Ủy ban nhân dân {kind} {name}",
        validity=unit.validity,
    )


def took_over(source: Agency, target: Agency, on: date, field: str = "") -> None:
    Succession.objects.create(source=source, target=target, on=on, field=field, basis="Nghị định 45/2025/NĐ-CP")
