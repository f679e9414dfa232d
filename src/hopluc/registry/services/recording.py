"""Events in the life of an organisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from hopluc.accounts.models import User
from hopluc.registry.errors import BeforeFounding, EventNotPossible, InTheFuture, LastDayMissing, OutOfOrder
from hopluc.registry.lifecycle import EventKind, event_kinds, fits, possible, statuses
from hopluc.registry.models import Event, Organisation
from hopluc.registry.papers import Paper
from hopluc.registry.services.keeping import all_end, changing, shown, stated, tidy, value_put
from hopluc.registry.services.watching import Watch

AHEAD = timedelta(days=60)  # a suspension is notified before it begins


@dataclass(frozen=True, slots=True)
class Said:
    """An event as its document says it: in words, or by number, day and issuer."""

    kind: str
    day: date
    document: str = ""
    decided_on: date | None = None
    filed_on: date | None = None
    answered_on: date | None = None
    until: date | None = None
    note: str = ""
    paper: Paper = field(default_factory=Paper)

    @property
    def cited(self) -> str:
        return self.document or self.paper.words


def event_record(*, organisation: Organisation, said: Said, by: User) -> Event:
    """Enter what happened; its status changes as the event says. How it kept its time limits is judged when it is shown.

    Raises NotYourRegistry, EventNotPossible, OutOfOrder, InTheFuture, BeforeFounding, LastDayMissing, DocumentMissing.
    """
    with changing(organisation, by=by, act="event.recorded", ended_too=True) as one:
        kind = event_kinds()[said.kind]
        if not kind.entered or kind.others:
            raise EventNotPossible(**not_possible(one, kind, said.day))
        watch = Watch([one], said.day)
        event = happened(one, said, by=by)
        watch.keep([event])
        return event


def happened(organisation: Organisation, said: Said, *, by: User) -> Event:
    """Within the transaction of the act that it is part of."""
    kind = event_kinds()[said.kind]
    document = stated(said.cited)
    _check(organisation, kind, said)
    status = status_on(organisation, said.day)
    if kind.kinds and not fits(kind, organisation.kind, status):
        raise EventNotPossible(**not_possible(organisation, kind, said.day))
    event = Event.objects.create(
        organisation=organisation,
        kind=kind.key,
        day=said.day,
        decided_on=said.decided_on,
        filed_on=said.filed_on,
        answered_on=said.answered_on,
        until=said.until if kind.lasts else None,
        document=document,
        **paper_columns(said.paper),
        status_before=status,
        status_after=kind.after,
        note=tidy(said.note),
        by=by,
    )
    if kind.after == "ended":
        all_end(organisation, said.day)
        return event
    if kind.after and kind.after != status:
        value_put(organisation, "legal_status", since=said.day, source=document, text=kind.after)
    if kind.operating:
        value_put(organisation, "operating", since=said.day, source=document, text=kind.operating)
    return event


def paper_columns(paper: Paper) -> dict[str, Any]:
    """Raises InTheFuture."""
    if paper.issued_on and paper.issued_on > localdate():
        raise InTheFuture(day=shown(paper.issued_on))
    return {column: getattr(paper, column) for column in ("number", "issued_on", "issuer", "file", "file_name")}


def status_on(organisation: Organisation, day: date) -> str:
    """The legal status before what happens on a day, by the events up to it."""
    if organisation.ended_on and organisation.ended_on <= day:
        return "ended"
    rows = (
        organisation.events.filter(annulled_at=None)
        .exclude(status_after="")
        .filter(day__lte=day)
        .order_by("-day", "-pk")
    )
    last = rows.values_list("status_after", flat=True).first()
    return last or "active"


def _check(organisation: Organisation, kind: EventKind, said: Said) -> None:
    latest = localdate() + AHEAD if kind.lasts else localdate()
    if said.day > latest:
        raise InTheFuture(day=shown(said.day))
    if said.day < organisation.founded_on:
        raise BeforeFounding(day=shown(said.day), name=organisation.name, founded=shown(organisation.founded_on))
    if kind.lasts and (said.until is None or said.until < said.day):
        raise LastDayMissing(event=kind.words, day=shown(said.day))
    telling = [each.key for each in event_kinds().values() if each.after or each.operating]
    standing = organisation.events.filter(annulled_at=None)
    changes = standing.filter(kind__in=telling, day__gt=said.day) if kind.key in telling else None
    if changes and (later := changes.order_by("day").first()):
        raise OutOfOrder(event=event_kinds()[later.kind].words, last=shown(later.day), day=shown(said.day))


def not_possible(organisation: Organisation, kind: EventKind, day: date) -> dict[str, object]:
    status = status_on(organisation, day)
    words = statuses(group=organisation.kind == "tht")[status]
    names = ", ".join(str(each.words) for each in possible(organisation.kind, status)) or _("nothing, it has ended")
    return {"name": organisation.name, "status": words, "day": shown(day), "event": kind.words, "possible": names}
