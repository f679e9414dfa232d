"""Calendars: their address opens them, to programs that do not sign in, as long as it may."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar
from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.plans.errors import NotYourWork
from hopluc.plans.models import Feed, Line, Occurrence, Plan
from hopluc.plans.working.feeds import calendar_of, feed_make, feed_revoke
from hopluc.units.models import Agency

TODAY = date(2026, 11, 20)


@pytest.fixture
def due(line: Line) -> Occurrence:
    Occurrence.objects.filter(plan=line.plan).delete()
    return Occurrence.objects.create(
        line=line, plan=line.plan, period=DateRange(date(2026, 11, 2), date(2026, 11, 26)),
        due_on=date(2026, 11, 25), first_due_on=date(2026, 11, 25), touched_on=date(2026, 11, 2),
    )  # fmt: skip


def events(feed: Feed) -> list[tuple[str, date]]:
    calendar = Calendar.from_ical(calendar_of(feed, today=TODAY))
    return [(str(event["summary"]), event["dtstart"].dt) for event in calendar.walk("VEVENT")]


def path(address: str) -> str:
    return address[address.index("/work/") :]


def test_what_somebody_answers_for_and_what_their_agency_does(due: Occurrence, head: User, home: Agency, plan: Plan):
    expected = [(due.line.task.text, date(2026, 11, 25))]
    assert events(feed_make(by=head)[0]) == expected
    assert events(feed_make(by=head, agency=home)[0]) == expected
    with pytest.raises(NotYourWork):
        feed_make(by=head, agency=plan.owner)


def test_long_words_come_back_whole(due: Occurrence, head: User):
    due.line.task.text = "Đào tạo, bồi dưỡng; cán bộ quản lý hợp tác xã\\tổ hợp tác. " * 5
    due.line.task.save()
    assert events(feed_make(by=head)[0])[0][0] == due.line.task.text


def test_the_address_opens_it_until_it_is_revoked(due: Occurrence, head: User, client: Client):
    feed, address = feed_make(by=head)
    answer = client.get(path(address))
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VCALENDAR" in answer.content
    assert client.get(path(address)[:-8] + "xxx.ics").status_code == 404
    feed_revoke(feed=feed, by=head)
    assert client.get(path(address)).status_code == 404


def test_who_has_left_reads_nothing(due: Occurrence, head: User, client: Client):
    _feed, address = feed_make(by=head)
    post = head.posts.get()
    post.ends_on = date(2020, 1, 1)
    post.starts_on = None
    post.save()
    assert client.get(path(address)).status_code == 404


def test_it_is_made_shown_once_and_revoked_on_a_page(due: Occurrence, head: User, client: Client):
    client.force_login(head)
    page = client.post("/work/calendars/", {"agency": ""}).content.decode()
    assert ".ics" in page
    assert ".ics" not in client.get("/work/calendars/").content.decode()
    client.post(f"/work/calendars/{Feed.objects.get().pk}/revoke/")
    assert Feed.objects.get().revoked_at
