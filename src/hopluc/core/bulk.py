"""Many rows at once: into a table by COPY, and made without a search for circles among them."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from psycopg import sql


@contextmanager
def uncollected() -> Iterator[None]:
    """Of hundreds of thousands of new values none is in a circle: to look for one takes longer than the work."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:  # whoever came first puts it back
            gc.enable()


def ids_take(model: type[models.Model], count: int) -> list[int]:
    """So many ids that nobody else gets."""
    with connection.cursor() as cursor:
        sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        cursor.execute(sequence, [model._meta.db_table, count])
        return [pk for (pk,) in cursor.fetchall()]


def rows_copy(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows; gives how many. Constraints and triggers hold for them as for any."""
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), listed)
    written = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            written += 1
    return written


def rows_update(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Change these columns of rows, each given with its id first; gives how many were given. Triggers hold as for any."""
    table, staged = sql.Identifier(model._meta.db_table), sql.Identifier(f"{model._meta.db_table}_staged")
    listed = sql.SQL(", ").join(map(sql.Identifier, ("id", *columns)))
    pairs = sql.SQL(", ").join(sql.SQL("{0} = s.{0}").format(sql.Identifier(column)) for column in columns)
    shape = sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA")
    change = sql.SQL("UPDATE {} t SET {} FROM {} s WHERE s.id = t.id")
    given = 0
    with connection.cursor() as cursor:
        cursor.execute(_text(shape.format(staged, listed, table)))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(staged, listed)) as copy:
            for row in rows:
                copy.write_row(row)
                given += 1
        cursor.execute(_text(change.format(table, pairs, staged)))
        cursor.execute(_text(sql.SQL("DROP TABLE {}").format(staged)))
    return given


def _text(statement: sql.Composed) -> str:
    """As the recording of who acts reads it."""
    return statement.as_string(connection.connection)
