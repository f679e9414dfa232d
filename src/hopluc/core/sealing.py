"""The history under seal: each minute a digest over the rows that came since, and over the seal before.

Whoever changes, adds or takes away a row of the history afterwards would have to make every later seal anew; the number of the
newest one, kept somewhere else, shows even that. Sealed are the tables of events (pghistory) and models with `sealed = True`,
whose rows never change.

Writers do not wait: a seal takes only rows of transactions that are older than every running one, so a number that is still
missing may come later. Which rows a seal has is therefore written down, as ranges of numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import connection, models, transaction
from psycopg.sql import SQL, Composed, Identifier

from hopluc.core.models import Seal

MOST = 20_000  # rows of a table under one seal
LOCK = 7_346_101  # one seal at a time
NOTHING = "{}"  # an empty multirange

# Of the whole server, other databases too: the oldest transaction that still runs, and the next one.
RUNNING = "SELECT pg_snapshot_xmin(s)::text, pg_snapshot_xmax(s)::text FROM pg_current_snapshot() s"
TAKEN = """
SELECT count(*), range_agg(int8range(key, key, '[]')), max(key),
    encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY key), ''), 'UTF8')), 'hex')
FROM (
    SELECT e.{key}::bigint AS key, (jsonb_strip_nulls(to_jsonb(e)) || {about})::text AS line
    FROM {table} e {context}
    WHERE {wanted} ORDER BY key LIMIT %(most)s
) rows
"""
SETTLED = "e.{key} > %(mark)s AND NOT e.{key}::bigint <@ %(known)s::int8multirange AND age(e.xmin) > age(%(oldest)s::xid8::xid)"
CONTEXT = "LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id"
BY = "jsonb_build_object('by', c.metadata -> 'user')"
LOOSE = "SELECT count(*) FROM {table} e WHERE e.{key} <= %(mark)s AND NOT e.{key}::bigint <@ %(known)s::int8multirange"


@dataclass(frozen=True, slots=True)
class Part:
    """What a seal has of one table."""

    rows: int
    ids: str  # numbers of the rows, as PostgreSQL writes a multirange
    last: int
    digest: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where the history is not what was sealed. `table` is empty where the chain of seals itself is broken."""

    seal: int
    at: datetime
    table: str
    rows_then: int = 0
    rows_now: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """One seal that was looked at."""

    seal: int
    of: int
    rows: int
    breaks: tuple[Break, ...]


def sealed_models() -> list[type[models.Model]]:
    """The models whose rows are under seal, by name of their table."""
    found = [each for each in apps.get_models() if issubclass(each, pghistory.models.Event) or _kept(each)]
    return sorted(found, key=lambda each: each._meta.db_table)


def _kept(model: type[models.Model]) -> bool:
    return bool(getattr(model, "sealed", False))


def seal_make() -> Seal | None:
    """Seal what has come since the last time; None where there was nothing. Safe to run twice at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(RUNNING)
        oldest, running = (int(text) for text in cursor.fetchone())
        before = Seal.objects.order_by("-number").first()
        marks, known = _before(before)
        parts = {}
        for model in sealed_models():
            table = model._meta.db_table
            about = {"mark": marks.get(table, 0), "known": known.get(table, NOTHING), "oldest": str(oldest)}
            if part := _part(cursor, model, SETTLED, about):
                parts[table] = part
        return _seal(before, parts, oldest, running) if parts else None


def _before(last: Seal | None) -> tuple[dict[str, int], dict[str, str]]:
    """Up to which number each table holds nothing unsealed any more, and what is sealed beyond.

    What was running when a seal was made has ended by a later one that no transaction was so old for: that later one took it.
    """
    if last is None:
        return {}, {}
    settled = Seal.objects.filter(number__lt=last.number, running__lte=last.oldest).order_by("-number").first()
    later = Seal.objects.filter(number__gt=settled.number if settled else 0).values_list("parts", flat=True)
    known: dict[str, str] = {}
    for parts in later:
        for table, part in parts.items():
            known[table] = f"{{{','.join(filter(None, (known.get(table, NOTHING)[1:-1], part['ids'][1:-1])))}}}"
    return dict(settled.marks) if settled else {}, known


def _part(cursor: Any, model: type[models.Model], wanted: str, about: dict[str, Any]) -> Part | None:
    cursor.execute(_query(model, TAKEN, wanted), {"most": MOST, **about})
    rows, ids, last, digest = cursor.fetchone()
    if not rows:
        return None
    return Part(rows, f"{{{','.join(f'[{each.lower},{each.upper})' for each in ids)}}}", last, digest)


def _query(model: type[models.Model], query: str, wanted: str = "") -> Composed:
    """The query for a table, whose rows bear who made them where that stands beside."""
    event = issubclass(model, pghistory.models.Event)
    names = {"table": Identifier(model._meta.db_table), "key": Identifier(str(model._meta.pk.column))}
    parts = {"context": SQL(CONTEXT if event else ""), "about": SQL(BY if event else "'{}'::jsonb")}
    return SQL(query).format(**names, **parts, wanted=SQL(wanted).format(**names))


def _seal(before: Seal | None, parts: dict[str, Part], oldest: int, running: int) -> Seal:
    kept = {table: _plain(part) for table, part in parts.items()}
    marks = before.marks if before else {}
    last = {table: max(part.last, marks.get(table, 0)) for table, part in parts.items()}
    return Seal.objects.create(
        number=before.number + 1 if before else 1,
        rows=sum(part.rows for part in parts.values()),
        parts=kept,
        marks={**marks, **last},
        digest=_digest(before.digest if before else "", kept),
        oldest=oldest,
        running=running,
    )


def _plain(part: Part) -> dict[str, object]:
    return {"rows": part.rows, "ids": part.ids, "last": part.last, "digest": part.digest}


def _digest(before: str, parts: dict[str, Any]) -> str:
    return sha256(f"{before}\n{json.dumps(parts, sort_keys=True)}".encode()).hexdigest()


def seals_checked() -> Iterator[Checked]:
    """Look at each seal, oldest first; then at rows that stand among the sealed ones and are under none."""
    of, before = Seal.objects.count(), ""
    known: dict[str, list[str]] = {}
    tables = {model._meta.db_table: model for model in sealed_models()}
    last: Seal | None = None
    for seal in Seal.objects.order_by("number").iterator(chunk_size=500):
        breaks = [] if _chained(seal, last, before) else [Break(seal.number, seal.at, "")]
        for table, part in seal.parts.items():
            known.setdefault(table, []).append(part["ids"][1:-1])
            now = _rows_now(tables[table], part["ids"]) if table in tables else None
            if now is None or now.digest != part["digest"]:
                breaks.append(Break(seal.number, seal.at, table, part["rows"], now.rows if now else 0))
        yield Checked(seal.number, of, seal.rows, tuple(breaks))
        before, last = seal.digest, seal
    if last:
        yield Checked(last.number, of, 0, tuple(_loose(last, tables, known)))


def _chained(seal: Seal, last: Seal | None, before: str) -> bool:
    return seal.number == (last.number + 1 if last else 1) and seal.digest == _digest(before, seal.parts)


def _rows_now(model: type[models.Model], ids: str) -> Part | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
        return _part(cursor, model, "e.{key}::bigint <@ %(ids)s::int8multirange", {"ids": ids, "most": None})


def _loose(last: Seal, tables: dict[str, type[models.Model]], known: dict[str, list[str]]) -> Iterator[Break]:
    """Rows below what every seal has settled that no seal has: nobody who wrote in time left any."""
    marks, _open = _before(last)
    for table, mark in marks.items():
        if table in tables:
            with connection.cursor() as cursor:
                about: dict[str, Any] = {"mark": mark, "known": f"{{{','.join(known.get(table, []))}}}"}
                cursor.execute(_query(tables[table], LOOSE), about)
                (count,) = cursor.fetchone()
            if count:
                yield Break(last.number, last.at, table, 0, count)
