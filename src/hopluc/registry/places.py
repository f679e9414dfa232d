"""Where a place of any time lies today."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F

from hopluc.units.models import Lineage, Tier, Unit


def places_today(units: Collection[int], *, on: date) -> dict[int, tuple[int, int]]:
    """The unit in force in which each unit lies today, and its province: along the lineage, by the greatest share."""
    here: dict[int, int] = {pk: pk for pk in units}
    while ended := list(
        Unit.objects.filter(pk__in=set(here.values()), validity__endswith__lte=on).values_list("pk", flat=True)
    ):
        links = Lineage.objects.filter(source__in=ended).order_by(F("share").asc(nulls_first=True), "-target_id")
        after = dict(links.values_list("source_id", "target_id"))  # the last, of the greatest share, stays
        if not after:
            break
        here = {pk: after.get(now, now) for pk, now in here.items()}
    tops = {
        unit.pk: _province(unit)
        for unit in Unit.objects.filter(pk__in=set(here.values())).select_related("parent__parent")
    }
    return {pk: (now, tops[now]) for pk, now in here.items()}


def _province(unit: Unit) -> int:
    while unit.parent and unit.tier != Tier.PROVINCE:
        unit = unit.parent
    return int(unit.pk)
