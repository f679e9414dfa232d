"""Messages as far as somebody may read them."""

from __future__ import annotations

from django.db.models import QuerySet

from hopluc.accounts.models import User
from hopluc.accounts.rights import realm
from hopluc.accounts.selectors import people_administered
from hopluc.forms.models import Message


def messages_of(viewer: User) -> QuerySet[Message]:
    """One's own, the newest first."""
    return Message.objects.filter(to=viewer).select_related("to").defer("body").order_by("-created_at", "-pk")


def messages_administered(viewer: User) -> QuerySet[Message]:
    """To the people whom the viewer administers; what went out by webhook for an administrator of the whole installation."""
    people = Message.objects.filter(to__in=people_administered(viewer).order_by().values("pk"))
    found = people | Message.objects.filter(to=None) if realm(viewer, "administer").everywhere else people
    return found.select_related("to").defer("body").order_by("-created_at", "-pk")


def messages_visible(viewer: User) -> QuerySet[Message]:
    return (messages_of(viewer) | messages_administered(viewer)).defer(None)


def messages_unread(viewer: User) -> int:
    """How many of one's own on the page were not looked at."""
    return Message.objects.filter(to=viewer, channel=Message.Channel.PAGE, opened_at=None).count()
