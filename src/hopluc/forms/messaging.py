"""Messages: written with what they are about, sent by jobs, followed until they are answered. Part of the public door for writing."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopluc.accounts.models import Post, Role, User
from hopluc.core.workdays import calendar_of
from hopluc.forms import webhook
from hopluc.forms.errors import LinkExpired, LinkForAnother, LinkRevoked, LinkUnknown, LinkUsed
from hopluc.forms.models import AnswerLink, Message
from hopluc.forms.reminders import COORDINATOR, HEAD, Digest, DueItem, compose, due_items, rule_on

Json = Any
Channel = Message.Channel
VALID = timedelta(days=14)  # for which a link in a message opens
TOKEN = 32  # bytes
REACH = 2  # years on either side of today that things due may lie in
ROLES = {HEAD: (Role.HEAD,), COORDINATOR: (Role.COORDINATOR,)}


@dataclass(frozen=True, slots=True)
class About:
    """What a message or a link is about, as the app above names it."""

    kind: str
    pk: int


NOTHING = About("", 0)


@transaction.atomic
def message_send(*, to: User, subject: str, body: str, channel: str = Channel.PAGE, about: About = NOTHING) -> Message:
    """Tell somebody something; what goes out by e-mail is sent by a job once this is committed."""
    message = Message(
        to=to, channel=channel, subject=subject[:300], body=body, about_kind=about.kind, about_id=about.pk
    )
    message.sent_at = timezone.now() if channel == Channel.PAGE else None
    message.save()
    if channel == Channel.MAIL:
        _defer(message)
    return message


@transaction.atomic
def hook_send(*, event: str, payload: Json, about: About = NOTHING) -> Message | None:
    """Tell another system by the webhook of this installation; nothing where it has none."""
    if not settings.WEBHOOK_URL:
        return None
    message = Message.objects.create(
        channel=Channel.HOOK,
        subject=event,
        body=webhook.body_of(event, payload),
        about_kind=about.kind,
        about_id=about.pk,
    )
    _defer(message)
    return message


def _defer(message: Message) -> None:
    from hopluc.forms.jobs import message_deliver  # noqa: PLC0415  jobs are doors to this module

    message_deliver.defer(message_id=message.pk)


class NotDelivered(Exception):
    """The other side did not take a message: the job tries again."""


def message_deliver(*, message_id: int) -> None:
    """Send a message that waits; twice does no harm. Raises NotDelivered, which the job takes as a reason to try again."""
    with transaction.atomic():
        message = Message.objects.select_for_update(of=("self",)).select_related("to").get(pk=message_id)
        if message.sent_at:
            return
        problem = _deliver(message)
        message.tries += 1
        message.problem, message.sent_at = problem[:300], None if problem else timezone.now()
        message.save(update_fields=["tries", "problem", "sent_at"])
    if problem and _may_try_again(message):
        raise NotDelivered(problem)


def _may_try_again(message: Message) -> bool:
    return message.channel == Channel.HOOK or bool(settings.EMAIL_HOST and message.to and message.to.email)


def _deliver(message: Message) -> str:
    """Why it could not be sent; nothing where it was."""
    if message.channel == Channel.HOOK:
        return webhook.post(settings.WEBHOOK_URL, message.body, message.pk)
    if message.to is None or not message.to.email:
        return _("This person has no e-mail address.")
    if not settings.EMAIL_HOST:
        return _("No mail server is set, so messages stay in the outbox.")
    try:
        EmailMessage(
            message.subject, message.body, to=[message.to.email], headers={"Auto-Submitted": "auto-generated"}
        ).send()
    except (SMTPException, OSError) as error:
        return " ".join(str(error).split()) or type(error).__name__
    return ""


def message_open(*, message: Message) -> None:
    """Its reader looked at it; the first time counts."""
    Message.objects.filter(pk=message.pk, opened_at=None).update(opened_at=timezone.now())


def messages_answered(*, about: About, to: User) -> None:
    """What they were about is done by one of those they were to."""
    waiting = Message.objects.filter(about_kind=about.kind, about_id=about.pk, to=to, answered_at=None)
    waiting.update(answered_at=timezone.now())


# Links


def link_make(
    *, user: User, path: str, about: About = NOTHING, message: Message | None = None, valid: timedelta = VALID
) -> str:
    """The address of a link that opens `path` once for this person; it is kept nowhere, only its hash is."""
    token = secrets.token_urlsafe(TOKEN)
    link = AnswerLink(
        token_sha256=_hash(token), user=user, path=path, about_kind=about.kind, about_id=about.pk, message=message,
        expires_at=timezone.now() + valid,
    )  # fmt: skip
    link.full_clean()
    link.save()
    return settings.SITE_URL + reverse("messages:answer", args=[token])


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def link_use(*, token: str, by: User, now: datetime | None = None) -> AnswerLink:
    """Open a link, which is used by that. Raises LinkUnknown, LinkForAnother, LinkRevoked, LinkExpired, LinkUsed."""
    at = now or timezone.now()
    with transaction.atomic():
        found = AnswerLink.objects.select_for_update(of=("self",)).select_related("user", "message")
        link = found.filter(token_sha256=_hash(token)).first()
        if link is None:
            raise LinkUnknown
        if link.user_id != by.pk:
            raise LinkForAnother
        if link.revoked_at:
            raise LinkRevoked
        if link.used_at:
            raise LinkUsed(day=f"{timezone.localtime(link.used_at):%H:%M %d/%m/%Y}", path=link.path)
        if at >= link.expires_at:
            raise LinkExpired(day=f"{timezone.localtime(link.expires_at):%d/%m/%Y}", path=link.path)
        link.used_at = at
        link.save(update_fields=["used_at"])
        if link.message:
            message_open(message=link.message)
    return link


def links_revoke(*, about: About) -> int:
    """Close all links to something that were not used; gives how many."""
    waiting = AnswerLink.objects.filter(about_kind=about.kind, about_id=about.pk, used_at=None, revoked_at=None)
    return waiting.update(revoked_at=timezone.now())


# Digests


def digests_make(*, today: date | None = None) -> int:
    """Write the digests of a day and defer their sending; twice does no harm. Gives how many were written."""
    day = today or localdate()
    calendar = calendar_of(day.year - REACH, day.year + REACH)
    items = [item for item in due_items(today=day) if calendar.covers(item.due)]
    last = (
        Message.objects.filter(digest_day__lt=day).order_by("-digest_day").values_list("digest_day", flat=True).first()
    )
    found = compose(items, today=day, calendar=calendar, rule=rule_on(day), people=_holders(items, day), since=last)
    readers = User.objects.filter(is_active=True).in_bulk([digest.user for digest in found])
    return sum(_write(digest, readers[digest.user]) for digest in found if digest.user in readers)


def _holders(items: Iterable[DueItem], day: date) -> Any:
    """Who holds which role at the agencies of these items, asked once."""
    agencies = {each for item in items for each in (item.agency, item.asked_by) if each}
    posts = Post.objects.held(on=day).filter(agency__in=agencies, user__is_active=True)
    held: dict[tuple[int, str], set[int]] = {}
    for agency, role, user in posts.values_list("agency", "role", "user"):
        held.setdefault((agency, role), set()).add(user)
    return lambda agency, to: sorted(user for role in ROLES[to] for user in held.get((agency, role), ()))


def _write(digest: Digest, reader: User) -> int:
    """One digest on the page, and by e-mail where its reader has an address."""
    channels = [Channel.PAGE, *([Channel.MAIL] if reader.email else [])]
    return max(_write_on(channel, digest, reader) for channel in channels)


def _write_on(channel: str, digest: Digest, reader: User) -> int:
    with translation.override(settings.LANGUAGE_CODE):
        late = sum(entry.late > 0 for entry in digest.entries)
        subject = _subject(len(digest.entries), late)
        try:
            with transaction.atomic():
                message = Message.objects.create(
                    to=reader, channel=channel, subject=subject, body="", digest_day=digest.day
                )
                message.body = render_to_string("forms/digest.txt", _lines(digest, reader, message))
                message.sent_at = timezone.now() if channel == Channel.PAGE else None
                message.save(update_fields=["body", "sent_at"])
                if channel == Channel.MAIL:
                    _defer(message)
        except IntegrityError:  # written already: the job runs again
            return 0
    return 1


def _subject(count: int, late: int) -> str:
    due = ngettext("%(count)s item is due", "%(count)s items are due", count) % {"count": count}
    return _("%(due)s, %(late)s overdue") % {"due": due, "late": late} if late else due


def _lines(digest: Digest, reader: User, message: Message) -> Json:
    """What the text of a digest needs: each entry with a link of its own where it goes out by e-mail."""
    mail = message.channel == Channel.MAIL
    lines = []
    for entry in digest.entries:
        about = About(entry.item.kind, entry.item.pk)
        url = link_make(user=reader, path=entry.item.url, about=about, message=message) if mail else entry.item.url
        lines.append({"entry": entry, "left": -entry.late, "url": url})
    return {"reader": reader, "day": digest.day, "lines": lines}
