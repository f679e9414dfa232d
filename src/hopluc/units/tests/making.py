"""A part of the country for tests: every province, and of two of them districts, communes and some agencies."""

from __future__ import annotations

from datetime import date

from psycopg.types.range import DateRange

from hopluc.units import frozen
from hopluc.units.frozen import UnitRow
from hopluc.units.models import Agency, FormerName, Lineage, Succession, Unit
from hopluc.units.services import agency_ensure

WHOLE = ("06", "19")  # Bắc Kạn, and Thái Nguyên which took it in
MARCH, JULY = date(2025, 3, 1), date(2025, 7, 1)
BEFORE = date(2024, 1, 1)


def places_load() -> None:
    """All provinces, and everything below Bắc Kạn and Thái Nguyên, old and new, with names and lineage."""
    ids: dict[str, int] = {}
    for tier in ("province", "district", "commune"):
        rows = [row for row in frozen.units() if row.tier == tier and _wanted(row, ids)]
        made = Unit.objects.bulk_create(
            Unit(
                key=row.key,
                tier=tier,
                code=row.code,
                parent_id=ids.get(row.parent),
                validity=DateRange(row.start, row.end),
                kind=row.kind,
                name=row.name,
            )
            for row in rows
        )
        ids |= {unit.key: unit.pk for unit in made if tier != "province" or unit.code in WHOLE}
    every = dict(Unit.objects.values_list("key", "pk"))
    ends = {row.key: row.end for row in frozen.units()}
    Lineage.objects.bulk_create(
        Lineage(source_id=every[row.source], target_id=every[row.target], on=ends[row.source], share=row.share)
        for row in frozen.lineage()
        if row.source in every and row.target in every
    )
    FormerName.objects.bulk_create(
        FormerName(
            unit_id=every[row.unit],
            validity=DateRange(row.start, row.end),
            kind=row.kind,
            name=row.name,
            basis=row.basis,
        )
        for row in frozen.former_names()
        if row.unit in every
    )


def _wanted(row: UnitRow, ids: dict[str, int]) -> bool:
    return row.tier == "province" or row.parent in ids


def departments() -> dict[str, Agency]:
    """Sở Kế hoạch và Đầu tư Bắc Kạn → its Sở Tài chính (March 2025) → Sở Tài chính Thái Nguyên (July)."""
    found = {
        "plan": agency_ensure(key="so-khdt", province="tỉnh Bắc Kạn", on=BEFORE),
        "money": agency_ensure(key="so-tc", province="tỉnh Bắc Kạn", on=BEFORE),
        "now": agency_ensure(key="so-tc", province="tỉnh Thái Nguyên", on=JULY),
    }
    plan = found["plan"]
    plan.validity = DateRange(plan.validity.lower, MARCH)
    plan.aliases = "Sở KHĐT Bắc Kạn"
    plan.save()
    Succession.objects.create(source=plan, target=found["money"], on=MARCH, basis="Nghị quyết hợp nhất")
    Succession.objects.create(source=found["money"], target=found["now"], on=JULY, basis="Nghị quyết 202/2025/QH15")
    return found
