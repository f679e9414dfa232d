"""What people say beside an occurrence, and what they ask of the plan's owner."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hopluc.plans.models.answers import kept
from hopluc.plans.models.lines import Line, Occurrence
from hopluc.plans.models.plans import Task
from hopluc.units.models import Agency


class Note(models.Model):
    """A word on a task, or on one occurrence of it (trao đổi)."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="notes")
    occurrence = models.ForeignKey(Occurrence, null=True, blank=True, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    words = models.CharField(max_length=2000)

    sealed = True  # part of the history (core.sealing)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="plans_note_says_something")]
        triggers = [kept("note_kept")]

    def __str__(self) -> str:
        return self.words


class Mention(models.Model):
    """Somebody whom a note names."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentioned_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="plans_mention_once")]

    def __str__(self) -> str:
        return str(self.user)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Request(models.Model):
    """What a lead agency asks of the plan's owner (đề nghị): more time, another agency in its place, or to be let off."""

    class Kind(models.TextChoices):
        EXTENSION = "extension", _("more time")
        TRANSFER = "transfer", _("transfer to another agency")
        REFUSAL = "refusal", _("to be let off")

    class State(models.TextChoices):
        ASKED = "asked", _("to be decided")
        GRANTED = "granted", _("granted")
        DENIED = "denied", _("denied")

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="requests")
    occurrence = models.ForeignKey(  # of more time: for which
        Occurrence, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=1000)
    until = models.DateField(null=True, blank=True)  # of more time: as asked, then as granted
    to = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True)  # the words of whoever decided

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="extension", occurrence__isnull=False, until__isnull=False)
                | Q(kind="transfer", to__isnull=False)
                | Q(kind="refusal"),
                name="plans_request_says_what",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="plans_request_says_why"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by=None, decided_at=None)
                | Q(state__in=["granted", "denied"], decided_by__isnull=False, decided_at__isnull=False),
                name="plans_request_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["occurrence"],
                condition=Q(state="asked", kind="extension"),
                name="plans_request_one_for_more_time",
            ),
            models.UniqueConstraint(
                fields=["line"],
                condition=Q(state="asked", kind__in=["transfer", "refusal"]),
                name="plans_request_one_to_leave",
            ),
        ]
        indexes = [models.Index(fields=["line"], condition=Q(state="asked"), name="plans_request_asked")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.line}"
