"""Many rows at once into a table: those that are new or that differ, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def rows_put(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    key: Sequence[str],
    keep: str = "",
) -> int:
    """Insert rows, or update those of the same key that differ; gives how many it wrote.

    `keep` is a condition on rows that stay as they are, whatever the data say (`own`). Rows that agree are left out before
    they are offered: triggers and indexes would weigh each of them.
    """
    table, incoming = sql.Identifier(model._meta.db_table), sql.Identifier("incoming")
    names = [sql.Identifier(column) for column in columns]
    listed, keys = sql.SQL(", ").join(names), sql.SQL(", ").join(map(sql.Identifier, key))
    others = [name for name, column in zip(names, columns, strict=True) if column not in key]
    with connection.cursor() as cursor:
        cursor.execute(_text(sql.SQL("CREATE TEMP TABLE incoming (LIKE {}) ON COMMIT DROP").format(table)))
        cursor.execute("ALTER TABLE incoming ALTER COLUMN id DROP NOT NULL")
        cursor.execute(_text(_generated(model)))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(incoming, listed)) as copy:
            for row in rows:
                copy.write_row(row)
        statement = sql.SQL(
            "INSERT INTO {table} ({listed}) SELECT {listed} FROM incoming WHERE NOT EXISTS ("
            "SELECT FROM {table} kept WHERE {same} AND (({old}) IS NOT DISTINCT FROM ({new}){keep})"
            ") ON CONFLICT ({keys}) DO UPDATE SET {changed}"
        ).format(
            table=table,
            listed=listed,
            keys=keys,
            changed=sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(name) for name in others),
            same=sql.SQL(" AND ").join(sql.SQL("kept.{0} = incoming.{0}").format(sql.Identifier(one)) for one in key),
            old=sql.SQL(", ").join(sql.SQL("kept.{}").format(name) for name in others),
            new=sql.SQL(", ").join(sql.SQL("incoming.{}").format(name) for name in others),
            keep=sql.SQL(" OR kept.{}").format(sql.Identifier(keep)) if keep else sql.SQL(""),
        )
        cursor.execute(_text(statement))
        written: int = cursor.rowcount
        cursor.execute("DROP TABLE incoming")
        if written:  # what is asked next shall not wait for the server's own statistics
            cursor.execute(_text(sql.SQL("ANALYZE {}").format(table)))
    return written


def _generated(model: type[models.Model]) -> sql.Composable:
    """What the database computes, and what it fills in, need not come in."""
    own = [field.column for field in model._meta.local_concrete_fields if not field.generated]
    drop = [
        sql.SQL("ALTER COLUMN {} DROP NOT NULL").format(sql.Identifier(column))
        for column in own
        if column and column != "id"
    ]
    return sql.SQL("ALTER TABLE incoming ") + sql.SQL(", ").join(drop)


def _text(statement: sql.Composable) -> str:
    """As text: what carries the actor into history reads statements."""
    return statement.as_string(connection.connection)
