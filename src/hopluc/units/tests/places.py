"""Places and agencies for tests: two provinces that became one on 1 July 2025, and what became of their agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from psycopg.types.range import DateRange

from hopluc.units.models import Agency, Body, Lineage, Succession, Unit

SINCE = date(2008, 8, 1)
DEPARTMENTS = date(2025, 3, 1)  # departments were merged
PROVINCES = date(2025, 7, 1)  # provinces and communes were


def unit(key: str, name: str, *, start: date = SINCE, end: date | None = None, parent: Unit | None = None) -> Unit:
    """A province, or below one a commune; `key` is its code and first year."""
    tier, kind = ("commune", "xã") if parent else ("province", "tỉnh")
    about = {"tier": tier, "kind": kind, "name": name, "code": key.partition(".")[0]}
    return Unit.objects.create(key=key, parent=parent, validity=DateRange(start, end), **about)


def agency(
    kind: str, at: Unit | None, *, start: date = SINCE, end: date | None = None, above: Agency | None = None
) -> Agency:
    """An agency that ends with its unit unless it ends before."""
    body, _made = Body.objects.get_or_create(key=kind, defaults={"name": kind})
    last = end or (at.validity.upper if at else None)
    return Agency.objects.create(
        key=f"{kind}/{at.key if at else ''}",
        body=body,
        unit=at,
        province=(at.parent or at) if at else None,
        parent=above,
        name=f"{body.name} {at.full_name if at else ''}".strip(),
        validity=DateRange(max(start, at.validity.lower) if at else start, last),
    )


def hand_over(source: Agency, *targets: Agency, on: date = PROVINCES, field: str = "") -> None:
    for target in targets:
        Succession.objects.create(source=source, target=target, on=on, field=field, basis="Nghị quyết")


@dataclass(frozen=True, slots=True)
class Land:
    """`old` and `lost` became `new`, with what they had."""

    old: Unit
    lost: Unit
    new: Unit
    planning: Agency  # of `old`: its work went to `finance_old`
    labour: Agency  # of `old`: ended; its training went to `finance_old`, all else to `home`
    home: Agency
    finance_old: Agency
    finance_lost: Agency
    finance: Agency  # of `new`
    branch: Agency  # below `finance_lost`


def land() -> Land:
    old = unit("19.2008", "Thái Nguyên", end=PROVINCES)
    lost = unit("06.2008", "Bắc Kạn", end=PROVINCES)
    new = unit("19.2025", "Thái Nguyên", start=PROVINCES)
    for source in (old, lost):
        Lineage.objects.create(source=source, target=new, on=PROVINCES, share=1)
    planning, labour = (agency(kind, old, end=DEPARTMENTS) for kind in ("so-khdt", "so-ldtbxh"))
    home = agency("so-nv", old)
    finance_old, finance_lost, finance = (agency("so-tc", at) for at in (old, lost, new))
    hand_over(planning, finance_old, on=DEPARTMENTS)
    hand_over(labour, home, on=DEPARTMENTS)
    hand_over(labour, finance_old, on=DEPARTMENTS, field="giáo dục nghề nghiệp")
    for source in (finance_old, finance_lost):
        hand_over(source, finance)
    branch = agency("chi-cuc", lost, above=finance_lost)
    return Land(old, lost, new, planning, labour, home, finance_old, finance_lost, finance, branch)
