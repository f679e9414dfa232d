"""What an act changes in dated rows of organisations: seen while it is done, so that it can be annulled exactly."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core import serializers
from django.db.models import Model, Q, QuerySet
from django.utils.timezone import localdate

from hopluc.registry.copies import copies_keep_all
from hopluc.registry.models import Event, Fact, Membership, Officer, Organisation

DATED: dict[str, type[Model]] = {"fact": Fact, "officer": Officer, "membership": Membership}
UNMARKED = ("id", "validity", "batch")
Made = dict[str, Any]


def dated_rows(name: str, organisations: Iterable[int], parties: Iterable[int]) -> QuerySet[Any]:
    """Of organisations (their ids); of memberships those too that they have themselves, in unions (ids of their parties)."""
    concerned = Q(organisation__in=list(organisations))
    if name == "membership":
        concerned |= Q(party__in=list(parties))
    return DATED[name]._default_manager.filter(concerned).order_by("pk")


def marks(name: str, ids: Iterable[int]) -> dict[str, str]:
    """By id, as text: what tells whether a row still says what it said, its last day aside."""
    rows = DATED[name]._default_manager.filter(pk__in=list(ids)).order_by("pk")
    columns = [field.attname for field in DATED[name]._meta.concrete_fields if field.name not in UNMARKED]
    return {
        str(pk): hashlib.sha256(repr(values).encode()).hexdigest()[:16]
        for pk, *values in rows.values_list("pk", *columns)
    }


class Watch:
    """Begun before an act, kept after it: `made` of its event says which rows it ended, made and took out."""

    def __init__(self, organisations: Sequence[Organisation], day: date) -> None:
        self._ids = [one.pk for one in organisations]
        self._parties = [one.party_id for one in organisations]
        self._before = {name: self._days(name) for name in DATED}
        later = Q(validity__startswith__gte=day)  # what an act may take out
        self._rows = {name: list(dated_rows(name, self._ids, self._parties).filter(later)) for name in DATED}

    def keep(self, events: Sequence[Event], new: Sequence[Organisation] = ()) -> None:
        """What was changed since, with the first of the events of the act; organisations that it touched agree with their rows."""
        self._ids += [one.pk for one in new]
        self._parties += [one.party_id for one in new]
        first, *others = events
        first.made = self._made([one.pk for one in new], [event.pk for event in events])
        first.save(update_fields=["made"])
        Event.objects.filter(pk__in=[event.pk for event in others]).update(made={"with": first.pk})
        copies_keep_all(self._unions(), on=localdate())

    def _days(self, name: str) -> dict[int, Any]:
        return dict(dated_rows(name, self._ids, self._parties).values_list("pk", "validity"))

    def _made(self, new: list[int], events: list[int]) -> Made:
        after = {name: self._days(name) for name in DATED}
        ended = {
            name: [
                [pk, _iso(days.upper), _iso(after[name][pk].upper)]
                for pk, days in before.items()
                if pk in after[name] and after[name][pk] != days
            ]
            for name, before in self._before.items()
        }
        gone = [row for name, rows in self._rows.items() for row in rows if row.pk not in after[name]]
        created = {name: marks(name, after[name].keys() - self._before[name].keys()) for name in DATED}
        return {
            "created": created,
            "ended": ended,
            "removed": serializers.serialize("json", gone),
            "new": new,
            "events": events,
            "concerned": [pk for pk in self._ids if pk not in new],
        }

    def _unions(self) -> set[int]:
        """Of which the organisations are, or were, members themselves."""
        rows = {*self._before["membership"], *self._days("membership")}
        there = Membership.objects.filter(pk__in=rows).exclude(organisation__in=self._ids)
        gone = {row.organisation_id for row in self._rows["membership"]}
        return (set(there.order_by().values_list("organisation", flat=True)) | gone) - set(self._ids)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
