"""Who answers today for what was given to an agency, and by which steps; a work divided by field goes where its words say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from hopluc.units.kind_values import Field
from hopluc.units.kind_values import Succession as KindSuccession
from hopluc.units.kinds import catalogue, said
from hopluc.units.models import Agency, Body

# Agencies with their bodies, each as often as there are successions from it; once, with none, where there are none. In rows:
# pages of plans ask for them, and the query of objects took longer to write than to answer.
AGENCY = (
    "id",
    "key",
    "body_id",
    "unit_id",
    "province_id",
    "parent_id",
    "seat_id",
    "name",
    "validity",
    "own",
    "sort_key",
)
BODY = ("id", "key", "name", "listed")
REACHED = f"""
WITH RECURSIVE ahead AS (
    SELECT id, source_id, target_id, "on", field, basis FROM units_succession
    WHERE source_id = ANY(%(given)s::bigint[]) AND "on" <= %(on)s
    UNION SELECT s.* FROM ahead, LATERAL (
        SELECT id, source_id, target_id, "on", field, basis FROM units_succession
        WHERE source_id = ahead.target_id AND "on" <= %(on)s
        OFFSET 0  -- by the index, one after the other: the planner expects many more than there are
    ) s
)
SELECT {", ".join(f"a.{name}" for name in AGENCY)}, {", ".join(f"b.{name}" for name in BODY)}, a.validity @> %(on)s::date, ahead.*
FROM units_agency a JOIN units_body b ON b.id = a.body_id LEFT JOIN ahead ON ahead.source_id = a.id
WHERE a.id = ANY(%(given)s::bigint[] || ARRAY(SELECT target_id FROM ahead)) ORDER BY ahead.id
"""  # noqa: S608  the names are the program's


class Link(NamedTuple):
    """A succession, as its row has it."""

    id: int
    source_id: int
    target_id: int
    on: date
    field: str
    basis: str


@dataclass(frozen=True, slots=True)
class Step:
    """One succession on the way; `words` of the task decided where the work was divided."""

    source: Agency
    target: Agency
    on: date
    field: str
    basis: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Where a work stands on a day; nobody holds it where the agency ended without a successor."""

    agency: Agency | None
    steps: tuple[Step, ...] = ()
    ended: Agency | None = None  # the last that held it, where nobody does
    candidates: tuple[str, ...] = ()  # kinds among which somebody has to choose then
    note: str = ""


class Paths:
    """The successions after some agencies, up to a day: asked of the database once, followed as often as one likes."""

    def __init__(self, agencies: Iterable[int], *, on: date) -> None:
        self.on = on
        self._links: dict[int, list[Link]] = defaultdict(list)
        self._rows: dict[int, Sequence[Any]] = {}  # of agencies: most are only asked whether their work moved
        self._agencies: dict[int, Agency] = {}
        with connection.cursor() as cursor:
            cursor.execute(REACHED, {"given": list(set(agencies)), "on": on})
            for row in cursor.fetchall():
                self._rows[row[0]] = row[: -len(Link._fields)]
                link = Link(*row[-len(Link._fields) :])
                if link.id:
                    self._links[link.source_id].append(link)

    def moved(self, agency: int) -> bool:
        """Whether the work of an agency, or some of it, is not where it was."""
        in_force = self._rows[agency][-1]
        return bool(self._links.get(agency)) or not in_force

    def agency(self, pk: int) -> Agency:
        if pk not in self._agencies:
            row = self._rows[pk]
            self._agencies[pk] = Agency.from_db(connection.alias, AGENCY, row[: len(AGENCY)])
            self._agencies[pk].body = Body.from_db(connection.alias, BODY, row[len(AGENCY) : -1])
        return self._agencies[pk]

    def of(self, agency: int, text: str = "", topic: str = "", *, given: date = date.min) -> list[Holding]:
        """Who holds the work that an agency was given on a day; more than one where its place was split."""
        first = self.agency(agency)
        return list(self._from(first, (), text, topic, given if first.in_force(given) else date.min))

    def _from(self, holder: Agency, steps: tuple[Step, ...], text: str, topic: str, since: date) -> Iterator[Holding]:
        later = [link for link in self._links[holder.pk] if link.on > since]
        if not later:
            yield self._end(holder, steps)
            return
        day = min(link.on for link in later)
        options = [(link, self._field(link)) for link in later if link.on == day]
        chosen, words = _branch(options, text, topic)
        if not chosen:
            yield from self._from(holder, steps, text, topic, day)
        for link in chosen:
            target = self.agency(link.target_id)
            step = Step(holder, target, link.on, link.field, link.basis, words)
            yield from self._from(target, (*steps, step), text, topic, day)

    def _field(self, link: Link) -> Field | str | None:
        """The field of work that a succession takes; what takes the rest may be known by a field of its own."""
        source, target = self.agency(link.source_id).body.key, self.agency(link.target_id).body.key
        return _fields().get((source, target, link.on, link.field)) or link.field or None

    def _end(self, holder: Agency, steps: tuple[Step, ...]) -> Holding:
        if holder.in_force(self.on):
            return Holding(holder, steps)
        gone = _abolished(holder.body.key, holder.validity.upper)
        return Holding(None, steps, holder, gone.candidates if gone else (), gone.note if gone else "")


def _branch(
    options: Sequence[tuple[Link, Field | str | None]], text: str, topic: str
) -> tuple[list[Link], tuple[str, ...]]:
    """Of the successions of one day those that a task follows: by the field whose words it says first, by its topic, or
    those of all that no field names.
    """
    heard = [(said(field, text), link) for link, field in options if field]
    if told := [(found, link) for found, link in heard if found]:
        found, link = min(told, key=lambda one: one[0][0])
        return [link], tuple(word for _at, _size, word in found)
    for link, field in options:
        if topic and isinstance(field, Field) and topic in field.topics:
            return [link], ()
    return [link for link, _field in options if not link.field], ()


@cache
def _fields() -> dict[tuple[str, str | None, date, str], Field]:
    """Fields of work of the shipped successions, by kinds, day and the name that a row bears."""
    found = [one for one in catalogue().successions if one.field]
    return {
        (one.before, one.after, one.on, "" if one.rest else one.field.name): one.field for one in found if one.field
    }


def _abolished(key: str, on: date) -> KindSuccession | None:
    ended = (one for one in catalogue().successions if one.before == key and one.on == on and one.after is None)
    return next(ended, None)
