"""Many agencies and successions at once, as somebody entered them in a workbook; and back again.

Who may, and whether it makes sense, is asked before: here the database's own promises are what refuses. Each function writes
in few statements whatever the number of rows, and runs within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from psycopg.types.range import DateRange

from hopluc.core.fields import LONGEST
from hopluc.core.sorting import sort_key
from hopluc.units.copying import rows_put
from hopluc.units.events import agencies_changed
from hopluc.units.models import Agency, Body, Succession, Unit

AGENCY = (
    "key", "body_id", "unit_id", "province_id", "parent_id", "seat_id", "name", "aliases", "validity", "own", "sort_key",
)  # fmt: skip
SUCCESSION = ("source_id", "target_id", "on", "field", "basis", "own")


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """An agency as it shall be; everything else is named by its key, or empty."""

    key: str
    kind: str
    unit: str
    province: str
    parent: str
    seat: str
    name: str
    aliases: str  # one a line
    start: date
    end: date | None  # the day after the last
    own: bool = True


@dataclass(frozen=True, slots=True)
class SuccessionEntry:
    source: str  # key of an agency
    target: str
    on: date
    field: str
    basis: str
    own: bool = True


def successions_drop(entries: Iterable[SuccessionEntry]) -> None:
    """Remove successions; before their agencies get other days, and again put in afterwards where they only change."""
    listed = list(entries)
    ids = _ids({key for one in listed for key in (one.source, one.target)})
    places = {(ids[one.source], ids[one.target], one.field) for one in listed}
    found = Succession.objects.filter(source__in={source for source, _target, _field in places})
    gone = [one.pk for one in found if (one.source_id, one.target_id, one.field) in places]
    Succession.objects.filter(pk__in=gone).delete()
    agencies_changed.send(Agency, agencies=set(ids.values()))


def agencies_put(entries: Sequence[AgencyEntry]) -> None:
    """Write agencies, those that are there already first: what they leave may be taken by new ones.

    What stands above an agency may be among them: it is linked once all are written.
    """
    known = _ids({key for one in entries for key in (one.key, one.parent)})
    for part in ([one for one in entries if one.key in known], [one for one in entries if one.key not in known]):
        _put(part, above=known)
    if late := [one for one in entries if one.parent and one.parent not in known]:
        _put(late, above=_ids({one.parent for one in late}))
    agencies_changed.send(Agency, agencies=set(_ids({one.key for one in entries}).values()))


def _put(entries: Iterable[AgencyEntry], *, above: dict[str, int]) -> None:
    listed = list(entries)
    if not listed:
        return
    bodies = dict(Body.objects.filter(key__in={one.kind for one in listed}).values_list("key", "pk"))
    places = {place for one in listed for place in (one.unit, one.province, one.seat)}
    units = dict(Unit.objects.filter(key__in=places).values_list("key", "pk"))
    rows = (
        (
            one.key,
            bodies[one.kind],
            units[one.unit] if one.unit else None,
            units[one.province] if one.province else None,
            above.get(one.parent),
            units[one.seat] if one.seat else None,
            one.name,
            one.aliases,
            DateRange(one.start, one.end),
            one.own,
            sort_key(one.name[:LONGEST]),
        )
        for one in listed
    )
    rows_put(Agency, AGENCY, rows, key=["key"])


def successions_put(entries: Iterable[SuccessionEntry]) -> None:
    listed = list(entries)
    ids = _ids({key for one in listed for key in (one.source, one.target)})
    if not listed:
        return
    rows = ((ids[one.source], ids[one.target], one.on, one.field, one.basis, one.own) for one in listed)
    rows_put(Succession, SUCCESSION, rows, key=["source_id", "target_id", "field"])
    agencies_changed.send(Agency, agencies=set(ids.values()))


def agencies_remove(keys: Collection[str]) -> None:
    """Delete agencies that nothing hangs on but one another. Raises ProtectedError."""
    gone = Agency.objects.filter(key__in=keys)
    gone.update(parent=None)  # of one another: a parent would hold its children back
    gone.delete()


def _ids(keys: Collection[str]) -> dict[str, int]:
    return dict(Agency.objects.filter(key__in=keys).values_list("key", "pk"))
