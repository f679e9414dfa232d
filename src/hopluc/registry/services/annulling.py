"""An event that was entered in error is annulled: it stays on the line of time with the reason, and all is as it was before it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import pghistory.models
from django.core import serializers
from django.db import transaction
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.core.bulk import rows_update
from hopluc.core.history import acting
from hopluc.registry.copies import copies_keep_all
from hopluc.registry.errors import (
    AnnulledAlready,
    AnnulReasonNeeded,
    ChangedSinceEvent,
    EventBuiltOn,
    NotAnnullable,
    NotYourRegistry,
)
from hopluc.registry.fact_kinds import by_number, number_of
from hopluc.registry.lifecycle import EventKind, event_kinds
from hopluc.registry.models import Event, Fact, Figures, Membership, Organisation, Party, Succession
from hopluc.registry.selectors import may_keep
from hopluc.registry.services.keeping import shown, tidy
from hopluc.registry.services.watching import DATED, Made, dated_rows, marks

FOUNDING = ("found", "found_group")
LONGEST = 500


def event_annul(*, event: Event, reason: str, by: User) -> list[Organisation]:
    """What it ended goes on, what it made is gone, what it took out is there again; gives the organisations that are as before.

    Raises NotYourRegistry, AnnulReasonNeeded, AnnulledAlready, NotAnnullable, EventBuiltOn, ChangedSinceEvent.
    """
    why = tidy(reason)[:LONGEST]
    if not why:
        raise AnnulReasonNeeded
    with transaction.atomic(), acting(by.pk, act="registry.event.annulled", event=event.pk, reason=why):
        first, made = _made(Event.objects.select_for_update().get(pk=event.pk))
        concerned = _locked({*made["concerned"], *made["new"]})
        _check(first, made, concerned, by)
        _take_back(made)
        kept = [one for one in concerned if one.pk not in made["new"]]
        _alive_again(kept, made)
        events = Event.objects.filter(pk__in=made["events"])
        events.update(annulled_at=now(), annulled_by=by, annulled_reason=why)
        copies_keep_all({one.pk for one in kept} | _unions(kept), on=localdate())
        return kept


def annulment(event: Event) -> tuple[list[Organisation], list[Organisation]]:
    """Which organisations are again as before it, and which are no more. Raises NotAnnullable, AnnulledAlready."""
    _first, made = _made(event)
    rows = Organisation.objects.filter(pk__in=[*made["concerned"], *made["new"]]).defer("words").order_by("pk")
    return [one for one in rows if one.pk not in made["new"]], [one for one in rows if one.pk in made["new"]]


def _made(event: Event) -> tuple[Event, Made]:
    """The event that says what the whole act changed. Raises NotAnnullable, AnnulledAlready."""
    kind = event_kinds()[event.kind]
    if event.annulled_at:
        raise AnnulledAlready(day=shown(localtime(event.annulled_at).date()))
    if kind.key in FOUNDING:
        return event, _begun(event, kind)
    if event.made and "with" in event.made:
        event = Event.objects.get(pk=event.made["with"])
    if event.made:
        return event, event.made
    if kind.others:
        raise NotAnnullable(event=kind.words, why=_("how it shared what there was is not on record"))
    return event, _derived(event, kind)


def _begun(event: Event, kind: EventKind) -> Made:
    """Of a founding: the organisation with the values of its first day. Raises NotAnnullable."""
    one = event.organisation
    if event.made or one.predecessors.exists():
        raise NotAnnullable(event=kind.words, why=_("it took over from others; annul that event instead"))
    if one.batch_id:
        raise NotAnnullable(event=kind.words, why=_("it came with a list; undo the list instead"))
    first = one.facts.filter(validity=DateRange(one.founded_on, None)).values_list("pk", flat=True)
    created: dict[str, dict[str, str]] = {name: {} for name in DATED} | {"fact": {str(pk): "" for pk in first}}
    return {
        "created": created, "ended": {name: [] for name in DATED}, "removed": "[]", "new": [one.pk], "events": [event.pk],
        "concerned": [],
    }  # fmt: skip


def _derived(event: Event, kind: EventKind) -> Made:
    """Of an event that came with a list: the values that begin with it, and whatever ended the day before."""
    own = [event.organisation_id]
    says = {number_of("legal_status"): event.status_after, number_of("operating"): kind.operating}
    created: dict[str, dict[str, str]] = {name: {} for name in DATED}
    ended: dict[str, list[Any]] = {name: [] for name in DATED}
    if event.status_after == "ended":
        for name in DATED:
            rows = dated_rows(name, own, [event.organisation.party_id]).filter(validity__endswith=event.day)
            ended[name] = [[pk, None, event.day.isoformat()] for pk in rows.values_list("pk", flat=True)]
    else:
        for what, text in says.items():
            rows = Fact.objects.filter(organisation__in=own, what=what)
            if text and (begun := rows.filter(validity__startswith=event.day, text=text).first()):
                created["fact"][str(begun.pk)] = ""
                before = rows.filter(validity__endswith=event.day).values_list("pk", flat=True)
                ended["fact"] += [[pk, None, event.day.isoformat()] for pk in before]
    return {
        "created": created, "ended": ended, "removed": "[]", "new": [], "events": [event.pk], "concerned": own,
    }  # fmt: skip


def _locked(ids: Collection[int]) -> list[Organisation]:
    rows = Organisation.objects.select_for_update(of=("self",)).select_related("unit", "party").defer("words")
    return list(rows.filter(pk__in=ids).order_by("pk"))


def _check(event: Event, made: Made, concerned: list[Organisation], by: User) -> None:
    """Raises NotYourRegistry, EventBuiltOn, ChangedSinceEvent."""
    for one in concerned:
        if not may_keep(by, one):
            raise NotYourRegistry(place=one.unit.full_name)
    _check_later(event, made)
    for name in DATED:
        _check_rows(name, made)
    for one in concerned:
        if one.pk in made["new"]:
            _check_new(one, made)


def _check_later(event: Event, made: Made) -> None:
    """Of a reorganisation its rows tell. Raises EventBuiltOn."""
    telling = [each.key for each in event_kinds().values() if each.after or each.operating]
    if event.kind not in telling or event_kinds()[event.kind].others:
        return
    rows = Event.objects.filter(organisation__in=made["concerned"], annulled_at=None, kind__in=telling)
    later = rows.filter(pk__gt=event.pk).select_related("organisation").order_by("-day", "-pk")
    if last := later.first():
        raise EventBuiltOn(later=event_kinds()[last.kind].words, day=shown(last.day), name=last.organisation.name)


def _check_rows(name: str, made: Made) -> None:
    """What it made is as it made it; what it ended, ended there still."""
    manager: Any = DATED[name]._default_manager
    created, ended = _created(made, name), {pk: after for pk, _before, after in made["ended"][name]}
    rows = {row.pk: row for row in manager.filter(pk__in=[*created, *ended]).select_related("organisation")}
    now_says = marks(name, created)
    for pk, mark in created.items():
        if pk not in rows or rows[pk].validity.upper is not None or mark not in ("", now_says[str(pk)]):
            _refuse(rows.get(pk))
    for pk, after in ended.items():
        if pk not in rows or rows[pk].validity.upper != (date.fromisoformat(after) if after else None):
            _refuse(rows.get(pk))


def _created(made: Made, name: str) -> dict[int, str]:
    """Ids of the rows that it made, with what they said."""
    return {int(pk): mark for pk, mark in made["created"][name].items()}


def _refuse(row: Any) -> None:
    """Raises ChangedSinceEvent."""
    what = by_number()[row.what].words if isinstance(row, Fact) else getattr(row, "party", None)
    name = row.organisation.name if row else "–"
    raise ChangedSinceEvent(name=name, what=what or _("one of its values is gone"))


def _check_new(one: Organisation, made: Made) -> None:
    """Nothing but what the act made is of an organisation that it founded. Raises ChangedSinceEvent."""
    for name in DATED:
        more = dated_rows(name, [one.pk], [one.party_id]).exclude(pk__in=_created(made, name)).first()
        if more:
            _refuse(more)
    if Figures.objects.filter(organisation=one).exists():
        raise ChangedSinceEvent(name=one.name, what=_("figures of a year"))
    if one.events.exclude(kind__in=FOUNDING).filter(annulled_at=None).exists():
        raise ChangedSinceEvent(name=one.name, what=_("events"))
    for relation in Organisation._meta.related_objects:
        model: Any = relation.related_model
        if model in (*DATED.values(), Event, Figures, Succession) or issubclass(model, pghistory.models.Event):
            continue
        if model._base_manager.filter(**{relation.field.name: one}).exists():
            raise ChangedSinceEvent(name=one.name, what=model._meta.verbose_name)


def _take_back(made: Made) -> None:
    Succession.objects.filter(event__in=made["events"]).delete()
    for name, model in DATED.items():
        model._default_manager.filter(pk__in=_created(made, name)).delete()
    parties = list(Organisation.objects.filter(pk__in=made["new"]).values_list("party", flat=True))
    Organisation.objects.filter(pk__in=made["new"]).delete()
    Party.objects.filter(pk__in=parties).delete()
    for name, model in DATED.items():
        uppers = {pk: date.fromisoformat(before) if before else None for pk, before, _after in made["ended"][name]}
        rows: Any = model._default_manager.filter(pk__in=uppers).values_list("pk", "validity")
        rows_update(model, ("validity",), [(pk, DateRange(days.lower, uppers[pk])) for pk, days in rows])
    for each in serializers.deserialize("json", made["removed"]):
        each.save()


def _alive_again(kept: list[Organisation], made: Made) -> None:
    """Those that ended by the act exist again."""
    ended = Event.objects.filter(pk__in=made["events"], status_after="ended")
    before = dict(ended.values_list("organisation", "status_before"))
    for one in kept:
        if one.pk in before:
            one.ended_on, one.legal_status = None, before[one.pk] or "active"
            one.save(update_fields=["ended_on", "legal_status"])


def _unions(kept: list[Organisation]) -> set[int]:
    rows = Membership.objects.filter(party__in=[one.party_id for one in kept])
    return set(rows.order_by().values_list("organisation", flat=True))
