"""How many organisations there were on days, and what they amounted to: of many communes and provinces at once, one query.

Where a seat lies counts as of today: figures of different years are of one territory.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from hopluc.registry.fact_kinds import number_of

COUNTED = """
SELECT span.starts, span.ends, CASE WHEN GROUPING(o.unit_id) = 0 THEN o.unit_id ELSE o.province_id END, o.kind,
    count(*) FILTER (WHERE o.founded_on <= span.ends AND (o.ended_on IS NULL OR o.ended_on > span.ends)),
    count(*) FILTER (WHERE o.founded_on <= span.ends AND (o.ended_on IS NULL OR o.ended_on > span.ends) AND works.text = 'working'),
    count(*) FILTER (WHERE o.founded_on <= span.ends AND (o.ended_on IS NULL OR o.ended_on > span.ends) AND works.text = 'stopped'),
    count(*) FILTER (WHERE o.founded_on BETWEEN span.starts AND span.ends),
    count(*) FILTER (WHERE o.ended_on BETWEEN span.starts AND span.ends),
    sum(capital.amount),
    sum(CASE WHEN listed.members > 0 THEN listed.members ELSE declared.members END)
FROM unnest(%(starts)s::date[], %(ends)s::date[]) span(starts, ends)
JOIN registry_organisation o ON o.founded_on <= span.ends AND (o.ended_on IS NULL OR o.ended_on >= span.starts)
    AND (o.unit_id = ANY(%(units)s) OR o.province_id = ANY(%(units)s))
LEFT JOIN registry_fact works ON works.organisation_id = o.id AND works.what = %(works)s AND works.validity @> span.ends
LEFT JOIN registry_fact capital
    ON capital.organisation_id = o.id AND capital.what = %(capital)s AND capital.validity @> span.ends
LEFT JOIN LATERAL (
    SELECT sum(f.amount) AS members FROM registry_fact f
    WHERE f.organisation_id = o.id AND f.what = ANY(%(declared)s) AND f.validity @> span.ends
) declared ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS members FROM registry_membership m WHERE m.organisation_id = o.id AND m.validity @> span.ends
) listed ON true
GROUP BY GROUPING SETS ((span.starts, span.ends, o.unit_id, o.kind), (span.starts, span.ends, o.province_id, o.kind))
"""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from the first to the last: what there is, is of the last; what came and went, of all of them."""

    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Stand:
    """Organisations of one kind. Capital is in đồng; of members those in registers, else those declared."""

    existing: int = 0
    working: int = 0
    stopped: int = 0
    founded: int = 0
    ended: int = 0
    capital: int = 0
    members: int = 0


NOTHING = Stand()
Stands = dict[tuple[int, Span], dict[str, Stand]]


def stands(units: Collection[int], spans: Collection[Span]) -> Stands:
    """By unit (a commune or a province of today) and span: the kinds of organisation with what there is of each."""
    listed = sorted(set(spans))
    found: Stands = {(unit, span): {} for unit in units for span in listed}
    if not found:
        return found
    asked: dict[str, Any] = {
        "starts": [span.starts for span in listed],
        "ends": [span.ends for span in listed],
        "units": list(units),
        "works": number_of("operating"),
        "capital": number_of("charter_capital"),
        "declared": [number_of("official_members"), number_of("associate_members")],
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, asked)
        for starts, ends, unit, kind, *counts in cursor.fetchall():
            if (key := (unit, Span(starts, ends))) in found:
                found[key][kind] = Stand(*(int(count or 0) for count in counts))
    return found
