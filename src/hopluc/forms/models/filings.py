"""What an agency files on a form for a period, who signed and approved which values, and sheets that came back."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import User
from hopluc.forms.models.definitions import Form, FormVersion
from hopluc.forms.schema.definition import Schema
from hopluc.units.models import Agency


@pghistory.track(exclude=["last"])
class Filing(models.Model):
    """A form being filled in or filed (phiếu): one for each form, agency, period and subject."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being filled in")
        WAITING = "waiting", _("Waiting for approval")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")
        REOPENED = "reopened", _("Reopened")

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="filings")
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="filings")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="filings")
    asked_by = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="filings_asked")
    period = models.CharField(max_length=40)  # as people say it: `2026`, `quý II/2026`
    starts_on = models.DateField()  # of the period
    ends_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    subject_kind = models.CharField(max_length=60, blank=True)  # what it is about, as an app above names it
    subject_id = models.BigIntegerField(default=0)
    subject = models.CharField(max_length=500, blank=True)  # its name as it was then
    values = models.JSONField(default=dict)  # by path: `revenue`, `members.r1.name`
    marks = models.JSONField(default=dict)  # by path: revision, who, when; `source` of what was filled in beforehand
    last = models.JSONField(default=dict)  # values of the period before, by path
    revision = models.PositiveIntegerField(default=0)
    levels = models.JSONField(default=list)  # who signs and approves, in turn
    level = models.PositiveSmallIntegerField(default=0)  # of `levels`, for which it waits
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    open_until = models.DateField(null=True, blank=True)  # of an approved one that was reopened
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-ends_on", "form", "agency", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "agency", "starts_on", "ends_on", "subject_kind", "subject_id"],
                name="forms_filing_once",
            ),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="forms_filing_period"),
            models.CheckConstraint(
                condition=Q(state="reopened") | Q(open_until=None), name="forms_filing_until_only_while_reopened"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "due_on"]),
            models.Index(fields=["asked_by", "state"]),
            models.Index(fields=["subject_kind", "subject_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.form}, {self.period}"

    @property
    def schema(self) -> Schema:
        """What it asks, in the words of its period."""
        return self.version.read_in(self.ends_on.year)


@pghistory.track(pghistory.InsertEvent())
class Decision(models.Model):
    """What somebody did to a filing as a whole, bound to the values that they saw. Never changed."""

    class Verb(models.TextChoices):
        SUBMIT = "submit", _("submitted it")
        WITHDRAW = "withdraw", _("took it back")
        APPROVE = "approve", _("approved it")
        RETURN = "return", _("returned it")
        REOPEN = "reopen", _("reopened it")

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="decisions")
    verb = models.CharField(max_length=10, choices=Verb.choices)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)  # of all values
    sections = models.JSONField(default=dict)  # and of each section's

    sealed = True  # part of the history (core.sealing)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb__in=["return", "reopen"]) | ~Q(reason=""), name="forms_decision_with_its_reason"
            ),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="forms_decision_sha256"),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.by} {self.get_verb_display()}"


class ReceivedSheet(models.Model):
    """An Excel form that came back: looked at first, then applied as one act, or forgotten."""

    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="received_sheets")
    name = models.CharField(max_length=255)  # of the file
    identity = models.JSONField()  # which form, agency, period and items it says it is
    pages = models.JSONField()  # what its cells say; emptied once applied
    sent_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.name
