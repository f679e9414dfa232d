"""What people are told: messages, links that answer one thing, addresses that are told by machine."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import User


class Message(models.Model):
    """Something told to a person, or to another system by a webhook: written first, sent by a job."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("E-mail")
        PAGE = "page", _("On the page")
        HOOK = "hook", _("Webhook")

    to = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=4, choices=Channel.choices)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    about_kind = models.CharField(max_length=60, blank=True)  # what it is about, as an app above names it
    about_id = models.BigIntegerField(default=0)
    digest_day = models.DateField(null=True, blank=True)  # of a digest: one a day for each person and channel
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)  # why the last try failed

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["to", "channel", "digest_day"],
                condition=Q(digest_day__isnull=False),
                name="forms_message_digest_once",
            ),
            models.CheckConstraint(condition=Q(channel="hook") | Q(to__isnull=False), name="forms_message_to_somebody"),
        ]
        indexes = [models.Index(fields=["to", "-created_at"]), models.Index(fields=["about_kind", "about_id"])]

    def __str__(self) -> str:
        return self.subject


class AnswerLink(models.Model):
    """A link in a message that opens one thing, once, for one person who signs in. Its token is kept as a hash alone."""

    token_sha256 = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="answer_links")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="links")
    path = models.CharField(max_length=500)  # the address that it opens, of this installation
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(path__startswith="/") & ~Q(path__startswith="//"), name="forms_link_to_a_page_of_ours"
            ),
            models.CheckConstraint(condition=Q(("token_sha256__regex", "^[0-9a-f]{64}$")), name="forms_link_sha256"),
        ]
        indexes = [models.Index(fields=["about_kind", "about_id"])]
        triggers = [
            pgtrigger.Protect(  # a link that was used stays used
                name="used_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__used_at__isnull=False)
                & pgtrigger.Q(old__used_at__df=pgtrigger.F("new__used_at")),
            )
        ]

    def __str__(self) -> str:
        return self.path
