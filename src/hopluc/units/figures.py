"""The territory that the database holds, for figures to be counted along its lineage (`units.aggregation`)."""

from __future__ import annotations

from functools import lru_cache

from hopluc.units.lineage import Link, Span, Tier
from hopluc.units.lineage import Unit as Place
from hopluc.units.loading import NAME
from hopluc.units.models import Dataset, Lineage, Unit
from hopluc.units.territory import Territory


def territory() -> Territory:
    """All units and what became of each, kept until other data are loaded: one query then. What was entered by hand is read each time."""
    loaded = edition()
    return _kept(loaded) if loaded else _read()


def edition() -> str:
    """When the units were loaded; empty where they were entered by hand."""
    loaded = Dataset.objects.filter(name=NAME).values_list("loaded_at", flat=True).first()
    return loaded.isoformat() if loaded else ""


@lru_cache(1)
def _kept(_edition: str) -> Territory:
    return _read()


def _read() -> Territory:
    rows = Unit.objects.order_by("pk").values_list("key", "tier", "code", "parent__key", "validity")
    units = [
        Place(key, Tier(tier), code, parent, Span(days.lower, days.upper)) for key, tier, code, parent, days in rows
    ]
    links = Lineage.objects.values_list("source__key", "target__key", "on", "share")
    return Territory(units, [Link(*link) for link in links])
