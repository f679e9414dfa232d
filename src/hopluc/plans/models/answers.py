"""What people say of an occurrence, what proves it, and what the plan's owner says to that. Rows that never change."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hopluc.core.models import StoredFile
from hopluc.documents.models import Document
from hopluc.plans.models.lines import Occurrence


def kept(name: str) -> pgtrigger.Protect:
    """What was once said is neither changed nor taken away: a later row says otherwise."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class Answer(models.Model):
    """An update (cập nhật) of an occurrence."""

    class Claim(models.TextChoices):
        IN_PROGRESS = "in_progress", _("in progress")
        REPORTED = "reported", _("done")

    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="answers", db_index=False)
    number = models.PositiveIntegerField()  # from 1, within the occurrence
    seen = models.PositiveIntegerField()  # the number of the last one that its author had before them
    key = models.UUIDField(unique=True)  # the sender's own: what is sent twice is kept once
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    claim = models.CharField(max_length=12, choices=Claim.choices)
    words = models.CharField(max_length=1000, blank=True)
    figure = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)  # of the figure
    indicator = models.CharField(max_length=60, blank=True)  # code of what the figure measures
    percent = models.PositiveSmallIntegerField(null=True, blank=True)  # as typed

    sealed = True  # part of the history (core.sealing)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "number"], name="plans_answer_number"),
            models.CheckConstraint(condition=Q(claim__in=["in_progress", "reported"]), name="plans_answer_claim"),
            models.CheckConstraint(condition=Q(number__gt=models.F("seen")), name="plans_answer_seen_before"),
            models.CheckConstraint(condition=Q(percent=None) | Q(percent__lte=100), name="plans_answer_percent"),
        ]
        indexes = [models.Index(fields=["by", "-at"])]
        triggers = [kept("answer_kept")]

    def __str__(self) -> str:
        return self.words or self.claim

    @property
    def beside(self) -> bool:
        """Whether its author had not seen the one before it."""
        return self.seen < self.number - 1


class Evidence(models.Model):
    """What proves an answer (minh chứng), or is laid beside an occurrence by an agency that coordinates."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("issued document")
        FILE = "file", _("file")
        FIGURE = "figure", _("figure")
        MINUTES = "minutes", _("minutes")
        PHOTO = "photo", _("photo")

    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="evidence")
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    symbol = models.CharField(max_length=100, blank=True)  # number of an issued document, as people cite it
    document = models.ForeignKey(  # that document, where we have it
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="proves"
    )
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="proves")
    name = models.CharField(max_length=255, blank=True)  # of the file
    figure = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    indicator = models.CharField(max_length=60, blank=True)

    sealed = True  # part of the history (core.sealing)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="document") & ~Q(symbol="")
                | Q(kind__in=["file", "minutes", "photo"], file__isnull=False) & ~Q(name="")
                | Q(kind="figure", figure__isnull=False),
                name="plans_evidence_is_there",
            ),
        ]
        triggers = [kept("evidence_kept")]

    def __str__(self) -> str:
        return self.symbol or self.name or str(self.figure)


class Verdict(models.Model):
    """What the plan's owner says to an answer that claims to be done."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("confirmed")
        RETURN = "return", _("returned")

    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="verdicts")
    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="verdict")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    sealed = True  # part of the history (core.sealing)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="confirm") | Q(kind="return") & ~Q(reason=""), name="plans_verdict_with_a_reason"
            ),
        ]
        triggers = [kept("verdict_kept")]

    def __str__(self) -> str:
        return self.kind
