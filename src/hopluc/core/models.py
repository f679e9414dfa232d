"""What every app needs: files that were received, each kept once; days off and days worked by decision."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """The bytes of a file, kept once whatever its names: the name on the disk is its SHA-256."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()  # bytes
    data = models.FileField(upload_to="", max_length=100)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="core_file_sha256")]

    def __str__(self) -> str:
        return self.sha256


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SpecialDay(models.Model):
    """A day that is off (nghỉ, hoán đổi) or worked (làm bù) by a decision, whatever calendar and holidays say."""

    class Kind(models.TextChoices):
        OFF = "off", _("Day off")
        WORK = "work", _("Working day")

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)  # the document that decides it

    class Meta:
        ordering = ["day"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=["off", "work"]), name="core_special_day_kind")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.name}"


class Seal(models.Model):
    """A seal over the rows of history that came since the one before (niêm phong nhật ký). Never changed."""

    number = models.PositiveBigIntegerField(unique=True)  # from 1, without a gap
    at = models.DateTimeField(auto_now_add=True)
    rows = models.PositiveIntegerField()
    parts = models.JSONField()  # table → which rows: `sealing.Part`
    marks = models.JSONField()  # table → the greatest number under a seal
    digest = models.CharField(max_length=64)  # SHA-256 over that of the seal before and the parts
    oldest = models.BigIntegerField()  # the oldest transaction that was running
    running = models.BigIntegerField()  # the first that had not begun

    class Meta:
        ordering = ["-number"]
        constraints = [models.CheckConstraint(condition=Q(rows__gt=0), name="core_seal_of_something")]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number}: {self.digest}"
