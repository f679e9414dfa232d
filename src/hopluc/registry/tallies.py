"""The counters of organisations (`models.tallies`): gathered, counted anew, and compared with what they count."""

from __future__ import annotations

from django.db import connection, transaction

from hopluc.registry.models.counting import COUNTED, counting

EVERY = "(SELECT 1 AS sign, r.* FROM registry_organisation r)"


def tallies_gather() -> None:
    """One row for each place and kind again, of all that changes added since; nobody who counts sees a difference."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('registry_tallies'))")
        for table, (_query, keys, sums) in COUNTED.items():
            columns = ", ".join(keys + sums)
            cursor.execute(f"""
                WITH gone AS (DELETE FROM {table} RETURNING {columns})
                INSERT INTO {table} ({columns}) SELECT {", ".join(keys)}, {_summed(sums)} FROM gone
                GROUP BY {", ".join(keys)} HAVING {_unlike_zero(sums)}
            """)  # noqa: S608  names of the program's own


@transaction.atomic
def tallies_recount() -> None:
    """From the organisations themselves."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE registry_organisation IN SHARE MODE")
        cursor.execute(f"TRUNCATE {', '.join(COUNTED)}")
        cursor.execute(counting(EVERY))


def tallies_deviating() -> list[str]:
    """The counters that do not agree with the organisations: table and what each is of."""
    found = []
    with connection.cursor() as cursor:
        for table, (query, keys, sums) in COUNTED.items():
            less = ", ".join(f"-{column}" for column in sums)
            cursor.execute(f"""
                SELECT {", ".join(keys)} FROM (
                    SELECT {", ".join(keys + sums)} FROM {table}
                    UNION ALL SELECT {", ".join(keys)}, {less} FROM ({query.format(rows=EVERY)}) now
                ) both_sides GROUP BY {", ".join(keys)} HAVING {_unlike_zero(sums)}
            """)  # noqa: S608
            found += [f"{table} {', '.join(map(str, row))}" for row in cursor.fetchall()]
    return found


def _summed(sums: tuple[str, ...]) -> str:
    return ", ".join(f"sum({column})" for column in sums)


def _unlike_zero(sums: tuple[str, ...]) -> str:
    return " OR ".join(f"sum({column}) <> 0" for column in sums)
