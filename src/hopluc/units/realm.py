"""Where a post reaches: the agency that holds its work today, what that agency took over, and what stands below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from hopluc.core.compiled import planned
from hopluc.units.models import Agency

# Each way begins with an array: of a table the planner would expect millions at its end, and make room for them.
REACH = """
SELECT what, id FROM (WITH RECURSIVE
now(id) AS (  -- who holds the work of an agency that has ended
    SELECT unnest(%(agencies)s::bigint[])
    UNION
    SELECT s.target_id FROM now JOIN units_succession s ON s.source_id = now.id AND s.field = '' AND s."on" <= %(today)s
    WHERE NOT EXISTS (  -- of one that was divided nobody can tell in which part a post goes on: it stays where it was
        SELECT 1 FROM units_succession o WHERE o.source_id = s.source_id AND o.field = '' AND o.target_id <> s.target_id
    )
),
mine(id) AS (  -- all that these took over; each part of one that was divided has it
    SELECT unnest(ARRAY(SELECT now.id FROM now))
    UNION
    SELECT s.source_id FROM mine, LATERAL (  -- by the index, one after the other: the planner expects many more than there are
        SELECT source_id FROM units_succession WHERE target_id = mine.id AND field = '' AND "on" <= %(today)s OFFSET 0
    ) s
),
below(id) AS (
    SELECT unnest(ARRAY(SELECT id FROM mine))
    UNION
    SELECT a.id FROM below, LATERAL (SELECT id FROM units_agency WHERE parent_id = below.id OFFSET 0) a
),
places(id) AS (
    SELECT a.province_id FROM now JOIN units_agency a ON a.id = now.id WHERE a.province_id IS NOT NULL
    UNION
    SELECT l.source_id FROM places, LATERAL (SELECT source_id FROM units_lineage WHERE target_id = places.id OFFSET 0) l
)
SELECT 'agencies', id FROM mine UNION ALL SELECT 'below', id FROM below UNION ALL SELECT 'provinces', id FROM places
) AS reach(what, id)
"""


@dataclass(frozen=True, slots=True)
class Realm:
    """Ids of the agencies, of those with all below them, and of the provinces, today's and those that they were made of."""

    agencies: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()
    provinces: frozenset[int] = frozenset()
    everywhere: bool = False  # the whole installation


def realm_of(held: Iterable[Agency], *, on: date | None = None) -> Realm:
    """What the agencies of somebody's posts reach, in one query."""
    agencies = list(held)
    if not agencies:
        return Realm()
    found: dict[str, set[int]] = defaultdict(set)
    with planned() as cursor:
        cursor.execute(REACH, {"agencies": [agency.pk for agency in agencies], "today": on or localdate()})
        for what, pk in cursor.fetchall():
            found[what].add(pk)
    return Realm(frozenset(found["agencies"]), frozenset(found["below"]), frozenset(found["provinces"]))


def among(ids: Iterable[int]) -> RawSQL:
    """Ids as a part of a query: one value, however many there are."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
