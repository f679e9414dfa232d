"""How organisations are counted as their rows change: SQL of the triggers and of the recount (`registry.tallies`)."""

from __future__ import annotations

from pgtrigger import After, Delete, Insert, Operation, Referencing, Statement, Trigger, Update

PLUS, MINUS = "(SELECT 1 AS sign, r.* FROM new_rows r)", "(SELECT -1 AS sign, r.* FROM old_rows r)"
# What each table counts of the organisations `o`, whose rows bear a sign. Nobody but the trigger and the recount reads it.
FACETS = """
SELECT province_id, kind, legal_status, operating, sector, sum(sign) AS organisations, sum(sign * members) AS members,
    sum(sign * coalesce(charter_capital, 0)) AS capital
FROM {rows} o GROUP BY 1, 2, 3, 4, 5
HAVING sum(sign) <> 0 OR sum(sign * members) <> 0 OR sum(sign * coalesce(charter_capital, 0)) <> 0
"""
PLACES = """
SELECT unit_id, kind, sum(sign) AS organisations, sum(sign * members) AS members, sum(sign * coalesce(charter_capital, 0)) AS capital
FROM {rows} o WHERE legal_status <> 'ended' GROUP BY 1, 2
HAVING sum(sign) <> 0 OR sum(sign * members) <> 0 OR sum(sign * coalesce(charter_capital, 0)) <> 0
"""
YEARS = """
SELECT province_id, kind, year, sum(founded) AS founded, sum(ended) AS ended FROM (
    SELECT province_id, kind, extract(year FROM founded_on)::int AS year, sign AS founded, 0 AS ended FROM {rows} o
    UNION ALL
    SELECT province_id, kind, extract(year FROM ended_on)::int, 0, sign FROM {rows} o WHERE ended_on IS NOT NULL
) y GROUP BY 1, 2, 3 HAVING sum(founded) <> 0 OR sum(ended) <> 0
"""

COUNTED = {  # by table: query, what it is of, what it counts
    "registry_facettally": (
        FACETS,
        ("province_id", "kind", "legal_status", "operating", "sector"),
        ("organisations", "members", "capital"),
    ),
    "registry_placetally": (PLACES, ("unit_id", "kind"), ("organisations", "members", "capital")),
    "registry_yeartally": (YEARS, ("province_id", "kind", "year"), ("founded", "ended")),
}


def counting(source: str) -> str:
    """Statements that add to each table what the rows of a source count."""
    return "\n".join(
        f"INSERT INTO {table} ({', '.join(keys + sums)}) {query.format(rows=source)};"
        for table, (query, keys, sums) in COUNTED.items()
    )


def tallied() -> list[Trigger]:
    """The triggers of the table of organisations."""
    return [
        _trigger("insert", Insert, PLUS, Referencing(new="new_rows")),
        _trigger("delete", Delete, MINUS, Referencing(old="old_rows")),
        _trigger(
            "update",
            Update,
            f"({PLUS[1:-1]} UNION ALL {MINUS[1:-1]})",
            Referencing(old="old_rows", new="new_rows"),
        ),
    ]


def _trigger(name: str, operation: Operation, source: str, referencing: Referencing) -> Trigger:
    return Trigger(
        name=f"tallied_{name}",
        level=Statement,
        when=After,
        operation=operation,
        referencing=referencing,
        func=counting(source) + "\nRETURN NULL;",
    )
