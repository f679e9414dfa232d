"""Reminders: who hears what on which day; messages are sent once; links open once for one person; webhooks stay outside."""

from __future__ import annotations

import hmac
import json
import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from smtplib import SMTPException
from unittest import mock

import pytest
from django.core import mail
from django.db import ProgrammingError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from hopluc.core.errors import Problem
from hopluc.core.workdays import Calendar
from hopluc.forms import messaging, webhook
from hopluc.forms.cases import CaseRule, case_open, case_pause
from hopluc.forms.messaging import (
    About,
    NotDelivered,
    digests_make,
    hook_send,
    link_make,
    link_use,
    links_revoke,
    message_deliver,
    message_send,
    messages_answered,
)
from hopluc.forms.models import AnswerLink, Filing, Message
from hopluc.forms.reminders import DueItem, Quiet, Rule, compose, due_items, rule_on
from tests.examples import examples

CALENDAR = Calendar.build(2024, 2028, [])
DAY = timedelta(days=1)
RULE = Rule("thử", (-5, -1, 0, 1, 3, 5), 5, ((3, "head"), (7, "coordinator")))
DUE = date(2026, 3, 18)  # a Wednesday
OWNER, HEAD, COORDINATOR = 1, 2, 3


def item(pk: int = 1, due: date = DUE, **about) -> DueItem:
    return DueItem(f"Việc {pk}", due, f"/tasks/{pk}/", "task", pk, about.pop("owners", (OWNER,)), 10, 20, **about)


def people(agency: int, role: str) -> list[int]:
    return {(10, "head"): [HEAD], (20, "coordinator"): [COORDINATOR]}.get((agency, role), [])


def told(today: date, items=None, since: date | None = None, periods=()) -> dict[int, list[tuple[int, int, str]]]:
    found = compose(
        items or [item()], today=today, calendar=CALENDAR, rule=RULE, people=people, since=since, periods=periods
    )
    return {digest.user: [(entry.item.pk, entry.late, entry.escalated) for entry in digest.entries] for digest in found}


def test_the_owner_hears_by_working_days_and_the_head_and_coordinator_after_them():
    days = {}
    for turn in range(-9, 17):
        for user, entries in told(DUE + turn * DAY, since=DUE + (turn - 1) * DAY).items():
            days.setdefault(user, []).append(entries[0][1])
    assert days == {OWNER: [-5, -1, 0, 1, 3, 5, 10], HEAD: [3, 5, 10], COORDINATOR: [10]}


def test_a_quiet_day_says_nothing_and_the_next_one_says_it():
    quiet = [Quiet(DUE, DUE + DAY, "bão")]
    assert told(DUE, periods=quiet) == {}
    assert told(DUE + 2 * DAY, since=DUE - DAY, periods=quiet) == {OWNER: [(1, 2, "")]}
    assert told(DUE + 2 * DAY, since=DUE - DAY) == {OWNER: [(1, 2, "")]}  # as where the program did not run
    assert told(DUE + 2 * DAY, since=DUE + DAY) == {}


def test_one_person_gets_one_digest_with_the_latest_first():
    found = told(
        DUE, [item(1), item(2, CALENDAR.add(DUE, -3)), item(3, CALENDAR.add(DUE, 1)), item(4, CALENDAR.add(DUE, 2))]
    )
    assert found[OWNER] == [(2, 3, ""), (1, 0, ""), (3, -1, "")]


def test_a_head_who_owes_it_hears_once():
    assert told(CALENDAR.add(DUE, 3), [item(owners=(OWNER, HEAD))])[HEAD] == [(1, 3, "")]


@settings(deadline=None, max_examples=examples(40))
@given(st.sets(st.integers(0, 45)), st.integers(5, 40))
def test_whatever_days_are_missed_no_step_is_lost_and_none_told_twice(missed, due_in):
    start = date(2026, 3, 2)
    due, last, heard = start + due_in * DAY, start - DAY, []
    for turn in range(60):
        today = start + turn * DAY
        if turn not in missed and told(today, [item(due=due)], since=last).get(OWNER):
            heard.append(today)
            last = today
    steps = [
        day
        for turn in range(60)
        if CALENDAR.is_working(day := start + turn * DAY) and RULE.speaks(CALENDAR.count(due, day))
    ]
    runs = [day for turn in range(60) if turn not in missed and CALENDAR.is_working(day := start + turn * DAY)]
    expected = {min((run for run in runs if run >= step), default=None) for step in steps} - {None}
    assert heard == sorted(expected)


def test_a_rule_is_in_force_today():
    assert rule_on(timezone.localdate()).steps


@pytest.fixture
def provided(office, monkeypatch):
    office.an.email = "an@example.vn"
    office.an.save()
    given_ = [
        DueItem(
            "Rà soát hợp tác xã",
            DUE,
            "/forms/",
            "task",
            1,
            (office.an.pk, office.chi.pk),
            office.agency.pk,
            office.above.pk,
        )
    ]
    monkeypatch.setattr(messaging, "due_items", lambda *, today: given_)
    return office


def test_digests_are_written_once_a_day_on_the_page_and_by_mail(provided):
    assert digests_make(today=DUE) == 2
    assert digests_make(today=DUE) == 0
    rows = sorted(Message.objects.values_list("to__name", "channel", "digest_day"))
    assert rows == [("Lê Chi", "page", DUE), ("Trần An", "mail", DUE), ("Trần An", "page", DUE)]
    mailed = Message.objects.get(channel="mail")
    assert "Rà soát hợp tác xã" in mailed.body
    assert "/answer/" in mailed.body
    assert AnswerLink.objects.get().user == provided.an


def test_mail_is_sent_once_and_again_where_the_server_fails(office, settings):
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.example.vn", "django.core.mail.backends.locmem.EmailBackend"
    office.an.email = "an@example.vn"
    office.an.save()
    message = message_send(to=office.an, subject="Nhắc việc", body="…", channel="mail")
    with (
        mock.patch("django.core.mail.EmailMessage.send", side_effect=SMTPException("421 busy")),
        pytest.raises(NotDelivered),
    ):
        message_deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.tries, message.problem, message.sent_at) == (1, "421 busy", None)
    for _turn in range(2):
        message_deliver(message_id=message.pk)
    assert [one.to for one in mail.outbox] == [["an@example.vn"]]
    message.refresh_from_db()
    assert message.sent_at
    assert message.problem == ""


@pytest.mark.parametrize("address", ["", "an@example.vn"])
def test_without_a_mail_server_messages_stay_in_the_outbox(office, settings, address):
    settings.EMAIL_HOST = ""
    office.an.email = address
    office.an.save()
    message = message_send(to=office.an, subject="Nhắc việc", body="…", channel="mail")
    message_deliver(message_id=message.pk)
    message.refresh_from_db()
    assert message.problem
    assert message.sent_at is None


def test_what_was_answered_is_marked_in_all_messages_about_it(office):
    about = About("task", 7)
    message = message_send(to=office.an, subject="Nhắc việc", body="…", about=about)
    messages_answered(about=about, to=office.chi)
    assert Message.objects.filter(pk=message.pk, answered_at=None).exists()
    messages_answered(about=about, to=office.an)
    assert Message.objects.filter(pk=message.pk, answered_at__isnull=False).exists()


def test_forms_and_cases_are_due_themselves(office, filing):
    Filing.objects.update(due_on=DUE)
    case_open(kind="x", title="Đơn", agency=office.agency, on=DUE - DAY, by=None, rule=CaseRule(5, "Quy chế"))
    stopped = case_open(kind="x", title="Chờ", agency=office.agency, on=DUE - DAY, by=None, rule=CaseRule(5, "Quy chế"))
    case_pause(case=stopped, on=DUE, reason="Chờ bổ sung", by=office.an)
    found = {each.title: (each.due, set(each.owners)) for each in due_items(today=DUE)}
    owners = {office.an.pk, office.chi.pk, office.head.pk}
    assert found == {str(filing): (DUE, owners), "Đơn": (CALENDAR.add(DUE - DAY, 5), owners)}
    Filing.objects.update(state="waiting")
    assert str(filing) not in {each.title for each in due_items(today=DUE)}


# Links


def token_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def test_a_link_opens_once_for_whom_it_was_made(office):
    message = message_send(to=office.an, subject="Nhắc việc", body="…")
    token = token_of(link_make(user=office.an, path="/forms/", message=message))
    assert not AnswerLink.objects.filter(token_sha256__contains=token[:10]).exists()
    with pytest.raises(Problem) as other:
        link_use(token=token, by=office.chi)
    assert link_use(token=token, by=office.an).path == "/forms/"
    with pytest.raises(Problem) as twice:
        link_use(token=token, by=office.an)
    assert (other.value.code, twice.value.code) == ("H652", "H655")
    message.refresh_from_db()
    assert message.opened_at


def test_a_link_that_is_over_closed_or_unknown_says_so(office):
    about = About("task", 7)
    tokens = [token_of(link_make(user=office.an, path="/forms/", about=about)) for _turn in range(2)]
    with pytest.raises(Problem) as late:
        link_use(token=tokens[0], by=office.an, now=timezone.now() + 15 * DAY)
    assert links_revoke(about=about) == 2
    with pytest.raises(Problem) as closed:
        link_use(token=tokens[1], by=office.an)
    with pytest.raises(Problem) as unknown:
        link_use(token="x" * 43, by=office.an)
    assert [late.value.code, closed.value.code, unknown.value.code] == ["H654", "H653", "H651"]


def test_a_used_link_is_never_made_new(office):
    token = token_of(link_make(user=office.an, path="/forms/"))
    link_use(token=token, by=office.an)
    with pytest.raises(ProgrammingError, match="forms_answerlink"), transaction.atomic():
        AnswerLink.objects.update(used_at=None)


@pytest.mark.parametrize("path", ["https://example.com/", "//example.com/", "forms/"])
def test_a_link_leads_nowhere_else(office, path):
    with pytest.raises(Exception, match="forms_link_to_a_page_of_ours"):
        link_make(user=office.an, path=path)


# Webhook


class Listener(BaseHTTPRequestHandler):
    heard: list = []  # noqa: RUF012  of the test
    status = 200

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.heard.append((self.headers[webhook.HEADER], body))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def listener(settings):
    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Listener.heard, Listener.status = [], 200
    settings.WEBHOOK_URL = f"http://127.0.0.1:{server.server_port}/hook?a=1"
    settings.WEBHOOK_SECRET, settings.WEBHOOK_PRIVATE = "bí mật", True
    yield Listener
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_webhook_is_signed_and_sent_once(db, listener):
    message = hook_send(event="filing.approved", payload={"id": 7})
    for _turn in range(2):
        message_deliver(message_id=message.pk)
    [(header, body)] = listener.heard
    at, _comma, given_ = header.removeprefix("t=").partition(",v1=")
    assert hmac.new("bí mật".encode(), f"{at}.{body}".encode(), "sha256").hexdigest() == given_
    assert json.loads(body) == {"event": "filing.approved", "data": {"id": 7}}


def test_a_webhook_that_is_not_taken_is_tried_again(db, listener):
    listener.status = 302
    message = hook_send(event="x", payload={})
    with pytest.raises(NotDelivered, match="302"):
        message_deliver(message_id=message.pk)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/x",
        "https://[::1]/",
        "https://10.0.0.8/",
        "https://169.254.169.254/",
        "http://example.com/",
        "ftp://example.com/",
        "x",
    ],
)
def test_a_webhook_reaches_no_private_host(settings, url):
    settings.WEBHOOK_PRIVATE = False
    with mock.patch("socket.create_connection") as connect:
        assert webhook.post(url, "{}", 1)
    connect.assert_not_called()


def test_an_installation_without_a_webhook_tells_nobody(db, settings):
    settings.WEBHOOK_URL = ""
    assert hook_send(event="x", payload={}) is None
