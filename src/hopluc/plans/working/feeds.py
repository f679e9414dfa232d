"""Calendars of what is due, for programs that fetch them without signing in."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies, may
from hopluc.core.history import acting
from hopluc.plans.errors import NotYourWork
from hopluc.plans.models import Feed, Line, Occurrence
from hopluc.plans.working.states import Clock, begun, is_open
from hopluc.units.models import Agency

TOKEN = 32  # bytes
MOST = 1000  # events of one calendar, the earliest days first
RIGHT = "answer"


def feed_make(*, by: User, agency: Agency | None = None) -> tuple[Feed, str]:
    """A new calendar and its address, which is shown this once. Raises NotYourWork."""
    if agency and agency.pk not in agencies(by, RIGHT):
        raise NotYourWork(agency=agency)
    token = secrets.token_urlsafe(TOKEN)
    with acting(by.pk, act="feed.made"):
        feed = Feed.objects.create(user=by, agency=agency, token_sha256=_hash(token))
    return feed, settings.SITE_URL + reverse("work:feed", args=[token])


def feed_revoke(*, feed: Feed, by: User) -> None:
    """Its address opens nothing from now on."""
    with acting(by.pk, act="feed.revoked"):
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])


def feed_found(token: str) -> Feed | None:
    """The calendar of an address, as long as its owner may still read what stands in it."""
    feeds = Feed.objects.filter(revoked_at=None, user__is_active=True).select_related("user", "agency")
    feed = feeds.filter(token_sha256=_hash(token)).first()
    if feed is None or not may(feed.user, RIGHT):
        return None
    if feed.agency_id and feed.agency_id not in agencies(feed.user, RIGHT):
        return None
    Feed.objects.filter(pk=feed.pk).update(read_at=timezone.now())
    return feed


def calendar_of(feed: Feed, *, today: date | None = None) -> bytes:
    """What is to be answered, as whole days (RFC 5545)."""
    clock = Clock.of(today or localdate())
    calendar = Calendar()
    with translation.override(settings.LANGUAGE_CODE):
        calendar.add("prodid", "-//Hợp Lực//VI")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("Due: %(whose)s") % {"whose": feed})
        for row in _due(feed, clock)[:MOST]:
            calendar.add_component(_event(row))
    return bytes(calendar.to_ical())


def _due(feed: Feed, clock: Clock) -> QuerySet[Occurrence]:
    rows = Occurrence.objects.filter(is_open(), begun(clock)).exclude(line__state=Line.State.ENDED)
    whose = {"line__holder": feed.agency_id} if feed.agency_id else {"line__owner": feed.user_id}
    return rows.filter(**whose).select_related("line__task", "plan").order_by("due_on", "pk")


def _event(row: Occurrence) -> Event:
    event = Event()
    event.add("uid", f"occurrence-{row.pk}@hopluc")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", row.due_on)
    event.add("dtend", row.due_on + timedelta(days=1))
    event.add("summary", row.line.task.text)
    event.add("description", f"{row.plan.name}\n{row.get_state_display()}")
    event.add("url", settings.SITE_URL + reverse("work:occurrence", args=[row.pk]))
    return event


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
